import { type Registry } from '@tripoint/federation';
import { type AgencyId } from '@tripoint/kernel';

/** Who keeps shares and can be told of an order, as the registry stands. */
export const custodiansOf = (registry: Registry): readonly AgencyId[] =>
  (registry.custody?.custodians ?? []).filter((one) => registry.recipient(one) !== undefined);
