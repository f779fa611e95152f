// What is fetched when somebody goes there may not come, and what was not filled in is said in the language of the console.
import { expect, it } from '@jest/globals';
import { type Office } from './office.js';

const WORDS = 'A question that nobody has asked yet';

export const lostLineScenes = (office: () => Office): void => {
  it('says in the language that was chosen what was not filled in', async () => {
    const seat = await office().signedIn('bg-customs', 'g.nikolov');
    const { page } = seat;
    await page.getByRole('link', { name: 'Write' }).first().click();
    await page.getByLabel('Who is asked?').waitFor();
    const missing = async (language: string): Promise<string> => {
      await page.locator('.language select').selectOption(language);
      await page.locator(`html[lang=${language}]`).waitFor();
      await page.locator('form button[type=submit]').click();
      return page
        .locator('form select')
        .evaluate((field) => (field as HTMLSelectElement).validationMessage);
    };
    expect(await missing('el')).toBe('Συμπληρώστε το.');
    expect(await missing('en')).toBe('Please fill this in.');
    await seat.close();
  });

  it('keeps what was written when the line is lost on the way to another screen', async () => {
    const seat = await office().signedIn('bg-customs', 'g.nikolov');
    const { page } = seat;
    await page.getByRole('link', { name: 'Write' }).first().click();
    await page.getByLabel('Who is asked?').selectOption('tr-customs');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Information sought').fill(WORDS);
    await seat.context.setOffline(true);
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    await page.getByRole('alert').getByText('What you wrote is still here.').waitFor();
    await seat.context.setOffline(false);
    expect(await seat.violations()).toEqual([]);
    await seat.shoot('lost-line');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Search' }).waitFor();
    await page.getByRole('link', { name: 'Write' }).first().click();
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await page.getByLabel('Information sought').inputValue()).toBe(WORDS);
    await seat.close();
    // What every test here ends with would notice: the window says on its console which screen did not come.
    expect(seat.faults.splice(0).filter((fault) => !fault.includes('NotBrought'))).toEqual([]);
  });
};
