// A hub that is whatever a test makes of it, before one agency's projector: it records what it likes, and hands over what it likes.
import { randomUUID } from 'node:crypto';
import { type FreshDatabase, freshDatabase } from '@tripoint/adapters/embedded/testing';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { Bus, type Message, type Received } from '@tripoint/bus';
import { type EventFacts } from '@tripoint/domain';
import {
  type Container,
  entitle,
  type EventEntry,
  formatEntitled,
  parseChainEntry,
  parseContainer,
  type Sealed,
  sha256,
} from '@tripoint/envelope';
import { accepted, frame, type TestAgency } from '@tripoint/envelope/testing';
import { type Digest, type ExchangeId, isRefusal, type ItemId } from '@tripoint/kernel';
import {
  type Delivery,
  formatDelivery,
  formatMailboxEntry,
  type GrantedPart,
  parseLeaf,
  parseLogEntry,
  parseSubmission,
} from '@tripoint/ledger';
import { JsonLog } from '@tripoint/platform';
import { type FindingRow } from '@tripoint/read-model';
import { discloses, type Judgement, parseRecord } from '@tripoint/replay';
import {
  entryOf,
  type EventDraft,
  type LittleFederation,
  LittleLog,
  type ServedLog,
} from '@tripoint/replay/testing';
import { leafHash, type TrustPolicy } from '@tripoint/transparency';
import { Projector } from '../projector.js';

type Entry = Extract<Delivery, { readonly kind: 'entry' }>;
/** What the hub makes of an honest line. */
export type Twist = (entry: Entry) => Partial<Entry>;

/** Whose projector can stand before it. */
type Reader = 'gr-police' | 'tr-customs';

/** Hands the whole mailbox over, and again whenever it is asked for. */
class FromHub extends Bus {
  #lines: readonly Uint8Array[] = [];
  #asked = false;
  /** How often something was handed over and taken. */
  received = 0;
  #wake: () => void = () => undefined;

  get handed(): readonly Uint8Array[] {
    return this.#lines;
  }

  hand(lines: readonly Uint8Array[]): void {
    this.#lines = lines;
    this.#asked = true;
    this.#wake();
  }

  /** What is handed over the next time that it is asked for. */
  keep(lines: readonly Uint8Array[]): void {
    this.#lines = lines;
  }

  override check(): Promise<void> {
    return Promise.resolve();
  }

  override publish(_topic: string, messages: readonly Message[]): Promise<void> {
    const asks = messages.some(({ value }) => {
      const said = parseSubmission(value);
      return !isRefusal(said) && said.kind === 'resume';
    });
    if (asks) {
      this.#asked = true;
      this.#wake();
    }
    return Promise.resolve();
  }

  override async consume(
    _topic: string,
    _group: string,
    receive: (batch: readonly Received[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    signal.addEventListener('abort', () => {
      this.#wake();
    });
    const ended = (): boolean => signal.aborted;
    for (let offset = 0n; !ended(); offset += 1n) {
      if (!this.#asked || this.#lines.length === 0)
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      this.#asked = false;
      if (!ended() && this.#lines.length > 0)
        await receive(this.#lines.map((value) => ({ value, offset })));
      this.received += 1;
    }
  }
}

/** The projector of an agency, the Greek police unless another is named, and a hub with the key of the log that bg-gdbop submits to. */
export class HostileHub {
  readonly bus = new FromHub();
  /** By leaf: what the hub was handed, with the wraps. */
  readonly containers = new Map<number, Container>();
  /** By how much the projector's clock is ahead of the log's, in milliseconds; less than 0 when it is behind. */
  ahead = 0;
  /** Whether the folder of gr holds its decryption key. */
  hasKey = true;
  projector: Projector | undefined;
  #ended = new AbortController();
  #running: Promise<void> = Promise.resolve();

  private constructor(
    readonly federation: LittleFederation,
    readonly log: LittleLog,
    readonly store: AgencyDatabase,
    private readonly fresh: FreshDatabase,
    private readonly name: Reader,
  ) {}

  /** `log` is what it shows of the log, one of its own unless given. */
  static async open(
    federation: LittleFederation,
    name: Reader = 'gr-police',
    log?: LittleLog,
  ): Promise<HostileHub> {
    const fresh = await freshDatabase('hostile-hub');
    const store = new AgencyDatabase(fresh.config);
    await store.migrate();
    const shown = log ?? (await LittleLog.begin(federation));
    const hub = new HostileHub(federation, shown, store, fresh, name);
    hub.begin();
    return hub;
  }

  /** The agency whose projector this is. */
  get reader(): TestAgency {
    return this.federation.member(this.name);
  }

  get bg(): TestAgency {
    return this.federation.member('bg-gdbop');
  }

  get gr(): TestAgency {
    return this.federation.member('gr-police');
  }

  /** Where the projector keeps what it takes. */
  get database(): FreshDatabase['config'] {
    return this.fresh.config;
  }

  begin(trustPolicy?: TrustPolicy, elapsed?: () => number): void {
    const { bus, federation, log, reader, store } = this;
    this.#ended = new AbortController();
    const projector = new Projector({
      trustPolicy,
      agency: reader.id,
      anchor: federation.anchor,
      openpgp: federation.openpgp,
      bus,
      journal: store.journal,
      views: store.views,
      witnessed: store.witnessed,
      courtFiles: store.courtFiles,
      remaking: store.remaking,
      keyFor: (subkey) =>
        Promise.resolve(
          this.hasKey && reader.decryption.encryption.includes(subkey)
            ? reader.decryption
            : undefined,
        ),
      drop: () => Promise.resolve(true),
      log: new JsonLog('hostile-hub', 'error', () => undefined),
      now: () => log.time + this.ahead,
      ...(elapsed && { elapsed }),
    });
    this.projector = projector;
    this.#running = projector.run(this.#ended.signal);
  }

  async end(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async close(): Promise<void> {
    await this.end();
    await this.store.close();
    await this.fresh.drop();
  }

  /** What bg shares with the reader; `source` stays with this.bg. */
  async shared(
    compartments: Readonly<Record<string, readonly ('bg-gdbop' | Reader)[]>> = {
      core: ['bg-gdbop', this.name],
      facts: ['bg-gdbop', this.name],
    },
    exchange = randomUUID() as ExchangeId,
    more: readonly EventDraft['parts'][number][] = [],
  ): Promise<Sealed> {
    const item = randomUUID() as ItemId;
    const core = { to: this.reader.id };
    const said = { text: 'a lorry', language: 'en', statement: 'FACT', entities: [] };
    const parts: Readonly<Record<string, object>> = {
      core: { core },
      facts: { part: said },
      intelligence: { part: said },
    };
    const facts: EventFacts = {
      item,
      opens: true,
      admits: [{ agency: this.reader.id, compartments: ['core', 'facts'] }],
    };
    return this.log.seal({
      by: 'bg-gdbop',
      exchange,
      family: 'contribution',
      parts: Object.entries(compartments)
        .map(([compartment, to]): EventDraft['parts'][number] => ({
          compartment,
          to,
          facts: compartment === 'core' ? facts : {},
          changes: {
            frame: {
              ...frame({ type: 'ContributionShared', item, ...parts[compartment] }),
              event: {
                type: 'ContributionShared',
                data: { type: 'ContributionShared', item, ...parts[compartment] },
              },
            },
          },
        }))
        .concat(more),
    });
  }

  async record(
    { container }: { readonly container: Uint8Array },
    change?: (judgement: Judgement) => Judgement,
  ): Promise<number> {
    const index = await this.log.record(this.bg.chain, entryOf(container), change);
    this.containers.set(index, accepted(parseContainer(container)));
    return index;
  }

  #line(
    served: ServedLog,
    leaf: number,
    number: number,
    previous: Digest,
    entitled: readonly Digest[],
    twist: Twist,
  ): { readonly value: Uint8Array; readonly digest: Digest } {
    const handed = this.log.handed[leaf]!;
    const entry = accepted(parseLogEntry(handed.entry));
    const mailbox = formatMailboxEntry({
      v: 1,
      agency: this.reader.id,
      number,
      previous,
      leaf,
      leafHash: leafHash(entry.leaf).toString('hex') as Digest,
      entitled,
    });
    const source = handed.source && accepted(parseChainEntry(handed.source));
    const wraps = [...(this.containers.get(leaf)?.wraps ?? [])].flatMap(([descriptor, by]) => {
      const wrap = by.get(this.reader.fingerprint);
      return wrap === undefined || !entitled.includes(descriptor) ? [] : [{ descriptor, wrap }];
    });
    const honest: Entry = {
      kind: 'entry',
      mailbox,
      leaf: entry.leaf,
      proof: served.tree.inclusionProof(leaf),
      checkpoint: Buffer.from(served.note).toString(),
      source:
        source?.kind === 'event'
          ? formatEntitled(entitle(source, entitled, this.reader.fingerprint))
          : (handed.source ?? null),
      origin: null,
      wraps,
      erased: [],
      granted: null,
      records: entry.records.filter(({ record: bytes }) => {
        const read = accepted(parseRecord(bytes));
        return read.about === 'verdict'
          ? read.agency === this.reader.fingerprint ||
              (entitled.length > 0 && read.verdict.question.order !== undefined)
          : read.about === 'due'
            ? read.parties.includes(this.reader.id)
            : read.about === 'registry' || read.agency === this.reader.id;
      }),
    };
    return { value: formatDelivery({ ...honest, ...twist(honest) }), digest: sha256(mailbox) };
  }

  /** What the rules allow the reader of the event at a leaf. */
  allowed(leaf: number): readonly Digest[] {
    return accepted(parseLogEntry(this.log.handed[leaf]!.entry))
      .records.flatMap(({ record: bytes }) => {
        const read = accepted(parseRecord(bytes));
        return read.about === 'verdict' &&
          read.agency === this.reader.fingerprint &&
          read.verdict.allowed &&
          discloses(read.verdict)
          ? [read.descriptor]
          : [];
      })
      .sort();
  }

  /** A mailbox of statements and what is named, in that order. */
  async mailbox(
    ...lines: readonly { readonly leaf: number; readonly twist?: Twist }[]
  ): Promise<readonly Uint8Array[]> {
    const served = await this.log.served();
    const statements = this.log.handed.flatMap(({ entry }, leaf) => {
      const { kind } = accepted(parseLeaf(accepted(parseLogEntry(entry)).leaf));
      const named = lines.some((one) => one.leaf === leaf);
      return !named && (kind === 'registry' || kind === 'policy') ? [{ leaf }] : [];
    });
    const values: Uint8Array[] = [];
    let previous = '0'.repeat(64) as Digest;
    for (const [number, one] of [...statements, ...lines].entries()) {
      const { leaf, twist = () => ({}) } = one as (typeof lines)[number];
      const entitled = this.containers.has(leaf) ? this.allowed(leaf) : [];
      const made = this.#line(served, leaf, number, previous, entitled, twist);
      values.push(made.value);
      previous = made.digest;
    }
    return values;
  }

  /** Delivers such a mailbox, and waits until all of it was taken. */
  async deliver(
    ...lines: readonly { readonly leaf: number; readonly twist?: Twist }[]
  ): Promise<readonly FindingRow[]> {
    const values = await this.mailbox(...lines);
    this.bus.hand(values);
    while ((await this.store.journal.position()).next < BigInt(values.length))
      await new Promise((resolve) => setTimeout(resolve, 5));
    const { rows } = await this.store.views.findings({ limit: 10 });
    return rows;
  }

  /** What was decided at a leaf, to be said again at another. */
  decidedAt(leaf: number): Judgement['decided'] {
    return accepted(parseLogEntry(this.log.handed[leaf]!.entry)).records.flatMap(
      ({ record: bytes }) => {
        const read = accepted(parseRecord(bytes));
        return read.about === 'verdict' ? [{ ...read, recipient: this.reader.id }] : [];
      },
    );
  }

  part(leaf: number, digests: readonly Digest[]): Uint8Array {
    const entry = accepted(parseChainEntry(this.log.handed[leaf]!.source!)) as EventEntry;
    return formatEntitled(entitle(entry, digests, this.reader.fingerprint));
  }
  handedOn(leaf: number, digests: readonly Digest[], served: ServedLog): GrantedPart {
    return {
      leaf: accepted(parseLogEntry(this.log.handed[leaf]!.entry)).leaf,
      proof: served.tree.inclusionProof(leaf),
      source: this.part(leaf, digests),
    };
  }
}

export const codes = (findings: readonly FindingRow[]): readonly string[] =>
  findings.map(({ code }) => code);
