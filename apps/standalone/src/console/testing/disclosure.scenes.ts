// In an emergency an agency has custodians open for it what it was not told: one lets its share go, one does not, and with the
// second it reads that and nothing else, until the time is over.
import { expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { untilTrue } from '../../gates/testing/eventually.js';
import { type Seat } from './browser.js';
import {
  inHours,
  lookedAt,
  type Office,
  open,
  openWith,
  ORDERS,
  scrolledTo,
  seal,
  tell,
} from './office.js';

const SAID = 'The boat lies in the reeds below the old mill, five people, no water';

export const disclosureScenes = (office: () => Office): void => {
  let provider: Seat;
  let asker: Seat;
  let reference = '';

  it('shows whoever said something by which reference others can name it', async () => {
    await office().enact({
      kind: 'custody-agreed',
      custodians: ['animus', 'bg-customs', 'tr-customs'] as AgencyId[],
      threshold: 2,
      compartments: ['facts'],
    });
    [provider, asker] = await Promise.all([
      office().signedIn('bg-border-police', 'm.ilieva'),
      office().signedIn('bg-gdbop', 'v.stoilov'),
    ]);
    const { page } = provider;
    // Once its own event comes back, it has heard of everything that the log says before that, custodians included.
    await tell(provider, 'tr-police', 'Nothing to report');
    await page.getByRole('button', { name: 'To the inbox' }).click();
    await page.getByRole('button', { name: 'Waiting for others' }).click();
    await page.getByRole('row', { name: /Turkish National Police.*was told/ }).waitFor();
    await tell(provider, 'gr-police', SAID);
    await page.getByRole('button', { name: 'To the inbox' }).click();
    await page.getByRole('button', { name: 'Waiting for others' }).click();
    await open(page, /Hellenic Police.*was told something by us/);
    await openWith(provider);
    await page.getByText(SAID).waitFor();
    await page.getByText('Verified', { exact: true }).first().click();
    reference = await page
      .locator('.told')
      .filter({ hasText: 'Reference of the event' })
      .first()
      .locator('code')
      .innerText();
    expect(reference).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('hands over a file that shows anybody, without a network, to whom it went', async () => {
    const { page } = provider;
    let said: readonly string[] = [];
    await untilTrue('a quorum of witnesses has seen it', async () => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save the proof as a file' }).click();
      said = await office().saidOfDelivered(await (await saved).path());
      return said.at(-1) === 'sound, and under a quorum of witnesses';
    });
    expect(said[0]).toContain(`event ${reference} of bg-border-police`);
    expect(said.join()).toContain('gr-police: ');
  });

  it('orders custodians to disclose one event, in an emergency', async () => {
    const { page } = asker;
    await page.getByRole('link', { name: 'Emergency' }).click();
    await page.getByText('No emergency so far').waitFor();
    await page.getByRole('button', { name: 'Ask custodians to disclose' }).click();
    // An order has to name all that the shares open: that is chosen already, and said when it is not.
    await page.getByText('An order names all that the shares open').waitFor();
    const facts = page.getByRole('checkbox', { name: /^Facts/ });
    expect(await facts.isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1);
    await page.getByRole('checkbox', { name: /^Identity/ }).check();
    await facts.uncheck();
    await page.getByText('Without this the order is refused').waitFor();
    await facts.check();
    await page.getByRole('checkbox', { name: /^Identity/ }).uncheck();
    await page.getByLabel('Reference of the event').fill(reference);
    await page.getByLabel('Ground').selectOption('DANGER_TO_LIFE');
    await inHours(page, 'Until when', 20);
    await lookedAt(asker, 'emergency-order');
    await seal(page);
    await page.getByText('Nothing is sealed yet').waitFor();
    // Nobody breaks the glass alone.
    const second = await office().signedIn('bg-gdbop', 'l.asenova');
    await second.page.getByRole('link', { name: 'Second officer 1' }).click();
    await second.page.getByRole('button', { name: 'Confirm and seal' }).click();
    await second.page.getByText('Confirmed', { exact: true }).waitFor();
    await second.close();
    await page.getByText('No custodian has answered yet.').waitFor();
  });

  it('asks an officer of each custodian, who lets the share go or keeps it back', async () => {
    const [customs, ngo, turkish] = await Promise.all([
      office().signedIn('bg-customs', 'g.nikolov'),
      office().signedIn('animus', 't.marinova'),
      office().signedIn('tr-customs', 's.cetin'),
    ]);
    for (const seat of [customs, ngo, turkish]) {
      await open(seat.page, /Combating Organised Crime.*asks for our share of a key/);
      await seat.page.getByText('We keep a share of the key to it').waitFor();
    }
    await lookedAt(customs, 'disclosure-asked');
    await customs.page.getByRole('button', { name: 'Let our share go' }).click();
    await seal(customs.page);
    await ngo.page.getByRole('button', { name: 'Keep it back' }).click();
    await seal(ngo.page);
    const { page } = asker;
    await page.getByText('keeps it back').waitFor();
    await page.getByText('handed over its share').waitFor();
    // One fewer than it takes.
    expect(await page.getByText('Enough shares have come').count()).toBe(0);
    await turkish.page.getByRole('button', { name: 'Let our share go' }).click();
    await seal(turkish.page);
    await page.getByText('Enough shares have come').waitFor();
    await lookedAt(asker, 'emergency-open');
    for (const seat of [customs, ngo, turkish]) {
      expect(await seat.everything()).not.toContain(SAID);
      await seat.close();
    }
  });

  it('lets whoever asked read that event for a purpose, and nothing else', async () => {
    const { page } = asker;
    await page.getByRole('link', { name: 'Read it' }).click();
    await openWith(asker);
    await page.getByRole('heading', { name: 'What was disclosed to us in an emergency' }).waitFor();
    await page.getByText(SAID).waitFor();
    await lookedAt(asker, 'disclosed');
    expect(await asker.everything()).not.toContain('Nothing to report');
    expect(await asker.traces()).not.toContain('mill');
  });

  it('tells whoever said it who had it disclosed to whom, and not who gave a share', async () => {
    const { page } = provider;
    await page.getByText('had custodians disclose this to').first().waitFor();
    await page.getByText('not reviewed yet').first().waitFor();
    await lookedAt(provider, 'told-exchange');
    await page.getByRole('link', { name: 'Agency' }).click();
    await page.getByRole('button', { name: 'Erasures and holds' }).click();
    const told = page.getByRole('region', { name: 'Disclosed by custodians' });
    await told.getByText('Danger to life').waitFor();
    await lookedAt(provider, 'told');
    expect(await told.innerText()).not.toContain('Customs');
    await told.getByRole('link', { name: 'Go to the exchange' }).click();
    await page.getByText('had custodians disclose this to').first().waitFor();
  });

  it('shows oversight the emergency and no word of it, and lets it be reviewed at its other door', async () => {
    const [auditor, reviewer] = await Promise.all([
      office().signedIn('oversight', 'l.todorov'),
      office().signedIn(ORDERS, 'e.boneva'),
    ]);
    const { page } = auditor;
    await page.getByRole('link', { name: 'Emergencies' }).click();
    await page.getByRole('heading', { name: /In an emergency.*has custodians disclose/ }).waitFor();
    await page.getByText('It has not been shown so far.').waitFor();
    await lookedAt(auditor, 'emergencies');
    const order = await page
      .locator('.told')
      .filter({ hasText: 'Reference of the order' })
      .locator('code')
      .innerText();
    // One door shows the record, the other gives orders: neither has a way into the other's screens.
    expect(await page.getByRole('link', { name: 'Orders' }).count()).toBe(0);
    expect(await reviewer.page.getByRole('link', { name: 'Record' }).count()).toBe(0);
    const review = reviewer.page.getByRole('button', { name: 'Review', exact: true });
    await review.waitFor();
    await lookedAt(reviewer, 'orders');
    await review.click();
    await reviewer.page.getByLabel(/^justified/).check();
    await lookedAt(reviewer, 'orders-review');
    await seal(reviewer.page);
    await page.getByText('justified', { exact: true }).waitFor();
    await provider.page.getByText('justified', { exact: true }).first().waitFor();
    for (const seat of [auditor, reviewer]) {
      const seen = await seat.everything();
      for (const secret of [SAID, 'mill', 'reeds']) expect(seen).not.toContain(secret);
      expect(await seat.traces()).not.toContain(order);
      await seat.close();
    }
  });

  it('has custodians asked by two auditors, for somebody who was not told', async () => {
    const [proposes, confirms, reads] = await Promise.all([
      office().signedIn(ORDERS, 'e.boneva'),
      office().signedIn(ORDERS, 'l.todorov'),
      office().signedIn('tr-customs', 's.cetin'),
    ]);
    const { page } = proposes;
    await page.getByRole('button', { name: 'Order a disclosure' }).click();
    await page.getByText('An order names all that the shares open').waitFor();
    await page.getByLabel('Who is to read it').selectOption('gr-customs');
    await page.getByLabel('Reference of the event').fill(reference);
    await page.getByLabel('Ground').selectOption('COURT_ORDER');
    await inHours(page, 'Until when', 20);
    await lookedAt(proposes, 'orders-disclosure');
    await seal(page);
    await page.getByText('Nothing is sealed yet').waitFor();
    await confirms.page.getByRole('link', { name: /^Second officer/ }).click();
    await confirms.page.getByRole('button', { name: 'Confirm and seal' }).click();
    await confirms.page.getByText('Confirmed', { exact: true }).waitFor();
    // It comes to the custodians, as an order of oversight for somebody else.
    await reads.page.getByRole('row', { name: /Independent oversight/ }).waitFor();
    for (const seat of [proposes, confirms, reads]) {
      expect(await seat.everything()).not.toContain(SAID);
      await seat.close();
    }
  });

  it('has something forgotten by two auditors, who name what the record shows', async () => {
    const [auditor, proposes, confirms] = await Promise.all([
      office().signedIn('oversight', 'l.todorov'),
      office().signedIn(ORDERS, 'l.todorov'),
      office().signedIn(ORDERS, 'e.boneva'),
    ]);
    const { page } = auditor;
    await page.getByRole('row').first().waitFor();
    await (await scrolledTo(page, /Border Police · information/)).click();
    await page.getByText('For an order', { exact: true }).click();
    const shown = await page.getByText(/^\{"exchange":/).innerText();
    await lookedAt(auditor, 'record-for-order');
    const form = proposes.page;
    await form.getByRole('button', { name: 'Order an erasure' }).click();
    await form.getByLabel('What the record shows of it').fill('a leaf');
    await form.getByText('This is not what the record shows of a leaf').waitFor();
    expect(await form.getByRole('button', { name: 'Seal and send' }).isDisabled()).toBe(true);
    await form.getByLabel('What the record shows of it').fill(shown);
    await form.getByText(/Border Police said it/).waitFor();
    await form.getByLabel('Ground').selectOption('SUPERVISORY_ORDER');
    await inHours(form, 'By when it has to be gone everywhere', 48);
    await lookedAt(proposes, 'orders-erasure');
    await seal(form);
    await form.getByText('Nothing is sealed yet').waitFor();
    await confirms.page.getByRole('link', { name: /^Second officer/ }).click();
    await confirms.page
      .getByRole('heading', { name: 'Have forgotten what another said' })
      .waitFor();
    await lookedAt(confirms, 'orders-proposals');
    await confirms.page.getByRole('button', { name: 'Confirm and seal' }).click();
    await confirms.page.getByText('Confirmed', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Findings' }).click();
    await page.getByText('Erased on the order of Independent oversight.').waitFor();
    for (const seat of [auditor, proposes, confirms]) {
      const seen = await seat.everything();
      for (const secret of [SAID, 'Nothing to report']) expect(seen).not.toContain(secret);
      await seat.close();
    }
    await Promise.all([provider.close(), asker.close()]);
  });
};
