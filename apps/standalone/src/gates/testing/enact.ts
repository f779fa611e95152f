import { PostgresLedger } from '@tripoint/adapters/embedded';
import { FederationFolder } from '@tripoint/adapters/keys';
import { formatChainEntry, OpenPgpJs, type StatementEntry } from '@tripoint/envelope';
import { countersign, draftStatement, type StatementBody } from '@tripoint/federation';
import { type Instant, isRefusal } from '@tripoint/kernel';
import { chainStream, REGISTRY_CHAIN } from '@tripoint/ledger';
import { type Places } from './grounds.js';

/** The statement that comes next in the folder, signed by enough roots. `keep` puts it there. */
export const signedNext = async (
  { federation }: Pick<Places, 'federation'>,
  body: StatementBody,
  keep: 'keep' | 'discard' = 'keep',
): Promise<{ readonly seq: number; readonly entry: StatementEntry }> => {
  const openpgp = new OpenPgpJs();
  const folder = await FederationFolder.open(openpgp, federation);
  const { registry } = await folder.registry();
  let entry = draftStatement(registry, body, new Date().toISOString() as Instant);
  for (const root of ['root-bg', 'root-gr']) {
    const signed = await countersign(openpgp, entry, await folder.rootKey(root));
    if (isRefusal(signed)) throw new Error(signed.refused);
    entry = signed;
  }
  const { seq } = registry.next;
  if (keep === 'keep') await folder.keep(seq, entry);
  return { seq, entry };
};

/** Puts the next statement, signed by enough roots, into the folder and on the registry's chain. */
export const enact = async (places: Places, body: StatementBody): Promise<void> => {
  const { seq, entry } = await signedNext(places, body);
  const ledger = new PostgresLedger(places.ledger);
  await ledger.append(chainStream(REGISTRY_CHAIN), BigInt(seq) - 1n, [formatChainEntry(entry)]);
  await ledger.close();
};
