import { parseDescriptor, parseEntitled, parseHeader, sha256 } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Instant,
  isRefusal,
} from '@tripoint/kernel';
import { loadBundle, type RetentionTerm } from '@tripoint/policy';
import {
  type JournalEntry,
  type KeptShare,
  type Leaf,
  type NewErasure,
  type NewFinding,
} from '@tripoint/read-model';
import { itemOf, RECEIPTS_WITHIN } from '@tripoint/replay';

/** Who said something, and where: who keeps only shares of its keys does not know the place. */
export type SaidBy = {
  readonly issuer: AgencyId;
  readonly exchange?: ExchangeId;
  readonly leaf?: Leaf;
  /** Of which class what is held of it is, as its author has said: only who holds a descriptor knows. */
  readonly classes: ReadonlyMap<Digest, string>;
};

export const saidBy = (entry: JournalEntry | undefined): SaidBy | undefined => {
  if (entry === undefined) return undefined;
  const { issuer, leaf } = entry.recorded;
  const classes = new Map(
    entry.descriptors.flatMap(({ descriptor, retention }) =>
      retention === undefined ? [] : [[descriptor, retention]],
    ),
  );
  return { issuer, exchange: entry.exchange, ...(leaf === undefined ? {} : { leaf }), classes };
};

/** Whose keys a share is of: the header is with it, and was verified when it came. */
export const entrustedBy = (shares: readonly KeptShare[]): SaidBy | undefined => {
  const parts = shares.flatMap(({ part }) => {
    const parsed = parseEntitled(part);
    return isRefusal(parsed) ? [] : [parsed];
  });
  const header = parts[0] && parseHeader(parts[0].header);
  if (header === undefined || isRefusal(header)) return undefined;
  const classes = parts
    .flatMap(({ compartments }) => compartments)
    .flatMap(({ descriptor }): (readonly [Digest, string])[] => {
      const read = parseDescriptor(descriptor);
      return isRefusal(read) ? [] : [[sha256(descriptor), read.retention]];
    });
  return { issuer: header.issuer, classes: new Map(classes) };
};

/** What is held of something and what is kept of its keys: of the one the place is known, of both the class. */
export const knownBy = (
  entry: JournalEntry | undefined,
  shares: readonly KeptShare[],
): SaidBy | undefined => {
  const [held, kept] = [saidBy(entry), entrustedBy(shares)];
  if (held === undefined || kept === undefined) return held ?? kept;
  return { ...held, classes: new Map([...kept.classes, ...held.classes]) };
};

/** When the time to be kept was over, of what nobody has ordered to be forgotten. */
export const termOf = ({ until }: Pick<NewErasure, 'until'>): Instant =>
  new Date(Date.parse(until) - RECEIPTS_WITHIN).toISOString() as Instant;

/** Why an order to forget what was said is none: not by who may give it, or by a term that no rules have set. */
export const orderFault = (
  registry: RegistryCopy,
  order: NewErasure,
  at: Leaf,
  said: SaidBy,
): Omit<NewFinding, 'event'> | undefined => {
  const { by, exchange, originator } = order;
  const mayOrder =
    by === undefined
      ? said.issuer === originator
      : by === said.issuer || registry.latest.agency(by)?.kind === 'OVERSIGHT';
  if (!mayOrder || (said.exchange ?? exchange) !== exchange)
    return {
      code: 'erasure-not-by-provider',
      detail: 'an agency has forgotten what another has said',
    };
  return by !== undefined || isOverTerm(registry, order, at, said)
    ? undefined
    : {
        code: 'erasure-without-term',
        detail: 'the log has something forgotten for which no rules have set that time',
      };
};

/** Validating rules is expensive, and the same bytes are asked about again and again. */
const terms = new WeakMap<Uint8Array, readonly RetentionTerm[]>();

const termsIn = (bytes: Uint8Array | undefined): readonly RetentionTerm[] => {
  if (bytes === undefined) return [];
  const known = terms.get(bytes);
  if (known !== undefined) return known;
  const bundle = loadBundle(bytes);
  const read = isRefusal(bundle) ? [] : bundle.retention;
  terms.set(bytes, read);
  return read;
};

/**
 * Whether rules that the roots have signed have what was said forgotten just then. The log's own word is not enough: nothing in such a
 * leaf is signed but by its key. Of several terms, a thing goes by that of its own class: all that is held of what is named is of it.
 */
const isOverTerm = (
  registry: RegistryCopy,
  { item, event, descriptors, ...order }: NewErasure,
  at: Leaf,
  { leaf: said, classes }: SaidBy,
): boolean => {
  const isOf = (retention: string): boolean =>
    descriptors.every((one) => (classes.get(one) ?? retention) === retention);
  const due = Date.parse(termOf(order));
  const inForce =
    said === undefined ? registry.history.all : [registry.history.at(BigInt(said.index))];
  return (
    due <= Date.parse(at.time) &&
    inForce.some((one) =>
      termsIn(one.policyBundle()?.bytes).some(
        ({ retention, seconds }) =>
          itemOf(event, retention) === item &&
          isOf(retention) &&
          (said === undefined || Date.parse(said.time) + seconds * 1000 === due),
      ),
    )
  );
};
