import { type AgencyId, HubError } from '@tripoint/kernel';
import { type HubOptions } from '../hub.options.js';

/** How far an agency is behind that nothing could be handed to. */
type Behind = {
  /** The number of the first line that it may not have. */
  next: number;
  /** Lines below this one were passed over for it. */
  through: number;
  /** When handing over failed for the first time; undefined while it only takes long. */
  failing: number | undefined;
};

const noteOf = (agency: AgencyId): string => `unserved ${agency}`;
const NOTHING = 'nothing';

/**
 * Remembers the agencies to which lines could not be handed over, and from which on, so that nobody else waits for them. It is
 * noted before the place that all share moves past them: whoever publishes next begins with what is owed.
 */
export class Unserved {
  readonly #behind = new Map<AgencyId, Behind>();
  /** Notes of one agency are written one after the other, in the order in which they became true. */
  readonly #writing = new Map<AgencyId, Promise<void>>();

  constructor(private readonly hub: Pick<HubOptions, 'positions' | 'log' | 'now'>) {}

  /** Reads what was noted of these agencies, and forgets everything else. Answers who is owed something. */
  async begin(agencies: readonly AgencyId[]): Promise<readonly AgencyId[]> {
    this.#behind.clear();
    for (const agency of agencies) {
      const noted = (await this.hub.positions.at(noteOf(agency))) ?? NOTHING;
      if (noted === NOTHING) continue;
      const next = Number(noted);
      this.#behind.set(agency, { next, through: next, failing: undefined });
    }
    return [...this.#behind.keys()];
  }

  /** Somebody else sees to them from now on, and says whether they can be served. */
  end(): void {
    this.#behind.clear();
  }

  /** Passes over lines that end before number `through`, where the agency waits for earlier ones. Answers whether it does. */
  passesOver(agency: AgencyId, through: number): boolean {
    const behind = this.#behind.get(agency);
    if (behind === undefined) return false;
    behind.through = Math.max(behind.through, through);
    return true;
  }

  /** From line `next` on, the agency is owed everything. Durable when it resolves. */
  async owes(agency: AgencyId, next: number, through: number): Promise<void> {
    this.#behind.set(agency, { next, through, failing: undefined });
    await this.#note(agency, next.toString());
  }

  next(agency: AgencyId): number {
    return this.#behind.get(agency)?.next ?? 0;
  }

  /** Handing over has failed. It is said once, and not each time. */
  failed(agency: AgencyId, thrown: unknown): void {
    const behind = this.#behind.get(agency);
    if (behind === undefined || behind.failing !== undefined) return;
    behind.failing = this.hub.now();
    const code = thrown instanceof HubError ? thrown.code : 'unforeseen';
    this.hub.log.warn('nothing can be handed over to an agency; others do not wait for it', {
      agency,
      code,
      number: behind.next,
    });
  }

  /** Lines below `next` have been handed over. Durable when it resolves. */
  async handedOver(agency: AgencyId, next: number): Promise<void> {
    const behind = this.#behind.get(agency);
    if (behind === undefined) return;
    this.#served(agency, behind);
    behind.next = next;
    await this.#note(agency, next.toString());
  }

  /** Everything that there was has been handed over; false when lines were passed over meanwhile. */
  async done(agency: AgencyId): Promise<boolean> {
    const behind = this.#behind.get(agency);
    if (behind !== undefined && behind.through > behind.next) return false;
    this.#behind.delete(agency);
    if (behind !== undefined) this.#served(agency, behind);
    await this.#note(agency, NOTHING);
    return true;
  }

  /** For how many seconds handing over to the agency has failed; 0 where it does not. */
  failingFor(agency: AgencyId): number {
    const since = this.#behind.get(agency)?.failing;
    return since === undefined ? 0 : Math.max(0, (this.hub.now() - since) / 1000);
  }

  #note(agency: AgencyId, to: string): Promise<void> {
    const mine = (this.#writing.get(agency) ?? Promise.resolve()).then(() =>
      this.hub.positions.move(noteOf(agency), to),
    );
    this.#writing.set(
      agency,
      mine.catch(() => undefined),
    );
    return mine;
  }

  #served(agency: AgencyId, behind: Behind): void {
    if (behind.failing === undefined) return;
    behind.failing = undefined;
    this.hub.log.info('an agency can be handed its lines again', {
      agency,
      number: behind.next,
    });
  }
}
