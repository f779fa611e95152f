import { type ReactNode } from 'react';
import { type AudiencePart, type Submitted } from '../api/shapes';
import { type Draft } from './drafts';

/** One kind of thing that can be written: how it is asked for, and where it goes. */
export type Form<D extends { readonly to: string }> = {
  readonly kind: 'request' | 'contribution' | 'referral';
  readonly empty: D;
  /** Which kinds of agency it can go to. */
  readonly goesTo: (kind: string) => boolean;
  readonly fields: (draft: Draft<D>) => ReactNode;
  readonly marking: (draft: Draft<D>) => ReactNode;
  readonly preview: (draft: D, exchange: string | undefined) => Promise<{ parts: AudiencePart[] }>;
  readonly seal: (draft: D, exchange: string | undefined, key: string) => Promise<Submitted>;
};
