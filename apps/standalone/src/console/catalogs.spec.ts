import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  ERASURE_STATUSES,
  FORGOTTEN_BECAUSE,
  OFFICER_ROLES,
  PROPOSAL_STATUSES,
} from '@tripoint/contracts';
import {
  AGENCY_KINDS,
  CLASSIFICATIONS,
  aboveRestricted,
  ANSWER_OUTCOMES,
  COMPARTMENTS,
  CONTRIBUTION_STATUSES,
  DATA_SUBJECT_CATEGORIES,
  DISCLOSURE_GROUNDS,
  DISCLOSURE_STATUSES,
  EVENT_TYPES,
  FAMILIES,
  FINDING_STATES,
  HANDLING_CODES,
  HOLD_GROUNDS,
  HOLD_STATUSES,
  KEPT_BECAUSE,
  PURGED_STORES,
  PURPOSES,
  RECALL_STATUSES,
  REFERRAL_STATUSES,
  REFUSAL_GROUNDS,
  RELEASE_STATUSES,
  REQUEST_STATUSES,
  SERVICES,
} from '@tripoint/domain';
import { LEAF_KINDS } from '@tripoint/ledger';
import { firstBundle } from '@tripoint/policy';
import { IntlMessageFormat } from 'intl-messageformat';
import { agencyProblems, MAY_NEED_TWO } from '../../../agency/src/agency.module.js';

const folder = join(import.meta.dirname, '../../../console/src/language/catalogs');
const LANGUAGES = ['en', 'bg', 'el', 'tr'] as const;
type Catalog = { readonly [key: string]: string | Catalog };

const catalogs = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as Catalog,
  ]),
) as Record<(typeof LANGUAGES)[number], Catalog>;

const flat = (catalog: Catalog, prefix = ''): readonly (readonly [string, string])[] =>
  Object.entries(catalog).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as const]
      : flat(value, `${prefix}${key}.`),
  );

type Part = {
  readonly type: number;
  readonly value: string;
  readonly options?: Record<string, { value: Part[] }>;
};
/** Kinds of element in a parsed message: 0 is text, 7 is `#`, everything else names an argument. */
const argumentsOf = (parts: readonly Part[]): string[] =>
  parts.flatMap(({ type, value, options = {} }) => [
    ...(type === 0 || type === 7 ? [] : [value]),
    ...Object.values(options).flatMap((option) => argumentsOf(option.value)),
  ]);
const named = (message: string, language: string): string[] =>
  [
    ...new Set(argumentsOf(new IntlMessageFormat(message, language).getAst() as unknown as Part[])),
  ].sort();

/** Words that a language shares with English. */
const SHARED: Readonly<Record<string, readonly string[]>> = { tr: ['compartment.risk'] };

describe.each(['bg', 'el', 'tr'] as const)('the words in %s', (language) => {
  const words = new Map(flat(catalogs[language]));
  const english = flat(catalogs.en);

  it('are all there, and no others', () => {
    expect([...words.keys()]).toEqual(english.map(([key]) => key));
  });

  it('take the same arguments as the English ones', () => {
    for (const [key, message] of english)
      expect([key, named(words.get(key)!, language)]).toEqual([key, named(message, 'en')]);
  });

  it('are translated', () => {
    const same = english.filter(
      ([key, message]) =>
        words.get(key) === message && /\p{L}{4}/u.test(message.replaceAll(/\{[^}]*\}/g, '')),
    );
    expect(same.map(([key]) => key)).toEqual(SHARED[language] ?? []);
  });
});

describe('the sentences about trouble', () => {
  const file = join(import.meta.dirname, '../../../console/src/ui/trouble-sentences.ts');
  const sentences = readFileSync(file, 'utf8');

  it('are there for every code that an agency answers with', () => {
    const silent = Object.keys(agencyProblems).filter(
      (code) => !sentences.includes(`'${code}'`) && !sentences.includes(`  ${code}: [`),
    );
    // A code without a sentence would be told as a fault of the node.
    expect(silent).toEqual([]);
  });
});

describe('the words in English', () => {
  it.each<[string, readonly string[]]>([
    ['compartment', COMPARTMENTS],
    ['compartmentHint', COMPARTMENTS],
    ['event', EVENT_TYPES],
    ['status.request', REQUEST_STATUSES],
    ['status.contribution', CONTRIBUTION_STATUSES],
    ['status.referral', REFERRAL_STATUSES],
    ['status.release', RELEASE_STATUSES],
    ['status.recall', RECALL_STATUSES],
    ['status.hold', HOLD_STATUSES],
    ['status.disclosure', DISCLOSURE_STATUSES],
    ['kept', KEPT_BECAUSE],
    ['purged', PURGED_STORES],
    ['inbox.erased', ERASURE_STATUSES],
    ['proposals.command', MAY_NEED_TWO],
    ['proposals.status', PROPOSAL_STATUSES],
    ['family', FAMILIES],
    ['leafKind', LEAF_KINDS],
    ['agencyKind', AGENCY_KINDS],
    ['role', OFFICER_ROLES],
    ['finding.state', FINDING_STATES],
    ['purpose.codes', PURPOSES],
    ['ground', [...REFUSAL_GROUNDS, ...HOLD_GROUNDS, ...DISCLOSURE_GROUNDS, ...FORGOTTEN_BECAUSE]],
    ['handling', HANDLING_CODES],
    ['classification', CLASSIFICATIONS.filter((one) => !aboveRestricted(one))],
    ['category', DATA_SUBJECT_CATEGORIES],
    ['service', SERVICES],
    ['outcome', ANSWER_OUTCOMES],
    ['rule', firstBundle().rules.map(({ id }) => id)],
  ])('name every code of %s', (prefix, codes) => {
    const keys = new Set(flat(catalogs.en).map(([key]) => key));
    expect(codes.filter((code) => !keys.has(`${prefix}.${code}`))).toEqual([]);
  });
});
