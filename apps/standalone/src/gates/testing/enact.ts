import { PostgresLedger } from '@tripoint/adapters/embedded';
import { FederationFolder } from '@tripoint/adapters/keys';
import { formatChainEntry, OpenPgpJs } from '@tripoint/envelope';
import { countersign, draftStatement, type StatementBody } from '@tripoint/federation';
import { type Instant, isRefusal } from '@tripoint/kernel';
import { chainStream, REGISTRY_CHAIN } from '@tripoint/ledger';
import { type Places } from './grounds.js';

/** Puts the next statement, signed by enough roots, into the folder and on the registry's chain. */
export const enact = async (
  { federation, ledger: at }: Places,
  body: StatementBody,
): Promise<void> => {
  const openpgp = new OpenPgpJs();
  const folder = await FederationFolder.open(openpgp, federation);
  const { registry } = await folder.registry();
  let entry = draftStatement(registry, body, new Date().toISOString() as Instant);
  for (const root of ['root-bg', 'root-gr']) {
    const signed = await countersign(openpgp, entry, await folder.rootKey(root));
    if (isRefusal(signed)) throw new Error(signed.refused);
    entry = signed;
  }
  await folder.keep(registry.next.seq, entry);
  const ledger = new PostgresLedger(at);
  await ledger.append(chainStream(REGISTRY_CHAIN), BigInt(registry.next.seq) - 1n, [
    formatChainEntry(entry),
  ]);
  await ledger.close();
};
