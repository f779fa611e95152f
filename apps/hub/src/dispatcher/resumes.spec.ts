import { beforeEach, describe, expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { Resumes } from './resumes.js';

const gr = 'gr-police' as AgencyId;
const bg = 'bg-border-police' as AgencyId;

describe('wishes to have a mailbox again', () => {
  let now: number;
  let resumes: Resumes;
  beforeEach(() => {
    now = 1_000_000;
    resumes = new Resumes(() => now);
  });

  it('are fulfilled at once, and once', () => {
    resumes.ask(gr, 7);
    expect(resumes.take()).toEqual([[gr, 7]]);
    expect(resumes.take()).toEqual([]);
  });

  it('are one for each agency: the newest', () => {
    for (const from of [0, 0, 12]) resumes.ask(gr, from);
    resumes.ask(bg, 3);
    expect(resumes.take()).toEqual([
      [gr, 12],
      [bg, 3],
    ]);
  });

  it('wait for what has been handed over, longer the more that was', () => {
    resumes.fulfilled(gr, 10_000);
    resumes.ask(gr, 0);
    now += 19_999;
    expect(resumes.take()).toEqual([]);
    resumes.ask(gr, 5);
    now += 1;
    expect(resumes.take()).toEqual([[gr, 5]]);
  });

  it('wait a moment even for little, and never for nothing', () => {
    resumes.fulfilled(gr, 1);
    resumes.fulfilled(bg, 0);
    resumes.ask(gr, 0);
    resumes.ask(bg, 0);
    expect(resumes.take()).toEqual([[bg, 0]]);
    now += 500;
    expect(resumes.take()).toEqual([[gr, 0]]);
  });

  it('wait no longer than a minute, however much it was', () => {
    resumes.fulfilled(gr, 10_000_000);
    resumes.ask(gr, 0);
    now += 60_000;
    expect(resumes.take()).toEqual([[gr, 0]]);
  });

  it('make nobody else wait', () => {
    resumes.fulfilled(gr, 10_000);
    resumes.ask(bg, 0);
    expect(resumes.take()).toEqual([[bg, 0]]);
  });

  it('stand where they could not be fulfilled, and wait', () => {
    resumes.failed(gr, 7);
    resumes.failed(bg, 3);
    resumes.ask(bg, 12);
    expect(resumes.take()).toEqual([]);
    now += 10_000;
    expect(resumes.take([bg])).toEqual([[gr, 7]]);
    expect(resumes.take()).toEqual([[bg, 12]]);
  });

  it('do not wait for a clock that was put back', () => {
    resumes.fulfilled(gr, 10_000);
    resumes.ask(gr, 0);
    now -= 86_400_000;
    expect(resumes.take()).toEqual([[gr, 0]]);
  });
});
