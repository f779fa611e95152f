// In an emergency an agency has custodians open for it what it was not told: one lets its share go, one does not, and with the
// second it reads that and nothing else, until the time is over.
import { expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { type Seat } from './browser.js';
import { inHours, lookedAt, type Office, open, openWith, seal, tell } from './office.js';

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

  it('orders custodians to disclose one event, in an emergency', async () => {
    const { page } = asker;
    await page.getByRole('link', { name: 'Emergency' }).click();
    await page.getByText('No emergency so far').waitFor();
    await page.getByRole('button', { name: 'Ask custodians to disclose' }).click();
    await page.getByLabel('Reference of the event').fill(reference);
    await page.getByLabel('Ground').selectOption('DANGER_TO_LIFE');
    await page.getByLabel('Until when').fill(await inHours(page, 20));
    await lookedAt(asker, 'emergency-order');
    await seal(page);
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
    await Promise.all([provider.close(), asker.close()]);
  });
};
