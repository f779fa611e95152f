import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Digest, type Fingerprint } from '@tripoint/kernel';
import { accepted } from '@tripoint/envelope/testing';
import { generateNoteKey, parseTrustPolicy } from '@tripoint/transparency';
import { type EvidenceDraft } from './build.js';
import { formatBundle, readBundle } from './bundle.js';
import { EvidenceFault } from './fault.js';
import {
  grantedEvidence,
  built,
  damaged,
  filesOf,
  type LittleEvidence,
  littleEvidence,
  readable,
  resigned,
  verifying,
} from './testing/index.js';
import { verifyEvidence } from './verify.js';
import { END_OF_ZIP, placeOf } from './zip.js';

/** How many bytes of the bundle are flipped; 0 for every one of them. */
const FLIPS = Number(process.env['TRIPOINT_EVIDENCE_FLIPS'] ?? 400);

const withoutNewest = (files: Map<string, Uint8Array>): void => {
  const last = [...files.keys()].filter((name) => name.startsWith('registry/')).at(-1);
  for (const name of [...files.keys()])
    if (name.startsWith(`${last?.slice(0, 19) ?? ''}/`)) files.delete(name);
};

describe('an evidence bundle', () => {
  let little: LittleEvidence;
  let zip: Buffer;

  beforeAll(async () => {
    little = await littleEvidence();
    zip = await build(little.draft);
  });

  const build = (draft: EvidenceDraft): Promise<Buffer> => built(little, draft);
  const verify = (bytes: Uint8Array, policy = little.policy) =>
    verifying({ ...little, policy }, bytes);
  const verified = async (bytes: Uint8Array) => {
    const outcome = await verify(bytes);
    if (outcome instanceof EvidenceFault) throw new Error(`${outcome.file}: ${outcome.code}`);
    return outcome;
  };
  const read = readable;

  it('verifies, and says what was said, by whom, and who looked at it', async () => {
    const { events, custody, manifest, statements } = await verified(zip);
    expect(manifest.builder).toBe('bg-gdbop');
    expect(statements).toBe(little.draft.statements.length);
    expect(custody.consultations).toEqual(little.draft.consultations);
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event?.header.issuer).toBe('bg-gdbop');
    expect(event?.witnessed).toBe(Date.parse('2026-03-01T12:01:00.000Z') / 1000);
    expect(event?.compartments.map(({ descriptor: { name } }) => name)).toEqual(['core', 'facts']);
    for (const { frame } of event?.compartments ?? []) expect(frame?.officer).toBeDefined();
  });

  it('is written just as it was read', () => {
    expect(formatBundle(read(zip)).equals(zip)).toBe(true);
  });

  it('says with the policy of whoever verifies when witnesses are missing', async () => {
    const stranger = generateNoteKey('witness.example/other', 'cosignature-v1').verifierKey;
    const { vkey } = little.federation.anchor.log;
    const policy = accepted(
      parseTrustPolicy(Buffer.from(`log ${vkey}\nwitness o ${stranger}\nquorum o\n`)),
    );
    expect(await verify(zip, policy)).toMatchObject({
      code: 'not-under-quorum',
      file: expect.stringMatching(/checkpoint\.txt$/),
    });
  });

  it('shows nothing of what was left out, and no key that was not disclosed', async () => {
    const [event] = little.draft.events;
    if (event === undefined) throw new Error('there is an event');
    const [first, second] = event.part.compartments;
    if (first === undefined || second === undefined) throw new Error('there are two');
    const sealed = await build({
      ...little.draft,
      events: [{ ...event, part: { ...event.part, compartments: [first] }, keys: new Map() }],
    });
    const { events } = await verified(sealed);
    expect(events[0]?.compartments).toHaveLength(1);
    expect(events[0]?.compartments[0]?.frame).toBeUndefined();
    expect(sealed.includes(Buffer.from(second.body))).toBe(false);
    expect(sealed.includes(Buffer.from(second.descriptor))).toBe(false);
    for (const key of event.keys.values()) {
      expect(sealed.includes(Buffer.from(key))).toBe(false);
      expect(sealed.includes(Buffer.from(key).toString('hex'))).toBe(false);
      expect(zip.includes(Buffer.from(key).toString('hex'))).toBe(true);
    }
  });

  it('names the file of a byte that was flipped, whichever it is', async () => {
    const files = filesOf(read(zip));
    const stride = FLIPS === 0 ? 1 : zip.length / FLIPS;
    const places = new Set<string>();
    for (let at = 0; at < zip.length; at += stride) {
      const offset = Math.floor(at);
      const damaged = Buffer.from(zip);
      damaged[offset] = (damaged[offset] ?? 0) ^ (1 << (offset % 8));
      const fault = await verify(damaged);
      const { file, part } = placeOf(files, offset);
      places.add(part);
      expect([offset, part, fault instanceof EvidenceFault ? fault.file : 'sound']).toEqual([
        offset,
        part,
        file,
      ]);
    }
    expect([...places]).toEqual(expect.arrayContaining(['header', 'content', 'directory']));
  });

  it('is refused when it is longer, shorter, or anything else', async () => {
    expect(await verify(Buffer.concat([zip, Buffer.alloc(1)]))).toMatchObject({ file: END_OF_ZIP });
    expect(await verify(Buffer.concat([Buffer.alloc(1), zip]))).toBeInstanceOf(EvidenceFault);
    for (let length = 0; length < zip.length; length += 97)
      expect(await verify(zip.subarray(0, length))).toBeInstanceOf(EvidenceFault);
  });

  const resign = (change: (files: Map<string, Uint8Array>) => void, by?: 'gr-police') =>
    resigned(little, zip, change, by);

  it('stands the builder who changes any one file and signs that again', async () => {
    // Of itself the builder may say what it likes.
    const own = ['custody.json'];
    for (const name of read(zip).files.keys()) {
      const fault = await verify(
        await resign((files) => {
          damaged(files, name);
        }),
      );
      if (own.includes(name)) continue;
      // What is in one folder holds together: a leaf that was changed is one that its proof does not lead to.
      const folder = name.split('/').slice(0, -1).join('/');
      expect([name, fault instanceof EvidenceFault ? fault.file : 'sound']).toEqual([
        name,
        expect.stringMatching(folder === '' ? `^${name}$` : `^${folder}/`),
      ]);
    }
  });

  it.each<[string, string, (files: Map<string, Uint8Array>) => void]>([
    ['leaves a file out', 'file-missing', (files) => files.delete('VERIFY.md')],
    ['adds a file', 'file-unexpected', (files) => files.set('events/0000000099', Buffer.from('x'))],
    [
      'passes an event off as another leaf',
      'not-in-log',
      (files) => {
        for (const [name, bytes] of [...files])
          if (name.startsWith('events/')) {
            files.delete(name);
            files.set(name.replace(/\d{10}/, '0000000001'), bytes);
          }
      },
    ],
    [
      'leaves out the newest statement, of which the log has said that it is there',
      'statements-missing',
      (files) => {
        withoutNewest(files);
      },
    ],
    [
      'leaves out the newest statement and that, but keeps what was judged by it',
      'bundle-not-in-force',
      (files) => {
        withoutNewest(files);
        for (const name of [...files.keys()]) if (name.startsWith('complete/')) files.delete(name);
      },
    ],
    [
      'says twice how much there is of the registry',
      'file-unexpected',
      (files) => {
        for (const [name, bytes] of [...files])
          if (name.startsWith('complete/')) files.set(name.replace(/\d{10}/, '9999999999'), bytes);
      },
    ],
    [
      'leaves out a statement in the middle',
      'statement-refused',
      (files) => {
        const first = [...files.keys()].find((name) => name.startsWith('registry/'));
        for (const name of [...files.keys()])
          if (name.startsWith(`${first?.slice(0, 19) ?? ''}/`)) files.delete(name);
      },
    ],
    [
      'drops the decisions',
      'no-verdict',
      (files) => {
        for (const name of [...files.keys()])
          if (/^events\/.*\/record-/.test(name)) files.delete(name);
      },
    ],
    [
      'shows one decision again and again, each of which is to be decided anew',
      'record-not-committed',
      (files) => {
        const first = [...files.keys()].find((name) => name.endsWith('/record-0000.json'));
        const folder = first?.split('/record-')[0] ?? '';
        const count = [...files.keys()].filter((name) =>
          name.startsWith(`${folder}/record-`),
        ).length;
        const [record, salt] = ['record-0000.json', 'record-0000.salt.txt'].map((name) =>
          files.get(`${folder}/${name}`),
        );
        for (let at = count / 2; at < 2_000; at += 1) {
          const name = `${folder}/record-${String(at).padStart(4, '0')}`;
          files.set(`${name}.json`, record ?? new Uint8Array());
          files.set(`${name}.salt.txt`, salt ?? new Uint8Array());
        }
      },
    ],
  ])('is refused when its builder %s', async (_what, code, change) => {
    expect(await verify(await resign(change))).toMatchObject({ code });
  });

  it('shows before which leaf no statement is missing, such as that a key was in other hands', async () => {
    const revoking = await littleEvidence(undefined, async (log) => {
      await log.statement({
        kind: 'certificate-revoked',
        fingerprint: log.federation.member('tr-customs').fingerprint,
        reason: 'compromised',
        since: 3,
      });
      return undefined;
    });
    const { draft } = revoking;
    const outcome = async (changes: Partial<EvidenceDraft>) =>
      verifying(revoking, await built(revoking, { ...draft, ...changes }));
    const leaf = draft.complete?.proved.index;
    expect(await outcome({})).toMatchObject({
      complete: { leaf },
      statements: draft.statements.length,
    });
    const statements = draft.statements.slice(0, -1);
    expect(await outcome({ statements })).toMatchObject({ code: 'statements-missing' });
    // Without what shows it nobody can tell, and whoever verifies is told just that.
    const silent = await outcome({ statements, complete: undefined });
    expect(silent).toMatchObject({ complete: null, statements: statements.length });
  });

  it('says whose word is in doubt since a key was in other hands, until it is attested', async () => {
    const doubts = async (reason: 'compromised' | 'superseded', attested?: boolean) => {
      const lost = await grantedEvidence(async (log) => {
        const { id: agency, fingerprint } = log.federation.member('bg-gdbop');
        const since = log.handed.length - 1;
        await log.statement({
          kind: 'certificate-revoked',
          fingerprint,
          ...(reason === 'compromised' ? { reason, since } : { reason }),
        });
        if (attested === true)
          await log.statement({ kind: 'history-attested', agency, from: since, through: since });
      });
      const outcome = await verifying(lost, await built(lost, lost.draft));
      if (outcome instanceof EvidenceFault) throw new Error(`${outcome.file}: ${outcome.code}`);
      return outcome.events.map(({ doubted }) => doubted);
    };
    // Of what was said, and of the grant by which it may be carried, the second was signed since.
    expect(await doubts('superseded')).toEqual([false, false]);
    expect(await doubts('compromised')).toEqual([false, true]);
    expect(await doubts('compromised', true)).toEqual([false, false]);
  });

  it('shows nothing of statements that came after that, and nothing of another log’s', async () => {
    const later = await littleEvidence(undefined, async (log) => {
      const heads = await log.heads();
      await log.statement({
        kind: 'certificate-revoked',
        fingerprint: log.federation.member('tr-customs').fingerprint,
        reason: 'superseded',
      });
      return heads;
    });
    const { draft } = later;
    const leaf = draft.complete?.proved.index;
    const outcome = async (changes: Partial<EvidenceDraft>) =>
      verifying(later, await built(later, { ...draft, ...changes }));
    expect(draft.statements.at(-1)?.proved.index).toBeGreaterThan(leaf ?? Infinity);
    expect(await outcome({})).toMatchObject({ complete: { leaf } });
    const statements = draft.statements.slice(0, -1);
    expect(await outcome({ statements })).toMatchObject({ complete: { leaf } });
    expect(await outcome({ statements: statements.slice(0, -1) })).toMatchObject({
      code: 'statements-missing',
    });
    expect(await outcome({ complete: little.draft.complete })).toMatchObject({
      code: 'not-in-log',
      file: expect.stringMatching(/^complete\//),
    });
  });

  it('is refused when somebody else signed it in the builder’s name', async () => {
    expect(await verify(await resign(() => undefined, 'gr-police'))).toMatchObject({
      file: 'manifest.sig',
      code: 'signature-refused',
    });
  });

  it('is refused when the session key is not the one committed to', async () => {
    const [event] = little.draft.events;
    if (event === undefined) throw new Error('there is an event');
    const keys = new Map<Digest, Uint8Array>(
      [...event.keys].map(([digest]) => [digest, new Uint8Array(32)]),
    );
    expect(
      await verify(await build({ ...little.draft, events: [{ ...event, keys }] })),
    ).toMatchObject({
      code: 'key-refused',
      file: expect.stringMatching(/session-key\.txt$/),
    });
  });

  it('is refused under another trust anchor', async () => {
    const { openpgp, anchor } = little.federation;
    const other = { ...anchor, threshold: 1 };
    expect(await verifyEvidence(zip, { anchor: other }, openpgp)).toMatchObject({
      file: 'trust/anchor.json',
      code: 'anchor-differs',
    });
    expect(await verifyEvidence(zip, { anchor }, openpgp)).toMatchObject({ ownPolicy: true });
  });

  it('is refused when it is noise', () => {
    const fingerprint = 'ab'.repeat(32) as Fingerprint;
    expect(readBundle(Buffer.from(fingerprint))).toBeInstanceOf(EvidenceFault);
    expect(readBundle(new Uint8Array())).toBeInstanceOf(EvidenceFault);
    expect(readBundle(Buffer.alloc(4096, 0xff))).toBeInstanceOf(EvidenceFault);
  });
});
