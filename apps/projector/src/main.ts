#!/usr/bin/env node
import { connectionTo, openBus } from '@tripoint/adapters/engines';
import {
  FileDecryptionKeyring,
  readTrustAnchor,
  readTrustPolicy,
  readWhole,
} from '@tripoint/adapters/keys';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { HubError } from '@tripoint/kernel';
import {
  createApp,
  keepScrubbed,
  runNode,
  secondsSince,
  unlessAway,
  watchClock,
} from '@tripoint/platform';
import { Projector } from './projector.js';
import { ProjectorModule } from './projector.module.js';
import { projectorSettings } from './projector.settings.js';

await runNode({
  name: 'projector',
  settings: projectorSettings,
  readFile: readWhole,
  start: async ({ settings, log, metrics, traces, closing }) => {
    const { agency, host, port, keys, keyPassphrase } = settings;
    const openpgp = new OpenPgpJs();
    const anchor = await readTrustAnchor(settings.anchor);
    const opening = await FileDecryptionKeyring.load(openpgp, keys, keyPassphrase);
    const database = new AgencyDatabase(connectionTo(settings.database));
    closing(() => database.close());
    const bus = openBus(settings.bus);
    closing(() => bus.close());
    await unlessAway(() => database.check());
    watchClock({ own: Date.now, other: () => database.clock() }, { log, metrics, closing });

    keepScrubbed({
      role: `agency ${agency}`,
      scrub: (options) => database.scrub(options),
      everySeconds: settings.scrubEverySeconds,
      log,
      closing,
    });
    const { courtFiles, journal, remaking, views, witnessed } = database;
    const module = ProjectorModule.with({
      agency,
      anchor,
      openpgp,
      bus: bus.bus,
      journal,
      views,
      witnessed,
      courtFiles,
      remaking,
      trustPolicy:
        settings.trustPolicy === undefined
          ? undefined
          : await readTrustPolicy(settings.trustPolicy),
      keyFor: (subkey) => opening.keyFor(subkey),
      drop: (subkey) => opening.drop(subkey),
      backupDays: settings.backupDays,
      probeEverySeconds: settings.probeEverySeconds,
      log,
      traces,
      now: Date.now,
    });
    // Nobody but whoever watches over the process has anything to ask here.
    const app = await createApp(module, {
      name: 'projector',
      host,
      port,
      log,
      traces,
      openapi: {
        title: `Tripoint projector of ${agency}`,
        description: 'Whether it runs. What it opens is shown by the agency’s front door.',
        version: '0.1.0',
      },
      checks: {
        database: () => database.check(),
        bus: () => bus.bus.check(),
      },
    });
    const projector = app.nest.get(Projector);
    app.readiness.add('heads', () => {
      if (projector.isWithheld)
        throw new HubError('mailbox-withheld', 'the hub keeps something back', true);
    });
    app.readiness.add('time', () => {
      if (projector.isAhead)
        throw new HubError('leaf-time-ahead', 'the time of the log has not come yet', true);
    });
    app.readiness.add('mailbox', () => {
      if (!projector.isComplete)
        throw new HubError('mailbox-gap', 'something of the mailbox has not come yet', true);
    });
    metrics.gauge('tripoint_mailbox_complete', 'Whether nothing is known to be missing.', () =>
      projector.isComplete ? 1 : 0,
    );
    metrics.gauge('tripoint_mailbox_next', 'The number of the line that comes next.', async () =>
      Number((await journal.position()).next),
    );
    metrics.gauge(
      'tripoint_leaf_time_ahead_seconds',
      'Of the newest leaf that was taken, ahead of this machine’s clock; less than 0 behind it.',
      () => projector.leafAheadSeconds,
    );
    metrics.gauge(
      'tripoint_projected_leaf_age_seconds',
      'Since the newest leaf that was taken.',
      async () => secondsSince((await journal.position()).leaf?.time, Date.now()),
    );
    return app;
  },
});
