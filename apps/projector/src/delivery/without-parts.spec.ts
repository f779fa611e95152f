import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  entitle,
  formatEntitled,
  OpenPgpJs,
  parseEntitled,
  parseHeader,
  Sealer,
} from '@tripoint/envelope';
import { accepted, compartment, draft, enrol } from '@tripoint/envelope/testing';
import { type EventId, type ExchangeId, type Instant } from '@tripoint/kernel';
import { formatDelivery, NO_PREVIOUS, parseDelivery } from '@tripoint/ledger';
import { entryOf } from '@tripoint/replay/testing';
import { type Compartment } from '@tripoint/domain';
import { type Delivery, type Evidence } from '@tripoint/read-model';
import { withoutEvidence, withoutParts } from './without-parts.js';

type Kept = { readonly event: EventId; readonly bytes: Uint8Array; readonly body: Uint8Array };

let own: Kept;
let granted: Kept;
beforeAll(async () => {
  const openpgp = new OpenPgpJs();
  const agency = await enrol(openpgp, 'gr-police');
  const sealer = new Sealer(openpgp, (length) => new Uint8Array(randomBytes(length)));
  const id = randomUUID() as EventId;
  const prepared = accepted(
    await sealer.prepare(
      draft(
        agency,
        ['core', 'facts'].map((name) => compartment(name, [agency.recipient], {})),
        {
          id,
          stream: randomUUID() as ExchangeId,
          type: 'request',
          at: '2026-03-01T12:00:00.000Z' as Instant,
        },
      ),
    ),
  );
  const place = { chain: agency.chain, seq: 0, prev: '0'.repeat(64) as never };
  const sealed = await sealer.finish(prepared, place, agency.signing);
  const entry = entryOf(sealed.container);
  if (entry.kind !== 'event') throw new Error('an event was sealed');
  const digests = sealed.compartments.map(({ descriptorDigest }) => descriptorDigest);
  const facts = sealed.compartments.find(({ name }) => name === 'facts')!.descriptorDigest;
  const source = formatEntitled(entitle(entry, digests, agency.recipient.certificate.fingerprint));
  const line = {
    kind: 'entry' as const,
    mailbox: new Uint8Array([1]),
    leaf: new Uint8Array([2]),
    proof: [],
    checkpoint: NO_PREVIOUS,
    origin: null,
    wraps: [],
    erased: [],
    records: [],
  };
  const body = entry.bodies.get(facts)!;
  own = { event: id, body, bytes: formatDelivery({ ...line, source, granted: null }) };
  const part = { leaf: new Uint8Array([3]), proof: [], source };
  granted = { event: id, body, bytes: formatDelivery({ ...line, source: null, granted: part }) };
});

const gone = (event: EventId, ...names: readonly string[]) => new Map([[event, new Set(names)]]);
const holds = (bytes: Uint8Array, body: Uint8Array) =>
  Buffer.from(bytes).includes(Buffer.from(body));

describe('what came as it came', () => {
  it('loses the ciphertext of what is gone, and nothing else', () => {
    for (const { event, bytes, body } of [own, granted]) {
      expect(holds(bytes, body)).toBe(true);
      const left = withoutParts(bytes, gone(event, 'facts'));
      expect(holds(left, body)).toBe(false);
      const delivery = accepted(parseDelivery(left));
      if (delivery.kind !== 'entry') throw new Error('a line stays a line');
      const part = accepted(parseEntitled(delivery.source ?? delivery.granted!.source));
      expect(accepted(parseHeader(part.header)).id).toBe(event);
      expect(part.compartments).toHaveLength(1);
    }
  });

  it('stays as it is where nothing of it goes, and where it is not ours to read', () => {
    const { event, bytes } = own;
    expect(withoutParts(bytes, gone(randomUUID() as EventId, 'facts'))).toBe(bytes);
    expect(withoutParts(bytes, gone(event, 'welfare'))).toBe(bytes);
    const garbage = new Uint8Array([9, 9]);
    expect(withoutParts(garbage, gone(event, 'facts'))).toBe(garbage);
  });

  it('goes with what it is of, kept before or coming with it', async () => {
    const kept: Evidence[] = [{ number: 4n, bytes: granted.bytes }];
    const purge = {
      event: own.event,
      compartments: ['facts'] as readonly Compartment[],
      descriptors: [],
    };
    const arriving = [{ evidence: own.bytes }, { purges: [purge] }] as unknown as Delivery[];
    const asked: EventId[] = [];
    const journal = {
      evidenceOf: (events: readonly EventId[]) => {
        asked.push(...events);
        return Promise.resolve(kept);
      },
    };
    const [first, second] = await withoutEvidence(journal, arriving);
    expect(asked).toEqual([own.event]);
    expect(holds(first!.evidence!, own.body)).toBe(false);
    expect(second!.purges![0]!.evidence).toMatchObject([{ number: 4n }]);
    expect(holds(second!.purges![0]!.evidence![0]!.bytes, own.body)).toBe(false);
    expect(await withoutEvidence(journal, [{} as Delivery])).toEqual([{}]);
  });
});
