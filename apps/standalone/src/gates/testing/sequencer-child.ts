// A second sequencer over somebody's ledger. At the append it is told of, it stops itself in the middle: it has judged and is
// about to write. Whoever lets it go on hears what became of that write.
import { PostgresLedger } from '@tripoint/adapters/embedded';
import { FederationFolder, FileSigningKeyring, loadLogKey } from '@tripoint/adapters/keys';
import { HubDatabase } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId } from '@tripoint/kernel';
import { LedgerConflict, type Ledger } from '@tripoint/ledger';
import { JsonLog } from '@tripoint/platform';
import { type HubOptions } from '../../../../hub/src/hub.options.js';
import { VerifiedSigners } from '../../../../hub/src/registrar/verified-signers.js';
import { Sequencer } from '../../../../hub/src/sequencer/sequencer.js';
import { type Places } from './grounds.js';

export type ZombieTask = { readonly places: Places };
export type ZombieTold =
  | { readonly told: 'loaded' }
  | { readonly told: 'opened' }
  | { readonly told: 'stopping'; readonly expected: string }
  | { readonly told: 'refused' }
  | { readonly told: 'wrote' }
  | { readonly told: 'failed'; readonly why: string };

const tell = (told: ZombieTold): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(told, () => {
      resolve();
    });
  });

/** The ledger, except that one append to the log is held up on its way: the first after one that opened a term. */
const heldUp = (ledger: PostgresLedger, over: { trial: boolean }): Ledger => {
  let opened = false;
  return new Proxy<Ledger>(ledger, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      if (name !== 'append')
        return (...args: unknown[]): unknown => Reflect.apply(member, target, args);
      const append: Ledger['append'] = async (stream, expected, entries) => {
        if (!opened || over.trial) {
          const newest = await ledger.append(stream, expected, entries);
          if (!opened) await tell({ told: 'opened' });
          opened = true;
          return newest;
        }
        over.trial = true;
        await tell({ told: 'stopping', expected: expected.toString() });
        process.kill(process.pid, 'SIGSTOP');
        try {
          const newest = await ledger.append(stream, expected, entries);
          await tell({ told: 'wrote' });
          return newest;
        } catch (thrown) {
          await tell(
            thrown instanceof LedgerConflict
              ? { told: 'refused' }
              : { told: 'failed', why: String(thrown) },
          );
          throw thrown;
        }
      };
      return append;
    },
  });
};

const begin = async ({ places }: ZombieTask): Promise<void> => {
  const openpgp = new OpenPgpJs();
  const folder = await FederationFolder.open(openpgp, places.federation);
  const store = new HubDatabase(places.hub);
  const signing = await FileSigningKeyring.load(openpgp, folder.keysOf('hub' as AgencyId));
  const over = { trial: false };
  const ledger = heldUp(new PostgresLedger(places.ledger), over);
  const options = {
    openpgp,
    anchor: folder.anchor,
    ledger,
    vault: store.vault,
    quarantine: store.quarantine,
    positions: store.positions,
    noteSigner: await loadLogKey(folder.logFolder),
    signing,
    auditorToken: 'nobody',
    log: new JsonLog('zombie', 'error', () => undefined),
    now: Date.now,
  } as unknown as HubOptions;
  const sequencer = new Sequencer(options, new VerifiedSigners(options));
  // The other one may be quicker to open a term; then this one tries again.
  while (!over.trial) await sequencer.run(new AbortController().signal).catch(() => undefined);
};

process.on('message', (task) => {
  void begin(task as ZombieTask);
});
process.on('disconnect', () => process.exit(1));
await tell({ told: 'loaded' });
