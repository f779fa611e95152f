import { type Instant } from '@tripoint/kernel';

/** What a command may touch of the world; a test gives its own. */
export type Surroundings = {
  /** A line for whoever reads the result. */
  readonly out: (line: string) => void;
  /** A line about how it goes, or why it does not. */
  readonly err: (line: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Instant;
  readonly fetch: typeof fetch;
  /** Asks for a line that is not shown while it is typed; absent where nobody sits. */
  readonly ask?: (question: string) => Promise<string>;
};

/** What a command left behind: 0 done, 1 refused, 2 not understood, 3 may work later. */
export type ExitCode = 0 | 1 | 2 | 3;

/** One word of the command line. */
export type Command = {
  /** One line for the table of commands. */
  readonly summary: string;
  /** What follows the word; shown with `--help`. */
  readonly usage: string;
  readonly run: (args: readonly string[], surroundings: Surroundings) => Promise<ExitCode>;
};

/** The command line was not understood; nothing was done. */
export class UsageError extends Error {
  constructor(
    readonly code: 'unknown-command' | 'bad-arguments',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
