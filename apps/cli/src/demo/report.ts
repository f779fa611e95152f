import { type EventContentResponse } from '@tripoint/contracts';
import { type SearchReport } from './byte-search.js';
import { type Column } from './layout.js';
import { secondsAllowed, triedIn } from './expectations.js';
import { type Play, type Row } from './play.js';
import { type SeenLeaf } from './hub-view.js';

/** What everybody sees at one moment of a play: the officers, the hub, oversight. */
export const threeViews = async (play: Play, since: number): Promise<readonly Column[]> => {
  const officers: string[] = [];
  for (const [name, { called }] of Object.entries(play.scenario.actors)) {
    officers.push(called, ...(await officerLines(play, name, since)), '');
  }
  const leaves = (await play.leaves()).filter(({ index }) => index >= since);
  const { size, root } = await play.hub.checkpoint();
  return [
    { title: 'WHAT EACH OFFICER SEES', lines: officers },
    {
      title: 'WHAT THE HUB HOLDS',
      lines: [
        `${size} leaves, root ${root.slice(0, 12)}…`,
        '(so much is known to everybody)',
        '',
        ...(leaves.some(({ event }) => event !== undefined)
          ? ['new, with the auditor’s token:']
          : ['nothing new']),
        ...leaves.flatMap(hubLines),
      ],
    },
    {
      title: 'WHAT OVERSIGHT SEES',
      lines: [...leaves.flatMap((leaf) => oversightLines(play, leaf))],
    },
  ];
};

/** What has moved since leaf `since` with its words; the rest in a line each. */
const officerLines = async (
  play: Play,
  name: string,
  since: number,
): Promise<readonly string[]> => {
  const rows = await play.rows(name);
  if (rows.length === 0) return ['  nothing'];
  const lines: string[] = [];
  for (const row of rows.toReversed()) {
    const request = play.nameOf(row.item);
    lines.push(`  ${request}: ${row.from} → ${row.to}`, `    ${standing(row)}`);
    if (Number(row.newestLeaf) < since) continue;
    for (const event of await play.content(name, request))
      for (const line of contentLines(event)) lines.push(`    ${line}`);
  }
  return lines;
};

const standing = (row: Row): string => {
  const allowed = secondsAllowed(row);
  return [
    row.status,
    ...(allowed === undefined ? [] : [`${duration(allowed)} from the receipt`]),
    ...(row.overdue === true ? ['OVERDUE'] : []),
    ...(row.lateBySeconds === undefined || row.lateBySeconds === 0
      ? []
      : [`late by ${duration(row.lateBySeconds)}`]),
  ].join(', ');
};

/** `20 s`, `8 h`. */
export const duration = (seconds: number): string => {
  for (const [unit, length] of [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
  ] as const)
    if (seconds >= length && seconds % length === 0) return `${seconds / length} ${unit}`;
  return `${seconds} s`;
};

/** The words of an event, compartment by compartment. What says nothing to a reader is left out. */
const contentLines = ({ parts }: EventContentResponse): readonly string[] =>
  Object.entries(parts).flatMap(([compartment, part]) => {
    const { text, sought, entities } = part as {
      readonly text?: unknown;
      readonly sought?: unknown;
      readonly entities?: unknown;
    };
    const words = typeof text === 'string' ? text : typeof sought === 'string' ? sought : undefined;
    return [
      ...(words === undefined ? [] : [`${compartment}: “${words}”`]),
      ...(Array.isArray(entities) && entities.length > 0
        ? [`${compartment}: ${entities.map(entityWords).join('; ')}`]
        : []),
    ];
  });

const entityWords = (entity: unknown): string => {
  const { kind, plate, country, name, names } = entity as Readonly<Record<string, unknown>>;
  const [first] = Array.isArray(names)
    ? (names as readonly Readonly<Record<string, string>>[])
    : [];
  const called = [plate, name, first?.['given'], first?.['family'], country];
  return [kind, ...called].filter((one) => typeof one === 'string').join(' ');
};

const hubLines = ({ index, event }: SeenLeaf): readonly string[] =>
  event === undefined
    ? []
    : [
        `#${index} ${event.family} of ${event.issuer}`,
        ...event.compartments.map(({ name, marking }) => `    ${name}: ${marking}, ciphertext`),
      ];

const oversightLines = (play: Play, leaf: SeenLeaf): readonly string[] => {
  const { index, event, records } = leaf;
  const verdicts = records.flatMap((record) =>
    record.about === 'verdict' ? [record.verdict] : [],
  );
  const dues = records.flatMap((record) => (record.about === 'due' ? [record] : []));
  const tried = triedIn(leaf);
  return [
    ...(verdicts.length === 0
      ? []
      : [
          `#${index} ${event?.family ?? ''}: ${verdicts.length} decisions, ${verdicts.filter(({ allowed }) => allowed).length} allowed`,
        ]),
    ...(tried.length === 0 ? [] : [`    an ATTEMPT to tell ${tried.join(', ')}; no content`]),
    ...dues.map(
      ({ item, parties }) =>
        `#${index} DUE: ${play.nameOf(item)}, between ${parties.join(' and ')}`,
    ),
  ];
};

const amount = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** What the search came to, for people. */
export const searchLines = (report: SearchReport): readonly string[] => {
  const { bytes, forms, zones, findings } = report;
  const names = (list: readonly string[]): string =>
    list.length === 0 ? 'nothing' : list.length > 8 ? `${list.length} of them` : list.join(', ');
  return [
    `${amount(bytes)} searched for ${forms} byte strings: each canary in UTF-8, UTF-16, hex, Base64 at every offset, JSON escapes`,
    'and percent-encoding, as written and in either case. Every table of every database, every log, and the hub’s table files.',
    '',
    ...zones.map(
      ({ name, bytes: size, found }) =>
        `  ${name.padEnd(38)} ${amount(size).padStart(9)}   found: ${names(found)}`,
    ),
    '',
    ...findings.map(({ what, zone, where, wrong }) =>
      wrong === 'leaked'
        ? `  ✗ ${what} stands in ${zone} (${where}), where it must not`
        : `  ✗ ${what} was not found in ${zone}, where it has to be: this search proves nothing`,
    ),
    ...(findings.length === 0
      ? ['  ✓ everything was found with those who hold it, and nowhere else']
      : []),
    '',
    'What this does not show: the embedded server keeps one write-ahead log for all databases, in which the agencies’ own rows',
    'pass too, so it is not searched; and where PostgreSQL compresses a value on disk, only its row as read was searched.',
    'With a server for each agency, as outside this demo, neither is shared.',
  ];
};
