// A person is referred by police to an NGO, which takes her on; the police learn the outcome and nothing else.
import { expect, it } from '@jest/globals';
import { type Seat } from './browser.js';
import { lookedAt, type Office } from './office.js';

const NAME = 'Мария Стоянова';
const NEEDS = 'A bed tonight, and somebody who speaks Romanian';
const HOW = 'She sleeps, and sees a doctor on Friday';

export const referralScenes = (office: () => Office): void => {
  let police: Seat;
  let ngo: Seat;

  it('refers a person with her consent, and with nothing that it does not cover', async () => {
    [police, ngo] = await Promise.all([
      office().signedIn('bg-gdbop', 'd.petrova'),
      office().signedIn('animus', 't.marinova'),
    ]);
    const { page } = police;
    await page.getByRole('link', { name: 'Referrals' }).click();
    await page.getByText('We have referred nobody').waitFor();
    await page.getByRole('link', { name: 'Refer somebody' }).click();
    await page.getByRole('button', { name: 'Refer somebody', pressed: true }).waitFor();
    await page.getByLabel('Who is asked to help?').selectOption('animus');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Family name').fill(NAME);
    await page.getByLabel('Shelter', { exact: true }).check();
    await page.getByLabel('What the service has to know').fill(NEEDS);
    await page.getByLabel('Yes', { exact: true }).check();
    await page.getByLabel('Referral to services').check();
    await page.getByLabel('Identity', { exact: true }).check();
    await page.getByLabel('Until').fill('2036-01-01');
    await page.getByLabel('Where the evidence of consent is kept').fill('safe 4, sheet 12');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    // The consent covers the identity and not the needs: nothing is sealed.
    await page.getByRole('alert').getByText('does not cover this').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByLabel('Needs', { exact: true }).check();
    await lookedAt(police, 'compose-referral');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('table', { name: 'Who will know what' }).waitFor();
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByText('Sealed and on its way.').first().waitFor();
  });

  it('brings her to the board of the NGO, sealed, with the consent in view', async () => {
    const { page } = ngo;
    await page.getByRole('link', { name: 'Referrals' }).click();
    const card = page.getByRole('button', { name: 'General Directorate Combating' });
    await card.waitFor();
    await lookedAt(ngo, 'referrals-board');
    expect(await ngo.everything()).not.toContain('Стоянова');
    await card.click();
    await page.getByText('The person agreed before this was sent').waitFor();
    await page.getByLabel('Purpose').selectOption('SERVICE_PROVISION');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText(NEEDS).waitFor();
    await page.getByText('Consent until 1 Jan 2036').first().waitFor();
    await lookedAt(ngo, 'referrals-open');
  });

  it('takes her on and says how it goes, after showing that police will not know', async () => {
    const { page } = ngo;
    await page.getByRole('button', { name: 'Accept', exact: true }).click();
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByRole('heading', { name: /accepted the referral/ }).waitFor();
    await page.getByRole('button', { name: 'Give feedback' }).click();
    await page.getByLabel('How it is going').fill(HOW);
    await page.getByRole('button', { name: 'See who will know' }).click();
    const row = page.getByRole('row', { name: /Services given/ });
    await row.getByText('Will not know').waitFor();
    await lookedAt(ngo, 'referrals-feedback');
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByRole('heading', { name: /gave feedback/ }).waitFor();
    await page
      .getByRole('table', { name: 'What was sent back' })
      .getByText('Does not know')
      .waitFor();
    await lookedAt(ngo, 'referrals-sent-back');
  });

  it('tells the police the outcome, and not a word of how she is', async () => {
    const { page } = police;
    await page.getByRole('link', { name: 'Referrals' }).click();
    const accepted = page.getByRole('region', { name: /^Accepted\s*1/ });
    await accepted.waitFor();
    await accepted.getByRole('button').click();
    await page.getByLabel('Purpose').selectOption('VICTIM_PROTECTION');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText(NEEDS).waitFor();
    await page.getByRole('heading', { name: /accepted the referral/ }).waitFor();
    await lookedAt(police, 'referrals-police');
    const seen = await police.everything();
    for (const secret of [HOW, 'doctor', '"welfare"']) expect(seen).not.toContain(secret);
    // Nor that there was anything to say of her.
    expect(await page.getByText(/feedback/i).count()).toBe(0);
    expect(seen).not.toContain('ReferralFeedbackGiven');
    expect(await police.traces()).not.toMatch(/Стоянова|animus/);
  });

  it('ends the service for itself, of which police are not told', async () => {
    const { page } = ngo;
    await page.getByRole('button', { name: 'Complete' }).click();
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page
      .getByRole('table', { name: 'What was sent back' })
      .getByRole('row', { name: /Service ended/ })
      .waitFor();
    await page.getByRole('region', { name: /^Completed\s*1/ }).waitFor();
    await expect(police.page.getByText('ended the service').count()).resolves.toBe(0);
    expect(await police.everything()).not.toContain('ReferralServiceEnded');
    await Promise.all([police.close(), ngo.close()]);
  });
};
