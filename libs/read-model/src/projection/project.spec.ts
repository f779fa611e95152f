import { describe, expect, it } from '@jest/globals';
import { UNMARKED } from '@tripoint/domain';
import {
  borderPolice,
  commandHistories,
  eventId,
  exchangeId,
  greekPolice,
  itemId,
  noonPlus,
  play,
  question,
  recorded,
} from '@tripoint/domain/testing';
import { type Digest } from '@tripoint/kernel';
import fc from 'fast-check';
import { nothingFolded, project, type Folded, type Projected, type StoredEntry } from '../index.js';

const HISTORIES = 60;

const entry = (happened: ReturnType<typeof recorded>, opens = false): StoredEntry => ({
  exchange: exchangeId(1),
  recorded: { ...happened, leaf: happened.leaf ?? { index: 0, time: happened.at } },
  facts: opens ? { opens: true, item: happened.event.item } : {},
  descriptors: [{ compartment: 'core', descriptor: '0'.repeat(64) as Digest, marking: UNMARKED }],
  revision: 1,
});

/** What was folded, as the next entries find it. */
const onTop = (before: Folded, { exchange, items }: Projected): Folded => ({
  exchange,
  items: new Map([...before.items, ...items.map((view) => [view.item, view] as const)]),
});

/** The views that events lead to, and one row of them by its key. */
const given = (...[first, ...others]: readonly [StoredEntry, ...StoredEntry[]]) => {
  const { exchange, items, timeline, entities } = project(nothingFolded, [first, ...others]);
  const rows = new Map<string, unknown>([
    [exchange.exchange, exchange],
    ...items.map((view) => [view.item, view] as const),
    ...timeline.map((row) => [row.event, row] as const),
    ...entities.map((row) => [row.id, row] as const),
  ]);
  return { row: (key: string): unknown => rows.get(key) };
};

const issued = entry(
  recorded(0, greekPolice, {
    type: 'RequestIssued',
    core: {
      to: borderPolice,
      urgency: 'URGENT',
      access: 'DIRECT',
      dueInSeconds: 28_800,
      graceSeconds: 3600,
    },
    parts: { facts: question },
  }),
  true,
);
const received = entry(
  recorded(1, borderPolice, { type: 'RequestReceived', core: {} }, noonPlus(60)),
);
const answered = entry(
  recorded(2, borderPolice, { type: 'AnswerProvided', core: { outcome: 'FULL' } }, noonPlus(120)),
);

describe('a projection', () => {
  it('shows a request that waits', () => {
    expect(given(issued).row(itemId(1))).toMatchObject({
      version: 1n,
      state: { kind: 'request', status: 'ISSUED', from: greekPolice, to: borderPolice },
    });
    expect(given(issued).row(exchangeId(1))).toMatchObject({
      owner: greekPolice,
      known: [borderPolice, greekPolice],
      items: 1,
      open: 1,
      version: 1n,
    });
  });

  it('no longer counts a request that was answered', () => {
    const views = given(issued, received, answered);
    expect(views.row(itemId(1))).toMatchObject({
      version: 3n,
      state: { status: 'ANSWERED_FULL' },
      first: { index: 0 },
      newest: { index: 2 },
    });
    expect(views.row(exchangeId(1))).toMatchObject({ items: 1, open: 0, newest: { index: 2 } });
  });

  it('counts an order to disclose until what was disclosed is gone', () => {
    const order = {
      event: eventId(9),
      compartments: ['facts'],
      beneficiary: greekPolice,
      ground: 'DANGER_TO_LIFE',
      until: noonPlus(3600),
      emergency: true,
    } as const;
    const ordered = entry(
      recorded(0, greekPolice, { type: 'DisclosureOrdered', core: order }),
      true,
    );
    const purged = entry(
      recorded(1, greekPolice, { type: 'DisclosurePurged', core: {} }, noonPlus(3601)),
    );
    expect(given(ordered).row(exchangeId(1))).toMatchObject({ open: 1 });
    expect(given(ordered, purged).row(exchangeId(1))).toMatchObject({ open: 0 });
  });

  it('shows in the timeline which compartments were opened', () => {
    const views = given(issued, received);
    expect(views.row(issued.recorded.id)).toMatchObject({
      family: 'request',
      compartments: ['core', 'facts'],
      overtaken: false,
    });
    expect(views.row(received.recorded.id)).toMatchObject({ compartments: ['core'] });
  });

  it('indexes the vehicle that a question names', () => {
    expect(given(issued).row(`${issued.recorded.id}/facts/entities/0`)).toMatchObject({
      kind: 'vehicle',
      compartment: 'facts',
      labels: [{ text: 'XKA 4821', as: 'number' }],
    });
  });

  it('raises the version by the revision of an entry that came again', () => {
    expect(given({ ...issued, revision: 2 }, received).row(exchangeId(1))).toMatchObject({
      version: 3n,
    });
  });

  it('names no owner to whom the opening was not told', () => {
    expect(given(received).row(exchangeId(1))).not.toHaveProperty('owner');
  });

  it('is the same event by event, in two parts, and at once', () => {
    fc.assert(
      fc.property(commandHistories, fc.nat(30), (commands, cut) => {
        for (const [exchange, events] of play(commands).exchanges) {
          const entries = events.map((happened, at) => ({
            ...entry(happened, at === 0),
            exchange,
          }));
          const folds = [[cut % entries.length], entries.map((_, at) => at), []];
          const [parts, singly, whole] = folds.map((cuts) => {
            let before = nothingFolded;
            const timeline: unknown[] = [];
            const entities: unknown[] = [];
            const bounds = [...new Set([0, ...cuts])];
            for (const [at, from] of bounds.entries()) {
              const [first, ...others] = entries.slice(from, bounds[at + 1]);
              if (first === undefined) continue;
              const projected = project(before, [first, ...others]);
              before = onTop(before, projected);
              timeline.push(...projected.timeline);
              entities.push(...projected.entities);
            }
            return { ...before, timeline, entities };
          });
          expect(singly).toEqual(whole);
          expect(parts).toEqual(whole);
        }
      }),
      { numRuns: HISTORIES },
    );
  });
});
