import { hex, regrant } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type AgencyId, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { type Delivery, type JournalEntry, type NewToSign } from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';
import { certificatesOf } from './accepted.js';
import { orderOf, ownPart } from './handed-shares.js';
import { heldKey } from './held-key.js';
import { CLOCKS_DIFFER } from '@tripoint/replay';

/** No order is good for longer than a day. */
const LONGEST = 24 * 60 * 60 * 1000;

/**
 * Makes the key to our share that our own officer lets go, and asks for it to be signed for: only for whom an order in the log names,
 * by whoever may give one, and of just the key that the author committed to. Undefined for whatever lets nothing go.
 */
export const shareWish = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  { entry }: { readonly entry?: JournalEntry },
  before: readonly Delivery[],
): Promise<NewToSign | Refusal | undefined> => {
  const { agency, journal, openpgp } = projector;
  if (entry?.recorded.event.type !== 'ShareApproved' || entry.recorded.issuer !== agency)
    return undefined;
  const { exchange, recorded } = entry;
  const { item } = recorded.event;
  const order = await orderOf(journal, { exchange, item }, before);
  const ordered = order?.facts.order;
  const leaf = order?.recorded.leaf;
  if (order === undefined || ordered === undefined || leaf === undefined)
    return refuse('share-without-order', 'no order is held that names the share');
  const { issuer } = order.recorded;
  const mayOrder =
    registry.latest.agency(issuer)?.kind === 'OVERSIGHT' ||
    (ordered.emergency && ordered.agency === issuer);
  // A hub that sets the log's time ahead makes a long order look like a short one.
  const from = Math.min(Date.parse(leaf.time), projector.now() + CLOCKS_DIFFER);
  if (!mayOrder || Date.parse(ordered.until) - from > LONGEST)
    return refuse(
      'share-without-order',
      'the order is by somebody who may not give it, or too long',
    );

  const shares = [
    ...(await journal.shares(ordered.event)),
    ...before.flatMap((one) => one.shares ?? []).filter((one) => one.event === ordered.event),
  ];
  const own = shares.find((one) => ownPart(one) !== undefined);
  const part = own && ownPart(own);
  if (own === undefined || part === undefined)
    return refuse('share-not-kept', 'no share of its keys is kept here');
  const [kept] = [
    ...(await journal.wraps([own.descriptor])),
    ...before
      .flatMap(({ wraps }) => wraps ?? [])
      .filter(({ descriptor }) => descriptor === own.descriptor),
  ];
  const key = kept && (await heldKey(projector, kept.subkey));
  if (kept === undefined || key === undefined)
    return refuse('no-key', 'no key of ours opens the share');
  const wish = (body: object, to = ''): NewToSign => ({
    key: `share:${recorded.id}:${to}`,
    kind: 'share',
    exchange,
    item,
    body: { causation: recorded.id, grantee: ordered.agency, ...body },
  });
  const theirs = registry.latest.recipient(ordered.agency);
  // Nobody can sign for that; when who is to have the share has a key again, it is made.
  if (theirs === undefined) return wish({ wraps: [] });
  const { certificate, subkey: to } = theirs;
  const made = await regrant(
    openpgp,
    part,
    new Map([[own.descriptor, kept.wrap]]),
    {
      certificatesOf: (author: AgencyId) => certificatesOf(registry, author),
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
