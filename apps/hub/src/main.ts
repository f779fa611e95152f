#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { connectionTo, openBus, openLedger } from '@tripoint/adapters/engines';
import {
  FileSigningKeyring,
  loadLogKey,
  readTrustAnchor,
  readTrustPolicy,
  readWhole,
} from '@tripoint/adapters/keys';
import { HubDatabase, scrub } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { createApp, keepScrubbed, runNode, unlessAway, watchClock } from '@tripoint/platform';
import { HubModule, hubProblems } from './hub.module.js';
import { measureHub } from './hub.metrics.js';
import { hubSettings } from './hub.settings.js';

await runNode({
  name: 'hub',
  settings: hubSettings,
  readFile: readWhole,
  start: async ({ settings, log, metrics, traces, closing }) => {
    const { host, port, keys, keyPassphrase, logKey, auditorToken } = settings;
    const openpgp = new OpenPgpJs();
    const anchor = await readTrustAnchor(settings.anchor);
    const hubSigning = await FileSigningKeyring.load(openpgp, keys, keyPassphrase);
    const noteSigner = await loadLogKey(logKey);
    const database = new HubDatabase(connectionTo(settings.database));
    closing(() => database.close());
    const ledger = openLedger(settings.ledger);
    closing(() => ledger.close());
    const bus = openBus(settings.bus);
    closing(() => bus.close());
    await unlessAway(() => database.check());
    watchClock({ own: Date.now, other: () => database.clock() }, { log, metrics, closing });

    const ended = new AbortController();
    const retaining = bus.retain(ended.signal);
    closing(async () => {
      ended.abort();
      await retaining;
    });
    const everySeconds = settings.scrubEverySeconds;
    const scrubbing = { everySeconds, log, closing };
    keepScrubbed({ ...scrubbing, role: 'hub', scrub: (options) => database.scrub(options) });
    const { bus: broker } = settings;
    if (broker.kind === 'postgres') {
      const brokerAt = connectionTo({ ...broker, kind: 'postgres' });
      keepScrubbed({
        ...scrubbing,
        role: 'bus',
        scrub: (options) => scrub(brokerAt, 'bus', options),
      });
    }
    const { vault, quarantine, positions, lease } = database;
    const module = HubModule.with({
      openpgp,
      anchor,
      ledger: ledger.ledger,
      bus: bus.bus,
      vault,
      quarantine,
      positions,
      lease,
      holder: `${hostname()} ${randomUUID()}`,
      leaseSeconds: settings.leaseSeconds,
      noteSigner,
      trustPolicy:
        settings.trustPolicy === undefined
          ? undefined
          : await readTrustPolicy(settings.trustPolicy),
      cosignSeconds: settings.cosignSeconds,
      lostWrapsBefore: settings.lostWrapsBefore,
      signing: hubSigning,
      auditorToken,
      log,
      traces,
      now: Date.now,
    });
    const app = await createApp(module, {
      name: 'hub',
      host,
      port,
      log,
      traces,
      problems: hubProblems,
      openapi: {
        title: 'Tripoint hub',
        description:
          'The transparency log for everybody, leaves for oversight, the registry’s door.',
        version: '0.1.0',
      },
      checks: {
        database: () => database.check(),
        ledger: () => ledger.check(),
        bus: () => bus.bus.check(),
      },
    });
    measureHub(metrics, app, database, Date.now);
    return app;
  },
});
