import { hex, regrant, sha256 } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type AgencyId, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { type NewToSign, type RecordedEntry } from '@tripoint/read-model';
import { type LeafRecord } from '@tripoint/replay';
import { type ProjectorOptions } from '../projector.options.js';
import { certificatesOf } from './accepted.js';
import { heldKey } from './held-key.js';
import { type VerifiedLine } from './verified-line.js';

/** What came with our own decision to hand something on. */
type Decided = {
  readonly leaf: Leaf;
  readonly records: readonly LeafRecord[];
  readonly granted?: VerifiedLine['granted'];
  /** Where it stands in the mailbox: where the keys have to be made again, it is asked for again. */
  readonly line: Pick<VerifiedLine, 'digest'> & { readonly number: number };
};

/**
 * Makes the keys that our own officer has decided to hand on, and asks for them to be signed for: only where the log allowed
 * it, at a leaf that stands under a signed checkpoint, to the subkey that the registry has for the grantee now, and of just
 * the session keys that the envelope commits to. Undefined for whatever hands nothing on.
 */
export const regrantWish = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  { exchange, recorded, facts }: RecordedEntry,
  { leaf, records, granted, line }: Decided,
): Promise<NewToSign | Refusal | undefined> => {
  const { release } = facts;
  const { type } = recorded.event;
  if ((type !== 'ReleaseGranted' && type !== 'ReleaseOffered') || release === undefined)
    return undefined;
  const { openpgp, journal } = projector;
  const allowed = new Set(
    records.flatMap((record) =>
      record.about === 'verdict' && record.verdict.allowed && record.verdict.question.grant
        ? [record.descriptor]
        : [],
    ),
  );
  // The officer is told by the submission why the rules would not have it.
  const wanted = release.descriptors.filter((descriptor) => allowed.has(descriptor));
  if (wanted.length === 0) return undefined;
  if (granted === undefined)
    return refuse('grant-without-its-object', 'what is to be handed on was not delivered');
  const kept = await journal.wraps(wanted);
  const [subkey] = kept.map((one) => one.subkey);
  const key = subkey && (await heldKey(projector, subkey));
  if (key === undefined) return refuse('no-key', 'no key of ours opens what is to be handed on');
  const wish = (body: object, to = ''): NewToSign => ({
    key: `grant:${recorded.id}:${to}`,
    kind: 'grant',
    exchange,
    item: recorded.event.item,
    body: { causation: recorded.id, grantee: release.agency, line, ...body },
  });
  const theirs = registry.latest.recipient(release.agency);
  // Nobody can sign for that; when the grantee has a key again, the keys are made.
  if (theirs === undefined) return wish({ wraps: [] });
  const { certificate, subkey: to } = theirs;

  const { part } = granted;
  if (sha256(part.header) !== granted.leaf.entry)
    return refuse('grant-of-something-else', 'what was delivered is not what the leaf stands for');
  const compartments = part.compartments.filter(({ descriptor }) =>
    wanted.includes(sha256(descriptor)),
  );
  const made = await regrant(
    openpgp,
    { ...part, compartments },
    new Map(kept.map(({ descriptor, wrap }) => [descriptor, wrap])),
    {
      certificatesOf: (issuer: AgencyId) => certificatesOf(registry, issuer),
      key,
      own: certificate.fingerprint,
    },
    theirs,
  );
  if (isRefusal(made)) return made;
  return wish(
    {
      subkey: to,
      certificate: certificate.fingerprint,
      header: made.header,
      verdict: leaf.index,
      wraps: made.wraps.map(({ descriptor, wrap }) => ({ descriptor, wrap: hex(wrap) })),
    },
    to,
  );
};
