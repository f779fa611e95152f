/** Calls `stop` once, at the first SIGINT or SIGTERM; a second signal ends the process at once. */
export const onStopSignal = (stop: () => Promise<void>): void => {
  let stopping = false;
  const signalled = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(signal === 'SIGINT' ? 130 : 143);
    stopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', signalled);
  process.on('SIGTERM', signalled);
};
