// What somebody must not see is in nothing of their window: not in what it shows, nor in what it was sent, nor in what is kept.
import { expect } from '@jest/globals';
import { type Page } from 'playwright-core';
import { type Seat } from './browser.js';
import { open, openWith, seal } from './office.js';

/** That there is a part for the source, or what is in it, wherever an answer of a front door could say so. A grading is something else. */
export const A_SOURCE = /"source":\{|"compartment":"source"|"compartments":\[[^\]]*"source"/;

/** Nothing of this is anywhere in this window: not shown, not sent to it, not kept by it. */
export const unknownTo = async (
  seat: Seat,
  ...secrets: readonly (string | RegExp)[]
): Promise<void> => {
  const seen = Object.entries(await seat.seen());
  const told = seen.flatMap(([where, text]) =>
    secrets
      .filter((secret) => (typeof secret === 'string' ? text.includes(secret) : secret.test(text)))
      .map((secret) => `${where}: ${String(secret)}`),
  );
  expect(told).toEqual([]);
};

/** All of this was sent to this window: where it is found, looking for it elsewhere says something. */
export const knownTo = async (
  seat: Seat,
  ...words: readonly (string | RegExp)[]
): Promise<void> => {
  const { network } = await seat.seen();
  const missing = words.filter((word) =>
    typeof word === 'string' ? !network.includes(word) : !word.test(network),
  );
  expect(missing.map(String)).toEqual([]);
};

/** What came of a form that was handed in. */
type Sealed = {
  readonly exchange: string;
  readonly item: string;
  readonly events: readonly { readonly event: string }[];
};

/** Hands in the form that is open, and says which exchange, item and events came of it. */
export const sealed = async (
  { page }: Seat,
  path: RegExp,
  handIn: (page: Page) => Promise<void> = seal,
): Promise<Sealed> => {
  const [answer] = await Promise.all([
    page.waitForResponse(
      // A list is asked for at the same address, and whenever something changes.
      (one) =>
        one.ok() && one.request().method() === 'POST' && path.test(new URL(one.url()).pathname),
    ),
    handIn(page),
  ]);
  return (await answer.json()) as Sealed;
};
export const idsOf = ({ exchange, item, events }: Sealed): readonly string[] => [
  exchange,
  item,
  ...events.map(({ event }) => event),
];

/** What a window was sent before, it was sent: from here on it is a window that was just opened, with the exchange of this row in it. */
export const openedAnew = async (
  seat: Seat,
  turn: 'Our turn' | 'Done',
  row: RegExp,
  purpose?: string,
): Promise<void> => {
  const { page } = seat;
  await page.getByRole('link', { name: 'Inbox' }).first().click();
  await page.getByRole('grid').or(page.locator('.rows-empty')).waitFor();
  await seat.anew();
  await page.getByRole('button', { name: turn }).click();
  await open(page, row);
  await openWith(seat, purpose);
  await page.getByText('Open to you for this stay.').waitFor();
};
