import { load, YAML11_SCHEMA } from 'js-yaml';
import { faultsOfTold, secretsTold, type Variables } from './told.js';

type Mount = { readonly source: string; readonly target: string };
type Files = Readonly<Record<string, { readonly file?: string }>>;

export type Service = {
  readonly image?: string;
  readonly build?: { readonly dockerfile?: string; readonly target?: string };
  readonly user?: string;
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly network_mode?: string;
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly restart?: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly environment?: Variables;
  readonly secrets?: readonly Mount[];
  readonly configs?: readonly Mount[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<
    Record<string, { readonly condition: string; readonly required?: boolean }>
  >;
  readonly profiles?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
};

export type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Files;
  readonly secrets: Files;
};

/** Reads it with the YAML that Compose reads it with, in which `no` is not a word. */
export const parseCompose = (text: string): Compose =>
  load(text, { schema: YAML11_SCHEMA }) as Compose;

/** Two files as Compose lays the second over the first: maps by their keys, mounts by their targets, other lists together. */
export const laidOver = (under: Compose, over: Compose): Compose => {
  const services: Record<string, Service> = { ...under.services };
  for (const [name, above] of Object.entries(over.services)) {
    const below = services[name] ?? {};
    services[name] = {
      ...below,
      ...above,
      environment: { ...below.environment, ...above.environment },
      depends_on: { ...below.depends_on, ...above.depends_on },
      secrets: byTarget(below.secrets, above.secrets),
      configs: byTarget(below.configs, above.configs),
      networks: [...new Set([...(below.networks ?? []), ...(above.networks ?? [])])],
    };
  }
  return {
    services,
    networks: { ...under.networks, ...over.networks },
    volumes: { ...under.volumes, ...over.volumes },
    configs: { ...under.configs, ...over.configs },
    secrets: { ...under.secrets, ...over.secrets },
  };
};

const byTarget = (below: readonly Mount[] = [], above: readonly Mount[] = []): readonly Mount[] => [
  ...new Map([...below, ...above].map((mount) => [mount.target, mount])).values(),
];

const APP = /^tripoint-(hub|agency|projector|oversight|witness)$/;
const PINNED = /^[a-z0-9./-]+:[0-9]+\.[0-9]+[A-Za-z0-9.-]*(@sha256:[0-9a-f]{64})?$/;
/** The only services that may be on networks of several agencies: what moves bytes between them and the hub. */
const BUS = /^(bus-postgres|kafka)$/;

/** Everything in which a file for Compose breaks the rules of this deployment. */
export const composeFaults = async (
  compose: Compose,
  targets: ReadonlySet<string>,
  agencies: readonly string[],
): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const [name, service] of Object.entries(compose.services)) {
    const say = (words: string): void => {
      faults.push(`${name}: ${words}`);
    };
    confinement(service).forEach(say);
    provenance(service, targets).forEach(say);
    references(service, compose).forEach(say);
    const variables = service.environment ?? {};
    secretsTold(variables).forEach(say);
    const files = mounted(service);
    for (const [variable, value] of Object.entries(variables))
      if (variable.endsWith('_FILE') && !files.has(value))
        say(`\`${variable}\` names a file that is not mounted`);
    const { TRIPOINT_AGENCY_MARK: mark } = variables;
    // A front door signs nothing while its mark cannot be moved, and on a disk that can only be read nothing can.
    const isKept = (service.volumes ?? []).some(
      (volume) => mark?.startsWith(`${volume.split(':')[1] ?? ''}/`) === true,
    );
    if (mark !== undefined && !isKept) say('`TRIPOINT_AGENCY_MARK` lies on no volume');
    const [, app] = APP.exec(service.image ?? '') ?? [];
    (await faultsOfTold(app, variables, files)).forEach(say);
  }
  return [
    ...faults,
    ...separation(compose, agencies),
    ...secrecy(compose),
    ...[...Object.entries(compose.secrets), ...Object.entries(compose.configs)].flatMap(
      ([name, { file }]) => (file === undefined ? [`${name}: is not a file`] : []),
    ),
  ];
};

/** Where secrets and configs are seen inside. */
const mounted = ({ secrets = [], configs = [] }: Service): ReadonlySet<string> =>
  new Set([
    ...secrets.map(({ target }) => (target.startsWith('/') ? target : `/run/secrets/${target}`)),
    ...configs.map(({ target }) => target),
  ]);

const confinement = (service: Service): readonly string[] => [
  ...(service.user?.startsWith('${TRIPOINT_USER:?') === true
    ? []
    : ['runs as nobody in particular; it is to refuse without TRIPOINT_USER']),
  ...(service.read_only === true ? [] : ['its root file system can be written']),
  ...(service.cap_drop?.join() === 'ALL' && service.cap_add === undefined
    ? []
    : ['keeps capabilities']),
  ...(service.security_opt?.includes('no-new-privileges:true') === true
    ? []
    : ['may gain privileges']),
  ...(service.privileged === undefined ? [] : ['says something of privileges']),
  ...(service.network_mode === undefined || service.network_mode === 'none'
    ? []
    : ['is on a network of the host']),
  ...(service.restart === 'no'
    ? []
    : service.healthcheck?.test === undefined
      ? ['has no health check']
      : []),
  ...(service.ports ?? []).flatMap((port) =>
    port.startsWith('127.0.0.1:') ? [] : [`opens ${port} to every network of the host`],
  ),
];

const provenance = (
  { image = '', build }: Service,
  targets: ReadonlySet<string>,
): readonly string[] => {
  if (build === undefined) return PINNED.test(image) ? [] : [`\`${image}\` is not pinned`];
  const { target = '', dockerfile } = build;
  return dockerfile === 'deploy/Dockerfile' && targets.has(target) && image === `tripoint-${target}`
    ? []
    : [`is built from \`${target}\`, which is no target, or is called otherwise`];
};

const references = (service: Service, compose: Compose): readonly string[] => {
  const unknown = (
    what: string,
    names: readonly string[],
    known: Readonly<Record<string, unknown>>,
  ): readonly string[] =>
    names
      .filter((name) => !Object.hasOwn(known, name))
      .map((name) => `there is no ${what} \`${name}\``);
  return [
    ...unknown('network', service.networks ?? [], compose.networks),
    ...unknown('service', Object.keys(service.depends_on ?? {}), compose.services),
    ...unknown(
      'secret',
      (service.secrets ?? []).map(({ source }) => source),
      compose.secrets,
    ),
    ...unknown(
      'config',
      (service.configs ?? []).map(({ source }) => source),
      compose.configs,
    ),
    ...unknown(
      'volume',
      (service.volumes ?? [])
        .map((volume) => volume.split(':')[0] ?? '')
        .filter((volume) => !volume.startsWith('.')),
      compose.volumes,
    ),
  ];
};

/** No network has containers of two agencies on it, and none has an agency's and the hub's: but for the bus. */
const separation = (
  { services, networks }: Compose,
  agencies: readonly string[],
): readonly string[] => {
  const party = (name: string): string =>
    agencies.find((agency) => name.startsWith(`${agency}-`)) ?? 'hub or oversight';
  const faults: string[] = [];
  for (const [network, { internal }] of Object.entries(networks)) {
    const on = Object.entries(services).filter(([, service]) =>
      (service.networks ?? []).includes(network),
    );
    const parties = new Set(
      on
        .map(([name]) => name)
        .filter((name) => !BUS.test(name))
        .map(party),
    );
    if (parties.size > 1) faults.push(`${network}: joins ${[...parties].sort().join(' and ')}`);
    if (internal !== true && !network.endsWith('-door')) faults.push(`${network}: leads outside`);
    if (network.endsWith('-door') && on.some(([, { ports }]) => ports === undefined))
      faults.push(`${network}: has something on it that is no door`);
  }
  return faults;
};

/** A key is seen by the one process that uses it, a password by who shows it and who asks for it. */
const secrecy = ({ services, secrets }: Compose): readonly string[] =>
  Object.keys(secrets).flatMap((secret) => {
    const users = Object.entries(services)
      .filter(([, service]) => (service.secrets ?? []).some(({ source }) => source === secret))
      .map(([name]) => name);
    const [, owner, use] = /^(.+)-(signing|decryption)$/.exec(secret) ?? [];
    const allowed =
      owner === undefined
        ? undefined
        : owner === 'hub'
          ? ['hub-1', 'hub-2']
          : [`${owner}-${use === 'signing' ? 'agency' : 'projector'}`];
    return [
      ...(users.length === 0 ? [`${secret}: nobody is given it`] : []),
      ...(allowed === undefined || users.join() === allowed.join()
        ? []
        : [`${secret}: is seen by ${users.join(', ')}`]),
    ];
  });
