// A small bundle from a small, real log, with two witnesses.
import { entitle, type EventEntry, type Sealed, sha256 } from '@tripoint/envelope';
import { accepted } from '@tripoint/envelope/testing';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { parseLeaf, parseLogEntry } from '@tripoint/ledger';
import { parseRecord } from '@tripoint/replay';
import { entryOf, LittleFederation, LittleLog } from '@tripoint/replay/testing';
import {
  Cosigner,
  formatCheckpoint,
  generateNoteKey,
  MerkleTree,
  parseTrustPolicy,
  signNote,
  type TrustPolicy,
} from '@tripoint/transparency';
import { randomUUID } from 'node:crypto';
import { type EvidenceDraft, type EventEvidence } from '../build.js';
import { type ProvedLeaf } from '../leaf-proof.js';

/** What a test builds bundles from. */
export type LittleEvidence = {
  readonly federation: LittleFederation;
  readonly policy: TrustPolicy;
  /** What bg-gdbop discloses of a request that it sent to gr-police: core and facts, both with their keys. */
  readonly draft: EvidenceDraft;
};

const WITNESSES = ['witness.example/bg', 'witness.example/gr'];

export const littleEvidence = async (): Promise<LittleEvidence> => {
  const federation = await LittleFederation.found();
  const log = await LittleLog.begin(federation);
  const gr = federation.member('gr-police');
  const item = randomUUID() as ItemId;
  const sealed = await log.seal({
    by: 'bg-gdbop',
    exchange: randomUUID() as ExchangeId,
    parts: [
      {
        compartment: 'core',
        to: ['bg-gdbop', 'gr-police'],
        facts: {
          opens: true,
          item,
          admits: [{ agency: gr.id, compartments: ['core', 'facts'] }],
          clock: 'issued',
          urgency: 'URGENT',
        },
      },
      { compartment: 'facts', to: ['bg-gdbop', 'gr-police'] },
    ],
  });
  const bg = federation.member('bg-gdbop');
  const index = await log.record(bg.chain, entryOf(sealed.container));
  const handedOver = log.handed.length;
  log.pass(60);
  await log.own('heartbeat');
  const tree = new MerkleTree();
  const leaves = log.handed.map(({ entry }) => accepted(parseLogEntry(entry)));
  for (const { leaf } of leaves) tree.append(leaf);

  const keys = WITNESSES.map((name) => generateNoteKey(name, 'cosignature-v1'));
  const policy = accepted(
    parseTrustPolicy(
      Buffer.from(
        [
          `log ${federation.anchor.log.vkey}`,
          ...keys.map(({ verifierKey }, at) => `witness w${at} ${verifierKey}`),
          'group states all w0 w1',
          'quorum states',
          '',
        ].join('\n'),
      ),
    ),
  );
  const checkpoint = (size: number): string =>
    formatCheckpoint({
      origin: federation.anchor.log.name,
      size,
      root: tree.root(size),
      extensions: [],
    });
  const note = (await signNote(checkpoint(handedOver), [federation.noteSigner])).toString();
  const cosigned = await signNote(checkpoint(tree.size), [
    federation.noteSigner,
    ...keys.map(({ privateKeyPem }, at) =>
      Cosigner.fromPem(WITNESSES[at] ?? '', privateKeyPem, () => new Date(log.time)),
    ),
  ]);
  const proved = (at: number): ProvedLeaf => ({
    leaf: leaves[at]?.leaf ?? new Uint8Array(),
    index: at,
    inclusion: tree.inclusionProof(at, handedOver),
    checkpoint: note,
    size: handedOver,
    cosigned: { note: cosigned.toString(), size: tree.size },
    consistency: tree.consistencyProof(handedOver, tree.size),
  });
  const statements = log.handed.flatMap(({ source }, at) => {
    const { kind } = accepted(parseLeaf(leaves[at]?.leaf ?? new Uint8Array()));
    return source !== null && (kind === 'registry' || kind === 'policy')
      ? [{ proved: proved(at), entry: source }]
      : [];
  });
  return {
    federation,
    policy,
    draft: {
      builder: 'bg-gdbop' as AgencyId,
      at: '2026-03-01T13:00:00.000Z' as Instant,
      courtFile: randomUUID(),
      anchor: federation.anchor,
      policy,
      events: [eventOf(log, proved(index), sealed, bg.fingerprint)],
      statements,
      consultations: [
        {
          number: 4,
          officer: 'ab'.repeat(32) as Digest,
          purpose: 'CASE_WORK',
          legalBasis: null,
          fields: ['request'],
          at: '2026-03-01T12:30:00.000Z' as Instant,
          hash: 'cd'.repeat(32) as Digest,
        },
      ],
    },
  };
};

const eventOf = (
  log: LittleLog,
  proved: ProvedLeaf,
  { container, compartments }: Sealed,
  own: Fingerprint,
): EventEvidence => {
  const { origin, records } = accepted(
    parseLogEntry(log.handed[proved.index]?.entry ?? new Uint8Array()),
  );
  const entry = entryOf(container) as EventEntry;
  return {
    proved,
    part: entitle(
      entry,
      entry.descriptors.map((one) => sha256(one)),
      own,
    ),
    routing: entry.routing,
    origin,
    records: records.filter(({ record }) => {
      const read = accepted(parseRecord(record));
      return read.about === 'verdict' && read.agency === own;
    }),
    keys: new Map(
      compartments.map(({ descriptorDigest, sessionKey }) => [descriptorDigest, sessionKey]),
    ),
  };
};
