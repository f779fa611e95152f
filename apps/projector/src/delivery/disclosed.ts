import { joinKey } from '@tripoint/custody';
import { join, type ProvenKey } from '@tripoint/domain';
import {
  type Descriptor,
  examine,
  type Entitled,
  type Frame,
  hex,
  isKeyOf,
  openBody,
  parseDescriptor,
  parseEntitled,
  sha256,
} from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type Digest, type Fingerprint, isRefusal, type Refusal } from '@tripoint/kernel';
import {
  type Delivery,
  type KeptWrap,
  type NewFinding,
  type NewToSign,
  type RecordedEntry,
} from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';
import { acceptedAt, certificatesOf, journalEntry } from './accepted.js';
import { isOrderOverByDoubt } from './doubted-orders.js';
import { isShare } from './entrusted.js';
import { custodianNamed, type Handed, handedShares, openShare, orderOf } from './handed-shares.js';
import { shareWish } from './share-wish.js';

type Followed = Delivery & { readonly handed?: Handed };

/** A share, and what the custodian's wrap of it opens. */
type Collected = {
  readonly holder: string;
  readonly threshold: number;
  readonly shares: ReadonlyMap<Digest, Uint8Array>;
};

const NOBODY = '' as Fingerprint;

/**
 * What lines mean only together with others: the officer of a custodian has let its share go, which the order before it names; and
 * shares of others that were handed to us, which open something as soon as there are enough of them.
 */
export const withDisclosed = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  deliveries: readonly Followed[],
): Promise<readonly Delivery[]> => {
  const whole: Delivery[] = [];
  for (const { handed, ...delivery } of deliveries) {
    if (handed !== undefined) {
      whole.push(await disclosed(projector, registry, { delivery, handed, before: whole }));
      continue;
    }
    const wish = await shareWish(projector, registry, delivery, whole);
    if (wish === undefined) whole.push(delivery);
    else if (isRefusal(wish)) whole.push(found(delivery, [findingOf(wish, delivery)]));
    else whole.push({ ...delivery, toSign: [...(delivery.toSign ?? []), wish] });
  }
  return whole;
};

const found = (delivery: Delivery, findings: readonly NewFinding[]): Delivery => ({
  ...delivery,
  findings: [...(delivery.findings ?? []), ...findings],
});

const findingOf = ({ refused: code, detail }: Refusal, { entry }: Delivery): NewFinding => ({
  code,
  detail,
  ...(entry === undefined ? {} : { event: entry.recorded.id }),
});

type Arriving = {
  readonly delivery: Delivery;
  readonly handed: Handed;
  readonly before: readonly Delivery[];
};

const disclosed = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  { delivery, handed, before }: Arriving,
): Promise<Delivery> => {
  const { journal } = projector;
  const { descriptor, event } = handed.kept.share;
  const fact = delivery.entry?.facts.grant;
  const order = delivery.entry && (await orderOf(journal, itemOf(delivery.entry), before));
  const ordered = order?.facts.order;
  const { leaf } = await journal.position();
  // The log lets no share through that no order names: a hub that does so all the same is found out, and nothing is opened.
  if (
    fact === undefined ||
    ordered?.agency !== projector.agency ||
    ordered.event !== event ||
    ordered.until !== fact.until ||
    order?.recorded.leaf?.index !== fact.verdict
  )
    return withoutShare(delivery, descriptor, [
      { code: 'share-without-order', detail: 'a share came that nobody has ordered', event },
    ]);
  const over =
    (leaf !== undefined && ordered.until <= leaf.time) ||
    isOrderOverByDoubt(order, registry, delivery.leaf.index);
  if (over) return withoutShare(delivery, descriptor, []);

  const shares = await handedShares(journal, event, [...before, delivery]);
  const kept = [
    ...(await journal.wraps(shares.map((one) => one.descriptor))),
    ...[...before, delivery].flatMap(({ wraps }) => wraps ?? []),
  ];
  const collected: Collected[] = [];
  const findings: NewFinding[] = [];
  for (const { descriptor: digest, compartment, part: bytes } of shares) {
    const holder = custodianNamed(registry, compartment) ?? compartment;
    const one = await collect(projector, registry, { digest, bytes, kept });
    if (one !== undefined) collected.push({ holder, ...one });
    else if (digest === descriptor) findings.push(wrongShare(holder, event));
  }
  const names = ordered.compartments as readonly string[];
  const isDrill = ordered.ground === 'DRILL';
  const opened = await joined(projector, registry, { handed, collected, names, isDrill });
  if (isRefusal(opened)) return found(delivery, [...findings, findingOf(opened, delivery)]);
  const proof =
    opened?.proves.length === 0 ? undefined : opened && provenBy(delivery, opened.proves);
  const whole = {
    ...delivery,
    ...(opened?.entry === undefined ? {} : { granted: opened.entry }),
    ...(proof === undefined ? {} : { toSign: [...(delivery.toSign ?? []), proof] }),
  };
  return found(whole, [
    ...findings,
    ...(opened?.wrong ?? []).map((holder) => wrongShare(holder, event)),
  ]);
};

/** The keys of noise are nobody's secret: shown in the log, they show that the shares have given them. */
const provenBy = ({ entry }: Delivery, proves: readonly ProvenKey[]): NewToSign | undefined => {
  if (entry === undefined) return undefined;
  const { exchange, item } = itemOf(entry);
  const body = { command: 'ProveDrill', data: { proves } };
  return { key: `drill:${item}`, kind: 'receipt', exchange, item, body };
};

const itemOf = ({ exchange, recorded }: RecordedEntry) => ({ exchange, item: recorded.event.item });

const wrongShare = (holder: string, event: NewFinding['event']): NewFinding => ({
  code: 'share-wrong',
  detail: `what ${holder} has handed over is no share of the key`,
  ...(event === undefined ? {} : { event }),
});

const withoutShare = (
  delivery: Delivery,
  descriptor: Digest,
  findings: readonly NewFinding[],
): Delivery =>
  found(
    {
      ...delivery,
      shares: (delivery.shares ?? []).filter((one) => one.descriptor !== descriptor),
      wraps: (delivery.wraps ?? []).filter((one) => one.descriptor !== descriptor),
    },
    findings,
  );

const collect = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  {
    digest,
    bytes,
    kept,
  }: {
    readonly digest: Digest;
    readonly bytes: Uint8Array;
    readonly kept: readonly KeptWrap[];
  },
): Promise<Omit<Collected, 'holder'> | undefined> => {
  const part = parseEntitled(bytes);
  if (isRefusal(part)) return undefined;
  const share = part.compartments.find((one) => sha256(one.descriptor) === digest);
  const wrap = kept.findLast((one) => one.descriptor === digest)?.wrap;
  if (share === undefined || wrap === undefined) return undefined;
  const opened = await openShare(projector, registry, { part, share, wrap });
  if (isRefusal(opened) || opened.entrusted === undefined) return undefined;
  const { threshold, shares } = opened.entrusted;
  return {
    threshold,
    shares: new Map(shares.map((one) => [one.descriptor, one.share])),
  };
};

type Joining = {
  readonly handed: Handed;
  readonly collected: readonly Collected[];
  /** Of the compartments that were ordered. */
  readonly names: readonly string[];
  /** What is opened is noise. */
  readonly isDrill: boolean;
};

/** What the shares open of what they are the keys of; nothing while there are too few. */
const joined = async (
  { openpgp }: ProjectorOptions,
  registry: RegistryCopy,
  { handed: { leaf, part }, collected, names, isDrill }: Joining,
): Promise<
  | {
      readonly entry: RecordedEntry | undefined;
      readonly wrong: readonly string[];
      readonly proves: readonly ProvenKey[];
    }
  | Refusal
  | undefined
> => {
  const locked: Entitled = {
    ...part,
    compartments: part.compartments.filter((one) => !isShare(one)),
  };
  const digests = locked.compartments.map(({ descriptor }) => sha256(descriptor));
  const examined = await examine(openpgp, locked, new Map(), {
    certificatesOf: (issuer) => certificatesOf(registry, issuer),
    own: NOBODY,
    erased: new Set(digests),
  });
  if (isRefusal(examined)) return examined;
  const { header } = examined;
  const opened: {
    readonly digest: Digest;
    readonly descriptor: Descriptor;
    readonly frame: Frame;
  }[] = [];
  const wrong = new Set<string>();
  const proves: ProvenKey[] = [];
  for (const { descriptor: bytes, body } of locked.compartments) {
    const digest = sha256(bytes);
    const descriptor = parseDescriptor(bytes);
    if (isRefusal(descriptor)) return descriptor;
    const held = collected.flatMap(({ holder, shares }) => {
      const share = shares.get(digest);
      return share === undefined ? [] : [{ holder, share }];
    });
    const threshold = Math.max(2, ...collected.map((one) => one.threshold));
    if (!names.includes(descriptor.name) || held.length < threshold) continue;
    const key = await joinKey(held, threshold, (one) => isKeyOf(header, descriptor, one));
    if (isRefusal(key)) return key;
    for (const holder of key.wrong) wrong.add(holder);
    if (isDrill) proves.push({ descriptor: digest, key: hex(key.key) });
    const frame = await openBody(openpgp, header, descriptor, body, key.key);
    key.key.fill(0);
    if (isRefusal(frame)) return frame;
    opened.push({ digest, descriptor, frame });
  }
  if (opened.length === 0) return undefined;
  if (!acceptedAt(registry, examined, leaf))
    return {
      refused: 'signer-not-accepted',
      detail: 'the key that signed was not good at this leaf',
    };
  const event = join(
    opened.map(({ descriptor, frame }) => ({
      compartment: descriptor.name,
      content: frame.event.data,
    })),
  );
  const entry = journalEntry(
    { event, officer: undefined, header, compartments: opened },
    leaf,
    false,
  );
  return isRefusal(entry)
    ? entry
    : {
        entry,
        wrong: [...wrong],
        proves: proves.toSorted((a, b) => (a.descriptor < b.descriptor ? -1 : 1)),
      };
};
