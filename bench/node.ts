// One of our programs as it is shipped, told by its environment and nothing else, which can be asked what it uses. Its name is
// the argument: `hub`.
import { Profiled } from './profiled.js';

export type NodeAsked = 'usage' | 'profile' | 'shares';

/** What a process has used so far. */
export type Usage = {
  /** Bytes that are still needed: what is garbage is collected before it is looked at. */
  readonly heap: number;
  /** Bytes of the process, whatever for. */
  readonly rss: number;
  /** Seconds of processor time, of all its threads; what being asked took is not counted. */
  readonly cpu: number;
};

const profiled = await Profiled.here();
const used = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
/** Seconds of processor time that looking took. */
let looking = 0;

process.on('message', (asked: NodeAsked) => {
  const answer = async (): Promise<unknown> => {
    switch (asked) {
      case 'usage': {
        const before = used();
        const cpu = before - looking;
        globalThis.gc?.();
        const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
        looking += used() - before;
        return { heap: heapUsed + arrayBuffers, rss, cpu } satisfies Usage;
      }
      case 'profile':
        await profiled.begin();
        return { profiling: true };
      case 'shares':
        return { shares: await profiled.end() };
    }
  };
  void answer().then((said) => process.send?.(said));
});
// Being asked is nothing to stay for; and nobody is left to ask when whoever started it has gone.
process.channel?.unref();
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
});

await import(`../apps/${process.argv[2] ?? ''}/src/main.js`);
