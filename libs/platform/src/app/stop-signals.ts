/** Within this time a signal is another copy of the first, not another wish. */
const COPIES_MS = 1_000;

/**
 * Calls `stop` once, at the first SIGINT, SIGTERM or SIGHUP; a signal that comes a second or more after it ends the
 * process at once. What comes sooner is left aside: service managers and terminals signal the whole group of processes,
 * and npm and our own start hand on what they were sent, so that one wish to stop arrives several times.
 */
export const onStopSignal = (stop: () => Promise<void>): void => {
  let since: number | undefined;
  const signalled = (signal: NodeJS.Signals): void => {
    if (since !== undefined) {
      if (performance.now() - since >= COPIES_MS) process.exit(signal === 'SIGINT' ? 130 : 143);
      return;
    }
    since = performance.now();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', signalled);
  process.on('SIGTERM', signalled);
  process.on('SIGHUP', signalled);
};
