import { Injectable } from '@nestjs/common';
import { type ChainEntry, readEvent } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  HubError,
  type Instant,
  isRefusal,
} from '@tripoint/kernel';
import { type LeafKind } from '@tripoint/ledger';
import {
  type AuditedLeaf,
  disclosedAt,
  type DisclosingFault,
  disclosingFaultsAt,
  type ForgettingFault,
  forgettingFaultsAt,
  type KeyLoss,
  keyLossAt,
  LogAudit,
  ReadRoots,
  type ReadsFault,
} from '@tripoint/replay';
import { OversightOptions } from '../oversight.options.js';

/** What is remembered of a verified leaf. */
export type LeafRow = {
  readonly index: number;
  readonly kind: LeafKind;
  readonly at: Instant;
  readonly family: string | undefined;
  readonly issuer: AgencyId | undefined;
  readonly code: string | null;
  readonly late: boolean;
  readonly allowed: number;
  readonly denied: number;
};

/** What the record has of one agency. */
export type Standing = {
  readonly events: number;
  /** Verdicts that kept something of it from somebody. */
  readonly denied: number;
  readonly rejected: number;
  /** Events for which the clock of its node stood off. */
  readonly late: number;
  readonly newestAt?: Instant;
};
const SILENT: Standing = { events: 0, denied: 0, rejected: 0, late: 0 };

/** A disclosure that was refused. */
export type Attempt = {
  readonly index: number;
  readonly at: Instant;
  readonly exchange: ExchangeId;
  readonly issuer: AgencyId;
  readonly tried: readonly AgencyId[];
  /** By the sender's own node, which said so. */
  readonly declared: boolean;
  readonly compartment?: string;
  readonly because?: string;
};

/** What this process has recomputed: the tree, the meaning, and a line for each leaf. */
@Injectable()
export class VerifiedLog {
  readonly rows: LeafRow[] = [];
  readonly attempts: Attempt[] = [];
  /** What agencies have published over their read logs. */
  reads = new ReadRoots();
  readonly #leavesOf = new Map<ExchangeId, number[]>();
  readonly #standings = new Map<AgencyId, Standing>();
  #audit: LogAudit | undefined;

  constructor(private readonly oversight: OversightOptions) {}

  /** Begins at the log's first leaf: what an earlier process verified is verified again. */
  async begin(): Promise<LogAudit> {
    const { openpgp, anchor } = this.oversight;
    this.rows.length = 0;
    this.attempts.length = 0;
    this.#leavesOf.clear();
    this.reads = new ReadRoots();
    this.#standings.clear();
    this.#audit = await LogAudit.begin(openpgp, anchor);
    return this.#audit;
  }

  /** @throws {HubError} `oversight-starting`, retriable, before anything was read */
  get audit(): LogAudit {
    if (this.#audit === undefined)
      throw new HubError('oversight-starting', 'the log is being read', true);
    return this.#audit;
  }

  get size(): number {
    return this.rows.length;
  }

  hashOf(index: number): Digest {
    return this.audit.tree.leafHash(index).toString('hex') as Digest;
  }

  /** Leaves up to `index` that say something in an exchange, or do something to what was said in it. */
  leavesOf(exchange: ExchangeId, index: number): readonly number[] {
    return (this.#leavesOf.get(exchange) ?? []).filter((leaf) => leaf <= index);
  }

  standingOf(agency: AgencyId): Standing {
    return this.#standings.get(agency) ?? SILENT;
  }

  /** Remembers a leaf, and says what it shows of how reads are recorded, of lost keys, of who has not forgotten, and of orders in vain. */
  took(
    audited: AuditedLeaf,
  ): readonly (ReadsFault | KeyLoss | ForgettingFault | DisclosingFault)[] {
    this.#remember(audited);
    const { state } = this.audit;
    return [
      ...this.reads.take(audited, state.registry),
      ...keyLossAt(audited, state),
      ...forgettingFaultsAt(audited, state),
      ...disclosingFaultsAt(audited, state),
    ];
  }

  #remember(audited: AuditedLeaf): void {
    const { leaf, sourced, decided } = audited;
    const event = leaf.kind === 'event' ? eventOf(sourced?.entry) : undefined;
    const row: LeafRow = {
      index: leaf.index,
      kind: leaf.kind,
      at: leaf.time,
      family: event?.header.type,
      issuer: eventOf(sourced?.entry)?.header.issuer,
      code: leaf.code,
      late: leaf.late,
      allowed: decided.filter(({ verdict }) => verdict.allowed).length,
      denied: decided.filter(({ verdict }) => !verdict.allowed).length,
    };
    this.rows.push(row);
    this.#stand(row);
    const { state } = this.audit;
    const shown = disclosedAt(audited, state);
    // What a leaf does to what was said before stands where that was said: an order has an exchange of its own.
    const stands = new Set(shown.map(({ exchange }) => exchange));
    if (event !== undefined) stands.add(event.header.stream);
    for (const exchange of stands) {
      const known = this.#leavesOf.get(exchange);
      if (known === undefined) this.#leavesOf.set(exchange, [leaf.index]);
      else known.push(leaf.index);
    }
    if (event === undefined) return;

    const { stream, issuer, type } = event.header;

    const base = { index: leaf.index, at: leaf.time, exchange: stream, issuer };
    if (type === 'attempt')
      this.attempts.push({
        ...base,
        declared: true,
        tried: event.compartments.flatMap(
          ({ descriptor }) => (descriptor.facts['tried'] ?? []) as readonly AgencyId[],
        ),
      });
    // What was given and is over was no attempt.
    const isTakenBack =
      state.grantsEndedAt(leaf.index).length > 0 ||
      state.recalledAt(leaf.index) !== undefined ||
      state.erasedAt(leaf.index) !== undefined;
    for (const { compartment, audience } of shown)
      for (const { agency, allowed, because } of audience)
        if (!allowed && !isTakenBack)
          this.attempts.push({ ...base, declared: false, tried: [agency], compartment, because });
  }

  #stand({ issuer, at, denied, code, late }: LeafRow): void {
    if (issuer === undefined) return;
    const before = this.standingOf(issuer);
    this.#standings.set(issuer, {
      events: before.events + 1,
      denied: before.denied + denied,
      rejected: before.rejected + (code === null ? 0 : 1),
      late: before.late + (late ? 1 : 0),
      newestAt: at,
    });
  }
}

const eventOf = (entry: ChainEntry | undefined) => {
  const event = entry?.kind === 'event' ? readEvent(entry) : undefined;
  return event === undefined || isRefusal(event) ? undefined : event;
};
