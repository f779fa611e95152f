import { Injectable } from '@nestjs/common';
import { HubError } from '@tripoint/kernel';
import { Readiness } from '@tripoint/platform';
import { RecordedLog } from './recorded-log.js';

/** Until the log has been read and signed for, there is nothing to show and nobody is answered. */
@Injectable()
export class LogReadiness {
  constructor(readiness: Readiness, log: RecordedLog) {
    readiness.add('log', () => {
      if (!log.ready || log.checkpoint.note === '')
        throw new HubError('hub-starting', 'the log is being read', true);
    });
  }
}
