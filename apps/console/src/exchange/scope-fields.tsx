import { type ReactElement } from 'react';
import { type Grantable, type TimelineEntry } from '../api/shapes';
import { MomentInput } from '../ui/dated';
import { grantableOf } from './about-event';
import { PartChecks } from './event-fields';

/** Which parts of an event something is about, and until when; nothing chosen means all that may be chosen. */
export type Scope = { readonly parts: readonly Grantable[]; readonly until: string };

export const partsOf = (
  { parts }: Pick<Scope, 'parts'>,
  entry: TimelineEntry,
  among = grantableOf(entry),
): readonly Grantable[] => (parts.length === 0 ? among : parts);

export const ScopeFields = ({
  entry,
  value,
  change,
  until,
  among = grantableOf(entry),
}: {
  readonly entry: TimelineEntry;
  readonly among?: readonly Grantable[];
  readonly value: Scope;
  readonly change: (next: Partial<Scope>) => void;
  readonly until: { readonly label: string; readonly hint: string };
}): ReactElement => (
  <>
    <PartChecks
      among={among}
      value={partsOf(value, entry, among)}
      onChange={(parts) => {
        change({ parts });
      }}
    />
    <MomentInput
      {...until}
      value={value.until}
      onChange={(next) => {
        change({ until: next });
      }}
    />
  </>
);
