import { isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { parseCheckpoint } from './checkpoint.js';
import { parseNote } from './note.js';
import { type CheckpointRefusal, openCheckpoint, type OpenedCheckpoint } from './open-note.js';
import { parseUtf8 } from './text.js';
import {
  formatVerifierKey,
  parseVerifierKey,
  samePublicKey,
  type VerifierKey,
} from './verifier-key.js';

/** A log whose checkpoints are believed. */
export type PolicyLog = { readonly key: VerifierKey; readonly url: string | null };

/** A witness, under the name that it has within the policy. */
export type PolicyWitness = PolicyLog & { readonly name: string };

/** Cosigns when at least `threshold` of its members, witnesses and groups, do. */
export type PolicyGroup = {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
};

/** Whose word makes a checkpoint one that the world has seen (C2SP tlog-policy). */
export type TrustPolicy = {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** Each names only witnesses, and groups before it. */
  readonly groups: readonly PolicyGroup[];
  /** The witness or group that has to have cosigned, or `none`. */
  readonly quorum: string;
};

export type MalformedPolicy = Refusal<'malformed-policy'>;

/** A checkpoint that a quorum has cosigned. */
export type WitnessedCheckpoint = OpenedCheckpoint & {
  /** When the quorum was complete, in seconds since 1970, as the witnesses claim; null when the policy asks for none. */
  readonly time: number | null;
};

export type PolicyRefusal = CheckpointRefusal | Refusal<'below-quorum'>;

const MAX_POLICY_BYTES = 256 * 1024;
const MOST = 32;
const NONE = 'none';
/** Tab, newline, what ASCII can print, and everything beyond it. */
const ALLOWED = /^[\t\n -~\u{80}-\u{10ffff}]*$/u;

/**
 * The policy as a file.
 * @throws {RangeError} for a policy that {@link parseTrustPolicy} would refuse
 */
export const formatTrustPolicy = ({ logs, witnesses, groups, quorum }: TrustPolicy): Buffer => {
  const end = (url: string | null): string => (url === null ? '' : ` ${url}`);
  const lines = [
    ...logs.map(({ key, url }) => `log ${formatVerifierKey(key)}${end(url)}`),
    ...witnesses.map(
      ({ name, key, url }) => `witness ${name} ${formatVerifierKey(key)}${end(url)}`,
    ),
    ...groups.map(({ name, threshold, members }) =>
      ['group', name, threshold, ...members].join(' '),
    ),
    `quorum ${quorum}`,
  ];
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  if (isRefusal(parseTrustPolicy(bytes)))
    throw new RangeError('formatting a policy that no one could read');
  return bytes;
};

/** Reads a policy file that came by hand: whoever can write it decides who is believed. */
export const parseTrustPolicy = (bytes: Uint8Array): TrustPolicy | MalformedPolicy => {
  const text = bytes.length > MAX_POLICY_BYTES ? undefined : parseUtf8(bytes);
  if (text === undefined || !ALLOWED.test(text) || !text.endsWith('\n'))
    return malformed('it is not text of the agreed form');
  const draft = new Draft();
  for (const [at, line] of text.slice(0, -1).split('\n').entries()) {
    const words = line.split(/[\t ]+/).filter((word) => word !== '');
    const fault = words[0]?.startsWith('#') === false ? draft.take(words) : undefined;
    if (fault !== undefined) return malformed(`line ${at + 1}: ${fault}`);
  }
  return draft.done() ?? malformed('it names no quorum');
};

const malformed = (why: string): MalformedPolicy =>
  refuse('malformed-policy', `this is not a trust policy: ${why}`);

class Draft {
  readonly #logs: PolicyLog[] = [];
  readonly #witnesses: PolicyWitness[] = [];
  readonly #groups: PolicyGroup[] = [];
  /** Names that are defined, and whether some group has them already. */
  readonly #names = new Map<string, 'free' | 'taken'>();
  #quorum: string | undefined;

  /** Takes one line; says what is wrong with it. */
  take([kind = '', ...words]: readonly string[]): string | undefined {
    switch (kind) {
      case 'log':
        return this.#log(words);
      case 'witness':
        return this.#witness(words);
      case 'group':
        return this.#group(words);
      case 'quorum':
        return this.#setQuorum(words);
      default:
        return 'an unknown keyword';
    }
  }

  done(): TrustPolicy | undefined {
    return this.#quorum === undefined
      ? undefined
      : {
          logs: this.#logs,
          witnesses: this.#witnesses,
          groups: this.#groups,
          quorum: this.#quorum,
        };
  }

  #log([vkey = '', url, ...more]: readonly string[]): string | undefined {
    const key = parseVerifierKey(vkey);
    if (isRefusal(key) || key.use !== 'ed25519' || more.length > 0) return 'not a log';
    if (isOneOf(this.#logs, key)) return 'the key of a log before it';
    if (this.#logs.length === MOST) return 'too many logs';
    this.#logs.push({ key, url: url ?? null });
    return undefined;
  }

  #witness([name = '', vkey = '', url, ...more]: readonly string[]): string | undefined {
    const key = parseVerifierKey(vkey);
    if (isRefusal(key) || key.use === 'ed25519' || more.length > 0) return 'not a witness';
    if (isOneOf(this.#witnesses, key)) return 'the key of a witness before it';
    if (this.#witnesses.length === MOST) return 'too many witnesses';
    this.#witnesses.push({ name, key, url: url ?? null });
    return this.#define(name);
  }

  #group([name = '', count = '', ...members]: readonly string[]): string | undefined {
    const threshold = thresholdOf(count, members.length);
    if (threshold === undefined) return 'not a group';
    if (this.#groups.length === MOST) return 'too many groups';
    for (const member of members) {
      if (this.#names.get(member) !== 'free') return 'a member that is not defined or not free';
      this.#names.set(member, 'taken');
    }
    this.#groups.push({ name, threshold, members });
    return this.#define(name);
  }

  #setQuorum([name = '', ...more]: readonly string[]): string | undefined {
    if (this.#quorum !== undefined) return 'a second quorum';
    if (more.length > 0 || (name !== NONE && !this.#names.has(name))) return 'not a quorum';
    this.#quorum = name;
    return undefined;
  }

  #define(name: string): string | undefined {
    if (name === NONE || this.#names.has(name)) return 'a name that is taken';
    this.#names.set(name, 'free');
    return undefined;
  }
}

const isOneOf = (known: readonly PolicyLog[], key: VerifierKey): boolean =>
  known.some((one) => samePublicKey(one.key, key));

const thresholdOf = (count: string, members: number): number | undefined => {
  if (members === 0) return undefined;
  if (count === 'all') return members;
  if (count === 'any') return 1;
  const threshold = /^[1-9]\d{0,3}$/.test(count) ? Number(count) : undefined;
  return threshold !== undefined && threshold <= members ? threshold : undefined;
};

/**
 * When the quorum was complete, from when each witness cosigned, by its name in the policy; null for a policy that asks for
 * none, undefined when it is not complete.
 */
export const quorumTime = (
  { witnesses, groups, quorum }: TrustPolicy,
  times: ReadonlyMap<string, number>,
): number | null | undefined => {
  if (quorum === NONE) return null;
  const reached = new Map<string, number>();
  for (const { name } of witnesses) {
    const time = times.get(name);
    if (time !== undefined) reached.set(name, time);
  }
  for (const { name, threshold, members } of groups) {
    // The quorum is as fresh as it can be made: of those who signed, the newest that suffice count.
    const newest = members
      .flatMap((member) => reached.get(member) ?? [])
      .sort((a, b) => b - a)
      .at(threshold - 1);
    if (newest !== undefined) reached.set(name, newest);
  }
  return reached.get(quorum);
};

/**
 * Reads a checkpoint that a stranger controls and holds it against a policy: signed by one of its logs, whose name is the
 * origin, and cosigned by its quorum.
 */
export const openWitnessed = (
  bytes: Uint8Array,
  policy: TrustPolicy,
): WitnessedCheckpoint | PolicyRefusal => {
  const note = parseNote(bytes);
  if (isRefusal(note)) return note;
  const claimed = parseCheckpoint(note.text);
  if (isRefusal(claimed)) return claimed;
  const logs = policy.logs.filter(({ key }) => key.name === claimed.origin);
  const keys = policy.witnesses.map(({ key }) => key);
  let outcome: OpenedCheckpoint | CheckpointRefusal = refuse(
    'other-log',
    'the checkpoint is of a log that the policy does not name',
  );
  for (const { key } of logs) {
    outcome = openCheckpoint(bytes, key, keys);
    if (!isRefusal(outcome)) break;
  }
  if (isRefusal(outcome)) return outcome;
  const time = quorumTime(policy, cosignedAt(outcome, policy));
  return time === undefined
    ? refuse('below-quorum', 'too few witnesses have cosigned the checkpoint')
    : { ...outcome, time };
};

/** When each witness of the policy has cosigned, by its name there. */
export const cosignedAt = (
  { cosignatures }: OpenedCheckpoint,
  { witnesses }: TrustPolicy,
): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const { name, key } of witnesses) {
    const signature = cosignatures.find((one) => one.name === key.name && one.keyId === key.keyId);
    if (signature !== undefined && signature.time !== null) times.set(name, signature.time);
  }
  return times;
};
