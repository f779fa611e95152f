import { type RegistryCopy } from '@tripoint/federation';
import { isRefusal } from '@tripoint/kernel';
import { loadBundle, type RetentionTerm } from '@tripoint/policy';
import { type Delivery, type NewErasure } from '@tripoint/read-model';
import { itemOf, RECEIPTS_WITHIN } from '@tripoint/replay';

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
 * leaf is signed but by its key. `saidAt` is where it was said; who keeps only shares of its keys does not know.
 */
export const isOverTerm = (
  registry: RegistryCopy,
  { item, event, until }: NewErasure,
  { leaf }: Pick<Delivery, 'leaf'>,
  saidAt: Delivery['leaf'] | undefined,
): boolean => {
  const due = Date.parse(until) - RECEIPTS_WITHIN;
  const inForce =
    saidAt === undefined ? registry.history.all : [registry.history.at(BigInt(saidAt.index))];
  return (
    due <= Date.parse(leaf.time) &&
    inForce.some((one) =>
      termsIn(one.policyBundle()?.bytes).some(
        ({ retention, seconds }) =>
          itemOf(event, retention) === item &&
          (saidAt === undefined || Date.parse(saidAt.time) + seconds * 1000 === due),
      ),
    )
  );
};
