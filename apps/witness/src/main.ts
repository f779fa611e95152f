#!/usr/bin/env node
import { loadWitnessKey, readTrustAnchor, readWhole, WitnessFolder } from '@tripoint/adapters/keys';
import { HubError, isRefusal } from '@tripoint/kernel';
import { createApp, runNode, secondsSince } from '@tripoint/platform';
import { parseVerifierKey } from '@tripoint/transparency';
import { Tally } from './tally.js';
import { WitnessModule } from './witness.module.js';
import { witnessSettings } from './witness.settings.js';

await runNode({
  name: 'witness',
  settings: witnessSettings,
  readFile: readWhole,
  start: async ({ settings, log, metrics }) => {
    const { host, port } = settings;
    const anchor = await readTrustAnchor(settings.anchor);
    const key = parseVerifierKey(anchor.log.vkey);
    if (isRefusal(key)) throw new HubError(key.refused, key.detail, false);
    const store = new WitnessFolder(settings.store);
    const signer = await loadWitnessKey(settings.key, () => new Date());
    const app = await createApp(WitnessModule.with({ logs: [key], signer, store, now: Date.now }), {
      name: 'witness',
      host,
      port,
      log,
      openapi: {
        title: `Tripoint witness ${signer.verifierKey.name}`,
        description: 'Cosigns checkpoints of the log that continue what it cosigned before.',
        version: '0.1.0',
      },
      checks: {
        store: async () => {
          await store.latest(key.name);
        },
      },
    });
    const tally = app.nest.get(Tally);
    metrics.counter('tripoint_witness_answers_total', 'What was answered, by answer.', () =>
      [...tally.answers].map(([answer, value]) => ({ value, labels: { answer } })),
    );
    metrics.gauge(
      'tripoint_cosigned_size',
      'Leaves of the tree that was cosigned last.',
      () => tally.size,
    );
    metrics.gauge('tripoint_cosigned_age_seconds', 'Since a tree was cosigned.', () =>
      secondsSince(tally.cosignedAt, Date.now()),
    );
    metrics.gauge(
      'tripoint_evidence',
      'Pairs of notes that do not go together.',
      async () => (await store.evidence()).size,
    );
    return app;
  },
});
