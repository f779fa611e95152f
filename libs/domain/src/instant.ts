// Arithmetic on instants without the platform's clock type, which the lint keeps out of this library so that
// nothing here can ask what time it is.
import { isInstant, type Instant } from '@tripoint/kernel';

const DAY = 86_400_000;

/** Days since 1970-01-01 of a Gregorian date: the year is counted from March, so that leap days come last. */
const daysFromCivil = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

/** Milliseconds since 1970 of an instant. */
export const millisOf = (instant: Instant): number => {
  const at = (from: number, to: number): number => Number(instant.slice(from, to));
  return (
    daysFromCivil(at(0, 4), at(5, 7), at(8, 10)) * DAY +
    at(11, 13) * 3_600_000 +
    at(14, 16) * 60_000 +
    at(17, 19) * 1000 +
    at(20, 23)
  );
};

const pad = (value: number, width: number): string => value.toString().padStart(width, '0');

/** The instant so many milliseconds after 1970. */
export const instantOf = (millis: number): Instant => {
  const days = Math.floor(millis / DAY);
  const rest = millis - days * DAY;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const clock = [
    pad(Math.floor(rest / 3_600_000), 2),
    pad(Math.floor(rest / 60_000) % 60, 2),
    pad(Math.floor(rest / 1000) % 60, 2),
  ].join(':');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}.${pad(rest % 1000, 3)}Z` as Instant;
};

/** Whether it is an instant that the calendar has: the thirtieth of February is written like one. */
export const isMoment = (value: unknown): value is Instant =>
  isInstant(value) && instantOf(millisOf(value)) === value;

/** The instant `seconds` later. */
export const secondsAfter = (instant: Instant, seconds: number): Instant =>
  instantOf(millisOf(instant) + seconds * 1000);

/** Milliseconds from `start` to `end`; negative when `end` comes first. */
export const millisBetween = (start: Instant, end: Instant): number =>
  millisOf(end) - millisOf(start);
