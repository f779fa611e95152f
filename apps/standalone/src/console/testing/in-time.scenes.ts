// What in the plate check goes by a clock that nobody sits and waits for: a holder who is away when a deadline passes, and a grant that
// is over by itself. The others go on meanwhile, and it is looked at when they are done.
import { expect, it } from '@jest/globals';
import { type Seat } from './browser.js';
import { A_SOURCE, openedAnew, unknownTo } from './must-not-see.js';
import { inHours, type Office, open, openWith, seal } from './office.js';
import { FOUND, OURS_OF_BG, RIGHTLY, SOUGHT } from './plate-check.words.js';

/** A clock of minutes may still be running where everything else was quick. */
const RUNS_OUT = { timeout: 240_000 };
const IN_ALL = 300_000;

type Scenes = {
  /** Before the window of whoever said it, in the exchange where that was. */
  readonly begin: () => void;
  readonly comesBack: () => void;
  readonly isOver: () => void;
};

export const inTimeScenes = (office: () => Office, provider: () => Seat): Scenes => {
  let comeBack: () => Promise<void>;

  const begin = (): void => {
    it('recalls it from a holder who is away, too', async () => {
      const { page } = provider();
      comeBack = await office().takeAway('tr-police');
      await page.getByRole('button', { name: 'Recall' }).first().click();
      await page.getByLabel('From whom?').selectOption('tr-police');
      await inHours(page, 'By when the copy has to be gone', 2 / 60);
      await seal(page);
      await page.getByText('No answer yet').waitFor();
    });

    it('hands it to one more agency for some minutes', async () => {
      const { page } = provider();
      await page.getByRole('button', { name: 'Hand on unasked' }).first().click();
      await page.getByLabel('Who else should know?').selectOption('bg-gdbop');
      // A source is offered to nobody.
      expect(await page.getByRole('checkbox', { name: /^Source/ }).count()).toBe(0);
      await inHours(page, 'Until when', 4 / 60);
      await seal(page);
      const grantee = await office().signedIn('bg-gdbop', 'v.stoilov');
      await grantee.page.getByRole('button', { name: 'Done' }).click();
      await open(grantee.page, /handed something on to us/);
      await openWith(grantee);
      await grantee.page.getByText(FOUND).waitFor();
      await unknownTo(grantee, RIGHTLY, SOUGHT, 'Zlatev', A_SOURCE);
      await grantee.close();
    });
  };

  const comesBack = (): void => {
    it(
      'shows who has not said in time that it is gone, and that it is once they are back',
      async () => {
        const recalls = await office().signedIn('bg-border-police', 'i.dimitrov');
        const { page } = recalls;
        // It waits for whoever recalled it once the deadline is past, and not before. No event tells of that.
        const row = page.getByRole('row', { name: /Turkish National.*has to forget/ });
        await row.waitFor(RUNS_OUT);
        await row.getByText(/^Overdue by /).waitFor();
        await row.click();
        const recalled = page.locator('.recall').filter({ hasText: 'Turkish National Police' });
        await recalled.getByText('Defaulted: not gone by the deadline').waitFor();
        await comeBack();
        await recalled.getByText(/^Gone /).waitFor({ timeout: 90_000 });
        await recalled.getByText('After the deadline').waitFor();
        await recalls.close();
        const holder = await office().signedIn('tr-police', 'a.yilmaz');
        await openedAnew(holder, 'Done', /handed something on to us/);
        await holder.page.getByText('Our copy of it is gone since').waitFor();
        await unknownTo(holder, RIGHTLY, ...OURS_OF_BG);
        await holder.close();
      },
      IN_ALL,
    );
  };

  const isOver = (): void => {
    it(
      'has nothing left with whom it was handed to for some minutes',
      async () => {
        const grantee = await office().signedIn('bg-gdbop', 'v.stoilov');
        const { page } = grantee;
        await page.getByRole('button', { name: 'Done' }).click();
        const row = /handed something on to us.*over, copy gone/;
        await page.getByRole('row', { name: row }).waitFor(RUNS_OUT);
        await openedAnew(grantee, 'Done', row);
        await unknownTo(grantee, RIGHTLY, ...OURS_OF_BG);
        await grantee.close();
      },
      IN_ALL,
    );
  };

  return { begin, comesBack, isOver };
};
