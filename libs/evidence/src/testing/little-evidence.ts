// Small bundles from small, real logs, with two witnesses.
import { entitle, type EventEntry, type Sealed } from '@tripoint/envelope';
import { accepted, frame } from '@tripoint/envelope/testing';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { parseLeaf, parseLogEntry, type SaltedRecord } from '@tripoint/ledger';
import { parseRecord } from '@tripoint/replay';
import {
  entryOf,
  type EventDraft,
  LittleFederation,
  LittleLog,
  type MemberName,
} from '@tripoint/replay/testing';
import {
  Cosigner,
  formatCheckpoint,
  generateNoteKey,
  MerkleTree,
  parseTrustPolicy,
  signNote,
  type TrustPolicy,
} from '@tripoint/transparency';
import { randomBytes, randomUUID } from 'node:crypto';
import { type EvidenceDraft, type EventEvidence } from '../build.js';
import { type ProvedLeaf } from '../leaf-proof.js';

/** What a test builds bundles from. */
export type LittleEvidence = {
  readonly federation: LittleFederation;
  readonly policy: TrustPolicy;
  readonly draft: EvidenceDraft;
};

const WITNESSES = ['witness.example/bg', 'witness.example/gr'];

/** An event of the log, and what of it goes into a bundle. */
type Said = { readonly index: number; readonly sealed: Sealed };
type Carried = Said & { readonly names: readonly string[]; readonly keys?: false };

/** What bg-gdbop discloses of a request that it sent to gr-police: core and facts, both with their keys. */
export const littleEvidence = async (
  text?: string,
  /** What happens afterwards; answers the `heads` leaf that is shown, where it is not the last. */
  then: (log: LittleLog) => Promise<number | undefined> = () => Promise.resolve(undefined),
): Promise<LittleEvidence> => {
  const log = await LittleLog.begin(await LittleFederation.found());
  const said = await told(log, randomUUID() as ExchangeId, [], text);
  const heads = await then(log);
  return evidenceOf(log, 'bg-gdbop', [{ ...said, names: ['core', 'facts'] }], heads);
};

/** What tr-customs discloses of facts that were none of its business, until bg-gdbop granted them. */
export const grantedEvidence = async (
  then: (log: LittleLog) => Promise<void> = () => Promise.resolve(),
): Promise<LittleEvidence> => {
  const log = await LittleLog.begin(await LittleFederation.found());
  const { federation } = log;
  const exchange = randomUUID() as ExchangeId;
  const said = await told(log, exchange, ['H2']);
  const descriptor = descriptorOf(said.sealed, 'facts');
  const item = randomUUID() as ItemId;
  const { id: agency, fingerprint: certificate } = federation.member('tr-customs');
  const until = '2026-03-08T12:00:00.000Z' as Instant;
  const decided = await record(log, {
    by: 'bg-gdbop',
    exchange,
    family: 'release',
    parts: [
      {
        compartment: 'core',
        to: ['bg-gdbop', 'gr-police'],
        facts: { item, release: { agency, descriptors: [descriptor], until } },
      },
    ],
  });
  const grant = {
    agency,
    certificate,
    header: said.sealed.headerDigest,
    until,
    verdict: decided.index,
    wraps: [{ descriptor, wrap: randomBytes(32).toString('hex') as Digest }],
  };
  const granted = await record(log, {
    by: 'bg-gdbop',
    exchange,
    family: 'grant',
    parts: [{ compartment: 'core', to: ['bg-gdbop', 'tr-customs'], facts: { item, grant } }],
  });
  await then(log);
  return evidenceOf(log, 'tr-customs', [
    { ...said, names: ['facts'] },
    { ...granted, names: ['core'], keys: false },
  ]);
};

/** What gr-police discloses of something that bg-gdbop marked H1, and then permitted to be used. */
export const permittedEvidence = async ({
  until = '2026-03-08T12:00:00.000Z',
  grantee = 'gr-police',
  compartments = ['facts'],
  about,
  stolen = false,
}: {
  readonly until?: string;
  readonly grantee?: string;
  readonly compartments?: readonly string[];
  /** Another event than the one that is carried. */
  readonly about?: string;
  /** It is known by now that the key which permitted it was in other hands. */
  readonly stolen?: boolean;
} = {}): Promise<LittleEvidence> => {
  const log = await LittleLog.begin(await LittleFederation.found());
  const exchange = randomUUID() as ExchangeId;
  const said = await told(log, exchange, ['H1']);
  const item = randomUUID() as ItemId;
  const release = (by: MemberName, type: string, core: object): Promise<Said> =>
    record(log, {
      by,
      exchange,
      family: 'release',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'gr-police'],
          facts: { item },
          changes: {
            frame: { ...frame({}), event: { type, data: { type, item, core } as never } },
          },
        },
      ],
    });
  const event = about ?? said.sealed.header.id;
  const to = 'bg-gdbop';
  const asked = await release('gr-police', 'ReleaseRequested', {
    ...{ event, to, grantee, compartments: ['facts'], purpose: 'PROSECUTION' },
  });
  const permitted = await release('bg-gdbop', 'JudicialUsePermitted', { compartments, until });
  const { fingerprint } = log.federation.member('bg-gdbop');
  const revoked = { kind: 'certificate-revoked', fingerprint, reason: 'compromised' } as const;
  if (stolen) await log.statement({ ...revoked, since: permitted.index });
  return evidenceOf(log, 'gr-police', [
    { ...said, names: ['core', 'facts'] },
    { ...asked, names: ['core'] },
    { ...permitted, names: ['core'] },
  ]);
};

/** What bg-gdbop tells gr-police in a new exchange. */
const told = (
  log: LittleLog,
  exchange: ExchangeId,
  handling: readonly string[],
  text?: string,
): Promise<Said> => {
  const said = text === undefined ? {} : { frame: frame({ text }) };
  const agency = log.federation.member('gr-police').id;
  return record(log, {
    by: 'bg-gdbop',
    exchange,
    parts: [
      {
        compartment: 'core',
        to: ['bg-gdbop', 'gr-police'],
        facts: {
          opens: true,
          item: randomUUID(),
          admits: [{ agency, compartments: ['core', 'facts'] }],
          clock: 'issued',
          urgency: 'URGENT',
        },
        changes: { handling },
      },
      { compartment: 'facts', to: ['bg-gdbop', 'gr-police'], changes: { handling, ...said } },
    ],
  });
};

const record = async (log: LittleLog, event: EventDraft): Promise<Said> => {
  const sealed = await log.seal(event);
  const { chain } = log.federation.member(event.by);
  return { sealed, index: await log.record(chain, entryOf(sealed.container)) };
};

const parseEntry = ({ container }: Sealed): EventEntry => entryOf(container) as EventEntry;

const descriptorOf = ({ compartments }: Sealed, wanted: string): Digest => {
  const found = compartments.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`it has ${wanted}`);
  return found.descriptorDigest;
};

const evidenceOf = async (
  log: LittleLog,
  builder: MemberName,
  carried: readonly Carried[],
  shown?: number,
): Promise<LittleEvidence> => {
  const { federation } = log;
  const heads = shown ?? (await log.heads());
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
      builder: builder as AgencyId,
      at: '2026-03-01T13:00:00.000Z' as Instant,
      courtFile: randomUUID(),
      anchor: federation.anchor,
      policy,
      events: carried.map((one) => eventOf(log, proved(one.index), one, builder)),
      statements,
      complete: { proved: proved(heads), record: registryRecord(log, heads) },
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

/** What a leaf of kind `heads` says of the registry. */
const registryRecord = (log: LittleLog, heads: number): SaltedRecord => {
  const { records } = accepted(parseLogEntry(log.handed[heads]?.entry ?? new Uint8Array()));
  const found = records.find(
    ({ record: bytes }) => accepted(parseRecord(bytes)).about === 'registry',
  );
  if (found === undefined) throw new Error('every such leaf has one');
  return found;
};

const eventOf = (
  log: LittleLog,
  proved: ProvedLeaf,
  { sealed, names, keys }: Carried,
  builder: MemberName,
): EventEvidence => {
  const own = log.federation.member(builder).fingerprint;
  const { origin, records } = accepted(
    parseLogEntry(log.handed[proved.index]?.entry ?? new Uint8Array()),
  );
  const entry = parseEntry(sealed);
  const compartments = sealed.compartments.filter(({ name }) => names.includes(name));
  const isAuthor = sealed.header.issuer === (builder as string);
  return {
    proved,
    part: entitle(entry, compartments.map(({ descriptorDigest }) => descriptorDigest).sort(), own),
    ...(isAuthor ? { routing: entry.routing } : {}),
    origin: isAuthor ? origin : null,
    records: records.filter(({ record: bytes }) => {
      const read = accepted(parseRecord(bytes));
      return read.about === 'verdict' && read.agency === own;
    }),
    keys: new Map(
      keys === false
        ? []
        : compartments.map(({ descriptorDigest, sessionKey }) => [descriptorDigest, sessionKey]),
    ),
  };
};
