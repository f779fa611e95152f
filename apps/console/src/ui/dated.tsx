import { type ReactElement, Suspense } from 'react';
import type { Dated } from './date-field';
import { lazily } from './lazily';

// Calendars are heavy, and most screens have none.
const DateField = lazily(() => import('./date-field'), 'DateField');

const Field = (about: Dated & { readonly withTime: boolean }): ReactElement => (
  <Suspense
    fallback={
      <div className="field">
        <span className="field-label">{about.label}</span>
        <div className="date" />
      </div>
    }
  >
    <DateField {...about} />
  </Suspense>
);

/** A day. */
export const DayInput = (about: Dated): ReactElement => <Field {...about} withTime={false} />;

/** A date and a time of this machine's clock, not before now. */
export const MomentInput = (about: Dated): ReactElement => <Field {...about} withTime />;
