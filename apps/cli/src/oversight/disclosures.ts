import { randomUUID } from 'node:crypto';
import { REVIEW_OUTCOMES } from '@tripoint/domain';
import { isItemId } from '@tripoint/kernel';
import { atDoor, DOOR_OPTIONS } from '../at-door.js';
import { type Command, UsageError } from '../command.js';
import { code, optionsOf, required } from '../federation/arguments.js';

const LARGEST_ANSWER = 16 * 1024 * 1024;

/** As the door shows it. */
type Shown = {
  readonly item: string;
  readonly event: string;
  readonly originator: string;
  readonly orderedBy: string;
  readonly beneficiary: string;
  readonly ground?: string;
  readonly emergency: boolean;
  readonly leaf: string;
  readonly released: readonly string[];
  readonly reviewDue?: string;
  readonly review?: { readonly outcome: string; readonly by: string; readonly leaf: string };
  readonly overdue: boolean;
};

const line = ({ item, event, originator, orderedBy, beneficiary, leaf, ...one }: Shown): string =>
  `${item}  leaf ${leaf}: ${orderedBy} had event ${event} of ${originator} disclosed to ${beneficiary} (${one.ground ?? 'no ground stated'}${one.emergency ? ', emergency' : ''}), ${one.released.length} shares handed over${reviewed(one)}`;

const reviewed = ({
  review: said,
  reviewDue,
  overdue,
}: Pick<Shown, 'review' | 'reviewDue' | 'overdue'>): string => {
  if (said !== undefined) return `: ${said.outcome} (${said.by}, leaf ${said.leaf})`;
  if (reviewDue === undefined) return '';
  return overdue ? `: REVIEW OVERDUE since ${reviewDue}` : `: to be reviewed by ${reviewDue}`;
};

type Drill = { readonly due: string; readonly provenLeaf?: string; readonly overdue: boolean };

const drillLine = ({ due, provenLeaf, overdue }: Drill): string =>
  `drill of custodians: ${provenLeaf === undefined ? 'never proven' : `proven at leaf ${provenLeaf}`}, ${overdue ? 'OVERDUE since' : 'the next by'} ${due}`;

export const disclosures: Command = {
  summary: 'list what custodians were ordered to disclose, and which emergencies wait for a review',
  usage: [
    'tripoint oversight disclosures --door URL --officer ID [--overdue]',
    '',
    '  --door URL  where oversight answers',
    '  --overdue   only emergencies that nobody has reviewed within 72 hours, and the drill of custodians that nobody has',
    '              held for a quarter; ends with 1 when there are any',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      overdue: { type: 'boolean', default: false },
    });
    const { rows, drill } = await atDoor(
      values,
      surroundings,
      LARGEST_ANSWER,
      async (door) =>
        JSON.parse((await door.get('disclosures')).toString()) as {
          readonly rows: readonly Shown[];
          readonly drill?: Drill;
        },
    );
    const shown = values.overdue ? rows.filter(({ overdue }) => overdue) : rows;
    for (const row of shown) surroundings.out(line(row));
    const isLate = drill?.overdue === true;
    if (drill !== undefined && (isLate || !values.overdue)) surroundings.out(drillLine(drill));
    surroundings.err(`${shown.length} orders`);
    return values.overdue && (shown.length > 0 || isLate) ? 1 : 0;
  },
};

export const review: Command = {
  summary: 'say, for oversight, what it thinks of an emergency',
  usage: [
    `tripoint oversight review --door URL --officer ID --disclosure ITEM --outcome ${REVIEW_OUTCOMES.join('|')}`,
    '',
    '  --door URL         oversight’s own front door, at which it signs: the review is a leaf of the log,',
    '                     and the log tells who ordered it, who said what was disclosed, and who handed over shares',
    '  --disclosure ITEM  as `tripoint oversight disclosures` lists it',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      disclosure: { type: 'string' },
      outcome: { type: 'string' },
    });
    const item = required('disclosure', values.disclosure);
    if (!isItemId(item))
      throw new UsageError('bad-arguments', '--disclosure is the id of an order');
    const outcome = code('outcome', required('outcome', values.outcome), REVIEW_OUTCOMES);
    const key = { 'idempotency-key': randomUUID() };
    await atDoor(values, surroundings, LARGEST_ANSWER, (door) =>
      door.post(`disclosures/${item}/review`, { outcome }, key),
    );
    surroundings.out(`${item}: ${outcome}, sealed and on its way`);
    return 0;
  },
};
