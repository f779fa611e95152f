import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accepted } from '@tripoint/envelope/testing';
import { certificateText, type StatementBody } from '@tripoint/federation';
import { parseLeaf, parseLogEntry } from '@tripoint/ledger';
import { type ExchangeId, type Instant } from '@tripoint/kernel';
import { entryOf, LittleFederation, LittleLog } from './testing/index.js';
import { verifyLog } from './verify-log.js';
import { signerOf } from './verify-source.js';

const countFrom = (name: string, otherwise: number): number =>
  Number(process.env[name] ?? otherwise);
/** Signatures of each kind, dated to when the key was good. */
const BACK_DATED = countFrom('TRIPOINT_BACK_DATED', 3);
const WHO = 'bg-gdbop';

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found();
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const said = (by: typeof WHO | 'gr-police' = WHO) => ({
  by,
  exchange: randomUUID() as ExchangeId,
  family: 'contribution',
  parts: [{ compartment: 'core', to: [by], facts: { opens: true, item: randomUUID() } }],
});
const some = async (): Promise<number[]> => {
  const leaves: number[] = [];
  for (let count = 0; count < BACK_DATED; count += 1) {
    leaves.push(await log.event(said()));
    // What others say meanwhile is in nobody's doubt.
    await log.event(said('gr-police'));
  }
  leaves.push(await log.void(WHO));
  return leaves;
};
const verified = async (): Promise<readonly (number | string)[]> => {
  const { fault, inDoubt } = await verifyLog(
    await log.served(),
    federation.anchor,
    federation.openpgp,
  );
  expect(fault).toBeNull();
  expect(inDoubt).toEqual(log.state.inDoubt());
  const doubts = log.state.doubts();
  expect(
    doubts.flatMap(({ leaves, attested }) => leaves.filter((one) => !attested.includes(one))),
  ).toEqual(inDoubt.flatMap(({ leaves }) => leaves));
  return inDoubt.flatMap(({ agency, leaves }): readonly (number | string)[] =>
    agency === WHO ? leaves : [agency, ...leaves],
  );
};
/** How the log judges, now, what the key signs with the date of `time`. */
const backDated = async (time: number): Promise<string | null> => {
  const now = log.time;
  log.time = time;
  const sealed = await log.seal(said());
  log.time = now;
  const { chain } = federation.member(WHO);
  const { seq: revision } = log.place(federation.member(WHO));
  const entry = entryOf(sealed.container);
  const judged = await log.state.judge({ chain, revision, entry }, now, (it, registry) =>
    signerOf(federation.openpgp, it, registry),
  );
  return judged.code;
};

/** A hub that records what the key signs now rejects it with the code, and one that lets it pass instead is found out. */
const rejectedInTheLog = async (code: string): Promise<void> => {
  const { chain } = federation.member(WHO);
  const { container } = await log.seal(said());
  const index = await log.record(chain, entryOf(container));
  const rejected = await log.served();
  expect(
    accepted(parseLeaf(accepted(parseLogEntry(rejected.handed[index]!.entry)).leaf)).code,
  ).toBe(code);
  expect(await verifyLog(rejected, federation.anchor, federation.openpgp)).toMatchObject({
    fault: null,
    leaves: { rejected: 1 },
  });
  const next = entryOf((await log.seal(said())).container);
  const passed = await log.record(chain, next, (judged) => ({
    ...judged,
    kind: 'event',
    code: null,
  }));
  const { fault } = await verifyLog(await log.served(), federation.anchor, federation.openpgp);
  expect(fault).toMatchObject({ index: passed, code: 'kind-differs' });
};

describe('a key’s life, judged at the index', () => {
  it.each<[string, (since: number) => Promise<StatementBody>, 'none' | 'since' | 'all', string]>([
    [
      'superseded by another certificate',
      async () => {
        const at = '2026-02-01T00:00:00.000Z' as Instant;
        const { certificate } = await federation.openpgp.generate({ name: 'next', at });
        const agency = federation.member(WHO).id;
        return {
          kind: 'certificate-rotated',
          agency,
          certificate: certificateText(
            accepted(await federation.openpgp.certificate(certificate)).bytes,
          ),
        };
      },
      'none',
      'issuer-superseded',
    ],
    [
      'revoked as superseded',
      () => Promise.resolve(revoked({ reason: 'superseded' })),
      'none',
      'issuer-superseded',
    ],
    [
      'revoked as compromised since C',
      (since) => Promise.resolve(revoked({ reason: 'compromised', since })),
      'since',
      'issuer-revoked',
    ],
    [
      'revoked for no known reason',
      () => Promise.resolve(revoked({ reason: 'unknown' })),
      'all',
      'issuer-revoked',
    ],
  ])('that is %s', async (_how, statement, doubted, code) => {
    const began = log.time;
    const before = await some();
    log.pass(60);
    const since = log.state.size;
    const after = await some();
    log.pass(60);
    expect(await verified()).toEqual([]);
    await log.statement(await statement(since));
    // The very next leaf: nothing more is taken, whatever date it bears, and no checkpoint lies in between.
    for (let count = 0; count < BACK_DATED; count += 1)
      for (const time of [began, log.time - 30_000, log.time])
        expect(await backDated(time)).toBe(code);
    const expected = { none: [], since: after, all: [...before, ...after] }[doubted];
    expect(await verified()).toEqual(expected);

    const [first = 0, ...others] = expected;
    const agency = federation.member(WHO).id;
    if (expected.length === 0) {
      await rejectedInTheLog(code);
      return;
    }
    await log.statement({ kind: 'history-attested', agency, from: first, through: first });
    expect(await verified()).toEqual(others);
    const through = others.at(-1) ?? first;
    await log.statement({ kind: 'history-attested', agency, from: first, through });
    expect(await verified()).toEqual([]);
    // Out of doubt is not in force.
    expect(await backDated(log.time)).toBe(code);
    await rejectedInTheLog(code);
  });

  it.each<[string, (() => StatementBody) | undefined, string | null]>([
    ['of which nothing else is said', undefined, 'issuer-expired'],
    ['that was renewed in time', () => renewed(600), null],
    ['that was superseded in time', () => revoked({ reason: 'superseded' }), 'issuer-superseded'],
    ['that was revoked in time', () => revoked({ reason: 'unknown' }), 'issuer-revoked'],
  ])('whose term comes to its end, %s', async (_how, statement, code) => {
    await log.statement(renewed(300));
    const began = log.time;
    const before = await some();
    log.pass(240);
    if (statement !== undefined) await log.statement(statement());
    if (code === null || code === 'issuer-expired') await some();
    // What was logged before stays good, and no time that a signature claims makes up for the end of the term.
    log.pass(60);
    for (let count = 0; count < BACK_DATED; count += 1)
      for (const time of [began, log.time - 30_000, log.time])
        expect(await backDated(time)).toBe(code);
    expect(await verified()).toEqual(code === 'issuer-revoked' ? before : []);
    if (code === null) {
      await some();
      log.pass(600);
      expect(await verified()).toEqual([]);
    }
    await rejectedInTheLog(code ?? 'issuer-expired');
  });
});

/** The certificate in force, good for so many seconds from now. */
const renewed = (seconds: number): StatementBody => {
  const { id, recipient } = federation.member(WHO);
  return {
    kind: 'certificate-rotated',
    agency: id,
    certificate: certificateText(recipient.certificate.bytes),
    expires: new Date(log.time + seconds * 1000).toISOString() as Instant,
  };
};

const revoked = (
  how:
    | { readonly reason: 'superseded' | 'unknown' }
    | { readonly reason: 'compromised'; readonly since: number },
): StatementBody => ({
  kind: 'certificate-revoked',
  fingerprint: federation.member(WHO).fingerprint,
  ...how,
});
