import { type NoteSigner, type VerifierKey, type WitnessStore } from '@tripoint/transparency';

/** What a witness is built from; only a `main.ts` makes these. */
export abstract class WitnessOptions {
  /** The logs that it cosigns. */
  abstract readonly logs: readonly VerifierKey[];
  abstract readonly signer: NoteSigner;
  abstract readonly store: WitnessStore;
  /** Milliseconds since the epoch. */
  abstract readonly now: () => number;
}
