// A certificate authority of a day's making, for brokers that developers and tests start. Its key is thrown away.
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DAYS = '30';

const openssl = async (args) => {
  try {
    await run('openssl', args);
  } catch (error) {
    throw new Error(
      error.code === 'ENOENT' ? 'openssl is not installed' : `openssl ${args[0]} failed`,
    );
  }
};

const keyAt = async (path) => {
  await openssl([
    'genpkey',
    '-algorithm',
    'EC',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-out',
    path,
  ]);
  await chmod(path, 0o600);
};

/**
 * Puts `ca.pem` and `broker.pem` (key and certificate, readable by its owner alone) into `folder`. The broker's is good
 * for this machine, as a server and as a client: controllers and brokers know each other by it.
 */
export const makeCertificates = async (folder) => {
  const work = await mkdtemp(join(folder, 'making-'));
  const at = (name) => join(work, name);
  try {
    await keyAt(at('ca.key'));
    await openssl([
      ...['req', '-x509', '-new', '-key', at('ca.key'), '-sha256', '-days', DAYS],
      ...['-subj', '/CN=tripoint development authority', '-out', join(folder, 'ca.pem')],
      ...['-addext', 'keyUsage=critical,keyCertSign'],
    ]);
    await keyAt(at('broker.key'));
    await openssl([
      ...['req', '-new', '-key', at('broker.key'), '-sha256', '-subj', '/CN=tripoint-broker'],
      ...['-out', at('broker.csr')],
    ]);
    await writeFile(
      at('extensions'),
      [
        'subjectAltName=DNS:localhost,IP:127.0.0.1',
        'basicConstraints=critical,CA:FALSE',
        'keyUsage=critical,digitalSignature',
        'extendedKeyUsage=serverAuth,clientAuth',
      ].join('\n'),
    );
    await openssl([
      ...['x509', '-req', '-in', at('broker.csr'), '-CA', join(folder, 'ca.pem')],
      ...['-CAkey', at('ca.key'), '-CAcreateserial', '-sha256', '-days', DAYS],
      ...['-extfile', at('extensions'), '-out', at('broker.crt')],
    ]);
    const broker = await Promise.all([readFile(at('broker.key')), readFile(at('broker.crt'))]);
    await writeFile(join(folder, 'broker.pem'), Buffer.concat(broker), { mode: 0o600 });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};
