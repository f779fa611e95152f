import { type EventId, type ExchangeId, type ItemId, type OfficerId } from '@tripoint/kernel';
import { Count, Form, Uuid } from './fields.js';

/** A path that names an exchange. */
export class ExchangeParams {
  @Uuid({ about: 'The exchange.' })
  readonly exchange!: ExchangeId;
}

/** A path that names an item. */
export class ItemParams {
  @Uuid({ about: 'The item.' })
  readonly item!: ItemId;
}

/** A path that names an event. */
export class EventParams {
  @Uuid({ about: 'The event.' })
  readonly event!: EventId;
}

/** A path that names an officer. */
export class OfficerParams {
  @Form({
    about: 'The officer.',
    pattern: /^[a-z0-9][a-z0-9._-]{0,63}$/,
    most: 64,
    form: 'the name of an officer',
    example: 'eleni.papadaki',
  })
  readonly officer!: OfficerId;
}

/** A path that names a leaf of the log. */
export class LeafParams {
  @Count({ about: 'The index of the leaf.' })
  readonly index!: string;
}
