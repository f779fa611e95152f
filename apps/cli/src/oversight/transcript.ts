import { type ReadRow, type ReadSubject } from '@tripoint/domain';
import { HubError } from '@tripoint/kernel';
import { againstRecord, type Disclosed, readsOf } from '@tripoint/replay';
import { ABOUT_OPTIONS, ABOUT_USAGE, subjectsIn } from '../agency/subjects.js';
import { type AtDoor, atDoor, DOOR_OPTIONS } from '../at-door.js';
import { type Command, UsageError } from '../command.js';
import { optionsOf } from '../federation/arguments.js';
import { exchangeLines } from '../verify/report.js';
import { visibleText } from '../unseen.js';
import { givenIn } from './given-transcript.js';
import { checkedAt, type Shown, shownIn } from './reads.js';

const LARGEST_ANSWER = 64 * 1024 * 1024;

/** What oversight can tell somebody who asks about themselves, over all agencies. */
export const transcript: Command = {
  summary: 'tell a data subject who was given what of them by which rule, and who has read it',
  usage: [
    'tripoint oversight transcript --door URL --officer ID --about EXCHANGE[/ITEM] … [--reads FILE …] [--given FILE …]',
    '',
    '  --door URL               oversight; the password is asked for, or taken from TRIPOINT_OFFICER_PASSWORD',
    ABOUT_USAGE,
    '  --reads FILE             an agency’s record of reads that `tripoint oversight take-reads` took, once for each agency:',
    '                           every row has to stand under the root in the log, and the record has to be whole',
    '  --given FILE             a transcript that such an agency gave (`tripoint agency transcript`): it has to hold every such row',
    '',
    'Everybody to whom the log says that it went is told, exchange by exchange, with the sentence of the rule. Officers are not named.',
    'Ends with 1 when a row is wrong, left out or told otherwise.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      ...ABOUT_OPTIONS,
      reads: { type: 'string', multiple: true, default: [] as string[] },
      given: { type: 'string', multiple: true, default: [] as string[] },
    });
    const about = subjectsIn(values.about);
    const records = await Promise.all(values.reads.map(shownIn));
    const given = await Promise.all(values.given.map(givenIn));
    const unheld = given.find(({ agency }) => recordOf(records, agency) === undefined);
    if (unheld !== undefined)
      throw new UsageError(
        'bad-arguments',
        `--given: nothing to hold it against: ${unheld.agency} has no record among --reads`,
      );
    return atDoor(values, surroundings, LARGEST_ANSWER, async (door) => {
      const { out } = surroundings;
      for (const line of exchangeLines(await disclosedIn(door, about))) out(line);
      let sound = true;
      for (const record of records) {
        const checked = await checkedAt(door, record);
        const lines = checked.sound ? readLines(record, about) : { sound: false, lines: [] };
        for (const line of ['', checked.said, ...lines.lines]) out(line);
        sound &&= lines.sound;
      }
      for (const { agency, ...one } of given) {
        const record = recordOf(records, agency);
        if (record === undefined) continue;
        const { leftOut, differ } = againstRecord(one, sized(record));
        for (const number of leftOut)
          out(`LEFT OUT: read ${number} of ${agency} is not in the transcript that it gave`);
        for (const number of differ)
          out(`WRONG: read ${number} is another in the transcript that ${agency} gave`);
        const holds = leftOut.length === 0 && differ.length === 0;
        if (holds) out(`the transcript that ${agency} gave holds every read of it in the record`);
        sound &&= holds;
      }
      return sound ? 0 : 1;
    });
  },
};

const recordOf = (records: readonly Shown[], of: string): Shown | undefined =>
  records.find(({ agency }) => agency === of);

const sized = ({ size, rows }: Shown): { readonly size: number; readonly rows: Shown['rows'] } => ({
  size: Number(size),
  rows,
});

/** What oversight says of the exchanges as of the newest leaf that it has recomputed. */
const disclosedIn = async (
  door: AtDoor,
  about: readonly ReadSubject[],
): Promise<ReadonlyMap<string, readonly Disclosed[]>> => {
  const { verified } = JSON.parse((await door.get('verification')).toString()) as {
    readonly verified: string;
  };
  if (verified === '0')
    throw new HubError('nothing-verified', 'oversight has recomputed nothing of the log yet', true);
  const exchanges = new Map<string, readonly Disclosed[]>();
  for (const exchange of new Set(about.map((one) => one.exchange))) {
    const place = `exchanges/${exchange}/as-of/${Number(verified) - 1}`;
    const { disclosed } = JSON.parse((await door.get(place)).toString()) as {
      readonly disclosed: readonly (Omit<Disclosed, 'index' | 'grant'> & {
        readonly index: string;
        readonly until?: Disclosed['at'];
      })[];
    };
    exchanges.set(
      exchange,
      disclosed.map(({ index, until, ...one }) => ({
        ...one,
        index: Number(index),
        ...(until === undefined ? {} : { grant: { until } }),
      })),
    );
  }
  return exchanges;
};

/** What an agency's record holds of it; officers are not named to whom it is told. */
const readLines = (
  record: Shown,
  about: readonly ReadSubject[],
): { readonly sound: boolean; readonly lines: readonly string[] } => {
  const { rows, searches, missing } = readsOf(sized(record), about);
  const { agency, size } = record;
  return {
    sound: missing === 0,
    lines: [
      ...rows.map((row) =>
        visibleText(`  read ${row.number} at ${agency}, ${row.at}: ${why(row)}`),
      ),
      `${rows.length} reads of it at ${agency}, of ${size}; besides, everything was searched ${searches} times`,
      ...(missing === 0
        ? []
        : [`LEFT OUT: ${missing} of the ${size} reads of ${agency} were not shown`]),
    ],
  };
};

const why = ({ purpose, legalBasis, fields }: ReadRow): string =>
  `${purpose}${legalBasis === undefined ? '' : ` (${legalBasis})`}, ${fields.join(', ')}`;
