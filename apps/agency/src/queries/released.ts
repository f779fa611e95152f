import { Injectable } from '@nestjs/common';
import { type EventId, type ExchangeId, type Instant, type ItemId } from '@tripoint/kernel';
import { type Officer, Problem, type Purpose } from '@tripoint/platform';
import { type EventContentsResponse } from '@tripoint/contracts';
import { type Content, type ItemKind } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { shownContent, shownPage } from './shown.js';

/** What is to be read: the record names it, and never what it says. */
export type Wanted = {
  readonly exchange?: ExchangeId;
  readonly item?: ItemId;
  readonly fields: readonly string[];
};

/** Content, released with its record or not at all. */
@Injectable()
export class Released {
  constructor(private readonly agency: AgencyOptions) {}

  /** Reads, and records who did and what for, in one transaction. Finding nothing is recorded as well, and answered like a refusal. */
  async read<T>(
    { id: officer }: Officer,
    { code: purpose, text, legalBasis }: Purpose,
    wanted: Wanted,
    read: (content: Content) => Promise<T | undefined>,
  ): Promise<T> {
    const found = await this.agency.reads.release(
      {
        officer,
        purpose,
        ...(text === undefined ? {} : { text }),
        ...(legalBasis === undefined ? {} : { legalBasis }),
        ...wanted,
        at: new Date(this.agency.now()).toISOString() as Instant,
      },
      read,
    );
    if (found === undefined)
      throw new Problem('not-found', 'nothing that was recorded has this id');
    return found;
  }

  /** What a legal hold keeps of an event that was to go. */
  async kept(
    officer: Officer,
    purpose: Purpose,
    {
      item,
      exchange,
      event,
      compartments,
    }: {
      readonly item: ItemId;
      readonly exchange: ExchangeId;
      readonly event: EventId;
      readonly compartments: readonly string[];
    },
  ): Promise<EventContentsResponse> {
    const wanted = { item, exchange, fields: ['kept', ...compartments] };
    const rows = await this.read(officer, purpose, wanted, async (content) => {
      const kept = (await content.retained(event)).filter(({ compartment }) =>
        compartments.includes(compartment),
      );
      const said = kept.length === 0 ? undefined : await content.event(event);
      return (
        said && [
          {
            ...said,
            core: undefined,
            compartments: kept.map(({ compartment }) => compartment),
            parts: Object.fromEntries(
              kept.map(({ compartment, content: part }) => [compartment, part]),
            ),
          },
        ]
      );
    });
    return shownPage({ rows }, this.agency.witnessed, shownContent);
  }

  /** Everything said about an item, the oldest first. An item of another kind is not there. */
  async item(
    officer: Officer,
    purpose: Purpose,
    item: ItemId,
    kind: ItemKind,
  ): Promise<EventContentsResponse> {
    const exchange = await this.agency.journal.exchangeOf(item);
    const wanted = { item, ...(exchange === undefined ? {} : { exchange }), fields: [kind] };
    const events = await this.read(officer, purpose, wanted, async (content) => {
      const found = await content.item(item);
      const family = found[0]?.family;
      // Whoever was granted something first hears of it by the grant.
      const first = family === 'grant' ? 'release' : family;
      return first === kind ? found : undefined;
    });
    return shownPage({ rows: events }, this.agency.witnessed, shownContent);
  }
}
