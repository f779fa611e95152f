import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WitnessFolder } from '@tripoint/adapters/keys';
import { type Sealed } from '@tripoint/envelope';
import { accepted } from '@tripoint/envelope/testing';
import { formatDelivery } from '@tripoint/ledger';
import { type App, createApp, JsonLog } from '@tripoint/platform';
import { LittleFederation, LittleLog } from '@tripoint/replay/testing';
import {
  Cosigner,
  formatAddCheckpoint,
  generateNoteKey,
  openLogEvidence,
  parseVerifierKey,
  proofAgainst,
  type TrustPolicy,
  type VerifierKey,
} from '@tripoint/transparency';
import { codes, HostileHub } from '../../../projector/src/testing/hostile-hub.js';
import { WitnessModule } from '../../../witness/src/witness.module.js';
import { eventually, untilTrue } from './testing/eventually.js';

/** How often a hub shows two agencies two logs. */
const RUNS = Number(process.env['TRIPOINT_TWO_VIEWS'] ?? 1);
/** Those of whose word two make a quorum: of either state, and oversight's. */
const WITNESSES = ['gr', 'tr', 'oversight'] as const;
const LIMIT = 120_000;

type Place = {
  readonly name: (typeof WITNESSES)[number];
  readonly url: string;
  readonly key: VerifierKey;
  readonly app: App;
};

/** What one agency is shown, and what witnesses have cosigned of it. */
type View = {
  readonly hub: HostileHub;
  readonly log: LittleLog;
  readonly said: Sealed;
  readonly leaf: number;
};

describe('a hub that shows two agencies two logs at once', () => {
  let federation: LittleFederation;
  let log: VerifierKey;
  let folder: string;
  let places: Place[];
  let policy: TrustPolicy;
  let open: HostileHub[];

  beforeAll(async () => {
    federation = await LittleFederation.found();
    log = accepted(parseVerifierKey(federation.anchor.log.vkey));
  }, LIMIT);

  beforeEach(async () => {
    open = [];
    places = [];
    folder = await mkdtemp(join(tmpdir(), 'tripoint-two-views-'));
    for (const name of WITNESSES) {
      const key = generateNoteKey(name, 'cosignature-v1').privateKeyPem;
      const signer = Cosigner.fromPem(name, key, () => new Date());
      const store = new WitnessFolder(join(folder, name));
      const app = await createApp(
        WitnessModule.with({ logs: [log], signer, store, now: Date.now }),
        {
          name: 'witness',
          port: 0,
          log: new JsonLog('witness', 'error', () => undefined),
          openapi: { title: 'witness', description: 'a witness', version: '0' },
        },
      );
      places.push({ name, url: await app.listen(), key: signer.verifierKey, app });
    }
    policy = {
      logs: [{ key: log, url: null }],
      witnesses: places.map(({ name, url, key }) => ({ name, url, key })),
      groups: [{ name: 'two', threshold: 2, members: [...WITNESSES] }],
      quorum: 'two',
    };
  }, LIMIT);
  afterEach(async () => {
    for (const hub of open) await hub.close();
    for (const { app } of places) await app.close();
    await rm(folder, { recursive: true, force: true });
  }, LIMIT);

  /** Something that only this agency is told, in the log that it is shown, which goes on for `more` leaves. */
  const shown = async (
    name: 'gr-police' | 'tr-customs',
    from: LittleLog,
    more: number,
  ): Promise<View> => {
    const hub = await HostileHub.open(federation, name, from);
    open.push(hub);
    await hub.end();
    hub.begin(policy);
    const said = await hub.shared();
    const leaf = await hub.record(said);
    for (let count = 0; count < more; count += 1) await from.own('heartbeat');
    await hub.deliver({ leaf });
    expect(await hub.store.journal.entry(said.header.id)).toBeDefined();
    return { hub, log: from, said, leaf };
  };

  /** What a witness answers to the newest checkpoint of a view. */
  const asked = async ({ url }: Place, view: View, old: number): Promise<string | undefined> => {
    const { note, tree } = await view.log.served();
    const proof = old > 0 && old < tree.size ? tree.consistencyProof(old, tree.size) : [];
    const body = formatAddCheckpoint({ old, proof, checkpoint: note });
    const answer = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body: new Uint8Array(body),
    });
    const text = await answer.text();
    return answer.ok ? text : undefined;
  };

  /** Hands a view's agency a checkpoint of a log with those who have cosigned it, and what is to show that it continues `from`. */
  const hand = async (to: View, of: View, lines: readonly string[], from: number) => {
    const { note, tree } = await of.log.served();
    const hashes = proofAgainst(tree, from, tree.size);
    const cosigned = `${Buffer.from(note).toString()}${lines.join('')}`;
    to.hub.bus.hand([
      formatDelivery({ kind: 'cosigned', note: cosigned, proofs: [{ from, hashes: [...hashes] }] }),
    ]);
  };

  it.each(Array.from({ length: RUNS }, (_, run) => run + 1))(
    'has a quorum for one of them at the most, and is found out by whoever was shown the other: %d',
    async (run) => {
      const common = await LittleLog.begin(federation);
      const twin = await common.twin();
      const views = [
        await shown('gr-police', common, 0),
        await shown('tr-customs', twin, run % 2),
      ] as const;
      const sizes = await Promise.all(
        views.map(async (view) => (await view.log.served()).tree.size),
      );

      // Each witness is shown both, in one order or the other, and cosigns what it sees first.
      const lines: [string[], string[]] = [[], []];
      for (const [at, place] of places.entries()) {
        const first = ((run * 3) >> at) & 1;
        const line = await asked(place, views[first]!, 0);
        lines[first]!.push(line ?? '');
        expect(line).toBeDefined();
        expect(await asked(place, views[1 - first]!, sizes[first]!)).toBeUndefined();
      }
      const won = lines[0].length >= 2 ? 0 : 1;
      const [winner, loser] = [views[won], views[1 - won]!];
      const [size, lost] = [sizes[won]!, sizes[1 - won]!];
      await hand(winner, winner, lines[won], size);
      await untilTrue('it is verified', () => winner.hub.store.witnessed.covers(winner.leaf));

      // The other is shown its own log with too few who vouch for it, and then what has a quorum: the hub has nothing else to show.
      await hand(loser, loser, lines[1 - won]!, lost);
      while ((await winner.log.served()).tree.size < lost) await winner.log.own('heartbeat');
      const again: string[] = [];
      for (const [at, place] of places.entries())
        if ((((run * 3) >> at) & 1) === won) again.push((await asked(place, winner, size)) ?? '');
      const found = async () => codes((await loser.hub.store.views.findings({ limit: 10 })).rows);
      await untilTrue('it is a finding', async () => {
        await hand(loser, winner, again, lost);
        return (await found()).includes('split-view');
      });
      expect(await loser.hub.store.witnessed.covers(loser.leaf)).toBe(false);
      expect(codes((await winner.hub.store.views.findings({ limit: 10 })).rows)).toEqual([]);

      // Every witness has what shows it, oversight's among them, and whoever asks needs nothing but the log's key to see that it does.
      for (const { name, url } of places) {
        const opened = await eventually(`${name} shows both notes`, async () => {
          const names = (await (await fetch(`${url}/evidence`)).text()).split('\n');
          for (const one of names.filter((text) => text !== '')) {
            const bytes = await (await fetch(`${url}/evidence/${one}`)).arrayBuffer();
            const read = openLogEvidence(Buffer.from(bytes), log);
            if ('finding' in read && read.finding === 'split-view') return read;
          }
          return undefined;
        });
        expect(opened.origin).toBe(federation.anchor.log.name);
        expect(Math.min(...opened.sizes)).toBe(Math.min(...sizes));
      }
    },
    LIMIT,
  );
});
