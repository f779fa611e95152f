// Whoever keeps the accounts of an agency lets somebody in, and sees who has read what; an officer changes a password.
import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { type Seat } from './browser.js';
import { lookedAt, type Office } from './office.js';

export const agencyScenes = (office: () => Office): void => {
  let keeper: Seat;
  const first = randomBytes(9).toString('hex');
  const second = randomBytes(9).toString('hex');

  it('lets somebody in, with the roles that they need', async () => {
    keeper = await office().signedIn('gr-police', 'p.vlachou');
    const { page } = keeper;
    await page.getByRole('heading', { name: 'Our agency' }).waitFor();
    await page.getByRole('heading', { name: 'Νίκος Παπαδάκης' }).waitFor();
    await lookedAt(keeper, 'agency-officers');
    await page.getByRole('button', { name: 'Let somebody in' }).click();
    await page.getByLabel('User name').fill('a.nikolaou');
    await page.getByLabel('Name', { exact: true }).fill('Αθηνά Νικολάου');
    await page.getByLabel('First password').fill(first);
    await page.getByLabel('Liaison officer').check();
    await lookedAt(keeper, 'agency-new-officer');
    await page.getByRole('button', { name: 'Open the account' }).click();
    await page.getByRole('heading', { name: 'Αθηνά Νικολάου' }).waitFor();
  });

  it('has them change the password that somebody else gave them', async () => {
    const seat = await office().seatAt('gr-police');
    const { page } = seat;
    await seat.signIn('a.nikolaou', first);
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await page.getByRole('link', { name: 'Agency' }).click();
    await page.getByRole('button', { name: 'My account' }).click();
    await page.getByLabel('Present password').fill(first);
    await page.getByLabel('New password', { exact: true }).fill(second);
    await page.getByLabel('New password once more').fill(second);
    await lookedAt(seat, 'agency-account');
    // On a line so slow that the live updates, which end with the session, are asked for again under the cookie that is over.
    const quickAgain = await seat.slowLine(1_000);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Every other session of yours has ended.').waitFor();
    expect(seat.received.join()).not.toContain('"token"');
    await page.getByText('Live', { exact: true }).waitFor();
    await quickAgain();
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await seat.signIn('a.nikolaou', second);
    await page.getByRole('heading', { name: 'Our agency' }).waitFor();
    await seat.close();
  });

  it('shows who has read what and what for, how things travel, and who there is to write to', async () => {
    const { page } = keeper;
    await page.getByRole('button', { name: 'Reads' }).click();
    await page.getByRole('button', { name: /Investigation/ }).waitFor();
    await lookedAt(keeper, 'agency-reads');
    await page.getByRole('button', { name: 'Traffic' }).click();
    await page.getByText('Nothing waits to be sent.').waitFor();
    await lookedAt(keeper, 'agency-traffic');
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByText('counts', { exact: true }).waitFor();
    await page.getByText('in use', { exact: true }).waitFor();
    await page.getByText('Nobody keeps shares of keys.').waitFor();
    await lookedAt(keeper, 'agency-keys');
    expect(await keeper.everything()).not.toContain('PRIVATE KEY');
    await page.getByRole('button', { name: 'Directory' }).click();
    await page.getByLabel('Find an agency').fill('анимус');
    await page.getByText('Animus Association Foundation').waitFor();
    await lookedAt(keeper, 'agency-directory');
  });

  it('answers somebody who asks about themselves: who was told, and who has read it', async () => {
    const seat = await office().signedIn('gr-police', 'm.sarri');
    const { page } = seat;
    await page.getByRole('heading', { name: 'Who asks about themselves' }).waitFor();
    await page.getByLabel('Name or number').fill('XKA 4821');
    await page.getByLabel('a number').check();
    await page.getByLabel('Reference of the request').fill('DSR 9/2026');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('button', { name: 'Make the transcript' }).click();
    await page.getByRole('heading', { name: 'Transcript' }).waitFor();
    await page
      .getByRole('row', { name: /asked for information/ })
      .first()
      .waitFor();
    await page
      .getByRole('row', { name: /Investigation/ })
      .first()
      .waitFor();
    await lookedAt(seat, 'transcript');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    expect((await saved).suggestedFilename()).toBe('transcript.json');
    // That something was said, and never what.
    for (const secret of ['Kapitan Andreevo', 'Zlatev', 'n.papadakis'])
      expect(await seat.everything()).not.toContain(secret);
    expect(await seat.traces()).not.toContain('XKA');
    await seat.close();
  });

  it('closes an account for good', async () => {
    const { page } = keeper;
    await page.getByRole('button', { name: 'Officers' }).click();
    const card = page.getByRole('listitem').filter({ hasText: 'a.nikolaou' });
    await card.getByRole('button', { name: 'Close the account' }).click();
    await card.getByRole('alert').getByRole('button', { name: 'Close the account' }).click();
    await card.getByText('Closed', { exact: true }).waitFor();
    // Whoever keeps accounts reads no case, and is shown none.
    expect(await keeper.everything()).not.toContain('XKA');
    await keeper.close();
  });
};
