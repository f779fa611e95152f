import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenPgpJs } from '@tripoint/envelope';
import { certificateText, destructionClaim, type StatementBody } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Fingerprint,
  type Instant,
} from '@tripoint/kernel';
import { REGISTRY_CHAIN } from '@tripoint/ledger';
import { entryOf, LittleFederation, LittleLog, type MemberName } from './testing/index.js';
import { verifyLog } from './verify-log.js';

const at = '2026-02-01T00:00:00.000Z' as Instant;
const KEPT = 600;

let federation: LittleFederation;
let openpgp: OpenPgpJs;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found();
  ({ openpgp } = federation);
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const id = (member: MemberName): AgencyId => federation.member(member).id;

/** Something that `by` says to `to`, and its descriptor. */
const told = async (by: MemberName, to: MemberName): Promise<Digest> => {
  const sealed = await log.seal({
    by,
    exchange: randomUUID() as ExchangeId,
    family: 'contribution',
    parts: [
      {
        compartment: 'core',
        to: [by, to],
        facts: {
          opens: true,
          item: randomUUID(),
          admits: [{ agency: id(to), compartments: ['core'] }],
        },
      },
    ],
  });
  await log.record(federation.member(by).chain, entryOf(sealed.container));
  return sealed.compartments[0]!.descriptorDigest;
};

const epochsOf = (member: MemberName): readonly Fingerprint[] =>
  log.state.registry.epochs(id(member)).map(({ subkey }) => subkey);
const rotate = async (member: MemberName): Promise<void> => {
  const { certificate } = await openpgp.addEncryptionSubkey(federation.member(member).files, at);
  const body = { kind: 'certificate-rotated', agency: id(member) } as const;
  await log.statement({ ...body, certificate: certificateText(certificate) });
};
const retire = (member: MemberName, subkey: Fingerprint): Promise<unknown> =>
  log.statement({ kind: 'epoch-retired', agency: id(member), subkey, keepSeconds: KEPT });
const destroyed = async (member: MemberName, subkey: Fingerprint): Promise<StatementBody> => {
  const agency = id(member);
  const { signing } = federation.member(member);
  const of = { federation: federation.anchor.federation, agency, subkey };
  const claim = await destructionClaim(openpgp, of, signing);
  return { kind: 'epoch-destroyed', agency, subkey, claim };
};

describe('epochs in the log', () => {
  it('say to what a key can have been wrapped, and shredded is what no key is left to', async () => {
    const core = await told('bg-gdbop', 'gr-police');
    const gone = log.state.size - 1;
    const [bulgarian, greek] = [epochsOf('bg-gdbop')[0]!, epochsOf('gr-police')[0]!];
    await rotate('gr-police');
    const held = (until?: number) =>
      log.state
        .wrapped(core, until)
        .map(({ agency, epochs }) => [agency, epochs.map(({ subkey }) => subkey)]);
    expect(held(gone)).toEqual([
      ['bg-gdbop', [bulgarian]],
      ['gr-police', [greek]],
    ]);
    // Not deleted before the next epoch came: it may have been made to that one as well.
    expect(held()).toEqual([
      ['bg-gdbop', [bulgarian]],
      ['gr-police', [greek, epochsOf('gr-police')[1]]],
    ]);

    await retire('gr-police', greek);
    log.pass(KEPT);
    await log.statement(await destroyed('gr-police', greek));
    expect(log.state.isShredded(core, gone)).toBe(false);
    await rotate('bg-gdbop');
    await retire('bg-gdbop', bulgarian);
    log.pass(KEPT);
    await log.statement(await destroyed('bg-gdbop', bulgarian));
    expect(log.state.isShredded(core, gone)).toBe(true);
    expect(log.state.isShredded(core, log.state.size - 1)).toBe(false);
    expect(log.state.isShredded('0'.repeat(64) as Digest, gone)).toBe(false);
    const { fault } = await verifyLog(await log.served(), federation.anchor, openpgp);
    expect(fault).toBeNull();
  });

  it('count whom it was denied as well: a wrap for them was made', async () => {
    const core = await told('bg-gdbop', 'tr-customs');
    expect(log.state.said(core)).toMatchObject({ denied: [] });
    const exchange = randomUUID() as ExchangeId;
    const sealed = await log.seal({
      by: 'bg-gdbop',
      exchange,
      family: 'contribution',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'gr-police'],
          facts: { opens: true, item: randomUUID() },
        },
      ],
    });
    await log.record(federation.member('bg-gdbop').chain, entryOf(sealed.container));
    const { descriptorDigest } = sealed.compartments[0]!;
    expect(log.state.said(descriptorDigest)).toMatchObject({
      holders: ['bg-gdbop'],
      denied: ['gr-police'],
    });
    expect(log.state.wrapped(descriptorDigest).map(({ agency }) => agency)).toEqual([
      'bg-gdbop',
      'gr-police',
    ]);
  });

  it('are kept for their time, by the log’s own', async () => {
    const [greek] = epochsOf('gr-police') as [Fingerprint];
    await rotate('gr-police');
    await retire('gr-police', greek);
    log.pass(KEPT - 1);
    const body = await destroyed('gr-police', greek);
    const entry = await federation.statement(log.state.registry, body, at);
    expect(log.state.tooEarly(entry, log.time)).toMatchObject({ refused: 'epoch-kept' });
    const sourced = { chain: REGISTRY_CHAIN, revision: log.state.registry.next.seq, entry };
    const judged = (time: number) =>
      log.state.judge(sourced, time, () => Promise.resolve(undefined));
    expect(await judged(log.time)).toMatchObject({ kind: 'rejected', code: 'epoch-kept' });
    expect(await judged(log.time + 1000)).toMatchObject({ kind: 'registry', code: null });
    expect(log.state.tooEarly(entry, log.time + 1000)).toBeUndefined();
  });
});
