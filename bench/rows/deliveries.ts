import { type Entity, type Recorded, UNMARKED } from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type Delivery, type RecordedEntry } from '@tripoint/read-model';
import { Seeded } from '../seeded.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const OFFICER = 'e.georgiou' as OfficerId;
const START = Date.UTC(2026, 10, 23, 12);

/** A mailbox full of requests, as an agency is handed them once they are verified and opened. */
export class Mailbox {
  readonly #random: Seeded;
  #number = 0n;
  #previous = '0'.repeat(64) as Digest;

  constructor(seed: string) {
    this.#random = new Seeded(seed);
  }

  /** The lives of `count` requests in four steps, all of them in step: issued, received, answered, closed. */
  requests(count: number): readonly Delivery[] {
    const open = Array.from({ length: count }, () => ({
      item: this.#random.uuid<ItemId>(),
      exchange: this.#random.uuid<ExchangeId>(),
    }));
    const each = (deliver: (item: ItemId, exchange: ExchangeId) => Delivery): readonly Delivery[] =>
      open.map(({ item, exchange }) => deliver(item, exchange));
    const said = (issuer: AgencyId, event: (item: ItemId) => Recorded['event']) =>
      each((item, exchange) =>
        this.#delivery(exchange, { ...this.#by(issuer), event: event(item) }),
      );
    return [
      ...each((item, exchange) =>
        this.#issued(item, exchange, [
          { kind: 'vehicle', plate: this.#plate(), country: 'GR' },
          this.#person(),
        ]),
      ),
      ...said(BG, (item) => ({ type: 'RequestReceived', item, core: {}, parts: {} })),
      ...said(BG, (item) => ({
        type: 'AnswerProvided',
        item,
        core: { outcome: 'FULL' },
        parts: {},
      })),
      ...said(GR, (item) => ({ type: 'RequestClosed', item, core: {}, parts: {} })),
    ];
  }

  /** A request that names this many persons, and nothing after it. */
  naming(persons: number): {
    readonly delivery: Delivery;
    readonly names: readonly string[];
  } {
    const named = Array.from({ length: persons }, () => this.#person());
    return {
      delivery: this.#issued(this.#random.uuid(), this.#random.uuid(), named),
      names: named.flatMap((person) =>
        person.kind === 'person'
          ? person.names.map(({ given, family }) => `${given ?? ''} ${family ?? ''}`)
          : [],
      ),
    };
  }

  #issued(item: ItemId, exchange: ExchangeId, entities: readonly Entity[]): Delivery {
    const facts = {
      sought: this.#random.prose(400),
      purpose: this.#random.prose(60),
      offence: 'trafficking in human beings',
      availability: this.#random.prose(80),
      connection: this.#random.prose(80),
      necessity: this.#random.prose(80),
      urgencyGrounds: this.#random.prose(60),
      language: 'en',
      entities,
    } as const;
    const event = {
      type: 'RequestIssued',
      item,
      core: { to: BG, urgency: 'URGENT', access: 'DIRECT', dueInSeconds: 60, graceSeconds: 10 },
      parts: { facts },
    } as const;
    return this.#delivery(exchange, { ...this.#by(GR), event }, { opens: true, item });
  }

  #by(issuer: AgencyId): Pick<Recorded, 'id' | 'issuer' | 'officer' | 'at'> {
    return { id: this.#random.uuid<EventId>(), issuer, officer: OFFICER, at: this.#now() };
  }

  #now(): Instant {
    return new Date(START + Number(this.#number) * 1000).toISOString() as Instant;
  }

  #delivery(
    exchange: ExchangeId,
    recorded: Recorded,
    facts: RecordedEntry['facts'] = {},
  ): Delivery {
    const [number, previous, at] = [this.#number, this.#previous, this.#now()];
    const leaf = { index: Number(number), time: at };
    const digest = this.#random.digest<Digest>();
    this.#number += 1n;
    this.#previous = digest;
    return {
      number,
      previous,
      digest,
      leaf,
      at,
      entry: {
        exchange,
        recorded: { ...recorded, leaf },
        facts,
        descriptors: [
          { compartment: 'core', descriptor: this.#random.digest<Digest>(), marking: UNMARKED },
        ],
      },
    };
  }

  #plate(): string {
    const letter = (): string => this.#random.one(Array.from('ABEHIKMNOPTXYZ'));
    return `${letter()}${letter()}${letter()} ${1000 + this.#random.below(9000)}`;
  }

  #person(): Entity {
    const name = { kind: 'PRIMARY', ...this.#random.name() } as const;
    return { kind: 'person', category: 'SUSPECT', names: [name] };
  }
}

export const batches = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
