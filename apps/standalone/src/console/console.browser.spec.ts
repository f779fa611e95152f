import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { referralScenes } from './testing/referrals.scenes.js';
import { agencyScenes } from './testing/agency.scenes.js';
import { disclosureScenes } from './testing/disclosure.scenes.js';
import { forgettingScenes } from './testing/forgetting.scenes.js';
import { inTimeScenes } from './testing/in-time.scenes.js';
import { lostLineScenes } from './testing/lost-line.scenes.js';
import { moveScenes } from './testing/moves.scenes.js';
import { oversightScenes } from './testing/oversight.scenes.js';
import { plateCheckScenes } from './testing/plate-check.scenes.js';
import { FOUND, RIGHTLY } from './testing/plate-check.words.js';
import { standingScenes } from './testing/standing.scenes.js';
import { describeInBrowser, type Seat } from './testing/browser.js';
import { lookedAt, Office } from './testing/office.js';

// A scene is dozens of steps and pictures: one that takes twenty seconds takes longer where the machine has other work.
jest.setTimeout(180_000);

describeInBrowser('the console', () => {
  let office: Office;
  let gr: Seat;
  let bg: Seat;
  let tr: Seat;

  beforeAll(async () => {
    office = await Office.open();
    [gr, bg, tr] = await Promise.all([
      office.seatAt('gr-police'),
      office.seatAt('bg-border-police'),
      office.seatAt('tr-police'),
    ]);
  }, 120_000);

  afterAll(() => office.close());

  afterEach(() => {
    office.nothingBroken();
  });

  const passwordOf = (agency: string, officer: string): string =>
    office.passwordOf(agency, officer);

  it('lets in whoever has the password, and says what is wrong to whoever has not', async () => {
    await lookedAt(gr, 'sign-in');
    await gr.signIn('n.papadakis', 'not the password');
    await gr.page.getByRole('alert').getByText('The name or the password is not right').waitFor();
    expect(await gr.context.cookies()).toEqual([]);
    await gr.signIn('n.papadakis', passwordOf('gr-police', 'n.papadakis'));
    await gr.page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await gr.page.getByText('Nothing waits for us').waitFor();
    const cookies = await gr.context.cookies();
    expect(cookies).toMatchObject([
      { name: 'tripoint-gr-police', httpOnly: true, sameSite: 'Strict' },
    ]);
    await Promise.all([
      bg.signIn('i.dimitrov', passwordOf('bg-border-police', 'i.dimitrov')),
      tr.signIn('a.yilmaz', passwordOf('tr-police', 'a.yilmaz')),
    ]);
    await bg.page.getByText('Live', { exact: true }).waitFor();
    await lookedAt(gr, 'inbox-empty');
  });

  it('locks an account after five wrong passwords, without saying so to a guesser', async () => {
    const guesser = await office.signedIn('gr-customs', 'k.alexiou');
    await guesser.page.getByRole('button', { name: 'Sign out' }).click();
    const said: string[] = [];
    const alert = guesser.page.getByRole('alert');
    for (let n = 0; n < 5; n += 1) {
      // Not by what is on the screen: after the first guess that is the answer to the one before.
      const answered = guesser.page.waitForResponse(/\/sessions\/console$/);
      await guesser.signIn('k.alexiou', `guess ${n}`);
      expect((await answered).ok()).toBe(false);
      await alert.waitFor();
      said.push(await alert.innerText());
    }
    const locked = guesser.page.waitForResponse(/\/sessions\/console$/);
    await guesser.signIn('k.alexiou', passwordOf('gr-customs', 'k.alexiou'));
    // The right one is answered as the wrong ones were, and lets nobody in.
    expect((await locked).ok()).toBe(false);
    await alert.getByText('five wrong passwords').waitFor();
    said.push(await alert.innerText());
    expect(new Set(said).size).toBe(1);
    expect(await guesser.context.cookies()).toEqual([]);
    // What every test here ends with would notice.
    await guesser.page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'body { color: red }';
      document.head.append(style);
    });
    await expect(
      guesser.page.evaluate(() => (document.body.innerHTML = '<b>x</b>')),
    ).rejects.toThrow('TrustedHTML');
    await guesser.close();
    expect(guesser.faults.splice(0).join()).toMatch(
      /CSP style-src.*CSP require-trusted-types-for/s,
    );
  });

  plateCheckScenes(
    () => office,
    () => ({ gr, bg, tr }),
  );
  const inTime = inTimeScenes(
    () => office,
    () => bg,
  );
  inTime.begin();

  it('finds a plate however it was spelt, for a purpose', async () => {
    const { page } = gr;
    await page.getByRole('link', { name: 'Search' }).click();
    await page.getByLabel('Purpose').selectOption('INVESTIGATION');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByLabel('Name or number').fill('хка-4821');
    await page.getByLabel('a number').check();
    await page.getByRole('button', { name: 'Search' }).click();
    await page
      .getByRole('heading', { name: /Vehicle XKA ?4821/ })
      .first()
      .waitFor();
    await lookedAt(gr, 'search');
    await page.getByRole('button', { name: 'Go to the exchange' }).first().click();
    await page.getByRole('heading', { name: 'Exchange' }).waitFor();
  });

  it('says that nobody can be named yet, and goes on by itself', async () => {
    const { page } = gr;
    const directory = /\/agencies$/;
    await page.route(directory, (route) =>
      route.fulfill({ status: 500, json: { code: 'internal-error' } }),
    );
    await page.reload();
    await page.getByRole('link', { name: 'Write', exact: true }).first().click();
    await page.getByRole('alert').waitFor();
    await page.unroute(directory);
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByLabel('Who is asked?').selectOption('bg-border-police');
  });

  it('is worked with the keyboard alone', async () => {
    const { page } = gr;
    await gr.tabTo(page.getByRole('link', { name: 'Inbox', exact: true }).first());
    await page.keyboard.press('Enter');
    await page.getByRole('grid').waitFor();
    await gr.tabTo(page.getByRole('row').first());
    await gr.arrowTo(
      page.getByRole('row', { name: /Directorate Border Police.*answered in full/ }),
    );
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Exchange' }).waitFor();
    await gr.tabTo(page.getByLabel('Purpose'));
    await page.keyboard.type('Inv');
    await gr.tabTo(page.getByRole('button', { name: 'Open', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByText(RIGHTLY).waitFor();
    await gr.tabTo(page.getByRole('link', { name: 'Write', exact: true }).first());
    await page.keyboard.press('Enter');
    await gr.tabTo(page.getByLabel('Who is asked?'));
    await page.keyboard.type('Turkish N');
    await gr.tabTo(page.getByRole('button', { name: 'Continue' }));
    await page.keyboard.press('Enter');
    await gr.tabTo(page.getByLabel('Information sought'));
    await page.keyboard.type('Nothing that is ever sent');
    await gr.tabTo(page.getByRole('button', { name: 'Discard' }));
    await page.keyboard.press('Enter');
    await page.getByLabel('Who is asked?').waitFor();
    await gr.tabTo(page.getByRole('link', { name: 'Inbox', exact: true }).first());
    await page.keyboard.press('Enter');
    await gr.tabTo(page.getByRole('row').first());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Exchange' }).waitFor();
  });

  it('stays whole on a narrow window and at twice the size', async () => {
    const { page } = gr;
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await gr.overflow()).toBe(0);
    await gr.shoot('narrow-exchange');
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    await page.getByRole('grid').waitFor();
    expect(await gr.overflow()).toBe(0);
    await gr.shoot('narrow-inbox');
    expect(await gr.violations()).toEqual([]);
    // At 200 % a window of 1280 has room for 640.
    await page.setViewportSize({ width: 640, height: 430 });
    for (const screen of ['Referrals', 'Write', 'Search', 'Agency', 'Inbox']) {
      await page.getByRole('link', { name: screen, exact: true }).first().click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([screen, await gr.overflow()]).toEqual([screen, 0]);
    }
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('moves nothing for whoever does not want it to', async () => {
    await gr.page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await gr.moving()).not.toEqual([]);
    await gr.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await gr.moving()).toEqual([]);
  });

  it('locks itself when nobody is there: nothing is left on the screen, and the session is over', async () => {
    const { page } = bg;
    await page.getByText(FOUND).first().waitFor();
    await page.clock.install();
    await page.reload();
    await page.getByRole('button', { name: 'Done' }).click();
    await page
      .getByRole('row', { name: /Hellenic Police/ })
      .first()
      .waitFor();
    await page.clock.runFor(9 * 60_000 + 30_000);
    await page.getByRole('alert').getByText('locks itself in a minute').waitFor();
    const session = await bg.context.cookies();
    const underIt = async (): Promise<number> => {
      const headers = {
        cookie: `${session[0]!.name}=${session[0]!.value}`,
        'tripoint-console': '1',
      };
      return (await fetch(`${bg.url}/sessions/current`, { headers })).status;
    };
    expect(await underIt()).toBe(200);
    await page.clock.runFor(60_000);
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(await page.content()).not.toContain('Hellenic');
    await lookedAt(bg, 'locked');
    await page.getByLabel('Password').fill(passwordOf('bg-border-police', 'i.dimitrov'));
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    expect(await underIt()).toBe(401);
  });

  it('is usable within three seconds on a slow line', async () => {
    const seat = await office.seatAt('gr-police');
    const { page } = seat;
    await page.waitForLoadState('networkidle');
    const password = passwordOf('gr-police', 'e.georgiou');
    // 400 ms there and back, 400 kbit/s.
    await seat.slowLine(400);
    /** What no console could do without, one after the other: to be let in, to look whether the browser keeps it, and to ask for a list. */
    const least = (): Promise<number> =>
      page.evaluate(
        async (body) => {
          const headers = { 'tripoint-console': '1', 'content-type': 'application/json' };
          const began = performance.now();
          const ask = async (path: string, init: RequestInit = {}): Promise<void> => {
            await (await fetch(path, { ...init, headers })).text();
          };
          await ask('/sessions/console', { method: 'POST', body });
          await ask('/sessions/current');
          await ask('/requests?open=true&limit=200');
          const took = performance.now() - began;
          await ask('/sessions/current', { method: 'DELETE', body: '{}' });
          return took;
        },
        JSON.stringify({ officer: 'e.georgiou', password }),
      );
    /** Three seconds, where that takes no longer than it does on a machine without other work; in proportion, where it does. */
    const LEAST = 1_300;
    const tried: (readonly [took: number, may: number])[] = [];
    while (tried.length < 8 && !tried.some(([took, may]) => took < may)) {
      const may = 3_000 * Math.max(1, (await least()) / LEAST);
      await page.getByLabel('User name').fill('e.georgiou');
      await page.getByLabel('Password').fill(password);
      const began = performance.now();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.locator('.rows, .rows-empty').first().waitFor();
      tried.push([performance.now() - began, may]);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    }
    expect(tried.filter(([took, may]) => took < may)).not.toEqual([]);
    await seat.close();
  });

  it('keeps a list of ten thousand smooth', async () => {
    const { page } = gr;
    const row = {
      exchange: '00000000-0000-4000-8000-000000000000',
      from: 'tr-police',
      to: 'gr-police',
      status: 'RECEIVED',
      open: true,
      firstAt: '2026-11-26T00:00:00.000Z',
      newestAt: '2026-11-26T00:00:00.000Z',
      newestLeaf: '1',
      onItsWay: 0,
      version: '1',
      urgency: 'ROUTINE',
      access: 'DIRECT',
      overdue: false,
      dueAt: '2036-11-26T00:00:00.000Z',
    };
    const rows = Array.from({ length: 10_000 }, (_, n) => ({
      ...row,
      item: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    }));
    let length = 0;
    await page.route(/\/requests\?/, (route) => {
      const open = route.request().url().includes('open=true');
      return route.fulfill({ json: { rows: open ? rows.slice(0, length) : [] } });
    });
    /** The median time of a frame while a list so long is scrolled, in milliseconds. */
    const frameOf = async (rowsShown: number): Promise<number> => {
      length = rowsShown;
      await page.reload();
      await page.getByRole('row').first().waitFor();
      return page.evaluate(async () => {
        const list = document.querySelector('.rows')!;
        const frames: number[] = [];
        for (let n = 0; n < 30; n += 1) {
          const began = performance.now();
          list.scrollTop += n % 2 === 0 ? 400 : -300;
          await new Promise((resolve) => requestAnimationFrame(resolve));
          frames.push(performance.now() - began);
        }
        return frames.sort((a, b) => a - b)[15]!;
      });
    };
    // Held against a list that nobody would call long, before and after. Whatever else the machine does in between is not there each time.
    const tried: (readonly [long: number, short: number])[] = [];
    while (tried.length < 5 && !tried.some(([long, short]) => long < 3 * short)) {
      const before = await frameOf(100);
      const long = await frameOf(10_000);
      expect(await page.getByRole('row').count()).toBeLessThan(100);
      tried.push([long, Math.max(before, await frameOf(100))]);
    }
    expect(tried.filter(([long, short]) => long < 3 * short)).not.toEqual([]);
    const loaded = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.endsWith('.js'))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );
    expect(loaded).toBeGreaterThan(50_000);
    expect(loaded).toBeLessThan(250_000);
    await page.unroute(/\/requests\?/);
  });

  lostLineScenes(() => office);
  referralScenes(() => office);
  moveScenes(() => office);
  inTime.comesBack();
  forgettingScenes(() => office);
  agencyScenes(() => office);
  oversightScenes(() => office);
  standingScenes(() => office);
  disclosureScenes(() => office);
  inTime.isOver();
});
