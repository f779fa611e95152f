// An urgent plate check, from the question to the correction: officers of three agencies, each before a console of their own. After
// every step it is looked at in each window, in what it shows, was sent and keeps, that nobody was told what is not theirs.
import { expect, it } from '@jest/globals';
import { write } from './plate-check.asking.js';
import {
  AGAIN,
  FOUND,
  OURS_OF_BG,
  PLATE,
  RIGHTLY,
  SOURCE,
  SOUGHT,
  SOUGHT_TR,
} from './plate-check.words.js';
import { untilTrue } from '../../gates/testing/eventually.js';
import { type Seat } from './browser.js';
import { A_SOURCE, idsOf, knownTo, openedAnew, sealed, unknownTo } from './must-not-see.js';
import { inHours, lookedAt, type Office, open, openWith, seal } from './office.js';

/** The three officers who play it; they are signed in when it begins. */
export type Three = { readonly gr: Seat; readonly bg: Seat; readonly tr: Seat };

export const plateCheckScenes = (office: () => Office, three: () => Three): void => {
  /** Exchange, item and events of what Bulgaria was asked and said, and of what Türkiye was asked. */
  const ofBg: string[] = [];
  const ofTr: string[] = [];
  /** Whatever would tell Türkiye that Bulgaria was asked. */
  let customs: Seat;
  const FROM_OR_TO_BG = /"(from|to|owner|issuer|provider)":"bg-border-police"/;
  const notForTr = (): readonly (string | RegExp)[] => [...OURS_OF_BG, FROM_OR_TO_BG, ...ofBg];

  it('asks one agency, and another one separately, and shows who will know before it is sealed', async () => {
    const { gr, bg, tr } = three();
    const { page } = gr;
    await write(gr, 'bg-border-police', SOUGHT, (step) => lookedAt(gr, step));
    // A line that is lost costs nothing: what was written is still there, and is sealed once.
    await gr.context.setOffline(true);
    await seal(page);
    await page.getByRole('alert').getByText('What you wrote is still here.').waitFor();
    await gr.context.setOffline(false);
    ofBg.push(...idsOf(await sealed(gr, /^\/requests$/)));
    await page.getByText('Sealed and on its way.').first().waitFor();
    await bg.page.getByRole('row', { name: /Hellenic Police.*asks us/ }).waitFor();
    await page.getByRole('button', { name: 'To the inbox' }).click();
    await write(gr, 'tr-police', SOUGHT_TR, () => Promise.resolve());
    ofTr.push(...idsOf(await sealed(gr, /^\/requests$/)));
    await tr.page.getByRole('row', { name: /Hellenic Police.*asks us/ }).waitFor();
    expect(ofTr).not.toContain(ofBg[0]);
    // What comes by the line that stays open is looked at like every answer.
    await untilTrue('the line has told of it', () =>
      tr.received.some((text) => /^data: .*"exchange"/m.test(text)),
    );
    await unknownTo(tr, PLATE, SOUGHT_TR, ...notForTr());
    await unknownTo(bg, PLATE, SOUGHT, SOUGHT_TR, ...ofTr);
  });

  it('shows each of them the clock that the two have agreed on', async () => {
    const { gr, bg, tr } = three();
    const { page } = gr;
    await page.getByRole('button', { name: 'To the inbox' }).click();
    await page.getByRole('button', { name: /^Waiting for others/ }).click();
    // Eight hours with Bulgaria; with Türkiye some seconds, which may be over by now.
    const EIGHT_HOURS = /^[78] h .*left$/;
    const SECONDS = /^\d+ s\s+left$|^Overdue by /;
    const row = (seat: Seat, name: RegExp) => seat.page.getByRole('row', { name });
    await row(gr, /Border Police.*is asked by us.*received/)
      .getByText(EIGHT_HOURS)
      .waitFor();
    await row(gr, /Turkish National.*is asked by us.*received/)
      .getByText(SECONDS)
      .waitFor();
    await row(bg, /Hellenic Police.*asks us/)
      .getByText(EIGHT_HOURS)
      .waitFor();
    await row(tr, /Hellenic Police.*asks us/)
      .getByText(SECONDS)
      .waitFor();
  });

  it('brings the question to the other side by itself, sealed until a purpose is given', async () => {
    const { bg } = three();
    const { page } = bg;
    await lookedAt(bg, 'inbox');
    await unknownTo(bg, PLATE, SOUGHT);
    await open(page, /Hellenic Police/);
    await page.getByRole('heading', { name: 'Exchange' }).waitFor();
    await lookedAt(bg, 'exchange-sealed');
    await unknownTo(bg, PLATE, SOUGHT);
    await page.getByRole('button', { name: 'Answer' }).click();
    const unread = page.getByText('What was said here is still sealed to you.');
    await unread.waitFor();
    await openWith(bg, 'BORDER_CONTROL');
    await page.getByText(SOUGHT).waitFor();
    expect(await unread.count()).toBe(0);
    await page.getByRole('button', { name: 'Later' }).click();
    await lookedAt(bg, 'exchange-open');
  });

  it('answers that nothing is held', async () => {
    const { gr, bg, tr } = three();
    const { page } = tr;
    await open(page, /Hellenic Police/);
    await openWith(tr);
    await page.getByText(SOUGHT_TR).waitFor();
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByLabel('Nothing is held').check();
    await page.getByRole('button', { name: 'See who will know' }).click();
    ofTr.push(...idsOf(await sealed(tr, /^\/requests\/[^/]+\/answer$/)));
    await page.getByRole('heading', { name: /Turkish National Police answered/ }).waitFor();
    await page.getByText(/^Settled (in time|.* late)$/).waitFor();
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    // Whoever asked reads it, and closes the matter.
    await gr.page.getByRole('button', { name: /^Our turn/ }).click();
    await open(gr.page, /Turkish National.*answered: nothing held/);
    await openWith(gr);
    await gr.page.getByText('Nothing is held').first().waitFor();
    await gr.page.getByRole('button', { name: 'Close', exact: true }).click();
    await seal(gr.page);
    await gr.page.getByText('closed', { exact: true }).waitFor();
    await unknownTo(tr, ...notForTr());
    await unknownTo(bg, SOUGHT_TR, ...ofTr);
  });

  it('asks once more, and lets it lie', async () => {
    const { gr, tr } = three();
    await write(gr, 'tr-police', AGAIN, () => Promise.resolve());
    ofTr.push(...idsOf(await sealed(gr, /^\/requests$/)));
    await tr.page.getByRole('row', { name: /Hellenic Police.*asks us/ }).waitFor();
    await unknownTo(tr, AGAIN);
  });

  it('answers in place, with a source that stays at home', async () => {
    const { bg, tr } = three();
    const { page } = bg;
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByLabel('What was found').fill(FOUND);
    await page.getByLabel('Source: who or what it came from').fill(SOURCE);
    await page.getByLabel(/^H2/).check();
    await page.getByRole('button', { name: 'See who will know' }).click();
    await page
      .getByRole('cell', { name: 'Will not know It is not encrypted to this agency.' })
      .waitFor();
    await lookedAt(bg, 'exchange-answer');
    ofBg.push(...idsOf(await sealed(bg, /^\/requests\/[^/]+\/answer$/)));
    await page
      .getByRole('heading', { name: /General Directorate Border Police answered/ })
      .waitFor();
    // That it is on its way is said until it has come, and no longer.
    await page.getByText('Sealed and on its way.').waitFor({ state: 'detached' });
    await page.getByText(SOURCE).waitFor();
    // What is looked for in the windows of others is found in this one.
    await knownTo(bg, ...OURS_OF_BG);
    await knownTo(bg, A_SOURCE, ...ofBg);
    await unknownTo(tr, ...notForTr());
  });

  it('shows the answer to whoever asked, and the source to nobody else', async () => {
    const { gr, tr } = three();
    const { page } = gr;
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    await page.getByText('answered in full').waitFor();
    await open(page, /General Directorate Border Police/);
    await openWith(gr);
    await page.getByText(FOUND).waitFor();
    await page.getByText('Opened', { exact: true }).first().waitFor();
    await page.getByText('Settled in time').waitFor();
    await lookedAt(gr, 'exchange-answered');
    await unknownTo(gr, SOURCE, 'Zlatev', A_SOURCE);
    await unknownTo(tr, ...notForTr());
  });

  it('recomputes in the browser what proves an event', async () => {
    const { page } = three().gr;
    const answered = page.getByRole('article', { name: /answered/ });
    await answered.getByText('Verified', { exact: true }).click();
    await answered.getByText('The leaf is in the log that was signed.').waitFor();
    await answered.getByText(/The log that they have cosigned continues this one/).waitFor();
    expect(await answered.getByText('does not hold').count()).toBe(0);
    await lookedAt(three().gr, 'exchange-proof');
  });

  it('does not pass on what came under H2, and says which rule stands in the way', async () => {
    const { gr, tr } = three();
    const { page } = gr;
    const RULE = 'Its provider has not permitted it to be passed on (H2).';
    await page.getByRole('link', { name: 'Pass it on' }).click();
    await page.getByLabel('Who is told?').selectOption('tr-police');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Text', { exact: true }).fill(FOUND);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page
      .getByRole('cell', { name: `Refused ${RULE}` })
      .first()
      .waitFor();
    await seal(page);
    const alert = page.getByRole('alert');
    await alert.getByText(RULE).waitFor();
    await alert.getByText('The attempt is on record, without its content.').waitFor();
    await lookedAt(gr, 'pass-on-refused');
    await page.getByRole('button', { name: 'Discard' }).click();
    await unknownTo(tr, ...notForTr());
  });

  it('shows both that the answer is overdue, and by how much it came too late', async () => {
    const { gr, bg, tr } = three();
    const overdue = async ({ page }: Seat, row: RegExp): Promise<void> =>
      page
        .getByRole('row', { name: row })
        .getByText(/^Overdue by /)
        .waitFor({ timeout: 90_000 });
    await overdue(tr, /Hellenic Police.*asks us/);
    await gr.page.getByRole('link', { name: 'Inbox' }).first().click();
    await gr.page.getByRole('button', { name: /^Waiting for others/ }).click();
    await overdue(gr, /Turkish National.*is asked by us/);
    await open(tr.page, /Hellenic Police.*asks us/);
    await openWith(tr);
    await tr.page.getByText(AGAIN).waitFor();
    await tr.page.getByRole('button', { name: 'Answer' }).click();
    await tr.page.getByLabel('Nothing is held').check();
    await tr.page.getByRole('button', { name: 'See who will know' }).click();
    ofTr.push(...idsOf(await sealed(tr, /^\/requests\/[^/]+\/answer$/)));
    await tr.page.getByText(/^Settled .* late$/).waitFor();
    await tr.page.getByRole('link', { name: 'Inbox' }).first().click();
    await gr.page.getByRole('button', { name: /^Our turn/ }).click();
    await gr.page
      .getByRole('row', { name: /Turkish National.*answered: nothing held/ })
      .getByText(/^Settled .* late$/)
      .waitFor();
    await unknownTo(tr, ...notForTr());
    await unknownTo(bg, AGAIN, ...ofTr);
  });

  it('asks whoever said it to let one more agency know', async () => {
    const { gr, tr } = three();
    const { page } = gr;
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    await open(page, /General Directorate Border Police/);
    await openWith(gr);
    await page.getByText(FOUND).waitFor();
    await page.getByRole('button', { name: 'Ask to hand it on' }).click();
    await page.getByLabel('Who else should know?').selectOption('tr-police');
    await page.locator('form.move').getByLabel('Purpose').selectOption('INVESTIGATION');
    await lookedAt(gr, 'release-ask');
    ofBg.push((await sealed(gr, /^\/releases$/)).events[0]!.event);
    await page.getByRole('heading', { name: /to let Turkish National Police know/ }).waitFor();
    await unknownTo(tr, ...notForTr());
  });

  it('grants it for a time, and the grantee sees that and nothing else', async () => {
    const { gr, bg, tr } = three();
    await bg.page.getByRole('link', { name: 'Inbox' }).first().click();
    await open(bg.page, /Hellenic Police.*further/);
    await openWith(bg, 'BORDER_CONTROL');
    await bg.page.getByRole('button', { name: 'Grant', exact: true }).click();
    await inHours(bg.page, 'Until when', 48);
    await lookedAt(bg, 'release-grant');
    await seal(bg.page);
    await bg.page.getByText('handed on', { exact: true }).first().waitFor();
    const { page } = tr;
    await page.getByRole('button', { name: 'Done' }).click();
    await open(page, /handed something on to us/);
    await openWith(tr);
    await page.getByRole('heading', { name: 'What was handed on to us' }).waitFor();
    await page.getByText(FOUND).waitFor();
    await lookedAt(tr, 'release-granted');
    // Neither what was asked, nor who asked for its release, nor that there is a source.
    const [, , asked] = ofBg;
    await unknownTo(tr, SOUGHT, SOURCE, 'Zlatev', A_SOURCE, asked!, ofBg.at(-1)!);
    await unknownTo(gr, SOURCE, 'Zlatev', A_SOURCE);
  });

  it('recalls it from one holder by a deadline, and says it rightly', async () => {
    const { bg } = three();
    const { page } = bg;
    await page.getByRole('button', { name: 'Recall' }).first().click();
    await page.getByLabel('From whom?').selectOption('gr-police');
    await inHours(page, 'By when the copy has to be gone', 48);
    await page.getByLabel('The same, rightly').check();
    await page.getByLabel('Text', { exact: true }).fill(RIGHTLY);
    await lookedAt(bg, 'recall-form');
    await seal(page);
    await page
      .getByText(/^Gone /)
      .first()
      .waitFor();
    await lookedAt(bg, 'recall-answered');
  });

  it('shows a holder unmistakably that what it had is gone', async () => {
    const { gr, tr } = three();
    const { page } = gr;
    await page.getByText('Our copy of it is gone since').waitFor();
    await page.getByText(RIGHTLY).waitFor();
    expect(await page.getByText(FOUND).count()).toBe(0);
    await lookedAt(gr, 'recall-gone');
    await openedAnew(gr, 'Our turn', /General Directorate Border Police.*answered in full/);
    await page.getByText(RIGHTLY).waitFor();
    await unknownTo(gr, FOUND, SOURCE, 'Zlatev', A_SOURCE);
    await unknownTo(tr, RIGHTLY, SOUGHT, SOURCE, 'Zlatev', A_SOURCE);
  });

  it('hands it to one more agency unasked, for a time, and without its source', async () => {
    const { page } = three().bg;
    // Whoever signs in as it is handed on sees it all the same: lists are read before, and the line that tells of it stands only after.
    customs = await office().seatAt('bg-customs');
    const line = await customs.keepsBack(/\/events$/);
    await customs.signIn('g.nikolov', office().passwordOf('bg-customs', 'g.nikolov'));
    await customs.page.getByText('Nothing waits for us').waitFor();
    await customs.page.getByRole('button', { name: 'Done' }).click();
    await customs.page.getByText('Nothing has been settled yet').waitFor();
    await page.getByRole('button', { name: 'Hand on unasked' }).first().click();
    await page.getByLabel('Who else should know?').selectOption('bg-customs');
    // A source is offered to nobody.
    expect(await page.getByRole('checkbox', { name: /^Source/ }).count()).toBe(0);
    await inHours(page, 'Until when', 24);
    await lookedAt(three().bg, 'release-offer');
    const { item } = await sealed(three().bg, /^\/releases\/offer$/);
    await untilTrue('it has come, and is used', () =>
      customs.page.evaluate(async (release) => {
        const answer = await fetch(`/releases/${release}`, {
          headers: { 'tripoint-console': '1' },
        });
        return (await answer.text()).includes('"status":"USED"');
      }, item),
    );
    line();
    await open(customs.page, /handed something on to us/);
    await openWith(customs, 'CUSTOMS_CONTROL');
    await customs.page.getByText(FOUND).waitFor();
    await unknownTo(customs, RIGHTLY, SOUGHT, SOURCE, A_SOURCE, ...ofTr);
    await knownTo(customs, FOUND);
  });

  it('takes the grant back before its time is over, and the copy is gone', async () => {
    const { page } = three().bg;
    await page
      .getByRole('region', { name: /Customs/ })
      .getByRole('button', { name: 'Take back' })
      .click();
    await seal(page);
    await page.getByText('taken back', { exact: true }).first().waitFor();
    await customs.page.getByText(FOUND).waitFor({ state: 'detached' });
    await page.getByText(/^Customs Agency said that its copy is gone/).waitFor();
    await openedAnew(customs, 'Done', /handed something on to us.*taken back/, 'CUSTOMS_CONTROL');
    await unknownTo(customs, RIGHTLY, ...OURS_OF_BG);
    await customs.close();
  });

  it('leaves nothing of a case in addresses, titles, history or storage', async () => {
    const { gr, bg, tr } = three();
    for (const seat of [gr, bg, tr]) {
      const traces = (await seat.traces()).replaceAll(seat.url, '');
      const asked = seat.asked.map((url) => decodeURIComponent(url)).join('\n');
      const words = [PLATE, ...OURS_OF_BG, SOUGHT_TR, RIGHTLY];
      for (const secret of [...words, ...ofBg, ...ofTr, 'police', 'token'])
        expect(traces).not.toContain(secret);
      for (const secret of [...words, 'token']) expect(asked).not.toContain(secret);
      expect(await seat.page.title()).toBe('Tripoint');
      expect(seat.page.url()).toBe(`${seat.url}/console/exchange`);
      expect(await seat.page.evaluate(() => Object.keys(localStorage))).toEqual([
        'tripoint.language',
      ]);
      expect(await seat.page.evaluate(() => sessionStorage.length)).toBe(0);
    }
  });
};
