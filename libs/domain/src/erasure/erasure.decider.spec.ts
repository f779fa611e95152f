import { describe, expect, it } from '@jest/globals';
import { type AgencyId, type Digest } from '@tripoint/kernel';
import { type Command } from '../decide.js';
import { type SaidOnce } from '../command.js';
import { type Happened } from '../event.js';
import {
  borderPolice,
  clinic,
  context,
  eventId,
  exchangeId,
  given,
  greekPolice,
  itemId,
  noonPlus,
  oversight,
  recorded,
  turkishPolice,
  within,
} from '../testing/index.js';
import { tellsGrant } from '../told.js';

const exchange = within(greekPolice, borderPolice);
const until = noonPlus(36_000);
const digest = 'ab'.repeat(32) as Digest;
const data = {
  event: eventId(7),
  compartments: ['facts'],
  descriptors: [digest],
  saidBy: borderPolice,
  ground: 'DATA_SUBJECT_RIGHT',
  until,
} as const;
const claim = { event: eventId(7), stores: ['CONTENT', 'KEYS'], backupsUntil: until } as const;

const says = (agency: typeof greekPolice, type: string, said: object): Command =>
  ({
    type,
    item: itemId(1),
    exchange: exchangeId(1),
    by: { agency },
    at: noonPlus(3600),
    data: said,
  }) as unknown as Command;

const core = {
  event: eventId(7),
  compartments: ['facts'],
  ground: 'DATA_SUBJECT_RIGHT',
  until,
} as const;
const ordered = recorded(1, borderPolice, { type: 'ErasureOrdered', core });
const purged = recorded(2, greekPolice, { type: 'ErasurePurged', core: claim });

describe('an erasure', () => {
  it('is ordered by who said it, and told to the log alone', () => {
    given()
      .when(says(borderPolice, 'OrderErasure', data), exchange)
      .then({
        type: 'ErasureOrdered',
        family: 'erasure',
        core,
        parts: {},
        facts: {
          item: itemId(1),
          erases: { event: eventId(7), descriptors: [digest], ground: 'DATA_SUBJECT_RIGHT', until },
        },
        audience: [{ compartment: 'core', to: [borderPolice] }],
      });
  });

  it('is imposed by oversight on what others said, in an exchange of which it holds nothing', () => {
    const imposed = { ...data, ground: 'UNLAWFUL' } as const;
    given()
      .when(says(oversight, 'ImposeErasure', imposed), context())
      .then({
        type: 'ErasureOrdered',
        core: { ...core, ground: 'UNLAWFUL' },
        facts: {
          item: itemId(1),
          erases: {
            event: eventId(7),
            descriptors: [digest],
            ground: 'UNLAWFUL',
            saidBy: data.saidBy,
            until,
          },
        },
        audience: [{ compartment: 'core', to: [oversight] }],
      });
    given()
      .when(says(oversight, 'ImposeErasure', { ...imposed, saidBy: clinic + 'x' }), context())
      .refused('unknown-agency');
    given()
      .when(says(oversight, 'ImposeErasure', { ...imposed, until: noonPlus(0) }), context())
      .refused('deadline-in-the-past');
    given()
      .when(says(greekPolice, 'ImposeErasure', imposed), exchange)
      .refused('not-an-authority');
  });

  it.each([
    ['of what another said', { ...data, saidBy: greekPolice }, 'not-the-provider'],
    ['by a time that is over', { ...data, until: noonPlus(0) }, 'deadline-in-the-past'],
    ['in more than a month', { ...data, until: noonPlus(32 * 86_400) }, 'term-too-long'],
    ['for no known reason', { ...data, ground: 'WHIM' }, 'unknown-code'],
  ] as const)('is not ordered %s', (_, said, code) => {
    given()
      .when(says(borderPolice, 'OrderErasure', said), exchange)
      .refused(code);
  });

  it('is ordered once, while the order before is on its way, by whichever of its parts', () => {
    const erases = { event: eventId(7), descriptors: [digest], ground: 'UNLAWFUL', until } as const;
    const ordering = (...facts: readonly SaidOnce[]) => ({
      ...exchange,
      exchange: {
        ...exchange.exchange,
        said: facts.map((one) => ({ issuer: borderPolice, facts: one })),
      },
    });
    const other = 'cd'.repeat(32) as Digest;
    const both = { ...data, descriptors: [digest, other] };
    const order = (said: object) => says(borderPolice, 'OrderErasure', said);
    given().when(order(data), ordering({ erases })).refused('forgotten-already');
    given()
      .when(order(both), ordering({ erases }, { erases: { ...erases, descriptors: [other] } }))
      .refused('forgotten-already');
    // Something of it is new, or it is of another event.
    given().when(order(both), ordering({ erases })).then({ type: 'ErasureOrdered' });
    given()
      .when(order(data), ordering({ erases: { ...erases, event: eventId(8) } }))
      .then({ type: 'ErasureOrdered' });
  });

  it('is imposed once in the name of whoever said it: one that named another was in vain', () => {
    const erases = { event: eventId(7), descriptors: [digest], ground: 'UNLAWFUL', until } as const;
    const impose = says(oversight, 'ImposeErasure', data);
    const naming = (saidBy: AgencyId) =>
      context({
        exchange: {
          owner: undefined,
          participants: [oversight],
          said: [
            { issuer: oversight, facts: { erases: { ...erases, saidBy } } },
            { issuer: turkishPolice, facts: { erases: { ...erases, saidBy: borderPolice } } },
          ],
        },
      });
    given().when(impose, naming(borderPolice)).refused('forgotten-already');
    given().when(impose, naming(greekPolice)).then({ type: 'ErasureOrdered' });
  });

  it('is confirmed to who said it, by whoever was told, order or none', () => {
    const drafted = {
      type: 'ErasurePurged',
      family: 'receipt',
      core: claim,
      facts: { item: itemId(1), purged: { stores: ['CONTENT', 'KEYS'], backups: until } },
      audience: [{ compartment: 'core', to: [borderPolice, greekPolice] }],
    } as const;
    const confirm = says(greekPolice, 'ConfirmErasure', { to: borderPolice, ...claim });
    given().when(confirm, context()).then(drafted);
    given()
      .when(says(borderPolice, 'ConfirmErasure', { to: borderPolice, ...claim }), context())
      .then({ audience: [{ compartment: 'core', to: [borderPolice] }] });
    given(ordered).when(confirm, exchange).then(drafted);
    given(ordered)
      .when(says(borderPolice, 'OrderErasure', data), exchange)
      .refused('item-exists');
  });

  it('stands as ordered, whoever says that it is done', () => {
    given(ordered).is({ status: 'ORDERED', from: borderPolice, to: borderPolice, until });
    given(ordered, purged).is({ status: 'ORDERED', overtaken: [] });
    given(ordered, recorded(2, turkishPolice, { type: 'RecallPurged', core: {} })).is({
      overtaken: [eventId(2)],
    });
  });

  it('tells the hub what it says', () => {
    const event = {
      item: itemId(1),
      parts: {},
      ...(ordered.event as Happened<'ErasureOrdered'>),
    };
    const erases = { event: core.event, descriptors: [digest], ground: core.ground, until };
    expect(tellsGrant(event, { erases })).toBe(true);
    expect(tellsGrant(event, { erases: { ...erases, event: eventId(8) } })).toBe(false);
    expect(tellsGrant(event, { erases: { ...erases, until: noonPlus(1) } })).toBe(false);
    expect(tellsGrant(event, {})).toBe(false);
    const receipt = { item: itemId(1), parts: {}, ...(purged.event as Happened<'ErasurePurged'>) };
    const said = { stores: ['CONTENT', 'KEYS'], backups: until };
    expect(tellsGrant(receipt, { purged: said })).toBe(true);
    expect(tellsGrant(receipt, { purged: { ...said, stores: ['CONTENT'] } })).toBe(false);
    expect(tellsGrant(receipt, { purged: { ...said, backups: noonPlus(1) } })).toBe(false);
    expect(tellsGrant(receipt, {})).toBe(false);
  });
});
