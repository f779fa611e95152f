import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type DraftEvent, seen, split, type RetentionClass } from '@tripoint/domain';
import {
  type Cbor,
  type CompartmentDraft,
  type GrantedWrap,
  type Place,
  type Prepared,
  type Recipient,
  Sealer,
  type SecretKey,
  systemRandom,
} from '@tripoint/envelope';
import { type Registry } from '@tripoint/federation';
import {
  type AgencyId,
  type EventId,
  HubError,
  type Instant,
  isRefusal,
  type OfficerId,
  type Refusal,
  refuse,
} from '@tripoint/kernel';
import { type SealedRow } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { compartmentFacts } from './audience.js';
import { sharesOf } from './shares.js';

/** Version of the content's schema. */
const SCHEMA = 1;
/** Retention class of what has no other rule. */
const RETENTION: RetentionClass = 'STANDARD';
/** Stands for the agency itself where no officer acted. */
const NO_OFFICER = 'agency';

/** Who acts, and what for. */
export type Occasion = {
  readonly officer: OfficerId | undefined;
  readonly at: Instant;
  readonly causation: EventId | undefined;
  readonly correlation: string | undefined;
  /** Keys to what was said before. */
  readonly granted?: readonly GrantedWrap[] | undefined;
};

/** An event that is encrypted and not yet on the chain. */
export type PreparedEvent = {
  readonly id: EventId;
  readonly draft: DraftEvent;
  readonly prepared: Prepared;
};

/** Turns decided events into envelopes: everything that is expensive before any lock, the signature under it. */
@Injectable()
export class Envelopes {
  readonly #sealer: Sealer;

  constructor(private readonly agency: AgencyOptions) {
    this.#sealer = new Sealer(agency.openpgp, systemRandom());
  }

  async prepare(
    draft: DraftEvent,
    registry: Registry,
    occasion: Occasion,
  ): Promise<PreparedEvent | Refusal> {
    const id = randomUUID() as EventId;
    const contents = new Map(
      split(seen(draft)).map(({ compartment, content }) => [compartment, content]),
    );
    const compartments = draft.audience.map(({ compartment, to }): CompartmentDraft => ({
      name: compartment,
      classification: draft.marking.classification,
      handling: draft.marking.handling,
      retention: RETENTION,
      facts: compartmentFacts(draft, compartment),
      frame: {
        event: { type: draft.type, data: contents.get(compartment) as unknown as Cbor },
        officer: occasion.officer ?? NO_OFFICER,
        causation: occasion.causation ?? null,
        correlation: occasion.correlation ?? null,
      },
      to: to.map((agency) => recipient(registry, agency)),
    }));
    const prepared = await this.#sealer.prepare({
      id,
      stream: draft.exchange,
      type: draft.family,
      schema: SCHEMA,
      issuer: this.agency.agency,
      at: occasion.at,
      compartments,
      entrusting: (sealed) => sharesOf(sealed, registry),
      ...(occasion.granted === undefined ? {} : { granted: occasion.granted }),
    });
    return isRefusal(prepared)
      ? refuse('envelope-refused', `${prepared.refused}: ${prepared.detail}`)
      : { id, draft, prepared };
  }

  /** Signs under the chain's lock. */
  async finish(
    { id, draft, prepared }: PreparedEvent,
    place: Place,
    key: SecretKey,
  ): Promise<SealedRow> {
    const sealed = await this.#sealer.finish(prepared, place, key);
    const others = new Set(draft.audience.flatMap(({ to }) => to));
    others.delete(this.agency.agency);
    return {
      event: id,
      family: draft.family,
      header: sealed.headerDigest,
      container: sealed.container,
      keys: sealed.compartments.map(({ name, descriptorDigest, sessionKey }) => ({
        compartment: name,
        descriptor: descriptorDigest,
        sessionKey,
      })),
      addressees: others.size,
    };
  }
}

/** Why nothing can be sealed to the agency, now or until the registry says otherwise. */
export type ClosedTo = Refusal<'recipient-suspended' | 'recipient-revoked'>;

export const isClosedTo = ({ refused }: Refusal): boolean =>
  refused === 'recipient-suspended' || refused === 'recipient-revoked';

/** Why nobody may seal these: some agency that they mean to reach is suspended or has no certificate any more. */
export const closedAmong = (
  drafts: readonly DraftEvent[],
  registry: Registry,
): ClosedTo | undefined =>
  drafts
    .flatMap(({ audience }) => audience.flatMap(({ to }) => to))
    .map((one) => closedTo(registry, one))
    .find((closed) => closed !== undefined);

const closedTo = (registry: Registry, agency: AgencyId): ClosedTo | undefined => {
  if (registry.encryptionCertificate(agency) !== undefined) return undefined;
  if (registry.agency(agency)?.suspended === true)
    return refuse('recipient-suspended', `${agency} is suspended: nothing is sealed to it`);
  return registry.certificatesOfAgency(agency).length === 0
    ? undefined
    : refuse(
        'recipient-revoked',
        `the certificate of ${agency} was revoked: nothing is sealed to it`,
      );
};

const recipient = (registry: Registry, agency: AgencyId): Recipient => {
  const certificate = registry.encryptionCertificate(agency)?.certificate;
  const subkey = certificate?.encryption[0];
  if (certificate === undefined || subkey === undefined)
    throw new HubError('no-encryption-key', `${agency} has no key that may be encrypted to`, true);
  return { certificate, subkey };
};
