// Where several workers share the tests, the longest specs begin first, so that no worker is left alone with one at the end. A fresh
// checkout has no times of earlier runs to go by, and the size of a file says little about how long it takes.
import Sequencer from '@jest/test-sequencer';

const LONGEST = [
  'gates/kill-at-every-hop.e2e.spec.ts',
  'system/processes.kafka.spec.ts',
  'kafka/src/faults.kafka.spec.ts',
  'system/system.e2e.spec.ts',
];

const rank = ({ path }) => {
  const at = LONGEST.findIndex((end) => path.endsWith(end));
  return at === -1 ? LONGEST.length : at;
};

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
}
