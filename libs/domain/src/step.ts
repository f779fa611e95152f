import { refuse, type AgencyId, type Refusal } from '@tripoint/kernel';

/** One move of a workflow: who makes it, and from where. */
export type Step<Status extends string> = {
  readonly by: 'from' | 'to' | 'either';
  readonly when: readonly Status[];
};

/** Why an agency may not make a move, now or at all. */
export type StepRefusal = Refusal<
  | 'not-status-party'
  | 'not-the-issuing-party'
  | 'not-the-receiving-party'
  | 'not-the-provider'
  | 'not-the-grantee'
  | 'status-does-not-allow'
  | 'already-answered-in-part'
  | 'delay-does-not-add-up'
  | 'referrer-learns-outcome-only'
>;

type Parties = { readonly from: AgencyId; readonly to: AgencyId };

/** Whether the move is this agency's to make. */
export const partyRefusal = (
  { by }: Pick<Step<never>, 'by'>,
  { from, to }: Parties,
  agency: AgencyId,
): StepRefusal | undefined => {
  if (agency !== from && agency !== to)
    return refuse('not-status-party', 'only the two parties of an item decide on its status');
  if (by === 'from' && agency !== from)
    return refuse('not-the-issuing-party', 'only the agency that issued the item does this');
  if (by === 'to' && agency !== to)
    return refuse('not-the-receiving-party', 'only the agency that the item went to does this');
  return undefined;
};

/** Whether the move is this agency's to make, and its turn has come. */
export const stepRefusal = <Status extends string>(
  step: Step<Status>,
  state: Parties & { readonly status: Status },
  agency: AgencyId,
): StepRefusal | undefined =>
  partyRefusal(step, state, agency) ??
  (step.when.includes(state.status)
    ? undefined
    : refuse('status-does-not-allow', `the item is ${state.status}`));
