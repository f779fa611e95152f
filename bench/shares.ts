import { type Profiler } from 'node:inspector';

const PROFILER = 'the profiler';

/** What runs, by where its code lies; the first that fits counts. */
const PLACES: readonly (readonly [string, RegExp])[] = [
  [PROFILER, /node:inspector/],
  ['openpgp.js and WebCrypto', /node_modules\/openpgp|node:internal\/crypto|node:internal\/webidl/],
  ['Cedar', /cedar|wasm/],
  [
    'PostgreSQL client',
    /node_modules\/(pg|pg-[a-z]+|postgres-[a-z]+)\/|node:internal\/streams|node:net/,
  ],
  [
    'HTTP and validation',
    /node_modules\/(@nestjs|fastify|@fastify|class-|find-my-way|rxjs)|libs\/(platform|contracts)|node:_?http|node:internal\/http/,
  ],
  ['envelope', /libs\/envelope/],
  ['policy and replay', /libs\/(policy|replay|federation|transparency)/],
  ['agency: decide, seal, relay', /apps\/agency|libs\/domain/],
  ['hub', /apps\/hub|libs\/ledger/],
  ['projector and views', /apps\/projector|libs\/read-model|libs\/adapters\/postgres/],
  ['ledger and bus adapters', /libs\/adapters\/embedded/],
];

/** Code without a place. */
const NATIVE: ReadonlyMap<string, string> = new Map([
  ['(idle)', 'waiting'],
  ['(garbage collector)', 'garbage collection'],
  // A job of WebCrypto's is put in the queue of the threads, and one of them is woken.
  ['run', 'openpgp.js and WebCrypto'],
  ['writev', 'sockets'],
  ['writeBuffer', 'sockets'],
  ['writeUtf8String', 'sockets'],
]);

/** Percent of the time by place, the largest first; what waits is waiting, for disks and for threads. */
export const shares = (profile: Profiler.Profile): Readonly<Record<string, number>> => {
  const places = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url } }) => [
      id,
      NATIVE.get(functionName) ??
        PLACES.find(([, where]) => where.test(url))?.[0] ??
        'Node and the rest',
    ]),
  );
  const times = new Map<string, number>();
  let whole = 0;
  for (const [at, id] of (profile.samples ?? []).entries()) {
    const place = places.get(id) ?? 'Node and the rest';
    if (place === PROFILER) continue;
    const time = profile.timeDeltas?.[at] ?? 0;
    times.set(place, (times.get(place) ?? 0) + time);
    whole += time;
  }
  return Object.fromEntries(
    [...times]
      .sort(([, a], [, b]) => b - a)
      .map(([place, time]) => [place, Math.round((time / whole) * 1000) / 10]),
  );
};
