import { type Registry } from '@tripoint/federation';
import { type AgencyId, type Digest, isRefusal, type Instant } from '@tripoint/kernel';
import { parseFacts, type ReadsFact } from '@tripoint/policy';
import { verifyConsistency } from '@tripoint/transparency';
import { readOnce } from './read-once.js';
import { type AuditedLeaf } from './verify-leaf.js';

/** A root that an agency has published over its read log. */
export type ReadRoot = {
  readonly leaf: number;
  readonly at: Instant;
  readonly size: number;
  readonly root: Digest;
};

/** What an agency's roots say against it. The log itself is sound: these are about whoever keeps the reads. */
export type ReadsFault = {
  readonly code: 'reads-shrunk' | 'reads-rewritten' | 'reads-root-late' | 'reads-shown-differ';
  readonly agency: AgencyId;
  readonly leaf: number;
  readonly detail: string;
};

/** For how long an agency that speaks may leave its read log without a new root. Roots are due each hour. */
export const READ_ROOT_LATE_AFTER = 3 * 60 * 60 * 1000;

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' as Digest;

type Followed = {
  readonly roots: ReadRoot[];
  /** The newest leaf with a root, or the first with anything of the agency. */
  since: { readonly leaf: number; readonly time: number };
  late: boolean;
};

/**
 * Follows the roots that agencies publish over their read logs: each has to continue the one before, and to come in time. By the
 * log alone, in its own time: whoever follows the same leaves finds the same.
 */
export class ReadRoots {
  readonly #agencies = new Map<AgencyId, Followed>();

  constructor(private readonly lateAfter = READ_ROOT_LATE_AFTER) {}

  /** The roots of an agency, in the order of the log. */
  of(agency: AgencyId): readonly ReadRoot[] {
    return this.#agencies.get(agency)?.roots ?? [];
  }

  /** Those that have published one. */
  get agencies(): readonly AgencyId[] {
    return [...this.#agencies].flatMap(([agency, { roots }]) => (roots.length > 0 ? agency : []));
  }

  /** Takes the next leaf, and says what it shows. Nobody is late who may not speak as of it. */
  take(
    { leaf, sourced }: Pick<AuditedLeaf, 'leaf' | 'sourced'>,
    registry: Registry,
  ): readonly ReadsFault[] {
    const time = Date.parse(leaf.time);
    const faults = this.#late(time, registry);
    const event =
      leaf.kind === 'event' && sourced?.entry.kind === 'event'
        ? readOnce(sourced.entry)
        : undefined;
    if (event === undefined || isRefusal(event)) return faults;
    const { issuer, type } = event.header;
    let followed = this.#agencies.get(issuer);
    if (followed === undefined) {
      followed = { roots: [], since: { leaf: leaf.index, time }, late: false };
      this.#agencies.set(issuer, followed);
    }
    if (type !== 'reads') return faults;
    for (const { descriptor } of event.compartments) {
      const facts = parseFacts(type, descriptor.facts);
      if (isRefusal(facts) || facts.reads === undefined) continue;
      const { size, root } = facts.reads;
      const before = followed.roots.at(-1);
      const fault = contradiction(before, facts.reads);
      if (fault !== undefined) faults.push({ ...fault, agency: issuer, leaf: leaf.index });
      followed.roots.push({ leaf: leaf.index, at: leaf.time, size, root });
      followed.since = { leaf: leaf.index, time };
      followed.late = false;
    }
    return faults;
  }

  #late(time: number, registry: Registry): ReadsFault[] {
    const faults: ReadsFault[] = [];
    for (const [agency, followed] of this.#agencies) {
      const { since, late } = followed;
      if (late || time - since.time <= this.lateAfter || !maySpeak(registry, agency)) continue;
      followed.late = true;
      faults.push({
        code: 'reads-root-late',
        agency,
        leaf: since.leaf,
        detail: `no root over its read log has followed this leaf for more than ${Math.floor(this.lateAfter / 60_000)} minutes`,
      });
    }
    return faults;
  }
}

const maySpeak = (registry: Registry, agency: AgencyId): boolean =>
  registry.agency(agency)?.suspended === false && registry.certificatesOfAgency(agency).length > 0;

/** What a root says against the one before it; a first one stands against the empty log. */
const contradiction = (
  before: ReadRoot | undefined,
  { size, root, since, proof }: ReadsFact,
): Pick<ReadsFault, 'code' | 'detail'> | undefined => {
  const from = before?.size ?? 0;
  if (size < from)
    return { code: 'reads-shrunk', detail: `it had recorded ${from} reads and now shows ${size}` };
  const continues =
    since === from &&
    verifyConsistency({
      from,
      fromRoot: Buffer.from(before?.root ?? EMPTY, 'hex'),
      to: size,
      toRoot: Buffer.from(root, 'hex'),
      proof: proof.map((hash) => Buffer.from(hash, 'hex')),
    });
  return continues
    ? undefined
    : {
        code: 'reads-rewritten',
        detail: `its ${size} reads do not begin with the ${from} of which it published the root before`,
      };
};
