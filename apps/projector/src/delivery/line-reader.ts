import { parseEntitled, parseHeader } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import {
  type Delivery,
  formatDelivery,
  type Leaf,
  originDigest,
  parseOrigin,
} from '@tripoint/ledger';
import {
  type Consumed,
  type Delivery as JournalDelivery,
  type NewFinding,
} from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';
import { countersignatureOf, provenDelivery } from './countersigned.js';
import { type Handed } from './handed-shares.js';
import { doubtedBy } from './in-doubt.js';
import { openEvent } from './open-event.js';
import { OwnPending } from './own-pending.js';
import { SignedTrees } from './signed-trees.js';
import { readTold, type ToldCore } from './told-core.js';
import { toldOfDisclosure } from './told-disclosure.js';
import { dueOfErasure, toldErasure } from './told-erasure.js';
import { type Ties, treeOf } from './ties.js';
import { type VerifiedLine } from './verified-line.js';
import { withFinding } from './with-finding.js';

export type EntryDelivery = Extract<Delivery, { readonly kind: 'entry' }>;

/** What follows from a line alone; what it means together with others is seen in their order. */
export type Followed = JournalDelivery & { readonly handed?: Handed };

/** Says what follows from one verified line of the mailbox, leaf kind by leaf kind. It keeps nothing: whoever asks writes it down. */
export class LineReader {
  readonly #pending: OwnPending;
  readonly #trees: SignedTrees;

  constructor(
    private readonly projector: ProjectorOptions,
    ties: Ties,
  ) {
    this.#pending = new OwnPending(projector.journal);
    this.#trees = new SignedTrees(ties);
  }

  /** What is kept of every line, whatever it says. */
  async arrived(delivery: EntryDelivery, line: VerifiedLine): Promise<JournalDelivery> {
    const { mailbox, leaf, digest } = line;
    return {
      number: BigInt(mailbox.number),
      digest,
      previous: mailbox.previous,
      leaf: { index: leaf.index, time: leaf.time },
      at: new Date(this.projector.now()).toISOString() as JournalDelivery['at'],
      findings: [
        ...(await this.#trees.signed(line, delivery.checkpoint)),
        ...missing(delivery, line),
      ],
      ...(this.projector.trustPolicy === undefined
        ? {}
        : {
            checkpoint: treeOf(line.checkpoint),
            evidence: formatDelivery({ ...delivery, wraps: [] }),
          }),
    };
  }

  /**
   * Everything that follows from a line beside what is kept of any (`base`), or why it does not hold. A statement is taken into
   * `registry`; `behind` is the leaf that a late one came after.
   */
  async follow(
    base: JournalDelivery,
    { delivery, line }: { readonly delivery: EntryDelivery; readonly line: VerifiedLine },
    registry: RegistryCopy,
    behind: number | undefined,
  ): Promise<Followed | Refusal> {
    const { mailbox, leaf, digest } = line;
    switch (leaf.kind) {
      case 'registry':
      case 'policy': {
        const bytes = delivery.source ?? new Uint8Array();
        const next = await registry.read(bytes, leaf.index);
        if (isRefusal(next)) return next;
        registry.take(next);
        return {
          ...base,
          ...doubtedBy({ bytes, leaf: leaf.index, registry: next.registry, behind }),
          registry: {
            kind: leaf.kind,
            bytes,
            digest: next.digest,
          },
        };
      }
      case 'event':
      case 'rejected': {
        if (delivery.source === null) return withConsumed(base, delivery.origin, leaf);
        const { wraps, erased, source } = delivery;
        const told =
          mailbox.entitled.length === 0
            ? await readTold(this.projector, registry, source, leaf)
            : undefined;
        if (told !== undefined) return withToldCore(base, told, registry);
        const outcome = await openEvent(this.projector, registry, this.#pending, {
          source,
          wraps,
          erased,
          leaf,
          records: line.records,
          entitled: mailbox.entitled,
          line: { number: mailbox.number, digest },
          ...(line.granted === undefined ? {} : { granted: line.granted }),
        });
        return isRefusal(outcome)
          ? outcome
          : {
              ...base,
              ...outcome,
              findings: [...(base.findings ?? []), ...(outcome.findings ?? [])],
            };
      }
      case 'heads':
        return {
          ...wholeUnless(base, headFault(line, registry)),
          toSign: [countersignatureOf(line)],
        };
      case 'countersigned': {
        const { agency, openpgp } = this.projector;
        const proven = await provenDelivery(openpgp, registry, delivery.source, leaf);
        if (isRefusal(proven)) return proven;
        // Ours is only told back to us.
        return proven.agency === agency ? base : { ...base, proven };
      }
      case 'fork':
        return withFinding(base, {
          code: 'chain-forked',
          detail: 'an issuer signed one number twice',
        });
      case 'void':
        return withConsumed(base, delivery.origin, leaf);
      case 'due': {
        const due = line.records.find((record) => record.about === 'due');
        if (due?.erasure !== undefined)
          return { ...base, ...dueOfErasure(due, this.projector.agency) };
        if (due?.grant !== true) return base;
        const { exchange, item, parties, due: until } = due;
        return { ...base, ended: { exchange, item, by: parties[0], due: until } };
      }
      case 'heartbeat':
      case 'epoch':
        return base;
      default:
        return leaf.kind satisfies never;
    }
  }
}

/** What the log itself tells us, because it concerns what we said or hold. */
const withToldCore = (
  base: JournalDelivery,
  told: ToldCore | Refusal,
  registry: RegistryCopy,
): JournalDelivery | Refusal => {
  if (isRefusal(told)) return told;
  const outcome =
    told.header.type === 'erasure' ? toldErasure(told) : toldOfDisclosure(told, registry);
  if (isRefusal(outcome)) return outcome;
  return 'originator' in outcome ? { ...base, erasure: outcome } : { ...base, ...outcome };
};

/** A leaf without content is of a number of our own chain, and only its author is told of which. */
const withConsumed = (
  base: JournalDelivery,
  origin: Uint8Array | null,
  leaf: Leaf,
): JournalDelivery | Refusal => {
  const consumed = consumedNumber(origin, leaf);
  return isRefusal(consumed) ? consumed : { ...base, consumed };
};

/**
 * What was granted for a time is gone when that is over; it ends by a leaf of its own. Anything else that is gone was recalled or
 * is forgotten everywhere: this stands until the line that says so has come, and a hub that keeps something back has no such line.
 */
const missing = (
  { erased, source }: EntryDelivery,
  { granted }: VerifiedLine,
): readonly NewFinding[] => {
  if (erased.every((digest) => granted?.digests.includes(digest) === true)) return [];
  const part = source === null ? undefined : parseEntitled(source);
  const header = part === undefined || isRefusal(part) ? undefined : parseHeader(part.header);
  const event = header === undefined || isRefusal(header) ? {} : { event: header.id };
  return [{ ...ERASED, ...event }];
};

const ERASED: NewFinding = {
  code: 'erasure-unordered',
  detail: 'a compartment came as erased, and nobody has ordered that so far',
};

/** Where the leaf's source stands, held against what the leaf commits to. */
const consumedNumber = (origin: Uint8Array | null, leaf: Leaf): Consumed | Refusal => {
  const opened = origin === null ? undefined : parseOrigin(origin);
  if (opened !== undefined && isRefusal(opened)) return opened;
  return origin === null ||
    opened === undefined ||
    leaf.entry === null ||
    originDigest(origin) !== leaf.origin
    ? refuse('origin-mismatch', 'the leaf does not stand for the number that it came with')
    : { chain: opened.chain, seq: BigInt(opened.revision), header: leaf.entry };
};

const wholeUnless = (base: JournalDelivery, fault: NewFinding | undefined): JournalDelivery =>
  fault === undefined ? { ...base, isWhole: true } : withFinding(base, fault);

/**
 * What the log says our mailbox ends with, against the line that hands it over: it is the one before, or a line was kept from us or put
 * before us. An auditor sees that the log says what it has to.
 */
const headFault = (
  { mailbox, records }: VerifiedLine,
  { sum }: RegistryCopy,
): NewFinding | undefined => {
  const head = records.find((record) => record.about === 'head');
  if (head === undefined)
    return { code: 'head-missing', detail: 'no head was logged for this mailbox' };
  if (head.number !== mailbox.number - 1 || head.head !== mailbox.previous)
    return {
      code: 'mailbox-fork',
      detail: 'the logged head is not of the mailbox that was delivered',
    };
  const registry = records.find((record) => record.about === 'registry');
  return registry?.count === sum.count && registry.digest === sum.digest
    ? undefined
    : {
        code: 'registry-differs',
        detail: 'the log says that the registry has other statements than were delivered',
      };
};
