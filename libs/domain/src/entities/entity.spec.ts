import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import fc from 'fast-check';
import { join } from '../event.js';
import { entities, itemId, question, statement, victim } from '../testing/index.js';
import { aboveRestricted, CLASSIFICATIONS, strictest } from '../vocabulary/index.js';
import { validateEntity } from './entity.js';
import { entitiesIn, evaluationIn, labelsOf } from './naming.js';

const named = (...names: object[]) => ({ ...victim, names });
const van = (members: object) => ({ kind: 'vehicle', ...members });
const place = { kind: 'location', type: 'TOWN', name: 'Свиленград' };
const pass = { kind: 'document', type: 'PASSPORT', number: 'AB 123', country: 'BG' };

describe('an entity', () => {
  it('is taken as it was written when it is well-formed', () => {
    fc.assert(
      fc.property(entities, (entity) => {
        expect(validateEntity(entity)).toBe(entity);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['XKA 4821', 'ΥΧΑ-4821', 'СВ 1234 АВ', '34 ABC 123', 'B 1'])(
    'has a plate such as %s',
    (plate) => {
      expect(isRefusal(validateEntity(van({ plate })))).toBe(false);
    },
  );

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'not-an-object'],
    ['of no kind', {}, 'unknown-code'],
    ['of a kind that is not known', { kind: 'weapon' }, 'unknown-code'],
    ['a plate in small letters', van({ plate: 'xka 4821' }), 'malformed'],
    ['a plate of two scripts in one group', van({ plate: 'XКA 4821' }), 'malformed'],
    ['a plate with two spaces', van({ plate: 'XKA  4821' }), 'malformed'],
    ['a plate too long', van({ plate: 'A'.repeat(17) }), 'malformed'],
    ['a plate that is a number', van({ plate: 4821 }), 'not-text'],
    ['a VIN with an O', van({ vin: 'WVWZZZ1JZXO000001' }), 'malformed'],
    ['a vehicle by its colour alone', van({ colour: 'white' }), 'nothing-identifies-it'],
    ['a country that is none', van({ plate: 'A 1', country: 'UK' }), 'unknown-code'],
    ['a person without a category', { kind: 'person', names: [] }, 'missing-member'],
    ['a name without a name', named({ kind: 'PRIMARY', script: 'Latn' }), 'nothing-identifies-it'],
    [
      'a Latin letter in a Cyrillic name',
      named({ kind: 'PRIMARY', script: 'Cyrl', family: 'Ивaнова' }),
      'text-in-another-script',
    ],
    [
      'a Greek given name called Latin',
      named({ kind: 'ALIAS', script: 'Latn', given: 'Μαρία' }),
      'text-in-another-script',
    ],
    [
      'a transliteration that is not Latin',
      named({ kind: 'ALIAS', script: 'Grek', given: 'Μαρία', latin: 'Мария' }),
      'text-in-another-script',
    ],
    [
      'a name not in NFC',
      named({ kind: 'ALIAS', script: 'Latn', given: 'I\u0307s\u0327' }),
      'text-not-nfc',
    ],
    [
      'a name with a control',
      named({ kind: 'ALIAS', script: 'Latn', given: 'A\u0000' }),
      'text-has-control-characters',
    ],
    [
      'a name that reads backwards',
      named({ kind: 'ALIAS', script: 'Latn', given: 'A\u202eB' }),
      'text-has-control-characters',
    ],
    [
      'half a character',
      named({ kind: 'ALIAS', script: 'Latn', given: 'A\ud800' }),
      'text-has-control-characters',
    ],
    ['a blank name', named({ kind: 'ALIAS', script: 'Latn', given: ' ' }), 'text-empty'],
    [
      'a name too long',
      named({ kind: 'ALIAS', script: 'Latn', given: 'A'.repeat(121) }),
      'text-too-long',
    ],
    ['a name that is a list', named({ kind: 'ALIAS', script: 'Latn', given: ['A'] }), 'not-text'],
    ['names that are no list', { ...victim, names: 'Мария' }, 'not-a-list'],
    [
      'too many names',
      {
        ...victim,
        names: Array.from({ length: 17 }, (_, i) => ({
          kind: 'ALIAS',
          script: 'Latn',
          given: 'A'.repeat(i + 1),
        })),
      },
      'too-many',
    ],
    ['no nationality where some are announced', { ...victim, nationalities: [] }, 'too-few'],
    ['one nationality twice', { ...victim, nationalities: ['BG', 'BG'] }, 'repeated'],
    ['a birthday that is not in the calendar', { ...victim, born: '1990-02-30' }, 'not-a-date'],
    ['a leap day in a year without', { ...victim, born: '1900-02-29' }, 'not-a-date'],
    ['a thirteenth month', { ...victim, born: '1990-13' }, 'not-a-date'],
    ['the 31st of April', { ...victim, born: '1990-04-31' }, 'not-a-date'],
    ['a birthday in another form', { ...victim, born: '23.04.1990' }, 'not-a-date'],
    ['a birthday that is a number', { ...victim, born: 1990 }, 'not-a-date'],
    ['a member that is not known', { ...victim, dna: 'A' }, 'unknown-member'],
    ['one coordinate', { ...place, latitudeE6: 1 }, 'missing-member'],
    [
      'a coordinate off the globe',
      { ...place, latitudeE6: 90_000_001, longitudeE6: 0 },
      'out-of-range',
    ],
    [
      'a coordinate with a fraction',
      { ...place, latitudeE6: 0.5, longitudeE6: 0 },
      'not-an-integer',
    ],
    ['a document number in small letters', { ...pass, number: 'ab' }, 'malformed'],
  ])('is not %s', (_what, value, code) => {
    expect(validateEntity(value)).toMatchObject({ refused: code });
  });

  it('is refused without a word of what stood there', () => {
    const refusal = validateEntity({ ...victim, names: [], 'Мария Иванова': 1 });
    expect(JSON.stringify(refusal)).not.toContain('Мария');
  });

  it('is found by what it is called', () => {
    const all = fc.sample(entities, { numRuns: 300, seed: 7 });
    const texts = all.flatMap((entity) => labelsOf(entity)).map(({ as, text }) => `${as}: ${text}`);
    expect(texts).toEqual(
      expect.arrayContaining([
        'name: Мария Иванова',
        'name: Ivanova',
        "name: Işıl O'Çelik-Şen",
        'number: XKA 4821',
        'number: WVWZZZ1JZXW000001',
        'number: AB 123456',
        'name: Kapıkule sınır kapısı',
        'number: BG 200',
      ]),
    );
  });
});

describe('content', () => {
  const item = itemId(1);
  it('shows what it names and how it is graded', () => {
    const event = {
      type: 'AnswerProvided',
      item,
      parts: { source: { text: 'camera' }, facts: { ...statement, entities: question.entities } },
    } as const;
    expect(entitiesIn(event)).toEqual([
      { compartment: 'facts', position: 0, entity: question.entities[0] },
    ]);
    expect(evaluationIn(event)).toEqual({ source: 'B', info: '2' });
    expect(evaluationIn({ type: 'RequestClosed', item, core: {}, parts: {} })).toBeUndefined();
    const referral = {
      type: 'ReferralIssued',
      item,
      parts: { identity: { pseudonym: 'case-0007', persons: [victim] } },
    };
    expect(entitiesIn(referral as never)).toMatchObject([
      { compartment: 'identity', entity: victim },
    ]);
  });

  const core = { compartment: 'core', content: { type: 'RequestClosed', item, core: {} } };
  it.each<[string, Parameters<typeof join>[0], string]>([
    ['nothing', [], 'no-pieces'],
    ['the same piece twice', [core, core], 'repeated-piece'],
    [
      'a type that is not known',
      [{ compartment: 'core', content: { type: 'toString', item, core: {} } }],
      'unknown-event-type',
    ],
    [
      'a type that is no text',
      [{ compartment: 'core', content: { type: 1, item, core: {} } }],
      'malformed',
    ],
    [
      'an item that is none',
      [{ compartment: 'core', content: { type: 'RequestClosed', item: 'x', core: {} } }],
      'malformed',
    ],
    [
      'pieces of two types',
      [
        core,
        {
          compartment: 'facts',
          content: { type: 'ClarificationAsked', item, part: { text: 'a', language: 'en' } },
        },
      ],
      'pieces-of-different-events',
    ],
    [
      'pieces of two items',
      [
        { compartment: 'core', content: { type: 'ClarificationAsked', item, core: {} } },
        {
          compartment: 'facts',
          content: {
            type: 'ClarificationAsked',
            item: itemId(2),
            part: { text: 'a', language: 'en' },
          },
        },
      ],
      'pieces-of-different-events',
    ],
    [
      'a compartment that the type does not have',
      [{ compartment: 'welfare', content: { type: 'RequestClosed', item, part: {} } }],
      'unknown-member',
    ],
    [
      'a compartment with the name of a method',
      [{ compartment: 'constructor', content: { type: 'RequestClosed', item, part: {} } }],
      'unknown-member',
    ],
    [
      'a core in place of a part',
      [{ compartment: 'facts', content: { type: 'ClarificationAsked', item, core: {} } }],
      'unknown-member',
    ],
    [
      'a core that is a list',
      [{ compartment: 'core', content: { type: 'RequestClosed', item, core: [] } }],
      'not-an-object',
    ],
    [
      'a yes that is no yes',
      [
        {
          compartment: 'core',
          content: {
            type: 'DelayNotified',
            item,
            core: { seconds: 1, dueInSeconds: 1, judicialAuthorisation: 'yes' },
          },
        },
      ],
      'not-a-boolean',
    ],
    ['a date in place of an object', [{ compartment: 'core', content: null }], 'not-an-object'],
  ])('is not put together from %s', (_what, pieces, code) => {
    expect(join(pieces)).toMatchObject({ refused: code });
  });
});

describe('classifications', () => {
  it('stop at what is accredited', () => {
    expect(CLASSIFICATIONS.filter(aboveRestricted)).toEqual([
      'C-UE/EU-C',
      'S-UE/EU-S',
      'TS-UE/EU-TS',
    ]);
    expect(strictest(['BPL', 'R-UE/EU-R', 'UNCLASSIFIED'])).toBe('R-UE/EU-R');
  });
});
