import { describe, expect, it } from '@jest/globals';
import { type CosignedTree, Witnessed } from '@tripoint/read-model';
import {
  Cosigner,
  Ed25519NoteSigner,
  formatCheckpoint,
  generateNoteKey,
  leafHash,
  signNote,
  type TrustPolicy,
} from '@tripoint/transparency';
import { type AgencyOptions } from '../agency.options.js';
import { Freshness } from './freshness.js';

const ORIGIN = 'log.example/one';
const START = Date.UTC(2026, 10, 26, 12, 0, 0);
const log = Ed25519NoteSigner.fromPem(ORIGIN, generateNoteKey(ORIGIN, 'ed25519').privateKeyPem);
const { privateKeyPem } = generateNoteKey('w', 'cosignature-v1');
const witnessAt = (second: number): Cosigner =>
  Cosigner.fromPem('w', privateKeyPem, () => new Date(START + second * 1000));
const trustPolicy: TrustPolicy = {
  logs: [{ key: log.verifierKey, url: null }],
  witnesses: [{ name: 'w', key: witnessAt(0).verifierKey, url: null }],
  groups: [],
  quorum: 'w',
};
const root = leafHash(Buffer.from('x'));
const cosigned = async (second: number, by = [log, witnessAt(second)]): Promise<CosignedTree> => {
  const text = formatCheckpoint({ origin: ORIGIN, size: 9, root, extensions: [] });
  return { size: 9, root: root.toString('hex'), note: (await signNote(text, by)).toString() };
};

class Kept extends Witnessed {
  constructor(private readonly cosigned: CosignedTree | undefined) {
    super();
  }
  override size(): Promise<number> {
    return Promise.resolve(0);
  }
  override newest(): Promise<CosignedTree | undefined> {
    return Promise.resolve(this.cosigned);
  }
  override untied(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }
  override handedUnder(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  override keepEvidence(): Promise<void> {
    return Promise.resolve();
  }
  override evidence(): Promise<ReadonlyMap<string, Uint8Array>> {
    return Promise.resolve(new Map());
  }
  override keep(): Promise<void> {
    return Promise.resolve();
  }
}

const freshness = (
  newest: CosignedTree | undefined,
  rest: Partial<AgencyOptions> = { trustPolicy },
  wholeAt?: number,
): { readonly at: (second: number) => Freshness } => {
  let now = START;
  const options = {
    witnessed: new Kept(newest),
    journal: {
      position: () =>
        Promise.resolve(
          wholeAt === undefined
            ? {}
            : { heads: { index: 7, time: new Date(START + wholeAt * 1000).toISOString() } },
        ),
    },
    staleAfterSeconds: 100,
    now: () => now,
    ...rest,
  } as unknown as AgencyOptions;
  const made = new Freshness(options);
  return {
    at: (second) => {
      now = START + second * 1000;
      return made;
    },
  };
};

describe('the age of what witnesses have cosigned', () => {
  it('counts from when the quorum was complete', async () => {
    const { at } = freshness(await cosigned(30));
    expect(await at(50).age()).toBe(20);
    // A witness's clock may be ahead of ours.
    expect(await at(10).age()).toBe(0);
    await expect(at(130).check()).resolves.toBeUndefined();
    await expect(at(131).check()).rejects.toMatchObject({
      code: 'checkpoint-stale',
      retriable: true,
    });
  });

  it('counts from the start where there is none, or none that is under quorum', async () => {
    for (const newest of [undefined, await cosigned(30, [log])]) {
      const { at } = freshness(newest);
      expect(await at(40).age()).toBe(40);
      await expect(at(101).check()).rejects.toMatchObject({ code: 'checkpoint-stale' });
    }
  });

  it('is of no use without the statements under it: heads that fit have to come as well', async () => {
    const DAY = 86_400;
    const rest = { trustPolicy, staleAfterSeconds: DAY };
    const newest = await cosigned(3 * DAY);
    const { at } = freshness(newest, rest, 2 * DAY);
    expect(await at(3 * DAY).wholeAge()).toBe(DAY);
    await expect(at(3 * DAY).check()).resolves.toBeUndefined();
    await expect(at(3 * DAY + 1).check()).rejects.toMatchObject({
      code: 'checkpoint-stale',
      message: expect.stringContaining('registry'),
    });
    // None have come since the start, for as long.
    await expect(
      freshness(newest, rest)
        .at(DAY + 1)
        .check(),
    ).rejects.toThrow('registry');
  });

  it('does not ask for heads more often than they are owed', async () => {
    const { at } = freshness(await cosigned(1_150), { trustPolicy, staleAfterSeconds: 100 }, 0);
    await expect(at(1_200).check()).resolves.toBeUndefined();
    await expect(at(1_201).check()).rejects.toMatchObject({ code: 'checkpoint-stale' });
  });

  it('is no question where the policy asks for nobody, or there is none', async () => {
    for (const rest of [{}, { trustPolicy: { ...trustPolicy, quorum: 'none' } }]) {
      const { at } = freshness(undefined, rest);
      expect(await at(1_000_000).age()).toBeUndefined();
      await expect(at(1_000_000).check()).resolves.toBeUndefined();
    }
  });
});
