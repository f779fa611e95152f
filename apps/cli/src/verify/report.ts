import { type Disclosed, type Report } from '@tripoint/replay';

/** A verification's result, for people. */
export const reportLines = ({
  fault,
  verified,
  checkpoint,
  witnessed,
  leaves,
  decisions,
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
  fault === null
    ? 'sound: every leaf, signature, decision, clock, tile and root is as it has to be'
    : `WRONG${fault.index === null ? '' : ` at leaf ${fault.index}`}: ${fault.code}: ${fault.detail}`,
];

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
