import { randomFillSync } from 'node:crypto';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { hex, sha256 } from './bytes.js';
import { audienceDigest, commitmentOf, contextOf } from './commitment.js';
import { formatContainer, LARGEST } from './container.js';
import {
  AUDIENCE_CLASSES,
  COMPARTMENT_CLASSES,
  type Descriptor,
  type Facts,
  formatDescriptor,
  formatHeader,
  type Frame,
  type Header,
  type HeaderCore,
  type Opening,
  type Routing,
} from './envelope.js';
import { formatFrame } from './frame.js';
import { canonical } from './jcs.js';
import { type Certificate, type OpenPgp, type SecretKey } from './openpgp.js';
import { signBytes } from './statement.js';

/** Fresh random bytes, as many as asked for. */
export type Random = (length: number) => Uint8Array;

/**
 * The system's randomness, fetched by the page: an envelope draws a dozen times, and each call into the system costs more than
 * what it brings. What has been given out is wiped from the page at once.
 */
export const systemRandom = (): Random => {
  const page = new Uint8Array(4096);
  let left = 0;
  return (length) => {
    if (length > page.length) return randomFillSync(new Uint8Array(length));
    if (length > left) {
      randomFillSync(page);
      left = page.length;
    }
    const from = left - length;
    const drawn = page.slice(from, left);
    page.fill(0, from, left);
    left = from;
    return drawn;
  };
};

/** Whom a compartment is for: the agency's certificate and its encryption subkey of the epoch. */
export type Recipient = { readonly certificate: Certificate; readonly subkey: Fingerprint };

/** One compartment to be sealed. */
export type CompartmentDraft = {
  readonly name: string;
  readonly classification: string;
  /** In any order. */
  readonly handling: readonly string[];
  readonly retention: string;
  readonly facts: Facts;
  readonly frame: Frame;
  /** 1 to 32, each agency once; the issuer itself is normally among them. */
  readonly to: readonly Recipient[];
};

/** One event to be sealed. */
export type Draft = {
  readonly id: EventId;
  readonly stream: ExchangeId;
  /** The coarse family. */
  readonly type: string;
  readonly schema: number;
  readonly issuer: AgencyId;
  readonly at: Instant;
  /** 1 to 16, names distinct, those of `entrusting` included. */
  readonly compartments: readonly CompartmentDraft[];
  /** What is to be said of the keys of these compartments, in further ones of the same envelope. */
  readonly entrusting?: (
    sealed: readonly SealedCompartment[],
  ) => Promise<readonly CompartmentDraft[]>;
  /** Keys to what was said before, as the facts of the core name them; they travel beside the envelope's own. */
  readonly granted?: readonly GrantedWrap[];
};

/** The key of a compartment of another envelope, wrapped to one more agency. */
export type GrantedWrap = {
  readonly descriptor: Digest;
  readonly agency: Fingerprint;
  readonly wrap: Uint8Array;
};

/** Why a draft cannot be sealed. */
export type SealCode =
  | 'draft-malformed'
  | 'frame-too-large'
  | 'too-many-recipients'
  | 'too-many-compartments'
  | 'too-large';

/** One compartment, encrypted. The session key stays with the author until the leaf is back. */
export type SealedCompartment = {
  readonly name: string;
  readonly descriptor: Descriptor;
  readonly descriptorBytes: Uint8Array;
  readonly descriptorDigest: Digest;
  readonly body: Uint8Array;
  readonly sessionKey: Uint8Array;
  /** Sorted by agency. */
  readonly openings: readonly Opening[];
  readonly wraps: ReadonlyMap<Fingerprint, Uint8Array>;
};

/** Everything but the place on the chain and the signature. */
export type Prepared = {
  readonly header: Omit<Header, 'routing'>;
  /** By the order of their descriptors' digests. */
  readonly compartments: readonly SealedCompartment[];
  readonly granted?: readonly GrantedWrap[];
};

/** Where an envelope goes on its issuer's chain. */
export type Place = { readonly chain: ChainId; readonly seq: number; readonly prev: Digest };

/** A finished envelope. */
export type Sealed = {
  /** What goes to the hub. */
  readonly container: Uint8Array;
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  /** The next envelope's `prev`. */
  readonly headerDigest: Digest;
  readonly signature: Uint8Array;
  readonly routing: Routing;
  /** By the order of their descriptors' digests. */
  readonly compartments: readonly SealedCompartment[];
};

/** Stands for the digest that only the chain's head decides. */
const ANY_ROUTING = '0'.repeat(64) as Digest;
const SALT_LENGTH = 32;
const SESSION_KEY_LENGTH = 32;
/** What header, routing, signature and the container's own framing can take at most, with room to spare. */
const OVERHEAD = 16 * 1024;
/** CBOR and hexadecimal digests around one wrap and its opening. */
const OVERHEAD_PER_RECIPIENT = 512;

/** Seals events: `prepare` does the encrypting before any lock, `finish` is the little that needs the chain's head. */
export class Sealer {
  constructor(
    private readonly openpgp: OpenPgp,
    private readonly random: Random,
  ) {}

  /**
   * Wraps, encrypts and describes every compartment. May be thrown away.
   * @throws {TypeError} when a recipient's certificate has no such subkey
   */
  async prepare(draft: Draft): Promise<Prepared | Refusal<SealCode>> {
    const { id, stream, type, schema, issuer, at, granted = [] } = draft;
    const core: HeaderCore = { v: 1, id, stream, type, schema, issuer, at };
    const said = await this.#compartments(core, draft.compartments);
    if (isRefusal(said)) return said;
    const entrusted = (await draft.entrusting?.(said)) ?? [];
    const more = await this.#compartments(core, entrusted);
    if (isRefusal(more)) return more;
    const compartments = [...said, ...more];
    const names = new Set(compartments.map(({ name }) => name));
    if (names.size !== compartments.length || said.length === 0) return malformed();
    const slots = classFor(COMPARTMENT_CLASSES, compartments.length);
    if (slots === undefined)
      return refuse(
        'too-many-compartments',
        'the event has more compartments than an envelope may',
      );
    compartments.sort((a, b) => (a.descriptorDigest < b.descriptorDigest ? -1 : 1));
    if (sizeOf(compartments) + OVERHEAD_PER_RECIPIENT * granted.length > LARGEST)
      return refuse('too-large', 'the event is larger than an envelope may be');

    const digests = compartments.map(({ descriptorDigest }) => descriptorDigest);
    const header = { ...core, compartments: this.#padded(digests, slots) };
    // INVARIANT: nothing is sealed that a reader would refuse.
    if (formatHeader({ ...header, routing: ANY_ROUTING }) === undefined) return malformed();
    return { header, compartments, granted };
  }

  /** Places a prepared envelope on its chain and signs it. The same `prepared` may be finished again at another place. */
  async finish(prepared: Prepared, place: Place, signer: SecretKey): Promise<Sealed> {
    const { compartments, granted = [] } = prepared;
    const { chain, seq, prev } = place;
    const routing: Routing = { salt: this.#salt(), chain, seq, prev };
    const routingBytes = canonical(routing);
    const header: Header = { ...prepared.header, routing: sha256(routingBytes) };
    const headerBytes = canonical(header);
    const signature = await signBytes(this.openpgp, 'header', headerBytes, signer);
    const container = formatContainer({
      header: headerBytes,
      signature,
      routing: routingBytes,
      descriptors: compartments.map(({ descriptorBytes }) => descriptorBytes),
      bodies: by(compartments, ({ body }) => body),
      openings: by(compartments, ({ openings }) => openings),
      wraps: new Map([
        ...by(compartments, ({ wraps }) => wraps),
        ...granted.map(
          ({ descriptor, agency, wrap }) => [descriptor, new Map([[agency, wrap]])] as const,
        ),
      ]),
    });
    return {
      container,
      header,
      headerBytes,
      headerDigest: sha256(headerBytes),
      signature,
      routing,
      compartments,
    };
  }

  async #compartments(
    core: HeaderCore,
    drafts: readonly CompartmentDraft[],
  ): Promise<readonly SealedCompartment[] | Refusal<SealCode>> {
    const pending: Promise<SealedCompartment | Refusal<SealCode>>[] = [];
    for (const compartment of drafts) pending.push(this.#compartment(core, compartment));
    const compartments: SealedCompartment[] = [];
    for (const outcome of await Promise.all(pending)) {
      if (isRefusal(outcome)) return outcome;
      compartments.push(outcome);
    }
    return compartments;
  }

  async #compartment(
    core: HeaderCore,
    draft: CompartmentDraft,
  ): Promise<SealedCompartment | Refusal<SealCode>> {
    const { name, classification, retention, facts } = draft;
    const agencies = new Set(draft.to.map(({ certificate }) => certificate.fingerprint));
    if (agencies.size !== draft.to.length || agencies.size === 0) return malformed();
    const places = classFor(AUDIENCE_CLASSES, draft.to.length);
    if (places === undefined)
      return refuse('too-many-recipients', 'a compartment has more recipients than it may');
    const frame = formatFrame(draft.frame);
    if (isRefusal(frame)) return frame;

    // All randomness is drawn before the first wait, so that the same source gives the same envelope. What needs no more than
    // the key is begun at once, and the rest drawn while it is under way.
    const sessionKey = this.random(SESSION_KEY_LENGTH);
    const audience = [...draft.to].sort((a, b) =>
      a.certificate.fingerprint < b.certificate.fingerprint ? -1 : 1,
    );
    const encrypting = Promise.all([
      this.openpgp.encrypt(sessionKey, frame),
      ...audience.map(({ certificate, subkey }) =>
        this.openpgp.wrap(sessionKey, certificate, subkey),
      ),
    ]);
    const salt = this.#salt();
    const recipients = audience.map(({ certificate: { fingerprint: agency } }) => ({
      agency,
      salt: this.#salt(),
    }));
    const dummies = this.#dummies(places - recipients.length);

    const [body, ...wrapped] = await encrypting;
    const wraps = new Map<Fingerprint, Uint8Array>();
    const openings = recipients.map(({ agency, salt }, at): Opening => {
      const wrap = wrapped[at] ?? new Uint8Array();
      wraps.set(agency, wrap);
      return { agency, salt, wrap: sha256(wrap) };
    });
    const to = [
      ...openings.map((opening) => audienceDigest(opening.salt, opening.agency, opening.wrap)),
      ...dummies,
    ].sort();

    const descriptor: Descriptor = {
      salt,
      name,
      classification,
      handling: [...draft.handling].sort(),
      retention,
      facts,
      to,
      length: body.length,
      body: sha256(body),
      key: commitmentOf(sessionKey, contextOf(core, name, to)),
    };
    // INVARIANT: nothing is sealed that a reader would refuse.
    const descriptorBytes = formatDescriptor(descriptor);
    if (descriptorBytes === undefined) return malformed();
    const descriptorDigest = sha256(descriptorBytes);
    return {
      name,
      descriptor,
      descriptorBytes,
      descriptorDigest,
      body,
      sessionKey,
      openings,
      wraps,
    };
  }

  #padded(digests: readonly Digest[], length: number): readonly Digest[] {
    return [...digests, ...this.#dummies(length - digests.length)].sort();
  }

  #dummies(count: number): readonly Digest[] {
    return Array.from({ length: count }, () => this.#salt());
  }

  #salt(): Digest {
    return hex(this.random(SALT_LENGTH)) as Digest;
  }
}

const malformed = (): Refusal<'draft-malformed'> =>
  refuse('draft-malformed', 'the event to be sealed is not of its form');

const classFor = (classes: readonly number[], count: number): number | undefined =>
  classes.find((size) => count <= size);

const by = <T>(
  compartments: readonly SealedCompartment[],
  part: (compartment: SealedCompartment) => T,
): ReadonlyMap<Digest, T> =>
  new Map(compartments.map((compartment) => [compartment.descriptorDigest, part(compartment)]));

/** An upper bound of the finished container, so that `finish`, under a lock, has nothing left to refuse. */
const sizeOf = (compartments: readonly SealedCompartment[]): number =>
  compartments.reduce(
    (size, { body, descriptorBytes, openings }) =>
      size + body.length + descriptorBytes.length + OVERHEAD_PER_RECIPIENT * (1 + openings.length),
    OVERHEAD,
  );
