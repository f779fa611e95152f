#!/usr/bin/env node
import { connectionTo } from '@tripoint/adapters/engines';
import { readTrustAnchor, readTrustPolicy, readWhole } from '@tripoint/adapters/keys';
import { AgencyDatabase, OversightDatabase } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { HubError } from '@tripoint/kernel';
import {
  createApp,
  readBuiltConsole,
  runNode,
  secondsSince,
  unlessAway,
  watchClock,
} from '@tripoint/platform';
import { OversightModule, oversightProblems } from './oversight.module.js';
import { oversightSettings } from './oversight.settings.js';
import { LogWatch } from './watch/log-watch.js';
import { VerifiedLog } from './watch/verified-log.js';

await runNode({
  name: 'oversight',
  settings: oversightSettings,
  readFile: readWhole,
  start: async ({ settings, log, metrics, closing }) => {
    const { agency, host, port, hub, auditorToken } = settings;
    const anchor = await readTrustAnchor(settings.anchor);
    const database = new OversightDatabase(connectionTo(settings.database));
    closing(() => database.close());
    const accounts = new AgencyDatabase(connectionTo(settings.accounts));
    closing(() => accounts.close());
    await unlessAway(() => database.check());
    watchClock({ own: Date.now, other: () => database.clock() }, { log, metrics, closing });
    await unlessAway(() => accounts.check());

    const module = OversightModule.with({
      agency,
      anchor,
      openpgp: new OpenPgpJs(),
      hub,
      auditorToken,
      trustPolicy:
        settings.trustPolicy === undefined
          ? undefined
          : await readTrustPolicy(settings.trustPolicy),
      officers: accounts.officers,
      positions: database.positions,
      findings: database.findings,
      log,
      now: Date.now,
    });
    const app = await createApp(module, {
      name: 'oversight',
      host,
      port,
      log,
      problems: oversightProblems,
      openapi: {
        title: 'Tripoint oversight',
        description: 'The record, verified again from outside. Metadata and decisions; no content.',
        version: '0.1.0',
      },
      console: await readBuiltConsole(),
      checks: { database: () => database.check(), accounts: () => accounts.check() },
    });
    const watch = app.nest.get(LogWatch);
    app.readiness.add('hub', () => {
      if (!watch.hubAnswers) throw new HubError('hub-away', 'the hub does not answer', true);
    });
    metrics.gauge('tripoint_hub_answers', 'Whether the hub answers.', () =>
      watch.hubAnswers ? 1 : 0,
    );
    metrics.gauge('tripoint_log_sound', 'Whether nothing wrong was found with the log.', () =>
      watch.sound ? 1 : 0,
    );
    metrics.gauge(
      'tripoint_verified_size',
      'Leaves under the newest checkpoint that was recomputed.',
      () => watch.verified?.checkpoint.size,
    );
    metrics.gauge(
      'tripoint_witnessed_size',
      'Leaves under the newest checkpoint that a quorum of witnesses has cosigned.',
      () => watch.witnessed?.size,
    );
    metrics.gauge('tripoint_witnessed_age_seconds', 'Since that quorum was complete.', () =>
      secondsSince(watch.witnessed?.at, Date.now()),
    );
    const verified = app.nest.get(VerifiedLog);
    metrics.gauge(
      'tripoint_verified_leaf_age_seconds',
      'Since the newest leaf that was recomputed.',
      () => secondsSince(verified.rows.at(-1)?.at, Date.now()),
    );
    return app;
  },
});
