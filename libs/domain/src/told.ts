// The hub keeps clocks by what an issuer tells it, and cannot read the event. Whoever can holds the two against each
// other by this one rule, which everything that is decided here satisfies.
import { type EventContent, type EventFacts, type Happened, type SeenEvent } from './event.js';
import { type Compartment, type EventType } from './vocabulary/index.js';

const MEMBERS = ['clock', 'urgency', 'access', 'dueInSeconds'] as const;
type ClockFacts = Pick<EventFacts, (typeof MEMBERS)[number]>;

const NOTHING: ClockFacts = {};
const STOPPED: ClockFacts = { clock: 'stopped' };

/** What an event may say of its item's clock; one that is in no row says nothing. */
const SAID: {
  readonly [T in EventType]?: (core: EventContent[T]['core']) => readonly ClockFacts[];
} = {
  RequestIssued: ({ urgency, access, dueInSeconds }) => [
    { clock: 'issued', urgency, access, dueInSeconds },
  ],
  RequestReceived: () => [{ clock: 'received' }],
  ClarificationAsked: () => [{ clock: 'suspended' }],
  ClarificationProvided: () => [{ clock: 'resumed' }],
  DelayNotified: ({ dueInSeconds }) => [{ dueInSeconds }],
  // A further answer to a request that was answered in part finds the clock stopped.
  AnswerProvided: () => [STOPPED, NOTHING],
  RequestRefused: ({ scope }) => [scope === 'WHOLE' ? STOPPED : NOTHING],
  RequestWithdrawn: () => [STOPPED],
};
const said = ({ type, core }: Happened): readonly ClockFacts[] =>
  (SAID[type] as ((core: object) => readonly ClockFacts[]) | undefined)?.(core) ?? [NOTHING];

/** Whom an item's clock is to run against: the one that its first event lets in, and nobody beside. */
const admitsOnly = (to: string, { admits }: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(admits) &&
  admits.length === 1 &&
  (admits as readonly { readonly agency?: unknown }[])[0]?.agency === to;

/**
 * Whether the facts of one compartment tell the hub of the item's clock what the event says, no more and no less. Only `core`
 * tells of it: both parties read that one. The issuer controls both arguments.
 */
export const tellsClock = (
  event: SeenEvent,
  compartment: Compartment,
  facts: Readonly<Record<string, unknown>>,
): boolean => {
  const { core } = event;
  if (compartment !== 'core') return MEMBERS.every((member) => facts[member] === undefined);
  if (core === undefined) return true;
  const happened = { type: event.type, core } as Happened;
  return (
    said(happened).some((told) => MEMBERS.every((member) => facts[member] === told[member])) &&
    (happened.type !== 'RequestIssued' || admitsOnly(happened.core.to, facts))
  );
};

const GRANT_MEMBERS = [
  'release',
  'grant',
  'revokes',
  'recall',
  'erases',
  'purged',
  'kept',
  'order',
  'declines',
  'reviews',
  'practice',
  'proves',
] as const;

/** Whether the facts of the core hand on to whom, and for as long as, the event says. The issuer controls both. */
export const tellsGrant = (
  { type, core }: SeenEvent,
  facts: Readonly<Record<string, unknown>>,
): boolean => {
  const told = GRANT_MEMBERS.filter((member) => facts[member] !== undefined).join();
  if (core === undefined) return told === '';
  const { release, grant, recall, erases, purged, kept, order, reviews } = facts as EventFacts;
  const happened = { type, core } as Happened;
  if (happened.type === 'ReleaseGranted')
    return told === 'release' && release?.until === happened.core.until;
  if (happened.type === 'ReleaseOffered') {
    const { grantee, until } = happened.core;
    return told === 'release' && release?.agency === grantee && release.until === until;
  }
  if (happened.type === 'GrantMade') {
    const { grantee, until } = happened.core;
    return told === 'grant' && grant?.agency === grantee && grant.until === until;
  }
  if (happened.type === 'RecallIssued') {
    const { to, until } = happened.core;
    return told === 'recall' && recall?.agency === to && recall.until === until;
  }
  if (happened.type === 'DisclosureOrdered') {
    const { beneficiary, event, compartments, ground, until, emergency } = happened.core;
    return (
      told === 'order' &&
      order?.agency === beneficiary &&
      order.event === event &&
      order.until === until &&
      order.emergency === emergency &&
      order.ground === ground &&
      order.compartments.join() === [...compartments].sort().join()
    );
  }
  if (happened.type === 'ShareReleased') {
    const { beneficiary, until } = happened.core;
    return told === 'grant' && grant?.agency === beneficiary && grant.until === until;
  }
  if (happened.type === 'ShareDeclined') return told === 'declines';
  if (happened.type === 'DrillPrepared') return told === 'practice';
  if (happened.type === 'DrillProven') return told === 'proves';
  if (happened.type === 'DisclosureReviewed') {
    const { disclosure, outcome } = happened.core;
    return told === 'reviews' && reviews?.disclosure === disclosure && reviews.outcome === outcome;
  }
  if (happened.type === 'ErasureOrdered') {
    const { event, ground, until } = happened.core;
    return (
      told === 'erases' &&
      erases?.event === event &&
      erases.ground === ground &&
      erases.until === until
    );
  }
  if (happened.type === 'ErasurePurged') {
    const { stores, backupsUntil, kept: because } = happened.core;
    return (
      told === (because === undefined ? 'purged' : 'purged,kept') &&
      kept?.join() === because?.join() &&
      purged?.backups === backupsUntil &&
      purged.stores.join() === [...stores].sort().join()
    );
  }
  if (happened.type === 'RecallCopyKept' || happened.type === 'GrantCopyKept')
    return told === 'kept' && kept?.join() === happened.core.because.join();
  return told === (happened.type === 'GrantRevoked' ? 'revokes' : '');
};
