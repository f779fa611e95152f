import { join } from 'node:path';
import { readTrustAnchor, readTrustPolicy } from '@tripoint/adapters/keys';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { HttpLogSource, verifyLog } from '@tripoint/replay';
import { type DemoFile } from './demo-file.js';
import { type Looks } from './play.js';

/** Looks at the log as `tripoint verify` does, and at the databases of the running hub over `data`. */
export const looksAt = (
  { hub, auditorToken, postgres }: DemoFile,
  data: string,
  fetch: typeof globalThis.fetch,
): Looks => ({
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
