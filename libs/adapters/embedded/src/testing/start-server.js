// Starts a server over the folder in its first argument, says where it is, and stays until it is killed.
import { resolve } from 'node:path';

import { importSource } from './import-source.js';

const [folder] = process.argv.slice(2);
const { startEmbeddedPostgres } = await importSource(
  resolve(import.meta.dirname, '..', 'embedded-postgres.ts'),
);
try {
  const { superuser } = await startEmbeddedPostgres(folder);
  console.log(JSON.stringify({ superuser }));
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(JSON.stringify({ code: error.code }));
}
