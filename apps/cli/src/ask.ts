import { UsageError } from './command.js';

const ENTER = /^[\r\n]$/;
const STOP = '\u0003';
const BACK = /^[\b\u007f]$/;

/** Asks somebody at the terminal for a line that is not shown. @throws {UsageError} when nobody sits there */
export const askHidden = (question: string): Promise<string> => {
  const { stdin, stderr } = process;
  if (!stdin.isTTY)
    return Promise.reject(new UsageError('bad-arguments', 'what has to be typed needs a terminal'));
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.resume();
  stdin.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let line: string[] = [];
    const done = (): void => {
      stdin.off('data', hear);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const hear = (typed: string): void => {
      for (const letter of typed) {
        if (letter === STOP) {
          done();
          reject(new UsageError('bad-arguments', 'stopped'));
          return;
        }
        if (ENTER.test(letter)) {
          done();
          resolve(line.join(''));
          return;
        }
        line = BACK.test(letter) ? line.slice(0, -1) : [...line, letter];
      }
    };
    stdin.on('data', hear);
  });
};
