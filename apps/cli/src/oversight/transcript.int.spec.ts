import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256, utf8 } from '@tripoint/envelope';
import { type Digest, type Instant } from '@tripoint/kernel';
import { readUnder } from '@tripoint/replay';
import { MerkleTree } from '@tripoint/transparency';
import { agency } from '../agency/agency.command.js';
import { dispatch, runCommand } from '../dispatch.js';
import { oversight } from './oversight.command.js';

const EXCHANGE = '7c1d2a52-8a5e-4e7c-9f0e-3b1f6a3f0001';
const ITEM = '7c1d2a52-8a5e-4e7c-9f0e-3b1f6a3f0002';
const AT = '2026-03-01T12:00:00.000Z';
const SIZE = 60;
const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

/** Whoever keeps a record controls what stands in it: here, that a terminal hides what comes after it, and a line of its own. */
const FIELDS: Readonly<Record<number, readonly string[]>> = {
  7: ['event'],
  50: ['event', '\u001b[8m\n0 reads of it'],
};

/** Two reads of the item among many of something else. */
const textOf = (number: number): string =>
  JSON.stringify([
    'tripoint/read/v2',
    ...[`${number}`, 'e.georgiou', 'PREVENTION', null, 'Art. 6'],
    ...(number === 7 || number === 50
      ? [EXCHANGE, ITEM, FIELDS[number]]
      : [null, null, ['search']]),
    ...[AT, '0'.repeat(64), 'ef'],
  ]);

type Row = { readonly number: string; readonly text: string; readonly path: string };

describe('a transcript for a data subject', () => {
  let dir: string;
  const tree = new MerkleTree();
  const rows: Row[] = [];
  const at = (name: string): string => join(dir, name);
  const asked: { path: string; purpose: string | null; body: unknown }[] = [];
  const given = (...numbers: readonly number[]) => ({
    agency: 'gr-police',
    about: [{ exchange: EXCHANGE, item: ITEM }],
    said: [{}],
    reads: numbers.map((number) => ({
      number: `${number}`,
      at: AT,
      roles: ['ANALYST'],
      purpose: 'PREVENTION',
      legalBasis: 'Art. 6',
      hash: sha256(utf8(textOf(number))),
      path: rows[number]?.path ?? '',
    })),
    root: { size: `${SIZE}` },
  });

  /** An agency's door and oversight's: what oversight is shown it holds against the root, as oversight does. */
  const door: typeof fetch = (input, init) => {
    const { pathname } = new URL(input as URL);
    const answer = (body: unknown): Promise<Response> =>
      Promise.resolve(new Response(JSON.stringify(body)));
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    asked.push({
      path: pathname,
      purpose: new Headers(init?.headers).get('tripoint-purpose'),
      body,
    });
    if (pathname === '/sessions') return answer({ token: 'a-session' });
    if (init?.method === 'DELETE') return Promise.resolve(new Response(null, { status: 204 }));
    if (pathname === '/transcripts') return answer(given(7, 50));
    if (pathname === '/verification') return answer({ verified: '9' });
    if (pathname === `/exchanges/${EXCHANGE}/as-of/8`)
      return answer({
        disclosed: [DISCLOSED, { ...DISCLOSED, index: '8', audience: [FORGOTTEN] }],
      });
    expect(pathname).toBe('/agencies/gr-police/reads');
    const root = { size: SIZE, root: hexOf(tree.root()) as Digest };
    const wrong = (body as { readonly rows: readonly Row[] }).rows.find(
      ({ number, text, path }) =>
        readUnder(root, {
          number: Number(number),
          text,
          path: (path.match(/.{64}/g) ?? []) as Digest[],
        }) === undefined,
    );
    return answer({ sound: wrong === undefined, ...(wrong && { wrong: wrong.number }) });
  };
  const DISCLOSED = {
    index: '5',
    at: AT,
    event: ITEM,
    family: 'contribution',
    issuer: 'bg-gdbop',
    compartment: 'facts',
    classification: 'BPL',
    handling: [],
    audience: [
      { agency: 'gr-police', allowed: true, rules: [], because: 'it was shared with it' },
      { agency: 'tr-customs', allowed: false, rules: [], because: 'it takes no part' },
    ],
  };
  const FORGOTTEN = {
    agency: 'gr-police',
    allowed: false,
    rules: [],
    because: 'it is forgotten everywhere',
  };

  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string): unknown => lines.push(line);
    const root = dispatch('tripoint', 'for a test', { agency, oversight });
    const exit = await runCommand(root, args, {
      out: say,
      err: say,
      environment: { TRIPOINT_OFFICER_PASSWORD: 'correct horse battery staple' },
      now: () => AT as Instant,
      fetch: door,
    });
    return { exit, said: lines.join('\n') };
  };
  const DOOR = ['--door', 'http://door.test', '--officer', 'l.todorov'];
  const ABOUT = ['--about', `${EXCHANGE}/${ITEM}`];
  const overseeing = (...args: readonly string[]) =>
    run('oversight', 'transcript', ...DOOR, ...ABOUT, ...args);
  const keep = (name: string, value: unknown) => writeFile(at(name), JSON.stringify(value));
  const record = (shown: readonly Row[]) => ({ agency: 'gr-police', size: `${SIZE}`, rows: shown });

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tripoint-transcript-'));
    for (let n = 0; n < SIZE; n += 1) tree.append(Buffer.from(sha256(utf8(textOf(n))), 'hex'));
    for (let n = 0; n < SIZE; n += 1)
      rows.push({
        number: `${n}`,
        text: textOf(n),
        path: tree.inclusionProof(n).map(hexOf).join(''),
      });
    await keep('reads.json', record(rows));
    await keep('given.json', given(7, 50));
  });
  beforeEach(() => {
    asked.length = 0;
  });
  afterAll(async () => {
    await rm(dir, { recursive: true });
  });

  it('is asked of an agency for that purpose, and kept', async () => {
    const out = at('transcript.json');
    const made = ['agency', 'transcript', ...DOOR, ...ABOUT, '--legal-basis', 'Art. 14'];
    const { exit, said } = await run(...made, '--out', out);
    expect(said).toBe(`1 events, 2 reads, 2 of them under the published root: ${out}`);
    expect(exit).toBe(0);
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(given(7, 50));
    expect(asked[1]).toEqual({
      path: '/transcripts',
      purpose: 'DATA_SUBJECT_REQUEST',
      body: { about: [{ exchange: EXCHANGE, item: ITEM }] },
    });
  });

  it('tells at oversight who was given it and why, that it is forgotten, and who read it, by no name', async () => {
    const { exit, said } = await overseeing(
      ...['--reads', at('reads.json'), '--given', at('given.json')],
    );
    expect(said).toContain('given to gr-police: it was shared with it');
    expect(said).toContain('kept from tr-customs: it takes no part');
    expect(said).toContain('kept from gr-police: it is forgotten everywhere');
    expect(said).toContain(`read 7 at gr-police, ${AT}: PREVENTION (Art. 6), event`);
    expect(said).toContain(`2 reads of it at gr-police, of ${SIZE}`);
    expect(said).toContain('holds every read of it in the record');
    expect(said).not.toContain('e.georgiou');
    expect(said).toContain('event, \\u001b[8m\\u000a0 reads of it');
    expect(said).not.toContain('\u001b');
    expect(exit).toBe(0);
  });

  it('finds the row that a record, or a transcript, leaves out or changes', async () => {
    await keep('short.json', record(rows.filter(({ number }) => number !== '7')));
    expect(await overseeing('--reads', at('short.json'))).toMatchObject({
      exit: 1,
      said: expect.stringContaining('LEFT OUT: 1 of the 60 reads of gr-police were not shown'),
    });
    await keep(
      'changed.json',
      record(rows.map((row) => ({ ...row, text: row.text.replace(EXCHANGE, ITEM) }))),
    );
    expect(await overseeing('--reads', at('changed.json'))).toMatchObject({
      exit: 1,
      said: expect.stringContaining('WRONG: read 7 of gr-police is not under the root'),
    });
    await keep('silent.json', given(7));
    const files = ['--reads', at('reads.json'), '--given'];
    expect(await overseeing(...files, at('silent.json'))).toMatchObject({
      exit: 1,
      said: expect.stringContaining('LEFT OUT: read 50 of gr-police is not in the transcript'),
    });
    const { reads, ...rest } = given(7, 50);
    await keep('other.json', { ...rest, reads: reads.map((one) => ({ ...one, purpose: 'X' })) });
    expect(await overseeing(...files, at('other.json'))).toMatchObject({
      exit: 1,
      said: expect.stringContaining('WRONG: read 7 is another in the transcript'),
    });
  });

  it('ends with 2 when it is not understood', async () => {
    const malformed = [
      {},
      null,
      { ...given(7), about: [{ exchange: 'x' }] },
      { ...given(7), reads: [{ number: '-1' }] },
      { ...given(7), root: {} },
    ];
    for (const one of malformed) {
      await keep('malformed.json', one);
      const files = ['--reads', at('reads.json'), '--given', at('malformed.json')];
      expect((await overseeing(...files)).exit).toBe(2);
    }
    await writeFile(at('malformed.json'), 'no JSON');
    for (const args of [
      ['--given', at('given.json')],
      ['--reads', at('reads.json'), '--given', at('malformed.json')],
      ['--reads', at('reads.json'), '--given', at('nowhere.json')],
      ['--about', 'everything'],
      ['--about', `${EXCHANGE}/${ITEM}/${ITEM}`],
      ['--about', `${EXCHANGE}/all`],
    ])
      expect((await overseeing(...args)).exit).toBe(2);
    expect((await run('oversight', 'transcript', ...DOOR)).exit).toBe(2);
  });
});
