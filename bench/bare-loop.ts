import { admit, NO_PREVIOUS_HEADER, open, Sealer, systemRandom } from '@tripoint/envelope';
import { accepted, compartment, draft, frame, registry } from '@tripoint/envelope/testing';
import { race } from './measure.js';
import { EVENTS_A_REQUEST } from './officers.js';
import { type Circle } from './rows/envelope.js';
import { Seeded } from './seeded.js';

/** The two events of a request, by the same code with nothing between: sealed, verified as the hub does, opened. */
export class BareLoop {
  readonly #sealer: Sealer;
  readonly #random = new Seeded('bare loop');

  constructor(private readonly among: Circle) {
    this.#sealer = new Sealer(among.openpgp, systemRandom());
  }

  /** Events a second, over `requests` of them with so many on their way. */
  async rate(requests: number, atOnce: number): Promise<number> {
    let left = requests;
    const { bare } = await race(1, {
      bare: async () => {
        await Promise.all(
          Array.from({ length: atOnce }, async () => {
            while (left-- > 0) await this.request();
          }),
        );
        left = requests;
        return requests * EVENTS_A_REQUEST;
      },
    });
    return 1000 / bare;
  }

  async request(): Promise<void> {
    await this.#event(['core', 'facts'], 0, 1);
    await this.#event(['core'], 1, 0);
  }

  async #event(names: readonly string[], from: number, to: number): Promise<void> {
    const { openpgp, agencies } = this.among;
    const [author, reader] = [agencies[from]!, agencies[to]!];
    const parts = names.map((name) =>
      compartment(name, [author.recipient, reader.recipient], {
        frame: frame(name === 'core' ? {} : { sought: this.#random.prose(800) }),
      }),
    );
    const sealed = await this.#sealer.finish(
      accepted(await this.#sealer.prepare(draft(author, parts, { id: this.#random.uuid() }))),
      { chain: author.chain, seq: 0, prev: NO_PREVIOUS_HEADER },
      author.signing,
    );
    accepted(await admit(openpgp, sealed.container, registry(author, reader)));
    const own = reader.fingerprint;
    const compartments = sealed.compartments.map(({ descriptorBytes, body, openings }) => ({
      descriptor: descriptorBytes,
      body,
      opening: openings.find(({ agency }) => agency === own)!,
    }));
    const wraps = new Map(
      sealed.compartments.map(({ descriptorDigest, wraps: all }) => [
        descriptorDigest,
        all.get(own)!,
      ]),
    );
    const part = { header: sealed.headerBytes, signature: sealed.signature, compartments };
    accepted(
      await open(openpgp, part, wraps, {
        certificatesOf: () => [author.certificate],
        key: reader.decryption,
        own,
      }),
    );
  }
}
