import { beforeAll, describe, expect, it } from '@jest/globals';
import { OpenPgpJs } from '@tripoint/envelope';
import { accepted } from '@tripoint/envelope/testing';
import { formatDelivery, parseDelivery } from '@tripoint/ledger';
import { type ShownDelivery, type ShownLine, verifyDelivered } from './delivered.js';
import { EvidenceFault } from './fault.js';
import { type LittleDelivery, littleDelivery } from './testing/index.js';

let little: LittleDelivery;
beforeAll(async () => {
  little = await littleDelivery();
}, 60_000);

const outcome = async (it: ShownDelivery, of = little) => {
  const believed = { anchor: of.federation.anchor, policy: of.policy };
  const verified = await verifyDelivered(it, believed, new OpenPgpJs());
  return verified instanceof EvidenceFault ? [verified.file, verified.code] : verified;
};

const changed = (
  line: ShownLine,
  change: (delivery: Extract<ReturnType<typeof parseDelivery>, { kind: 'entry' }>) => object,
): ShownLine => {
  const delivery = accepted(parseDelivery(line.delivery));
  if (delivery.kind !== 'entry') throw new Error('a line was made');
  return { ...line, delivery: formatDelivery({ ...delivery, ...change(delivery) }) };
};

describe('a proof of delivery', () => {
  it('shows who was to have something, who has signed that it came, and at which leaf', async () => {
    const gr = little.federation.member('gr-police').id;
    expect(await outcome(little.shown)).toMatchObject({
      issuer: little.federation.member('bg-gdbop').id,
      leaf: { index: little.at.said },
      named: [gr],
      proven: [{ agency: gr, leaf: little.at.proof }],
      witnessed: true,
    });
    const bare = { ...little.shown, said: { delivery: little.shown.said.delivery } };
    expect(
      await verifyDelivered(bare, { anchor: little.federation.anchor }, new OpenPgpJs()),
    ).toMatchObject({ witnessed: false });
  });

  it.each([
    ['bg-gdbop', 'said', { doubted: true, proven: [{ doubted: false }] }],
    ['gr-police', 'proof', { doubted: false, proven: [{ doubted: true }] }],
  ] as const)('says that the word of %s is in doubt', async (agency, at, expected) => {
    const lost = await littleDelivery((log, leaves) =>
      log.statement({
        kind: 'certificate-revoked',
        fingerprint: log.federation.member(agency).fingerprint,
        reason: 'compromised',
        since: leaves[at],
      }),
    );
    expect(await outcome(lost.shown, lost)).toMatchObject(expected);
    expect(await outcome(little.shown)).toMatchObject({
      doubted: false,
      proven: [{ doubted: false }],
    });
  });

  it.each<[string, (it: ShownDelivery) => ShownDelivery, readonly [string, string]]>([
    [
      'of what was signed before it was said',
      (it) => ({ ...it, proofs: [little.lineOf(little.at.before)] }),
      ['proofs/0', 'leaf-differs'],
    ],
    [
      'by somebody who was to have nothing of it',
      (it) => ({ ...it, proofs: [little.lineOf(little.at.stranger)] }),
      ['proofs/0', 'no-verdict'],
    ],
    [
      'by a leaf of another kind',
      (it) => ({ ...it, proofs: [it.said] }),
      ['proofs/0', 'leaf-differs'],
    ],
    [
      'of which the registry leaves a statement out',
      (it) => ({ ...it, statements: it.statements.slice(1) }),
      ['statements/0', 'statement-refused'],
    ],
    [
      'whose leaf is in no tree',
      (it) => ({ ...it, said: changed(it.said, ({ proof: path }) => ({ proof: path.slice(1) })) }),
      ['said', 'not-in-log'],
    ],
    [
      'with the verdicts of another leaf',
      (it) => ({
        ...it,
        said: changed(it.said, ({ records }) => ({
          records: records.map((one) => ({ ...one, salt: new Uint8Array(32) })),
        })),
      }),
      ['said', 'record-not-committed'],
    ],
    [
      'that no witness has seen',
      (it) => ({ ...it, said: { delivery: it.said.delivery } }),
      ['said', 'not-under-quorum'],
    ],
    [
      'that what was cosigned does not continue',
      (it) => ({
        ...it,
        said: { ...it.said, cosigned: { ...it.said.cosigned!, hashes: [new Uint8Array(32)] } },
      }),
      ['said', 'not-continued'],
    ],
  ])('is none %s', async (_how, change, fault) => {
    expect(await outcome(change(little.shown))).toEqual(fault);
  });
});
