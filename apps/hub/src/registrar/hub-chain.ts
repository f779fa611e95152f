import { Injectable } from '@nestjs/common';
import {
  entryDigest,
  formatChainEntry,
  type JsonObject,
  NO_PREVIOUS_HEADER,
  parseChainEntry,
  type SecretKey,
  signStatement,
} from '@tripoint/envelope';
import { HubError, isRefusal } from '@tripoint/kernel';
import { chainStream, HUB_CHAIN, LedgerConflict } from '@tripoint/ledger';
import { HubOptions } from '../hub.options.js';
import { RecordedLog } from '../log/recorded-log.js';

/** The hub's own chain: what it states beside what it orders. */
@Injectable()
export class HubChain {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
  ) {}

  /**
   * Signs the next statement of the chain and appends it, one after the other: agencies are heard side by side, and two statements
   * that were made of the same newest entry would be in each other's way. `isNew` is asked when its turn has come and the newest
   * entry is known: what was stated meanwhile, here or by another hub, is not stated again.
   * @throws {HubError} `registrar-overtaken`, retriable, when another hub appended first
   */
  async state(
    statement: string,
    members: JsonObject,
    attachment: Uint8Array,
    isNew: () => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<void> {
    const mine = this.#turn.then(() => this.#state(statement, members, attachment, isNew));
    // The next in line must not be refused for what went wrong here: it reads the chain again.
    this.#turn = mine.catch(() => undefined);
    await mine;
  }

  async #state(
    statement: string,
    members: JsonObject,
    attachment: Uint8Array,
    isNew: () => Promise<boolean>,
  ): Promise<void> {
    const { ledger, now, openpgp } = this.hub;
    const stream = chainStream(HUB_CHAIN);
    const newest = await ledger.last(stream);
    if (!(await isNew())) return;
    const previous = newest && parseChainEntry(newest.bytes);
    const { bytes: body, signature } = await signStatement(
      openpgp,
      statement,
      {
        v: 1,
        seq: Number(newest?.revision ?? -1n) + 1,
        prev:
          previous === undefined || isRefusal(previous)
            ? NO_PREVIOUS_HEADER
            : entryDigest(previous),
        at: new Date(now()).toISOString(),
        ...members,
      },
      await this.#key(),
    );
    const entry = formatChainEntry({
      kind: 'statement',
      statement,
      body,
      signatures: [signature],
      attachment,
    });
    try {
      await ledger.append(stream, newest?.revision ?? -1n, [entry]);
    } catch (thrown) {
      if (thrown instanceof LedgerConflict)
        throw new HubError('registrar-overtaken', 'another registrar wrote first', true, {
          cause: thrown,
        });
      throw thrown;
    }
  }

  /** The key that the registry has for the hub, as soon as it lies in the folder; until then the one before. */
  async #key(): Promise<SecretKey> {
    const { log, now, signing } = this.hub;
    const { registry, size } = this.log.state;
    const isGood = (): boolean =>
      signing.key.signing.some((subkey) =>
        registry.signerAcceptedAt(HUB_CHAIN, subkey, BigInt(size), now()),
      );
    if (isGood()) return signing.key;
    try {
      await signing.reread();
    } catch (thrown) {
      if (!(thrown instanceof HubError)) throw thrown;
      log.warn('the key folder cannot be used', { code: thrown.code });
    }
    if (!isGood()) log.error('the registry has another signing key for the hub than this one');
    return signing.key;
  }
}
