import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Digest, type Fingerprint, isRefusal } from '@tripoint/kernel';
import {
  admit,
  type Container,
  formatContainer,
  type NamedWrap,
  parseContainer,
  regrant,
  type Sealed,
  sha256,
} from './index.js';
import {
  accepted,
  compartment,
  registry,
  type TestAgency,
  type World,
  world,
} from './testing/index.js';

let w: World;
beforeAll(async () => {
  w = await world();
});

const code = (outcome: unknown): string | undefined =>
  isRefusal(outcome) ? outcome.refused : undefined;
const certificatesOf = () => [w.author.certificate, w.other.certificate];
const core = (): Digest =>
  w.sealed.compartments.find(({ name }) => name === 'core')!.descriptorDigest;

/** What the author's node makes for `other`, who was not addressed. */
const regranted = (
  changes: { key?: TestAgency; wraps?: ReadonlyMap<Digest, Uint8Array>; of?: Sealed } = {},
) =>
  regrant(
    w.openpgp,
    // Delivered for a grant: without an opening.
    bare(w.part(changes.of ?? w.sealed, w.author, ['core'])),
    changes.wraps ?? w.wraps(w.sealed, w.author),
    {
      certificatesOf,
      key: (changes.key ?? w.author).decryption,
      own: w.author.fingerprint,
    },
    w.other.recipient,
  );

const bare = ({ header, signature, compartments }: ReturnType<World['part']>) => ({
  header,
  signature,
  compartments: compartments.map(({ descriptor, body }) => ({ descriptor, body })),
});

describe('a key that is wrapped once more', () => {
  it('opens what was said for whom it is, in place of an opening', async () => {
    const { header, wraps } = accepted(await regranted());
    expect(header).toBe(w.sealed.headerDigest);
    const given = new Map(wraps.map(({ descriptor, wrap }) => [descriptor, wrap]));
    const opened = accepted(
      await w.opened(bare(w.part(w.sealed, w.author, ['core'])), given, w.other, {
        granted: new Map(wraps.map(({ descriptor, wrap }) => [descriptor, sha256(wrap)])),
      }),
    );
    expect(opened.compartments.map(({ frame }) => frame.event.data)).toEqual([
      { compartment: 'core' },
    ]);
  });

  it('is none that the envelope does not commit to, whatever was kept as its wrap', async () => {
    const wrong = await w.openpgp.wrap(
      new Uint8Array(32).fill(7),
      w.author.certificate,
      w.author.recipient.subkey,
    );
    expect(code(await regranted({ wraps: new Map([[core(), wrong]]) }))).toBe(
      'commitment-mismatch',
    );
  });

  it('is not made of what another key was kept for, nor of what was not kept', async () => {
    expect(code(await regranted({ key: w.reader }))).toBe('cannot-unwrap');
    expect(code(await regranted({ wraps: new Map() }))).toBe('wrap-missing');
  });

  it('is not made of an envelope that was changed', async () => {
    const forged = await w.seal([compartment('core', [w.author.recipient])], {}, w.reader);
    expect(code(await regranted({ of: forged, wraps: w.wraps(forged, w.author) }))).toBe(
      'unknown-signer',
    );
  });

  it('is refused by the grantee when it is another session key than the author’s', async () => {
    const other = await w.openpgp.wrap(
      new Uint8Array(32).fill(9),
      w.other.certificate,
      w.other.recipient.subkey,
    );
    const outcome = await w.opened(
      bare(w.part(w.sealed, w.author, ['core'])),
      new Map([[core(), other]]),
      w.other,
      { granted: new Map([[core(), sha256(other)]]) },
    );
    expect(code(outcome)).toBe('commitment-mismatch');
  });

  it('may come made again for another key of its holder’s, with the same session key only', async () => {
    const own = new Map([...w.wraps(w.sealed, w.author)]);
    const sessionKey = accepted(await w.openpgp.unwrap(own.get(core())!, w.author.decryption));
    const { certificate, recipient } = w.author;
    const again = await w.openpgp.wrap(sessionKey, certificate, recipient.subkey);
    const part = w.part(w.sealed, w.author, ['core']);
    const opened = (wrap: Uint8Array, remade?: true) =>
      w.opened(part, new Map([[core(), wrap]]), w.author, remade && { remade });
    expect(code(await opened(again))).toBe('wrap-mismatch');
    expect(accepted(await opened(again, true)).compartments).toHaveLength(1);
    const other = await w.openpgp.wrap(new Uint8Array(32).fill(3), certificate, recipient.subkey);
    expect(code(await opened(other, true))).toBe('commitment-mismatch');
    expect(code(await opened(again.subarray(1), true))).toBe('wrap-mismatch');
  });

  it('is refused by the grantee when the grant names another wrap, or none', async () => {
    const { wraps } = accepted(await regranted());
    const given = new Map(wraps.map(({ descriptor, wrap }) => [descriptor, wrap]));
    const part = bare(w.part(w.sealed, w.author, ['core']));
    const named = new Map([[core(), 'ab'.repeat(32) as Digest]]);
    expect(code(await w.opened(part, given, w.other, { granted: named }))).toBe('wrap-mismatch');
    expect(code(await w.opened(part, given, w.other))).toBe('not-addressed');
  });
});

describe('an envelope that carries a granted wrap', () => {
  let granted: { readonly descriptor: Digest; readonly wrap: Uint8Array };
  let container: Container;
  beforeAll(async () => {
    [granted] = accepted(await regranted()).wraps as [typeof granted];
    const sealed = await w.seal([compartment('core', [w.author.recipient])], {
      type: 'grant',
      granted: [{ ...granted, agency: w.other.fingerprint }],
    });
    container = accepted(parseContainer(sealed.container));
  });

  const named = (): NamedWrap => ({
    descriptor: granted.descriptor,
    agency: w.other.fingerprint,
    wrap: sha256(granted.wrap),
  });
  const admitted = (names: readonly NamedWrap[], changes: Partial<Container> = {}) =>
    admit(w.openpgp, formatContainer({ ...container, ...changes }), {
      ...registry(w.author, w.reader, w.other),
      granted: () => names,
    });
  const wrapsWith = (
    descriptor: Digest,
    wraps: readonly (readonly [Fingerprint, Uint8Array])[],
  ): Container['wraps'] => new Map([...container.wraps, [descriptor, new Map(wraps)]]);

  it('is admitted with it, and the chain keeps none of it', async () => {
    const outcome = accepted(await admitted([named()]));
    expect(outcome.kind === 'event' && outcome.granted).toEqual([
      { ...granted, agency: w.other.fingerprint },
    ]);
    expect(Buffer.from(outcome.entryBytes).includes(Buffer.from(granted.wrap))).toBe(false);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['that its facts do not name', () => admitted([]), 'parts-mismatch'],
    [
      'beside one that is not there',
      () => admitted([named(), { ...named(), descriptor: 'cd'.repeat(32) as Digest }]),
      'parts-mismatch',
    ],
    [
      'for another agency than they name',
      () => admitted([{ ...named(), agency: w.reader.fingerprint }]),
      'parts-mismatch',
    ],
    [
      'for one more agency than they name',
      () =>
        admitted([named()], {
          wraps: wrapsWith(granted.descriptor, [
            [w.other.fingerprint, granted.wrap],
            [w.reader.fingerprint, granted.wrap],
          ]),
        }),
      'parts-mismatch',
    ],
    [
      'that they name by another digest',
      () => admitted([{ ...named(), wrap: 'cd'.repeat(32) as Digest }]),
      'wrap-mismatch',
    ],
    [
      'that is made to a subkey of somebody else',
      async () => {
        const wrap = await w.openpgp.wrap(
          new Uint8Array(32),
          w.reader.certificate,
          w.reader.recipient.subkey,
        );
        return admitted([{ ...named(), wrap: sha256(wrap) }], {
          wraps: wrapsWith(granted.descriptor, [[w.other.fingerprint, wrap]]),
        });
      },
      'unregistered-subkey',
    ],
    [
      'for somebody who is not registered',
      async () => {
        const { certificate, fingerprint, recipient } = w.stranger;
        const wrap = await w.openpgp.wrap(new Uint8Array(32), certificate, recipient.subkey);
        return admitted([{ ...named(), agency: fingerprint, wrap: sha256(wrap) }], {
          wraps: wrapsWith(granted.descriptor, [[fingerprint, wrap]]),
        });
      },
      'unknown-recipient',
    ],
    [
      'that is no wrap',
      () => {
        const wrap = new Uint8Array([1, 2, 3]);
        return admitted([{ ...named(), wrap: sha256(wrap) }], {
          wraps: wrapsWith(granted.descriptor, [[w.other.fingerprint, wrap]]),
        });
      },
      'wrap-profile',
    ],
  ])('is refused %s', async (_, attack, refused) => {
    expect(code(await attack())).toBe(refused);
  });
});
