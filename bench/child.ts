import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

export type Asked = 'profile' | 'shares' | 'stop';
export type Ready = {
  readonly agencies: readonly { readonly id: string; readonly url: string }[];
  readonly passwords: Readonly<Record<string, string>>;
};
export type Said =
  Ready | { readonly profiling: true } | { readonly shares: Readonly<Record<string, number>> };

/** A hub in a process of its own. */
export type Child = Ready & {
  readonly profile: () => Promise<void>;
  readonly shares: () => Promise<Readonly<Record<string, number>>>;
  readonly stop: () => Promise<void>;
};

const PORTS_IN_A_ROW = 16;

const isFree = async (port: number): Promise<boolean> => {
  const probe = createServer();
  probe.listen(port, '127.0.0.1');
  const free = await once(probe, 'listening').then(
    () => true,
    () => false,
  );
  if (free) {
    probe.close();
    await once(probe, 'close');
  }
  return free;
};

const freePorts = async (): Promise<number> => {
  for (let first = 42_000; first < 60_000; first += PORTS_IN_A_ROW) {
    const row = Array.from({ length: PORTS_IN_A_ROW }, (_, at) => isFree(first + at));
    if ((await Promise.all(row)).every(Boolean)) return first;
  }
  throw new Error('no row of free ports');
};

/** Starts the standalone hub over `data` and waits until it answers. */
export const startChild = async (data: string): Promise<Child> => {
  const child = fork(
    join(import.meta.dirname, 'standalone.ts'),
    [data, String(await freePorts())],
    // Its log lines are not what is looked at; what it dies of is.
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  const exited = once(child, 'exit');
  const said = async (): Promise<Said> => {
    const outcome = await Promise.race([
      once(child, 'message'),
      exited.then(([code]) => {
        throw new Error(`the hub ended with code ${String(code)}`);
      }),
    ]);
    return outcome[0] as Said;
  };
  const asked = (question: Asked): Promise<Said> => {
    const answer = said();
    child.send(question);
    return answer;
  };
  const ready = (await said()) as Ready;
  return {
    ...ready,
    profile: async () => {
      await asked('profile');
    },
    shares: async () => {
      const answer = await asked('shares');
      return 'shares' in answer ? answer.shares : {};
    },
    stop: async () => {
      child.send('stop' satisfies Asked);
      await exited;
    },
  };
};
