import { readFile } from 'node:fs/promises';
import { type Digest, isAgencyId, type AgencyId } from '@tripoint/kernel';
import { type ReadRoots, readUnder, type ShownRead } from '@tripoint/replay';
import { type AtDoor, atDoor, DOOR_OPTIONS } from '../at-door.js';
import { type Command, UsageError } from '../command.js';
import { count, optionsOf, required } from '../federation/arguments.js';
import { intoNewFile } from '../into-new-file.js';

const LARGEST_ANSWER = 1024 * 1024;
const PAGE = 50;
const HASH = 64;
/** Written in one way only, so that a row that is there twice is not taken for two. */
const NUMBER = /^(0|[1-9]\d{0,14})$/;

/** Rows of an agency's record of reads as its door shows them, kept in a file. */
export type Shown = {
  readonly agency: AgencyId;
  readonly size: string;
  readonly rows: readonly {
    readonly number: string;
    readonly text: string;
    readonly path: string;
  }[];
  readonly next?: string;
};

export const takeReads: Command = {
  summary: 'take the rows of an agency’s record of reads, with their proofs, from its door',
  usage: [
    'tripoint oversight take-reads --door URL --officer ID --size N --out FILE',
    '',
    '  --door URL   the agency’s front door, where the auditor has an account with the role OVERSIGHT_AUDITOR;',
    '               the password is asked for, or taken from TRIPOINT_OFFICER_PASSWORD',
    '  --size N     the size of a root that the agency has published: `tripoint verify` and oversight list them',
    '  --out FILE   who read what and why: keep it as you would keep that. Nothing there is replaced',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      size: { type: 'string' },
      out: { type: 'string' },
    });
    const size = count('size', required('size', values.size));
    const out = required('out', values.out);
    const { agency, rows } = await intoNewFile(out, () =>
      atDoor(values, surroundings, LARGEST_ANSWER, async (door) => {
        const shown: Shown['rows'][number][] = [];
        let named = '';
        for (let from: string | undefined = '0'; from !== undefined;) {
          const page: Shown = JSON.parse(
            (await door.get(`reads/shown?size=${size}&from=${from}&limit=${PAGE}`)).toString(),
          ) as Shown;
          shown.push(...page.rows);
          named = page.agency;
          from = page.next;
        }
        const answer = { agency: named, size: `${size}`, rows: shown };
        return { bytes: Buffer.from(JSON.stringify(answer)), answer };
      }),
    );
    surroundings.out(`${rows.length} reads of ${agency}: ${out}`);
    return 0;
  },
};

export const checkReads: Command = {
  summary: 'have oversight hold such rows against the root in the log; what differs is a finding',
  usage: 'tripoint oversight check-reads --door URL --officer ID --file FILE',
  run: async (args, surroundings) => {
    const values = optionsOf(args, { ...DOOR_OPTIONS, file: { type: 'string' } });
    const shown = await shownIn(required('file', values.file));
    return atDoor(values, surroundings, LARGEST_ANSWER, async (door) => {
      const { sound, said } = await checkedAt(door, shown);
      const whole = sound ? wholly(shown, said) : { sound, said };
      surroundings.out(whole.said);
      return whole.sound ? 0 : 1;
    });
  },
};

/** Has oversight hold rows against the root in the log, page by page, and says what comes of it; the first that is wrong. */
export const checkedAt = async (door: AtDoor, { agency, size, rows }: Shown): Promise<Held> => {
  // Of no rows, too, it is asked whether there is such a root.
  for (let first = 0; first === 0 || first < rows.length; first += PAGE) {
    const part = rows.slice(first, first + PAGE);
    const answer = await door.post(`agencies/${agency}/reads`, { agency, size, rows: part });
    const { sound, wrong } = JSON.parse(answer.toString()) as {
      readonly sound: boolean;
      readonly wrong?: string;
    };
    if (!sound)
      return {
        sound,
        said: `WRONG: read ${wrong ?? ''} of ${agency} is not under the root it published`,
      };
  }
  return {
    sound: true,
    said: `sound: ${rows.length} reads of ${agency} are under the root over ${size}`,
  };
};

/** The same of rows that are as they should be, unless some were kept back: under the root they are all there. */
const wholly = ({ agency, size, rows }: Shown, said: string): Held => {
  const missing = Number(size) - new Set(rows.map(({ number }) => number)).size;
  return missing === 0
    ? { sound: true, said }
    : {
        sound: false,
        said: `LEFT OUT: ${missing} of the ${size} reads of ${agency} were not shown`,
      };
};

/** Whether rows are as they should be, and a line that says so or what is wrong. */
type Held = { readonly sound: boolean; readonly said: string };

/** Rows taken from an agency, as far as the file has their form. Whoever made it controls it. */
export const shownIn = async (path: string): Promise<Shown> => {
  const text = await readFile(path).catch((cause: unknown) => {
    throw new UsageError('bad-arguments', `${path} cannot be read`, { cause });
  });
  const malformed = new UsageError('bad-arguments', `${path} holds no reads that were taken`);
  let shown: Partial<Shown> | null;
  try {
    shown = JSON.parse(text.toString()) as Partial<Shown> | null;
  } catch {
    throw malformed;
  }
  const wellFormed =
    isAgencyId(shown?.agency) &&
    isNumber(shown.size) &&
    Array.isArray(shown.rows) &&
    (shown.rows as readonly unknown[]).every(isRow);
  if (!wellFormed) throw malformed;
  return shown as Shown;
};

const isRow = (value: unknown): boolean => {
  const { number, text, path } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return isNumber(number) && typeof text === 'string' && typeof path === 'string';
};

const isNumber = (value: unknown): boolean => typeof value === 'string' && NUMBER.test(value);

/** Holds rows against the roots that a log holds, and says what comes of it; the first that is wrong. */
export const heldAgainst = (roots: ReadRoots, shown: Shown): Held => {
  const { agency, size, rows } = shown;
  const root = roots.of(agency).findLast((one) => `${one.size}` === size);
  if (root === undefined)
    return { sound: false, said: `WRONG: ${agency} has published no root over ${size} reads` };
  const wrong = rows.find((row) => readUnder(root, shownRead(row)) === undefined);
  return wrong === undefined
    ? wholly(
        shown,
        `reads: ${rows.length} of ${agency} are under its root over ${size}, at leaf ${root.leaf}`,
      )
    : {
        sound: false,
        said: `WRONG: read ${wrong.number} of ${agency} is not under its root over ${size}, at leaf ${root.leaf}`,
      };
};

const shownRead = ({ number, text, path }: Shown['rows'][number]): ShownRead => ({
  number: Number(number),
  text,
  path: Array.from(
    { length: Math.ceil(path.length / HASH) },
    (_, n) => path.slice(n * HASH, (n + 1) * HASH) as Digest,
  ),
});
