// Something that one agency told another goes further by leave of whoever said it, and is taken back when it turns out to be wrong.
import { expect, it } from '@jest/globals';
import { type Seat } from './browser.js';
import { inHours, lookedAt, type Office, open, openWith, seal, tell } from './office.js';

const WRONG = 'A white van with the plate KA 1188 HC waits behind the customs hall';
const RIGHT = 'The van is grey, and left at noon';

export const releaseScenes = (office: () => Office): void => {
  let provider: Seat;
  let holder: Seat;
  let grantee: Seat;

  it('informs another agency on its own initiative', async () => {
    [provider, holder, grantee] = await Promise.all([
      office().signedIn('bg-border-police', 'i.dimitrov'),
      office().signedIn('bg-gdbop', 'd.petrova'),
      office().signedIn('gr-police', 'e.georgiou'),
    ]);
    await tell(provider, 'bg-gdbop', WRONG);
  });

  it('asks whoever said it to let one more agency know', async () => {
    const { page } = holder;
    await open(page, /General Directorate Border Police/);
    await openWith(holder);
    await page.getByText(WRONG).waitFor();
    await page.getByRole('button', { name: 'Ask to hand it on' }).click();
    await page.getByLabel('Who else should know?').selectOption('gr-police');
    await page.locator('form.move').getByLabel('Purpose').selectOption('INVESTIGATION');
    await lookedAt(holder, 'release-ask');
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByRole('heading', { name: /to let Hellenic Police know/ }).waitFor();
    expect(await grantee.everything()).not.toContain('KA 1188');
  });

  it('recomputes in the browser what proves an event', async () => {
    const { page } = holder;
    const shared = page.getByRole('article', { name: /shared information/ });
    await shared.getByText('Verified', { exact: true }).click();
    await shared.getByText('The leaf is in the log that was signed.').waitFor();
    await shared.getByText(/The log that they have cosigned continues this one/).waitFor();
    expect(await shared.getByText('does not hold').count()).toBe(0);
    await lookedAt(holder, 'exchange-proof');
  });

  it('grants it for a time, and the grantee sees that and nothing else', async () => {
    await provider.page.getByRole('button', { name: 'To the inbox' }).click();
    await open(provider.page, /Combating Organised Crime.*further/);
    await openWith(provider);
    await provider.page.getByRole('button', { name: 'Grant', exact: true }).click();
    await provider.page.getByLabel('Until when').fill(await inHours(provider.page, 24));
    await lookedAt(provider, 'release-grant');
    await provider.page.getByRole('button', { name: 'Seal and send' }).click();
    await provider.page.getByText('handed on', { exact: true }).first().waitFor();
    const { page } = grantee;
    await page.getByRole('button', { name: 'Done' }).click();
    await open(page, /handed something on to us/);
    await openWith(grantee);
    await page.getByRole('heading', { name: 'What was handed on to us' }).waitFor();
    await page.getByText(WRONG).waitFor();
    await lookedAt(grantee, 'release-granted');
    // Who asked for it is none of the grantee's business.
    expect(await grantee.everything()).not.toMatch(/"from":"bg-gdbop"/);
  });

  it('recalls it from one holder by a deadline, and says it rightly', async () => {
    const { page } = provider;
    await page.getByRole('button', { name: 'Recall' }).first().click();
    await page.getByLabel('From whom?').selectOption('bg-gdbop');
    await page.getByLabel('By when the copy has to be gone').fill(await inHours(page, 48));
    await page.getByLabel('The same, rightly').check();
    await page.getByLabel('Text', { exact: true }).fill(RIGHT);
    await lookedAt(provider, 'recall-form');
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page
      .getByText(/^Gone /)
      .first()
      .waitFor();
    await lookedAt(provider, 'recall-answered');
  });

  it('shows a holder unmistakably that what it had is gone', async () => {
    const { page } = holder;
    await page.getByText('Our copy of it is gone since').waitFor();
    await page.getByText(RIGHT).waitFor();
    expect(await page.getByText(WRONG).count()).toBe(0);
    await lookedAt(holder, 'recall-gone');
  });

  it('takes a grant back before its time is over', async () => {
    await provider.page.getByRole('button', { name: 'Take back' }).click();
    await provider.page.getByRole('button', { name: 'Seal and send' }).click();
    await provider.page.getByText('taken back', { exact: true }).first().waitFor();
    await grantee.page.getByText(WRONG).waitFor({ state: 'detached' });
  });

  it('hands it to one more agency unasked, for a time', async () => {
    const { page } = provider;
    await page.getByRole('button', { name: 'Hand on unasked' }).first().click();
    await page.getByLabel('Who else should know?').selectOption('bg-customs');
    await page.getByLabel('Until when').fill(await inHours(page, 24));
    await lookedAt(provider, 'release-offer');
    await seal(page);
    const customs = await office().signedIn('bg-customs', 'g.nikolov');
    await customs.page.getByRole('button', { name: 'Done' }).click();
    await open(customs.page, /handed something on to us/);
    await openWith(customs, 'CUSTOMS_CONTROL');
    await customs.page.getByText(WRONG).waitFor();
    expect(await customs.everything()).not.toContain(RIGHT);
    await customs.close();
    await Promise.all([provider.close(), holder.close(), grantee.close()]);
  });
};
