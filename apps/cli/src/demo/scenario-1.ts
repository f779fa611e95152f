import { EVENT_TYPES } from '@tripoint/domain';
import { type Body, type Canary, type Scenario } from './scenario.js';

// Each text carries the play's mark, so that what is found was put there by this play and not by an earlier one. Plates and
// names cannot: they have to look like plates and names.
const PLATE = 'XKA 4821';
const SOUGHT_BG = 'crossings of the van since Friday evening, and who sat in it [{mark} b]';
const SOUGHT_TR = 'whether the van has entered since Friday evening [{mark} t]';
const SOUGHT_LATER = 'whether the van has been insured or fined [{mark} l]';
const FOUND = 'crossed outbound at Kapitan Andreevo, lane 4, Friday 22:41, two on board [{mark} f]';
const CAMERA = 'read by the operator of the lane camera, Красимир Далаверев [{mark} s]';
const PASSED_ON = 'the Bulgarian colleagues saw the van at Kapitan Andreevo [{mark} p]';
const ASKED_WHY = 'the van has gone on into Türkiye, where it can be stopped [{mark} w]';
const CORRECTION = 'the plate was misread at lane 4 [{mark} c]';
const RIGHT_PLATE = 'XKA 4827';
const DRIVER = 'Калпакчиев';
const PASSENGER = 'Παπουτσάκογλου';

const MARKING = { classification: 'BPL', handling: ['H2'] };
const VAN = { kind: 'vehicle', plate: PLATE, country: 'GR', type: 'VAN', colour: 'white' };

const question = (sought: string): Body => ({
  urgency: 'URGENT',
  access: 'DIRECT',
  marking: MARKING,
  facts: {
    sought,
    purpose: 'finding people who are believed to be carried against their will',
    offence: 'trafficking in human beings',
    availability: 'the van was on the motorway towards the crossing',
    necessity: 'nobody else can have seen it',
    urgencyGrounds: 'people are believed to be on board',
    evaluation: { source: 'B', info: '2' },
    language: 'en',
    entities: [VAN],
  },
});

const ANSWER_BG: Body = {
  outcome: 'FULL',
  marking: MARKING,
  facts: {
    text: FOUND,
    language: 'en',
    statement: 'FACT',
    evaluation: { source: 'A', info: '1' },
    entities: [
      VAN,
      { kind: 'location', type: 'BORDER_CROSSING', name: 'Kapitan Andreevo', country: 'BG' },
      {
        kind: 'person',
        category: 'CONTACT',
        names: [{ kind: 'PRIMARY', script: 'Cyrl', family: DRIVER, given: 'Асен' }],
      },
      {
        kind: 'person',
        category: 'CONTACT',
        names: [{ kind: 'PRIMARY', script: 'Grek', family: PASSENGER, given: 'Λευτέρης' }],
      },
    ],
  },
  source: { text: CAMERA },
};

const NOTHING_HELD: Body = { outcome: 'NOTHING_HELD', marking: MARKING };

const FORWARD: Body = {
  marking: MARKING,
  facts: {
    text: PASSED_ON,
    language: 'en',
    statement: 'FACT',
    evaluation: { source: 'A', info: '1' },
    entities: [VAN],
  },
};

const RELEASE: Body = {
  compartments: ['facts'],
  purpose: 'INVESTIGATION',
  marking: MARKING,
  facts: { text: ASKED_WHY, language: 'en' },
};

const CORRECTED: Body = {
  text: CORRECTION,
  language: 'en',
  statement: 'FACT',
  evaluation: { source: 'A', info: '1' },
  entities: [{ ...VAN, plate: RIGHT_PLATE }],
};

const GR = 'gr-police';
const BG = 'bg-border-police';
const TR = 'tr-police';

const canaries: readonly Canary[] = [
  { id: 'plate', kind: 'plate', text: PLATE, heldBy: [GR, BG, TR] },
  { id: 'sought-bg', kind: 'text', text: SOUGHT_BG, heldBy: [GR, BG] },
  { id: 'sought-tr', kind: 'text', text: SOUGHT_TR, heldBy: [GR, TR] },
  // Forgotten by the order of oversight: not even who asked keeps it.
  { id: 'sought-later', kind: 'text', text: SOUGHT_LATER, heldBy: [] },
  { id: 'right-plate', kind: 'plate', text: RIGHT_PLATE, heldBy: [GR, BG] },
  { id: 'corrected', kind: 'text', text: CORRECTION, heldBy: [GR, BG] },
  // Recalled: whoever was given it has forgotten it.
  { id: 'found', kind: 'text', text: FOUND, heldBy: [BG] },
  { id: 'driver', kind: 'name', text: DRIVER, heldBy: [BG] },
  { id: 'passenger', kind: 'name', text: PASSENGER, heldBy: [BG] },
  { id: 'asked-why', kind: 'text', text: ASKED_WHY, heldBy: [GR, BG] },
  { id: 'camera', kind: 'text', text: CAMERA, heldBy: [BG] },
  // It was refused before it was sealed, so not even its author keeps it.
  { id: 'passed-on', kind: 'text', text: PASSED_ON, heldBy: [] },
  ...['n.papadakis', 'i.dimitrov', 'a.yilmaz'].map((officer): Canary => ({
    id: officer,
    kind: 'officer',
    text: officer,
    heldBy: 'any',
  })),
  ...EVENT_TYPES.map((type): Canary => ({
    id: type,
    kind: 'event type',
    text: type,
    heldBy: 'any',
  })),
];

/** Urgent plate check at the border: steps 1 to 7 of the story, nobody being off line, and what oversight has forgotten of it. */
export const URGENT_PLATE_CHECK: Scenario = {
  title: 'Urgent plate check at the border',
  purpose: {
    code: 'INVESTIGATION',
    text: 'urgent plate check: έλεγχος οχήματος, проверка на автомобил',
    legalBasis: 'Directive (EU) 2023/977, Article 5',
  },
  actors: {
    gr: { agency: GR, officer: 'n.papadakis', called: 'Hellenic Police' },
    bg: { agency: BG, officer: 'i.dimitrov', called: 'BG Border Police' },
    tr: { agency: TR, officer: 'a.yilmaz', called: 'Turkish National Police' },
    animus: { agency: 'animus', officer: 'r.hristova', called: 'Animus (NGO)' },
  },
  steps: [
    {
      number: 1,
      title: 'Two questions about one van',
      story:
        'The Greek liaison asks the Bulgarian border police about a white van: urgent, directly accessible, H2, graded B2. Separately, in an exchange of its own, the same goes to the Turkish police.',
      acts: [
        { act: 'issue', by: 'gr', to: BG, request: 'asked-bg', body: question(SOUGHT_BG) },
        { act: 'issue', by: 'gr', to: TR, request: 'asked-tr', body: question(SOUGHT_TR) },
      ],
      then: [
        { expect: 'reads', by: 'bg', request: 'asked-bg', canaries: ['plate', 'sought-bg'] },
        { expect: 'reads', by: 'tr', request: 'asked-tr', canaries: ['plate', 'sought-tr'] },
        { expect: 'knows-nothing-of', by: 'tr', request: 'asked-bg' },
        { expect: 'knows-nothing-of', by: 'bg', request: 'asked-tr' },
        { expect: 'knows-nothing-of', by: 'animus', request: 'asked-bg' },
        { expect: 'knows-nothing-of', by: 'animus', request: 'asked-tr' },
      ],
    },
    {
      number: 2,
      title: 'Receipts start the clocks',
      story:
        'Each node signs a receipt. From its leaf in the log Bulgaria has eight hours, as the directive says; Türkiye has what it has agreed with Greece, which in this demo is 20 seconds.',
      acts: [],
      then: [
        {
          expect: 'request',
          by: 'gr',
          request: 'asked-bg',
          status: 'RECEIVED',
          clockSeconds: 28_800,
        },
        {
          expect: 'request',
          by: 'bg',
          request: 'asked-bg',
          status: 'RECEIVED',
          clockSeconds: 28_800,
        },
        { expect: 'request', by: 'gr', request: 'asked-tr', status: 'RECEIVED', clockSeconds: 20 },
        { expect: 'request', by: 'tr', request: 'asked-tr', status: 'RECEIVED', clockSeconds: 20 },
      ],
    },
    {
      number: 3,
      title: 'Two answers, one of them in two compartments',
      story:
        'Bulgaria answers: the crossing is for Greece, the camera operator stays at home. Türkiye holds nothing.',
      acts: [
        { act: 'answer', by: 'tr', request: 'asked-tr', body: NOTHING_HELD },
        { act: 'answer', by: 'bg', request: 'asked-bg', body: ANSWER_BG },
      ],
      then: [
        { expect: 'request', by: 'gr', request: 'asked-bg', status: 'ANSWERED_FULL' },
        { expect: 'request', by: 'bg', request: 'asked-bg', status: 'ANSWERED_FULL' },
        { expect: 'request', by: 'gr', request: 'asked-tr', status: 'ANSWERED_NOTHING_HELD' },
        { expect: 'request', by: 'tr', request: 'asked-tr', status: 'ANSWERED_NOTHING_HELD' },
        {
          expect: 'reads',
          by: 'gr',
          request: 'asked-bg',
          canaries: ['plate', 'found', 'driver', 'passenger'],
        },
        { expect: 'reads', by: 'bg', request: 'asked-bg', canaries: ['found', 'camera'] },
        {
          expect: 'does-not-read',
          by: 'gr',
          request: 'asked-bg',
          canaries: ['camera'],
          compartments: ['source'],
        },
        { expect: 'knows-nothing-of', by: 'tr', request: 'asked-bg' },
        { expect: 'finds', by: 'gr', text: PLATE },
        { expect: 'does-not-find', by: 'animus', text: PLATE },
      ],
    },
    {
      number: 4,
      title: 'What came under H2 is not passed on',
      story:
        'Greece tries to pass the Bulgarian answer on, to the Turkish police and to an NGO. Its own node refuses and says why; that it was tried goes on record without content.',
      acts: [
        {
          act: 'forward',
          by: 'gr',
          request: 'asked-bg',
          to: TR,
          refused: 'handling-h2-needs-release',
          body: FORWARD,
        },
        {
          act: 'forward',
          by: 'gr',
          request: 'asked-bg',
          to: 'animus',
          refused: 'handling-h2-needs-release',
          body: FORWARD,
        },
      ],
      then: [
        { expect: 'attempts-on-record', tried: [TR, 'animus'] },
        { expect: 'knows-nothing-of', by: 'tr', request: 'asked-bg' },
        { expect: 'knows-nothing-of', by: 'animus', request: 'asked-bg' },
        { expect: 'does-not-find', by: 'animus', text: PLATE },
      ],
    },
    {
      number: 5,
      title: 'Its provider lets it go, for a time',
      story:
        'Greece asks Bulgaria to let the crossing go to the Turkish police. Bulgaria grants the facts, not their source, for 48 hours, which in this demo are 45 seconds. Once witnesses have seen that the log allowed it, its node gives the key that it has wrapped once more; the Turkish node verifies the grant and reads. What it was granted it may not pass on.',
      acts: [
        {
          act: 'ask-release',
          by: 'gr',
          request: 'asked-bg',
          to: TR,
          release: 'released-to-tr',
          body: RELEASE,
        },
        {
          act: 'grant',
          by: 'bg',
          release: 'released-to-tr',
          compartments: ['facts'],
          forSeconds: 45,
        },
      ],
      then: [
        { expect: 'release', by: 'tr', release: 'released-to-tr', status: 'USED' },
        {
          expect: 'reads',
          by: 'tr',
          request: 'asked-bg',
          canaries: ['plate', 'found', 'driver', 'passenger'],
        },
        {
          expect: 'does-not-read',
          by: 'tr',
          request: 'asked-bg',
          canaries: ['camera', 'sought-bg', 'asked-why'],
          compartments: ['core', 'source'],
        },
        { expect: 'knows-nothing-of', by: 'animus', request: 'asked-bg' },
      ],
    },
    {
      number: 6,
      title: 'What was wrong is corrected and recalled',
      story:
        'Bulgaria has misread the plate. It says it rightly to Greece, and takes the old back from Greece and, for as long as that may hold it, from Türkiye. Each node forgets, keeps that it did, and signs for it; neither learns of the other.',
      acts: [
        {
          act: 'recall',
          by: 'bg',
          request: 'asked-bg',
          from: GR,
          recall: 'recalled-from-gr',
          body: { compartments: ['facts'], marking: MARKING, facts: CORRECTED },
        },
        {
          act: 'recall',
          by: 'bg',
          request: 'asked-bg',
          from: TR,
          recall: 'recalled-from-tr',
          body: { compartments: ['facts'], marking: MARKING },
        },
      ],
      then: [
        { expect: 'recall', by: 'bg', recall: 'recalled-from-gr', status: 'PURGED' },
        { expect: 'recall', by: 'bg', recall: 'recalled-from-tr', status: 'PURGED' },
        {
          expect: 'reads-correction',
          by: 'gr',
          recall: 'recalled-from-gr',
          canaries: ['right-plate', 'corrected'],
        },
        ...(['gr', 'tr'] as const).map((by) => ({
          expect: 'does-not-read' as const,
          by,
          request: 'asked-bg',
          canaries: ['found', 'driver', 'passenger'],
          // What was asked is in a compartment of the same name, and stays.
          compartments: by === 'tr' ? ['facts'] : ['source'],
        })),
        { expect: 'reads', by: 'bg', request: 'asked-bg', canaries: ['found', 'camera'] },
      ],
    },
    {
      number: 7,
      title: 'An answer that comes too late',
      story:
        'A second question to Türkiye is left lying until its 20 seconds are over. Both sides see it overdue, the log says so by itself, and the late answer carries its lateness.',
      acts: [
        { act: 'issue', by: 'gr', to: TR, request: 'asked-tr-again', body: question(SOUGHT_LATER) },
        { act: 'let-lapse', request: 'asked-tr-again', seenBy: ['gr', 'tr'], withinSeconds: 60 },
        { act: 'answer', by: 'tr', request: 'asked-tr-again', body: NOTHING_HELD },
      ],
      then: [
        {
          expect: 'request',
          by: 'gr',
          request: 'asked-tr-again',
          status: 'ANSWERED_NOTHING_HELD',
          late: true,
        },
        {
          expect: 'request',
          by: 'tr',
          request: 'asked-tr-again',
          status: 'ANSWERED_NOTHING_HELD',
          late: true,
        },
        { expect: 'due-on-record', request: 'asked-tr-again' },
      ],
    },
    {
      number: 8,
      title: 'What should not have been asked is forgotten',
      story:
        'Oversight finds that the second question went further than it may. It cannot read it: it names what the log shows, one auditor proposes and another confirms. The log tells everybody who holds it, who asked and who was asked; each node deletes it, keeps that it did, and signs for it.',
      acts: [
        {
          act: 'order-erasure',
          request: 'asked-tr-again',
          compartments: ['facts'],
          ground: 'SUPERVISORY_ORDER',
          erasure: 'the-second-question',
        },
      ],
      then: [
        {
          expect: 'forgotten',
          by: 'gr',
          erasure: 'the-second-question',
          orderedBy: 'oversight',
          told: [GR, TR],
        },
        ...(['gr', 'tr'] as const).map((by) => ({
          expect: 'does-not-read' as const,
          by,
          request: 'asked-tr-again',
          canaries: ['sought-later'],
          compartments: ['facts'],
        })),
        {
          expect: 'request',
          by: 'gr',
          request: 'asked-tr-again',
          status: 'ANSWERED_NOTHING_HELD',
          late: true,
        },
      ],
    },
    {
      number: 5,
      title: 'The time of the release is over',
      story:
        'The log says by itself that the time is over. The hub has the key no longer; whatever the Turkish node still has, it forgets, and signs for it.',
      acts: [],
      then: [
        {
          expect: 'release',
          by: 'bg',
          release: 'released-to-tr',
          status: 'EXPIRED',
          purged: true,
          withinSeconds: 90,
        },
        { expect: 'release', by: 'tr', release: 'released-to-tr', status: 'EXPIRED', purged: true },
        {
          expect: 'does-not-read',
          by: 'tr',
          request: 'asked-bg',
          canaries: ['found', 'driver', 'passenger'],
          compartments: ['facts'],
        },
      ],
    },
  ],
  canaries,
  secretRequests: [
    { request: 'asked-bg', knownTo: [GR, BG] },
    { request: 'asked-tr', knownTo: [GR, TR] },
    { request: 'asked-tr-again', knownTo: [GR, TR] },
  ],
};
