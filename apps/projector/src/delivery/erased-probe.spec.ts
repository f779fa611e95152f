import { describe, expect, it } from '@jest/globals';
import { ErasedProbe } from './erased-probe.js';

describe('a probe for what was erased', () => {
  let now = 1_000;
  const passes = (seconds: number): void => {
    now += seconds * 1000;
  };
  const probing = (from: bigint | undefined, everySeconds?: number): ErasedProbe =>
    new ErasedProbe({ erasedFrom: () => Promise.resolve(from) }, () => now, everySeconds);

  it('asks soon after a start, and then once a day', async () => {
    const probe = probing(7n);
    expect(await probe.look()).toBeUndefined();
    passes(600);
    expect(await probe.look()).toBe(7n);
    expect(await probe.look()).toBeUndefined();
    passes(86_399);
    expect(await probe.look()).toBeUndefined();
    passes(1);
    expect(await probe.look()).toBe(7n);
  });

  it('asks as often as it is told to', async () => {
    const probe = probing(0n, 10);
    passes(10);
    expect(await probe.look()).toBe(0n);
    passes(10);
    expect(await probe.look()).toBe(0n);
  });

  it('asks for nothing where nothing was forgotten, and looks again when it is due', async () => {
    const probe = probing(undefined);
    passes(600);
    expect(await probe.look()).toBeUndefined();
  });
});
