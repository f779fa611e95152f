// What oversight sees when something is wrong with an agency. None here does wrong: what the door says of them is written over on the way.
import { expect, it } from '@jest/globals';
import { type Seat } from './browser.js';
import { lookedAt, type Office } from './office.js';

type Rows = { rows: Record<string, unknown>[] };

/** Has the door say something else of one agency. */
const saying = async (
  { page }: Seat,
  where: RegExp,
  others: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<void> => {
  await page.route(where, async (route) => {
    const answer = await route.fetch();
    const told = (await answer.json()) as Rows;
    const rows = told.rows.map((row) => ({ ...row, ...others[String(row['agency'])] }));
    await route.fulfill({ json: { ...told, rows } });
  });
};

export const standingScenes = (office: () => Office): void => {
  it('shows what is wrong with an agency: its word, its envelopes, what it signs for', async () => {
    const auditor = await office().signedIn('oversight', 'l.todorov');
    const { page } = auditor;
    await saying(auditor, /\/agencies$/, {
      'bg-sans': { active: false },
      'gr-customs': { rejected: 3, late: 2 },
    });
    await saying(auditor, /\/mailboxes$/, {
      'tr-police': { overdue: true },
      'tr-customs': { contradicts: true },
    });
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
