import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { composeFaults, laidOver, parseCompose } from './compose.js';
import { stagesOf } from './dockerfile.js';

const file = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const text = file('docker-compose.yml');
const smaller = laidOver(parseCompose(text), parseCompose(file('deploy/postgres.compose.yml')));
const targets = new Set(stagesOf(file('deploy/Dockerfile')).map(({ name }) => name));
const AGENCIES = ['bg-border-police', 'gr-police', 'tr-police'];
const faultsIn = (compose: string): Promise<readonly string[]> =>
  composeFaults(parseCompose(compose), targets, AGENCIES);

describe('docker-compose.yml', () => {
  it('keeps the rules, and tells each app what it can be told', async () => {
    expect(await faultsIn(text)).toEqual([]);
  });

  it('keeps the rules on PostgreSQL alone, and leads nobody to an engine that is not there', async () => {
    expect(await composeFaults(smaller, targets, AGENCIES)).toEqual([]);
    for (const { environment = {}, profiles } of Object.values(smaller.services))
      if (profiles === undefined)
        expect(Object.values(environment).join()).not.toMatch(/kafka|eventstoredb|esdb/);
  });

  it('keeps the rules for a witness, which lies beside nobody', async () => {
    const witness = file('deploy/witness.compose.yml');
    expect(await faultsIn(witness)).toEqual([]);
    expect(Object.keys(parseCompose(witness).services)).toEqual(['witness']);
    expect((await faultsIn(witness.replace('_STORE:', '_FOLDER:'))).join()).toContain(
      '`TRIPOINT_WITNESS_FOLDER` is not a setting',
    );
    const keyless = witness.replace(/ +- \{ source: witness-pem.*\n/, '');
    expect((await faultsIn(keyless)).join()).toContain('is to hold witness.name and witness.pem');
  });

  it('waits for nothing that does not run, and for everything that makes ready', () => {
    for (const { services } of [parseCompose(text), smaller])
      for (const [name, { depends_on = {}, profiles: own }] of Object.entries(services))
        for (const [other, { condition, required }] of Object.entries(depends_on)) {
          const { profiles, restart } = services[other]!;
          if (own === undefined)
            expect([name, other, required ?? true]).toEqual([name, other, profiles === undefined]);
          expect([name, other, condition]).toEqual([
            ...[name, other],
            restart === 'no' ? 'service_completed_successfully' : 'service_healthy',
          ]);
        }
  });

  it('has two hubs, oversight with a door for its orders, and a front door and a projector of each agency', () => {
    const names = Object.keys(parseCompose(text).services);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['hub-1', 'hub-2', 'oversight', 'oversight-agency', 'oversight-projector'],
        ...AGENCIES.flatMap((agency) => [`${agency}-agency`, `${agency}-projector`]),
      ]),
    );
  });

  it('reads files that make-secrets.mjs or found-trial.sh makes', () => {
    const { servers, passwords } = JSON.parse(file('deploy/secret-files.json')) as {
      readonly servers: readonly string[];
      readonly passwords: readonly string[];
    };
    const keys = (owner: string, kinds: readonly string[]): readonly string[] =>
      kinds.map((kind) => `federation/keys/${owner}/${kind}.pgp`);
    const made = [
      ...servers.flatMap((server) => [`${server}.crt`, `${server}.key`]),
      ...passwords.map((password) => `${password}.password`),
      ...['auditor.token', 'federation/log/log.name', 'federation/log/log.pem'],
      ...['kafka.pem', 'kafka.cluster'],
      ...['eventstoredb.crt', 'eventstoredb.key', 'eventstoredb.url'],
      ...keys('hub', ['certificate', 'signing']),
      ...[...AGENCIES, 'oversight'].flatMap((agency) =>
        keys(agency, ['certificate', 'signing', 'decryption']),
      ),
    ];
    const read = Object.values(smaller.secrets).map(({ file: path }) => path);
    expect(new Set(read)).toEqual(new Set(made.map((path) => `deploy/secrets/${path}`)));
    const enrolled = [...file('deploy/found-trial.sh').matchAll(/^enrol (\S+) /gm)];
    expect(new Set(enrolled.map(([, agency]) => agency))).toEqual(
      new Set([...AGENCIES, 'hub', 'oversight']),
    );
  });

  it.each([
    [
      'a misspelt variable',
      'TRIPOINT_HUB_LOG_KEY:',
      'TRIPOINT_HUB_LOGKEY:',
      '`TRIPOINT_HUB_LOGKEY` is not a setting',
    ],
    [
      'a variable of another app',
      'TRIPOINT_AGENCY_TITLE:',
      'TRIPOINT_HUB_TITLE:',
      '`TRIPOINT_HUB_TITLE` is not for this app',
    ],
    [
      'a value that is none',
      'TRIPOINT_PROJECTOR_AGENCY: gr-police',
      'TRIPOINT_PROJECTOR_AGENCY: GR_POLICE',
      'is not the id of an agency',
    ],
    [
      'a secret that is not mounted',
      '    - { source: auditor-token, target: auditor-token }\n',
      '',
      '`TRIPOINT_HUB_AUDITOR_TOKEN_FILE` names a file that is not there',
    ],
    [
      'a secret that nobody declares',
      '  log-key: { file: deploy/secrets/federation/log/log.pem }\n',
      '',
      'there is no secret `log-key`',
    ],
    [
      'a mark that goes with its container',
      "    volumes: ['gr-police-mark:/var/lib/tripoint-agency']\n",
      '',
      '`TRIPOINT_AGENCY_MARK` lies on no volume',
    ],
    [
      'a secret in a variable',
      'POSTGRES_PASSWORD_FILE: /run/secrets/admin',
      'POSTGRES_PASSWORD: postgres',
      '`POSTGRES_PASSWORD` holds a secret',
    ],
    [
      'a password in a URL',
      'postgres://hub-postgres:5432/hub',
      'postgres://hub:hub@hub-postgres:5432/hub',
      'carries a user name or a password',
    ],
    [
      'a connection in the clear',
      'TRIPOINT_HUB_BUS_CA_FILE: /run/tripoint/ca.pem',
      "TRIPOINT_HUB_BUS_PLAINTEXT: 'perhaps'",
      'is neither true nor false',
    ],
    [
      'an agency’s decryption key at its front door',
      '- { source: gr-police-signing, target: /run/keys/signing.pgp }',
      '- { source: gr-police-signing, target: /run/keys/signing.pgp }\n      - { source: gr-police-decryption, target: /run/keys/decryption.pgp }',
      'is to hold certificate.pgp and signing.pgp, and nothing else',
    ],
    [
      'an agency on another’s network',
      'networks: [gr-police, gr-police-bus]',
      'networks: [gr-police, tr-police-bus]',
      'tr-police-bus: joins gr-police and tr-police',
    ],
    [
      'an agency on the hub’s network',
      'networks: [gr-police, gr-police-bus]',
      'networks: [gr-police, gr-police-bus, hub-stores]',
      'hub-stores: joins gr-police and hub or oversight',
    ],
    [
      'a network of stores that leads outside',
      'hub-stores: { internal: true }',
      'hub-stores: {}',
      'hub-stores: leads outside',
    ],
    [
      'a root file system that can be written',
      'read_only: true',
      'read_only: false',
      'its root file system can be written',
    ],
    ['capabilities', 'cap_drop: [ALL]', 'cap_drop: [NET_RAW]', 'keeps capabilities'],
    [
      'a start without secrets',
      '${TRIPOINT_USER:?',
      '${TRIPOINT_USER:-',
      'refuse without TRIPOINT_USER',
    ],
    ['no health check', 'test: [CMD, node, healthy.mjs]', 'timeout: 1s', 'has no health check'],
    [
      'an image that moves',
      'postgres:18.4-bookworm',
      'postgres:latest',
      '`postgres:latest` is not pinned',
    ],
    ['a door to the whole network', "'127.0.0.1:4101:4100'", "'4101:4100'", 'opens 4101:4100'],
  ])('may not have %s', async (_what, from, to, fault) => {
    expect(text).toContain(from);
    // The timeout of the shared health check would be there twice.
    const changed = text
      .replace(from, to)
      .replace('timeout: 1s\n    interval: 10s\n    timeout: 5s', 'interval: 10s\n    timeout: 5s');
    expect((await faultsIn(changed)).join('\n')).toContain(fault);
  });
});
