import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const LOADER = new URL('../../../../scripts/typescript.mjs', import.meta.url).href;
const SUBJECT = pathToFileURL(fileURLToPath(new URL('./stop-signals.ts', import.meta.url))).href;

/** A program whose stopping lasts until its standard input ends. */
const PROGRAM = `
const { onStopSignal } = await import(${JSON.stringify(SUBJECT)});
onStopSignal(async () => {
  process.stdout.write('stopping\\n');
  for await (const _ of process.stdin);
});
setInterval(() => undefined, 60_000);
process.stdout.write('ready\\n');
`;

const said = async (child: ChildProcess, word: string): Promise<void> => {
  for (let text = ''; !text.includes(word);) {
    const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
    text += chunk.toString();
  }
};

const started = async (): Promise<ChildProcess> => {
  const child = spawn(
    process.execPath,
    ['--import', LOADER, '--input-type=module', '--eval', PROGRAM],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  await said(child, 'ready');
  return child;
};

describe('a signal to stop', () => {
  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'stops cleanly when %s arrives in several copies',
    async (signal) => {
      const child = await started();
      const stopping = said(child, 'stopping');
      child.kill(signal);
      await stopping;
      child.kill(signal);
      child.kill('SIGTERM');
      child.stdin!.end();
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  it('ends the process at once when it comes again', async () => {
    const child = await started();
    const ended = once(child, 'exit');
    const again = setInterval(() => child.kill('SIGTERM'), 50);
    const [status] = (await ended) as [number];
    clearInterval(again);
    expect(status).toBe(143);
  });
});
