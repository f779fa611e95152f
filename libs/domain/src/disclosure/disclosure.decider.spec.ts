import { describe, expect, it } from '@jest/globals';
import { type AgencyId, type Digest, type Fingerprint } from '@tripoint/kernel';
import { type Command } from '../decide.js';
import { type Happened, type SeenEvent } from '../event.js';
import {
  animus,
  borderPolice,
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
} from '../testing/index.js';
import { tellsGrant } from '../told.js';

const until = noonPlus(36_000);
const data = {
  beneficiary: greekPolice,
  event: eventId(7),
  compartments: ['facts'],
  ground: 'DANGER_TO_LIFE',
  until,
  emergency: true,
  custodians: [animus, borderPolice],
} as const;
const keys = {
  certificate: 'cd'.repeat(32) as Fingerprint,
  header: 'ef'.repeat(32) as Digest,
  verdict: 9,
  wraps: [{ descriptor: 'ab'.repeat(32) as Digest, wrap: '12'.repeat(32) as Digest }],
};

const says = (agency: AgencyId, type: string, said: object = {}, at = noonPlus(3600)): Command =>
  ({
    type,
    item: itemId(1),
    exchange: exchangeId(1),
    by: { agency },
    at,
    data: said,
  }) as unknown as Command;

const core: Happened<'DisclosureOrdered'>['core'] = {
  beneficiary: greekPolice,
  event: eventId(7),
  compartments: ['facts'],
  ground: 'DANGER_TO_LIFE',
  until,
  emergency: true,
};
const ordered = recorded(1, greekPolice, { type: 'DisclosureOrdered', core });
const approved = recorded(2, animus, { type: 'ShareApproved', core: {} });
const released = recorded(3, animus, {
  type: 'ShareReleased',
  core: { beneficiary: greekPolice, until },
});
const order = {
  agency: greekPolice,
  compartments: ['facts'],
  emergency: true,
  event: eventId(7),
  ground: 'DANGER_TO_LIFE',
  until,
} as const;

describe('an order to disclose', () => {
  it('tells the custodians and whom it is for, and the hub just what it says', () => {
    given()
      .when(says(greekPolice, 'OrderDisclosure', data), context())
      .then({
        type: 'DisclosureOrdered',
        family: 'disclosure',
        core,
        facts: {
          opens: true,
          item: itemId(1),
          order,
          admits: [
            { agency: animus, compartments: ['core'] },
            { agency: borderPolice, compartments: ['core'] },
          ],
        },
        audience: [{ compartment: 'core', to: [animus, borderPolice, greekPolice].sort() }],
      });
  });

  it.each([
    [
      'for another',
      { ...data, beneficiary: turkishPolice },
      'order-is-by-oversight-or-in-an-emergency',
    ],
    [
      'without an emergency',
      { ...data, emergency: false },
      'order-is-by-oversight-or-in-an-emergency',
    ],
    [
      'on the ground that is oversight’s',
      { ...data, ground: 'SUPERVISORY_INQUIRY' },
      'order-is-by-oversight-or-in-an-emergency',
    ],
    ['for more than a day', { ...data, until: noonPlus(90_001) }, 'order-is-for-a-day-at-most'],
    ['for a time that is over', { ...data, until: noonPlus(3600) }, 'order-is-for-a-day-at-most'],
    ['where nobody keeps shares', { ...data, custodians: [] }, 'order-is-of-what-is-in-custody'],
  ] as const)('is not given by an agency %s', (_, said, code) => {
    given()
      .when(says(greekPolice, 'OrderDisclosure', said), context())
      .refused(code);
  });

  it('is given by oversight for another agency, and by oversight alone', () => {
    const imposed: Record<string, unknown> = { ...data };
    delete imposed['emergency'];
    given()
      .when(says(oversight, 'ImposeDisclosure', imposed), context())
      .then({
        type: 'DisclosureOrdered',
        core: { ...core, emergency: false },
        facts: {
          opens: true,
          order: { ...order, emergency: false },
          admits: [animus, borderPolice, greekPolice]
            .sort()
            .map((agency) => ({ agency, compartments: ['core'] })),
        },
        audience: [
          { compartment: 'core', to: [animus, borderPolice, greekPolice, oversight].sort() },
        ],
      });
    given()
      .when(says(greekPolice, 'ImposeDisclosure', imposed), context())
      .refused('not-an-authority');
  });

  it.each([oversight, 'hub', animus])('is not for whose kind never holds it: %s', (beneficiary) => {
    const imposed = { ...data, beneficiary };
    given()
      .when(says(oversight, 'ImposeDisclosure', imposed), context())
      .refused('compartment-not-allowed');
  });

  it('stands once', () => {
    given(ordered)
      .when(says(greekPolice, 'OrderDisclosure', data), context())
      .refused('item-exists');
    given().when(says(animus, 'ApproveShare'), context()).refused('item-unknown');
  });

  it('tells the hub no more and no less than it says', () => {
    const event = { item: itemId(1), parts: {}, type: 'DisclosureOrdered', core } as SeenEvent;
    expect(tellsGrant(event, { order })).toBe(true);
    for (const other of [
      { agency: animus },
      { event: eventId(8) },
      { until: noonPlus(1) },
      { emergency: false },
      { ground: 'COURT_ORDER' },
      { ground: undefined },
      { compartments: ['facts', 'intelligence'] },
    ])
      expect(tellsGrant(event, { order: { ...order, ...other } })).toBe(false);
    expect(tellsGrant(event, {})).toBe(false);
  });
});

describe('a share', () => {
  it('is let go by an officer, of whom nobody else hears, and handed over upon that', () => {
    given(ordered)
      .when(says(animus, 'ApproveShare'), context())
      .then({
        type: 'ShareApproved',
        audience: [{ compartment: 'core', to: [animus] }],
        facts: { item: itemId(1) },
      });
    given(ordered, approved)
      .when(says(animus, 'ReleaseShare', keys), context())
      .then({
        type: 'ShareReleased',
        facts: { item: itemId(1), grant: { ...keys, agency: greekPolice, until } },
        audience: [{ compartment: 'core', to: [animus, greekPolice].sort() }],
      });
    given(ordered)
      .when(says(animus, 'ReleaseShare', keys), context())
      .refused('status-does-not-allow');
    given(ordered, approved, released)
      .when(says(animus, 'ReleaseShare', keys), context())
      .nothing();
    given(ordered, approved).when(says(animus, 'ApproveShare'), context()).nothing();
  });

  it('is never handed to oneself, nor after the time of the order', () => {
    given(ordered).when(says(greekPolice, 'ApproveShare'), context()).refused('to-oneself');
    given(ordered)
      .when(says(animus, 'ApproveShare', {}, until), context())
      .refused('share-is-in-time');
  });

  it('may be declined until it was let go', () => {
    given(ordered)
      .when(says(animus, 'DeclineShare'), context())
      .then({ type: 'ShareDeclined', facts: { item: itemId(1), declines: true } });
    given(ordered, approved)
      .when(says(animus, 'DeclineShare'), context())
      .refused('status-does-not-allow');
    given(ordered, recorded(2, animus, { type: 'ShareDeclined', core: {} })).is({
      declined: [animus],
    });
  });

  it('is handed over, declined and purged without a word to oversight, which reads it in the log', () => {
    const imposed = recorded(1, oversight, {
      type: 'DisclosureOrdered',
      core: { ...core, emergency: false },
    });
    given(imposed, approved)
      .when(says(animus, 'ReleaseShare', keys), context())
      .then({ audience: [{ compartment: 'core', to: [animus, greekPolice].sort() }] });
    given(imposed)
      .when(says(animus, 'DeclineShare'), context())
      .then({ facts: { declines: true }, audience: [{ compartment: 'core', to: [animus] }] });
    given(imposed, approved, released)
      .when(says(greekPolice, 'ConfirmDisclosurePurge'), context())
      .then({
        type: 'DisclosurePurged',
        audience: [{ compartment: 'core', to: [greekPolice] }],
      });
  });

  it('counts for its custodian once, and what was read is gone when its reader says so', () => {
    const purged = recorded(4, greekPolice, { type: 'DisclosurePurged', core: {} });
    given(ordered, approved, released, released).is({ released: [animus], status: 'ORDERED' });
    given(ordered, approved, released, purged).is({ status: 'PURGED' });
    given(ordered, recorded(2, animus, { type: 'DisclosurePurged', core: {} })).is({
      status: 'ORDERED',
    });
    given(ordered)
      .when(says(greekPolice, 'ConfirmDisclosurePurge'), context())
      .then({ type: 'DisclosurePurged', family: 'receipt' });
    // A legal hold keeps a copy: nobody says that it is gone.
    given(ordered)
      .when(says(greekPolice, 'ConfirmDisclosurePurge', { kept: ['LEGAL_HOLD'] }), context())
      .nothing();
    given(ordered)
      .when(says(animus, 'ConfirmDisclosurePurge'), context())
      .refused('not-the-receiving-party');
  });
});
