import { Injectable } from '@nestjs/common';

/** Resolves when the thing is usable and throws otherwise. Asked every few seconds, so it must be cheap. */
export type ReadinessCheck = () => Promise<void> | void;

/** What one check found. */
export type CheckResult = { readonly name: string; readonly ready: boolean };

const PATIENCE_MS = 2_000;

/** The checks behind `/health/ready`. Whoever owns a connection adds its own. */
@Injectable()
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>();

  add(name: string, check: ReadinessCheck): void {
    this.#checks.set(name, check);
  }

  /** Runs every check at once. One that hangs counts as not ready. */
  async report(patienceMs = PATIENCE_MS): Promise<readonly CheckResult[]> {
    return Promise.all(
      [...this.#checks].map(async ([name, check]) => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<boolean>((resolve) => {
          timer = setTimeout(() => {
            resolve(false);
          }, patienceMs);
        });
        const asked = (async () => check())().then(
          () => true,
          () => false,
        );
        const ready = await Promise.race([asked, late]);
        clearTimeout(timer);
        return { name, ready };
      }),
    );
  }
}
