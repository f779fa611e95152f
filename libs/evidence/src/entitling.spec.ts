import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type AgencyId, type Instant } from '@tripoint/kernel';
import { type EvidenceDraft } from './build.js';
import { EvidenceFault } from './fault.js';
import {
  built,
  damaged,
  filesOf,
  grantedEvidence,
  type LittleEvidence,
  permittedEvidence,
  readable,
  resigned,
  verifying,
} from './testing/index.js';
import { placeOf } from './zip.js';

/** How many bytes of each bundle are flipped; 0 for every one of them. */
const FLIPS = Number(process.env['TRIPOINT_EVIDENCE_FLIPS'] ?? 100);
/** When every grant and permission of these tests is over. */
const OVER = '2026-03-08T12:00:00.000Z' as Instant;

let granted: LittleEvidence;
let permitted: LittleEvidence;
beforeAll(async () => {
  granted = await grantedEvidence();
  permitted = await permittedEvidence();
});

const verified = async (little: LittleEvidence, changes: Partial<EvidenceDraft> = {}) => {
  const outcome = await verifying(little, await built(little, changes));
  if (outcome instanceof EvidenceFault) throw new Error(`${outcome.file}: ${outcome.code}`);
  return outcome;
};
const refusal = async (little: LittleEvidence, changes: Partial<EvidenceDraft>) =>
  verifying(little, await built(little, changes));
const manual = (zip: Uint8Array): string =>
  Buffer.from(readable(zip).files.get('VERIFY.md') ?? []).toString();

/** The draft's events, without the one at that place or with another in its place. */
const events = (
  { draft }: LittleEvidence,
  place: number,
  change: (event: EvidenceDraft['events'][number]) => EvidenceDraft['events'],
): Partial<EvidenceDraft> => ({
  events: draft.events.flatMap((event, at) => (at === place ? change(event) : [event])),
});

describe('a bundle with what was granted', () => {
  it('shows the grant by which its builder holds it', async () => {
    const { entitled, events: carried } = await verified(granted);
    const [said, grant] = carried;
    expect(entitled).toEqual({
      grants: [{ leaf: said?.leaf.index, name: 'facts', grantedAt: grant?.leaf.index }],
      permissions: [],
      missing: [],
    });
    expect(said?.header.issuer).toBe('bg-gdbop');
    expect(said?.compartments[0]?.frame).toBeDefined();
    expect(manual(await built(granted))).toContain('granted it afterwards');
  });

  it.each<[string, () => Partial<EvidenceDraft>]>([
    ['leaves the grant out', () => events(granted, 1, () => [])],
    [
      'leaves out the decision that gave it',
      () =>
        events(granted, 1, (grant) => [
          {
            ...grant,
            records: grant.records.filter(({ record }) =>
              Buffer.from(record).includes('"compartment":"core"'),
            ),
          },
        ]),
    ],
    ['holds it longer than it was granted', () => ({ at: OVER })],
    ['is another than who was granted it', () => ({ builder: 'gr-police' as AgencyId })],
  ])('is refused when its builder %s', async (_what, changes) => {
    expect(await refusal(granted, changes())).toMatchObject({
      code: 'no-verdict',
      file: expect.stringMatching(/^events\/\d{10}\/(facts|core)\.descriptor\.json$/),
    });
  });
});

describe('a bundle with what is marked H1', () => {
  it('is refused where who permits its use may be whoever stole a key', async () => {
    const stolen = await permittedEvidence({ stolen: true });
    expect(await refusal(stolen, {})).toMatchObject({ code: 'use-not-permitted' });
  });

  it('shows that whoever said it permits its use', async () => {
    const { entitled, events: carried } = await verified(permitted);
    const [said, asked, permission] = carried.map(({ leaf }) => leaf.index);
    expect(entitled).toEqual({
      grants: [],
      permissions: ['core', 'facts'].map((name) => ({
        ...{ leaf: said, name, askedAt: asked, permittedAt: permission },
      })),
      missing: [],
    });
    expect(manual(await built(permitted))).toContain('## What may be used');
  });

  it.each<[string, () => Partial<EvidenceDraft>]>([
    ['leaves the question out', () => events(permitted, 1, () => [])],
    ['leaves the permission out', () => events(permitted, 2, () => [])],
    [
      'does not show what the question says',
      () => events(permitted, 1, (one) => [{ ...one, keys: new Map() }]),
    ],
    [
      'does not show what the permission says',
      () => events(permitted, 2, (one) => [{ ...one, keys: new Map() }]),
    ],
    ['uses it when its time is over', () => ({ at: OVER })],
  ])('is refused when its builder %s', async (_what, changes) => {
    expect(await refusal(permitted, changes())).toMatchObject({
      code: 'use-not-permitted',
      file: expect.stringMatching(/^events\/\d{10}\/core\.descriptor\.json$/),
    });
  });

  it.each<[string, Parameters<typeof permittedEvidence>[0], string]>([
    ['is for somebody else', { grantee: 'tr-customs' }, 'core'],
    ['is of another event', { about: randomUUID() }, 'core'],
    ['is of another part', { compartments: ['intelligence'] }, 'facts'],
    ['names no time', { until: 'for ever' }, 'core'],
  ])('is refused when the permission %s', async (_what, saying, part) => {
    const other = await permittedEvidence(saying);
    expect(await refusal(other, {})).toMatchObject({
      code: 'use-not-permitted',
      file: expect.stringMatching(new RegExp(`/${part}\\.descriptor\\.json$`)),
    });
  });
});

describe.each<[string, () => LittleEvidence]>([
  ['granted', () => granted],
  ['permitted', () => permitted],
])('a bundle with what was %s', (_what, which) => {
  it('names the file of a byte that was flipped, whichever it is', async () => {
    const little = which();
    const zip = await built(little);
    const files = filesOf(readable(zip));
    const stride = FLIPS === 0 ? 1 : zip.length / FLIPS;
    for (let at = 0; at < zip.length; at += stride) {
      const offset = Math.floor(at);
      const wrong = Buffer.from(zip);
      wrong[offset] = (wrong[offset] ?? 0) ^ (1 << (offset % 8));
      const fault = await verifying(little, wrong);
      expect([offset, fault instanceof EvidenceFault ? fault.file : 'sound']).toEqual([
        offset,
        placeOf(files, offset).file,
      ]);
    }
  });

  it('stands the builder who changes any one file of an event and signs that again', async () => {
    const little = which();
    const zip = await built(little);
    for (const name of readable(zip).files.keys()) {
      if (!name.startsWith('events/')) continue;
      const fault = await verifying(
        little,
        await resigned(little, zip, (files) => {
          damaged(files, name);
        }),
      );
      const folder = name.split('/').slice(0, -1).join('/');
      expect([name, fault instanceof EvidenceFault ? fault.file : 'sound']).toEqual([
        name,
        expect.stringMatching(`^${folder}/`),
      ]);
    }
  });
});
