import { type Instant } from '@tripoint/kernel';

/** Where and when the log recorded something. */
export type Leaf = { readonly index: bigint; readonly at: Instant };
