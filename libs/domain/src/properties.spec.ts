import { describe, expect, it } from '@jest/globals';
import { isRefusal, type AgencyId, type ItemId } from '@tripoint/kernel';
import fc from 'fast-check';
import { decide } from './decide.js';
import { join, seen, split, type Recorded } from './event.js';
import { evolve, foldItem, inLogOrder } from './evolve.js';
import { foldExchange } from './exchange/exchange.js';
import { noItem, type Item } from './item.js';
import { tellsClock } from './told.js';
import { commandHistories, context, events, histories, play } from './testing/index.js';

const withoutOvertaken = ({ overtaken, ...rest }: Item) => ({ rest, count: overtaken.length });

describe('folding', () => {
  it('takes any well-formed events in any order from any issuer', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let state: Item = noItem;
        for (const recorded of history) {
          const next = evolve(state, recorded);
          // Folding the same again gives the same: no hidden input.
          expect(evolve(state, recorded)).toEqual(next);
          expect(JSON.parse(JSON.stringify(next))).toEqual(next);
          state = next;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps what it marks as overtaken, and lets it change nothing', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let state: Item = noItem;
        for (const recorded of history) {
          const next = evolve(state, recorded);
          const [was, is] = [withoutOvertaken(state), withoutOvertaken(next)];
          if (is.count > was.count) {
            expect(next.overtaken.at(-1)).toBe(recorded.id);
            expect(is.rest).toEqual(was.rest);
          }
          state = next;
        }
        const kept = history.filter(({ id }) => !state.overtaken.includes(id));
        expect(withoutOvertaken(foldItem(kept))).toEqual({
          rest: withoutOvertaken(state).rest,
          count: 0,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('lets nobody but the two parties change a status', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let state: Item = noItem;
        for (const recorded of history) {
          const next = evolve(state, recorded);
          if (state.kind !== 'none' && next.status !== state.status)
            expect([state.from, state.to]).toContain(recorded.issuer);
          state = next;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('needs the core alone', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const cores = history.map((recorded) => ({
          ...recorded,
          event: { ...recorded.event, parts: {} },
        }));
        expect(foldItem(cores)).toEqual(foldItem(history));
      }),
      { numRuns: 40 },
    );
  });
});

describe('log order', () => {
  it('keeps the order of every issuer, whatever order events came in', () => {
    fc.assert(
      fc.property(
        histories.chain((history) => {
          const logged = history.filter(({ leaf }) => leaf !== undefined);
          const pending = history.filter(({ leaf }) => leaf === undefined);
          return fc.record({
            history: fc.constant(history),
            // What is pending is appended by this agency in the order decided; deliveries come as they come.
            arrived: fc
              .shuffledSubarray(logged, { minLength: logged.length })
              .map((list) => [...list, ...pending]),
          });
        }),
        ({ history, arrived }) => {
          const ordered = inLogOrder(arrived);
          const of = (list: readonly Recorded[], issuer: AgencyId) =>
            list.filter((recorded) => recorded.issuer === issuer).map(({ id }) => id);
          for (const { issuer } of history)
            expect(of(ordered, issuer)).toEqual(of(history, issuer));
          expect(foldItem(ordered)).toEqual(foldItem(history));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('deciding', () => {
  it('leads to events that are valid, well-formed and about the item they name', () => {
    let decided = 0;
    fc.assert(
      fc.property(commandHistories, (commands) => {
        for (const { draft, before, after, recorded } of play(commands).drafts) {
          decided += 1;
          expect(after.overtaken).toEqual(before.overtaken);
          if (draft.type !== 'ErasurePurged') expect(after).not.toEqual(before);
          expect(join(split(seen(draft)))).toEqual(recorded.event);
          expect([draft.type, tellsClock(seen(draft), 'core', draft.facts)]).toEqual([
            draft.type,
            true,
          ]);
        }
      }),
      { numRuns: 60 },
    );
    expect(decided).toBeGreaterThan(100);
  });

  it('gives the author everything, sources to nobody else, and strangers nothing', () => {
    const { kindOf, mayHold } = context();
    fc.assert(
      fc.property(commandHistories, (commands) => {
        const custodians = new Map<ItemId, readonly AgencyId[]>();
        for (const { draft, after, recorded } of play(commands).drafts) {
          // To who said what is gone, whatever the item is.
          if (draft.type === 'ErasurePurged') continue;
          const { from, to, item } = after as Exclude<Item, { kind: 'none' }>;
          // An order to disclose goes to the custodians as well, and each says for itself what it does.
          if (draft.type === 'DisclosureOrdered')
            custodians.set(
              item,
              draft.audience.flatMap((piece) => piece.to),
            );
          const ordered = custodians.get(item);
          const parties = [
            ...[from, to],
            ...(ordered ? [...ordered, recorded.issuer] : []),
            // Whoever is granted something is told of it by the grant itself, and of nothing before.
            ...(draft.type === 'GrantMade' && after.kind === 'release' ? [after.grantee] : []),
          ];
          expect(draft.audience.map(({ compartment }) => compartment)).toEqual(
            split(seen(draft)).map(({ compartment }) => compartment),
          );
          for (const { compartment, to: readers } of draft.audience) {
            expect(readers).toContain(recorded.issuer);
            for (const reader of readers) {
              expect(parties).toContain(reader);
              if (ordered) expect(compartment).toBe('core');
              if (reader === recorded.issuer) continue;
              expect(compartment).not.toBe('source');
              if (compartment !== 'core') expect(mayHold(reader)).toContain(compartment);
              if (kindOf(reader) === 'POLICE')
                expect(['needs', 'welfare', 'health', 'shelter']).not.toContain(compartment);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says the same thing twice when asked twice', () => {
    fc.assert(
      fc.property(commandHistories, (commands) => {
        for (const command of commands)
          expect(decide(command, noItem, context())).toEqual(decide(command, noItem, context()));
        expect(play(commands)).toEqual(play(commands));
      }),
      { numRuns: 10 },
    );
  });
});

describe('an event', () => {
  it('is what its pieces make, in any order', () => {
    fc.assert(
      fc.property(
        events.chain((event) =>
          fc.record({
            event: fc.constant(event),
            pieces: fc.shuffledSubarray([...split(event)], { minLength: split(event).length }),
          }),
        ),
        ({ event, pieces }) => {
          expect(join(pieces)).toEqual(event);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is never taken with a member more, and never throws on what is not one', () => {
    fc.assert(
      fc.property(events, fc.jsonValue(), fc.string(), (event, value, name) => {
        for (const { compartment, content } of split(event)) {
          const tampered = { ...content, [`x${name}`]: value };
          expect(isRefusal(join([{ compartment, content: tampered }]))).toBe(true);
          expect(isRefusal(join([{ compartment, content: value }]))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('an exchange', () => {
  it('holds every item and every event, and is owned by whoever issued the first item', () => {
    fc.assert(
      fc.property(commandHistories, (commands) => {
        for (const history of play(commands).exchanges.values()) {
          const { items, timeline, owner, participants } = foldExchange(history);
          expect(timeline.map(({ id }) => id)).toEqual(history.map(({ id }) => id));
          expect(timeline.every(({ overtaken, pending }) => !overtaken && !pending)).toBe(true);
          for (const [item, state] of items)
            expect(state).toEqual(foldItem(history.filter(({ event }) => event.item === item)));
          const first = [...items.values()].find(
            ({ kind }) =>
              ![
                'none',
                'attempt',
                'release',
                'recall',
                'erasure',
                'hold',
                'reads',
                'review',
              ].includes(kind),
          );
          expect(owner).toBe(first?.kind === 'none' ? undefined : first?.from);
          for (const { issuer } of history) expect(participants).toContain(issuer);
        }
      }),
      { numRuns: 40 },
    );
  });
});
