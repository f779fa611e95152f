import { type EventEntry, readEvent } from '@tripoint/envelope';

const known = new WeakMap<EventEntry, ReturnType<typeof readEvent>>();

/** What an entry's statements say, read once for all who look at it: its place, its decisions and its facts. */
export const readOnce = (entry: EventEntry): ReturnType<typeof readEvent> => {
  const before = known.get(entry);
  if (before !== undefined) return before;
  const event = readEvent(entry);
  known.set(entry, event);
  return event;
};
