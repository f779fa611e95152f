import { type Digest, isDigest } from '@tripoint/kernel';

/** What the frame of a custodian's compartment says it is. */
export const SHARES_ENTRUSTED = 'SharesEntrusted';

/** What one custodian is entrusted with of one event: a share of each key that is in custody. */
export type Entrusted = {
  /** How many shares it takes. */
  readonly threshold: number;
  /** How many there are. */
  readonly count: number;
  readonly shares: readonly { readonly descriptor: Digest; readonly share: Uint8Array }[];
};

type Content = {
  readonly threshold: number;
  readonly count: number;
  readonly shares: readonly (readonly [string, Uint8Array])[];
};

export const entrustedContent = ({ threshold, count, shares }: Entrusted): Content => ({
  threshold,
  count,
  shares: shares.map(({ descriptor, share }) => [descriptor, share] as const),
});

const MOST_CUSTODIANS = 8;
/** A session key and the place of the share. */
const SHARE_LENGTH = 33;

/** Reads what an author entrusted, who controls it. The inverse of {@link entrustedContent}; undefined when it is anything else. */
export const parseEntrusted = (value: unknown): Entrusted | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { threshold, count, shares, ...others } = value as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0 || !isCount(threshold, count) || !isCount(count))
    return undefined;
  if (!Array.isArray(shares) || shares.length === 0 || shares.length > 16) return undefined;
  const read: { descriptor: Digest; share: Uint8Array }[] = [];
  for (const pair of shares as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [descriptor, share] = pair as unknown[];
    if (!isDigest(descriptor) || !(share instanceof Uint8Array) || share.length !== SHARE_LENGTH)
      return undefined;
    read.push({ descriptor, share });
  }
  return { threshold, count, shares: read };
};

const isCount = (value: unknown, most: unknown = MOST_CUSTODIANS): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 2 && value <= Number(most);
