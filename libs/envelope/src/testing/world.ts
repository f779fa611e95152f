import { type Digest, type Refusal } from '@tripoint/kernel';
import { admit, NO_PREVIOUS_HEADER, type Admitted, type AdmissionCode } from '../admit.js';
import { type EventEntry } from '../chain-entry.js';
import { type Container, parseContainer } from '../container.js';
import {
  entitle,
  open,
  type Entitled,
  type OpenCode,
  type Opened,
  type OpenWith,
} from '../entitled.js';
import { OpenPgpJs } from '../openpgp-js.js';
import { type CompartmentDraft, type Draft, Sealer, type Sealed } from '../seal.js';
import { accepted, enrol, registry, type TestAgency } from './agencies.js';
import { compartment, draft, seeded } from './drafts.js';

/** An author, two readers and a stranger, and an envelope of the author's: `core` for both, `source` for the author alone. */
export type World = {
  readonly openpgp: OpenPgpJs;
  readonly author: TestAgency;
  readonly reader: TestAgency;
  readonly other: TestAgency;
  readonly stranger: TestAgency;
  readonly sealed: Sealed;
  readonly container: Container;
  readonly seal: (
    compartments: readonly CompartmentDraft[],
    changes?: Partial<Draft>,
    by?: TestAgency,
  ) => Promise<Sealed>;
  readonly admitted: (bytes: Uint8Array) => Promise<Admitted | Refusal<AdmissionCode>>;
  /** What `agency` is given of these compartments. */
  readonly part: (sealed: Sealed, agency: TestAgency, names: readonly string[]) => Entitled;
  readonly wraps: (sealed: Sealed, agency: TestAgency) => ReadonlyMap<Digest, Uint8Array>;
  readonly opened: (
    part: Entitled,
    wraps: ReadonlyMap<Digest, Uint8Array>,
    agency: TestAgency,
    changes?: Partial<OpenWith>,
  ) => Promise<Opened | Refusal<OpenCode>>;
};

export const world = async (): Promise<World> => {
  const openpgp = new OpenPgpJs();
  const [author, reader, other, stranger] = await Promise.all([
    enrol(openpgp, 'gr-police'),
    enrol(openpgp, 'bg-border-police'),
    enrol(openpgp, 'animus'),
    enrol(openpgp, 'stranger'),
  ]);
  const sealer = new Sealer(openpgp, seeded('world'));
  const registered = registry(author, reader, other);
  const seal: World['seal'] = async (compartments, changes = {}, by = author) =>
    sealer.finish(
      accepted(await sealer.prepare(draft(by, compartments, changes))),
      { chain: by.chain, seq: 0, prev: NO_PREVIOUS_HEADER },
      by.signing,
    );
  const sealed = await seal([
    compartment('core', [author.recipient, reader.recipient]),
    compartment('source', [author.recipient]),
  ]);
  return {
    openpgp,
    author,
    reader,
    other,
    stranger,
    sealed,
    container: accepted(parseContainer(sealed.container)),
    seal,
    admitted: async (bytes) => admit(openpgp, bytes, registered),
    part: (envelope, agency, names) => {
      const entry: EventEntry = {
        kind: 'event',
        ...accepted(parseContainer(envelope.container)),
      };
      const digests = envelope.compartments
        .filter(({ name }) => names.includes(name))
        .map(({ descriptorDigest }) => descriptorDigest);
      return entitle(entry, digests, agency.fingerprint);
    },
    wraps: (envelope, agency) =>
      new Map(
        envelope.compartments.flatMap(({ descriptorDigest, wraps }) => {
          const wrap = wraps.get(agency.fingerprint);
          return wrap === undefined ? [] : [[descriptorDigest, wrap] as const];
        }),
      ),
    opened: async (part, wraps, agency, changes = {}) =>
      open(openpgp, part, wraps, {
        certificatesOf: (issuer) =>
          [author, reader, other]
            .filter(({ id }) => id === issuer)
            .map(({ certificate }) => certificate),
        key: agency.decryption,
        own: agency.fingerprint,
        ...changes,
      }),
  };
};
