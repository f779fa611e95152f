import { Injectable } from '@nestjs/common';
import { type DraftEvent, type Item, judicialUseFault } from '@tripoint/domain';
import { type Registry } from '@tripoint/federation';
import { type Digest, type Instant, isRefusal } from '@tripoint/kernel';
import { type JournalEntry } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { type HeldExchange, heldExchange, itemOf } from '../sealing/held-exchange.js';
import { type CourtRefusal, notKept } from './court-refusal.js';
import { partsOf, type UsedPart } from './judicial-parts.js';

type Release = Extract<Item, { readonly kind: 'release' }>;

/**
 * Whoever lets another use something in court lets it use what that was taken from, and the other can ask nobody else: it does not
 * know whose that was. So what others marked H1 goes no further than they have let this agency use it itself, nor for longer.
 */
@Injectable()
export class JudicialChain {
  constructor(private readonly agency: AgencyOptions) {}

  /** Why what is about to be said permits more than is this agency's to permit; undefined for everything else. */
  async barred(
    draft: DraftEvent,
    held: HeldExchange,
    registry: Registry,
  ): Promise<CourtRefusal | undefined> {
    if (draft.type !== 'JudicialUsePermitted') return undefined;
    const asked = itemOf(held, draft.item);
    if (asked.kind !== 'release') return undefined;
    const { agency, journal } = this.agency;
    const entry = await journal.entry(asked.event);
    if (entry === undefined) return notKept();
    const { compartments, until } = draft.core;
    const sources = (digests: readonly Digest[]) => this.#sources(digests);
    const parts = await partsOf({ sources }, agency, [{ entry }], compartments);
    if (isRefusal(parts)) return parts;
    const uses = [];
    // What its asker has said itself is its own to use.
    for (const part of parts.filter(({ originator }) => originator !== asked.grantee))
      uses.push({ ...part, released: await this.#isPermitted(part, until, registry) });
    return judicialUseFault(agency, uses);
  }

  async #sources(digests: readonly Digest[]): Promise<readonly JournalEntry[]> {
    const { journal } = this.agency;
    const events = new Set((await journal.givenIn(digests)).map(({ event }) => event));
    const entries = await Promise.all([...events].map((event) => journal.entry(event)));
    return entries.filter((entry) => entry !== undefined);
  }

  /** Whether its originator lets this agency use it until then, by a word that is not in doubt. */
  async #isPermitted(part: UsedPart, until: Instant, registry: Registry): Promise<boolean> {
    const { agency, journal } = this.agency;
    if (part.originator === agency || !part.handling.includes('H1')) return true;
    const entry = await journal.entry(part.event);
    if (entry === undefined) return false;
    const history = await journal.history(entry.exchange);
    const covers = (state: Item): state is Release =>
      state.kind === 'release' &&
      state.status === 'GRANTED' &&
      state.from === agency &&
      state.grantee === agency &&
      state.provider === part.originator &&
      state.event === part.event &&
      (part.compartment === 'core' || state.compartments.some((one) => one === part.compartment)) &&
      state.until !== undefined &&
      until <= state.until;
    return [...heldExchange(entry.exchange, history).seen.items.values()].some((state) => {
      const said =
        covers(state) &&
        history.entries.findLast(
          ({ recorded: { event, issuer } }) =>
            event.type === 'JudicialUsePermitted' &&
            event.item === state.item &&
            issuer === part.originator,
        );
      const leaf = said === false ? undefined : said?.recorded.leaf;
      return leaf !== undefined && !registry.isTainted(part.originator, BigInt(leaf.index));
    });
  }
}
