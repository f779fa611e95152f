// What oversight sees when something is wrong with an agency. None here does wrong: what the door says of them is written over on the way.
import { expect, it } from '@jest/globals';
import { lookedAt, type Office } from './office.js';

export const standingScenes = (office: () => Office): void => {
  it('shows what is wrong with an agency: its word, its envelopes, what it signs for', async () => {
    const auditor = await office().signedIn('oversight', 'l.todorov');
    const { page } = auditor;
    await page.route(/\/agencies$/, async (route) => {
      const answer = await route.fetch();
      const { rows, ...told } = (await answer.json()) as { rows: { agency: string }[] };
      const wrong: Readonly<Record<string, object>> = {
        'bg-sans': { active: false },
        'gr-customs': { rejected: 3, late: 2 },
      };
      await route.fulfill({
        json: { ...told, rows: rows.map((row) => ({ ...row, ...wrong[row.agency] })) },
      });
    });
    await page.route(/\/mailboxes$/, (route) =>
      route.fulfill({
        json: {
          rows: [
            { agency: 'tr-police', overdue: true, contradicts: false },
            { agency: 'tr-customs', overdue: false, contradicts: true },
          ],
        },
      }),
    );
    await page.route(/\/doubts$/, (route) =>
      route.fulfill({ json: { rows: [{ agency: 'gr-customs', inDoubt: '4' }] } }),
    );
    await page.getByRole('link', { name: 'Agencies' }).click();
    const row = (name: string) =>
      page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
    await row('State Agency for National Security').getByText('Suspended').waitFor();
    await row('Hellenic Customs').getByText('word in doubt: 4').waitFor();
    await row('Turkish Customs Enforcement').getByText('signs otherwise than the log').waitFor();
    await row('Turkish National Police').getByText('not signed for in time').waitFor();
    await lookedAt(auditor, 'agencies-wrong');
    expect(await page.getByText('Takes part', { exact: true }).count()).toBeGreaterThan(0);
    await page.unrouteAll({ behavior: 'wait' });
    await auditor.close();
  });
};
