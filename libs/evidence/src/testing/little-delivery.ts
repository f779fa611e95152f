// What an author shows of a delivery, from a small, real log, with a witness.
import { randomUUID } from 'node:crypto';
import { entitle, formatEntitled, parseChainEntry } from '@tripoint/envelope';
import { accepted } from '@tripoint/envelope/testing';
import { type ExchangeId } from '@tripoint/kernel';
import { formatDelivery, parseLeaf, parseLogEntry } from '@tripoint/ledger';
import { LittleFederation, LittleLog } from '@tripoint/replay/testing';
import {
  Cosigner,
  generateNoteKey,
  parseVerifierKey,
  signNote,
  type TrustPolicy,
} from '@tripoint/transparency';
import { type ShownDelivery, type ShownLine } from '../delivered.js';

/** What bg has said to gr, and what gr has signed since. */
export type LittleDelivery = {
  readonly federation: LittleFederation;
  readonly policy: TrustPolicy;
  readonly shown: ShownDelivery;
  /** The leaves of both, of what gr had signed before, and of what tr has signed, to whom nothing was said. */
  readonly at: {
    readonly said: number;
    readonly proof: number;
    readonly before: number;
    readonly stranger: number;
  };
  readonly lineOf: (index: number) => ShownLine;
};

/** `later` says what came after all that is shown. */
export const littleDelivery = async (
  later: (
    log: LittleLog,
    at: Pick<LittleDelivery['at'], 'said' | 'proof'>,
  ) => Promise<unknown> = () => Promise.resolve(),
): Promise<LittleDelivery> => {
  const federation = await LittleFederation.found();
  const log = await LittleLog.begin(federation);
  const speak = () =>
    log.event({
      by: 'bg-gdbop',
      exchange: randomUUID() as ExchangeId,
      family: 'contribution',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'gr-police'],
          facts: {
            opens: true,
            item: randomUUID(),
            admits: [{ agency: federation.member('gr-police').id, compartments: ['core'] }],
          },
        },
      ],
    });
  await speak();
  await log.heads();
  const before = await log.countersign('gr-police');
  const said = await speak();
  await log.heads();
  const proof = await log.countersign('gr-police');
  const stranger = await log.countersign('tr-customs');
  await later(log, { said, proof });
  const served = await log.served();
  const witness = Cosigner.fromPem(
    'w',
    generateNoteKey('w', 'cosignature-v1').privateKeyPem,
    () => new Date(),
  );
  const signed = Buffer.from(served.note).toString();
  const [body = ''] = signed.split('\n\n');
  const [, cosignature = ''] = (await signNote(`${body}\n`, [witness])).toString().split('\n\n');
  const note = signed + cosignature;
  const lineOf = (index: number): ShownLine => {
    const handed = log.handed[index];
    if (handed === undefined) throw new Error('no such leaf');
    const { leaf, records } = accepted(parseLogEntry(handed.entry));
    const source = handed.source && accepted(parseChainEntry(handed.source));
    return {
      delivery: formatDelivery({
        kind: 'entry',
        mailbox: new Uint8Array([1]),
        leaf,
        proof: served.tree.inclusionProof(index),
        checkpoint: Buffer.from(served.note).toString(),
        source:
          source?.kind === 'event'
            ? formatEntitled(entitle(source, [], federation.member('bg-gdbop').fingerprint))
            : handed.source,
        origin: null,
        wraps: [],
        erased: [],
        granted: null,
        records,
      }),
      cosigned: { note, hashes: [] },
    };
  };
  const statements = log.handed.flatMap(({ entry }, index) => {
    const { kind } = accepted(parseLeaf(accepted(parseLogEntry(entry)).leaf));
    return kind === 'registry' || kind === 'policy' ? [lineOf(index)] : [];
  });
  return {
    federation,
    policy: {
      logs: [{ key: accepted(parseVerifierKey(federation.anchor.log.vkey)), url: null }],
      witnesses: [{ name: 'w', key: witness.verifierKey, url: null }],
      groups: [],
      quorum: 'w',
    },
    shown: { said: lineOf(said), statements, proofs: [lineOf(proof)] },
    at: { said, proof, before, stranger },
    lineOf,
  };
};
