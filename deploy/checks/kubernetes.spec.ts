import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { type Container, manifestFaults, parseManifests } from './kubernetes.js';

const folder = new URL('../kubernetes/', import.meta.url);
const file = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
type Kustomization = {
  readonly namespace?: string;
  readonly resources: readonly string[];
  readonly images?: readonly { readonly name: string; readonly newTag: string }[];
  readonly patches?: readonly {
    readonly target: { readonly kind: string; readonly name: string };
    readonly patch: string;
  }[];
};
const kustomization = (path: string): Kustomization =>
  load(file(`${path}/kustomization.yaml`), { schema: YAML11_SCHEMA }) as Kustomization;

/** The manifests that a base is made of, as text. */
const baseText = (base: string): string =>
  kustomization(`base/${base}`)
    .resources.map((resource) =>
      resource.startsWith('../') ? baseText(resource.slice(3)) : file(`base/${base}/${resource}`),
    )
    .join('\n---\n');

/** Which parties the policies of each may name. No agency may name an agency. */
const MAY_REACH = {
  hub: ['bus', 'oversight', 'doors'],
  bus: ['hub', 'agency'],
  oversight: ['hub', 'doors'],
  witness: ['doors'],
  agency: ['bus', 'doors'],
} as const;
const AGENCIES = ['bg-border-police', 'gr-police', 'tr-police'];
const as = (agency: string, text: string): string =>
  text.replaceAll('AGENCY }', `${agency} }`).replaceAll("AGENCY'", `${agency}'`);
const faultsIn = (base: keyof typeof MAY_REACH, text: string): Promise<readonly string[]> =>
  manifestFaults(parseManifests(as('gr-police', text)), MAY_REACH[base]);

describe('the manifests', () => {
  it.each(['hub', 'bus', 'oversight', 'agency', 'witness'] as const)(
    'of %s keep the rules',
    async (base) => {
      expect(await faultsIn(base, baseText(base))).toEqual([]);
    },
  );

  it.each([
    ['hub/hub.yaml', 'hub'],
    ['oversight/oversight.yaml', 'oversight'],
    ['agency/projector.yaml', 'projector'],
  ])('let whoever brings something to witnesses reach them: %s', (path, name) => {
    const policy = parseManifests(file(`base/${path}`)).find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name,
    );
    expect(policy?.spec.egress).toContainEqual({
      to: [{ namespaceSelector: { matchLabels: { 'tripoint.role': 'doors' } } }],
      ports: [{ port: 443, protocol: 'TCP' }],
    });
  });

  it('bring no secret and make none', () => {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.yaml')) continue;
      expect(file(path)).not.toMatch(/^kind: Secret$|secretGenerator|stringData|PRIVATE KEY/m);
    }
  });

  it('of a witness keep one of it, and a store that is its own', () => {
    const [set, ...others] = parseManifests(file('base/witness/witness.yaml'));
    expect([set!.kind, set!.spec.replicas]).toEqual(['StatefulSet', 1]);
    expect(others.map(({ kind }) => kind)).toEqual(['Service', 'NetworkPolicy']);
    expect(others.at(-1)?.spec.egress).toEqual([]);
  });

  it.each([...AGENCIES, 'oversight-orders'])(
    'of %s differ from those of any agency by its name alone',
    (party) => {
      const agency = party === 'oversight-orders' ? 'oversight' : party;
      const { namespace, resources, patches = [] } = kustomization(`overlays/trial/${party}`);
      expect(namespace).toBe(`tripoint-${party}`);
      expect(resources).toEqual(['namespace.yaml', '../../../base/agency']);
      const bare = parseManifests(baseText('agency'));
      const whole = parseManifests(as(agency, baseText('agency')));
      const envOf = (manifests: readonly unknown[], kind: string, name: string) => {
        const found = manifests.find(
          (each) =>
            (each as { kind: string }).kind === kind &&
            (each as { metadata: { name: string } }).metadata.name === name,
        ) as { spec: { template?: { spec: { containers: Container[] } } } } | undefined;
        return found?.spec.template?.spec.containers[0]?.env ?? [];
      };
      for (const app of ['agency', 'projector']) {
        const before = envOf(bare, 'Deployment', app);
        const wanted = envOf(whole, 'Deployment', app).filter(
          ({ value }, place) => value !== before[place]?.value,
        );
        const patch = patches.find(({ target }) => target.name === app)?.patch ?? '';
        expect(envOf(parseManifests(patch), 'Deployment', app)).toEqual(wanted);
      }
    },
  );

  it('name one version of every image of ours', () => {
    const { version } = JSON.parse(file('../../package.json')) as { readonly version: string };
    for (const party of kustomization('overlays/trial').resources)
      for (const { newTag } of kustomization(`overlays/trial/${party}`).images ?? [])
        expect(newTag).toBe(version);
  });

  it.each([
    [
      'hub',
      'a misspelt variable',
      'TRIPOINT_HUB_LOG_KEY,',
      'TRIPOINT_HUB_LOGKEY,',
      '`TRIPOINT_HUB_LOGKEY` is not a setting',
    ],
    [
      'hub',
      'a secret that is not mounted',
      '- { key: auditor-token, path: auditor-token }',
      '',
      '`TRIPOINT_HUB_AUDITOR_TOKEN_FILE` names a file that is not there',
    ],
    [
      'witness',
      'a key that is not there',
      '- { key: witness.pem, path: witness.pem }',
      '',
      'is to hold witness.name and witness.pem, and nothing else',
    ],
    [
      'hub',
      'no disruption budget',
      'kind: PodDisruptionBudget',
      'kind: Other',
      'has no disruption budget',
    ],
    ['hub', 'root', 'runAsNonRoot: true', 'runAsNonRoot: false', 'may be root'],
    [
      'hub',
      'no seccomp profile',
      'type: RuntimeDefault',
      'type: Unconfined',
      'has no seccomp profile',
    ],
    [
      'hub',
      'a root file system that can be written',
      'readOnlyRootFilesystem: true',
      'readOnlyRootFilesystem: false',
      'its root file system can be written',
    ],
    [
      'bus',
      'an image that moves',
      'postgres:18.4-bookworm',
      'postgres:18',
      '`postgres:18` is not pinned',
    ],
    [
      'agency',
      'the decryption key at the front door',
      '- { key: signing.pgp, path: signing.pgp }',
      '- { key: signing.pgp, path: signing.pgp }\n              - { key: decryption.pgp, path: decryption.pgp }',
      'is to hold certificate.pgp and signing.pgp, and nothing else',
    ],
    [
      'agency',
      'a way to the hub’s stores',
      'tripoint.role: bus',
      'tripoint.role: hub',
      'reaches into hub',
    ],
    [
      'agency',
      'a way to another agency',
      'tripoint.role: bus',
      'tripoint.role: agency',
      'reaches into agency',
    ],
    [
      'agency',
      'every namespace',
      'matchLabels: { tripoint.role: bus }',
      '{}',
      'reaches into every namespace',
    ],
    [
      'agency',
      'an open default',
      'podSelector: {}\n  policyTypes: [Ingress, Egress]\n---',
      'podSelector: {}\n  policyTypes: [Ingress]\n---',
      'nothing shuts what no policy names',
    ],
    [
      'oversight',
      'a secret in a variable',
      'name: POSTGRES_PASSWORD_FILE, value: /run/tripoint/server/admin',
      'name: POSTGRES_PASSWORD, value: postgres',
      '`POSTGRES_PASSWORD` holds a secret',
    ],
  ] as const)('of %s may not have %s', async (base, _what, from, to, fault) => {
    const text = baseText(base);
    expect(text).toContain(from);
    expect((await faultsIn(base, text.replace(from, to))).join('\n')).toContain(fault);
  });
});
