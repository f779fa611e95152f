// Deadlines that pass without an event: a list that shows one is read anew when it has.

/** What is looked at of an item. */
export type Awaited = {
  readonly kind: string;
  readonly status: string;
  readonly open: boolean;
  readonly until?: string | undefined;
  readonly defaulted?: boolean | undefined;
  readonly expired?: boolean | undefined;
};

/** How soon a list is asked for again that does not say yet that a deadline is past, in milliseconds. The log's clock is not ours. */
const AGAIN = 3_000;
const HOUR = 3_600_000;

/** By when something becomes of it that nobody tells of; undefined where nothing does, or it is said already. */
const deadlineOf = ({
  kind,
  status,
  until,
  defaulted,
  open,
  expired,
}: Awaited): number | undefined => {
  const runs =
    (kind === 'recall' && status === 'ISSUED' && defaulted !== true) ||
    (kind === 'disclosure' && open && expired !== true) ||
    (kind === 'hold' && status === 'PLACED' && expired !== true);
  return runs && until !== undefined ? Date.parse(until) : undefined;
};

/** In how many milliseconds the list is to be read anew; false when nothing in it waits for a time. */
export const untilDeadline = (items: readonly Awaited[] = [], now = Date.now()): number | false => {
  const times = items.map(deadlineOf).filter((time) => time !== undefined);
  return times.length > 0 && Math.min(HOUR, Math.max(AGAIN, Math.min(...times) - now));
};
