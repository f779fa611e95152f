import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { sha256, utf8 } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  HubError,
  type Instant,
  isRefusal,
  type ItemId,
  pause,
  type Refusal,
} from '@tripoint/kernel';
import { MerkleTree } from '@tripoint/transparency';
import { AgencyOptions } from '../agency.options.js';
import { ChainGuard } from '../chain/chain-guard.js';
import { SubmitCommand, type Submitted } from '../commands/submit-command.js';

const HOURLY = 3_600;
/** How often it is asked whether a root is due. */
const LOOK_EVERY = 5_000;
/** How long what was refused is left before it is tried again. */
const REFUSED_FOR = 10 * 60_000;

/**
 * Publishes, once an hour, the root over the record of who read what here. What stands under a root that is in the log can be
 * taken back by nobody, this process and its database role included; whatever was read since the last one still could.
 */
@Injectable()
export class ReadRootLoop {
  #since: number | undefined;

  constructor(
    private readonly agency: AgencyOptions,
    private readonly guard: ChainGuard,
    private readonly commands: CommandBus,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    this.#since ??= this.agency.now();
    while (!signal.aborted) {
      let refused = false;
      try {
        if (this.guard.confirmed !== undefined && (await this.#isDue()))
          refused = isRefusal(await this.publish());
      } catch (thrown) {
        // No key, no quorum, no store: as soon as there is one.
        if (!(thrown instanceof HubError) || !thrown.retriable) throw thrown;
      }
      await pause(refused ? REFUSED_FOR : LOOK_EVERY, signal);
    }
  }

  /** Publishes the root as it stands now. Several processes of one agency that do so at once publish one. */
  async publish(): Promise<Submitted | Refusal> {
    const { agency, log, now, reads } = this.agency;
    const before = await reads.published();
    const { size } = await reads.head();
    const tree = new MerkleTree();
    for (const hash of await reads.hashes(size)) tree.append(Buffer.from(hash, 'hex'));
    const since = before?.size ?? 0;
    const outcome = await this.commands.execute(
      new SubmitCommand({
        type: 'PublishReadRoot',
        ...placeAfter(agency, before?.event),
        by: { agency },
        at: new Date(now()).toISOString() as Instant,
        data: {
          size: tree.size,
          root: tree.root().toString('hex') as Digest,
          since,
          proof:
            since > tree.size
              ? []
              : tree.consistencyProof(since).map((hash) => hash.toString('hex') as Digest),
        },
      }),
    );
    if (isRefusal(outcome))
      log.error('the root over the read log could not be published', {
        agency,
        code: outcome.refused,
      });
    return outcome;
  }

  async #isDue(): Promise<boolean> {
    const { now, readRootEverySeconds = HOURLY, reads } = this.agency;
    const before = await reads.published();
    const [first] = before === undefined ? await reads.rows(0n, 1) : [];
    const since = Date.parse(before?.at ?? first?.at ?? '') || (this.#since ?? now());
    return now() - since >= readRootEverySeconds * 1000;
  }
}

/**
 * Where the next root is said: in an exchange of its own, so that none grows without end, and in the same one for all who mean
 * to publish after the same root.
 */
const placeAfter = (
  agency: AgencyId,
  before: EventId | undefined,
): { readonly exchange: ExchangeId; readonly item: ItemId } => {
  const digest = sha256(utf8(`tripoint/read-root/v1\n${agency}\n${before ?? ''}`));
  return {
    exchange: uuidOf(digest.slice(0, 32)) as ExchangeId,
    item: uuidOf(digest.slice(32)) as ItemId,
  };
};

/** 32 hexadecimal digits in the form of a random UUID. */
const uuidOf = (digits: string): string =>
  `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
