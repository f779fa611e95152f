import { type ReactNode } from 'react';
import { type AudiencePart, type Submitted } from '../api/shapes';
import { type Draft } from './drafts';

/** Where what is written goes: into an exchange that is there, or, taken from what others said, into one of its own. */
export type Whence = { readonly exchange?: string; readonly derivedFrom?: readonly string[] };

/** One kind of thing that can be written: how it is asked for, and where it goes. */
export type Form<D extends { readonly to: string }> = {
  readonly kind: 'request' | 'contribution' | 'referral';
  readonly empty: D;
  /** Which kinds of agency it can go to. */
  readonly goesTo: (kind: string) => boolean;
  readonly fields: (draft: Draft<D>) => ReactNode;
  readonly marking: (draft: Draft<D>) => ReactNode;
  readonly preview: (draft: D, whence: Whence) => Promise<{ parts: AudiencePart[] }>;
  readonly seal: (draft: D, whence: Whence, key: string) => Promise<Submitted>;
};
