// Seals a backlog for some agencies, in a process of its own because it takes a processor, and puts it on the bus as they would.
import { randomUUID } from 'node:crypto';
import { KafkaBus, type KafkaSettings } from '@tripoint/adapters/kafka';
import { FederationFolder, FileSigningKeyring } from '@tripoint/adapters/keys';
import {
  OpenPgpJs,
  type Place,
  type Recipient,
  type SecretKey,
  Sealer,
  systemRandom,
} from '@tripoint/envelope';
import { accepted } from '@tripoint/envelope/testing';
import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { formatSubmission, submissionsTopic } from '@tripoint/ledger';

export type SealingAsked =
  | {
      readonly federation: string;
      /** Who writes to whom, and as whom it comes to the bus. */
      readonly authors: readonly {
        readonly author: AgencyId;
        readonly to: AgencyId;
        readonly bus: KafkaSettings;
        readonly place: Place;
      }[];
    }
  /** How many more envelopes of each author. They are kept until they are to be published. */
  | { readonly seal: number }
  | 'publish';

/** Events of one exchange, before another is begun. */
const EVENTS_OF_AN_EXCHANGE = 50;
/** As many as the bus takes at once. */
const AT_ONCE = 100;

class Author {
  readonly #sealer: Sealer;
  readonly #bus: KafkaBus;
  #sealed: Uint8Array[] = [];
  #count = 0;
  #exchange = { stream: randomUUID() as ExchangeId, item: randomUUID() as ItemId };

  constructor(
    openpgp: OpenPgpJs,
    private readonly id: AgencyId,
    private readonly to: AgencyId,
    private readonly recipients: readonly Recipient[],
    private readonly key: SecretKey,
    bus: KafkaSettings,
    /** Where its next envelope stands. */
    private place: Place,
  ) {
    this.#sealer = new Sealer(openpgp, systemRandom());
    this.#bus = new KafkaBus(bus);
  }

  async seal(): Promise<void> {
    const opens = this.#count % EVENTS_OF_AN_EXCHANGE === 0;
    this.#count += 1;
    if (opens)
      this.#exchange = { stream: randomUUID() as ExchangeId, item: randomUUID() as ItemId };
    const { stream, item } = this.#exchange;
    const prepared = accepted(
      await this.#sealer.prepare({
        id: randomUUID() as EventId,
        stream,
        type: 'request',
        schema: 1,
        issuer: this.id,
        at: new Date().toISOString() as Instant,
        compartments: [
          {
            name: 'core',
            classification: 'UNCLASSIFIED',
            handling: [],
            retention: 'STANDARD',
            facts: opens
              ? { opens, item, admits: [{ agency: this.to, compartments: ['core'] }] }
              : { item },
            frame: {
              event: { type: 'RequestIssued', data: {} },
              officer: 'n.papadakis',
              causation: null,
              correlation: null,
            },
            to: this.recipients,
          },
        ],
      }),
    );
    const { container, headerDigest } = await this.#sealer.finish(prepared, this.place, this.key);
    this.place = { ...this.place, seq: this.place.seq + 1, prev: headerDigest };
    this.#sealed.push(formatSubmission({ kind: 'container', bytes: container }));
  }

  async publish(): Promise<void> {
    const sealed = this.#sealed.map((value) => ({ value }));
    this.#sealed = [];
    for (let from = 0; from < sealed.length; from += AT_ONCE)
      await this.#bus.publish(submissionsTopic(this.id), sealed.slice(from, from + AT_ONCE));
  }
}

const authors: Author[] = [];

const answered = async (asked: SealingAsked): Promise<void> => {
  if (asked === 'publish') {
    await Promise.all(authors.map((author) => author.publish()));
    return;
  }
  if ('seal' in asked) {
    await Promise.all(
      authors.map(async (author) => {
        for (let at = 0; at < asked.seal; at += 1) await author.seal();
      }),
    );
    return;
  }
  const openpgp = new OpenPgpJs();
  const folder = await FederationFolder.open(openpgp, asked.federation);
  const { registry } = await folder.registry();
  const recipient = (agency: AgencyId): Recipient => {
    const { certificate } = registry.encryptionCertificate(agency)!;
    return { certificate, subkey: certificate.encryption[0]! };
  };
  for (const { author, to, bus, place } of asked.authors) {
    const { key } = await FileSigningKeyring.load(openpgp, folder.keysOf(author));
    authors.push(
      new Author(openpgp, author, to, [recipient(author), recipient(to)], key, bus, place),
    );
  }
};

process.on('message', (asked: SealingAsked) => {
  void answered(asked).then(() => process.send?.({ done: true }));
});
process.once('disconnect', () => process.exit());
