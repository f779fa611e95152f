import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { type Context } from '../command.js';
import { type Happened, type Recorded, type SeenEvent } from '../event.js';
import { type Statement } from '../content.js';
import { type Person } from '../entities/entity.js';
import { secondsAfter } from '../instant.js';
import { type Consent } from '../referral/referral.events.js';
import { type Question } from '../request/request.events.js';
import { EU_CLOCKS } from '../request/request.clock.js';
import { type AgencyKind, type Compartment } from '../vocabulary/index.js';

export const agency = (name: string): AgencyId => name as AgencyId;

export const greekPolice = agency('gr-police');
export const borderPolice = agency('bg-border-police');
export const turkishPolice = agency('tr-police');
export const animus = agency('animus');
export const clinic = agency('clinic');
export const commission = agency('bg-ncthb');
export const oversight = agency('oversight');

/** A small federation to test against. */
export const KINDS: Readonly<Record<string, AgencyKind>> = {
  'gr-police': 'POLICE',
  'bg-border-police': 'BORDER_POLICE',
  'tr-police': 'POLICE',
  animus: 'NGO',
  clinic: 'HEALTH',
  'bg-ncthb': 'NATIONAL_COMMISSION',
  oversight: 'OVERSIGHT',
  hub: 'HUB',
};

/** At most what these kinds hold; the real table belongs to the rules. */
export const HOLDINGS: Readonly<Partial<Record<AgencyKind, readonly Compartment[]>>> = {
  POLICE: ['core', 'facts', 'intelligence', 'evidence', 'identity', 'risk'],
  BORDER_POLICE: ['core', 'facts', 'intelligence', 'identity'],
  NGO: ['core', 'identity', 'needs', 'risk', 'welfare', 'health'],
  HEALTH: ['core', 'identity', 'needs', 'health'],
  NATIONAL_COMMISSION: ['core', 'statistics'],
};

/** An exchange that nobody has opened, in the small federation; members can be replaced. */
export const context = (changes: Partial<Context> = {}): Context => ({
  exchange: { owner: undefined, participants: [], said: [] },
  kindOf: (id) => KINDS[id],
  mayHold: (id) => HOLDINGS[KINDS[id] ?? 'HUB'] ?? [],
  clocks: () => EU_CLOCKS,
  ...changes,
});

/** The context of an exchange that `owner` opened and these agencies take part in. */
export const within = (owner: AgencyId, ...participants: readonly AgencyId[]): Context =>
  context({ exchange: { owner, participants: [owner, ...participants], said: [] } });

/** A UUID that a number stands for. */
export const uuid = (n: number): string =>
  `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

export const itemId = (n: number): ItemId => uuid(n) as ItemId;
export const exchangeId = (n: number): ExchangeId => uuid(0x1000 + n) as ExchangeId;
export const eventId = (n: number): EventId => uuid(0x100000 + n) as EventId;

/** Noon of the day on which the tests take place. */
export const NOON = '2026-11-23T12:00:00.000Z' as Instant;
/** So many seconds after noon. */
export const noonPlus = (seconds: number): Instant => secondsAfter(NOON, seconds);

/** An event as the log recorded it at `index`, that many hours after noon unless a time is given. */
export const recorded = (
  index: number,
  issuer: AgencyId,
  happened: Happened & { readonly parts?: object; readonly item?: ItemId },
  time: Instant = noonPlus(index * 3600),
): Recorded => ({
  id: eventId(index),
  event: { item: itemId(1), parts: {}, ...happened } as SeenEvent,
  issuer,
  at: time,
  leaf: { index, time },
});

/** A question that is complete, about one vehicle. */
export const question: Question = {
  sought: 'crossings of this van since Friday',
  purpose: 'to find the people it carries',
  offence: 'trafficking in human beings',
  availability: 'it was seen on the road to the border',
  necessity: 'no other source is known',
  urgencyGrounds: 'people are inside',
  language: 'en',
  entities: [{ kind: 'vehicle', plate: 'XKA 4821', country: 'GR', type: 'VAN' }],
};

/** A statement that is complete. */
export const statement: Statement = {
  text: 'crossed at Kapitan Andreevo, two occupants',
  language: 'en',
  statement: 'FACT',
  evaluation: { source: 'B', info: '2' },
  entities: [],
};

export const victim: Person = {
  kind: 'person',
  category: 'VICTIM',
  names: [{ kind: 'PRIMARY', script: 'Cyrl', given: 'Мария', latin: 'Maria' }],
};

/** A consent that carries a referral to Animus, its risk included. */
export const consent: Consent = {
  subjectPseudonym: 'case-0007',
  purposes: ['SERVICE_REFERRAL'],
  recipients: [animus, clinic],
  compartments: ['identity', 'needs', 'risk'],
  language: 'bg',
  givenBy: 'SELF',
  from: NOON,
  until: noonPlus(86_400),
  evidenceRef: 'dossier 7',
};
