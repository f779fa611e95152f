import { expect } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { decide, type Command, type DomainRefusal } from '../decide.js';
import { type DraftEvent, type Recorded } from '../event.js';
import { foldItem } from '../evolve.js';
import { type Item } from '../item.js';

/** What can be said of the outcome of a decision. */
export type Then = {
  /** These drafts and no others, as far as each is described. */
  readonly then: (...drafts: readonly object[]) => readonly DraftEvent[];
  readonly refused: (code: DomainRefusal['refused']) => void;
  /** It was so already. */
  readonly nothing: () => void;
};

/** Given what happened, when somebody wishes something, then … */
export const given = (...history: readonly Recorded[]) => ({
  when: (command: Command, context: Context): Then => {
    const outcome = decide(command, foldItem(history), context);
    return {
      then: (...drafts) => {
        expect(outcome).toMatchObject(drafts);
        return outcome as readonly DraftEvent[];
      },
      refused: (code) => {
        expect(isRefusal(outcome) ? outcome.refused : outcome).toBe(code);
      },
      nothing: () => {
        expect(outcome).toEqual([]);
      },
    };
  },
  /** What the events made of the item. */
  is: (state: Partial<Item>): void => {
    expect(foldItem(history)).toMatchObject(state);
  },
});
