import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createWitnessKey,
  KeysError,
  loadWitnessKey,
  WitnessFolder,
} from '@tripoint/adapters/keys';
import { type TrustAnchor } from '@tripoint/federation';
import { HubError, isRefusal } from '@tripoint/kernel';
import { createApp, type JsonLog } from '@tripoint/platform';
import {
  type Cosigner,
  formatTrustPolicy,
  parseVerifierKey,
  type PolicyWitness,
  type TrustPolicy,
  type VerifierKey,
} from '@tripoint/transparency';
import { WitnessModule } from '../../witness/src/witness.module.js';

/** Each state's witness, and oversight's: any three of them make a quorum. */
const WITNESSES = ['bg', 'gr', 'tr', 'oversight'] as const;
const THRESHOLD = 3;
const GROUP = 'witnesses';
/** The policy as a file, for whoever verifies from outside. */
export const TRUST_POLICY = 'trust-policy';

type Wiring = {
  /** Where every witness has its own folder. */
  readonly path: string;
  readonly anchor: TrustAnchor;
  readonly log: JsonLog;
  readonly host: string;
  readonly closing: (() => Promise<void>)[];
};

/** Opens the demo's witnesses, each with a key and a store of its own, and writes the policy that names them beside the anchor. */
export const openWitnesses = async (wiring: Wiring, federation: string): Promise<TrustPolicy> => {
  const key = parseVerifierKey(wiring.anchor.log.vkey);
  if (isRefusal(key)) throw new HubError(key.refused, key.detail, false);
  const witnesses = await Promise.all(WITNESSES.map((name) => openWitness(wiring, key, name)));
  const policy: TrustPolicy = {
    logs: [{ key, url: null }],
    witnesses,
    groups: [{ name: GROUP, threshold: THRESHOLD, members: WITNESSES }],
    quorum: GROUP,
  };
  await writeFile(join(federation, TRUST_POLICY), formatTrustPolicy(policy));
  return policy;
};

const openWitness = async (
  { path, anchor, log, host, closing }: Wiring,
  key: VerifierKey,
  name: string,
): Promise<PolicyWitness> => {
  const folder = join(path, name);
  const signer = await keyOf(join(folder, 'key'), `${anchor.federation}/witness/${name}`);
  const store = new WitnessFolder(join(folder, 'store'));
  // Nobody but the hub has anything to ask here: the system chooses the port.
  const app = await createApp(WitnessModule.with({ logs: [key], signer, store, now: Date.now }), {
    name: `witness-${name}`,
    port: 0,
    host,
    log,
    openapi: {
      title: `Tripoint witness ${name}`,
      description: 'Cosigns checkpoints of the log that continue what it cosigned before.',
      version: '0.1.0',
    },
  });
  closing.push(() => app.close());
  return { name, key: signer.verifierKey, url: await app.listen() };
};

const keyOf = async (folder: string, name: string): Promise<Cosigner> => {
  const clock = (): Date => new Date();
  try {
    return await loadWitnessKey(folder, clock);
  } catch (thrown) {
    if (!(thrown instanceof KeysError && thrown.code === 'key-missing')) throw thrown;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await createWitnessKey(folder, name, 'cosignature-v1');
  return loadWitnessKey(folder, clock);
};
