import { writeFileSync, writeSync } from 'node:fs';

/**
 * Says the totals of all projects once more, alone on the last line, where scripts and people look for them. Writes them with the
 * suites that failed to the file that TRIPOINT_OUTCOME names, for whoever runs those again.
 */
export default class TotalsReporter {
  onRunComplete(
    _contexts,
    {
      numPassedTests: passed,
      numFailedTests,
      numPendingTests,
      numTodoTests,
      numRuntimeErrorTestSuites,
      testResults,
    },
  ) {
    const skipped = numPendingTests + numTodoTests;
    // A suite that could not even be loaded has no tests to count, and must not look like a success.
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const file = process.env.TRIPOINT_OUTCOME;
    if (file !== undefined) {
      const suites = testResults
        .filter((suite) => suite.numFailingTests > 0 || suite.testExecError)
        .map((suite) => ({
          project: suite.displayName?.name,
          path: suite.testFilePath,
          passed: suite.numPassingTests,
          failed: suite.testResults
            .filter(({ status }) => status === 'failed')
            .map(({ fullName }) => fullName),
        }));
      writeFileSync(file, JSON.stringify({ passed, failed, skipped, suites }));
    }
    const line = totalsLine({ passed, failed, skipped });
    // Straight to the descriptor: whoever forces the process to end closes the stream before this.
    process.once('exit', () => writeSync(1, `${line}\n`));
  }

  getLastError() {
    return undefined;
  }
}

export const totalsLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
