import { describe, expect, it } from '@jest/globals';
import { canonical, type JsonObject } from '@tripoint/envelope';
import { type Digest, type Fingerprint, isRefusal } from '@tripoint/kernel';
import { firstBundle, NeedToKnow } from '@tripoint/policy';
import { aQuestion } from '@tripoint/policy/testing';
import { formatRecord, type LeafRecord, parseRecord } from './records.js';

const verdict = new NeedToKnow(firstBundle()).decide(aQuestion);
const record: LeafRecord = {
  about: 'verdict',
  descriptor: 'cd'.repeat(32) as Digest,
  agency: 'ab'.repeat(32) as Fingerprint,
  verdict,
};

describe('the record of a verdict', () => {
  it('has the canonical bytes of all that it says, whoever it is for', () => {
    for (const agency of ['ab', '01'].map((byte) => byte.repeat(32) as Fingerprint)) {
      const bytes = formatRecord({ ...record, agency });
      const said = { ...record, agency, verdict: { v: 1, ...verdict } };
      expect(bytes).toEqual(canonical(said));
      expect(parseRecord(bytes)).toEqual({ ...record, agency });
      expect(isRefusal(parseRecord(bytes.slice(0, -1)))).toBe(true);
      expect(isRefusal(parseRecord(Uint8Array.of(...bytes, 0x20)))).toBe(true);
      expect(isRefusal(parseRecord(bytes.with(30, 0x41)))).toBe(true);
    }
  });

  it('is nothing else than what is written', () => {
    const said = { ...record, verdict: { v: 1, ...verdict } };
    for (const other of [
      { ...said, verdict },
      { ...said, verdict: { ...said.verdict, v: 2 } },
      { ...said, verdict: { ...said.verdict, also: 1 } },
      { ...said, also: 1 },
    ])
      expect(isRefusal(parseRecord(canonical(other as unknown as JsonObject)))).toBe(true);
  });
});
