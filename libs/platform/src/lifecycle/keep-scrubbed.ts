import { HubError, pause } from '@tripoint/kernel';
import { type JsonLog } from '../log/json-log.js';
import { supervise } from './supervise.js';

/** What one round led to, as far as somebody has to hear of it. */
type Round = {
  readonly idle: boolean;
  readonly rewritten: number;
  readonly left: readonly { readonly table: string; readonly code: string }[];
  /** Whether the write-ahead log was dropped. */
  readonly log: boolean;
};

/** The first round comes soon, for those who are started again more often than a round comes. */
const FIRST_AFTER = 60_000;

/** How {@link keepScrubbed} is told to work. */
export type Scrubbing = {
  /** Whose database it is, in log lines. */
  readonly role: string;
  readonly scrub: (options: { readonly signal: AbortSignal }) => Promise<Round>;
  readonly everySeconds: number;
  readonly log: JsonLog;
  readonly closing: (close: () => Promise<void>) => void;
};

/** Scrubs a database every so often until the node closes, and says what could not be. */
export const keepScrubbed = ({ role, scrub, everySeconds, log, closing }: Scrubbing): void => {
  const every = everySeconds * 1000;
  const ended = new AbortController();
  const loop = async (signal: AbortSignal): Promise<void> => {
    await pause(Math.min(every, FIRST_AFTER), signal);
    while (!signal.aborted) {
      const round = await scrub({ signal }).catch((thrown: unknown) => {
        if (!(thrown instanceof HubError && thrown.retriable)) throw thrown;
        // It is due still, and the next round comes.
        log.warn('a scrub has to wait', { role, code: thrown.code });
      });
      if (round?.idle === false) said(log, role, round);
      await pause(every, signal);
    }
  };
  const scrubbing = supervise(`scrub ${role}`, loop, log, ended.signal);
  closing(async () => {
    ended.abort();
    await scrubbing;
  });
};

const said = (log: JsonLog, role: string, { rewritten, left, log: dropped }: Round): void => {
  for (const { code } of left)
    log.warn('a table was not written anew and is tried again', { role, code });
  if (!dropped)
    log.warn('the write-ahead log is not ours to drop', { role, code: 'not-permitted' });
  if (left.length === 0 && dropped)
    log.info('what was made to go is gone from the files', { role, count: rewritten });
};
