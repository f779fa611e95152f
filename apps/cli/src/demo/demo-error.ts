import { HubError } from '@tripoint/kernel';

/** The demo cannot go on. What was seen wrongly is no error: it is counted and shown. */
export class DemoError extends HubError {
  constructor(
    code:
      | 'not-running'
      | 'demo-file-unusable'
      | 'no-such-actor'
      | 'unexpected-answer'
      | 'too-late'
      | 'database-unreachable',
    message: string,
    options?: ErrorOptions,
  ) {
    super(code, message, code === 'not-running' || code === 'database-unreachable', options);
  }
}
