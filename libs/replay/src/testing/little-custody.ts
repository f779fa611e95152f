import { randomUUID } from 'node:crypto';
import { type Facts, hex, type Sealed } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { type DisclosureGround, type ReviewOutcome } from '@tripoint/domain';
import { CUSTODY_COMPARTMENTS } from '@tripoint/policy';
import { type MemberName } from './little-federation.js';
import { entryOf, type EventDraft, type LittleLog } from './little-log.js';

/** Who keeps shares: two of them are enough. */
export const CUSTODIANS = ['bg-prosecutor', 'gr-police', 'tr-customs'] as const;
/** An order, as far as a share names it. */
export type Order = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly until: Instant;
};
/** Says, orders and hands over what is in custody, in whatever log is current. */
export const custodyIn = (logged: () => LittleLog, keepers: readonly MemberName[] = CUSTODIANS) => {
  const id = (member: MemberName): AgencyId => logged().federation.member(member).id;
  const record = async (event: EventDraft): Promise<Sealed> => {
    const sealed = await logged().seal(event);
    await logged().record(logged().federation.member(event.by).chain, entryOf(sealed.container));
    return sealed;
  };
  const agree = (compartments: readonly string[] = ['facts', 'intelligence']): Promise<number> =>
    logged().statement({
      kind: 'custody-agreed',
      custodians: keepers.map(id),
      threshold: 2,
      compartments,
    });

  /** Bulgaria says something to itself: nobody else has it, and three bodies have shares of its key. */
  const said = async (
    custodians: readonly MemberName[] = keepers,
    facts: Facts = {},
    more: readonly string[] = [],
  ): Promise<Sealed> =>
    record({
      by: 'bg-gdbop',
      exchange: randomUUID() as ExchangeId,
      family: facts['practice'] === true ? 'disclosure' : 'contribution',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop'],
          facts: { opens: true, item: randomUUID(), ...facts },
        },
        ...['facts', ...more].map((compartment): EventDraft['parts'][number] => ({
          compartment,
          to: ['bg-gdbop'],
        })),
        ...custodians.map((custodian, at) => ({
          compartment: CUSTODY_COMPARTMENTS[at] ?? '',
          to: [custodian],
        })),
      ],
    });
  const digestOf = ({ compartments }: Sealed, name: string): Digest =>
    compartments.find((one) => one.name === name)!.descriptorDigest;

  const order = (
    of: Sealed,
    {
      by = 'oversight',
      to = 'gr-police',
      emergency = false,
      hours = 24,
      compartments = ['facts'],
      ground = 'DANGER_TO_LIFE',
    }: {
      by?: MemberName;
      to?: MemberName;
      emergency?: boolean;
      hours?: number;
      compartments?: readonly string[];
      ground?: DisclosureGround;
    } = {},
  ): EventDraft & Order => {
    const item = randomUUID() as ItemId;
    const until = new Date(logged().time + hours * 3_600_000).toISOString() as Instant;
    const told = [...new Set<MemberName>([...keepers, to])];
    return {
      item,
      until,
      by,
      exchange: randomUUID() as ExchangeId,
      family: 'disclosure',
      parts: [
        {
          compartment: 'core',
          to: [...new Set<MemberName>([by, ...told])],
          facts: {
            item,
            opens: true,
            admits: told
              .map(id)
              .filter((one) => one !== id(by))
              .sort()
              .map((agency) => ({ agency, compartments: ['core'] })),
            order: {
              agency: id(to),
              event: of.header.id,
              compartments,
              until,
              emergency,
              ground,
            },
          },
        },
      ],
    };
  };

  const share = (
    of: Sealed,
    made: Order & { readonly leaf: number },
    by: MemberName,
    changes: {
      readonly to?: MemberName;
      readonly until?: Instant;
      readonly place?: number;
      readonly verdict?: number;
    } = {},
  ): EventDraft => {
    const { to = 'gr-police', until = made.until, verdict = made.leaf } = changes;
    const place = changes.place ?? keepers.indexOf(by);
    return {
      by,
      exchange: made.exchange,
      family: 'disclosure',
      parts: [
        {
          compartment: 'core',
          to: [...new Set<MemberName>([by, to])],
          facts: {
            item: made.item,
            grant: {
              agency: id(to),
              certificate: logged().federation.member(to).certificate.fingerprint,
              header: of.headerDigest,
              until,
              verdict,
              wraps: [{ descriptor: digestOf(of, `custody-${place + 1}`), wrap: 'ab'.repeat(32) }],
            },
          },
        },
      ],
    };
  };
  const ordered = async (of: Sealed, draft = order(of)) => ({
    ...draft,
    leaf: await logged().event(draft),
  });

  /** A review by oversight, or by whoever is said to have made it. */
  const review = (
    disclosure: ItemId,
    outcome: ReviewOutcome = 'JUSTIFIED',
    by: MemberName = 'oversight',
  ): EventDraft => ({
    by,
    exchange: randomUUID() as ExchangeId,
    family: 'disclosure',
    parts: [
      {
        compartment: 'core',
        to: [by],
        facts: { item: randomUUID(), reviews: { disclosure, outcome } },
      },
    ],
  });

  /** Noise of which the keys are in custody. */
  const noise = (): Promise<Sealed> => said(keepers, { practice: true });

  /** The reader of noise shows a key as the one that the shares gave: the author's, unless it lies. */
  const proof = (
    of: Sealed,
    made: Order,
    { by = 'gr-police', key }: { readonly by?: MemberName; readonly key?: Uint8Array } = {},
  ): EventDraft => {
    const facts = of.compartments.find(({ name }) => name === 'facts')!;
    const proves = [{ descriptor: facts.descriptorDigest, key: hex(key ?? facts.sessionKey) }];
    return {
      by,
      exchange: made.exchange,
      family: 'disclosure',
      parts: [{ compartment: 'core', to: [by], facts: { item: made.item, proves } }],
    };
  };

  return { id, record, review, noise, proof, agree, said, digestOf, order, share, ordered };
};
