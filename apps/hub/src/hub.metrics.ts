import { type App, type Metrics, secondsSince } from '@tripoint/platform';
import { type Registry } from '@tripoint/federation';
import { type HubPositions, type Quarantine } from '@tripoint/vault';
import { chainStream, type Ledger, REGISTRY_CHAIN } from '@tripoint/ledger';
import { DISPATCHED } from './dispatcher/dispatcher.js';
import { Publisher } from './dispatcher/publisher.js';
import { Tally } from './log/tally.js';
import { RecordedLog } from './log/recorded-log.js';
import { Office } from './office/office.js';
import { Cosigned } from './witnesses/cosigned.js';
import { Cosigning } from './witnesses/cosigning.js';
import { HubOptions } from './hub.options.js';
import { Registrar } from './registrar/registrar.js';

/** What a hub measures of itself: how far it has come, and how far behind it is. */
export const measureHub = (
  metrics: Metrics,
  { nest }: Pick<App, 'nest'>,
  { positions, quarantine }: { readonly positions: HubPositions; readonly quarantine: Quarantine },
  now: () => number,
): void => {
  const [log, office, tally] = [nest.get(RecordedLog), nest.get(Office), nest.get(Tally)];
  const [publisher, registrar] = [nest.get(Publisher), nest.get(Registrar)];
  const { ledger } = nest.get(HubOptions);
  metrics.gauge(
    'tripoint_in_office',
    'Whether this hub sequences, dispatches and publishes.',
    () => (office.held ? 1 : 0),
  );
  metrics.gauge(
    'tripoint_checkpoint_size',
    'Leaves under the newest checkpoint.',
    () => log.checkpoint.size,
  );
  metrics.gauge(
    'tripoint_checkpoint_age_seconds',
    'Since the newest leaf under a checkpoint.',
    () => (log.checkpoint.size === 0 ? undefined : secondsSince(log.state.time, now())),
  );
  metrics.gauge(
    'tripoint_admission_in_hand_seconds',
    'For how long the oldest batch of submissions has been in hand; 0 where there is none.',
    () => registrar.inHandFor,
  );
  metrics.gauge(
    'tripoint_unsequenced_entries',
    'Entries of chains that have no leaf yet.',
    async () => (log.ready ? unsequenced(log, tally, ledger) : undefined),
  );
  metrics.gauge(
    'tripoint_undispatched_leaves',
    'Leaves that no mailbox has been looked at for.',
    async () => {
      const { size } = log.checkpoint;
      return Math.max(0, size - Number((await positions.at(DISPATCHED)) ?? 0));
    },
  );
  metrics.gauge(
    'tripoint_delivery_failing_seconds',
    'For how long nothing could be handed over to the agency that has waited longest; 0 where none does.',
    () =>
      log.ready
        ? Math.max(0, ...log.state.registry.agencies().map(({ id }) => publisher.failingFor(id)))
        : undefined,
  );
  metrics.gauge(
    'tripoint_certificate_expires_seconds',
    'Until nothing more is accepted that an agency signs, where its certificate has a term; below 0 once it is over.',
    () => (log.ready ? terms(log.state.registry, now()) : undefined),
  );
  metrics.gauge('tripoint_quarantine_depth', 'Submissions that were put aside.', () =>
    quarantine.depth(),
  );
  const [cosigned, cosigning] = [nest.get(Cosigned), nest.get(Cosigning)];
  metrics.gauge(
    'tripoint_cosigned_size',
    'Leaves under the newest checkpoint that a quorum of witnesses has cosigned.',
    async () => (await cosigned.newest())?.size,
  );
  metrics.gauge(
    'tripoint_cosigned_age_seconds',
    'Since this hub last had a quorum of witnesses.',
    () => secondsSince(cosigning.cosignedAt, now()),
  );
  metrics.counter(
    'tripoint_witness_failures_total',
    'Times that a witness did not cosign what it was asked to, by its place in the trust policy.',
    () =>
      cosigning.witnesses.map(({ failures }, place) => ({
        value: failures,
        labels: { witness: `witness-${place + 1}` },
      })),
  );
  metrics.counter('tripoint_leaves_total', 'Leaves of the log, by kind.', () =>
    [...tally.leaves].map(([kind, value]) => ({ value, labels: { kind } })),
  );
  metrics.counter('tripoint_verdicts_total', 'Verdicts in the log, by answer.', () =>
    (['allowed', 'denied'] as const).map((answer) => ({
      value: tally[answer],
      labels: { answer },
    })),
  );
};

const terms = (registry: Registry, now: number) =>
  registry.agencies().flatMap(({ id }) => {
    const expires = registry.certificateInForce(id)?.expires;
    return expires === undefined ? [] : [{ value: (expires - now) / 1000, labels: { agency: id } }];
  });

/** Over every chain that the registry knows: what the ledger holds, less what has a leaf. */
const unsequenced = async (log: RecordedLog, tally: Tally, ledger: Ledger): Promise<number> => {
  const { registry } = log.state;
  const chains = [...registry.agencies().flatMap((agency) => agency.chains), REGISTRY_CHAIN];
  const waiting = await Promise.all(
    chains.map(async (chain) => {
      const newest = await ledger.last(chainStream(chain));
      return Number(newest?.revision ?? -1n) - (tally.sequenced.get(chain) ?? -1);
    }),
  );
  return waiting.reduce((sum, count) => sum + Math.max(0, count), 0);
};
