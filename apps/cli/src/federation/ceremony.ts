import { setTimeout } from 'node:timers/promises';
import { FederationFolder, KeysError } from '@tripoint/adapters/keys';
import { formatChainEntry, type OpenPgp, sha256, type StatementEntry } from '@tripoint/envelope';
import {
  applyStatement,
  countersign,
  draftStatement,
  parseStatement,
  previewStatement,
  type Registry,
  type RegistryCode,
  signersOf,
  type StatementBody,
} from '@tripoint/federation';
import { HubError, type Instant, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { UsageError } from '../command.js';

/** A ceremony under way: whose folder, which roots sign, where it is sent. */
export type Ceremony = {
  readonly openpgp: OpenPgp;
  readonly dir: string;
  readonly at: Instant;
  /** Names of roots in the folder, or paths of their own folders. */
  readonly signWith: readonly string[];
  readonly passphrase?: string | undefined;
  readonly hub?: string | undefined;
  readonly fetch: typeof fetch;
};

/** What became of a statement. */
export type Proposed = {
  readonly path: string;
  readonly seq: number;
  readonly kind: StatementBody['kind'];
  readonly signatures: number;
  /** The registry with it, once enough roots have signed. */
  readonly registry: Registry | undefined;
  readonly sent: boolean;
};

/** What asks for a registry: everything but founding one. */
export const openRegistry = async ({
  openpgp,
  dir,
}: Pick<Ceremony, 'openpgp' | 'dir'>): Promise<{
  readonly folder: FederationFolder;
  readonly registry: Registry;
  readonly pending: StatementEntry | undefined;
}> => {
  const folder = await FederationFolder.open(openpgp, dir);
  return { folder, ...(await folder.registry()) };
};

/**
 * What the next statement is added to. Whatever makes or changes keys for it asks first: while another one lacks signatures there is
 * no next one, and no file is touched for it.
 * @throws {KeysError} `statement-pending`
 */
export const openForNext = async (
  ceremony: Pick<Ceremony, 'openpgp' | 'dir'>,
): Promise<{ readonly folder: FederationFolder; readonly registry: Registry }> => {
  const { folder, registry, pending } = await openRegistry(ceremony);
  if (pending !== undefined)
    throw new KeysError(
      'statement-pending',
      'the statement before lacks signatures; complete it with `federation sign`, or take it back with `federation withdraw`',
    );
  return { folder, registry };
};

/**
 * Writes the next statement, signed by the roots at hand, and sends it when they are enough and a hub is named.
 * Nothing is kept of a statement that the registry would refuse however many signed it.
 */
export const propose = async (
  ceremony: Ceremony,
  body: StatementBody,
  attachment?: Uint8Array,
): Promise<Proposed | Refusal<RegistryCode>> => {
  const { folder, registry } = await openForNext(ceremony);
  const entry = draftStatement(registry, body, ceremony.at, attachment);
  return complete(ceremony, folder, registry, entry);
};

/** Adds signatures to the statement that lacks them. */
export const signPending = async (
  ceremony: Ceremony,
): Promise<Proposed | Refusal<RegistryCode> | undefined> => {
  const { folder, registry, pending } = await openRegistry(ceremony);
  return pending === undefined ? undefined : complete(ceremony, folder, registry, pending);
};

/** What was taken back. */
export type Withdrawn = Pick<Proposed, 'seq' | 'kind'>;

/**
 * Drops the statement that lacks signatures. No log has it, and no rule speaks of it: it is its keeper's to drop. Whoever has a copy can
 * complete that one all the same, so a hub that is named is asked whether it has the place.
 */
export const withdrawPending = async (
  ceremony: Pick<Ceremony, 'openpgp' | 'dir' | 'hub' | 'fetch'>,
): Promise<Withdrawn | Refusal<'nothing-pending' | 'statement-recorded'>> => {
  const { folder, registry, pending } = await openRegistry(ceremony);
  if (pending === undefined)
    return refuse(
      'nothing-pending',
      'no statement lacks signatures; what enough roots have signed is taken back by nobody',
    );
  const { seq } = registry.next;
  const { hub, fetch: send } = ceremony;
  if (hub !== undefined && (await nextAt(send, hub)) > seq)
    return refuse(
      'statement-recorded',
      `the hub has a statement ${seq}: somebody has completed a copy, put that one into the folder`,
    );
  const statement = parseStatement(pending.body);
  if (isRefusal(statement)) throw new KeysError('folder-malformed', statement.detail);
  await folder.takeBack(seq);
  return { seq, kind: statement.kind };
};

const complete = async (
  ceremony: Ceremony,
  folder: FederationFolder,
  registry: Registry,
  draft: StatementEntry,
): Promise<Proposed | Refusal<RegistryCode>> => {
  const { openpgp, signWith, passphrase } = ceremony;
  const index = registry.index + 1n;
  const preview = await previewStatement(openpgp, registry, draft, index);
  if (isRefusal(preview)) return preview;
  let entry = draft;
  for (const root of signWith) {
    const signed = await countersign(openpgp, entry, await folder.rootKey(root, passphrase));
    if (isRefusal(signed)) return signed;
    entry = signed;
  }
  const signers = await signersOf(openpgp, registry, entry);
  if (isRefusal(signers)) return signers;
  const statement = parseStatement(entry.body);
  if (isRefusal(statement)) return statement;
  const next = await applyStatement(openpgp, registry, entry, index);
  if (isRefusal(next) && next.refused !== 'below-threshold') return next;
  const { seq, kind } = statement;
  const path = await folder.keep(seq, entry);
  const enough = !isRefusal(next);
  const sent = enough && ceremony.hub !== undefined;
  if (sent)
    await submit(ceremony.fetch, ceremony.hub ?? '', entry).catch(async (thrown: unknown) => {
      // A statement that is kept and that no hub takes would stand in the way of every later one.
      if (thrown instanceof StatementRefused && !OUT_OF_STEP.has(thrown.code))
        await folder.takeBack(seq);
      throw thrown;
    });
  return {
    path,
    seq,
    kind,
    signatures: entry.signatures.length,
    registry: enough ? next : undefined,
    sent,
  };
};

/** What became of the statements that were sent: the hub took some now, and had the others. */
type Sent = { readonly taken: number; readonly held: number };
export type Submitted = Sent & {
  /** A statement in the folder lacks signatures: it was not sent. */
  readonly unsigned: boolean;
};

/**
 * Sends the folder's complete statements from `from` on, in order.
 * @throws {UsageError} when that leaves out statements that the hub lacks
 */
export const submitAll = async (ceremony: Ceremony, from: number): Promise<Submitted> => {
  const { folder, registry, pending } = await openRegistry(ceremony);
  const { hub = '', fetch: send } = ceremony;
  const next = await nextAt(send, hub);
  if (from > next)
    throw new UsageError(
      'bad-arguments',
      `--from ${from} is ahead of the hub, whose next statement is ${next}: leave it out`,
    );
  const entries = (await folder.statements()).slice(from, registry.next.seq);
  const outcome = { taken: 0, held: 0 };
  for (const entry of entries) outcome[await submit(send, hub, entry)] += 1;
  return { ...outcome, unsigned: pending !== undefined };
};

/** The number of the statement that a hub waits for. */
const nextAt = async (send: typeof fetch, hub: string): Promise<number> => {
  const answer = await send(at(hub, 'registry/next')).catch(away(hub));
  const value: unknown = answer.ok ? await answer.json().catch(() => undefined) : undefined;
  const seq = memberOf(value, 'seq');
  if (typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0) return seq;
  throw new HubError(
    'hub-not-understood',
    `${hub} answers with status ${answer.status}, and not like a hub`,
    answer.status >= 500,
  );
};

/** The hub said no to a statement, with its own code, and keeps saying so. */
class StatementRefused extends HubError {
  constructor(code: string, detail: string) {
    super(code, `the hub refused the statement: ${detail}`, false);
  }
}

/** Refusals that say where a statement stands, and nothing against it. */
const OUT_OF_STEP: ReadonlySet<string> = new Set(['out-of-sequence', 'wrong-prev', 'index-behind']);

/** While a hub is recording the statement before, it is asked again: so often, and after so many milliseconds. */
const ATTEMPTS = 40;
const ASK_AGAIN = 250;

/**
 * Sends a statement to a hub. The hub takes each place once, so the same statement may be sent again.
 * @throws {HubError} `hub-away`, retriable; otherwise the hub's own code
 */
export const submit = async (
  send: typeof fetch,
  hub: string,
  entry: StatementEntry,
): Promise<keyof Sent> => {
  const bytes = formatChainEntry(entry);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(at(hub, 'registry/statements'), {
      method: 'POST',
      headers: {
        'content-type': 'application/cbor',
        'idempotency-key': sha256(entry.body),
      },
      body: new Uint8Array(bytes),
    }).catch(away(hub));
    if (answer.ok) {
      await answer.body?.cancel();
      return answer.status === 200 ? 'held' : 'taken';
    }
    const problem: unknown = await answer.json().catch(() => undefined);
    if (answer.status < 500) throw refusedWith(problem, answer.status);
    if (answer.status !== 503 || attempt === ATTEMPTS)
      throw new HubError(
        'hub-away',
        `the hub could not take the statement (status ${answer.status})`,
        true,
      );
    await setTimeout(ASK_AGAIN);
  }
};

/** The exact code stands before the detail; whoever serves the answer controls both. */
const refusedWith = (problem: unknown, status: number): StatementRefused => {
  const [code, detail] = [memberOf(problem, 'code'), memberOf(problem, 'detail')].map((text) =>
    typeof text === 'string' && /^[\x20-\x7e]{1,400}$/.test(text) ? text : undefined,
  );
  const [, exact, rest] = /^([a-z]+(?:-[a-z]+)*): (.+)$/.exec(detail ?? '') ?? [];
  return code === 'statement-refused' && exact !== undefined && rest !== undefined
    ? new StatementRefused(exact, rest)
    : new StatementRefused('hub-refused', detail ?? code ?? `status ${status}`);
};

const at = (hub: string, path: string): URL => new URL(path, hub.endsWith('/') ? hub : `${hub}/`);

const away =
  (hub: string) =>
  (cause: unknown): never => {
    throw new HubError('hub-away', `no hub answers at ${hub}`, true, { cause });
  };

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
