import { join } from '@tripoint/domain';
import {
  examine,
  type Examined,
  type Opened,
  open,
  parseEntitled,
  parseHeader,
  sha256,
} from '@tripoint/envelope';
import { type RegisteredCertificate, type RegistryCopy } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type Fingerprint,
  isRefusal,
  type OfficerId,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import {
  type KeptShare,
  type KeptWrap,
  type NewFinding,
  type NewToSign,
  type PendingEntry,
  type RecordedEntry,
  type SubmissionProgress,
} from '@tripoint/read-model';
import { custodianOf } from '@tripoint/policy';
import { discloses, type LeafRecord } from '@tripoint/replay';
import { type ProjectorOptions } from '../projector.options.js';
import { acceptedAt, certificatesOf, journalEntry, type Read } from './accepted.js';
import { asOrdered } from './as-ordered.js';
import { entrustedIn, isShare, NOTHING_KEPT } from './entrusted.js';
import { type Handed, handedIn, takeShare } from './handed-shares.js';
import { heldKey, isRemade, subkeyOf } from './held-key.js';
import { confirms } from './held-against.js';
import { IN_DOUBT } from './in-doubt.js';
import { openGranted } from './open-granted.js';
import { type OwnPending } from './own-pending.js';
import { rejectedFalsely } from './rejected.js';
import { regrantWish } from './regrant-wish.js';
import { type VerifiedLine } from './verified-line.js';

/** What follows from an event that was opened, or from the header of one of our own that was not. */
export type OpenedEvent = {
  readonly entry?: RecordedEntry;
  /** What it hands on to us, at its own leaf. */
  readonly granted?: RecordedEntry;
  readonly wraps: readonly KeptWrap[];
  /** What we are entrusted with as a custodian. */
  readonly shares?: readonly KeptShare[];
  readonly toSign: readonly NewToSign[];
  readonly progress: readonly SubmissionProgress[];
  /** A share that a custodian has handed to us, and what it is the key of. */
  readonly handed?: Handed;
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
  readonly granted?: VerifiedLine['granted'];
  readonly line: { readonly number: number; readonly digest: Digest };
};

/** What a frame names where no officer acted. */
const NO_OFFICER = 'agency' as OfficerId;

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
  pending: OwnPending,
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
  const progress = own ? [progressOf(header.id, given, fingerprintsOf(ours), registry)] : [];
  // No more, which may be what the rules have denied us, and no less. Both stand in the order of their digests.
  const handedOn = own || given.granted === undefined ? [] : handedIn(given.granted);
  const came = [...part.compartments.map(({ descriptor }) => sha256(descriptor)), ...handedOn];
  if ((handedOn.length === 0 ? came : came.sort()).join() !== given.entitled.join())
    return refuse('parts-mismatch', 'what came is not what the line says that it hands over');
  if (part.compartments.length === 0) {
    const { leaf } = given;
    const findings =
      own && leaf.kind === 'rejected'
        ? await rejectedFalsely(projector, registry, {
            event: header.id,
            part,
            leaf,
            sealed: await pending.of(header.id, sha256(part.header)),
          })
        : [];
    return { wraps: [], toSign: [], progress, findings };
  }
  if (given.leaf.kind !== 'event')
    return refuse('rejected-with-content', 'the leaf has rejected what came with it to be read');

  const addressed = addressedAs(given, fingerprintsOf(ours));
  if (isRefusal(addressed)) return addressed;
  const wraps = new Map(given.wraps.map(({ descriptor, wrap }) => [descriptor, wrap]));
  const subkey = subkeyOf(projector, given.wraps);
  const [key, sealed] = await Promise.all([
    subkey && heldKey(projector, subkey),
    own ? pending.of(header.id, given.leaf.entry) : undefined,
  ]);
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
  const using = {
    certificatesOf: (issuer: AgencyId) => certificatesOf(registry, issuer),
    key,
    own: addressed,
    erased: new Set(given.erased),
  };
  const opening = isRemade(registry, projector, subkey)
    ? { ...using, remade: true as const }
    : using;
  const kept = part.compartments.some(isShare)
    ? await entrustedIn(projector, registry, part, wraps, { ...opening, leaf: given.leaf, subkey })
    : NOTHING_KEPT;
  if (isRefusal(kept)) return kept;
  const compartments = part.compartments.filter((one) => !isShare(one));
  if (compartments.length === 0) return { ...kept, toSign: [], progress };
  const told = { ...part, compartments };
  const known = sealed && withContent(await examine(projector.openpgp, told, wraps, using), sealed);
  // What was made again is held against the commitment, by opening it.
  const read =
    known === undefined || (isRefusal(known) && known.refused === 'wrap-mismatch')
      ? readFrames(await open(projector.openpgp, told, wraps, opening))
      : known;
  if (isRefusal(read)) return read;
  const said = acceptedAt(registry, read, given.leaf)
    ? journalEntry(read, given.leaf, own)
    : refuse('signer-not-accepted', 'the key that signed was not good at this leaf');
  if (isRefusal(said)) {
    const { refused, detail } = said;
    return {
      wraps: [],
      toSign: [],
      progress,
      findings: [{ code: refused, detail, event: header.id }],
    };
  }
  const entry = asOrdered(said, registry, given.records);
  const news = own ? await regrantWish(projector, registry, entry, given) : undefined;
  const granting =
    own || given.granted === undefined
      ? undefined
      : {
          grant: entry,
          part: given.granted,
          wraps,
          allowed: new Set(given.entitled),
          erased: new Set(given.erased),
          own: addressed,
        };
  const isHanded = entry.recorded.event.type === 'ShareReleased';
  const opened =
    granting === undefined || isHanded
      ? undefined
      : await openGranted(projector, registry, granting);
  if (isRefusal(opened)) return opened;
  const handed =
    granting !== undefined && isHanded ? await takeShare(projector, registry, granting) : undefined;
  if (isRefusal(handed)) return handed;
  return {
    entry,
    ...(opened === undefined ? {} : { granted: opened.entry }),
    ...(handed === undefined ? {} : { handed }),
    findings: [
      ...kept.findings,
      ...(isRefusal(news) ? [{ code: news.refused, detail: news.detail, event: header.id }] : []),
      ...(isRetired(registry, subkey, given.leaf.index)
        ? [{ ...TO_RETIRED, event: header.id }]
        : []),
      ...(registry.latest.isTainted(header.issuer, BigInt(given.leaf.index))
        ? [{ ...IN_DOUBT, event: header.id, leaf: given.leaf.index }]
        : []),
    ],
    wraps: read.compartments
      .map(({ digest, descriptor }) => {
        const wrap = wraps.get(digest) ?? new Uint8Array();
        return {
          descriptor: digest,
          event: header.id,
          compartment: descriptor.name,
          // Those of one event may be to two epochs, while they are made again.
          subkey: subkeyOf(projector, [{ wrap }]) ?? subkey,
          wrap,
        };
      })
      .concat(opened?.wraps ?? [], kept.wraps, handed?.kept.wrap ?? []),
    shares: [...kept.shares, ...(handed === undefined ? [] : [handed.kept.share])],
    toSign: own
      ? news === undefined || isRefusal(news)
        ? []
        : [news]
      : receiptFor(entry, projector.agency),
    progress: [...progress, ...(await receiptOf(projector, read, entry))],
  };
};

/** Nothing is admitted that is wrapped to an epoch from its retirement on: a hub that lets it pass is found out. */
const TO_RETIRED = {
  code: 'epoch-retired',
  detail: 'it is wrapped to a key of ours that had been retired before',
};

const isRetired = (registry: RegistryCopy, subkey: Fingerprint, index: number): boolean => {
  const retired = registry.latest.epoch(subkey)?.retired;
  return retired !== undefined && retired < BigInt(index);
};

const readFrames = (opened: Opened | Refusal): Read | Refusal => {
  if (isRefusal(opened)) return opened;
  const [first] = opened.compartments;
  return {
    ...opened,
    compartments: opened.compartments.map(({ descriptor, descriptorDigest }) => ({
      descriptor,
      digest: descriptorDigest,
    })),
    event: join(
      opened.compartments.map(({ descriptor, frame }) => ({
        compartment: descriptor.name,
        content: frame.event.data,
      })),
    ),
    officer: first?.frame.officer as OfficerId | undefined,
    causation: first?.frame.causation ?? null,
  };
};

/**
 * What we said ourselves need not be decrypted to be known: the log has recorded just the header that was signed, in one
 * transaction with this content. Where the database does not hold it any more, the envelope is opened like any other.
 */
const withContent = (examined: Examined | Refusal, { recorded }: PendingEntry): Read | Refusal =>
  isRefusal(examined)
    ? examined
    : {
        ...examined,
        event: recorded.event,
        officer: recorded.officer ?? NO_OFFICER,
        causation: null,
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
  { header: { issuer }, causation }: Read,
  { recorded }: RecordedEntry,
): Promise<SubmissionProgress[]> => {
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
  registry: RegistryCopy,
): SubmissionProgress => {
  // Custodians are told nothing; that one of them has no share is not the officer's to mend.
  const verdicts = records.flatMap((record) =>
    record.about === 'verdict' && custodianOf(record.verdict.question.compartment) === -1
      ? [record]
      : [],
  );
  const reached = new Set(
    verdicts
      .filter(
        ({ agency, verdict }) => !ours.includes(agency) && verdict.allowed && discloses(verdict),
      )
      .map(({ agency }) => agency),
  );
  const denied = verdicts.find(({ verdict }) => !verdict.allowed);
  const refusal = leaf.code ?? (denied && (denied.verdict.rules[0] ?? 'not-permitted'));
  return {
    event,
    leaf: { index: leaf.index, time: leaf.time },
    ...(leaf.entry === null ? {} : { header: leaf.entry }),
    deliveredTo: reached.size,
    named: [...reached].flatMap((agency) => registry.latest.byFingerprint(agency)?.id ?? []),
    ...(refusal === undefined ? {} : { refusal }),
    ...(leaf.kind === 'rejected' ? { rejected: true as const } : {}),
  };
};
