import { Client, escapeLiteral } from 'pg';

import { type ConnectionSettings } from '../connection-settings.js';

/**
 * Lets a test's server answer TLS, too, with this certificate. The server writes both files itself, whoever it runs as: it takes
 * no key that others can read.
 */
export const speakTls = async (
  superuser: ConnectionSettings,
  { cert, key }: { readonly cert: string; readonly key: string },
): Promise<void> => {
  const ask = async (...statements: readonly string[]): Promise<unknown> => {
    const client = new Client({ ...superuser });
    await client.connect();
    try {
      let rows: readonly unknown[] = [];
      for (const statement of statements) ({ rows } = await client.query(statement));
      return rows[0];
    } finally {
      await client.end();
    }
  };
  const written = Object.entries({ crt: cert, key }).map(
    ([name, pem]) =>
      `COPY (SELECT * FROM string_to_table(${escapeLiteral(pem.trim())}, E'\\n'))
       TO PROGRAM 'umask 077 && cat > server.${name}'`,
  );
  await ask(...written, 'ALTER SYSTEM SET ssl = on', 'SELECT pg_reload_conf()');
  // The server reads its settings again when it comes to it; each new session shows what it has read.
  for (let left = 1_000; left > 0; left -= 1)
    if (((await ask('SELECT current_setting($$ssl$$)::bool AS on')) as { readonly on: boolean }).on)
      return;
  throw new Error('the server does not answer TLS');
};
