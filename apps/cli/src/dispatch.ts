import { HubError } from '@tripoint/kernel';
import { type Command, type ExitCode, type Surroundings, UsageError } from './command.js';
import { visibleLines } from './unseen.js';

/** Commands by the word that calls them. */
export type Commands = Readonly<Record<string, Command>>;

const asksForHelp = (word: string | undefined): boolean =>
  word === undefined || word === '--help' || word === '-h' || word === 'help';

/** The table of commands, for people. */
export const listing = (name: string, commands: Commands): string => {
  const width = Math.max(...Object.keys(commands).map((word) => word.length));
  const lines = Object.entries(commands).map(
    ([word, { summary }]) => `  ${word.padEnd(width)}  ${summary}`,
  );
  return [
    `usage: ${name} <command> …`,
    '',
    ...lines,
    '',
    `${name} <command> --help says more`,
  ].join('\n');
};

/** A command that hands over to one of its own. */
export const dispatch = (name: string, summary: string, commands: Commands): Command => ({
  summary,
  usage: listing(name, commands),
  run: async ([word, ...rest], surroundings) => {
    if (word === undefined || asksForHelp(word)) {
      surroundings.out(listing(name, commands));
      return word === undefined ? 2 : 0;
    }
    const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
    if (command === undefined)
      throw new UsageError('unknown-command', `${name} knows no command '${word}'; try --help`);
    if (rest[0] === '--help' || rest[0] === '-h') {
      surroundings.out(command.usage);
      return 0;
    }
    return command.run(rest, surroundings);
  },
});

/** Runs a command line; what goes wrong becomes one coded line and an exit code. A bug is not caught. */
export const runCommand = async (
  root: Command,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> => {
  const out = (line: string): void => {
    surroundings.out(visibleLines(line));
  };
  const err = (line: string): void => {
    surroundings.err(visibleLines(line));
  };
  try {
    return await root.run(args, { ...surroundings, out, err });
  } catch (error) {
    if (error instanceof UsageError) {
      err(`tripoint: ${error.code}: ${error.message}`);
      return 2;
    }
    if (error instanceof HubError) {
      err(`tripoint: ${error.code}: ${error.message}`);
      return error.retriable ? 3 : 1;
    }
    throw error;
  }
};
