import { describe, expect, it } from '@jest/globals';
import { HubError } from '@tripoint/kernel';
import { Metrics, secondsSince } from './metrics.js';

describe('metrics', () => {
  it('are written as Prometheus reads them', async () => {
    const metrics = new Metrics();
    metrics.gauge('tripoint_depth', 'How deep it is.', () => 7);
    metrics.counter('tripoint_verdicts_total', 'Verdicts, by answer.', () =>
      Promise.resolve([
        { value: 3, labels: { answer: 'allowed' } },
        { value: 0, labels: { answer: 'denied' } },
      ]),
    );
    expect(await metrics.text()).toBe(
      '# HELP tripoint_depth How deep it is.\n' +
        '# TYPE tripoint_depth gauge\n' +
        'tripoint_depth 7\n' +
        '# HELP tripoint_verdicts_total Verdicts, by answer.\n' +
        '# TYPE tripoint_verdicts_total counter\n' +
        'tripoint_verdicts_total{answer="allowed"} 3\n' +
        'tripoint_verdicts_total{answer="denied"} 0\n',
    );
  });

  it('leave out what cannot be known now, and nothing else', async () => {
    const metrics = new Metrics();
    metrics.gauge('tripoint_away', 'Away.', () =>
      Promise.reject(new HubError('store-away', 'the store is away', true)),
    );
    metrics.gauge('tripoint_none', 'None yet.', () => undefined);
    metrics.gauge('tripoint_odd', 'Not a number.', () => Number.NaN);
    metrics.gauge('tripoint_here', 'Here.', () => 1);
    expect(await metrics.text()).toBe(
      '# HELP tripoint_here Here.\n# TYPE tripoint_here gauge\ntripoint_here 1\n',
    );
    metrics.gauge('tripoint_bug', 'A bug.', () => {
      throw new Error('a bug');
    });
    await expect(metrics.text()).rejects.toThrow('a bug');
  });

  it.each(['XKA 4821', 'Калпакчиев', 'a"} 1\nother', 'n.papadakis', ''])(
    'have no place for %j: a label is a word of ours',
    async (word) => {
      const metrics = new Metrics();
      metrics.gauge('tripoint_labelled', 'Labelled.', () => [{ value: 1, labels: { of: word } }]);
      await expect(metrics.text()).rejects.toThrow('a label is not a word of ours');
    },
  );

  it('have names of their own, which say what they are', () => {
    const metrics = new Metrics();
    metrics.gauge('tripoint_depth', 'Depth.', () => 1);
    for (const [kind, name] of [
      ['gauge', 'tripoint_depth'],
      ['gauge', 'depth'],
      ['gauge', 'tripoint_seen_total'],
      ['counter', 'tripoint_seen'],
    ] as const)
      expect(() => {
        metrics[kind](name, 'Wrong.', () => 1);
      }).toThrow('is not the name');
  });

  it('never tell of a moment that is still to come', () => {
    expect(secondsSince('2026-11-25T12:00:00.000Z', Date.UTC(2026, 10, 25, 12, 0, 30))).toBe(30);
    expect(secondsSince(5_000, 0)).toBe(0);
    expect(secondsSince(undefined, 0)).toBeUndefined();
  });
});
