// What entitles a builder beyond the verdict at an event's own leaf: a grant, and the permission to use something in court.
import { type Descriptor, type Frame, type Header } from '@tripoint/envelope';
import { type Registry } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type Fingerprint,
  type Instant,
  isEventId,
  isInstant,
  isItemId,
  isRefusal,
  type ItemId,
} from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { type GrantFact, parseFacts } from '@tripoint/policy';

/** A compartment that a bundle carries. */
export type CarriedCompartment = {
  readonly digest: Digest;
  readonly descriptor: Descriptor;
  /** What it says, where its session key is disclosed. */
  readonly frame: Frame | undefined;
};

/** An event that a bundle carries. */
export type CarriedEvent = {
  readonly leaf: Leaf;
  readonly header: Header;
  readonly compartments: readonly CarriedCompartment[];
  /** What the verdicts beside it allowed the builder: of this event, and of what it grants. */
  readonly allowed: ReadonlySet<Digest>;
};

/** Who made a bundle, and when. */
export type Builder = {
  readonly agency: AgencyId;
  /** Every primary key that it has ever had. */
  readonly fingerprints: ReadonlySet<Fingerprint>;
  readonly at: Instant;
  /** Whether what an agency is said to have said at a leaf may be another's word, as the newest statement beside it has it. */
  readonly isDoubted: (agency: AgencyId, leaf: number) => boolean;
};

/** Every primary key that an agency has ever had. */
export const fingerprintsOf = (registry: Registry, agency: AgencyId): ReadonlySet<Fingerprint> =>
  new Set(registry.certificatesOfAgency(agency).map(({ certificate }) => certificate.fingerprint));

/** What a grant handed to the builder, and at which leaf. */
export type ByGrant = {
  readonly leaf: number;
  readonly name: string;
  readonly grantedAt: number;
};

/** What a permission lets the builder take to a court. */
export type ByPermission = {
  readonly leaf: number;
  readonly name: string;
  readonly askedAt: number;
  readonly permittedAt: number;
};

/** What of it no verdict, no grant and no permission covers; of events in log order. */
export type Entitled = {
  readonly grants: readonly ByGrant[];
  readonly permissions: readonly ByPermission[];
  readonly missing: readonly {
    readonly leaf: number;
    readonly name: string;
    readonly what: 'verdict' | 'permission';
  }[];
};

/** What of these events the builder holds by a grant, what it may use by a permission, and what it has no right to carry. */
export const entitling = (events: readonly CarriedEvent[], builder: Builder): Entitled => {
  const grants: ByGrant[] = [];
  const permissions: ByPermission[] = [];
  const missing: Entitled['missing'][number][] = [];
  const granting = events.flatMap((event) => grantIn(event) ?? []);
  const uses = usesIn(events, builder);
  for (const event of events) {
    const { index: leaf } = event.leaf;
    for (const compartment of event.compartments) {
      const { name, handling } = compartment.descriptor;
      if (!event.allowed.has(compartment.digest)) {
        const grant = granting.find((one) => isOf(one, event, compartment, builder));
        if (grant === undefined) missing.push({ leaf, name, what: 'verdict' });
        else grants.push({ leaf, name, grantedAt: grant.event.leaf.index });
      }
      if (!handling.includes('H1') || event.header.issuer === builder.agency) continue;
      const use = uses.find((one) => covers(one, event, name, builder));
      if (use === undefined) missing.push({ leaf, name, what: 'permission' });
      else permissions.push({ leaf, name, askedAt: use.askedAt, permittedAt: use.permittedAt });
    }
  }
  return { grants, permissions, missing };
};

type Granting = { readonly event: CarriedEvent; readonly fact: GrantFact };

const grantIn = (event: CarriedEvent): Granting | undefined => {
  const core = event.compartments.find(({ descriptor }) => descriptor.name === 'core');
  if (event.header.type !== 'grant' || core === undefined) return undefined;
  const facts = parseFacts(event.header.type, core.descriptor.facts);
  return isRefusal(facts) || facts.grant === undefined ? undefined : { event, fact: facts.grant };
};

/** The grant stands in for the author's `to` as section 7 of the envelope's SPEC says. */
const isOf = (
  { event: grant, fact }: Granting,
  said: CarriedEvent,
  { digest, descriptor }: CarriedCompartment,
  { agency, fingerprints, at }: Builder,
): boolean =>
  descriptor.name !== 'core' &&
  fact.agency === agency &&
  fingerprints.has(fact.certificate) &&
  fact.header === said.leaf.entry &&
  fact.wraps.some((one) => one.descriptor === digest) &&
  fact.until > at &&
  grant.allowed.has(digest) &&
  grant.header.issuer === said.header.issuer &&
  grant.header.stream === said.header.stream &&
  grant.leaf.index > said.leaf.index;

/** What the builder asked for, and was permitted. */
type Use = {
  readonly askedAt: number;
  readonly permittedAt: number;
  readonly stream: Header['stream'];
  readonly provider: AgencyId;
  readonly event: EventId;
  readonly compartments: readonly string[];
  readonly until: Instant;
};

const usesIn = (events: readonly CarriedEvent[], builder: Builder): readonly Use[] => {
  const asked = events.flatMap((event) => askedIn(event, builder) ?? []);
  return events.flatMap((event): readonly Use[] => {
    const { issuer: provider, stream } = event.header;
    const { index } = event.leaf;
    // Whoever had its key permits nothing in its name.
    const permitted = builder.isDoubted(provider, index) ? undefined : permittedIn(event);
    const request =
      permitted &&
      asked.find(
        (one) =>
          one.item === permitted.item &&
          one.to === provider &&
          one.stream === stream &&
          one.leaf < index,
      );
    if (permitted === undefined || request === undefined) return [];
    const { compartments, until } = permitted;
    const { event: of, leaf: askedAt } = request;
    return [{ askedAt, permittedAt: index, stream, provider, event: of, compartments, until }];
  });
};

const covers = (
  { provider, stream, event, compartments, until }: Use,
  { header }: CarriedEvent,
  name: string,
  { at }: Builder,
): boolean =>
  provider === header.issuer &&
  stream === header.stream &&
  event === header.id &&
  until > at &&
  // Nobody can be asked for a core: who permits a part permits that it is shown what it is a part of.
  (name === 'core' || compartments.includes(name));

const askedIn = (event: CarriedEvent, { agency }: Builder) => {
  const { header, leaf } = event;
  const said = coreOf(event, 'ReleaseRequested');
  if (said === undefined || header.issuer !== agency) return undefined;
  const { item, core } = said;
  const { event: of, to, grantee } = core;
  return grantee === agency && typeof of === 'string' && isEventId(of) && typeof to === 'string'
    ? { item, to, event: of, stream: header.stream, leaf: leaf.index }
    : undefined;
};

const permittedIn = (event: CarriedEvent) => {
  const said = coreOf(event, 'JudicialUsePermitted');
  if (said === undefined) return undefined;
  const { compartments, until } = said.core;
  return Array.isArray(compartments) && typeof until === 'string' && isInstant(until)
    ? {
        item: said.item,
        compartments: compartments.filter((one) => typeof one === 'string'),
        until,
      }
    : undefined;
};

/** What the core of an event of family `release` says, if it is disclosed and of this type. Its issuer controls every byte. */
const coreOf = (
  { header, compartments }: CarriedEvent,
  type: string,
): { readonly item: ItemId; readonly core: Readonly<Record<string, unknown>> } | undefined => {
  const core = compartments.find(({ descriptor }) => descriptor.name === 'core');
  const data: unknown = core?.frame?.event.data;
  if (header.type !== 'release' || !isObject(data) || data['type'] !== type) return undefined;
  const { item, core: content } = data;
  return typeof item === 'string' && isItemId(item) && isObject(content)
    ? { item, core: content }
    : undefined;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
