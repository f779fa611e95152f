// An auditor looks at the record: goes back to a leaf, has it decided again, and has everything verified in the browser itself.
import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import { firstSources, publishBundle } from '@tripoint/policy';
import { type Seat } from './browser.js';
import { knownTo, unknownTo } from './must-not-see.js';
import { lookedAt, type Office } from './office.js';
import { OURS_OF_BG, RIGHTLY } from './plate-check.words.js';

/** Rules by which nobody would be given the facts of anybody else. */
const proposedBundle = (): Uint8Array => {
  const bundle = publishBundle({
    ...firstSources,
    policies: `${firstSources.policies}
@id("facts-stay-at-home")
@because("Facts are for whoever wrote them.")
forbid (principal, action == Action::"receive", resource == Compartment::"facts")
unless { context.sameAgency };
`,
  });
  if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
  return bundle.bytes;
};

export const oversightScenes = (office: () => Office): void => {
  let auditor: Seat;

  it('shows an auditor the record, and no content', async () => {
    auditor = await office().signedIn('oversight', 'l.todorov');
    const { page } = auditor;
    await page.getByRole('heading', { name: 'The record' }).waitFor();
    await page.getByText('The record is sound').waitFor();
    await page.getByRole('row', { name: / · / }).first().waitFor();
    await lookedAt(auditor, 'record');
    for (const screen of ['Inbox', 'Write', 'Search'])
      expect(await page.getByRole('link', { name: screen, exact: true }).count()).toBe(0);
  });

  it('goes back to what was known as of a leaf', async () => {
    const { page } = auditor;
    const slider = page.getByRole('slider', { name: 'As of leaf' });
    await slider.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^1 of /).waitFor();
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'To the newest' }).click();
  });

  it('proves a leaf in the browser, and decides it again', async () => {
    const { page } = auditor;
    await page.getByRole('row', { name: / · / }).first().click();
    await page.getByText('The leaf is in the log that was signed.').waitFor();
    await page.getByRole('button', { name: 'Decide again' }).click();
    await page.getByText('It comes out as it was recorded, byte for byte.').waitFor();
    await page.getByText('was given it').first().waitFor();
    await page.getByRole('heading', { name: /Who could see what/ }).waitFor();
    await lookedAt(auditor, 'record-leaf');
    // What comes out otherwise is said to.
    await page.route(/\/decisions\/\d+\/replay$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...((await answer.json()) as object), agrees: false } });
    });
    await page.getByRole('row', { name: / · / }).nth(1).click();
    await page.getByRole('button', { name: 'Decide again' }).click();
    await page.getByText('It comes out differently from what was recorded.').waitFor();
    await page.unroute(/\/decisions\/\d+\/replay$/);
    await page.getByRole('row', { name: / · / }).first().click();
  });

  it('says who could have seen a part of it, and why the others could not', async () => {
    const { page } = auditor;
    const counterfactual = page.getByRole('region', { name: 'Who could have seen it, and why' });
    await counterfactual.getByRole('button').first().click();
    await counterfactual.getByText('was given it').first().waitFor();
    await counterfactual.getByText('was not addressed').first().waitFor();
    await lookedAt(auditor, 'record-counterfactual');
  });

  it('decides everything once more by rules that somebody proposes', async () => {
    const { page } = auditor;
    await page.getByRole('link', { name: 'Proposed rules' }).click();
    await page.getByLabel('Bundle of rules').setInputFiles({
      name: 'bundle.json',
      mimeType: 'application/json',
      buffer: Buffer.from(proposedBundle()),
    });
    await page.getByText('Some of it would have been decided otherwise.').waitFor();
    await lookedAt(auditor, 'rules');
    await page.getByRole('link', { name: 'Record', exact: true }).click();
    await page.getByRole('row', { name: / · / }).first().waitFor();
  });

  it('notices when a server shows a leaf that is not in the tree', async () => {
    const { page } = auditor;
    await page.route(/\/inclusion$/, async (route) => {
      const answer = await route.fetch();
      const proven = (await answer.json()) as { leaf: { leaf: string } };
      proven.leaf.leaf += ' ';
      await route.fulfill({ json: proven });
    });
    await page.getByRole('row').nth(4).click();
    await page.getByText('The proof does not lead to the root that was signed.').waitFor();
    await page.unroute(/\/inclusion$/);
  });

  it('verifies checkpoint, witnesses and growth in the browser', async () => {
    const { page } = auditor;
    await page.getByRole('link', { name: 'Checkpoints' }).click();
    await page.getByText('The newest log continues it', { exact: true }).waitFor();
    const witnesses = page.getByRole('region', { name: 'Witnesses' });
    await witnesses
      .getByText(/^Cosigned /)
      .first()
      .waitFor();
    await lookedAt(auditor, 'checkpoints');
    expect(await page.getByText('does not hold').count()).toBe(0);
  });

  it('shows what an agency’s officers read for, by the rows that it has shown', async () => {
    const keeper = await office().signedIn('gr-police', 'p.vlachou');
    await keeper.page.getByRole('button', { name: 'Reads' }).click();
    const saved = keeper.page.waitForEvent('download');
    await keeper.page.getByRole('button', { name: 'Save as a file' }).click();
    const rows = await (await saved).path();
    const { page } = auditor;
    await page.getByRole('link', { name: 'Agencies' }).click();
    await page.getByRole('button', { name: /^Record of reads.*Hellenic Police/ }).click();
    const file = page.getByLabel('Rows that the agency has shown');
    await file.setInputFiles({
      name: 'reads.json',
      mimeType: 'application/json',
      buffer: Buffer.from('no reads'),
    });
    await page.getByRole('alert').waitFor();
    // A root is published hourly: that there is none over so few reads yet is not what is looked at here.
    const { agency, ...shown } = JSON.parse(await readFile(rows, 'utf8')) as {
      readonly agency: string;
      readonly rows: readonly unknown[];
    };
    expect(agency).toBe('gr-police');
    await page.route(/\/agencies\/gr-police\/reads$/, (route) =>
      route.fulfill({ json: { sound: true, leaf: '1', checked: String(shown.rows.length) } }),
    );
    await file.setInputFiles(rows);
    const byPurpose = page.getByRole('region', { name: 'By purpose' });
    await byPurpose.getByRole('button', { name: /Investigation/ }).click();
    const listed = page.getByRole('table', { name: 'Reads that stand under the root' });
    await listed.getByText('Investigation').first().waitFor();
    expect(await listed.getByText('Data subject request').count()).toBe(0);
    await lookedAt(auditor, 'reads-by-purpose');
    await page.unroute(/\/agencies\/gr-police\/reads$/);
    await keeper.close();
  });

  it('shows how agencies stand, what was found and who was kept from telling', async () => {
    const { page } = auditor;
    await page.getByRole('link', { name: 'Agencies' }).click();
    await page.getByRole('rowheader', { name: /Hellenic Police/ }).waitFor();
    await lookedAt(auditor, 'agencies');
    await page.getByRole('button', { name: /^Record of reads.*Hellenic Police/ }).click();
    await page.getByText('cannot shorten or change the record').waitFor();
    await lookedAt(auditor, 'read-roots');
    await page.getByRole('link', { name: 'Findings' }).click();
    await page.getByText('Nothing was found').waitFor();
    const erasures = page.getByRole('region', { name: 'Erasures' });
    await erasures.getByText('Erased on the order of Hellenic Police.').waitFor();
    await erasures.getByText('Says that it is gone').first().waitFor();
    const attempts = page.getByRole('region', { name: 'Disclosures that were refused' });
    await attempts
      .getByText(/→ Turkish National Police/)
      .first()
      .waitFor();
    await lookedAt(auditor, 'findings');
    await knownTo(auditor, '"bg-border-police"', '"animus"');
    await unknownTo(auditor, 'XKA', ...OURS_OF_BG, RIGHTLY, 'Стоянова', 'Tsar Simeon', 'Karadzhov');
    expect(await auditor.traces()).not.toMatch(/gr-police|exchange|token/);
    await auditor.close();
  });
};
