import { type Entrusted, parseEntrusted, SHARES_ENTRUSTED } from '@tripoint/custody';
import {
  type Entitled,
  formatEntitled,
  open,
  type OpenWith,
  parseDescriptor,
  parseEntitled,
  sha256,
} from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  isRefusal,
  type ItemId,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { custodianOf } from '@tripoint/policy';
import {
  type Delivery,
  type Journal,
  type JournalEntry,
  type KeptShare,
  type KeptWrap,
} from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';
import { certificatesOf } from './accepted.js';
import { isShare } from './entrusted.js';
import { heldKey, isRemade, subkeyOf } from './held-key.js';
import { type Granted } from './open-granted.js';
import { type VerifiedLine } from './verified-line.js';

/** A share that a custodian has handed to us; it is not known yet whether anybody ordered that. */
export type Handed = {
  /** At which that was said which it is a key of. */
  readonly leaf: Leaf;
  /** The share, and what it is a key of; the header's signature is verified, and of the rest the share. */
  readonly part: Entitled;
  readonly kept: { readonly share: KeptShare; readonly wrap: KeptWrap };
};

type GrantedPart = NonNullable<VerifiedLine['granted']>;

/** What of a part is given by a verdict: a share is, and what it is the key of only comes with it. */
export const handedIn = ({ part, digests }: GrantedPart): readonly Digest[] => {
  const shares = part.compartments.filter(isShare).map(({ descriptor }) => sha256(descriptor));
  return shares.length > 0 ? shares : digests;
};

/**
 * Takes a share that a custodian hands to us: its own, of the header that the earlier leaf stands for, by the wrap that its event
 * names. It is opened once, to see that it is one, and kept as it came. Undefined when it is gone by now.
 */
export const takeShare = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  { grant, part: { leaf, part }, wraps, allowed, erased }: Granted,
): Promise<Handed | Refusal | undefined> => {
  const fact = grant.facts.grant;
  const [share, ...others] = part.compartments.filter(isShare);
  if (fact?.agency !== projector.agency || share === undefined || others.length > 0)
    return refuse('grant-not-ours', 'something is handed on to us that is no share for us');
  if (
    fact.header !== leaf.entry ||
    sha256(part.header) !== leaf.entry ||
    sha256(part.signature) !== leaf.signature
  )
    return refuse('grant-of-something-else', 'the share is of another header than was delivered');
  const descriptor = sha256(share.descriptor);
  if (erased.has(descriptor)) return undefined;
  const named = fact.wraps.find((one) => one.descriptor === descriptor);
  const wrap = wraps.get(descriptor);
  if (named === undefined || !allowed.has(descriptor))
    return refuse('no-verdict', 'a share is handed over without a verdict that allows it');
  const subkey = wrap && subkeyOf(projector, [{ wrap }]);
  if (wrap === undefined || subkey === undefined)
    return refuse('wrap-missing', 'a share came without its wrap');
  if (sha256(wrap) !== named.wrap && !isRemade(registry, projector, subkey))
    return refuse('wrap-mismatch', 'the wrap is not the one that the custodian has made');
  const parsed = parseDescriptor(share.descriptor);
  if (isRefusal(parsed)) return parsed;
  if (custodianNamed(registry, parsed.name) !== grant.recorded.issuer)
    return refuse('share-not-by-custodian', 'a share is handed over by another than its custodian');
  const opened = await openShare(projector, registry, { part, share, wrap });
  if (isRefusal(opened)) return opened;
  const { event } = opened;
  const compartment = parsed.name;
  return {
    leaf,
    part,
    kept: {
      share: { descriptor, event, compartment, part: formatEntitled(part) },
      wrap: { descriptor, event, compartment, subkey, wrap },
    },
  };
};

/** Whose share lies in a compartment of this name. */
export const custodianNamed = (registry: RegistryCopy, name: string): AgencyId | undefined =>
  registry.latest.custody?.custodians[custodianOf(name)];

/** Nobody is addressed: it is the custodian's event that entitles. */
const NOBODY = '' as Fingerprint;

/** What a share says, which was handed to us by this wrap. A custodian controls the wrap, and cannot change what the author said. */
export const openShare = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  {
    part,
    share,
    wrap,
  }: {
    readonly part: Entitled;
    readonly share: Entitled['compartments'][number];
    readonly wrap: Uint8Array;
  },
): Promise<{ readonly event: EventId; readonly entrusted: Entrusted | undefined } | Refusal> => {
  const subkey = subkeyOf(projector, [{ wrap }]);
  const key = subkey && (await heldKey(projector, subkey));
  if (key === undefined) return refuse('no-key', 'no key of ours opens the share');
  const descriptor = sha256(share.descriptor);
  const using: OpenWith = {
    certificatesOf: (issuer) => certificatesOf(registry, issuer),
    key,
    own: NOBODY,
    granted: new Map([[descriptor, sha256(wrap)]]),
  };
  const alone = { ...part, compartments: [share] };
  const opened = await open(projector.openpgp, alone, new Map([[descriptor, wrap]]), using);
  if (isRefusal(opened)) {
    // What the author committed to is another key than the custodian's: no other copy would be any better.
    if (!BY_CUSTODIAN.has(opened.refused)) return opened;
    const header = await open(projector.openpgp, alone, new Map(), {
      ...using,
      erased: new Set([descriptor]),
    });
    return isRefusal(header) ? header : { event: header.header.id, entrusted: undefined };
  }
  const [one] = opened.compartments;
  one?.sessionKey.fill(0);
  const event = opened.header.id;
  return one?.frame.event.type === SHARES_ENTRUSTED
    ? { event, entrusted: parseEntrusted(one.frame.event.data) }
    : { event, entrusted: undefined };
};

const BY_CUSTODIAN: ReadonlySet<string> = new Set([
  'cannot-unwrap',
  'commitment-mismatch',
  'cannot-decrypt',
  'frame-malformed',
]);

/** An order to disclose, recorded before or in the same batch: the first of its item, which is the one that people see and the log counts. */
export const orderOf = async (
  journal: Pick<Journal, 'history'>,
  { exchange, item }: { readonly exchange: ExchangeId; readonly item: ItemId },
  before: readonly Delivery[],
): Promise<JournalEntry | undefined> => {
  const ordered = (one: JournalEntry): boolean =>
    one.exchange === exchange &&
    one.recorded.event.type === 'DisclosureOrdered' &&
    one.recorded.event.item === item;
  const held = (await journal.history(exchange)).entries.filter(ordered);
  // One of our own may still be without its leaf there, and come with it in this batch.
  return (
    held.find(({ recorded }) => recorded.leaf !== undefined) ??
    before.flatMap(({ entry }): readonly JournalEntry[] => (entry ? [entry] : [])).find(ordered) ??
    held[0]
  );
};

/** What was handed to us of an event's keys: without an opening, which only a custodian's own share has. */
export const handedShares = async (
  journal: Pick<Journal, 'shares'>,
  event: EventId,
  before: readonly Delivery[],
): Promise<readonly KeptShare[]> => {
  const all = [...(await journal.shares(event)), ...before.flatMap(({ shares }) => shares ?? [])];
  const known = new Map(
    all
      .filter((one) => one.event === event && ownPart(one) === undefined)
      .map((one) => [one.descriptor, one]),
  );
  return [...known.values()];
};

/** Our own part of an event of which we are entrusted with a share; undefined for what another has handed to us. */
export const ownPart = ({ part }: KeptShare): Entitled | undefined => {
  const parsed = parseEntitled(part);
  return !isRefusal(parsed) && parsed.compartments.every(({ opening }) => opening !== undefined)
    ? parsed
    : undefined;
};

/** The share's compartment, and those that came with it. */
export const compartmentsOf = ({
  part,
}: KeptShare): readonly { readonly descriptor: Digest; readonly compartment: string }[] => {
  const parsed = parseEntitled(part);
  return isRefusal(parsed)
    ? []
    : parsed.compartments.flatMap(({ descriptor }) => {
        const read = parseDescriptor(descriptor);
        return isRefusal(read) ? [] : [{ descriptor: sha256(descriptor), compartment: read.name }];
      });
};
