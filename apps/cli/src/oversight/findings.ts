import { FINDING_STATES } from '@tripoint/domain';
import { atDoor, type AtDoor, DOOR_OPTIONS } from '../at-door.js';
import { type Command } from '../command.js';
import { code, count, optionsOf, required } from '../federation/arguments.js';

const LARGEST_ANSWER = 16 * 1024 * 1024;
const PAGE = 1000;

/** As the door shows it. */
type Shown = {
  readonly number: string;
  readonly code: string;
  readonly state: string;
  readonly detail: string;
  readonly leaf?: string;
  readonly agency?: string;
  readonly at: string;
  readonly lastAt: string;
  readonly times: number;
  readonly ageInDays: number;
};
type Step = {
  readonly state: string;
  readonly by?: string;
  readonly reason: string;
  readonly at: string;
};

type Occasion = { readonly at: string; readonly leaf?: string; readonly detail: string };

const placed = (leaf: string | undefined): string => (leaf === undefined ? '' : ` at leaf ${leaf}`);

/** What was found several times may have been something else each time: `finding` shows all of them. */
const line = ({ number, state, code: word, leaf, agency, ...found }: Shown) => {
  const { ageInDays, times, at, lastAt, detail } = found;
  const when = times > 1 ? ` from ${at} to ${lastAt}, the last time` : '';
  return `${number}  ${state}  ${word}${agency === undefined ? '' : ` of ${agency}`}${placed(leaf)}, ${ageInDays} days old, found ${times}×${when}: ${detail}`;
};

const pages = async (door: AtDoor, asked: string): Promise<readonly Shown[]> => {
  const rows: Shown[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after === '' ? '' : `&after=${after}`;
    const answer = await door.get(`findings?first=OLDEST&limit=${PAGE}${asked}${from}`);
    const page = JSON.parse(answer.toString()) as {
      readonly rows: readonly Shown[];
      readonly next?: string;
    };
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
};

export const findings: Command = {
  summary: 'list what oversight found and nobody has closed, the oldest first',
  usage: [
    'tripoint oversight findings --door URL --officer ID [--state STATE|--all]',
    '',
    '  --door URL    where oversight answers; the password is asked for, or taken from TRIPOINT_OFFICER_PASSWORD',
    `  --state STATE one of ${FINDING_STATES.join(', ')}`,
    '  --all         the closed ones, too',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      state: { type: 'string' },
      all: { type: 'boolean', default: false },
    });
    const state =
      values.state === undefined
        ? 'UNSETTLED'
        : code('state', values.state, [...FINDING_STATES, 'UNSETTLED']);
    const rows = await atDoor(values, surroundings, LARGEST_ANSWER, (door) =>
      pages(door, values.all ? '' : `&state=${state}`),
    );
    for (const row of rows) surroundings.out(line(row));
    surroundings.err(`${rows.length} findings`);
    return 0;
  },
};

export const finding: Command = {
  summary: 'show one finding, its history and each time that it was found, or take it a step on',
  usage: [
    'tripoint oversight finding --door URL --officer ID --number N [--step STATE --reason TEXT]',
    '',
    '  --step STATE  OPEN becomes ACKNOWLEDGED, then EXPLAINED, REMEDIED or CONFIRMED_BREACH, then CLOSED.',
    '                Nothing is taken back; what is found again after it was said to be over is OPEN again',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      number: { type: 'string' },
      step: { type: 'string' },
      reason: { type: 'string' },
    });
    const number = count('number', required('number', values.number));
    const { step } = values;
    const state = step === undefined ? undefined : code('step', step, FINDING_STATES);
    const reason = state === undefined ? undefined : required('reason', values.reason);
    await atDoor(values, surroundings, LARGEST_ANSWER, async (door) => {
      if (state !== undefined) await door.post(`findings/${number}/steps`, { state, reason });
      const history = JSON.parse((await door.get(`findings/${number}`)).toString()) as {
        readonly finding: Shown;
        readonly steps: readonly Step[];
        readonly occasions: readonly Occasion[];
      };
      surroundings.out(line(history.finding));
      for (const { at, state: became, by, reason: why } of history.steps)
        surroundings.out(`  ${at}  ${became}${by === undefined ? '' : ` by ${by}`}: ${why}`);
      for (const { at, leaf, detail } of history.occasions.toReversed())
        surroundings.out(`  ${at}  found${placed(leaf)}: ${detail}`);
    });
    return 0;
  },
};
