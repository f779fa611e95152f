import { type EventFacts, type Marking, join, type Compartment } from '@tripoint/domain';
import {
  type Opened,
  open,
  parseEntitled,
  parseHeader,
  type SecretKey,
  sha256,
} from '@tripoint/envelope';
import { type RegisteredCertificate, type RegistryCopy } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type Fingerprint,
  HubError,
  isRefusal,
  type OfficerId,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import {
  type KeptWrap,
  type NewFinding,
  type NewToSign,
  type RecordedEntry,
  type SubmissionProgress,
} from '@tripoint/read-model';
import { type LeafRecord } from '@tripoint/replay';
import { type ProjectorOptions } from '../projector.options.js';
import { confirms, factsFault } from './held-against.js';

/** What follows from an event that was opened, or from the header of one of our own that was not. */
export type OpenedEvent = {
  readonly entry?: RecordedEntry;
  readonly wraps: readonly KeptWrap[];
  readonly toSign: readonly NewToSign[];
  readonly progress: readonly SubmissionProgress[];
  /** What is wrong with the event itself: no other copy would be any better. */
  readonly findings?: readonly NewFinding[];
  /** It could not be opened, because the key of this subkey of ours is not there yet. */
  readonly unopened?: Fingerprint;
};

type Given = {
  readonly source: Uint8Array;
  readonly wraps: readonly { readonly descriptor: Digest; readonly wrap: Uint8Array }[];
  readonly erased: readonly Digest[];
  readonly leaf: Leaf;
  readonly records: readonly LeafRecord[];
  readonly entitled: readonly Digest[];
};

/** Items that have been issued to us and whose arrival is to be confirmed, by the command that confirms it. */
const RECEIPTS: Readonly<Record<string, string>> = {
  RequestIssued: 'ReceiveRequest',
  ContributionShared: 'ReceiveContribution',
  ReferralIssued: 'ReceiveReferral',
};

/** Verifies and opens the reader's part of an event. Never throws for what the bytes hold. */
export const openEvent = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  given: Given,
): Promise<OpenedEvent | Refusal> => {
  const part = parseEntitled(given.source);
  if (isRefusal(part)) return part;
  const header = parseHeader(part.header);
  if (isRefusal(header)) return header;
  if (sha256(part.header) !== given.leaf.entry || sha256(part.signature) !== given.leaf.signature)
    return refuse('leaf-mismatch', 'the event is not the one that the leaf stands for');

  const ours = registry.latest.certificatesOfAgency(projector.agency);
  const own = header.issuer === projector.agency;
  const progress = own ? [progressOf(header.id, given, fingerprintsOf(ours))] : [];
  if (part.compartments.length === 0) return { wraps: [], toSign: [], progress };

  const addressed = addressedAs(given, fingerprintsOf(ours));
  if (isRefusal(addressed)) return addressed;
  const wraps = new Map(given.wraps.map(({ descriptor, wrap }) => [descriptor, wrap]));
  const subkey = subkeyOf(projector, given.wraps);
  const key = subkey && (await heldKey(projector, subkey));
  if (subkey === undefined || key === undefined) {
    // Everything that would have been readable has been erased: there is nothing left to open.
    if (given.entitled.every((digest) => given.erased.includes(digest)))
      return { wraps: [], toSign: [], progress };
    const missing = refuse('no-key', 'no key of ours opens what was delivered');
    if (!ours.some(({ certificate }) => certificate.encryption.some((one) => one === subkey)))
      return missing;
    const { refused: code, detail } = missing;
    return {
      wraps: [],
      toSign: [],
      progress,
      findings: [{ code, detail, event: header.id }],
      ...(subkey === undefined ? {} : { unopened: subkey }),
    };
  }
  const opened = await open(projector.openpgp, part, wraps, {
    certificatesOf: (issuer) => certificatesOf(registry, issuer),
    key,
    own: addressed,
    erased: new Set(given.erased),
  });
  if (isRefusal(opened)) return opened;
  const entry = acceptedAt(registry, opened, given.leaf.index)
    ? journalEntry(opened, given, own)
    : refuse('signer-not-accepted', 'the key that signed was not good at this leaf');
  if (isRefusal(entry)) {
    const { refused, detail } = entry;
    return {
      wraps: [],
      toSign: [],
      progress,
      findings: [{ code: refused, detail, event: opened.header.id }],
    };
  }
  return {
    entry,
    wraps: opened.compartments.map(({ descriptorDigest, descriptor }) => ({
      descriptor: descriptorDigest,
      event: opened.header.id,
      compartment: descriptor.name,
      subkey,
      wrap: wraps.get(descriptorDigest) ?? new Uint8Array(),
    })),
    toSign: own ? [] : receiptFor(entry, projector.agency),
    progress: [...progress, ...(await receiptOf(projector, opened, entry))],
  };
};

/** The primary keys that we have ever had, the newest first: what was sealed before a key was replaced names the old one. */
const fingerprintsOf = (ours: readonly RegisteredCertificate[]): readonly Fingerprint[] => [
  ...new Set(ours.map(({ certificate }) => certificate.fingerprint)),
];

/** As whom of `ours` the issuer addressed us. Every entitled compartment has to come with a verdict that allows it to us. */
const addressedAs = (
  { entitled, records }: Given,
  ours: readonly Fingerprint[],
): Fingerprint | Refusal => {
  const allowed = (own: Fingerprint): ReadonlySet<Digest> =>
    new Set(
      records.flatMap((record) =>
        record.about === 'verdict' && record.agency === own && record.verdict.allowed
          ? [record.descriptor]
          : [],
      ),
    );
  return (
    ours.find((own) => {
      const given = allowed(own);
      return entitled.every((digest) => given.has(digest));
    }) ?? refuse('no-verdict', 'a compartment came without a verdict that allows it')
  );
};

/** A folder that cannot be used opens nothing, and stops nothing else. */
export const heldKey = async (
  { agency, keyFor, log }: ProjectorOptions,
  subkey: Fingerprint,
): Promise<SecretKey | undefined> => {
  try {
    return await keyFor(subkey);
  } catch (thrown) {
    if (!(thrown instanceof HubError)) throw thrown;
    log.warn('the decryption keys cannot be read', { agency, code: thrown.code });
    return undefined;
  }
};

const subkeyOf = (
  { openpgp }: ProjectorOptions,
  wraps: Given['wraps'],
): Fingerprint | undefined => {
  for (const { wrap } of wraps) {
    const subkey = openpgp.wrappedFor(wrap);
    if (!isRefusal(subkey)) return subkey;
  }
  return undefined;
};

const certificatesOf = (registry: RegistryCopy, issuer: AgencyId) =>
  (registry.latest.agency(issuer)?.chains ?? [])
    .slice(0, 1)
    .flatMap((chain) => registry.latest.certificatesOf(chain))
    .map(({ certificate }) => certificate);

/** The recipient is not told on which chain an event stands; one of the issuer's chains has to have accepted the key. */
const acceptedAt = (registry: RegistryCopy, opened: Opened, index: number): boolean =>
  (registry.latest.agency(opened.header.issuer)?.chains ?? []).some((chain) => {
    const at = BigInt(index);
    const standing = registry.history.at(at).signerStanding(chain, opened.signingSubkey, at);
    return standing === 'active';
  });

const journalEntry = (opened: Opened, { leaf }: Given, own: boolean): RecordedEntry | Refusal => {
  const event = join(
    opened.compartments.map(({ descriptor, frame }) => ({
      compartment: descriptor.name,
      content: frame.event.data,
    })),
  );
  if (isRefusal(event)) return event;
  const { header, compartments } = opened;
  const fault = factsFault(
    event,
    header.type,
    compartments.map(({ descriptor }) => descriptor),
  );
  if (fault !== undefined) return fault;
  const [first] = compartments;
  const facts = Object.assign(
    {},
    ...compartments.map(({ descriptor }) => descriptor.facts),
  ) as EventFacts;
  return {
    exchange: header.stream,
    recorded: {
      id: header.id,
      event,
      issuer: header.issuer,
      ...(own && first !== undefined ? { officer: first.frame.officer as OfficerId } : {}),
      at: header.at,
      leaf: { index: leaf.index, time: leaf.time },
    },
    facts,
    descriptors: compartments.map(({ descriptor, descriptorDigest }) => ({
      compartment: descriptor.name as Compartment,
      descriptor: descriptorDigest,
      marking: {
        classification: descriptor.classification,
        handling: descriptor.handling,
      } as Marking,
    })),
  };
};

const receiptFor = ({ exchange, recorded }: RecordedEntry, agency: AgencyId): NewToSign[] => {
  const { event, id } = recorded;
  const command = Object.hasOwn(RECEIPTS, event.type) ? RECEIPTS[event.type] : undefined;
  const to = event.core !== undefined && 'to' in event.core ? event.core.to : undefined;
  if (command === undefined || to !== agency) return [];
  return [
    {
      key: `receipt:${event.item}`,
      kind: 'receipt',
      exchange,
      item: event.item,
      body: { command, causation: id },
    },
  ];
};

const CONFIRMATIONS: readonly string[] = [
  'RequestReceived',
  'ContributionReceived',
  'ReferralReceived',
];

/** A receipt of the other side's says that our event was opened there; nobody else can say so. */
const receiptOf = async (
  { agency, journal }: ProjectorOptions,
  { header, compartments }: Opened,
  { recorded }: RecordedEntry,
): Promise<SubmissionProgress[]> => {
  const { issuer } = header;
  const causation = compartments[0]?.frame.causation ?? null;
  if (!CONFIRMATIONS.includes(recorded.event.type) || issuer === agency || causation === null)
    return [];
  const sent = await journal.entry(causation);
  return sent?.recorded.issuer === agency &&
    confirms({ issuer, item: recorded.event.item }, sent.recorded)
    ? [{ event: causation, openedBy: issuer }]
    : [];
};

/** What the leaf and its verdicts say of an envelope of our own. */
const progressOf = (
  event: EventId,
  { leaf, records }: Given,
  ours: readonly Fingerprint[],
): SubmissionProgress => {
  const verdicts = records.flatMap((record) => (record.about === 'verdict' ? [record] : []));
  const reached = new Set(
    verdicts
      .filter(({ agency, verdict }) => !ours.includes(agency) && verdict.allowed)
      .map(({ agency }) => agency),
  );
  const denied = verdicts.find(({ verdict }) => !verdict.allowed);
  const refusal = leaf.code ?? (denied && (denied.verdict.rules[0] ?? 'not-permitted'));
  return {
    event,
    leaf: { index: leaf.index, time: leaf.time },
    deliveredTo: reached.size,
    ...(refusal === undefined ? {} : { refusal }),
    ...(leaf.kind === 'rejected' ? { rejected: true as const } : {}),
  };
};
