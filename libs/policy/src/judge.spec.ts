import { describe, expect, it } from '@jest/globals';
import { type AgencyId, type Digest, type ExchangeId } from '@tripoint/kernel';
import {
  firstBundle,
  formatVerdict,
  judge,
  NeedToKnow,
  unopened,
  type AgencyAttributes,
  type Disclosure,
  type Facts,
  type Membership,
  type PairPolicy,
  type Part,
  type Source,
} from './index.js';

const rules = new NeedToKnow(firstBundle());
const gr = 'gr-police' as AgencyId;
const bg = 'bg-border-police' as AgencyId;
const tr = 'tr-police' as AgencyId;
const animus = 'animus' as AgencyId;

const agencies = new Map<AgencyId, AgencyAttributes>(
  (
    [
      [gr, 'POLICE', 'GR'],
      [bg, 'BORDER_POLICE', 'BG'],
      [tr, 'POLICE', 'TR'],
      [animus, 'NGO', 'BG'],
    ] as const
  ).map(([id, kind, state]) => [id, { id, kind, state, clearance: 'R-UE/EU-R', active: true }]),
);
const agreed: PairPolicy = {
  transfer: { permitted: true, ceiling: 'R-UE/EU-R', onward: 'ALLOWED' },
  clocks: { urgentDirect: 28_800, urgentIndirect: 259_200, routine: 604_800, grace: 3600 },
};
const everyone: Membership = {
  owner: gr,
  members: { [bg]: ['core', 'facts'], [tr]: ['core', 'facts'], [animus]: ['core', 'facts'] },
};
const digest = (n: number) => String(n).repeat(64) as Digest;

/** What Bulgaria told Greece: crossings, under H2. */
const fromBulgaria: Source = {
  issuer: bg,
  exchange: '7d1f3c1e-8a57-4d0c-9c0e-3f0a4b2c5d6e' as ExchangeId,
  compartment: 'facts',
  classification: 'BPL',
  handling: ['H2'],
  holders: [bg, gr],
  derivedFrom: [],
};

const part = (
  recipients: readonly AgencyId[],
  facts: Facts = {},
  labels: Partial<Part> = {},
): Part => ({
  compartment: 'facts',
  classification: 'BPL',
  handling: ['H2'],
  facts,
  recipients,
  ...labels,
});

const judged = (change: Partial<Disclosure>) =>
  judge(rules, {
    stream: '7d1f3c1e-8a57-4d0c-9c0e-3f0a4b2c5d6e' as ExchangeId,
    family: 'contribution',
    issuer: gr,
    parts: [],
    membership: everyone,
    agency: (id) => agencies.get(id),
    pair: () => agreed,
    source: () => undefined,
    ...change,
  });
const whyNot = (change: Partial<Disclosure>) =>
  judged(change).map(({ recipient, verdict }) => [
    recipient,
    verdict.allowed ? 'allowed' : verdict.rules,
  ]);

describe('a forwarded answer', () => {
  const source = (wanted: Digest) => (wanted === digest(1) ? fromBulgaria : undefined);
  const forwarded = part([gr, bg, tr, animus], { derivedFrom: [digest(1)] });

  it('stays with those who were given it, and goes to nobody else without a release', () => {
    expect(whyNot({ parts: [forwarded], source })).toEqual([
      [gr, 'allowed'],
      [bg, 'allowed'],
      [tr, ['handling-h2-needs-release']],
      [animus, ['handling-h2-needs-release', 'kind-may-hold-the-compartment']],
    ]);
  });

  it('goes to an agency that it was released to', () => {
    const released = { ...fromBulgaria, holders: [bg, gr, tr] };
    expect(whyNot({ parts: [part([tr], forwarded.facts)], source: () => released })).toEqual([
      [tr, 'allowed'],
    ]);
  });

  it('is not freed by declaring it in another part of the event', () => {
    const parts = [part([gr], { derivedFrom: [digest(1)] }, { compartment: 'core' }), part([tr])];
    expect(whyNot({ parts, source })).toEqual([
      [gr, 'allowed'],
      [tr, ['handling-h2-needs-release']],
    ]);
  });

  it('is not freed by deriving it twice', () => {
    const own: Source = {
      ...fromBulgaria,
      issuer: gr,
      handling: [],
      holders: [gr],
      derivedFrom: [digest(1)],
    };
    const twice = (wanted: Digest) => (wanted === digest(2) ? own : source(wanted));
    expect(whyNot({ parts: [part([tr], { derivedFrom: [digest(2)] })], source: twice })).toEqual([
      [tr, ['handling-h2-needs-release']],
    ]);
  });

  it('keeps the marking of its source', () => {
    const given = { ...fromBulgaria, holders: [gr, tr] };
    const lowered = (labels: Partial<Part>) =>
      whyNot({ parts: [part([tr], forwarded.facts, labels)], source: () => given });
    const weaker = [[tr, ['derived-marking-is-the-strictest']]];
    expect(lowered({ handling: [] })).toEqual(weaker);
    expect(lowered({ classification: 'UNCLASSIFIED' })).toEqual(weaker);
    expect(lowered({ handling: ['H0', 'H2'], classification: 'R-UE/EU-R' })).toEqual([
      [tr, 'allowed'],
    ]);
    expect(
      whyNot({
        parts: [part([tr], forwarded.facts)],
        source: () => ({ ...given, classification: 'COSMIC' }),
      }),
    ).toEqual(weaker);
  });

  it.each([
    ['WITH_AUTHORISATION', ['onward-transfer-needs-authorisation']],
    ['FORBIDDEN', ['onward-transfer-forbidden']],
    ['PERHAPS', ['question-not-understood']],
  ])('is passed on only as its provider and the issuer agreed: %s', (onward, why) => {
    const open = { ...fromBulgaria, handling: [] };
    const pair = (a: AgencyId, b: AgencyId): PairPolicy =>
      [a, b].includes(bg) ? { ...agreed, transfer: { ...agreed.transfer, onward } } : agreed;
    expect(whyNot({ parts: [part([tr], forwarded.facts)], source: () => open, pair })).toEqual([
      [tr, why],
    ]);
  });

  it('is passed on by nobody who agreed on nothing with its provider', () => {
    const pair = (a: AgencyId, b: AgencyId) => ([a, b].includes(bg) ? undefined : agreed);
    const open = { ...fromBulgaria, handling: [] };
    expect(whyNot({ parts: [part([tr], forwarded.facts)], source: () => open, pair })).toEqual([
      [tr, ['onward-transfer-forbidden']],
    ]);
  });

  it('reaches below what was provided, as far as that is known', () => {
    const fromTurkey: Source = { ...fromBulgaria, issuer: tr, holders: [tr, bg] };
    const provided: Source = { ...fromBulgaria, handling: [], derivedFrom: [digest(2)] };
    const known = (wanted: Digest) => (wanted === digest(1) ? provided : fromTurkey);
    const parts = [part([tr, animus], forwarded.facts)];
    const kind = 'kind-may-hold-the-compartment';
    expect(whyNot({ parts, source: known })).toEqual([
      [tr, 'allowed'],
      [animus, ['handling-h2-needs-release', kind]],
    ]);
    expect(
      whyNot({ parts, source: (wanted) => (wanted === digest(1) ? provided : undefined) }),
    ).toEqual([
      [tr, 'allowed'],
      [animus, [kind]],
    ]);
  });

  it('goes nowhere when its source is unknown, or one of too many', () => {
    expect(whyNot({ parts: [forwarded] }).slice(1, 3)).toEqual([
      [bg, ['derivation-is-known']],
      [tr, ['derivation-is-known']],
    ]);
    const endless = (wanted: Digest): Source => ({
      ...fromBulgaria,
      issuer: gr,
      derivedFrom: [(BigInt(`0x${wanted}`) + 1n).toString(16).padStart(64, '0') as Digest],
    });
    const below = (wanted: Digest): Source =>
      wanted === digest(1)
        ? { ...endless(wanted), issuer: bg, handling: [] }
        : { ...endless(wanted), handling: [] };
    for (const source of [endless, below])
      expect(whyNot({ parts: [part([tr], forwarded.facts)], source })).toEqual([
        [tr, ['derivation-is-known']],
      ]);
  });
});

describe('membership', () => {
  it('counts as this event leaves it: whoever is admitted may have it, whoever is removed may not', () => {
    const opening: Facts = {
      opens: true,
      admits: [{ agency: tr, compartments: ['core', 'facts'] }],
    };
    const parts = [part([tr, bg], opening)];
    expect(whyNot({ parts, membership: unopened })).toEqual([
      [tr, 'allowed'],
      [bg, ['recipient-takes-part', 'recipient-is-admitted-to-the-compartment']],
    ]);
    expect(whyNot({ parts: [part([tr], { removes: [tr] })] })).toEqual([
      [tr, ['recipient-takes-part', 'recipient-is-admitted-to-the-compartment']],
    ]);
  });

  it('is not widened by anybody but the owner', () => {
    const facts: Facts = { opens: true, admits: [{ agency: animus, compartments: ['core'] }] };
    const membership: Membership = { owner: gr, members: { [bg]: ['core'] } };
    const parts = [part([animus], facts, { compartment: 'core' })];
    expect(whyNot({ issuer: bg, membership, parts })).toEqual([[animus, ['recipient-takes-part']]]);
  });
});

it('judges in the order given, and names the part', () => {
  const parts = [part([bg, tr], {}, { compartment: 'core' }), part([tr, gr])];
  expect(judged({ parts }).map((one) => [one.part, one.compartment, one.recipient])).toEqual([
    [0, 'core', bg],
    [0, 'core', tr],
    [1, 'facts', tr],
    [1, 'facts', gr],
  ]);
});

it('gives strangers nothing, and lets no stranger speak', () => {
  const stranger = 'constructor' as AgencyId;
  expect(whyNot({ parts: [part([stranger])] })).toEqual([[stranger, ['question-not-understood']]]);
  expect(whyNot({ issuer: stranger, parts: [part([stranger, gr])] })).toEqual([
    [stranger, ['question-not-understood']],
    [gr, ['question-not-understood']],
  ]);
});

it('lets agencies that agreed on nothing exchange nothing', () => {
  expect(whyNot({ parts: [part([gr, tr])], pair: () => undefined })).toEqual([
    [gr, 'allowed'],
    [tr, ['pair-permits-transfer', 'pair-ceiling-covers-the-classification']],
  ]);
});

it('asks questions that name no event, no exchange and no agency', () => {
  const text = JSON.stringify(judged({ parts: [part([tr])] })[0]!.verdict);
  expect([...agencies.keys(), '7d1f3c1e'].filter((name) => text.includes(name))).toEqual([]);
});

describe('what a guest is told of other guests', () => {
  /** Bulgaria addresses Türkiye in Greece's exchange, once with Türkiye in it and once without. */
  const verdictOnTurkey = (members: Membership['members']) =>
    judged({
      issuer: bg,
      membership: { owner: gr, members },
      parts: [part([tr]), part([tr], {}, { compartment: 'core' })],
    }).map(({ verdict }) => verdict);

  it('is the same whether they take part or not, to the last byte of the record', () => {
    const taking = verdictOnTurkey({ [bg]: ['core', 'facts'], [tr]: ['core', 'facts'] });
    const absent = verdictOnTurkey({ [bg]: ['core', 'facts'] });
    expect(taking.map(formatVerdict)).toEqual(absent.map(formatVerdict));
    expect(taking.every(({ allowed }) => !allowed)).toBe(true);
  });

  it('does not keep a guest and the host from each other', () => {
    const allowed = (issuer: AgencyId, recipient: AgencyId) =>
      judged({ issuer, parts: [part([recipient])] }).every(({ verdict }) => verdict.allowed);
    expect([allowed(bg, gr), allowed(gr, bg), allowed(bg, bg)]).toEqual([true, true, true]);
  });
});
