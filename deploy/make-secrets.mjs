#!/usr/bin/env node
// Makes what docker-compose.yml reads from deploy/secrets: passwords, a token, an authority and the certificates of the
// servers. What is there stays, so it may be repeated; to make something anew, delete its file first. Also says in .env as
// whom the containers run: as whoever owns these files, for nobody else may read them; and makes the folders of those servers
// whose images would give their data to another user.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const USAGE = `node deploy/make-secrets.mjs [--out deploy/secrets] [--data deploy/data] [--env .env]

  --out FOLDER   where secrets are kept; nothing else may read it
  --data FOLDER  where Kafka and EventStoreDB keep what they hold
  --env FILE     takes TRIPOINT_USER, the user and group of the containers`;
const DAYS = '365';
/** Held against docker-compose.yml by checks/compose.spec.ts. */
const wanted = JSON.parse(readFileSync(new URL('secret-files.json', import.meta.url), 'utf8'));

const stop = (words) => {
  process.stderr.write(`make-secrets: ${words}\n`);
  process.exit(64);
};

const { values } = (() => {
  try {
    return parseArgs({
      options: {
        out: { type: 'string', default: join(root, 'deploy', 'secrets') },
        data: { type: 'string', default: join(root, 'deploy', 'data') },
        env: { type: 'string', default: join(root, '.env') },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return stop(`${error.message}\n${USAGE}`);
  }
})();
if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const [uid, gid] = [process.getuid?.(), process.getgid?.()];
if (uid === undefined || gid === undefined) stop('this needs a system with users and groups');
if (uid === 0) stop('run this as the user as whom the containers are to run, which is not root');

const out = resolve(values.out);
const at = (name) => join(out, name);
mkdirSync(out, { recursive: true, mode: 0o700 });
chmodSync(out, 0o700);

let made = 0;
const keep = (name, make) => {
  if (existsSync(at(name))) return;
  const unfinished = at(`.${name}.unfinished`);
  writeFileSync(unfinished, make(), { mode: 0o600 });
  renameSync(unfinished, at(name));
  made += 1;
};
/** What a shell, a URL, SCRAM and a JAAS configuration all take as it is. */
const password = () => `${randomBytes(32).toString('hex')}\n`;

const openssl = (...args) => {
  try {
    return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return stop(error.code === 'ENOENT' ? 'openssl is not installed' : `openssl ${args[0]} failed`);
  }
};
const newKey = () => openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072');

const authority = () => {
  keep('ca.key', newKey);
  keep('ca.pem', () =>
    openssl(
      ...['req', '-x509', '-new', '-key', at('ca.key'), '-sha256', '-days', '3650'],
      ...['-subj', '/CN=tripoint authority', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    ),
  );
};

/** A server's key and certificate, good for its name among the containers. */
const server = (host, { name = host, use = 'serverAuth' } = {}) => {
  keep(`${host}.key`, newKey);
  keep(`${host}.crt`, () => {
    const work = mkdtempSync(join(out, '.making-'));
    try {
      const [request, extensions] = [join(work, 'csr'), join(work, 'ext')];
      openssl(
        ...['req', '-new', '-key', at(`${host}.key`), '-sha256'],
        ...['-subj', `/CN=${name}`, '-out', request],
      );
      writeFileSync(
        extensions,
        [
          `subjectAltName=DNS:${host},DNS:localhost,IP:127.0.0.1`,
          'basicConstraints=critical,CA:FALSE',
          'keyUsage=critical,digitalSignature,keyEncipherment',
          `extendedKeyUsage=${use}`,
        ].join('\n'),
      );
      return openssl(
        ...['x509', '-req', '-in', request, '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
        ...['-set_serial', `0x${randomBytes(16).toString('hex')}`, '-sha256'],
        ...['-days', DAYS, '-extfile', extensions],
      );
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
};

authority();
for (const host of wanted.servers) server(host);
// Nodes of one cluster know each other by their certificates.
for (const [host, name] of Object.entries(wanted.nodes))
  server(host, { name, use: 'serverAuth,clientAuth' });
for (const name of wanted.passwords) keep(`${name}.password`, password);
keep('auditor.token', password);
keep('kafka.pem', () =>
  Buffer.concat([readFileSync(at('kafka.key')), readFileSync(at('kafka.crt'))]),
);
keep('kafka.cluster', () => randomBytes(16).toString('base64url'));
keep('eventstoredb.url', () => {
  const admin = readFileSync(at('eventstoredb-admin.password'), 'utf8').trim();
  return `esdb://admin:${admin}@eventstoredb:2113?tlsCAFile=/run/tripoint/ca.pem\n`;
});
// For found-trial.sh, which runs as the same user.
mkdirSync(at('federation'), { recursive: true, mode: 0o700 });
for (const node of Object.keys(wanted.nodes))
  mkdirSync(join(values.data, node), { recursive: true, mode: 0o700 });

const line = `TRIPOINT_USER=${uid}:${gid}`;
const env = existsSync(values.env) ? readFileSync(values.env, 'utf8').trimEnd().split('\n') : [];
const others = env.filter((each) => each !== '' && !each.startsWith('TRIPOINT_USER='));
writeFileSync(values.env, `${[...others, line].join('\n')}\n`);
process.stdout.write(
  `${made === 0 ? 'everything was there already' : `${made} files made`}: ${out}\n`,
);
