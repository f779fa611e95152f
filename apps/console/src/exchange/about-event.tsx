import { type ReactElement, type ReactNode } from 'react';
import { type Grantable, type Submitted, type TimelineEntry } from '../api/shapes';
import { type Draft } from '../compose/drafts';
import { SealForm, type SealHeaders } from './seal-form';
import { type Outcome } from './sealed';

/** The parts of an event that can go further, or be taken back: all that is held but the core. */
export const grantableOf = ({ compartments }: TimelineEntry): readonly Grantable[] =>
  compartments.filter((one): one is Grantable => one !== 'core');

/** Those that another agency can be given: where information came from is for nobody but its author. */
export const givableOf = (entry: TimelineEntry): readonly Grantable[] =>
  grantableOf(entry).filter((one) => one !== 'source');

/** A form about one event that was recorded, in place under it. */
export const AboutEvent = <T,>({
  entry,
  ...form
}: {
  readonly entry: TimelineEntry;
  readonly title: string;
  readonly about: string;
  readonly draft: Draft<T>;
  readonly seal: (headers: SealHeaders) => Promise<Submitted>;
  readonly onDone: (outcome: Outcome) => void;
  readonly children: ReactNode;
}): ReactElement => (
  <SealForm {...form} level="h4" changes={[['exchange', entry.exchange], ['proposals']]} />
);
