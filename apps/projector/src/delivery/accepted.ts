import { type Compartment, type EventFacts, type Marking, type Recorded } from '@tripoint/domain';
import { type Examined, type ExaminedCompartment } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import {
  type AgencyId,
  type EventId,
  isRefusal,
  type OfficerId,
  type Refusal,
} from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { type RecordedEntry } from '@tripoint/read-model';
import { factsFault } from './held-against.js';

/** An event that was verified, with its content. */
export type Read = Omit<Examined, 'compartments'> & {
  readonly compartments: readonly Pick<ExaminedCompartment, 'digest' | 'descriptor'>[];
  readonly event: Recorded['event'] | Refusal;
  readonly officer: OfficerId | undefined;
  readonly causation: EventId | null;
};

/** Every certificate that an issuer ever had, from our own copy of the registry. */
export const certificatesOf = (registry: RegistryCopy, issuer: AgencyId) =>
  (registry.latest.agency(issuer)?.chains ?? [])
    .slice(0, 1)
    .flatMap((chain) => registry.latest.certificatesOf(chain))
    .map(({ certificate }) => certificate);

/** The recipient is not told on which chain an event stands; one of the issuer's chains has to have accepted the key. */
export const acceptedAt = (
  registry: RegistryCopy,
  opened: Pick<Read, 'header' | 'signingSubkey'>,
  { index, time }: Pick<Leaf, 'index' | 'time'>,
): boolean =>
  (registry.latest.agency(opened.header.issuer)?.chains ?? []).some((chain) => {
    const at = BigInt(index);
    return registry.history
      .at(at)
      .signerAcceptedAt(chain, opened.signingSubkey, at, Date.parse(time));
  });

/** What the journal is to hold of it, once its facts were held against what it says. */
export const journalEntry = (
  {
    event,
    officer,
    header,
    compartments,
  }: Pick<Read, 'event' | 'officer' | 'header' | 'compartments'>,
  leaf: Leaf,
  own: boolean,
): RecordedEntry | Refusal => {
  if (isRefusal(event)) return event;
  const fault = factsFault(
    event,
    header.type,
    compartments.map(({ descriptor }) => descriptor),
  );
  if (fault !== undefined) return fault;
  const facts = Object.assign(
    {},
    ...compartments.map(({ descriptor }) => descriptor.facts),
  ) as EventFacts;
  return {
    exchange: header.stream,
    recorded: {
      id: header.id,
      event,
      issuer: header.issuer,
      ...(own && officer !== undefined ? { officer } : {}),
      at: header.at,
      leaf: { index: leaf.index, time: leaf.time },
    },
    facts,
    descriptors: compartments.map(({ descriptor, digest }) => ({
      compartment: descriptor.name as Compartment,
      descriptor: digest,
      marking: {
        classification: descriptor.classification,
        handling: descriptor.handling,
      } as Marking,
      retention: descriptor.retention,
    })),
  };
};
