import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { rewrappedDigest } from '@tripoint/envelope';
import { type Epoch, RegistryCopy } from '@tripoint/federation';
import { type Digest, type Fingerprint, HubError, isRefusal, pause } from '@tripoint/kernel';
import { formatSubmission, submissionsTopic } from '@tripoint/ledger';
import { supervise } from '@tripoint/platform';
import { type OwnWrap, type RemadeBatch } from '@tripoint/read-model';
import { heldKey } from './delivery/held-key.js';
import { ProjectorOptions } from './projector.options.js';

/** Wraps that are made again in one transaction, and go to the hub in one message. */
const AT_ONCE = 256;
/** How often it is looked for an epoch that was retired, in milliseconds. */
const LOOK_AGAIN = 1_000;
/** A batch of which nothing was heard is sent again after this long, in milliseconds. */
const SEND_AGAIN = 10_000;
/** After so many looks at a key that should be gone, somebody is told. */
const SAY_AFTER = 10;
/** After so many times the signature is made again: the key that made it may have been replaced meanwhile. */
const SIGN_AGAIN = 6;

/**
 * Carries our own wraps from an epoch that was retired to the one in force: here in our database, and at the hub, which has to say
 * that it keeps them. Only then may the old subkey's secret be destroyed. Each step is one transaction and may be repeated;
 * what was forgotten meanwhile does not come back. It signs nothing: the front door signs for the wraps by their digest.
 */
@Injectable()
export class Epochs implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  /** When each batch was sent, and how often. */
  readonly #sent = new Map<Digest, { at: number; times: number }>();
  /** Destroyed ones of which nothing is held any more. */
  readonly #dropped = new Set<Fingerprint>();
  /** How often others of them were found to be there still. */
  readonly #held = new Map<Fingerprint, number>();
  /** Epochs of which something would not open with our key: said once. */
  readonly #stuck = new Set<Fingerprint>();

  constructor(private readonly projector: ProjectorOptions) {}

  onApplicationBootstrap(): void {
    const { log } = this.projector;
    this.#running = supervise('epochs', (stop) => this.run(stop), log, this.#stop.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { agency, anchor, openpgp, remaking, views } = this.projector;
    const registry = await RegistryCopy.begin(openpgp, anchor);
    while (!signal.aborted) {
      const enough = new AbortController();
      const either = AbortSignal.any([signal, enough.signal]);
      // Listening before looking.
      const news = remaking.waiting(either);
      await registry.catchUp((after, limit) => views.registry(after, limit));
      for (const epoch of registry.latest.epochs(agency))
        if (epoch.destroyed !== undefined) await this.#drop(epoch);
        else if (epoch.retired !== undefined) await this.#remake(epoch, registry, signal);
      for (const batch of await remaking.unconfirmed()) await this.#send(batch);
      try {
        await Promise.race([news, pause(LOOK_AGAIN, either)]);
      } finally {
        enough.abort();
      }
    }
  }

  /** What the log says to be destroyed is not kept in memory. Where it still lies in a file, that is said, once. */
  async #drop({ subkey }: Epoch): Promise<void> {
    const { agency, drop, log } = this.projector;
    try {
      if (this.#dropped.has(subkey)) return;
      if (await drop(subkey)) this.#dropped.add(subkey);
      else {
        // Somebody may be about to put the folder in order.
        const tries = (this.#held.get(subkey) ?? 0) + 1;
        this.#held.set(subkey, tries);
        if (tries === SAY_AFTER)
          log.error('a decryption key that is said to be destroyed is still there', { agency });
      }
    } catch (thrown) {
      if (!(thrown instanceof HubError)) throw thrown;
      log.warn('the decryption keys cannot be read', { agency, code: thrown.code });
    }
  }

  async #remake(epoch: Epoch, registry: RegistryCopy, signal: AbortSignal): Promise<void> {
    const { agency, openpgp, remaking } = this.projector;
    for (;;) {
      const kept = signal.aborted ? [] : await remaking.wrappedTo(epoch.subkey, AT_ONCE);
      const next = registry.latest.recipient(agency);
      const key = kept.length === 0 ? undefined : await heldKey(this.projector, epoch.subkey);
      if (next === undefined || key === undefined) return;
      const made: OwnWrap[] = [];
      for (const { descriptor, wrap } of kept) {
        const sessionKey = await openpgp.unwrap(wrap, key);
        if (isRefusal(sessionKey)) continue;
        made.push({
          descriptor,
          wrap: await openpgp.wrap(sessionKey, next.certificate, next.subkey),
        });
        sessionKey.fill(0);
      }
      if (made.length < kept.length) this.#say(epoch, kept.length - made.length);
      if (made.length === 0) return;
      await remaking.remade(rewrappedDigest(made), epoch.subkey, next.subkey, made);
    }
  }

  #say({ subkey }: Epoch, count: number): void {
    if (this.#stuck.has(subkey)) return;
    this.#stuck.add(subkey);
    const { agency, log } = this.projector;
    log.error('wraps cannot be made again: the key does not open them', { agency, count });
  }

  async #send({ batch, wraps, signature }: RemadeBatch): Promise<void> {
    const { agency, bus, remaking } = this.projector;
    // Something of it was forgotten since, or was not there any more when it was made.
    const now = wraps.length === 0 ? undefined : rewrappedDigest(wraps);
    if (now !== batch) {
      await remaking.rename(batch, now);
      return;
    }
    if (signature === undefined) return;
    const sent = this.#sent.get(batch) ?? { at: Number.NEGATIVE_INFINITY, times: 0 };
    if (performance.now() - sent.at < SEND_AGAIN) return;
    if (sent.times === SIGN_AGAIN) {
      this.#sent.delete(batch);
      await remaking.unsign(batch);
      return;
    }
    const value = formatSubmission({ kind: 'rewrapped', signature, wraps });
    await bus.publish(submissionsTopic(agency), [{ value }]);
    this.#sent.set(batch, { at: performance.now(), times: sent.times + 1 });
  }
}
