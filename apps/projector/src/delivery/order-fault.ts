import { parseEntitled, parseHeader } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type AgencyId, type ExchangeId, isRefusal } from '@tripoint/kernel';
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
};

export const saidBy = (entry: JournalEntry | undefined): SaidBy | undefined => {
  if (entry === undefined) return undefined;
  const { issuer, leaf } = entry.recorded;
  return { issuer, exchange: entry.exchange, ...(leaf === undefined ? {} : { leaf }) };
};

/** Whose keys a share is of: the header is with it, and was verified when it came. */
export const entrustedBy = ([share]: readonly KeptShare[]): SaidBy | undefined => {
  const part = share && parseEntitled(share.part);
  const header = part === undefined || isRefusal(part) ? undefined : parseHeader(part.header);
  return header === undefined || isRefusal(header) ? undefined : { issuer: header.issuer };
};

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
  return by !== undefined || isOverTerm(registry, order, at, said.leaf)
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
 * leaf is signed but by its key.
 */
const isOverTerm = (
  registry: RegistryCopy,
  { item, event, until }: NewErasure,
  at: Leaf,
  said: Leaf | undefined,
): boolean => {
  const due = Date.parse(until) - RECEIPTS_WITHIN;
  const inForce =
    said === undefined ? registry.history.all : [registry.history.at(BigInt(said.index))];
  return (
    due <= Date.parse(at.time) &&
    inForce.some((one) =>
      termsIn(one.policyBundle()?.bytes).some(
        ({ retention, seconds }) =>
          itemOf(event, retention) === item &&
          (said === undefined || Date.parse(said.time) + seconds * 1000 === due),
      ),
    )
  );
};
