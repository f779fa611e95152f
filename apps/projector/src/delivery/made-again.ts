import { type Registry, type RegistryCopy } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type Fingerprint,
  isDigest,
  isEventId,
  isFingerprint,
  isRefusal,
} from '@tripoint/kernel';
import { type NewToSign } from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';
import { shareWish } from './share-wish.js';

/** A line that is asked for again and does not come is asked for once more after this long, in milliseconds. */
const ASK_AGAIN = 30_000;

/** For whom keys were made that were not handed over, and upon whose decision. */
type Made = {
  readonly kind: string;
  readonly causation: EventId;
  readonly grantee: AgencyId;
  /** Absent where there was no key to make them for. */
  readonly subkey: Fingerprint | undefined;
  /** The line that told of the decision; a share needs none, because it is kept. */
  readonly line: { readonly number: number; readonly digest: Digest } | undefined;
};

/**
 * Makes keys again that were made for a key which its agency does not have any more by the time that they could be signed for: nobody
 * has to decide it a second time. Once for each key that the registry gives whoever is to have them, so a hub cannot keep it going.
 */
export class MadeAgain {
  /** What comes of these lines is asked for again, by their number. */
  #awaited: ReadonlyMap<number, { readonly digest: Digest; readonly attempt: string }> = new Map();
  /** What was tried, and for which key: nothing else would come of it now. */
  readonly #tried = new Set<string>();
  #asked = { attempts: '', at: Number.NEGATIVE_INFINITY };

  constructor(private readonly projector: ProjectorOptions) {}

  /** Makes what is kept; answers from which number the mailbox is needed again for the rest, if it is, every now and then. */
  async look(registry: RegistryCopy): Promise<bigint | undefined> {
    const { agency, journal } = this.projector;
    const rows = (await journal.madeInVain(agency)).flatMap((row) => madeIn(row) ?? []);
    const awaited = new Map<number, { readonly digest: Digest; readonly attempt: string }>();
    for (const made of rows) {
      const attempt = attemptOf(made, registry.latest);
      if (attempt === undefined || this.#tried.has(attempt)) continue;
      if (made.line !== undefined)
        awaited.set(made.line.number, { digest: made.line.digest, attempt });
      else if (made.kind === 'share') {
        this.#tried.add(attempt);
        const entry = await journal.entry(made.causation);
        const wish = entry && (await shareWish(this.projector, registry, { entry }, []));
        if (wish !== undefined && !isRefusal(wish)) await journal.aside({ toSign: [wish] });
      }
    }
    this.#awaited = awaited;
    if (awaited.size === 0) return undefined;
    const now = performance.now();
    const attempts = [...awaited.values()].map(({ attempt }) => attempt).join();
    if (attempts === this.#asked.attempts && now - this.#asked.at < ASK_AGAIN) return undefined;
    this.#asked = { attempts, at: now };
    return BigInt(Math.min(...awaited.keys()));
  }

  /** Whether this line, which was taken before, is the one that something is made again of. */
  awaits(number: number, digest: Digest): boolean {
    return this.#awaited.get(number)?.digest === digest;
  }

  /** The line came again, and led to these wishes. */
  async came(number: number, wishes: readonly NewToSign[]): Promise<void> {
    const attempt = this.#awaited.get(number)?.attempt;
    if (attempt !== undefined) this.#tried.add(attempt);
    const toSign = wishes.filter(({ kind }) => kind === 'grant');
    if (toSign.length > 0) await this.projector.journal.aside({ toSign });
  }
}

/** For which key of the grantee's it is to be made; undefined while what was made is good, or there is none. */
const attemptOf = (
  { causation, grantee, subkey }: Made,
  registry: Registry,
): string | undefined => {
  const next = registry.recipient(grantee);
  if (next === undefined) return undefined;
  const good = registry.encryptionSubkeys(next.certificate.fingerprint);
  return subkey !== undefined && good.includes(subkey) ? undefined : `${causation} ${next.subkey}`;
};

const madeIn = ({ kind, body }: NewToSign): Made | undefined => {
  const { causation, grantee, subkey, line } = body as Readonly<Record<string, unknown>>;
  if (!isEventId(causation) || typeof grantee !== 'string') return undefined;
  const { number, digest } = (line ?? {}) as Readonly<Record<string, unknown>>;
  return {
    kind,
    causation,
    grantee: grantee as AgencyId,
    subkey: isFingerprint(subkey) ? subkey : undefined,
    line: typeof number === 'number' && isDigest(digest) ? { number, digest } : undefined,
  };
};
