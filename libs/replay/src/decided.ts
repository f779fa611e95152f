import { type AgencyId, type Digest, type Fingerprint } from '@tripoint/kernel';
import { type Verdict } from '@tripoint/policy';

/** What was decided for one recipient of one compartment. */
export type Decided = {
  readonly descriptor: Digest;
  readonly agency: Fingerprint;
  readonly recipient: AgencyId;
  readonly verdict: Verdict;
};
