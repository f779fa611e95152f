import { type Instant } from '@tripoint/kernel';

/** Where and when the log recorded something. */
export type Leaf = { readonly index: number; readonly time: Instant };
