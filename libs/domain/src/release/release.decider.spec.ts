import { describe, expect, it } from '@jest/globals';
import { type Digest, type Fingerprint } from '@tripoint/kernel';
import { type Command } from '../decide.js';
import { UNMARKED } from '../content.js';
import { type Happened } from '../event.js';
import { foldItem } from '../evolve.js';
import { foldExchange } from '../exchange/exchange.js';
import {
  agency,
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
  within,
} from '../testing/index.js';
import { tellsGrant } from '../told.js';
import { type ReleaseCommand } from './release.commands.js';
import { grantedRelease } from './release.js';

const exchange = within(greekPolice, borderPolice);
const until = noonPlus(172_800);
const digest = 'ab'.repeat(32) as Digest;

const says = (
  agency: typeof greekPolice,
  wish: Pick<Extract<ReleaseCommand, { type: ReleaseCommand['type'] }>, 'type' | 'data'>,
  hours = 8,
): Command =>
  ({
    item: itemId(1),
    exchange: exchangeId(1),
    by: { agency },
    at: noonPlus(hours * 3600),
    ...wish,
  }) as Command;

const asked = {
  type: 'RequestRelease',
  data: {
    to: borderPolice,
    grantee: turkishPolice,
    event: eventId(7),
    compartments: ['facts', 'intelligence'],
    purpose: 'INVESTIGATION',
    marking: UNMARKED,
    facts: { text: 'the van went on to Türkiye', language: 'en' },
  },
} as const;
const grants = {
  type: 'GrantRelease',
  data: { compartments: ['facts'], until, descriptors: [digest] },
} as const;
const makes = {
  type: 'MakeGrant',
  data: {
    certificate: digest as string as Fingerprint,
    header: digest,
    verdict: 12,
    wraps: [{ descriptor: digest, wrap: digest }],
  },
} as const;

const core = {
  to: borderPolice,
  grantee: turkishPolice,
  event: eventId(7),
  compartments: ['facts', 'intelligence'],
  purpose: 'INVESTIGATION',
} as const;
const requested = recorded(1, greekPolice, { type: 'ReleaseRequested', core });
const granted = recorded(2, borderPolice, {
  type: 'ReleaseGranted',
  core: { compartments: ['facts'], until },
});
const made: Happened<'GrantMade'> = {
  type: 'GrantMade',
  core: { event: eventId(7), compartments: ['facts'], grantee: turkishPolice, until },
};
const used = recorded(3, borderPolice, made);
const revoked = recorded(4, borderPolice, { type: 'GrantRevoked', core: {} });

describe('a release', () => {
  it('is asked of whoever said it, by another who takes part', () => {
    const [draft] = given()
      .when(says(greekPolice, asked), exchange)
      .then({ type: 'ReleaseRequested', family: 'release', facts: { item: itemId(1) }, core });
    // The hub is not told what is asked for.
    expect(draft?.facts).toEqual({ item: itemId(1) });
    expect(draft?.audience.map(({ to }) => to)).toEqual([
      [borderPolice, greekPolice],
      [borderPolice, greekPolice],
    ]);
  });

  it.each([
    ['its provider itself', { ...asked.data, to: greekPolice }, 'to-oneself'],
    ['its provider for itself', { ...asked.data, grantee: borderPolice }, 'to-oneself'],
    ['a stranger', { ...asked.data, grantee: 'nobody' as typeof animus }, 'unknown-agency'],
    ['oversight', { ...asked.data, grantee: oversight }, 'compartment-not-allowed'],
    ['the hub', { ...asked.data, grantee: agency('hub') }, 'compartment-not-allowed'],
    ['whose kind never holds it', { ...asked.data, grantee: animus }, 'compartment-not-allowed'],
    [
      'whom no rule lets be told where it came from',
      { ...asked.data, compartments: ['facts', 'source'] },
      'compartment-not-allowed',
    ],
    ['somebody who takes no part', { ...asked.data, to: turkishPolice }, 'not-participant'],
  ] as const)('is not asked of or for %s', (_, data, code) => {
    given()
      .when(says(greekPolice, { ...asked, data }), exchange)
      .refused(code === 'not-participant' ? 'to-oneself' : code);
  });

  it('is not asked by or of somebody who takes no part', () => {
    given().when(says(animus, asked), exchange).refused('not-participant');
    given().when(says(greekPolice, asked), within(greekPolice, animus)).refused('not-participant');
  });

  it('is decided on by its provider, for no more than was asked, and to an end that is to come', () => {
    given(requested)
      .when(says(borderPolice, grants), exchange)
      .then({
        type: 'ReleaseGranted',
        facts: { release: { agency: turkishPolice, descriptors: [digest], until } },
        audience: [{ compartment: 'core', to: [borderPolice, greekPolice] }],
      });
    given(requested).when(says(greekPolice, grants), exchange).refused('not-the-provider');
    // Whatever somebody else's node let be asked.
    const forOversight = {
      type: 'ReleaseRequested',
      core: { ...core, grantee: oversight },
    } as const;
    given(recorded(1, greekPolice, forOversight))
      .when(says(borderPolice, grants), exchange)
      .refused('compartment-not-allowed');
    given(requested)
      .when(
        says(borderPolice, { ...grants, data: { ...grants.data, compartments: ['source'] } }),
        exchange,
      )
      .refused('release-beyond-request');
    given(requested)
      .when(says(borderPolice, grants, 48), exchange)
      .refused('release-in-the-past');
    const forYears = { ...grants, data: { ...grants.data, until: noonPlus(184 * 86_400) } };
    given(requested).when(says(borderPolice, forYears), exchange).refused('term-too-long');
    given().when(says(borderPolice, grants), exchange).refused('item-unknown');
    given(requested).when(says(greekPolice, asked), exchange).refused('item-exists');
  });

  it('may be denied, and then is not granted', () => {
    given(requested)
      .when(says(borderPolice, { type: 'DenyRelease', data: { marking: UNMARKED } }), exchange)
      .then({ type: 'ReleaseDenied' });
    const denied = recorded(2, borderPolice, { type: 'ReleaseDenied', core: {} });
    given(requested, denied).is({ status: 'DENIED' });
    given(requested, denied)
      .when(says(borderPolice, grants), exchange)
      .refused('status-does-not-allow');
  });

  it('is carried out in the terms of the decision, and tells the grantee nothing but those', () => {
    given(requested, granted)
      .when(says(borderPolice, makes), exchange)
      .then({
        type: 'GrantMade',
        family: 'grant',
        core: made.core,
        parts: {},
        facts: { grant: { ...makes.data, agency: turkishPolice, until } },
        audience: [{ compartment: 'core', to: [borderPolice, greekPolice, turkishPolice].sort() }],
      });
    given(requested).when(says(borderPolice, makes), exchange).refused('status-does-not-allow');
    given(requested, granted, used)
      .when(says(borderPolice, makes), exchange)
      .refused('status-does-not-allow');
  });

  it('is decided on again while it has led to nothing', () => {
    given(requested, granted)
      .when(says(borderPolice, grants), exchange)
      .then({ type: 'ReleaseGranted' });
  });

  it('is taken back by its provider, and told to whom it was given', () => {
    const revokes = { type: 'RevokeGrant', data: {} } as const;
    given(requested, granted, used)
      .when(says(borderPolice, revokes), exchange)
      .then({
        type: 'GrantRevoked',
        facts: { revokes: true },
        audience: [{ compartment: 'core', to: [borderPolice, greekPolice, turkishPolice].sort() }],
      });
    // Not given yet, so the grantee does not hear of it either.
    given(requested, granted)
      .when(says(borderPolice, revokes), exchange)
      .then({ audience: [{ compartment: 'core', to: [borderPolice, greekPolice] }] });
    given(requested, granted, used)
      .when(says(turkishPolice, revokes), exchange)
      .refused('not-the-provider');
  });

  it('ends with the receipt of its grantee and of nobody else', () => {
    const confirms = { type: 'ConfirmPurge', data: {} } as const;
    given(used)
      .when(says(turkishPolice, confirms), context())
      .then({
        type: 'GrantPurged',
        family: 'receipt',
        audience: [{ compartment: 'core', to: [borderPolice, turkishPolice] }],
      });
    given(requested, granted, used)
      .when(says(greekPolice, confirms), exchange)
      .refused('not-the-grantee');
    const purged = recorded(5, turkishPolice, { type: 'GrantPurged', core: {} });
    given(requested, granted, used, purged).is({
      status: 'EXPIRED',
      purgedAt: noonPlus(5 * 3600),
    });
    given(requested, granted, used, revoked, purged).is({
      status: 'REVOKED',
      purgedAt: noonPlus(5 * 3600),
    });
  });

  it('ends with a copy that stays, and why, until that is gone', () => {
    const confirms = { type: 'ConfirmPurge', data: { kept: ['LEGAL_HOLD'] } } as const;
    const because = ['LEGAL_HOLD'] as const;
    given(used)
      .when(says(turkishPolice, confirms), context())
      .then({ type: 'GrantCopyKept', core: { because }, facts: { kept: because } });
    const stays = recorded(5, turkishPolice, { type: 'GrantCopyKept', core: { because } });
    given(used, stays).is({ status: 'USED', kept: because });
    given(used, stays).when(says(turkishPolice, confirms), context()).nothing();
    const purged = recorded(6, turkishPolice, { type: 'GrantPurged', core: {} });
    given(used, stays, purged).is({ status: 'EXPIRED', purgedAt: noonPlus(6 * 3600) });
    expect(foldItem([used, stays, purged])).not.toHaveProperty('kept');
  });

  it('to whom asked for itself permits use, and hands nothing on', () => {
    const wanted = recorded(1, greekPolice, {
      type: 'ReleaseRequested',
      core: { ...core, grantee: greekPolice },
    });
    const permits = { compartments: ['facts'], until } as const;
    const [draft] = given(wanted)
      .when(says(borderPolice, grants), exchange)
      .then({ type: 'JudicialUsePermitted', family: 'release', core: permits });
    expect(draft?.facts).toEqual({ item: itemId(1) });
    expect(draft?.audience).toEqual([{ compartment: 'core', to: [borderPolice, greekPolice] }]);
    const permitted = recorded(2, borderPolice, { type: 'JudicialUsePermitted', core: permits });
    given(wanted, permitted).is({ status: 'GRANTED', until });
    given(wanted, permitted, revoked).is({ status: 'REVOKED' });
    given(wanted, granted).is({ status: 'REQUESTED' });
    given(requested, permitted).is({ status: 'REQUESTED' });
  });

  describe('that nobody has asked for', () => {
    const data = {
      event: eventId(7),
      compartments: ['core', 'facts'],
      grantee: turkishPolice,
      until,
      descriptors: [digest],
      saidBy: borderPolice,
    };
    const offers = (changes: object = {}) =>
      ({ type: 'OfferRelease', data: { ...data, ...changes } }) as unknown as typeof grants;
    const handed = { event: eventId(7), compartments: ['facts'], grantee: turkishPolice, until };
    const offered = recorded(1, borderPolice, {
      type: 'ReleaseOffered',
      core: handed,
    } as Happened<'ReleaseOffered'>);

    it('is decided by who said it, and known to nobody else before it is carried out', () => {
      given()
        .when(says(borderPolice, offers()), exchange)
        .then({
          type: 'ReleaseOffered',
          family: 'release',
          core: handed as object,
          audience: [{ compartment: 'core', to: [borderPolice] }],
          facts: {
            item: itemId(1),
            release: { agency: turkishPolice, descriptors: [digest], until },
          },
        });
      given(offered).is({ status: 'GRANTED', from: borderPolice, to: borderPolice });
      expect(foldExchange([offered]).participants).toEqual([borderPolice]);
      given(offered)
        .when(says(borderPolice, makes), exchange)
        .then({
          type: 'GrantMade',
          audience: [{ compartment: 'core', to: [borderPolice, turkishPolice] }],
        });
      given(offered, used).is({ status: 'USED' });
    });

    it.each([
      ['of what another said', { saidBy: greekPolice }, 'not-the-provider'],
      ['to oneself', { grantee: borderPolice }, 'to-oneself'],
      ['to nobody', { grantee: 'nobody' }, 'unknown-agency'],
      ['to oversight', { grantee: oversight }, 'compartment-not-allowed'],
      ['to the hub', { grantee: 'hub' }, 'compartment-not-allowed'],
      ['to whose kind never holds it', { grantee: animus }, 'compartment-not-allowed'],
      ['for a time that is over', { until: noonPlus(60) }, 'release-in-the-past'],
      ['for longer than half a year', { until: noonPlus(184 * 86_400) }, 'term-too-long'],
    ] as const)('is not made %s', (_, changes, code) => {
      given()
        .when(says(borderPolice, offers(changes)), exchange)
        .refused(code);
    });

    it('is not made where one takes no part, nor twice, and is none to oneself', () => {
      given().when(says(borderPolice, offers()), within(greekPolice)).refused('not-participant');
      given(offered).when(says(borderPolice, offers()), exchange).refused('item-exists');
      given(recorded(1, turkishPolice, offered.event as Happened<'ReleaseOffered'>)).is({
        status: 'NONE',
      });
    });

    it.each([
      [{ release: { agency: turkishPolice, descriptors: [digest], until } }, true],
      [{ release: { agency: animus, descriptors: [digest], until } }, false],
      [{}, false],
    ] as const)('tells the hub of the same: %j %s', (facts, told) => {
      expect(tellsGrant(offered.event, facts)).toBe(told);
    });
  });

  it('begins for its grantee with the grant', () => {
    given(used).is({
      status: 'USED',
      from: borderPolice,
      to: turkishPolice,
      provider: borderPolice,
      until,
    });
  });

  it('is neither asked of oneself nor granted to oneself, whatever an event says', () => {
    expect(grantedRelease(recorded(1, turkishPolice, made), made)).toBeUndefined();
    given(recorded(1, borderPolice, { type: 'ReleaseRequested', core })).is({ status: 'NONE' });
  });
});

describe('what the hub is told of a release', () => {
  const seen = (happened: Happened) => ({ item: itemId(1), parts: {}, ...happened });
  const grant = { ...makes.data, agency: turkishPolice, until };
  it.each([
    ['the grant', seen(made), { grant }, true],
    ['a grant to another', seen(made), { grant: { ...grant, agency: animus } }, false],
    ['a grant for longer', seen(made), { grant: { ...grant, until: noonPlus(1e6) } }, false],
    ['no grant', seen(made), {}, false],
    ['more than the grant', seen(made), { grant, revokes: true }, false],
    [
      'the decision',
      seen(granted.event as Happened),
      { release: { agency: turkishPolice, descriptors: [digest], until } },
      true,
    ],
    [
      'a decision for longer',
      seen(granted.event as Happened),
      { release: { agency: turkishPolice, descriptors: [digest], until: noonPlus(1e6) } },
      false,
    ],
    ['the end', seen({ type: 'GrantRevoked', core: {} }), { revokes: true }, true],
    [
      'the end with another event',
      seen({ type: 'GrantPurged', core: {} }),
      { revokes: true },
      false,
    ],
    ['nothing with another event', seen({ type: 'GrantPurged', core: {} }), {}, true],
    [
      'nothing without a core',
      { type: 'GrantMade', item: itemId(1), parts: {} } as const,
      {},
      true,
    ],
    [
      'something without a core',
      { type: 'GrantMade', item: itemId(1), parts: {} } as const,
      { grant },
      false,
    ],
  ] as const)('is %s', (_, event, facts, told) => {
    expect(tellsGrant(event, facts)).toBe(told);
  });
});
