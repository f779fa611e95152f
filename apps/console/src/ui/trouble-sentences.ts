// Every code that the front door can answer with, by what an officer is told of it. Codes that mean the same to whoever sits before
// the screen share their sentences; what a rule denied is told with the sentence of that rule.
import type en from '../language/catalogs/en.json';

export type RuleId = keyof (typeof en)['rule'];
type SentenceKey = Exclude<
  keyof (typeof en)['trouble'],
  'draftKept' | 'places' | 'reference' | 'retry'
>;

const SENTENCES: Readonly<Record<SentenceKey, readonly string[]>> = {
  offline: ['offline'],
  away: [
    'unavailable',
    'chain-unknown',
    'chain-unconfirmed',
    'registry-unknown',
    'checkpoint-stale',
    'exchange-busy',
    'no-encryption-key',
    'signing-key-outdated',
    'keys-awaited',
  ],
  full: ['disk-full'],
  moved: [
    'version-moved',
    'exchange-moved',
    'conflict',
    'already-signed',
    'item-exists',
    'officer-exists',
    'last-security-officer',
    'command-key-reused',
  ],
  gone: ['not-found', 'item-unknown', 'nothing-to-bundle', 'method-not-allowed'],
  form: [
    'invalid-request',
    'not-an-object',
    'missing-member',
    'unknown-member',
    'not-a-list',
    'too-few',
    'too-many',
    'repeated',
    'not-text',
    'text-empty',
    'text-too-long',
    'text-not-nfc',
    'text-has-control-characters',
    'text-in-another-script',
    'malformed',
    'unknown-code',
    'not-an-integer',
    'out-of-range',
    'not-a-boolean',
    'not-a-date',
    'nothing-identifies-it',
    'nothing-was-tried',
    'delay-does-not-add-up',
    'body-too-large',
  ],
  restrictionsMissing: ['handling-h3-without-text'],
  groundsMissing: ['urgency-without-grounds'],
  connectionMissing: ['person-without-connection'],
  emptyAnswer: ['answer-without-content', 'contribution-without-content'],
  contradiction: ['answer-contradicts-itself'],
  recipient: ['to-oneself', 'unknown-agency'],
  recipientClosed: ['recipient-suspended', 'recipient-revoked'],
  classification: ['classification-not-accredited'],
  compartment: ['compartment-not-allowed'],
  notOurs: [
    'not-participant',
    'not-exchange-owner',
    'not-status-party',
    'not-the-issuing-party',
    'not-the-receiving-party',
    'not-the-provider',
    'not-the-grantee',
  ],
  outcomeOnly: ['referrer-learns-outcome-only'],
  notReferable: ['not-a-person-to-refer'],
  consent: [
    'no-consent',
    'consent-not-in-force',
    'consent-not-for-this-recipient',
    'consent-not-for-this-compartment',
    'consent-not-for-this-service',
  ],
  noClock: ['no-agreed-clock'],
  status: [
    'status-does-not-allow',
    'already-answered-in-part',
    'release-beyond-request',
    'release-in-the-past',
    'deadline-in-the-past',
  ],
  judicialUse: ['judicial-use-not-permitted'],
  unwitnessed: ['not-witnessed'],
  notKept: ['not-kept'],
  chain: ['chain-rewound', 'chain-retired', 'own-certificate-revoked', 'own-agency-suspended'],
  tooLong: ['envelope-refused'],
  notPermitted: ['not-permitted'],
  forbidden: ['forbidden', 'not-from-console'],
  session: ['not-signed-in'],
  signInRefused: ['sign-in-refused'],
  purpose: ['purpose-required', 'purpose-unknown', 'purpose-invalid'],
  windows: ['too-many-streams', 'too-many-requests'],
  broken: [],
};

const byCode = new Map(
  Object.entries(SENTENCES).flatMap(([key, codes]) =>
    codes.map((code) => [code, key as SentenceKey] as const),
  ),
);

/** Rules whose sentences the console has in its own languages. */
export const RULES = [
  'originator-keeps-its-own',
  'participant-follows-the-item',
  'admitted-kind-is-given-the-compartment',
  'provider-hands-on-what-it-said',
  'grantee-is-told-of-its-grant',
  'grantee-answers-for-its-copy',
  'grant-is-by-the-provider',
  'grant-is-in-time',
  'grant-is-what-was-decided',
  'grant-is-of-something-new',
  'core-is-not-granted',
  'handling-h2-needs-release',
  'handling-h1-needs-release',
  'onward-transfer-forbidden',
  'onward-transfer-needs-authorisation',
  'derived-marking-is-the-strictest',
  'derivation-is-known',
  'issuer-takes-part',
  'recipient-takes-part',
  'recipient-is-admitted-to-the-compartment',
  'kind-may-hold-the-compartment',
  'clearance-covers-the-classification',
  'classification-is-accredited',
  'recipient-is-active',
  'issuer-is-active',
  'oversight-receives-no-content',
  'hub-receives-no-content',
  'shelter-for-transport-needs-a-time-box',
  'pair-permits-transfer',
  'pair-ceiling-covers-the-classification',
  'question-not-understood',
] as const satisfies readonly RuleId[];

export const isRule = (id: string): id is RuleId => (RULES as readonly string[]).includes(id);

/** What is said of a code. What nobody foresaw is a fault of the node, and said to be one. */
export const sentenceOf = (code: string): { readonly key: SentenceKey; readonly rule?: RuleId } =>
  isRule(code) ? { key: 'notPermitted', rule: code } : { key: byCode.get(code) ?? 'broken' };
