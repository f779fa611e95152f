import { type AgencyId, type ExchangeId, type ItemId } from '@tripoint/kernel';

/** What others were given, or have to do, because of what an agency said at one leaf. */
export type Resting = {
  readonly leaf: number;
  /** A release is a grant that was decided and not carried out. */
  readonly what: 'grant' | 'release' | 'order' | 'recall' | 'erasure';
  readonly item: ItemId | undefined;
  readonly exchange: ExchangeId;
  /** To whom, from whom; nobody alone where all have to forget. */
  readonly concerns: AgencyId | undefined;
  /** It has ended, or everybody has done what it asks for. */
  readonly over: boolean;
};

/** Who is to say whether an agency said something at a leaf that is asked about. */
export type Asked = (agency: AgencyId | undefined, leaf: number) => boolean;

export const inOrderOfLeaf = (all: readonly Resting[]): readonly Resting[] =>
  all.toSorted((a, b) => a.leaf - b.leaf);
