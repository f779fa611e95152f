import { Injectable } from '@nestjs/common';
import {
  type Admitted,
  admit,
  entryDigest,
  type Head,
  parseChainEntry,
  parseContainer,
  place,
  readEvent,
  refusalEnd,
  rewrappedDigest,
  rewrappedFault,
  type Registered,
  sha256,
  SIGNER_ENDED,
} from '@tripoint/envelope';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  HubError,
  isRefusal,
  type Refusal,
  refuse,
} from '@tripoint/kernel';
import {
  chainStream,
  LedgerConflict,
  mailboxStream,
  parseSubmission,
  type Submission,
} from '@tripoint/ledger';
import { factsInSchema, grantedWraps } from '@tripoint/policy';
import { contextIn, type TraceContext, Traces } from '@tripoint/platform';
import { type Quarantined, type Wrap } from '@tripoint/vault';
import { type Received } from '@tripoint/bus';
import { HubOptions } from '../hub.options.js';
import { RecordedLog } from '../log/recorded-log.js';
import { Correspondence } from '../dispatcher/correspondence.js';
import { Cosigned } from '../witnesses/cosigned.js';
import { Countersignatures } from './countersignatures.js';
import { Forks } from './forks.js';
import { VerifiedSigners } from './verified-signers.js';

/** A submission that passed steps 1 to 5, beside the bytes that the agency sent. */
type Candidate = { readonly admitted: Admitted; readonly bytes: Uint8Array };

/** Entries of one chain that take its next numbers, in order. */
type Run = { expected: bigint; entries: Uint8Array[]; wraps: Wrap[]; size: number };

/** Under which name it is remembered where an envelope was admitted. */
export const onChain = (chain: ChainId, seq: number): string => `${chain} ${seq}`;

const APPEND_BYTES = 700_000;
/** Submissions of one agency that are verified before others have their turn, and recorded together. */
const STRIDE = 64;

/**
 * Admits what agencies submit: verifies, gives it its number on its issuer's chain, keeps its wraps apart.
 * It judges nothing; whether anybody may read it is for the sequencer to say.
 */
@Injectable()
export class Registrar {
  /** Newest entry of each chain, as far as this process knows; the ledger refuses what is wrong. */
  readonly #heads = new Map<ChainId, Head | undefined>();
  /** Since when each agency's batch has been in hand. */
  readonly #inHand = new Map<AgencyId, number>();
  /** What was said to be in the way of it. */
  readonly #inTheWay = new Map<AgencyId, string>();

  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
    private readonly signers: VerifiedSigners,
    private readonly forks: Forks,
    private readonly countersignatures: Countersignatures,
    private readonly correspondence: Correspondence,
    private readonly cosigned: Cosigned,
  ) {}

  /** For how many seconds the batch that was taken first has been in hand; 0 where there is none. */
  get inHandFor(): number {
    const since = Math.min(...this.#inHand.values());
    return Number.isFinite(since) ? (performance.now() - since) / 1000 : 0;
  }

  /** Takes one batch from `submissions.<agency>`. Repeating it changes nothing. */
  async receive(agency: AgencyId, batch: readonly Received[]): Promise<void> {
    // One that fails is handed over again: until it is done with, it has been in hand since the first time.
    if (!this.#inHand.has(agency)) this.#inHand.set(agency, performance.now());
    try {
      await this.#receive(agency, batch);
    } catch (thrown) {
      this.#say(agency, thrown);
      throw thrown;
    }
    this.#inHand.delete(agency);
    this.#inTheWay.delete(agency);
  }

  /** Whoever hands it over tries again without a word; a person has to know what for. */
  #say(agency: AgencyId, thrown: unknown): void {
    const code = thrown instanceof HubError ? thrown.code : 'unforeseen';
    if (code === 'hub-starting' || this.#inTheWay.get(agency) === code) return;
    this.#inTheWay.set(agency, code);
    this.hub.log.failure('what was submitted is not taken yet', thrown, { code });
  }

  async #receive(agency: AgencyId, batch: readonly Received[]): Promise<void> {
    // Judged by half a registry, what is good would be refused for good.
    if (!this.log.ready) throw new HubError('hub-starting', 'the log is being read', true);
    // Copies of one submission are judged once: its issuer acts on what it is told, so there must be one answer.
    const messages = new Map(batch.map((message) => [sha256(message.value), message]));
    const before = await this.hub.quarantine.codes(agency, [...messages.keys()]);
    // A part at a time: other agencies are heard in between, however much one has to say.
    const all = [...messages];
    for (let from = 0; from < all.length; from += STRIDE)
      await this.#take(agency, all.slice(from, from + STRIDE), before);
  }

  async #take(
    agency: AgencyId,
    messages: readonly (readonly [Digest, Received])[],
    before: ReadonlyMap<Digest, string>,
  ): Promise<void> {
    const candidates: Candidate[] = [];
    const refused: Quarantined[] = [];
    // Verifying is the expensive part and needs no order; placing is cheap and needs it.
    const outcomes = await Promise.all(
      messages.map(async ([digest, { value: bytes, headers }]) => {
        const code = before.get(digest);
        const final = code !== undefined && refusalEnd(code) !== 'not-yet';
        const outcome = final
          ? refuse(code, 'it was refused before')
          : await this.#admitted(agency, bytes, contextIn(headers));
        return { digest, bytes, outcome };
      }),
    );
    for (const { digest, bytes, outcome } of outcomes) {
      if (outcome === 'answered') continue;
      if (isRefusal(outcome)) refused.push({ agency, bytes, digest, code: outcome.refused });
      else candidates.push(outcome);
    }
    await this.#record(candidates);
    await this.#setAside(agency, refused);
  }

  /** A refusal is kept before it is told: whoever voids the number relies on it that no copy is admitted afterwards. */
  async #setAside(agency: AgencyId, refused: readonly Quarantined[]): Promise<void> {
    const quarantined: Quarantined[] = [];
    for (const submission of refused)
      if (!(await this.#isRecorded(agency, submission.bytes))) quarantined.push(submission);
    if (quarantined.length === 0) return;
    await this.hub.quarantine.put(quarantined);
    for (const { digest, code } of quarantined)
      await this.correspondence.quarantined(agency, digest, code);
  }

  /** What was admitted once would perhaps not be admitted any more, when a copy comes late: it stands all the same. */
  async #isRecorded(agency: AgencyId, bytes: Uint8Array): Promise<boolean> {
    const submission = parseSubmission(bytes);
    if (isRefusal(submission) || submission.kind !== 'container') return false;
    const container = parseContainer(submission.bytes);
    const event = isRefusal(container) ? container : readEvent(container);
    if (isRefusal(event)) return false;
    // A name that is nobody's, or another's, is as many as anybody cares to make up: it is looked up nowhere and kept nowhere.
    if (this.log.state.registry.chainOwner(event.routing.chain)?.id !== agency) return false;
    const head = await this.#head(event.routing.chain);
    const recorded = await this.#recorded(head, event);
    return recorded?.digest === event.headerDigest;
  }

  /** What the agency says of its trace is a place to go on from in this hub's own telemetry, and nothing more. */
  #admitted(
    agency: AgencyId,
    value: Uint8Array,
    under: TraceContext | undefined,
  ): Promise<Candidate | 'answered' | Refusal> {
    const { traces = Traces.off } = this.hub;
    return traces.span('registrar admit', { anew: true, under }, async (span) => {
      const outcome = await this.#read(agency, value);
      if (outcome === 'answered') span.say({ outcome });
      else if (isRefusal(outcome)) span.say({ outcome: 'refused', code: outcome.refused });
      else {
        const { chain, seq } = outcome.admitted.routing;
        traces.note(onChain(chain, seq), span.context);
        span.say({ outcome: 'admitted' });
      }
      return outcome;
    });
  }

  async #read(agency: AgencyId, value: Uint8Array): Promise<Candidate | 'answered' | Refusal> {
    const submission = parseSubmission(value);
    if (isRefusal(submission)) return submission;
    const { registry } = this.log.state;
    if (submission.kind === 'resume') {
      await this.correspondence.resume(agency, submission.from);
      return 'answered';
    }
    if (submission.kind === 'hello') {
      if (registry.chainOwner(submission.chain)?.id !== agency)
        return refuse('unknown-chain', 'the chain is not registered to this agency');
      // Not from memory: another hub may have recorded since, and a database that was put back is found out by the newest head only.
      this.#heads.delete(submission.chain);
      const { chain, nonce } = submission;
      const head = await this.#head(chain);
      const newest = await this.hub.ledger.last(mailboxStream(agency));
      const lines = newest === undefined ? 0 : Number(newest.revision) + 1;
      await this.correspondence.standing(agency, { chain, head, lines }, nonce);
      return 'answered';
    }
    if (submission.kind === 'prove') {
      await this.#prove(agency, submission.sizes);
      return 'answered';
    }
    if (submission.kind === 'rewrapped') return this.#rewrapped(agency, submission);
    if (submission.kind === 'countersign')
      return (await this.countersignatures.state(agency, submission)) ?? 'answered';
    const admitted = await admit(this.hub.openpgp, submission.bytes, this.#registered());
    if (isRefusal(admitted)) return admitted;
    // A stranger's copy on this topic, however well signed, was not sent by its issuer.
    if (registry.chainOwner(admitted.routing.chain)?.id !== agency)
      return refuse('unknown-chain', 'the chain is not registered to this agency');
    const { routing, signingSubkey } = admitted;
    const next = BigInt(this.log.state.size);
    const { now } = this.hub;
    // The time that its leaf would have by now at the least.
    const time = Math.max(this.log.state.time, now());
    const standing = registry.signerStanding(routing.chain, signingSubkey, next, time);
    // The sequencer would reject it, but its number would be gone, and with it what its issuer signs for that number.
    if (standing === 'superseded' || standing === 'revoked' || standing === 'expired')
      return refuse(SIGNER_ENDED, 'the key that signed is good no more');
    return (
      this.#unfounded(admitted) ??
      this.#misgranted(admitted) ?? { admitted, bytes: submission.bytes }
    );
  }

  /** A number is given up in answer to a refusal of this log's alone, and to the issuer's own. */
  #unfounded(admitted: Admitted): Refusal | undefined {
    return admitted.kind === 'void'
      ? this.log.state.unfounded(admitted.void.issuer, admitted.notice)
      : undefined;
  }

  /** Wraps are kept by what they are of: nobody but who said it may put one there, or the custodian whose share it is. */
  #misgranted(admitted: Admitted): Refusal | undefined {
    for (const { descriptor } of admitted.kind === 'event' ? admitted.granted : []) {
      const said = this.log.state.said(descriptor);
      if (said === undefined) return refuse('grant-unknown', 'what is granted is not in the log');
      const issuer = admitted.kind === 'event' ? admitted.header.issuer : undefined;
      const isOwnShare =
        issuer !== undefined &&
        admitted.kind === 'event' &&
        admitted.header.type === 'disclosure' &&
        this.log.state.inCustody(said.event)?.shares.get(issuer) === descriptor;
      if (said.issuer !== issuer && !isOwnShare)
        return refuse('grant-not-by-provider', 'what is granted was said by another agency');
    }
    return undefined;
  }

  /** Says that what witnesses have cosigned continues the trees of these sizes, as far as there is such a checkpoint. */
  async #prove(agency: AgencyId, sizes: readonly number[]): Promise<void> {
    const cosigned = await this.cosigned.newest();
    const { tree } = this.log;
    if (cosigned === undefined || tree.size < cosigned.size) return;
    const proofs = [...new Set(sizes)]
      .filter((size) => size <= cosigned.size)
      .map((from) => ({ from, hashes: tree.consistencyProof(from, cosigned.size) }));
    await this.correspondence.cosigned(agency, { note: cosigned.note, proofs });
  }

  /**
   * An agency has gone on to its next epoch: on its own word, and of what it was given, its wraps to epochs that were retired give
   * way to those that it has made again. They were usable only to itself.
   */
  async #rewrapped(
    agency: AgencyId,
    { wraps, signature }: Extract<Submission, { readonly kind: 'rewrapped' }>,
  ): Promise<'answered' | Refusal> {
    const { openpgp, vault } = this.hub;
    const { registry } = this.log.state;
    const own = registry.certificatesOfAgency(agency);
    const current = own.filter(({ until }) => until === undefined);
    const fault = await rewrappedFault(
      openpgp,
      agency,
      { wraps, signature },
      current.map(({ certificate }) => certificate),
    );
    if (fault !== undefined) return fault;
    const usable = current.flatMap(({ certificate: { fingerprint } }) =>
      registry.encryptionSubkeys(fingerprint),
    );
    for (const { wrap } of wraps) {
      const subkey = openpgp.wrappedFor(wrap);
      if (isRefusal(subkey)) return subkey;
      if (!usable.includes(subkey))
        return refuse('unregistered-subkey', 'a wrap is for a subkey that is not registered');
    }
    const made = new Map(wraps.map(({ descriptor, wrap }) => [descriptor, wrap]));
    for (const { certificate } of own) {
      const before = await vault.usable(certificate.fingerprint, [...made.keys()]);
      await vault.replace(
        before.flatMap((one) => {
          const subkey = openpgp.wrappedFor(one.wrap);
          const wrap = made.get(one.descriptor);
          return wrap === undefined || isRefusal(subkey) || !registry.isRetired(subkey)
            ? []
            : [{ ...one, wrap }];
        }),
      );
    }
    await this.correspondence.rewrapped(agency, rewrappedDigest(wraps));
    return 'answered';
  }

  #registered(): Registered {
    const { registry } = this.log.state;
    return {
      certificatesOf: (chain, issuer) =>
        registry.chainOwner(chain)?.id === issuer
          ? registry.certificatesOf(chain).map(({ certificate }) => certificate)
          : [],
      encryptionSubkeys: (fingerprint) => registry.encryptionSubkeys(fingerprint),
      factsInSchema: (family, facts) => factsInSchema(family, facts),
      granted: grantedWraps,
    };
  }

  async #record(candidates: readonly Candidate[]): Promise<void> {
    const runs = new Map<ChainId, Run>();
    const asked = new Set<ChainId>();
    for (const { admitted } of candidates) {
      const { chain } = admitted.routing;
      if (this.log.state.registry.frozen(chain) || this.forks.froze(chain)) continue;
      let head = await this.#head(chain);
      // Another hub may have recorded what seems to be missing: what is remembered here is as old as its last turn.
      if (ahead(admitted, head) && !runs.has(chain) && !asked.has(chain)) {
        asked.add(chain);
        this.#heads.delete(chain);
        head = await this.#head(chain);
      }
      switch (
        place(
          head,
          admitted.routing,
          { digest: admitted.headerDigest, void: admitted.kind === 'void' },
          await this.#recorded(head, admitted),
        )
      ) {
        case 'next': {
          const run = runs.get(chain) ?? this.#run(head);
          runs.set(chain, run);
          run.entries.push(admitted.entryBytes);
          run.size += admitted.entryBytes.length;
          run.wraps.push(...wrapsOf(admitted));
          this.#heads.set(chain, {
            seq: admitted.routing.seq,
            digest: admitted.headerDigest,
            void: admitted.kind === 'void',
          });
          const { headerDigest, signatureDigest, signingSubkey } = admitted;
          this.signers.verified(chain, headerDigest, signatureDigest, signingSubkey);
          if (run.size > APPEND_BYTES) {
            await this.#append(chain, run);
            runs.delete(chain);
          }
          break;
        }
        case 'fork': {
          const pending = runs.get(chain);
          if (pending !== undefined) await this.#append(chain, pending);
          runs.delete(chain);
          await this.forks.state(admitted);
          break;
        }
        case 'duplicate':
        case 'voided':
        case 'out-of-turn':
          // Recorded already; taken back by its issuer; or to come again in its turn, from the relay.
          break;
      }
    }
    for (const [chain, run] of runs) await this.#append(chain, run);
  }

  #run(head: Head | undefined): Run {
    return { expected: BigInt(head?.seq ?? -1), entries: [], wraps: [], size: 0 };
  }

  /** Wraps first: what no leaf allows is useless and is swept, but a leaf without its wraps could never be opened. */
  async #append(chain: ChainId, { expected, entries, wraps }: Run): Promise<void> {
    try {
      await this.hub.vault.stage(wraps);
      const { traces = Traces.off } = this.hub;
      const because = entries.map((_, at) =>
        traces.noted(onChain(chain, Number(expected) + 1 + at)),
      );
      await traces.span('ledger append', { anew: true, because }, async (span) => {
        span.say({ count: entries.length });
        await this.hub.ledger.append(chainStream(chain), expected, entries);
      });
    } catch (thrown) {
      // Whatever happened, the ledger knows: the head is read again, and the batch is handed over again.
      this.#heads.delete(chain);
      if (thrown instanceof LedgerConflict)
        throw new HubError('registrar-overtaken', 'another registrar wrote first', true, {
          cause: thrown,
        });
      throw thrown;
    }
  }

  async #head(chain: ChainId): Promise<Head | undefined> {
    if (this.#heads.has(chain)) return this.#heads.get(chain);
    const newest = await this.hub.ledger.last(chainStream(chain));
    const head = newest && { seq: Number(newest.revision), ...holding(newest.bytes) };
    this.#heads.set(chain, head);
    return head;
  }

  /** What the chain holds at the number that a submission claims, when it lies in the past. */
  async #recorded(
    head: Head | undefined,
    { routing }: Pick<Admitted, 'routing'>,
  ): Promise<Omit<Head, 'seq'> | undefined> {
    if (head === undefined || routing.seq > head.seq) return undefined;
    if (routing.seq === head.seq) return head;
    const [row] = await this.hub.ledger.read(chainStream(routing.chain), BigInt(routing.seq), 1);
    return row && holding(row.bytes);
  }
}

const holding = (bytes: Uint8Array): Omit<Head, 'seq'> => {
  const entry = parseChainEntry(bytes);
  if (isRefusal(entry))
    throw new HubError('ledger-inconsistent', 'a chain holds a malformed entry', false);
  return { digest: entryDigest(entry), void: entry.kind === 'void' };
};

/** Whether numbers are missing between the head and this one. */
const ahead = ({ routing }: Admitted, head: Head | undefined): boolean =>
  routing.seq > (head?.seq ?? -1) + 1;

const wrapsOf = (admitted: Admitted): readonly Wrap[] =>
  admitted.kind === 'void'
    ? []
    : [
        ...admitted.compartments.flatMap(({ digest, wraps }) =>
          [...wraps].map(([agency, wrap]) => ({ descriptor: digest, agency, wrap })),
        ),
        ...admitted.granted,
      ];
