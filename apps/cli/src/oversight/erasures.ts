import { atDoor, DOOR_OPTIONS } from '../at-door.js';
import { type Command } from '../command.js';
import { optionsOf } from '../federation/arguments.js';

const LARGEST_ANSWER = 16 * 1024 * 1024;

/** As the door shows it. */
type Holder = {
  readonly agency: string;
  readonly purged: boolean;
  readonly backupsUntil?: string;
  readonly kept?: readonly string[];
  readonly overdueSince?: string;
};
type Shown = {
  readonly item: string;
  readonly exchange: string;
  readonly event: string;
  readonly originator: string;
  readonly by?: string;
  readonly ground: string;
  readonly leaf: string;
  readonly orderedAt: string;
  readonly until: string;
  readonly status: string;
  readonly told: readonly Holder[];
  readonly overdue: readonly string[];
};

const held = ({ agency, purged, backupsUntil, kept, overdueSince }: Holder): string => {
  const late = overdueSince === undefined ? '' : `, late since ${overdueSince}`;
  if (kept !== undefined) return `  ${agency}  keeps a copy: ${kept.join(', ')}${late}`;
  return purged
    ? `  ${agency}  says that it is gone, from backups by ${backupsUntil ?? 'no time that it names'}${late}`
    : `  ${agency}  has said nothing${late}`;
};

const lines = ({ item, exchange, event, originator, by, ground, told, ...one }: Shown) => [
  `${item}  ${one.status}${one.overdue.length === 0 ? '' : '  OVERDUE'}  ${ground}, ordered ${by === undefined ? 'by its term' : `by ${by}`} at leaf ${one.leaf}, ${one.orderedAt}, until ${one.until}`,
  `  event ${event} of ${originator}, exchange ${exchange}`,
  ...told.map(held),
];

export const erasures: Command = {
  summary: 'list what was to be forgotten, who says that it is gone, and who is overdue since when',
  usage: [
    'tripoint oversight erasures --door URL --officer ID [--overdue] [--item ID]',
    '',
    '  --door URL  where oversight answers; the password is asked for, or taken from TRIPOINT_OFFICER_PASSWORD',
    '  --overdue   only those of which somebody is overdue; ends with 1 if there is any',
    '  --item ID   one of them',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...DOOR_OPTIONS,
      overdue: { type: 'boolean', default: false },
      item: { type: 'string' },
    });
    const { item } = values;
    const all = await atDoor(values, surroundings, LARGEST_ANSWER, async (door) => {
      if (item !== undefined)
        return [
          JSON.parse((await door.get(`erasures/${encodeURIComponent(item)}`)).toString()) as Shown,
        ];
      const answer = JSON.parse((await door.get('erasures')).toString()) as {
        readonly rows: readonly Shown[];
      };
      return answer.rows;
    });
    const late = all.filter(({ overdue }) => overdue.length > 0);
    for (const row of values.overdue ? late : all)
      for (const line of lines(row)) surroundings.out(line);
    surroundings.err(`${all.length} erasures, ${late.length} of them overdue somewhere`);
    return values.overdue && late.length > 0 ? 1 : 0;
  },
};
