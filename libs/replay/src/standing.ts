import { type AgencyId, type Digest, isRefusal } from '@tripoint/kernel';
import { judge, loadBundle, NeedToKnow } from '@tripoint/policy';
import { type LogState } from './log-state.js';

/** How one agency stands to one compartment of one event, as of the newest folded leaf. */
export type Standing = {
  readonly agency: AgencyId;
  /** Whether it may hold it: it was given it, and nobody has taken that back. */
  readonly couldSee: boolean;
  readonly how:
    'given' | 'granted' | 'disclosed' | 'denied' | 'not-addressed' | 'recalled' | 'erased';
  /** It is suspended or has left: it keeps what it holds, and is given nothing more. */
  readonly suspended: boolean;
  /** The sentence of what decides. For who was not addressed: that of the rules, had it been, as they and the exchange stand now. */
  readonly because: string;
};

/**
 * How every agency of the registry stands to a descriptor as of the newest folded leaf; undefined where nothing like it was
 * said by then. By the log alone: a holder that was suspended since still has what it was given before, and is said to be suspended.
 */
export const standingsOf = (
  state: LogState,
  descriptor: Digest,
): readonly Standing[] | undefined => {
  const said = state.said(descriptor);
  const active = state.registry.policyBundle();
  const bundle = active && loadBundle(active.bytes);
  if (said === undefined || bundle === undefined || isRefusal(bundle)) return undefined;
  const agencies = [...state.registry.agencies()].map(({ id }) => id).sort();
  const { exchange: stream, issuer, compartment, classification, handling, derivedFrom } = said;
  const now = judge(new NeedToKnow(bundle), {
    stream,
    // What follows needs no family: only receipts are told to who takes no part.
    family: 'contribution',
    issuer,
    parts: [
      {
        compartment,
        classification,
        handling,
        facts: derivedFrom.length === 0 ? {} : { derivedFrom },
        recipients: agencies,
      },
    ],
    membership: state.membership(stream),
    agency: (id) => state.attributes(id),
    pair: (a, b) => state.registry.pair(a, b),
    source: (digest) => state.said(digest),
    isGone: (digest, holder) => state.isGone(digest, holder),
  });
  const erased = state.isErased(descriptor);
  return now.map(({ recipient: agency, verdict: { allowed, because } }): Standing => {
    const wasGiven = said.holders.includes(agency);
    const isGranted = state.holdsByGrant(agency, descriptor);
    const disclosed = state.opensByDisclosure(agency, descriptor);
    const stood = (how: Standing['how'], why: string): Standing => ({
      agency,
      couldSee: how === 'given' || how === 'granted' || how === 'disclosed',
      how,
      suspended: state.attributes(agency)?.active === false,
      because: why,
    });
    if (erased && (wasGiven || isGranted || disclosed !== undefined))
      return stood('erased', 'it was to be forgotten everywhere');
    // Custodians disclose what its provider has taken back as well: whoever reads it by that is not said to read it no more.
    if (disclosed !== undefined)
      return stood(
        'disclosed',
        `enough custodians have handed over their shares, as was ordered at leaf ${disclosed.leaf}`,
      );
    if (state.isRecalled(descriptor, agency))
      return stood('recalled', 'its provider has taken it back');
    if (wasGiven) return stood('given', `it was given at leaf ${said.leaf}`);
    if (isGranted) return stood('granted', 'its provider has handed it on, for a time');
    if (said.denied.includes(agency)) return stood('denied', because);
    return stood(
      'not-addressed',
      allowed ? 'nothing would keep it from it, and its author did not address it' : because,
    );
  });
};
