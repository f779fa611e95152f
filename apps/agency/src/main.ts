#!/usr/bin/env node
import { connectionTo, openBus } from '@tripoint/adapters/engines';
import {
  FilePositionMark,
  FileSigningKeyring,
  readTrustAnchor,
  readTrustPolicy,
  readWhole,
} from '@tripoint/adapters/keys';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import {
  createApp,
  readBuiltConsole,
  runNode,
  secondsSince,
  unlessAway,
  watchClock,
} from '@tripoint/platform';
import { AgencyModule, agencyProblems } from './agency.module.js';
import { agencySettings } from './agency.settings.js';
import { CatchingUp } from './chain/catching-up.js';
import { ChainGuard } from './chain/chain-guard.js';
import { Freshness } from './chain/freshness.js';
import { RegisteredFederation } from './federation/registered-federation.js';

await runNode({
  name: 'agency',
  settings: agencySettings,
  readFile: readWhole,
  start: async ({ settings, log, metrics, traces, closing }) => {
    const { agency, title = agency, host, port, keys, keyPassphrase } = settings;
    const openpgp = new OpenPgpJs();
    const anchor = await readTrustAnchor(settings.anchor);
    const signing = await FileSigningKeyring.load(openpgp, keys, keyPassphrase);
    const database = new AgencyDatabase(connectionTo(settings.database));
    closing(() => database.close());
    const bus = openBus(settings.bus);
    closing(() => bus.close());
    await unlessAway(() => database.check());
    watchClock({ own: Date.now, other: () => database.clock() }, { log, metrics, closing });

    const { outbox, journal, views, reads, officers, changes, witnessed, courtFiles, remaking } =
      database;
    const module = AgencyModule.with({
      agency,
      anchor,
      openpgp,
      bus: bus.bus,
      outbox,
      journal,
      views,
      reads,
      officers,
      changes,
      witnessed,
      courtFiles,
      remaking,
      trustPolicy:
        settings.trustPolicy === undefined
          ? undefined
          : await readTrustPolicy(settings.trustPolicy),
      fourEyes: {
        commands: new Set(settings.fourEyes?.split(',')),
        proposals: database.proposals,
      },
      staleAfterSeconds: settings.staleAfterSeconds,
      mark: settings.mark === undefined ? undefined : new FilePositionMark(settings.mark, agency),
      waitForHubSeconds: settings.waitForHubSeconds,
      readRootEverySeconds: settings.readRootEverySeconds,
      signing,
      log,
      traces,
      now: Date.now,
    });
    const app = await createApp(module, {
      name: 'agency',
      host,
      port,
      log,
      traces,
      problems: agencyProblems,
      openapi: {
        title: `Tripoint: ${title}`,
        description:
          'An agency’s front door: requests, contributions, referrals and what they say.',
        version: '0.1.0',
      },
      console: await readBuiltConsole(),
      checks: {
        database: () => database.check(),
        bus: () => bus.bus.check(),
      },
    });
    const guard = app.nest.get(ChainGuard);
    const freshness = app.nest.get(Freshness);
    metrics.gauge('tripoint_witnessed_size', 'Leaves under a quorum of witnesses.', () =>
      witnessed.size(),
    );
    metrics.gauge('tripoint_witnessed_age_seconds', 'Since the newest quorum of witnesses.', () =>
      freshness.age(),
    );
    metrics.gauge('tripoint_unrecorded', 'Envelopes that have no leaf yet.', async () => {
      const { count } = await outbox.unrecorded();
      return count;
    });
    metrics.gauge(
      'tripoint_oldest_unrecorded_seconds',
      'Since the oldest of them was sealed.',
      async () => {
        const { oldest } = await outbox.unrecorded();
        return secondsSince(oldest, Date.now()) ?? 0;
      },
    );
    const federation = app.nest.get(RegisteredFederation);
    metrics.gauge(
      'tripoint_own_certificate_expires_seconds',
      'Until nothing more is accepted that this agency signs, where its certificate has a term; below 0 once it is over.',
      async () => {
        const { registry } = await federation.now();
        const expires = registry.certificateInForce(agency)?.expires;
        return expires === undefined ? undefined : (expires - Date.now()) / 1000;
      },
    );
    const catchingUp = app.nest.get(CatchingUp);
    metrics.gauge('tripoint_caught_up', 'Whether what is held is shown.', () =>
      ['whole', 'vouched'].includes(catchingUp.standing) ? 1 : 0,
    );
    metrics.gauge('tripoint_chain_confirmed', 'Whether the hub has confirmed the chain.', () =>
      guard.confirmed === undefined ? 0 : 1,
    );
    return app;
  },
});
