import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Command, type Surroundings } from '../command.js';
import { code, optionsOf } from '../federation/arguments.js';
import { searchEverything } from './byte-search.js';
import { DemoError } from './demo-error.js';
import { readDemoFile } from './demo-file.js';
import { beside, heading, wrapped } from './layout.js';
import { check } from './expectations.js';
import { Play } from './play.js';
import { searchLines, threeViews } from './report.js';
import { type Check, type Scenario } from './scenario.js';
import { looksAt } from './looks.js';
import { URGENT_PLATE_CHECK } from './scenario-1.js';
import { VICTIM_REFERRAL } from './scenario-2.js';

const PACES = ['fast', 'slow'] as const;
/** Time to read, between the steps of a play that somebody watches. */
const TO_READ = 4000;
const NARROWEST = 60;
const WIDEST = 160;

/** How a play is shown. */
export type Staging = {
  /** The data folder of the running hub. */
  readonly data: string;
  readonly pace: (typeof PACES)[number];
  readonly width: number;
};

/** How a play went. */
export type Outcome = {
  readonly checks: readonly Check[];
  readonly wrong: number;
};

/** Plays a scenario against the hub over `data`, says what everybody sees, and searches every byte at the end. */
export const playScenario = async (
  scenario: Scenario,
  { data, pace, width }: Staging,
  { out, fetch }: Pick<Surroundings, 'out' | 'fetch'>,
): Promise<Outcome> => {
  const federation = await readDemoFile(data);
  const looks = looksAt(federation, data, fetch);
  const play = new Play(scenario, federation, fetch, looks);
  const checks: Check[] = [];
  const note = (check: Check): void => {
    checks.push(check);
    for (const line of wrapped(`  ${check.holds ? '✓' : '✗'} ${check.what}`, width)) out(line);
  };
  const say = (text: string): void => {
    for (const line of wrapped(text, width)) out(line);
  };
  try {
    await play.open();
    let { size: since } = await play.hub.checkpoint();
    play.begin = since;
    out('');
    out(heading(scenario.title, width));
    for (const { number, title, story, acts, then } of play.scenario.steps) {
      out('');
      out(heading(`Step ${number}. ${title}`, width));
      say(story);
      out('');
      for (const act of acts) {
        if (act.act === 'let-lapse') say(`  … waiting for the deadline of ${act.request}`);
        for (const check of await play.perform(act)) note(check);
      }
      for (const expectation of then) note(await check(play, expectation));
      out('');
      for (const line of beside(await threeViews(play, since), width)) out(line);
      ({ size: since } = await play.hub.checkpoint());
      if (pace === 'slow') await pause(TO_READ);
    }
    out('');
    out(heading('What must not have been seen', width));
    const report = await searchEverything(federation, data, {
      canaries: play.scenario.canaries,
      custodians: await looks.custodians(),
      ids: scenario.secretRequests.flatMap(({ request, knownTo }) => {
        const { exchange, events } = play.requests.get(request) ?? { events: [] };
        const released = [...play.releases.values()].filter((one) => one.request === request);
        const told = released.map(({ to }) => to);
        // Not the item's: the play has itself asked strangers for it, and their nodes have put that on record.
        return [
          ...(exchange === undefined
            ? []
            : [{ id: exchange, called: `exchange of ${request}`, knownTo: [...knownTo, ...told] }]),
          // Whoever was granted something knows afterwards that it was said: of the event, and of no other.
          ...events.map((id) =>
            released.some(({ event }) => event === id)
              ? { id, called: `answer to ${request}`, knownTo: [...knownTo, ...told] }
              : { id, called: `event of ${request}`, knownTo },
          ),
        ];
      }),
    });
    for (const line of searchLines(report)) out(line);
    const wrong = checks.filter(({ holds }) => !holds).length + report.findings.length;
    out('');
    out(
      wrong === 0
        ? `${checks.length} things were seen or not seen as they have to be, and the search found nothing out of place`
        : `${wrong} things are not as they have to be`,
    );
    return { checks, wrong };
  } finally {
    await play.close();
  }
};

const widthOf = ({ COLUMNS }: Surroundings['environment']): number => {
  const columns = Number(COLUMNS ?? process.stdout.columns);
  return Number.isInteger(columns) ? Math.min(WIDEST, Math.max(NARROWEST, columns)) : 120;
};

const SCENARIOS = { 1: URGENT_PLATE_CHECK, 2: VICTIM_REFERRAL } as const;

/** Plays a scenario against a running standalone hub. */
export const demo: Command = {
  summary: 'play a story against the running hub',
  usage: [
    'tripoint demo [--scenario 1|2] [--data FOLDER] [--pace fast|slow]',
    '',
    '  --scenario N    1: an urgent plate check at the border; 2: a victim is referred (default: 1)',
    '  --data FOLDER   the data folder of the running hub (default: ./data)',
    '  --pace PACE     slow leaves time to read between the steps (default: slow on a terminal, else fast)',
    '',
    'Ends with 0 when everything was seen, and not seen, as it has to be; with 1 when something was not;',
    'with 3 when no hub is running.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      scenario: { type: 'string', default: '1' },
      data: { type: 'string', default: 'data' },
      pace: { type: 'string', default: process.stdout.isTTY ? 'slow' : 'fast' },
    });
    try {
      const { wrong } = await playScenario(
        SCENARIOS[code('scenario', values.scenario, ['1', '2'] as const)],
        {
          data: resolve(values.data),
          pace: code('pace', values.pace, PACES),
          width: widthOf(surroundings.environment),
        },
        surroundings,
      );
      return wrong === 0 ? 0 : 1;
    } catch (thrown) {
      if (!(thrown instanceof DemoError)) throw thrown;
      surroundings.err(`tripoint: ${thrown.code}: ${thrown.message}`);
      return thrown.retriable ? 3 : 1;
    }
  },
};
