import { type PolicyWitness } from '@tripoint/transparency';

/** A witness that could not be reached is tried again after so long, in milliseconds. */
const AGAIN_AFTER = 10_000;
const PATIENCE = 5_000;

/**
 * Brings what speaks against a log to every witness of a policy, by a way that does not pass the hub: it is the hub that would have to
 * explain it. Each is brought each once; one that is away is tried again.
 */
export class EvidenceBearer {
  readonly #brought = new Set<string>();
  #triedAt = Number.NEGATIVE_INFINITY;

  /** `away` is told of a witness that could not be reached. */
  constructor(
    private readonly witnesses: readonly Pick<PolicyWitness, 'name' | 'url'>[],
    private readonly away: (witness: string) => void,
  ) {}

  /** Brings it, by name. Never throws. */
  async bring(evidence: ReadonlyMap<string, Uint8Array>): Promise<void> {
    if (evidence.size === 0 || performance.now() - this.#triedAt < AGAIN_AFTER) return;
    this.#triedAt = performance.now();
    await Promise.all(
      this.witnesses.map(async ({ name, url }) => {
        if (url === null) return;
        for (const [what, bytes] of evidence) {
          const key = `${name} ${what}`;
          if (this.#brought.has(key)) continue;
          if (await brought(url, bytes)) this.#brought.add(key);
          else this.away(name);
        }
      }),
    );
  }
}

const brought = async (url: string, bytes: Uint8Array): Promise<boolean> => {
  const answered = await fetch(new URL('evidence', url.endsWith('/') ? url : `${url}/`), {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: new Uint8Array(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => undefined);
  await answered?.body?.cancel().catch(() => undefined);
  return answered?.ok === true;
};
