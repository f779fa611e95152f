import { isRefusal } from '@tripoint/kernel';
import { type Leaf, parseLeaf } from '@tripoint/ledger';
import {
  formatLogProof,
  leafHash,
  openLogProof,
  openWitnessed,
  type TrustPolicy,
  verifyConsistency,
  type VerifierKey,
} from '@tripoint/transparency';
import { formatConsistency, parseConsistency } from './consistency.js';
import { EvidenceFault } from './fault.js';
import { CHECKPOINT, CONSISTENCY, INCLUSION, LEAF } from './names.js';

/** A leaf, and the way from it to a checkpoint that a quorum of witnesses has cosigned. */
export type ProvedLeaf = {
  readonly leaf: Uint8Array;
  readonly index: number;
  /** Inclusion proof in the tree that the log had signed when it handed the leaf over. */
  readonly inclusion: readonly Uint8Array[];
  /** That tree's signed checkpoint. */
  readonly checkpoint: string;
  readonly size: number;
  /** The cosigned checkpoint, and that it continues the other. */
  readonly cosigned: { readonly note: string; readonly size: number };
  readonly consistency: readonly Uint8Array[];
};

/** The files that show it. */
export const leafFiles = (proved: ProvedLeaf): ReadonlyMap<string, Uint8Array> =>
  new Map([
    [LEAF, proved.leaf],
    [
      INCLUSION,
      formatLogProof({
        extra: null,
        index: proved.index,
        hashes: proved.inclusion,
        checkpoint: Buffer.from(proved.checkpoint),
      }),
    ],
    [
      CONSISTENCY,
      formatConsistency({
        from: proved.size,
        to: proved.cosigned.size,
        hashes: proved.consistency,
      }),
    ],
    [CHECKPOINT, Buffer.from(proved.cosigned.note)],
  ]);

/** Whose word is taken for it that the log is one. */
export type LogTrust = { readonly key: VerifierKey; readonly policy: TrustPolicy };

/** A leaf that is in the log. */
export type VerifiedLeaf = {
  readonly leaf: Leaf;
  /** The cosigned checkpoint's. */
  readonly size: number;
  /** When its quorum was complete, in seconds since 1970, as the witnesses claim; null when the policy asks for none. */
  readonly witnessed: number | null;
};

/** Verifies the files of {@link leafFiles} in `folder`. */
export const verifyLeafFiles = (
  folder: string,
  take: (name: string) => Uint8Array | EvidenceFault,
  { key, policy }: LogTrust,
): VerifiedLeaf | EvidenceFault => {
  const fault = (
    name: string,
    code: 'leaf-malformed' | 'not-in-log' | 'not-continued' | 'not-under-quorum',
    detail: string,
  ) => new EvidenceFault(`${folder}/${name}`, code, detail);
  const bytes = take(`${folder}/${LEAF}`);
  if (bytes instanceof EvidenceFault) return bytes;
  const leaf = parseLeaf(bytes);
  if (isRefusal(leaf)) return fault(LEAF, 'leaf-malformed', leaf.detail);
  const proof = take(`${folder}/${INCLUSION}`);
  if (proof instanceof EvidenceFault) return proof;
  const included = openLogProof(proof, leafHash(bytes), key);
  if (isRefusal(included)) return fault(INCLUSION, 'not-in-log', included.refused);
  if (included.index !== leaf.index || !folder.endsWith(`/${String(leaf.index).padStart(10, '0')}`))
    return fault(LEAF, 'not-in-log', 'the leaf stands for another number than its folder');

  const note = take(`${folder}/${CHECKPOINT}`);
  if (note instanceof EvidenceFault) return note;
  const cosigned = openWitnessed(note, policy);
  if (isRefusal(cosigned)) return fault(CHECKPOINT, 'not-under-quorum', cosigned.refused);
  if (cosigned.checkpoint.origin !== key.name)
    return fault(CHECKPOINT, 'not-under-quorum', 'the checkpoint is of another log');
  const continuing = take(`${folder}/${CONSISTENCY}`);
  if (continuing instanceof EvidenceFault) return continuing;
  const consistency = parseConsistency(continuing);
  if (isRefusal(consistency)) return fault(CONSISTENCY, 'not-continued', consistency.detail);
  const { size, root } = included.checkpoint;
  const continued =
    consistency.from === size &&
    consistency.to === cosigned.checkpoint.size &&
    verifyConsistency({
      from: size,
      fromRoot: root,
      to: cosigned.checkpoint.size,
      toRoot: cosigned.checkpoint.root,
      proof: consistency.hashes,
    });
  return continued
    ? { leaf, size: cosigned.checkpoint.size, witnessed: cosigned.time }
    : fault(CONSISTENCY, 'not-continued', 'the cosigned log does not continue the one of the leaf');
};
