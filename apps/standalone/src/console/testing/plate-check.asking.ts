// An urgent question about a van, as it is written at a console.
import { expect } from '@jest/globals';
import { type Seat } from './browser.js';
import { PLATE } from './plate-check.words.js';

/** Writes it, up to where it only has to be sealed. */
export const write = async (
  { page }: Seat,
  whom: string,
  sought: string,
  look: (step: string) => Promise<void>,
): Promise<void> => {
  await page.getByRole('link', { name: 'Write' }).first().click();
  await page.getByLabel('Who is asked?').selectOption(whom);
  await look('compose-whom');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Information sought').fill(sought);
  await page.getByRole('button', { name: 'Add a vehicle' }).click();
  await page.getByLabel('Number plate').fill(PLATE);
  await page.getByLabel('Purpose').fill('locating two persons at risk');
  await page.getByLabel('Underlying offence').fill('trafficking in human beings');
  await page.getByLabel('Why it is thought to be available there').fill('it crossed there before');
  await page.getByLabel('Why it is necessary').fill('no other lead is left');
  await page.getByLabel('Urgent').check();
  await page.getByLabel('Why it is urgent').fill('they are on the move');
  await look('compose-what');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel(/^H2/).check();
  await page.getByLabel('Reliability of the source').selectOption('B');
  await page.getByLabel('Reliability of the information').selectOption('2');
  await look('compose-marking');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('table', { name: 'Who will know what' }).waitFor();
  expect(await page.getByRole('cell', { name: /Will know/ }).count()).toBe(4);
  await look('compose-audience');
};
