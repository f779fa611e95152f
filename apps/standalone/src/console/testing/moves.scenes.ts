// A question is not answered at once: what is unclear is asked, the answer takes longer, and in the end there is none, on a ground.
import { expect, it } from '@jest/globals';
import { type Seat } from './browser.js';
import { lookedAt, type Office, open, openWith, seal } from './office.js';

const SOUGHT = 'Who rents the boathouse at the third pier?';
const UNCLEAR = 'Which of the two harbours is meant?';
const MEANT = 'The old one, south of the lighthouse';
const WHY = 'The file lies with the municipality';

export const moveScenes = (office: () => Office): void => {
  let asks: Seat;
  let asked: Seat;

  it('asks what is unclear, and the clock stands still until that is said', async () => {
    [asks, asked] = await Promise.all([
      office().signedIn('gr-police', 'e.georgiou'),
      office().signedIn('bg-border-police', 'm.ilieva'),
    ]);
    const { page } = asks;
    await page.getByRole('link', { name: 'Write' }).first().click();
    await page.getByLabel('Who is asked?').selectOption('bg-border-police');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Information sought').fill(SOUGHT);
    await page.getByLabel('Purpose').fill('locating a witness');
    await page.getByLabel('Underlying offence').fill('arson');
    await page.getByLabel('Why it is thought to be available there').fill('it is their harbour');
    await page.getByLabel('Why it is necessary').fill('no other lead is left');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('table', { name: 'Who will know what' }).waitFor();
    await seal(page);
    await page.getByText('Sealed and on its way.').first().waitFor();
    await open(asked.page, /Hellenic Police.*asks us.*received/);
    await openWith(asked);
    await asked.page.getByText(SOUGHT).waitFor();
    await asked.page.getByRole('button', { name: 'Ask for clarification' }).click();
    await asked.page.getByLabel('What is unclear?').fill(UNCLEAR);
    await seal(asked.page);
    await asked.page.getByText('Clock stands still').waitFor();
    await page.getByRole('button', { name: 'To the inbox' }).click();
    await open(page, /Border Police.*clarification asked/);
    await openWith(asks);
    await page.getByText(UNCLEAR).waitFor();
    await page.getByRole('button', { name: 'Clarify' }).click();
    await page.getByLabel('What is meant?').fill(MEANT);
    await seal(page);
    await asked.page.getByText(MEANT).waitFor();
  });

  it('says that it takes longer, and by how much', async () => {
    const { page } = asked;
    await page.getByRole('button', { name: 'Notify a delay' }).click();
    await page.getByLabel('How many hours longer').fill('36');
    await page.getByLabel('Why?').fill(WHY);
    await lookedAt(asked, 'move-delay');
    await seal(page);
    await asks.page.getByText('delay notified', { exact: true }).waitFor();
    await asks.page.getByText(WHY).waitFor();
  });

  it('refuses on a ground of the Directive, in words that may be said', async () => {
    const { page } = asked;
    await page.getByRole('button', { name: 'Refuse' }).click();
    await page.getByLabel(/^a: not available/).check();
    await page.getByLabel('The whole request').check();
    await lookedAt(asked, 'move-refuse');
    await seal(page);
    await asks.page.getByText('refused', { exact: true }).waitFor();
    await asks.page.getByText('a: not available to us').waitFor();
    await lookedAt(asks, 'exchange-refused');
    expect(await asks.traces()).not.toContain('boathouse');
    await Promise.all([asks.close(), asked.close()]);
  });
};
