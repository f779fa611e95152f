import {
  type Disclosed,
  type DisclosureStanding,
  type DrillStanding,
  type MailboxStanding,
  type ReadRoots,
  type ReadsFault,
  type Report,
  runsOf,
  type Standing,
} from '@tripoint/replay';

/** A verification's result, for people. */
export const reportLines = ({
  fault,
  verified,
  checkpoint,
  witnessed,
  leaves,
  decisions,
  inDoubt,
  forgotten,
  ordered,
  drill,
  mailboxes,
}: Report): readonly string[] => [
  ...(checkpoint === null
    ? []
    : [`checkpoint: ${checkpoint.size} leaves, root ${checkpoint.root}`]),
  ...(witnessed === null
    ? []
    : [
        `witnessed: ${witnessed.size} leaves${
          witnessed.time === null ? '' : `, at ${new Date(witnessed.time * 1000).toISOString()}`
        }`,
      ]),
  `recomputed: ${verified} leaves (${Object.entries(leaves)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ')})`,
  `decided again: ${decisions.allowed} allowed, ${decisions.denied} denied`,
  ...inDoubt.map(
    ({ agency, leaves }) =>
      `in doubt: ${leaves.length} leaves of ${agency}, signed by a key that may have been in other hands: ${runs(leaves)}`,
  ),
  ...forgotten.map(
    ({ item, event, originator, by, ground, leaf, status, waitingFor, kept, overdue }) =>
      `forgotten: ${item} at leaf ${leaf}: event ${event} of ${originator}, ordered by ${by ?? 'time alone'} (${ground}): ${status}` +
      named('waiting for', without(waitingFor, kept)) +
      named('a copy kept by', kept) +
      named('late:', overdue),
  ),
  ...ordered.map(orderLine),
  ...(drill === null ? [] : [drillLine(drill)]),
  ...mailboxes.flatMap(mailboxLines),
  fault === null
    ? 'sound: every leaf, signature, decision, clock, tile and root is as it has to be'
    : `WRONG${fault.index === null ? '' : ` at leaf ${fault.index}`}: ${fault.code}: ${fault.detail}`,
];

const drillLine = ({ due, proven, overdue }: DrillStanding): string =>
  `drill of custodians: ${proven === null ? 'never proven' : `proven at leaf ${proven.leaf}`}, ${overdue ? 'OVERDUE since' : 'the next by'} ${new Date(due).toISOString()}`;

const orderLine = ({
  item,
  event,
  originator,
  orderedBy,
  beneficiary,
  ground,
  leaf,
  emergency,
  released,
  reviewDue,
  review,
  overdue,
}: DisclosureStanding): string =>
  `disclosure: ${item} at leaf ${leaf}: event ${event} of ${originator} to ${beneficiary}, ordered by ${orderedBy} (${ground ?? 'no ground stated'}${emergency ? ', emergency' : ''}), shares of ${released.join(', ') || 'nobody'}` +
  (review === null
    ? reviewDue === null
      ? ''
      : `: ${overdue ? 'REVIEW OVERDUE since' : 'to be reviewed by'} ${new Date(reviewDue).toISOString()}`
    : `: ${review.outcome} by ${review.by} at leaf ${review.leaf}`);

const named = (what: string, agencies: readonly string[]): string =>
  agencies.length === 0 ? '' : `, ${what} ${agencies.join(', ')}`;

/** Whoever has said that a copy stays, and why, has answered. */
const without = (agencies: readonly string[], answered: readonly string[]): readonly string[] =>
  agencies.filter((agency) => !answered.includes(agency));

/** Only what somebody has to look into. */
const mailboxLines = ({
  agency,
  countersigned,
  outstanding,
  overdue,
}: MailboxStanding): string[] => [
  ...(countersigned?.contradicts === true
    ? [
        `mailbox of ${agency}: WRONG by its own signature, at leaf ${countersigned.leaf}: it was handed another than the log says`,
      ]
    : []),
  ...(overdue && outstanding !== undefined
    ? [
        `mailbox of ${agency}: overdue: what it held at leaf ${outstanding.heads} is not countersigned, since ${outstanding.at}`,
      ]
    : []),
];

/** What agencies have published over their records of reads, and what it says against them; the log is sound all the same. */
export const readsLines = ({
  roots,
  faults,
  held,
}: {
  readonly roots: ReadRoots;
  readonly faults: readonly ReadsFault[];
  readonly held: { readonly sound: boolean; readonly said: string } | undefined;
}): readonly string[] => [
  ...roots.agencies.flatMap((agency) => {
    const all = roots.of(agency);
    const newest = all.at(-1);
    return newest === undefined
      ? []
      : [
          `reads of ${agency}: ${newest.size} under the root at leaf ${newest.leaf}, of ${all.length}`,
        ];
  }),
  ...faults.map(
    ({ code, agency, leaf, detail }) => `READS of ${agency} at leaf ${leaf}: ${code}: ${detail}`,
  ),
  ...(held === undefined ? [] : [held.said]),
];

/** How every agency stands to one compartment, and why. */
export const standingLines = ({
  descriptor,
  standings,
}: {
  readonly descriptor: string;
  readonly standings: readonly Standing[] | undefined;
}): readonly string[] => {
  if (standings === undefined) return [`nothing with descriptor ${descriptor} was said by then`];
  return [
    `descriptor ${descriptor}`,
    ...standings.map(
      ({ agency, couldSee, how, suspended, because }) =>
        `  ${couldSee ? 'could see' : 'could not see'}  ${agency} (${how}${suspended ? ', suspended since' : ''}): ${because}`,
    ),
  ];
};

/** Who was given what, exchange by exchange. */
export const exchangeLines = (
  exchanges: ReadonlyMap<string, readonly Disclosed[]>,
): readonly string[] =>
  [...exchanges].flatMap(([exchange, disclosed]) => [
    '',
    `exchange ${exchange}`,
    ...disclosed.flatMap(({ index, family, issuer, compartment, audience, grant }) => [
      `  leaf ${index}: ${family} of ${issuer}, ${compartment}${grant?.until === undefined ? '' : `, until ${grant.until}`}`,
      ...audience.map(
        ({ agency, allowed, because }) =>
          `    ${allowed ? 'given to' : 'kept from'} ${agency}: ${because}`,
      ),
    ]),
  ]);

/** Ascending numbers, those that follow one another as first and last. */
const runs = (leaves: readonly number[]): string =>
  runsOf(leaves)
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join(', ');
