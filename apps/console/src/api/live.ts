// Live updates over fetch and not EventSource, because the request has to carry the header of the console.
import { reach } from './client';

/** Where something changed; never what. */
export type Change = {
  readonly kind: string;
  readonly exchange?: string;
  readonly item?: string;
  readonly event?: string;
};

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** The lines of one block of a stream, as far as they matter here. */
const blockOf = (block: string): { id?: string; change?: Change } => {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const id = field('id');
  const written = field('data');
  return {
    ...(id === undefined ? {} : { id }),
    ...(written === undefined ? {} : { change: JSON.parse(written) as Change }),
  };
};

async function* blocks(answer: Response): AsyncIterable<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) return;
    const parts = (rest + next.value).split('\n\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

/** Asked anew: it may have become so while somebody waited. */
const over = (signal: AbortSignal): boolean => signal.aborted;

/** Follows what changes until `signal` aborts, through lost lines; `connected` says how it stands. */
export const follow = async (
  changed: (change: Change) => void,
  connected: (now: boolean, missed: boolean) => void,
  signal: AbortSignal,
): Promise<void> => {
  let last: string | undefined;
  let wait = FIRST_PAUSE;
  while (!signal.aborted) {
    try {
      const headers = last === undefined ? {} : { 'last-event-id': last };
      const answer = await reach('/events', { headers, signal });
      // Whoever comes without a place in the stream cannot know what went by between what is shown and this: the first time neither.
      connected(true, last === undefined);
      wait = FIRST_PAUSE;
      for await (const block of blocks(answer)) {
        const { id, change } = blockOf(block);
        last = id ?? last;
        if (change !== undefined) changed(change);
      }
    } catch {
      // Whatever ended it, it is begun again.
    }
    if (over(signal)) return;
    connected(false, false);
    await pause(wait, signal);
    wait = Math.min(wait * 2, LONGEST_PAUSE);
  }
};
