/** Looks again until `look` finds something. It waits for the fact, and only gives up by the clock. */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  within = 90_000,
): Promise<T> => {
  for (const deadline = performance.now() + within; performance.now() < deadline;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`it did not come about in time: ${what}`);
};

/** For facts that are either so or not yet. */
export const untilTrue = async (
  what: string,
  holds: () => Promise<boolean> | boolean,
  within?: number,
): Promise<void> => {
  await eventually(what, async () => ((await holds()) ? true : undefined), within);
};
