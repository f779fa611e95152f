import { hex } from '@tripoint/envelope';
import { type NewFinding } from '@tripoint/read-model';
import { type Ties } from './ties.js';
import { type VerifiedLine } from './verified-line.js';

/** The largest tree that the log has signed here: another of its size is a split view. */
export class SignedTrees {
  #newest: { readonly size: number; readonly root: string; readonly note: string } | undefined;

  constructor(private readonly ties: Ties) {}

  /** What speaks against the log once it has signed this checkpoint too; both signed notes are kept and brought to the witnesses. */
  async signed({ checkpoint }: VerifiedLine, note: string): Promise<readonly NewFinding[]> {
    const root = hex(checkpoint.root);
    const before = this.#newest;
    if (before === undefined || checkpoint.size > before.size)
      this.#newest = { size: checkpoint.size, root, note };
    if (before?.size !== checkpoint.size || before.root === root) return [];
    await this.ties.against(before.note, note);
    return [{ code: 'split-view', detail: 'the log has signed two trees of one size' }];
  }
}
