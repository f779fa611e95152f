/** What can be wrong with a log, by class of fault. */
export type FaultCode =
  // Of the log as a whole.
  | 'checkpoint-missing'
  | 'checkpoint-refused'
  | 'log-shrunk'
  | 'other-history'
  | 'root-differs'
  | 'not-witnessed'
  | 'split-view'
  | 'tile-missing'
  | 'tile-differs'
  // Of one leaf, by itself and in its order.
  | 'leaf-missing'
  | 'export-malformed'
  | 'entry-malformed'
  | 'leaf-malformed'
  | 'leaf-out-of-place'
  | 'leaf-not-in-tree'
  | 'time-backwards'
  | 'time-ahead'
  | 'record-malformed'
  | 'record-not-committed'
  | 'records-miscounted'
  // Of what the leaf stands for.
  | 'origin-malformed'
  | 'origin-differs'
  | 'source-missing'
  | 'source-unexpected'
  | 'source-malformed'
  | 'source-differs'
  | 'source-repeated'
  | 'chain-gap'
  | 'chain-broken'
  | 'facts-not-in-schema'
  | 'body-differs'
  | 'opening-differs'
  | 'signature-refused'
  | 'statement-refused'
  | 'fork-unproved'
  // Of what was decided at it.
  | 'kind-differs'
  | 'code-differs'
  | 'late-differs'
  | 'decision-differs'
  | 'verdict-missing'
  | 'verdict-unexpected'
  | 'due-missing'
  | 'due-unexpected'
  | 'due-differs'
  | 'heads-missing'
  | 'head-differs';

/** One thing wrong, and the leaf at which it is; null when it is the log's as a whole. */
export class Fault {
  constructor(
    readonly index: number | null,
    readonly code: FaultCode,
    /** For people; never case content. */
    readonly detail: string,
  ) {}
}
