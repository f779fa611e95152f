import { describe, expect, it } from '@jest/globals';
import { type AgencyId, type ItemId } from '@tripoint/kernel';
import { type SeenEvent } from './event.js';
import { tellsClock } from './told.js';

const item = '8d5c1c9e-31cc-4f4c-9b6e-0a1b2c3d4e5f' as ItemId;
const [asked, stranger] = ['tr-police' as AgencyId, 'animus' as AgencyId];

describe('what the hub is told of a clock', () => {
  const stopped = { clock: 'stopped' };
  const terms = { urgency: 'URGENT', access: 'DIRECT', dueInSeconds: 60 };
  const issued = { type: 'RequestIssued', core: { to: asked, ...terms, graceSeconds: 10 } };
  const admits = [{ agency: asked, compartments: ['core', 'facts'] }];
  const delay = { seconds: 60, dueInSeconds: 120, judicialAuthorisation: false };
  const answered = { type: 'AnswerProvided', core: { outcome: 'FULL' } };
  const refused = (scope: string) => ({ type: 'RequestRefused', core: { ground: 'a', scope } });

  it.each<[string, object, Readonly<Record<string, unknown>>]>([
    ['an answer stops the clock', answered, stopped],
    ['a further answer finds it stopped', answered, {}],
    ['a refusal of the whole stops it', refused('WHOLE'), stopped],
    ['a refusal of a part does not', refused('PART'), {}],
    ['a request', issued, { clock: 'issued', ...terms, admits }],
    ['a receipt', { type: 'RequestReceived', core: {} }, { clock: 'received' }],
    ['a delay', { type: 'DelayNotified', core: delay }, { dueInSeconds: 120 }],
    ['a core that is not held', { type: 'AnswerProvided' }, stopped],
  ])('is held against the event: %s', (_what, event, facts) => {
    expect(tellsClock({ item, parts: {}, ...event } as SeenEvent, 'core', facts)).toBe(true);
  });

  it.each<[string, object, Readonly<Record<string, unknown>>]>([
    ['a receipt that stops it', { type: 'RequestReceived', core: {} }, stopped],
    ['a refusal of a part that stops it', refused('PART'), stopped],
    ['a refusal of the whole that lets it run', refused('WHOLE'), {}],
    [
      'an acceptance that suspends it',
      { type: 'RequestAccepted', core: {} },
      { clock: 'suspended' },
    ],
    ['a longer delay', { type: 'DelayNotified', core: delay }, { dueInSeconds: 12_000 }],
    ['an answer that moves it', answered, { ...stopped, dueInSeconds: 12_000 }],
    [
      'a request of less urgency',
      issued,
      { clock: 'issued', ...terms, urgency: 'ROUTINE', admits },
    ],
    ['a request without a clock', issued, { admits }],
    [
      'a request whose clock runs against another',
      issued,
      {
        clock: 'issued',
        ...terms,
        admits: [{ agency: stranger, compartments: ['core'] }, ...admits],
      },
    ],
    ['a request that lets nobody in', issued, { clock: 'issued', ...terms }],
    ['a graded contribution', { type: 'ContributionAcknowledged', core: {} }, stopped],
  ])('is refused: %s', (_what, event, facts) => {
    expect(tellsClock({ item, parts: {}, ...event } as SeenEvent, 'core', facts)).toBe(false);
  });

  it('stands beside the core and beside nothing else', () => {
    const event = { ...answered, item, parts: {} } as SeenEvent;
    expect(tellsClock(event, 'facts', {})).toBe(true);
    for (const facts of [stopped, { urgency: 'URGENT' }, { access: 'DIRECT' }, { dueInSeconds: 1 }])
      expect(tellsClock(event, 'facts', facts)).toBe(false);
  });
});
