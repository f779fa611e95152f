import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Digest, type ExchangeId, type Instant } from '@tripoint/kernel';
import { type Standing, standingsOf } from './standing.js';
import { entryOf, type EventDraft, LittleFederation, LittleLog } from './testing/index.js';
import { verifyLog } from './verify-log.js';

let log: LittleLog;
beforeEach(async () => {
  log = await LittleLog.begin(await LittleFederation.found());
});

const id = (member: 'gr-police') => log.federation.member(member).id;
const record = async (event: EventDraft) => {
  const sealed = await log.seal(event);
  await log.record(log.federation.member(event.by).chain, entryOf(sealed.container));
  return sealed;
};
const asOf = async (descriptor: Digest, index: number) => {
  let standings: readonly Standing[] | undefined;
  const { fault } = await verifyLog(
    await log.served(),
    log.federation.anchor,
    log.federation.openpgp,
    {
      asOf: index,
      heard: (_leaf, state) => {
        standings = standingsOf(state, descriptor);
      },
    },
  );
  expect(fault).toBeNull();
  return standings;
};

describe('how every agency stands to what was said', () => {
  it('is as of a leaf, with the sentence that decides, and other after a recall', async () => {
    const exchange = randomUUID() as ExchangeId;
    const said = await record({
      by: 'bg-gdbop',
      exchange,
      family: 'contribution',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'gr-police'],
          facts: {
            opens: true,
            item: randomUUID(),
            admits: [{ agency: id('gr-police'), compartments: ['core', 'facts'] }],
          },
        },
        { compartment: 'facts', to: ['bg-gdbop', 'gr-police', 'tr-customs'] },
      ],
    });
    const descriptor = said.compartments.find(({ name }) => name === 'facts')!.descriptorDigest;
    const leaf = log.handed.length - 1;
    expect(await asOf(descriptor, leaf - 1)).toBeUndefined();
    const before = await asOf(descriptor, leaf);
    const how = (standings: typeof before) =>
      Object.fromEntries((standings ?? []).map((one) => [one.agency, one.how]));
    expect(how(before)).toMatchObject({
      'bg-gdbop': 'given',
      'gr-police': 'given',
      'tr-customs': 'denied',
    });
    expect(before?.find(({ agency }) => agency === 'tr-customs')).toMatchObject({
      couldSee: false,
      because: expect.stringContaining('does not take part in the exchange') as unknown,
    });
    for (const { how: stands, couldSee } of before ?? []) expect(couldSee).toBe(stands === 'given');
    expect((before ?? []).some(({ how: stands }) => stands === 'not-addressed')).toBe(true);

    await record({
      by: 'bg-gdbop',
      exchange,
      family: 'recall',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'gr-police'],
          facts: {
            item: randomUUID(),
            recall: {
              agency: id('gr-police'),
              descriptors: [descriptor],
              until: new Date(log.time + 3_600_000).toISOString() as Instant,
            },
          },
        },
      ],
    });
    expect(how(await asOf(descriptor, log.handed.length - 1))).toMatchObject({
      'bg-gdbop': 'given',
      'gr-police': 'recalled',
    });
    expect(how(await asOf(descriptor, leaf))).toMatchObject({ 'gr-police': 'given' });
  });
});
