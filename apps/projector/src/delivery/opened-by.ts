import { parseHeader, sha256 } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type Digest, isRefusal } from '@tripoint/kernel';
import { type Journal, type KeptShare } from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';
import { isShare } from './entrusted.js';
import { compartmentsOf, openShare, ownPart } from './handed-shares.js';
import { heldKey } from './held-key.js';

/**
 * Whether a share is of no more use by orders to forget these: its own compartment, or all that it is a share of the keys of. Of what
 * is not known to be all, nothing goes.
 */
export const isCovered = (share: KeptShare, ordered: ReadonlySet<Digest>): boolean => {
  const opens =
    ownPart(share) === undefined
      ? compartmentsOf(share).flatMap(({ descriptor }) =>
          descriptor === share.descriptor ? [] : [descriptor],
        )
      : share.opens;
  return (
    ordered.has(share.descriptor) || opens?.every((descriptor) => ordered.has(descriptor)) === true
  );
};

/** A share with what it opens: of one that was kept before that was written down, its frame says so as long as our key is there. */
export const withOpens = async (
  projector: ProjectorOptions & { readonly journal: Pick<Journal, 'wraps'> },
  registry: RegistryCopy,
  kept: KeptShare,
): Promise<KeptShare> => {
  const part = ownPart(kept);
  const share = part?.compartments.find(
    (one) => isShare(one) && sha256(one.descriptor) === kept.descriptor,
  );
  if (kept.opens !== undefined || part === undefined || share === undefined) return kept;
  for (const { subkey, wrap } of await projector.journal.wraps([kept.descriptor])) {
    if ((await heldKey(projector, subkey)) === undefined) continue;
    const opened = await openShare(projector, registry, { part, share, wrap });
    if (isRefusal(opened) || opened.entrusted === undefined) continue;
    const { shares } = opened.entrusted;
    for (const one of shares) one.share.fill(0);
    const header = parseHeader(part.header);
    const named = isRefusal(header) ? [] : header.compartments;
    const opens = shares.flatMap(({ descriptor }) =>
      named.includes(descriptor) ? [descriptor] : [],
    );
    return { ...kept, opens };
  }
  return kept;
};
