// Officers at their consoles: one browser, a context for each of them, and everything that each was sent.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';

const executablePath = process.env['TRIPOINT_TEST_CHROMIUM'] ?? '';
const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Where screenshots go, for people to look at; never committed. */
const ARTEFACTS = process.env['TRIPOINT_ARTEFACTS'] ?? join('coverage', 'console');

/** Describes what needs a browser. Where there is none, its tests are counted as skipped, with the reason in their name. */
export const describeInBrowser = (name: string, tests: () => void): void => {
  if (executablePath === '') describe.skip(`${name} (no Chromium on PATH)`, tests);
  else describe(name, tests);
};

/** Root may not use the sandbox, and containers seldom have one. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** More than there is to go through on any screen. */
const MOST_TABS = 120;

/** What must not happen in any window, whatever is tested there. */
const FAILED_LOAD = 'Failed to load resource';

/** One officer before one console. */
export class Seat {
  /** Everything that went wrong in this window, in the words of the browser. */
  readonly faults: string[] = [];
  /** Everything that the network brought it, as text. */
  readonly received: string[] = [];
  /** Every address that it asked. */
  readonly asked: string[] = [];
  readonly #arriving = new Set<Promise<void>>();

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly url: string,
  ) {}

  static async take(browser: Browser, url: string): Promise<Seat> {
    const context = await browser.newContext({
      locale: 'en-GB',
      timezoneId: 'Europe/Sofia',
      viewport: { width: 1280, height: 860 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const seat = new Seat(context, page, url);
    page.on('pageerror', (error) => seat.faults.push(error.message));
    page.on('console', (message) => {
      // A refused request is an answer, and the console says it in its own words.
      if (['error', 'warning'].includes(message.type()) && !message.text().startsWith(FAILED_LOAD))
        seat.faults.push(message.text());
    });
    page.on('request', (request) => {
      seat.asked.push(request.url());
      if (!request.url().startsWith(`${url}/`)) seat.faults.push(`asks ${request.url()}`);
    });
    page.on('response', (response) => {
      // What everybody is sent alike is in the bundle; a line that stays open is listened to below.
      if (/javascript|css|font|svg|event-stream/.test(response.headers()['content-type'] ?? ''))
        return;
      const arriving = response.text().then(
        (text) => {
          seat.received.push(text);
        },
        () => undefined,
      );
      seat.#arriving.add(arriving);
      void arriving.then(() => seat.#arriving.delete(arriving));
    });
    await seat.#listen();
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
        // eslint-disable-next-line no-console -- how a page tells the test
        console.error(`CSP ${violatedDirective} ${blockedURI} ${sample}`);
      });
    });
    // A live line that is opened before the page has come to rest would keep it from ever doing so.
    await page.goto(`${url}/`, { waitUntil: 'networkidle' });
    return seat;
  }

  async signIn(officer: string, password: string): Promise<void> {
    await this.page.getByLabel('User name').fill(officer);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Keeps requests of this kind from going out. Answers how to let them go. */
  async keepsBack(url: RegExp): Promise<() => void> {
    let letGo: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await this.page.route(url, async (route) => {
      await gone;
      await route.continue();
    });
    return letGo;
  }

  /** Every answer takes so long, in milliseconds, and 400 kbit/s at most come through. Answers how to end that. */
  async slowLine(latency: number): Promise<() => Promise<void>> {
    const line = await this.context.newCDPSession(this.page);
    const conditions = (ms: number, throughput: number) =>
      line.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: ms,
        downloadThroughput: throughput,
        uploadThroughput: throughput,
      });
    await line.send('Network.enable');
    await conditions(latency, 50_000);
    return async () => {
      await conditions(0, -1);
      await line.detach();
    };
  }

  /** Everything that comes by the line that stays open, as it comes. */
  async #listen(): Promise<void> {
    const session = await this.context.newCDPSession(this.page);
    const lines = new Set<string>();
    const keep = (data: string): void => {
      this.received.push(Buffer.from(data, 'base64').toString());
    };
    session.on('Network.responseReceived', ({ requestId, response }) => {
      if (response.mimeType !== 'text/event-stream') return;
      lines.add(requestId);
      session.send('Network.streamResourceContent', { requestId }).then(
        ({ bufferedData }) => {
          keep(bufferedData);
        },
        () => undefined,
      );
    });
    session.on('Network.dataReceived', ({ requestId, data }) => {
      if (lines.has(requestId) && data !== undefined) keep(data);
    });
    await session.send('Network.enable');
  }

  /** What this window shows, what it was sent, and what the browser keeps for it: each as it is, so that it can be searched. */
  async seen(): Promise<Readonly<Record<'dom' | 'network' | 'storage', string>>> {
    const shown = await this.page.evaluate(() => [
      document.documentElement.outerHTML,
      document.body.innerText,
      ...[...document.querySelectorAll('input, textarea')].map(
        (field) => (field as HTMLInputElement).value,
      ),
    ]);
    await Promise.all(this.#arriving);
    const kept = [
      await this.traces(),
      JSON.stringify(await this.context.storageState({ indexedDB: true })),
    ];
    return {
      dom: shown.join('\n'),
      network: this.received.join('\n'),
      storage: kept.join('\n'),
    };
  }

  /** All that this window shows, was sent, keeps and tells others of. */
  async everything(): Promise<string> {
    return Object.values(await this.seen()).join('\n');
  }

  /** Loads the page anew, and counts what it is sent from then on. */
  async anew(): Promise<void> {
    await Promise.all(this.#arriving);
    this.received.length = 0;
    await this.page.reload();
  }

  /** What the browser keeps of this window beyond it: storage, address, history, title. */
  async traces(): Promise<string> {
    return this.page.evaluate(async () =>
      JSON.stringify([
        document.title,
        location.href,
        history.state,
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        await indexedDB.databases(),
        await caches.keys(),
        document.cookie,
      ]),
    );
  }

  /**
   * What axe has to say against the present screen, one line a violation. Contrast is a matter of the theme, and the most work: it is
   * looked at where it is asked for.
   */
  async violations(contrast = true): Promise<string[]> {
    // Evaluated by the debugger and not by the page, whose policy would refuse it. It is half a megabyte: once for each page is enough.
    const session = await this.context.newCDPSession(this.page);
    const there = await session.send('Runtime.evaluate', { expression: 'typeof axe' });
    if (there.result.value === 'undefined')
      await session.send('Runtime.evaluate', { expression: await readFile(axeSource, 'utf8') });
    const { result } = await session.send('Runtime.evaluate', {
      expression:
        "axe.run(document, { resultTypes: ['violations'], " +
        `rules: { 'color-contrast': { enabled: ${String(contrast)} } }, ` +
        "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })" +
        ".then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary).join(' | ')}`)))",
      awaitPromise: true,
      returnByValue: true,
    });
    await session.detach();
    return JSON.parse(String(result.value)) as string[];
  }

  /** Goes from one thing to the next with the Tab key, as somebody without a mouse does, until this one has the focus. */
  async tabTo(wanted: Locator): Promise<void> {
    await wanted.waitFor();
    for (let n = 0; n < MOST_TABS; n += 1) {
      if (await wanted.evaluate((one) => one === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${String(wanted)} is out of reach for a keyboard`);
  }

  /** Goes down a list with the arrow key until this row of it has the focus. */
  async arrowTo(wanted: Locator): Promise<void> {
    for (let n = 0; n < MOST_TABS; n += 1) {
      if (
        (await wanted.count()) > 0 &&
        (await wanted.evaluate((one) => one === document.activeElement))
      )
        return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`${String(wanted)} is out of reach for a keyboard`);
  }

  /** By how much what is shown is wider than the window. */
  overflow(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }

  /** What moves, or would if it were touched. */
  moving(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((one) => {
          const { transitionDuration, animationName } = getComputedStyle(one);
          return animationName !== 'none' || !/^(0s(, )?)+$/.test(transitionDuration);
        })
        .map(({ outerHTML }) => outerHTML.slice(0, 80)),
    );
  }

  async shoot(name: string): Promise<void> {
    await mkdir(ARTEFACTS, { recursive: true });
    const { page } = this;
    const size = page.viewportSize() ?? { width: 1280, height: 860 };
    // The window is made as tall as the page, so that what stands still beside it is where it belongs.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    if (height > size.height) await page.setViewportSize({ ...size, height });
    // Packed less well, and in a fifth of the time: there are hundreds of them.
    const session = await this.context.newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { optimizeForSpeed: true });
    await writeFile(join(ARTEFACTS, `${name}.png`), data, 'base64');
    await session.detach();
    await page.setViewportSize(size);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
