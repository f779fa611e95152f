import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type FindingState } from '@tripoint/domain';
import { type AgencyId, type Instant, isRefusal, type OfficerId } from '@tripoint/kernel';
import { type FindingBook, type Found } from '../finding-book.js';

const minute = (n: number): Instant =>
  `2026-11-26T12:${String(n).padStart(2, '0')}:00.000Z` as Instant;
const auditor = 'l.todorov' as OfficerId;

/** What every {@link FindingBook} does. */
export const describeFindingBook = (name: string, open: () => Promise<FindingBook>): void => {
  describe(name, () => {
    let book: FindingBook;
    let found: Found;
    const numberOf = async (): Promise<number> => {
      const rows = await book.list({ oldestFirst: false, limit: 1000 });
      return rows.find(({ subject }) => subject === found.subject)?.number ?? 0;
    };
    const step = async (state: FindingState, reason = 'for a reason', at = minute(30)) =>
      book.step(await numberOf(), state, { by: auditor, reason, at });
    const taken = async (...states: readonly FindingState[]): Promise<void> => {
      for (const state of states) expect(isRefusal(await step(state))).toBe(false);
    };

    beforeEach(async () => {
      book = await open();
      found = {
        code: 'reads-root-late',
        subject: randomUUID(),
        occasion: 'leaf 4',
        agency: 'gr-police' as AgencyId,
        leaf: 4,
        detail: 'since leaf 4',
      };
    });

    it('keeps what was found, once for each time', async () => {
      await expect(book.raise(found, minute(1))).resolves.toBe('new');
      await expect(book.raise(found, minute(2))).resolves.toBe('known');
      const later = { ...found, occasion: 'leaf 9', leaf: 9, detail: 'since leaf 9' };
      await expect(book.raise(later, minute(3))).resolves.toBe('again');
      await expect(book.history(await numberOf())).resolves.toMatchObject({
        finding: {
          code: 'reads-root-late',
          agency: 'gr-police',
          leaf: 9,
          detail: 'since leaf 9',
          state: 'OPEN',
          at: minute(1),
          lastAt: minute(3),
          times: 2,
        },
        steps: [{ step: 0, state: 'OPEN', reason: 'found', at: minute(1) }],
        occasions: [
          { occasion: 'leaf 9', leaf: 9, detail: 'since leaf 9', at: minute(3) },
          { occasion: 'leaf 4', leaf: 4, detail: 'since leaf 4', at: minute(1) },
        ],
      });
    });

    it('goes through its life by steps, each with who and why', async () => {
      await book.raise(found, minute(1));
      await taken('ACKNOWLEDGED', 'CONFIRMED_BREACH', 'CLOSED');
      const history = await book.history(await numberOf());
      expect(history?.steps.map(({ state, by, reason }) => [state, by, reason])).toEqual([
        ['OPEN', undefined, 'found'],
        ['ACKNOWLEDGED', auditor, 'for a reason'],
        ['CONFIRMED_BREACH', auditor, 'for a reason'],
        ['CLOSED', auditor, 'for a reason'],
      ]);
      await expect(step('OPEN')).resolves.toMatchObject({ refused: 'finding-step-refused' });
      await expect(
        book.step(2_000_000_000, 'ACKNOWLEDGED', { by: auditor, reason: 'none', at: minute(1) }),
      ).resolves.toMatchObject({ refused: 'finding-unknown' });
      await expect(book.history(2_000_000_000)).resolves.toBeUndefined();
    });

    it('is open again when what was said to be over is found again', async () => {
      await book.raise(found, minute(1));
      await taken('ACKNOWLEDGED', 'REMEDIED', 'CLOSED');
      await expect(book.raise(found, minute(31))).resolves.toBe('known');
      await expect(book.raise({ ...found, occasion: 'leaf 8' }, minute(32))).resolves.toBe(
        'reopened',
      );
      const history = await book.history(await numberOf());
      expect(history?.finding).toMatchObject({ state: 'OPEN', times: 2 });
      expect(history?.steps.at(-1)).toMatchObject({ reason: 'found again', at: minute(32) });
    });

    it('lets one of several at once take a step, and counts every time it was found', async () => {
      await book.raise(found, minute(1));
      const steps = await Promise.all([step('ACKNOWLEDGED'), step('ACKNOWLEDGED')]);
      expect(steps.filter(isRefusal)).toHaveLength(1);
      const raised = await Promise.all(
        [1, 2, 3, 3].map((n) => book.raise({ ...found, occasion: `time ${n}` }, minute(n))),
      );
      expect(raised.sort()).toEqual(['again', 'again', 'again', 'known']);
    });

    it('lists by age, those of a state, page by page', async () => {
      const before = (await book.counts()).OPEN ?? 0;
      const three = [0, 1, 2].map((n) => ({ ...found, subject: `${found.subject} ${n}` }));
      for (const one of three) await book.raise(one, minute(1));
      expect((await book.counts()).OPEN).toBe(before + 3);
      const newest = await book.list({ states: ['OPEN'], oldestFirst: false, limit: 3 });
      expect(newest.map(({ subject }) => subject)).toEqual(
        three.map(({ subject }) => subject).reverse(),
      );
      const [, second] = newest;
      const next = await book.list({ oldestFirst: true, after: second?.number ?? 0, limit: 5 });
      expect(next.map(({ subject }) => subject)).toEqual([three[2]?.subject]);
      await expect(book.list({ states: [], oldestFirst: true, limit: 5 })).resolves.toEqual([]);
    });
  });
};
