import { loadAll, YAML11_SCHEMA } from 'js-yaml';
import { faultsOfTold, secretsTold } from './told.js';

type Labels = Readonly<Record<string, string>>;
type Selector = { readonly matchLabels?: Labels };
type Probe = Readonly<Record<string, unknown>>;
export type Container = {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom?: unknown;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly privileged?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: unknown };
  };
  readonly volumeMounts?: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly?: boolean;
  }[];
};
type Volume = {
  readonly name: string;
  readonly hostPath?: unknown;
  readonly configMap?: { readonly name: string };
  readonly secret?: {
    readonly defaultMode?: number;
    readonly items?: readonly { readonly path: string }[];
  };
};
type Pod = {
  readonly metadata?: { readonly labels?: Labels };
  readonly spec: {
    readonly automountServiceAccountToken?: boolean;
    readonly hostNetwork?: unknown;
    readonly securityContext?: {
      readonly runAsNonRoot?: boolean;
      readonly runAsUser?: number;
      readonly seccompProfile?: { readonly type?: string };
    };
    readonly containers: readonly Container[];
    readonly volumes?: readonly Volume[];
  };
};
type Peer = {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: unknown;
};
type Rule = {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly unknown[];
};
export type Manifest = {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas?: number;
    readonly template?: Pod;
    readonly jobTemplate?: { readonly spec: { readonly template: Pod } };
    readonly selector?: Selector;
    readonly podSelector?: Selector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
};

/** Every document of a file; one that specifies nothing, such as a ConfigMap, has an empty `spec`. */
export const parseManifests = (text: string): readonly Manifest[] =>
  loadAll(text, { schema: YAML11_SCHEMA }).map((document) => ({
    spec: {},
    ...(document as Pick<Manifest, 'kind' | 'metadata'>),
  }));

const NAME = 'app.kubernetes.io/name';
const ROLE = 'tripoint.role';
const PUBLIC = ['anchor.json', 'ca.pem'];
const APP = /^tripoint-(hub|agency|projector|oversight|witness)$/;
const PINNED = /^[a-z0-9./-]+:[0-9]+\.[0-9]+[A-Za-z0-9.-]*(@sha256:[0-9a-f]{64})?$/;

const podOf = ({ spec }: Manifest): Pod | undefined =>
  spec.template ?? spec.jobTemplate?.spec.template;
const nameOf = (selector: Selector | undefined): string | undefined =>
  selector?.matchLabels?.[NAME];

/** Everything in which the manifests of one party break the rules; `mayReach` names the parties that its policies may name. */
export const manifestFaults = async (
  manifests: readonly Manifest[],
  mayReach: readonly string[],
): Promise<readonly string[]> => {
  const faults: string[] = [];
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  for (const manifest of manifests) {
    const { kind, metadata } = manifest;
    const say = (words: string): void => {
      faults.push(`${kind} ${metadata.name}: ${words}`);
    };
    if (kind === 'Secret') say('a secret is made in the cluster, and only named here');
    if (kind === 'NetworkPolicy') reach(manifest, mayReach).forEach(say);
    const pod = podOf(manifest);
    if (pod === undefined) continue;
    (await podFaults(pod, kind !== 'CronJob')).forEach(say);
    const label = pod.metadata?.labels?.[NAME];
    const own = policies.filter(({ spec }) => nameOf(spec.podSelector) === label);
    if (
      !['Ingress', 'Egress'].every((type) =>
        own.some(({ spec }) => spec.policyTypes?.includes(type) === true),
      )
    )
      say('no network policy is about it');
    const budget = manifests.some(
      (other) => other.kind === 'PodDisruptionBudget' && nameOf(other.spec.selector) === label,
    );
    if ((manifest.spec.replicas ?? 1) > 1 && !budget) say('has no disruption budget');
  }
  const shut = policies.some(
    ({ spec: { podSelector, policyTypes, ingress, egress } }) =>
      podSelector?.matchLabels === undefined &&
      policyTypes?.join() === 'Ingress,Egress' &&
      ingress === undefined &&
      egress === undefined,
  );
  if (!shut) faults.push('nothing shuts what no policy names');
  return faults;
};

const podFaults = async ({ spec }: Pod, serves: boolean): Promise<readonly string[]> => {
  const { securityContext: context, volumes = [], containers } = spec;
  const faults = [
    ...(context?.runAsNonRoot === true && (context.runAsUser ?? 0) > 0 ? [] : ['may be root']),
    ...(context?.seccompProfile?.type === 'RuntimeDefault' ? [] : ['has no seccomp profile']),
    ...(spec.automountServiceAccountToken === false ? [] : ['is given a token of the cluster']),
    ...(spec.hostNetwork === undefined ? [] : ['is on a network of the host']),
    ...volumes.flatMap(({ name, hostPath, secret }) => [
      ...(hostPath === undefined ? [] : [`volume ${name} is of the host`]),
      ...(secret === undefined || secret.defaultMode === 0o440
        ? []
        : [`volume ${name} can be read by others than its group`]),
    ]),
  ];
  for (const container of containers) {
    const own = container.securityContext;
    faults.push(
      ...(own?.readOnlyRootFilesystem === true ? [] : ['its root file system can be written']),
      ...(own?.allowPrivilegeEscalation === false && own.privileged === undefined
        ? []
        : ['may gain privileges']),
      ...(own?.capabilities?.drop?.join() === 'ALL' && own.capabilities.add === undefined
        ? []
        : ['keeps capabilities']),
      ...(container.resources?.limits?.['memory'] === undefined ? ['may take all memory'] : []),
      ...(serves &&
      (container.livenessProbe === undefined || container.readinessProbe === undefined)
        ? ['nobody asks how it is']
        : []),
      ...(container.envFrom === undefined ? [] : ['is told what nobody can check here']),
      ...(APP.test(container.image) || PINNED.test(container.image)
        ? []
        : [`\`${container.image}\` is not pinned`]),
      ...(await told(container, volumes)),
    );
  }
  return faults;
};

const told = async (
  { image, env = [], volumeMounts = [] }: Container,
  volumes: readonly Volume[],
): Promise<readonly string[]> => {
  const files = volumeMounts.flatMap(({ name, mountPath }) => {
    const volume = volumes.find((each) => each.name === name);
    const names =
      volume?.configMap?.name === 'public'
        ? PUBLIC
        : (volume?.secret?.items ?? []).map(({ path }) => path);
    return names.map((file) => `${mountPath}/${file}`);
  });
  const byReference = env.filter(({ value }) => value === undefined);
  const variables = Object.fromEntries(env.map(({ name, value = '' }) => [name, value]));
  const [, app] = APP.exec(image) ?? [];
  return [
    ...byReference.map(({ name }) => `\`${name}\` is told what nobody can check here`),
    ...secretsTold(variables),
    ...(await faultsOfTold(app, variables, new Set(files))),
  ];
};

/** A policy names pods and ports, and namespaces only by the role of a party that this one has to do with. */
const reach = ({ spec }: Manifest, mayReach: readonly string[]): readonly string[] =>
  [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap(({ from, to, ports }) => [
    ...(ports === undefined ? ['opens every port'] : []),
    ...(from === undefined && to === undefined ? ['is open to everybody'] : []),
    ...[...(from ?? []), ...(to ?? [])].flatMap(({ podSelector, namespaceSelector, ipBlock }) => {
      const labels = namespaceSelector?.matchLabels;
      const role = labels?.[ROLE];
      const isDns = labels?.['kubernetes.io/metadata.name'] === 'kube-system';
      return [
        ...(ipBlock === undefined ? [] : ['names addresses']),
        ...(namespaceSelector === undefined ||
        isDns ||
        (role !== undefined && mayReach.includes(role))
          ? []
          : [`reaches into ${role ?? 'every namespace'}`]),
        ...(podSelector === undefined && role !== 'doors' ? ['names no pods'] : []),
      ];
    }),
  ]);
