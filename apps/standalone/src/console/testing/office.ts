// A whole federation in one process with officers before its consoles, for every scene that is looked at.
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { formatChainEntry } from '@tripoint/envelope';
import { type StatementBody } from '@tripoint/federation';
import { type AgencyId, type Instant } from '@tripoint/kernel';
import { Client, type ClientConfig, escapeIdentifier } from 'pg';
import { type Browser, type Locator, type Page } from 'playwright-core';
import { dispatch, runCommand } from '../../../../cli/src/dispatch.js';
import { evidence } from '../../../../cli/src/evidence/evidence.command.js';
import { passwordKey } from '../../demo/accounts.js';
import { signedNext } from '../../gates/testing/enact.js';
import { untilTrue } from '../../gates/testing/eventually.js';
import { type Standalone, startStandalone } from '../../standalone.js';
import { openBrowser, Seat } from './browser.js';

/** The door at which oversight gives orders: the same body as at its other one, and the same accounts. */
export const ORDERS = 'orders';
const LANGUAGES = ['en', 'bg', 'el', 'tr'] as const;
const THEMES = ['light', 'dark'] as const;

const catalog = join(import.meta.dirname, '../../../../console/src/language/catalogs/en.json');
const KEY_OF_A_WORD = new RegExp(
  `\\b(${Object.keys(JSON.parse(readFileSync(catalog, 'utf8')) as object).join('|')})\\.[A-Za-z]`,
);

export class Office {
  readonly #seats: Seat[] = [];

  private constructor(
    readonly standalone: Standalone,
    readonly browser: Browser,
    private readonly parent: string,
  ) {}

  static async open(): Promise<Office> {
    const parent = await mkdtemp(join(tmpdir(), 'tripoint-console-'));
    // The database server may have to run as another user, who has to reach its folder.
    await chmod(parent, 0o755);
    const [standalone, browser] = await Promise.all([
      startStandalone(
        { data: join(parent, 'data'), port: randomInt(20_000, 30_000), fresh: false },
        (_what, work) => work(),
      ),
      openBrowser(),
    ]);
    return new Office(standalone, browser, parent);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.standalone.stop();
    await rm(this.parent, { recursive: true, force: true });
  }

  /** Has the root holders state something, and the hub record it. */
  async enact(body: StatementBody): Promise<void> {
    const federation = join(this.parent, 'data', 'federation');
    const { seq, entry } = await signedNext({ federation }, body);
    const { url } = this.standalone.hub;
    const answer = await fetch(`${url}/registry/statements`, {
      method: 'POST',
      headers: { 'content-type': 'application/cbor' },
      body: new Uint8Array(formatChainEntry(entry)),
    });
    expect(answer.status).toBe(202);
    await untilTrue('it is recorded', async () => {
      const next = (await (await fetch(`${url}/registry/next`)).json()) as { seq: number };
      return next.seq > seq;
    });
  }

  /** The node of an agency loses its database, and can do nothing. Answers how it gets it back; resolves when it works again. */
  async takeAway(agency: string): Promise<() => Promise<void>> {
    const { postgres } = JSON.parse(
      await readFile(join(this.parent, 'data', 'demo.json'), 'utf8'),
    ) as { readonly postgres: ClientConfig };
    const database = `agency-${agency}`;
    const connections = async (most: number): Promise<void> => {
      const client = new Client(postgres);
      await client.connect();
      await client.query(
        `alter database ${escapeIdentifier(database)} connection limit ${String(most)}`,
      );
      if (most === 0)
        await client.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
          [database],
        );
      await client.end();
    };
    const door = this.standalone.agencies.find(({ id }) => id === agency);
    const ready = async (): Promise<boolean> => (await fetch(`${door?.url ?? ''}/health/ready`)).ok;
    await connections(0);
    await untilTrue('it can do nothing', async () => !(await ready()));
    return async () => {
      await connections(-1);
      await untilTrue('it works again', ready);
    };
  }

  /** Somebody's window before the door of an agency, or of oversight. */
  async seatAt(agency: string): Promise<Seat> {
    const { agencies, oversight, orders } = this.standalone;
    const door = [...agencies, oversight, { ...orders, id: ORDERS }].find(
      ({ id }) => id === agency,
    );
    if (door === undefined) throw new Error(`${agency} has no door`);
    const seat = await Seat.take(this.browser, door.url);
    this.#seats.push(seat);
    return seat;
  }

  passwordOf(agency: string, officer: string): string {
    const password = this.standalone.passwords[passwordKey(agency as AgencyId, officer)];
    if (password === undefined) throw new Error(`${officer} has no account at ${agency}`);
    return password;
  }

  /** What `tripoint` says of a file that shows to whom something was delivered, without asking anybody here. */
  async saidOfDelivered(file: string): Promise<readonly string[]> {
    const federation = join(this.parent, 'data', 'federation');
    const lines: string[] = [];
    const say = (line: string): void => {
      lines.push(line);
    };
    const believed = ['--anchor', join(federation, 'anchor.json')];
    await runCommand(
      dispatch('tripoint', 'for a test', { evidence }),
      ['evidence', 'delivered', file, ...believed, '--policy', join(federation, 'trust-policy')],
      {
        out: say,
        err: say,
        environment: {},
        now: () => new Date().toISOString() as Instant,
        fetch: () => Promise.reject(new Error('it is verified without a network')),
      },
    );
    return lines;
  }

  /** A seat with its officer signed in. */
  async signedIn(agency: string, officer: string): Promise<Seat> {
    const seat = await this.seatAt(agency);
    await seat.signIn(officer, this.passwordOf(agency === ORDERS ? 'oversight' : agency, officer));
    await seat.page.getByRole('button', { name: 'Sign out' }).waitFor();
    return seat;
  }

  /** Whatever was tested: no policy broken, nothing asked of anybody else, nothing thrown. */
  nothingBroken(): void {
    expect(this.#seats.flatMap(({ faults }) => faults)).toEqual([]);
  }
}

/**
 * Every language in both themes: nothing that axe objects to, contrast in both themes included, and a picture for people to look at. At
 * twice the size all of it fits, and for whoever wants it so nothing moves.
 */
export const lookedAt = async (seat: Seat, screen: string): Promise<void> => {
  const { page } = seat;
  const choice = page.locator('.language select').first();
  for (const language of LANGUAGES) {
    await choice.selectOption(language);
    await page.locator(`html[lang=${language}]`).waitFor();
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await seat.shoot(`${screen}-${language}-${colorScheme}`);
      // A word that is missing from the catalogue is shown by its key.
      expect(await page.locator('body').innerText()).not.toMatch(KEY_OF_A_WORD);
      if (colorScheme === 'light' || language === 'en')
        expect([screen, language, colorScheme, await seat.violations(language === 'en')]).toEqual([
          screen,
          language,
          colorScheme,
          [],
        ]);
    }
  }
  // At 200 % a window of 1280 has room for 640. Greek words are the longest.
  await choice.selectOption('el');
  await page.locator('html[lang=el]').waitFor();
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 640, height: 430 });
  expect([screen, await seat.overflow()]).toEqual([screen, 0]);
  expect([screen, await seat.moving()]).toEqual([screen, []]);
  await page.setViewportSize(size);
  await choice.selectOption('en');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.locator('html[lang=en]').waitFor();
};

/** Opens the first row of a list that has this name. */
export const open = (page: Page, name: RegExp): Promise<void> =>
  page.getByRole('row', { name }).first().click();

/** Scrolls a long list until this row is in it: only what is near is there. From its end it begins anew. */
export const scrolledTo = async (page: Page, name: RegExp): Promise<Locator> => {
  const row = page.getByRole('row', { name }).first();
  await untilTrue('the row is in the list', async () => {
    if (await row.isVisible()) return true;
    await page.locator('.rows').evaluate(async (list) => {
      const { scrollTop, scrollHeight, clientHeight } = list;
      const atEnd = scrollTop + clientHeight >= scrollHeight - 1;
      list.scrollTop = atEnd ? 0 : scrollTop + clientHeight / 2;
      // Faster than the rows are drawn it would run past what it looks for.
      const { top, bottom } = list.getBoundingClientRect();
      const shows = (height: number): boolean =>
        [...list.querySelectorAll('[role=row]')].some((one) => {
          const place = one.getBoundingClientRect();
          return place.top <= height && place.bottom >= height;
        });
      for (let frame = 0; frame < 60 && !(shows(top + 40) && shows(bottom - 40)); frame += 1)
        await new Promise(requestAnimationFrame);
    });
    return false;
  });
  return row;
};

/** Types a date into the field of this name, part by part as an English desk writes it, and a time where it asks for one. */
export const typeMoment = async (page: Page, label: string, digits: string): Promise<void> => {
  const field = page.getByRole('group', { name: label });
  await field.getByRole('spinbutton').first().focus();
  await page.keyboard.type(digits);
};

/** Says in the field of this name: so many hours from now, by the clock of the window. */
export const inHours = async (page: Page, label: string, hours: number): Promise<void> => {
  const digits = await page.evaluate((ahead) => {
    const then = new Date(Date.now() + ahead * 3_600_000);
    const two = (part: number): string => String(part).padStart(2, '0');
    return [
      two(then.getDate()),
      two(then.getMonth() + 1),
      String(then.getFullYear()),
      two(then.getHours()),
      two(then.getMinutes()),
    ].join('');
  }, hours);
  await typeMoment(page, label, digits);
};

/** Opens what is sealed in the exchange that is shown, for a purpose. */
export const openWith = async ({ page }: Seat, purpose = 'INVESTIGATION'): Promise<void> => {
  await page.getByLabel('Purpose').first().selectOption(purpose);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
};

/** Hands in the form that is open. */
export const seal = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Seal and send' }).click();

/** Informs one agency of something on the officer’s own initiative. */
export const tell = async ({ page }: Seat, whom: string, text: string): Promise<void> => {
  await page.getByRole('link', { name: 'Write' }).first().click();
  await page.getByRole('button', { name: 'Inform' }).click();
  await page.getByLabel('Who is told?').selectOption(whom);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Text', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('table', { name: 'Who will know what' }).waitFor();
  await seal(page);
  await page.getByText('Sealed and on its way.').first().waitFor();
};
