import { type Epoch, type Registry } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type Fingerprint,
  refuse,
  type Refusal,
} from '@tripoint/kernel';

/** What one agency was given, or was meant to be, and the epochs to which the key to it may have been wrapped. */
export type Wrapped = { readonly agency: AgencyId; readonly epochs: readonly Epoch[] };

/**
 * Who was ever wrapped a key to what, and when subkeys were retired: folded from the log. The log keeps no wraps and says of none
 * to which subkey it was made; but nothing is wrapped to a subkey before it is registered or from its retirement on, and
 * what is live follows the epochs of its holder. So it says to which it can have been.
 */
export class Epochs {
  /** Whom somebody meant to hand a descriptor on to, whatever became of it. */
  readonly #granted = new Map<Digest, Set<AgencyId>>();
  /** When each was retired, in milliseconds since the epoch. */
  readonly #retiredAt = new Map<Fingerprint, number>();

  /** A wrap came for `agency` of what was said before. */
  granted(descriptor: Digest, agency: AgencyId): void {
    const before = this.#granted.get(descriptor);
    if (before === undefined) this.#granted.set(descriptor, new Set([agency]));
    else before.add(agency);
  }

  grantees(descriptor: Digest): readonly AgencyId[] {
    return [...(this.#granted.get(descriptor) ?? [])];
  }

  retired(subkey: Fingerprint, time: number): void {
    this.#retiredAt.set(subkey, time);
  }

  /** From when on its destruction may be stated, in milliseconds since the epoch; undefined where it is not retired. */
  keptUntil({ subkey, keepSeconds = 0 }: Epoch): number | undefined {
    const retired = this.#retiredAt.get(subkey);
    return retired === undefined ? undefined : retired + keepSeconds * 1000;
  }

  /** Why the destruction of `epoch` is not taken at `time` of the log. */
  tooEarly(epoch: Epoch, time: number): Refusal<'epoch-kept'> | undefined {
    const until = this.keptUntil(epoch);
    return until !== undefined && time < until
      ? refuse('epoch-kept', `its secret is kept until ${new Date(until).toISOString()}`)
      : undefined;
  }
}

/** The epochs of those to whom something was wrapped at leaf `from`, until its wraps were deleted at leaf `until`. */
export const wrappedBetween = (
  registry: Registry,
  agencies: Iterable<AgencyId>,
  from: number,
  until: number,
): readonly Wrapped[] =>
  [...new Set(agencies)].sort().map((agency) => ({
    agency,
    epochs: registry.epochsBetween(agency, BigInt(from), BigInt(until)),
  }));

/** Whether all of these have been said to be destroyed: then nobody can open it any more, a kept copy of the wrap or not. */
export const areDestroyed = (wrapped: readonly Wrapped[]): boolean =>
  wrapped.length > 0 &&
  wrapped.every(
    ({ epochs }) => epochs.length > 0 && epochs.every(({ destroyed }) => destroyed !== undefined),
  );
