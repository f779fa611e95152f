import { join } from 'node:path';
import { readTrustAnchor, readTrustPolicy } from '@tripoint/adapters/keys';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { HttpLogSource, verifyLog } from '@tripoint/replay';
import { DemoError } from './demo-error.js';
import { type DemoFile } from './demo-file.js';
import { type Looks } from './play.js';

/** Looks at the log as `tripoint verify` does, and at the databases of the running hub over `data`. */
export const looksAt = (
  { hub, auditorToken, postgres }: DemoFile,
  data: string,
  fetch: typeof globalThis.fetch,
): Looks => ({
  custodians: async () => {
    let agreed: readonly string[] = [];
    const { fault } = await verifyLog(
      new HttpLogSource({ url: hub, token: auditorToken, fetch }),
      await readTrustAnchor(join(data, 'federation', 'anchor.json')),
      new OpenPgpJs(),
      {
        heard: (_, { registry }) => {
          agreed = [...new Set([...agreed, ...(registry.custody?.custodians ?? [])])];
        },
      },
    );
    if (fault !== null) throw new DemoError('unexpected-answer', 'the log does not verify');
    return agreed;
  },
  logVerifies: async () => {
    const federation = join(data, 'federation');
    const { fault } = await verifyLog(
      new HttpLogSource({ url: hub, token: auditorToken, fetch }),
      await readTrustAnchor(join(federation, 'anchor.json')),
      new OpenPgpJs(),
      { trustPolicy: await readTrustPolicy(join(federation, 'trust-policy')) },
    );
    return fault === null;
  },
  rebuildsToTheSame: async (agency) => {
    const database = new AgencyDatabase({ ...postgres, database: `agency-${agency}` });
    try {
      const before = await database.journal.viewsDigest();
      await database.journal.rebuild();
      return (await database.journal.viewsDigest()) === before;
    } finally {
      await database.close();
    }
  },
});
