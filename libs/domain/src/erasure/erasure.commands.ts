import { type AgencyId, type Digest, type EventId, type Instant } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type Scope } from '../release/release.events.js';
import { type ErasureGround, type KeptBecause, type PurgedStore } from '../vocabulary/index.js';

type Order = Scope & {
  /** Of these compartments. */
  readonly descriptors: readonly Digest[];
  /** Who said it: as the node holds it, or as the log shows it to an authority. */
  readonly saidBy: AgencyId;
  readonly ground: ErasureGround;
  /** By when everybody who holds it is to have said that it is gone. */
  readonly until: Instant;
};

export type ErasureCommand =
  /** By who said it: nobody else of its exchange has it erased. */
  | CommandOf<'OrderErasure', Order>
  /** By an authority, which names what it has not read. */
  | CommandOf<'ImposeErasure', Order>
  | CommandOf<
      'ConfirmErasure',
      {
        /** Who said what is gone. */
        readonly to: AgencyId;
        readonly event: EventId;
        /** In the order of the vocabulary. */
        readonly stores: readonly PurgedStore[];
        /** When the last backup that holds it is deleted. */
        readonly backupsUntil: Instant;
        readonly kept?: readonly KeptBecause[];
      }
    >;
