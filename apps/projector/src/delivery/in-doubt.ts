import { parseChainEntry } from '@tripoint/envelope';
import { parseStatement, type Registry } from '@tripoint/federation';
import { isRefusal } from '@tripoint/kernel';
import { type Doubted, type NewFinding } from '@tripoint/read-model';

/** A statement that was taken, and the registry that it led to. */
type Taken = {
  readonly bytes: Uint8Array;
  readonly leaf: number;
  readonly registry: Registry;
  /** The newest leaf that was taken before it, where that is a later one. */
  readonly behind: number | undefined;
};

/** What of that which was taken before a statement can no longer be believed, and what is its author's own word again. */
export const doubtedBy = ({
  bytes,
  leaf,
  registry,
  behind,
}: Taken): { readonly doubted?: readonly Doubted[]; readonly attested?: readonly Doubted[] } => {
  const entry = parseChainEntry(bytes);
  const body =
    isRefusal(entry) || entry.kind !== 'statement' ? undefined : parseStatement(entry.body);
  if (body === undefined || isRefusal(body)) return {};
  if (body.kind === 'history-attested') {
    const { agency, from, through } = body;
    return { attested: [{ agency, from, through }] };
  }
  if (body.kind === 'certificate-rotated' || body.kind === 'agency-suspended')
    return { doubted: keptBack({ agency: body.agency, leaf, behind }) };
  if (body.kind !== 'certificate-revoked') return {};
  const owner = registry.ownerOfKey(body.fingerprint);
  const lost = registry
    .doubtedCertificates()
    .filter(({ keys }) => keys.includes(body.fingerprint))
    .map(({ agency, since, until }) => ({ agency, from: since, through: until - 1 }));
  const after = owner === undefined ? [] : keptBack({ agency: owner, leaf, behind });
  return { doubted: [...lost, ...after] };
};

/** What came before a statement that it follows was taken by keys, and of agencies, that were good no more. */
const keptBack = ({
  agency,
  leaf,
  behind,
}: {
  readonly agency: Doubted['agency'];
  readonly leaf: number;
  readonly behind: number | undefined;
}): readonly Doubted[] =>
  behind === undefined ? [] : [{ agency, from: leaf + 1, through: behind }];

/** An event that comes when it is known already that its author’s key may have been in other hands. */
export const IN_DOUBT: NewFinding = {
  code: 'word-in-doubt',
  detail: 'it was said with a key that may have been in other hands',
};
