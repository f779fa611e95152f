import { type Refusal } from '@tripoint/kernel';
import { type Tile } from '@tripoint/transparency';
import { type LogExport } from './log-export.js';

/**
 * Where an auditor reads a log. Whoever serves it is not believed: every answer may be wrong, missing or hostile.
 * @throws {HubError} `hub-away` (retriable) when nothing can be read at all, `token-refused` when the reader is not let in
 */
export abstract class LogSource {
  /** The newest signed checkpoint; undefined before the first leaf. */
  abstract checkpoint(): Promise<Uint8Array | undefined>;
  /** The newest checkpoint that witnesses have cosigned; undefined when there is none, or nobody is asked to. */
  abstract cosigned(): Promise<Uint8Array | undefined>;
  /** The content of one tile; undefined when there is no such tile. */
  abstract tile(tile: Tile): Promise<Uint8Array | undefined>;
  /** What shows that the tree of `to` leaves begins with the tree of `from` leaves; undefined when there is no such tree. */
  abstract consistencyProof(from: number, to: number): Promise<readonly Uint8Array[] | undefined>;
  /** At most `count` leaves from `first` on; fewer, when there are no more or they are large. */
  abstract entries(
    first: number,
    count: number,
  ): Promise<LogExport | Refusal<'malformed-export'> | undefined>;
}
