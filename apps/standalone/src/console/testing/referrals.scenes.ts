// A person is referred by police to an NGO, which takes her on; the police learn the outcome and nothing else, and the NGO learns
// nothing of the suspect who is spoken of in the same exchange.
import { expect, it } from '@jest/globals';
import { type Seat } from './browser.js';
import { A_SOURCE, idsOf, knownTo, sealed, unknownTo } from './must-not-see.js';
import { lookedAt, type Office, open, openWith, tell, typeMoment } from './office.js';

const NAME = 'Мария Стоянова';
const NEEDS = 'A bed tonight, and somebody who speaks Romanian';
const SHELTER = 'ul. Tsar Simeon 214, second yard';
const HOW = `She sleeps at ${SHELTER}, and sees a doctor on Friday`;
const SUSPECT = 'Rumen Karadzhov drives them, and holds their papers';
/** Whatever would tell that somebody else was told something. */
const TOLD = /"(from|to|owner|issuer|provider)":"bg-border-police"/;
/** A part, or a step, that police must not learn of. */
const SERVICES = [HOW, SHELTER, 'Tsar Simeon', 'doctor', /"welfare"/, 'ReferralFeedbackGiven'];

export const referralScenes = (office: () => Office): void => {
  let police: Seat;
  let ngo: Seat;
  const toldElsewhere: string[] = [];
  const notForNgo = (): readonly (string | RegExp)[] => [
    SUSPECT,
    'Karadzhov',
    TOLD,
    A_SOURCE,
    ...toldElsewhere,
  ];

  it('tells border police of a suspect, in the exchange in which somebody is referred later', async () => {
    police = await office().signedIn('bg-gdbop', 'd.petrova');
    const came = await sealed(police, /^\/contributions$/, () =>
      tell(police, 'bg-border-police', SUSPECT),
    );
    // The exchange itself is what the NGO comes to know.
    const [, ...ids] = idsOf(came);
    toldElsewhere.push(...ids);
    await knownTo(police, ...ids);
  });

  it('refers a person with her consent, and with nothing that it does not cover', async () => {
    ngo = await office().signedIn('animus', 't.marinova');
    const { page } = police;
    await page.getByRole('link', { name: 'Referrals' }).click();
    await page.getByText('We have referred nobody').waitFor();
    await page.getByRole('link', { name: 'Refer somebody' }).click();
    await page.getByRole('button', { name: 'Refer somebody', pressed: true }).waitFor();
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    await page.getByRole('button', { name: /^Waiting for others/ }).click();
    await open(page, /Border Police.*was told something by us/);
    await page.getByRole('link', { name: 'Add to this exchange' }).click();
    await knownTo(police, TOLD);
    await page.getByRole('button', { name: 'Refer somebody' }).click();
    await page.getByLabel('Who is asked to help?').selectOption('animus');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Family name').fill(NAME);
    await page.getByLabel('Shelter', { exact: true }).check();
    await page.getByLabel('What the service has to know').fill(NEEDS);
    await page.getByLabel('Yes', { exact: true }).check();
    await page.getByLabel('Referral to services').check();
    await page.getByRole('checkbox', { name: /^Identity/ }).check();
    await typeMoment(page, 'Until', '01012036');
    await page.getByRole('group', { name: 'Until' }).getByRole('button').click();
    await page.getByRole('heading', { name: 'January 2036' }).waitFor();
    expect(await police.violations()).toEqual([]);
    await police.shoot('calendar');
    await page.keyboard.press('Escape');
    await page.getByLabel('Where the evidence of consent is kept').fill('safe 4, sheet 12');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    // The consent covers the identity and not the needs: nothing is sealed.
    await page.getByRole('alert').getByText('does not cover this').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('checkbox', { name: /^Needs/ }).check();
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
    await unknownTo(ngo, 'Стоянова', NEEDS, ...notForNgo());
    await card.click();
    await page.getByText('The person agreed before this was sent').waitFor();
    await openWith(ngo, 'SERVICE_PROVISION');
    await page.getByText(NEEDS).waitFor();
    await page.getByText('Consent until 1 Jan 2036').first().waitFor();
    await lookedAt(ngo, 'referrals-open');
    await knownTo(ngo, 'Стоянова', NEEDS);
    await unknownTo(ngo, ...notForNgo());
    // The whole exchange, as far as she who looks may know: the one referral, and who has to do with it.
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    await open(page, /Combating Organised Crime.*refers somebody to us/);
    await page.getByRole('heading', { name: 'Exchange' }).waitFor();
    await page.getByRole('article').filter({ hasText: 'Verified' }).first().waitFor();
    const known = page.getByRole('region', { name: 'Who takes part, as far as we know' });
    expect(await known.getByText('Border Police').count()).toBe(0);
    await unknownTo(ngo, ...notForNgo());
    await page.getByRole('link', { name: 'Referrals' }).click();
    await card.click();
    await openWith(ngo, 'SERVICE_PROVISION');
    await page.getByText(NEEDS).waitFor();
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
    await knownTo(ngo, ...SERVICES);
    await unknownTo(ngo, ...notForNgo());
  });

  it('tells the police the outcome, and not a word of how she is', async () => {
    const { page } = police;
    await page.getByRole('link', { name: 'Referrals' }).click();
    const accepted = page.getByRole('region', { name: /^Accepted\s*1/ });
    await accepted.waitFor();
    await accepted.getByRole('button').click();
    await openWith(police, 'VICTIM_PROTECTION');
    await page.getByText(NEEDS).waitFor();
    await page.getByRole('heading', { name: /accepted the referral/ }).waitFor();
    await lookedAt(police, 'referrals-police');
    await unknownTo(police, ...SERVICES);
    // Nor that there was anything to say of her.
    expect(await page.getByText(/feedback/i).count()).toBe(0);
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
    await knownTo(ngo, 'ReferralServiceEnded');
    expect(await police.page.getByText('ended the service').count()).toBe(0);
    await unknownTo(police, 'ReferralServiceEnded', ...SERVICES);
    await unknownTo(ngo, ...notForNgo());
    await Promise.all([police.close(), ngo.close()]);
  });
};
