import { type DomainRefusal } from '@tripoint/domain';
import { type ProblemKind, type ProblemTable } from '@tripoint/platform';
import { firstBundle } from '@tripoint/policy';
import { type CommitRefusal, type ProposalRefusal } from '@tripoint/read-model';

/** What the content of a command can lack. */
const malformed = (title: string): ProblemKind => ({
  status: 400,
  title,
  about: 'What the command says is not as it has to be; the detail names the place in it.',
});

const notYours = (title: string, about: string): ProblemKind => ({ status: 403, title, about });
const notNow = (title: string, about: string): ProblemKind => ({ status: 409, title, about });

const domainProblems = {
  'not-an-object': malformed('An object is expected'),
  'missing-member': malformed('A member is missing'),
  'unknown-member': malformed('A member is not known'),
  'not-a-list': malformed('A list is expected'),
  'too-few': malformed('The list is too short'),
  'too-many': malformed('The list is too long'),
  repeated: malformed('The list repeats an entry'),
  'not-text': malformed('Text is expected'),
  'text-empty': malformed('The text is empty'),
  'text-too-long': malformed('The text is too long'),
  'text-not-nfc': malformed('The text is not in Unicode form NFC'),
  'text-has-control-characters': malformed('The text holds control characters'),
  'text-in-another-script': malformed('The text is not in the script that it names'),
  malformed: malformed('A value does not have its form'),
  'unknown-code': malformed('A code is not in its list'),
  'not-an-integer': malformed('An integer is expected'),
  'out-of-range': malformed('A number is out of range'),
  'not-a-boolean': malformed('True or false is expected'),
  'not-a-date': malformed('A date is expected'),
  'nothing-identifies-it': malformed('Nothing identifies the thing'),
  'handling-h3-without-text': malformed('H3 needs words'),
  'urgency-without-grounds': malformed('Urgency needs grounds'),
  'person-without-connection': malformed('A person needs a connection to the purpose'),
  'answer-without-content': malformed('The answer says nothing'),
  'answer-contradicts-itself': malformed('The answer contradicts itself'),
  'contribution-without-content': malformed('The contribution says nothing'),
  'nothing-was-tried': malformed('Nothing was tried'),
  'release-beyond-request': malformed('More is granted than was asked for'),
  'release-in-the-past': malformed('The time for which it is granted is over'),
  'deadline-in-the-past': malformed('The deadline is over'),
  'term-too-long': malformed('It would last for longer than it may'),
  'to-oneself': malformed('It is addressed to oneself'),
  'unknown-agency': malformed('The agency is not a member'),
  'delay-does-not-add-up': malformed('The delay does not add up'),

  'classification-not-accredited': notYours(
    'The network does not carry this classification',
    'Nothing above R-UE/EU-R travels here: use the channel that is accredited for it.',
  ),
  'compartment-not-allowed': notYours(
    'The agency may not hold this',
    'Agencies of its kind never hold this part of the content, or its answer.',
  ),
  'not-participant': notYours(
    'The agency does not take part',
    'Only agencies that take part in an exchange act in it.',
  ),
  'not-exchange-owner': notYours(
    'Only the owner admits others',
    'Whoever opened the exchange decides which agencies join it: open another one.',
  ),
  'not-status-party': notYours(
    'The item is between two others',
    'Only the agency that issued an item and the one that it went to move it.',
  ),
  'not-the-issuing-party': notYours(
    'Only the issuing agency does this',
    'This move belongs to the agency that issued the item.',
  ),
  'not-the-receiving-party': notYours(
    'Only the receiving agency does this',
    'This move belongs to the agency that the item went to.',
  ),
  'review-is-by-oversight': notYours(
    'Only oversight reviews',
    'An emergency is looked at by oversight, and not by those whom it concerns.',
  ),
  'not-the-provider': notYours(
    'Only who said it decides',
    'What an agency said goes further only by its own decision.',
  ),
  'not-an-authority': notYours(
    'Only oversight orders this',
    'What others said is forgotten or disclosed upon the order of oversight, given at its own front door.',
  ),
  'oversight-gives-orders-alone': notYours(
    'Oversight takes part in nothing',
    'It orders what others are to forget or to disclose, and says nothing else.',
  ),
  'not-the-grantee': notYours(
    'Only who was given it says so',
    'What became of a copy is said by the agency that was granted it.',
  ),
  'referrer-learns-outcome-only': notYours(
    'The referrer learns the outcome only',
    'What a service says of a person beyond the outcome stays among services.',
  ),
  'not-a-person-to-refer': notYours(
    'This person is not referred',
    'Victims and witnesses are referred to services, and nobody else.',
  ),
  'no-consent': notYours(
    'There is no consent',
    'A person is referred with their consent, or not at all.',
  ),
  'consent-not-in-force': notYours(
    'The consent is not in force',
    'It has ended, has not begun, or was withdrawn.',
  ),
  'consent-not-for-this-recipient': notYours(
    'The consent names others',
    'The person has not agreed that this agency be told.',
  ),
  'consent-not-for-this-compartment': notYours(
    'The consent covers less',
    'The person has not agreed that this part be told.',
  ),
  'consent-not-for-this-service': notYours(
    'The consent is for something else',
    'The person has not agreed to this service.',
  ),

  'no-agreed-clock': notNow(
    'Nothing is agreed on time',
    'The two agencies have no agreement on how long an answer may take.',
  ),
  'status-does-not-allow': notNow(
    'The item does not stand like that',
    'Its status leaves no room for this: read it again.',
  ),
  'already-answered-in-part': notNow(
    'It was answered in part',
    'After a part has been answered, the rest is answered or refused.',
  ),
  'already-reviewed': notNow(
    'It was reviewed already',
    'Only the first review of an emergency counts, and there is one, recorded or sealed: the list of disclosures says by whom.',
  ),
  'forgotten-already': notNow(
    'It is forgotten already',
    'All of it was ordered to be forgotten everywhere, or what is named is not held any more because of such an order: the erasures say by whom, and who has said that it is gone.',
  ),
  'item-exists': notNow('The item exists', 'An item with this id is there already.'),
  'item-unknown': {
    status: 404,
    title: 'There is no such item',
    about: 'Nothing of this kind has this id here.',
  },
} as const satisfies ProblemTable<
  Exclude<DomainRefusal['refused'], `${'order' | 'share'}-is-${string}`>
>;

const commitProblems = {
  'exchange-moved': notNow(
    'The exchange has moved',
    'Others acted in it meanwhile: read it again and decide anew.',
  ),
  'command-key-reused': notNow(
    'The Idempotency-Key was used before',
    'The officer used this key for another request: choose a new one.',
  ),
  'already-signed': notNow('It was signed before', 'Somebody else has carried it out.'),
  'chain-unknown': {
    status: 503,
    title: 'The chain is not open',
    about: 'This node has not begun to sign yet; the same request may succeed in a moment.',
  },
  'chain-retired': notNow(
    'The chain was given up',
    'The registry opens a new chain for the agency; until then nothing can be sealed.',
  ),
} as const satisfies ProblemTable<CommitRefusal['refused']>;

const proposalProblems = {
  'proposal-unknown': {
    status: 404,
    title: 'There is no such proposal',
    about: 'Nothing that was proposed here has this id.',
  },
  'proposal-own': notYours(
    'Another officer confirms it',
    'Whoever proposed something does not confirm it: ask an officer with the same duty.',
  ),
  'proposer-without-duty': notNow(
    'Whoever proposed it could not any more',
    'Their account was closed, or no longer has the duty: somebody who has it proposes it again.',
  ),
  'proposal-expired': notNow(
    'The proposal has lapsed',
    'Nobody confirmed it within a day: propose it again.',
  ),
  'proposal-decided': notNow(
    'It was decided on before',
    'Another officer has confirmed or rejected it: look at the proposals.',
  ),
} as const satisfies ProblemTable<ProposalRefusal['refused']>;

const nodeProblems = {
  'chain-unconfirmed': {
    status: 503,
    title: 'The hub has not answered yet',
    about:
      'After each start the hub has to say where the agency’s chain stands before anything is sealed; the same request may succeed in a moment.',
  },
  'chain-rewound': notNow(
    'The database was put back',
    'This database is older than what the hub has recorded; nothing is sealed until the registry has opened a new chain for the agency.',
  ),
  'catching-up': {
    status: 503,
    title: 'Nothing is shown yet',
    about:
      'After each start the hub has to say where the mailbox of the agency ends, and all of it has to be taken, before anything is shown: a database that was put back holds again what was forgotten since. The same request may succeed in a moment. Where the node keeps a mark, a database that was merely started again is shown after a minute although the hub is away.',
  },
  'checkpoint-stale': {
    status: 503,
    title: 'Witnesses have not been heard of',
    about:
      'No checkpoint that a quorum of witnesses has cosigned has arrived for longer than this node is told to wait, or the log has not said for as long that everything of the registry came: what it knows of the registry may be out of date, and nothing is sealed against it.',
  },
  'registry-unknown': {
    status: 503,
    title: 'The registry is not here yet',
    about: 'The hub has not delivered who is who; the same request may succeed in a moment.',
  },
  'exchange-busy': {
    status: 503,
    title: 'Others are acting in the exchange',
    about: 'It moved each time the command was decided; the same request may succeed in a moment.',
  },
  'recipient-suspended': notNow(
    'An addressed agency is suspended',
    'Nothing is sealed to an agency while the registry has it suspended; the detail says which one. Trying again does not help before it is reinstated.',
  ),
  'recipient-revoked': notNow(
    'An addressed agency has no certificate any more',
    'Its certificate was revoked, so nobody can be sure who would read what is sealed to it. Trying again does not help before the registry has another one for it.',
  ),
  'no-encryption-key': {
    status: 503,
    title: 'A recipient has no key',
    about: 'An addressed agency has no certificate in force to encrypt to.',
  },
  'signing-key-outdated': {
    status: 503,
    title: 'The signing key was replaced',
    about:
      'The registry has another signing key for the agency than this node. Nothing is sealed with the old one, because nobody would accept it; once the new key lies in the key folder, the same request succeeds without a restart.',
  },
  'own-certificate-revoked': notYours(
    'The agency’s certificate was revoked',
    'Nothing that the agency says is accepted until the registry has a new certificate for it. Trying again does not help.',
  ),
  'own-certificate-expired': notYours(
    'The agency’s certificate has expired',
    'Nothing that the agency says is accepted until the registry has renewed its certificate. Trying again does not help.',
  ),
  'own-agency-suspended': notYours(
    'The agency is suspended',
    'Nothing that the agency says is accepted until the registry reinstates it. Trying again does not help.',
  ),
  'envelope-refused': notNow(
    'It cannot be sealed',
    'What was decided does not fit into an envelope; the detail begins with the exact code.',
  ),
  'officer-exists': notNow('The account exists', 'An officer with this id has an account already.'),
  'last-security-officer': notNow(
    'Nobody else keeps accounts',
    'An agency always has somebody with an account who unlocks others and looks at reads: give another officer the role first.',
  ),
  'judicial-use-not-permitted': notYours(
    'An originator has not permitted judicial use',
    'Something in it is marked H1 by another agency, which the detail names: ask that agency to permit its use in judicial proceedings: a release whose grantee is this agency.',
  ),
  'not-witnessed': notNow(
    'Witnesses have not seen it yet',
    'Nothing leaves the exchange before a quorum of witnesses has cosigned a checkpoint over it; the same request may succeed in a moment.',
  ),
  'not-kept': notNow(
    'What shows it was not kept',
    'The item, or a part of it, was delivered before this node kept what its delivery came with: ask the hub to deliver it again.',
  ),
  'opened-by-custodians': notYours(
    'Custodians have opened it',
    'What custodians open is for its reader and for its time. A bundle shows of each part by which verdict or grant its builder was given it, and there is none: ask whoever said it for a bundle, or to hand it on.',
  ),
  'nothing-to-bundle': notNow(
    'There is nothing of that',
    'No event of the item has any of the parts that were asked for.',
  ),
  'keys-awaited': {
    status: 503,
    title: 'The keys are not here yet',
    about:
      'The projector unwraps the session keys, and has not done so in time. The disclosure is on record; the same request begins another one.',
  },
  'not-permitted': notYours(
    'The rules do not permit it',
    'A rule stands in the way, or none permits it; the detail names it.',
  ),
} as const satisfies ProblemTable;

/** A denied disclosure is answered with the id of the rule that decided, and with its reason. */
const ruleProblems: ProblemTable = Object.fromEntries(
  firstBundle().rules.map(({ id, because }) => [
    id,
    notYours('A rule does not permit it', `The rule says: ${because}.`),
  ]),
);

/** Everything that an agency's front door answers with, beside the problems of the edge. */
export const agencyProblems: ProblemTable = {
  ...ruleProblems,
  ...nodeProblems,
  ...proposalProblems,
  ...commitProblems,
  ...domainProblems,
};
