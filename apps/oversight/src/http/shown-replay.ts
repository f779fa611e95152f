import { type ReplayedDecisionResponse, type RulesOfTheDayResponse } from '@tripoint/contracts';
import { type ActivePolicy } from '@tripoint/federation';
import { HubError, isRefusal } from '@tripoint/kernel';
import { type Bundle, cedarFiles, loadBundle } from '@tripoint/policy';
import { type ReplayedDecision } from '@tripoint/replay';

/** A leaf decided again, with all that somebody else needs in order to do so without Tripoint. */
export const shownReplay = ({
  index,
  agrees,
  rules,
  verdicts,
  report: { fault },
}: ReplayedDecision): ReplayedDecisionResponse => {
  const bundle = rules && loaded(rules);
  return {
    index: `${index}`,
    agrees,
    decided: verdicts.flatMap(({ again, descriptor, agency, recipient, verdict }) =>
      again === null ? [] : [{ descriptor, agency, recipient, verdict }],
    ),
    verdicts:
      bundle === undefined
        ? []
        : verdicts.map(({ descriptor, agency, recipient, verdict, inputs, ...texts }) => {
            const files = cedarFiles(bundle, verdict.question);
            const { recorded, again, equal } = texts;
            return {
              descriptor,
              certificate: agency,
              ...(recipient === undefined ? {} : { recipient }),
              inputs: [...inputs],
              ...(recorded === null ? {} : { recorded }),
              ...(again === null ? {} : { again }),
              equal,
              request: files['request.json'],
              entities: files['entities.json'],
            };
          }),
    ...(rules !== undefined && bundle !== undefined && { rules: rulesOf(rules, bundle) }),
    ...(fault !== null && {
      fault: `${fault.index === null ? '' : `leaf ${fault.index}: `}${fault.code}: ${fault.detail}`,
    }),
  };
};

const rulesOf = (
  { digest }: ActivePolicy,
  { policies, schema }: Bundle,
): RulesOfTheDayResponse => ({ bundle: digest, policies, schema });

/** They were in force: the log let them be. */
const loaded = ({ bytes }: ActivePolicy): Bundle => {
  const bundle = loadBundle(bytes);
  if (isRefusal(bundle))
    throw new HubError('log-inconsistent', 'rules in force are refused', false);
  return bundle;
};
