import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, it } from '@jest/globals';

const LOADER = new URL('../../../../scripts/typescript.mjs', import.meta.url).href;
const LIBS = new URL('../../../', import.meta.url).href;

/** A node whose one request lasts until a second one comes, and which says in which order it is taken apart. */
const PROGRAM = `
import { Controller, Get, Module } from '@nestjs/common';
const { createApp, Public, runNode, text, withDefault } = await import('${LIBS}platform/src/index.ts');
const { HubError } = await import('${LIBS}kernel/src/index.ts');
const said = (word) => process.stdout.write(JSON.stringify({ said: word }) + '\\n');
const waiting = [];
class Slow {
  slow() { return new Promise((resolve) => { waiting.push(() => resolve({ done: true })); said('asked'); }); }
}
Public()(Slow.prototype, 'slow', Object.getOwnPropertyDescriptor(Slow.prototype, 'slow'));
Get('slow')(Slow.prototype, 'slow', Object.getOwnPropertyDescriptor(Slow.prototype, 'slow'));
Controller()(Slow);
class Subject { onApplicationShutdown() { said('loops ended'); } }
Module({ controllers: [Slow] })(Subject);
process.on('SIGUSR2', () => { for (const wake of waiting) wake(); });
await runNode({
  name: 'subject',
  settings: { word: withDefault(text(), 'none') },
  readFile: () => Promise.reject(new Error('no files here')),
  start: async ({ settings, log, closing }) => {
    closing(async () => said('first closed last'));
    closing(async () => said('then this'));
    if (settings.word === 'refuse') throw new HubError('key-missing', 'a key is not there', false);
    if (settings.word === 'away') throw new HubError('store-away', 'the store is away', true);
    if (settings.word === 'bug') throw new Error('SECRET in a message');
    const app = await createApp(Subject, {
      name: 'subject', port: settings.port, host: settings.host, log,
      openapi: { title: 't', description: 'd', version: '0' },
    });
    if (settings.word === 'late') setImmediate(() => { throw new Error('SECRET in a message'); });
    return app;
  },
});
`;

type Line = { readonly said?: string; readonly message?: string; readonly port?: number };

class Subject {
  readonly lines: Line[] = [];
  readonly ended: Promise<number | null>;
  errors = '';
  #out = '';
  readonly #heard = new Set<() => void>();
  readonly process: ChildProcess;

  constructor(variables: Readonly<Record<string, string>>) {
    this.process = spawn(
      process.execPath,
      ['--import', LOADER, '--input-type=module', '--eval', PROGRAM],
      { env: { PATH: process.env['PATH'], ...variables }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.process.stdout!.on('data', (chunk: Buffer) => {
      const lines = (this.#out + chunk.toString()).split('\n');
      this.#out = lines.pop() ?? '';
      for (const line of lines) this.lines.push(JSON.parse(line) as Line);
      for (const hear of [...this.#heard]) hear();
    });
    this.process.stderr!.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
    });
    this.ended = once(this.process, 'close').then(([code]) => code as number | null);
  }

  async line(found: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const line = this.lines.find(found);
      if (line !== undefined) return line;
      await new Promise<void>((resolve, reject) => {
        const hear = (): void => {
          this.#heard.delete(hear);
          resolve();
        };
        this.#heard.add(hear);
        void this.ended.then(() => {
          reject(new Error(`it ended: ${this.errors}`));
        });
      });
    }
  }

  said(word: string): Promise<Line> {
    return this.line(({ said }) => said === word);
  }
}

const started: Subject[] = [];
const start = (variables: Readonly<Record<string, string>>): Subject => {
  const subject = new Subject(variables);
  started.push(subject);
  return subject;
};

afterAll(() => {
  for (const { process: child } of started) child.kill('SIGKILL');
});

describe('a node', () => {
  it('says line by line what is wrong with its settings, and ends with 78', async () => {
    const subject = start({ TRIPOINT_SUBJECT_PORT: 'SECRET', TRIPOINT_SUBJECT_WROD: 'SECRET' });
    expect(await subject.ended).toBe(78);
    expect(subject.errors).toBe(
      'tripoint-subject: configuration-invalid: the configuration is not usable\n' +
        '  `TRIPOINT_SUBJECT_PORT` is not a whole number from 0 to 65535\n' +
        '  `TRIPOINT_SUBJECT_WROD` is not a setting\n',
    );
    expect(subject.lines).toEqual([]);
  });

  it.each([
    ['refuse', 1, 'tripoint-subject: key-missing: a key is not there\n'],
    ['away', 75, 'tripoint-subject: store-away: the store is away\n'],
    ['bug', 70, ''],
  ])(
    'that cannot start (%s) closes what it has opened and ends with %i',
    async (word, code, said) => {
      const subject = start({ TRIPOINT_SUBJECT_PORT: '0', TRIPOINT_SUBJECT_WORD: word });
      expect(await subject.ended).toBe(code);
      expect(subject.errors).toBe(said);
      expect(subject.lines.flatMap((line) => line.said ?? [])).toEqual([
        'then this',
        'first closed last',
      ]);
      expect(JSON.stringify(subject.lines)).not.toContain('SECRET');
    },
  );

  it('logs what nobody caught without its message, and ends with 70', async () => {
    const subject = start({ TRIPOINT_SUBJECT_PORT: '0', TRIPOINT_SUBJECT_WORD: 'late' });
    expect(await subject.ended).toBe(70);
    expect(subject.errors + JSON.stringify(subject.lines)).not.toContain('SECRET');
  });

  it('answers what it was asked before it stops, then ends its loops, then closes what they use', async () => {
    const subject = start({ TRIPOINT_SUBJECT_PORT: '0' });
    const { port } = await subject.line(({ message }) => message === 'listening');
    const answer = fetch(`http://127.0.0.1:${port}/slow`);
    await subject.said('asked');
    subject.process.kill('SIGTERM');
    await subject.line(({ message }) => message === 'stopping');
    subject.process.kill('SIGUSR2');
    expect(await (await answer).json()).toEqual({ done: true });
    expect(await subject.ended).toBe(0);
    expect(subject.lines.flatMap((line) => line.said ?? [])).toEqual([
      'asked',
      'loops ended',
      'then this',
      'first closed last',
    ]);
    expect(subject.errors).toBe('');
  });
});
