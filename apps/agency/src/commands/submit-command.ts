import { Command } from '@nestjs/cqrs';
import { type GrantedWrap } from '@tripoint/envelope';
import { type Command as Decision, type EventType, type ItemStatus } from '@tripoint/domain';
import {
  type Digest,
  type EventId,
  type ExchangeId,
  type ItemId,
  type OfficerId,
  type Refusal,
} from '@tripoint/kernel';

/** How a repetition of an officer's command is told from a new one. */
export type CommandIdentity = {
  readonly officer: OfficerId;
  /** The `Idempotency-Key` of the request. */
  readonly key: string;
  /** SHA-256 over the whole request: the same key for another request is refused. */
  readonly request: Digest;
};

/** What a command led to: envelopes that are sealed and on their way. JSON-compatible: it is kept and answered again. */
export type Submitted = {
  readonly exchange: ExchangeId;
  readonly item: ItemId;
  /** One for each event; empty when it was so already. */
  readonly submissions: readonly EventId[];
  /** Their types, in the same order; absent in what was remembered before types were. */
  readonly types?: readonly EventType[];
  /** How the item stands, when it was so already. */
  readonly already?: ItemStatus;
};

/** An item of this agency's is to be moved by an officer, or by the agency itself. */
export class SubmitCommand extends Command<Submitted | Refusal> {
  constructor(
    readonly decision: Decision,
    readonly context: {
      readonly identity?: CommandIdentity;
      /** The version of the item that the officer saw: what is newer, recorded or on its way, refuses the command. */
      readonly seen?: string;
      /** The event that this one answers. */
      readonly causation?: EventId;
      /** The to-sign row that it carries out. */
      readonly resolves?: bigint;
      /** Keys to what was said before, made by the node that may open it; they travel with the event. */
      readonly granted?: readonly GrantedWrap[];
      /** What whoever gave the command is told, now and at every repetition, once this is on its way: why it was refused. */
      readonly answer?: Refusal;
    } = {},
  ) {
    super();
  }
}
