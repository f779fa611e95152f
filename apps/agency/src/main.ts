#!/usr/bin/env node
import { connectionTo, openBus } from '@tripoint/adapters/engines';
import { FileSigningKeyring, readTrustAnchor, readWhole } from '@tripoint/adapters/keys';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { createApp, runNode, unlessAway } from '@tripoint/platform';
import { AgencyModule, agencyProblems } from './agency.module.js';
import { agencySettings } from './agency.settings.js';

await runNode({
  name: 'agency',
  settings: agencySettings,
  readFile: readWhole,
  start: async ({ settings, log, closing }) => {
    const { agency, title = agency, host, port, keys, keyPassphrase } = settings;
    const openpgp = new OpenPgpJs();
    const anchor = await readTrustAnchor(settings.anchor);
    const signing = await FileSigningKeyring.load(openpgp, keys, keyPassphrase);
    const database = new AgencyDatabase(connectionTo(settings.database));
    closing(() => database.close());
    const bus = openBus(settings.bus);
    closing(() => bus.close());
    await unlessAway(() => database.check());

    const { outbox, journal, views, reads, officers, changes } = database;
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
      signing,
      log,
      now: Date.now,
    });
    return createApp(module, {
      name: 'agency',
      host,
      port,
      log,
      problems: agencyProblems,
      openapi: {
        title: `Tripoint: ${title}`,
        description:
          'An agency’s front door: requests, contributions, referrals and what they say.',
        version: '0.1.0',
      },
      checks: {
        database: () => database.check(),
        ...(bus.check === undefined ? {} : { bus: bus.check }),
      },
    });
  },
});
