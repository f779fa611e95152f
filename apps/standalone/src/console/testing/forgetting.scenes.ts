// Something is told, kept for proceedings, and then erased everywhere by two officers: what is held back stays until the hold is
// lifted, and whoever looks sees unmistakably that nothing is left.
import { expect, it } from '@jest/globals';
import { type Seat } from './browser.js';
import { inHours, lookedAt, type Office, open, openWith, seal, tell } from './office.js';

const SAID = 'Irini Makri, born 4 May 1990, keeps the money in a locker';

export const forgettingScenes = (office: () => Office): void => {
  let first: Seat;
  let second: Seat;
  let keeper: Seat;

  it('keeps something from deletion for proceedings', async () => {
    [first, second, keeper] = await Promise.all([
      office().signedIn('gr-police', 'n.papadakis'),
      office().signedIn('gr-police', 'e.georgiou'),
      office().signedIn('bg-gdbop', 'v.stoilov'),
    ]);
    await tell(first, 'bg-gdbop', SAID);
    const { page } = keeper;
    await open(page, /Hellenic Police.*tells us something/);
    await openWith(keeper);
    await page.getByText(SAID).waitFor();
    await page.getByRole('button', { name: 'Keep from deletion' }).click();
    await page.getByLabel('Ground').selectOption('CRIMINAL_PROCEEDINGS');
    await page.getByLabel('Reference').fill('DP 114/2026');
    await inHours(page, 'Until when', 240);
    await lookedAt(keeper, 'hold-form');
    await seal(page);
    await page.getByText('Kept from deletion: Facts.').waitFor();
  });

  it('has an erasure proposed by one officer, on a ground and by a deadline', async () => {
    const { page } = first;
    await page.getByRole('button', { name: 'To the inbox' }).click();
    await page.getByRole('button', { name: 'Waiting for others' }).click();
    await open(page, /Combating Organised Crime.*was told something by us/);
    await openWith(first);
    await page.getByRole('button', { name: 'Erase everywhere' }).click();
    await page.getByLabel('Ground').selectOption('DATA_SUBJECT_RIGHT');
    await inHours(page, 'By when it has to be gone', 48);
    await lookedAt(first, 'erasure-form');
    await seal(page);
    await page.getByText('Nothing is sealed yet').waitFor();
    await page.getByRole('link', { name: 'Second officer' }).click();
    await page.getByText('another officer confirms it').waitFor();
    expect(await page.getByRole('button', { name: 'Confirm and seal' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Look at it in its exchange' }).click();
    await openWith(first);
    await page.getByText(SAID).waitFor();
  });

  it('shows a second officer what it is about, and seals it when they confirm', async () => {
    const { page } = second;
    await page.getByRole('link', { name: 'Second officer 1' }).click();
    await page.getByText(/^Hellenic Police shared information/).waitFor();
    await lookedAt(second, 'proposals');
    await page.getByRole('button', { name: 'Confirm and seal' }).click();
    await page.getByText('Confirmed', { exact: true }).waitFor();
  });

  it('shows who ordered it that it is gone here, and what is held elsewhere', async () => {
    const { page } = first;
    await page.getByText('Erased on our order.').waitFor();
    await page.getByText('Stays: A legal hold keeps it').waitFor();
    await page.getByText(SAID).waitFor({ state: 'detached' });
    await lookedAt(first, 'erasure-held');
    expect(await page.content()).not.toContain('Makri');
  });

  it('shows what a hold has kept to whoever answers for it, and erases it when it is lifted', async () => {
    const { page } = keeper;
    await page.getByText('a copy stays sealed off').waitFor();
    expect(await page.content()).not.toContain('Makri');
    await page.getByRole('button', { name: 'See what is kept' }).click();
    await page.locator('.hold').getByLabel('Purpose').selectOption('PROSECUTION');
    await page.locator('.hold').getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText(SAID).waitFor();
    await lookedAt(keeper, 'hold-kept');
    await page.getByRole('button', { name: 'Lift the hold' }).click();
    await seal(page);
    await page.getByText('Nothing of what it said is left here.').waitFor();
    await page.getByText(SAID).waitFor({ state: 'detached' });
    await lookedAt(keeper, 'erased-exchange');
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    await page.getByRole('row', { name: /Hellenic Police.*erased/ }).waitFor();
    await lookedAt(keeper, 'erased-inbox');
    expect(await keeper.traces()).not.toContain('Makri');
  });

  it('says that it is gone everywhere once everybody has said so', async () => {
    const { page } = first;
    await page.getByText('Everybody who was given it has said that it is gone').waitFor();
    await page.getByRole('link', { name: 'Agency' }).click();
    await page.getByRole('button', { name: 'Erasures and holds' }).click();
    await page.getByText('Erased on our order.').waitFor();
    await lookedAt(first, 'agency-forgetting');
    await Promise.all([first.close(), second.close(), keeper.close()]);
  });
};
