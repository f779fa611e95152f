import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Command as Decision, KEPT_BECAUSE, type KeptBecause } from '@tripoint/domain';
import {
  type GrantedWrap,
  refusalEnd,
  sealVoid,
  type SecretKey,
  sha256,
  SIGNER_ENDED,
  unhex,
  utf8,
} from '@tripoint/envelope';
import {
  type ChainId,
  type Digest,
  type Fingerprint,
  HubError,
  type Instant,
  isDigest,
  isEventId,
  isFingerprint,
  isRefusal,
  pause,
} from '@tripoint/kernel';
import { formatSubmission, parseQuarantineNotice } from '@tripoint/ledger';
import { type ChainHead, type SealedVoid, type ToSign, type Unsent } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { CatchingUp } from '../chain/catching-up.js';
import { ChainGuard } from '../chain/chain-guard.js';
import { hubNote } from '../chain/hub-note.js';
import { SubmitCommand } from '../commands/submit-command.js';
import { RegisteredFederation } from '../federation/registered-federation.js';
import { isClosedTo } from '../sealing/envelopes.js';
import { OwnKey } from '../sealing/own-key.js';
import { Countersigner } from './countersigner.js';
import { erasureClaim } from './erasure-claim.js';
import { Relay } from './relay.js';

const STRIDE = 64;
const IDLE = 1_000;

/** Commands that the agency itself may be asked to sign, without an officer. */
const AUTOMATIC = [
  'ReceiveRequest',
  'ReceiveContribution',
  'ReceiveReferral',
  'ConfirmPurge',
  'ConfirmRecall',
  'ConfirmErasure',
  'ConfirmDisclosurePurge',
  'ProveDrill',
] as const;

/** What is not carried out one after the other in its turn. */
const isApart = (kind: string): boolean => kind === 'receipt' || kind === 'chain-head';

/** Says what the projector asks to be said: it opens what arrives and may not sign, this side signs and cannot open. */
@Injectable()
export class ToSignLoop {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly guard: ChainGuard,
    private readonly commands: CommandBus,
    private readonly relay: Relay,
    private readonly federation: RegisteredFederation,
    private readonly ownKey: OwnKey,
    private readonly countersigner: Countersigner,
    private readonly catchingUp: CatchingUp,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let moved = false;
      // Read to the end: what waits for the hub's word must not keep that word from being read.
      for (let after: bigint | undefined = 0n; after !== undefined;) {
        const rows: readonly ToSign[] = await this.agency.journal.toSign(after, STRIDE);
        moved = (await this.#carryOutAll(rows)) || moved;
        after = rows.length < STRIDE ? undefined : rows.at(-1)?.id;
      }
      if (!moved) await this.#news(signal);
    }
  }

  /**
   * Whether any of the rows is done with. Receipts do not depend on one another, and those that are decided together are
   * kept together; what else there is goes before them, in its order.
   */
  async #carryOutAll(rows: readonly ToSign[]): Promise<boolean> {
    let moved = false;
    const heads = rows.filter(({ kind }) => kind === 'chain-head');
    for (const head of heads) moved = (await this.#carryOut(head)) || moved;
    if (heads.length < rows.length) await this.catchingUp.note();
    // Whoever signs what a mailbox held last has signed what it held before.
    const [, ...older] = rows.filter(({ kind }) => kind === 'countersign').toReversed();
    for (const { id } of older) await this.agency.journal.dropToSign(id);
    for (const row of rows.filter((one) => !isApart(one.kind) && !older.includes(one)))
      moved = (await this.#carryOut(row)) || moved;
    const receipts = await Promise.allSettled(
      rows.filter(({ kind }) => kind === 'receipt').map((row) => this.#carryOut(row)),
    );
    for (const outcome of receipts) {
      if (outcome.status === 'rejected') throw outcome.reason;
      moved = outcome.value || moved;
    }
    return moved;
  }

  /** Whether the row is done with. */
  async #carryOut(row: ToSign): Promise<boolean> {
    const body = row.body as Readonly<Record<string, unknown>>;
    if (row.kind === 'chain-head') {
      await this.guard.heard(String(body['nonce']), String(body['note']));
    } else if (row.kind === 'countersign') {
      const confirmed = this.guard.confirmed;
      const key = confirmed && (await this.#key(confirmed.chain));
      if (key === undefined) return false;
      await this.countersigner.sign(body, key);
    } else if (row.kind === 'quarantined') {
      const confirmed = this.guard.confirmed;
      const key = confirmed && (await this.#key(confirmed.chain));
      if (confirmed === undefined || key === undefined) return false;
      await this.#refused(row, confirmed.chain, key, body['note']);
    } else if (row.kind === 'receipt' || row.kind === 'grant' || row.kind === 'share') {
      // Nothing can be signed yet; the row waits.
      const confirmed = this.guard.confirmed;
      if (confirmed === undefined || (await this.#key(confirmed.chain)) === undefined) return false;
      const keys = row.kind === 'receipt' ? undefined : keysIn(body);
      if (keys !== undefined && !(await this.#isWitnessed(keys.verdict))) return false;
      const decision =
        keys === undefined ? await this.#receipt(row, body) : await this.#grant(row, keys);
      if (decision !== undefined) {
        const causation = body['causation'];
        const context = {
          resolves: row.id,
          ...(isEventId(causation) ? { causation: causation } : {}),
          ...(keys === undefined ? {} : { granted: keys.wraps }),
        };
        const submitted = await this.commands.execute(new SubmitCommand(decision, context));
        const isDenied = isRefusal(submitted) && !isClosedTo(submitted);
        const alone = isDenied ? toTheLogAlone(decision) : undefined;
        const outcome =
          alone === undefined
            ? submitted
            : await this.commands.execute(new SubmitCommand(alone, context));
        // Carried out, or pointless by now: either way nobody has to say it any more.
        if (!isRefusal(outcome) && outcome.submissions.length > 0) return true;
        // Whoever it is for may be let in again: until then it waits.
        if (isRefusal(outcome) && isClosedTo(outcome)) return false;
      }
    }
    await this.agency.journal.dropToSign(row.id);
    return true;
  }

  /** Nothing is granted on what a quorum of witnesses has not seen yet, where the trust policy asks for one. */
  async #isWitnessed(leaf: number): Promise<boolean> {
    const { trustPolicy, witnessed } = this.agency;
    return (
      trustPolicy === undefined || trustPolicy.quorum === 'none' || (await witnessed.covers(leaf))
    );
  }

  /**
   * Whether these are keys for one that the grantee has replaced since: the hub would take none of them. Who made them makes others.
   * Where it has none at all by now they wait, like whatever else is for it.
   */
  async #isStale({ certificate, wraps }: MadeKeys): Promise<boolean> {
    const { registry } = await this.federation.now();
    const grantee = registry.byFingerprint(certificate);
    if (grantee === undefined || registry.recipient(grantee.id) === undefined) return false;
    const good = registry.encryptionSubkeys(certificate);
    return wraps.some(({ wrap }) => {
      const subkey = this.agency.openpgp.wrappedFor(wrap);
      return !isRefusal(subkey) && !good.includes(subkey);
    });
  }

  /** What can be signed with now, if anything. */
  async #key(chain: ChainId): Promise<SecretKey | undefined> {
    try {
      const { registry } = await this.federation.now();
      const key = await this.ownKey.toSign(registry, chain);
      return isRefusal(key) ? undefined : key;
    } catch (thrown) {
      if (thrown instanceof HubError && thrown.retriable) return undefined;
      throw thrown;
    }
  }

  /**
   * The hub put something aside. A damaged copy has another digest than anything of ours, and the relay sends it again anyway.
   * What is ours and will never be admitted is taken back, so that what comes after it can go on.
   */
  async #refused(row: ToSign, chain: ChainId, key: SecretKey, note: unknown): Promise<void> {
    const { anchor, journal, log, outbox, agency } = this.agency;
    const text = hubNote(anchor, note);
    const notice = text === undefined ? undefined : parseQuarantineNotice(anchor.log.name, text);
    // Taking an envelope back is a signature: never upon the word of anybody but the hub, and on no word to another agency.
    if (notice === undefined || isRefusal(notice) || notice.agency !== agency) return;
    const { digest, code } = notice;
    const end = refusalEnd(code);
    const ours = end === 'not-yet' ? undefined : await this.#unsentAs(chain, digest);
    if (ours !== undefined) {
      const { seq, header } = ours;
      const outcome = await outbox.withdraw({
        chain,
        seq,
        header,
        code,
        resolves: row.id,
        again: end === 'stale',
        evenVoids: code === SIGNER_ENDED,
        finish: (from, count) => this.#voids(from, count, { code, note: utf8(String(note)) }, key),
      });
      this.relay.sendAgain(seq);
      if (outcome.outcome === 'withdrawn') {
        log.error('envelopes were refused and taken back', {
          agency,
          chain,
          code,
          seq: Number(seq),
        });
        return;
      }
    }
    await journal.aside({
      findings: [
        { code: 'submission-quarantined', detail: `the hub put a submission aside: ${code}` },
      ],
    });
  }

  /** The envelope on its way whose submission has this digest. */
  async #unsentAs(chain: ChainId, digest: string): Promise<Unsent | undefined> {
    let after = -1n;
    for (;;) {
      const rows = await this.agency.outbox.unsent(chain, after, STRIDE);
      const found = rows.find(
        ({ container }) =>
          sha256(formatSubmission({ kind: 'container', bytes: container })) === digest,
      );
      const last = rows.at(-1);
      if (found !== undefined || last === undefined) return found;
      after = last.seq;
    }
  }

  async #voids(
    from: ChainHead,
    count: number,
    { code, note }: { readonly code: string; readonly note: Uint8Array },
    key: SecretKey,
  ): Promise<readonly SealedVoid[]> {
    const { agency: issuer, now, openpgp } = this.agency;
    const at = new Date(now()).toISOString() as Instant;
    const voids: SealedVoid[] = [];
    let { next, prev } = from;
    for (; voids.length < count; next += 1n) {
      const reason = voids.length === 0 ? code.toUpperCase() : 'FOLLOWS-REFUSED';
      const { submission, headerDigest } = await sealVoid(
        openpgp,
        { v: 1, issuer, chain: from.chain, seq: Number(next), prev, at, reason },
        note,
        key,
      );
      voids.push({ header: headerDigest, container: submission });
      prev = headerDigest;
    }
    return voids;
  }

  async #receipt(
    { exchange, item }: ToSign,
    body: Readonly<Record<string, unknown>>,
  ): Promise<Decision | undefined> {
    const type = AUTOMATIC.find((known) => known === body['command']);
    if (type === undefined || exchange === undefined || item === undefined) return undefined;
    const order = {
      item,
      exchange,
      by: { agency: this.agency.agency },
      at: new Date(this.agency.now()).toISOString() as Instant,
    };
    // Its form is looked at where the event is drafted.
    if (type === 'ProveDrill') return { ...order, type, data: body['data'] } as Decision;
    const kept = keptIn(body);
    if (type !== 'ConfirmErasure') return { ...order, type, data: kept } as Decision;
    // A mailbox that is read again from its beginning tells of what was confirmed long ago.
    const { entries } = await this.agency.journal.history(exchange);
    const said = entries.some(
      ({ recorded: { event, issuer } }) =>
        event.type === 'ErasurePurged' &&
        event.item === item &&
        issuer === this.agency.agency &&
        event.core?.kept?.join() === kept.kept?.join(),
    );
    // Its form is looked at where the event is drafted.
    return said
      ? undefined
      : ({
          ...order,
          type,
          data: { ...erasureClaim(body['data'], order.at), ...kept },
        } as Decision);
  }

  async #grant({ kind, exchange, item }: ToSign, keys: MadeKeys): Promise<Decision | undefined> {
    if (exchange === undefined || item === undefined || (await this.#isStale(keys)))
      return undefined;
    const { certificate, header, verdict, wraps } = keys;
    return {
      type: kind === 'share' ? 'ReleaseShare' : 'MakeGrant',
      item,
      exchange,
      by: { agency: this.agency.agency },
      at: new Date(this.agency.now()).toISOString() as Instant,
      data: {
        certificate,
        header,
        verdict,
        wraps: wraps
          .map(({ descriptor, wrap }) => ({ descriptor, wrap: sha256(wrap) }))
          .sort((a, b) => (a.descriptor < b.descriptor ? -1 : 1)),
      },
    };
  }

  async #news(signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const either = AbortSignal.any([signal, enough.signal]);
    try {
      await Promise.race([this.agency.journal.waitingToSign(either), pause(IDLE, either)]);
    } finally {
      enough.abort();
    }
  }
}

/** What the projector made for a grant. */
type MadeKeys = {
  readonly certificate: Fingerprint;
  readonly header: Digest;
  readonly verdict: number;
  readonly wraps: readonly GrantedWrap[];
};

/**
 * Who keeps a share, or was disclosed something, takes no part in the exchange and may tell nobody there that it is gone; nor does
 * oversight hear anything of those to whom it gives orders. The log hears of it all the same, and tells who said it when all is done.
 */
const toTheLogAlone = (decision: Decision): Decision | undefined =>
  decision.type === 'ConfirmErasure' && decision.data.to !== decision.by.agency
    ? { ...decision, data: { ...decision.data, to: decision.by.agency } }
    : undefined;

/** Why a copy stays, where a row says so: another process wrote it. */
const keptIn = (body: Readonly<Record<string, unknown>>): { kept?: readonly KeptBecause[] } => {
  const named: readonly unknown[] = Array.isArray(body['kept']) ? body['kept'] : [];
  const kept = KEPT_BECAUSE.filter((reason) => named.includes(reason));
  return kept.length === 0 ? {} : { kept };
};

/** What a row says, if it says it in its form: another process wrote it. */
const keysIn = (body: Readonly<Record<string, unknown>>): MadeKeys | undefined => {
  const { certificate, header, verdict } = body;
  const wraps: GrantedWrap[] = [];
  for (const one of Array.isArray(body['wraps']) ? (body['wraps'] as unknown[]) : []) {
    const { descriptor, wrap } = (one ?? {}) as Readonly<Record<string, unknown>>;
    if (!isDigest(descriptor) || typeof wrap !== 'string' || !isFingerprint(certificate))
      return undefined;
    wraps.push({ descriptor, agency: certificate, wrap: unhex(wrap) });
  }
  return wraps.length > 0 &&
    isFingerprint(certificate) &&
    isDigest(header) &&
    typeof verdict === 'number'
    ? { certificate, header, verdict, wraps }
    : undefined;
};
