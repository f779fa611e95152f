import { FederationFolder, KeysError, readWhole } from '@tripoint/adapters/keys';
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
import { HubError, type Instant, isRefusal, type Refusal } from '@tripoint/kernel';

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
 * Writes the next statement, signed by the roots at hand, and sends it when they are enough and a hub is named.
 * Nothing is kept of a statement that the registry would refuse however many signed it.
 */
export const propose = async (
  ceremony: Ceremony,
  body: StatementBody,
  attachment?: Uint8Array,
): Promise<Proposed | Refusal<RegistryCode>> => {
  const { folder, registry, pending } = await openRegistry(ceremony);
  if (pending !== undefined)
    throw new KeysError(
      'statement-pending',
      'the statement before lacks signatures; complete it with `federation sign`',
    );
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
  if (sent) await submit(ceremony.fetch, ceremony.hub ?? '', entry);
  return {
    path,
    seq,
    kind,
    signatures: entry.signatures.length,
    registry: enough ? next : undefined,
    sent,
  };
};

/** Sends the folder's complete statements from `from` on, in order. Answers how many. */
export const submitAll = async (ceremony: Ceremony, from: number): Promise<number> => {
  const { folder, registry } = await openRegistry(ceremony);
  const entries = (await folder.statements()).slice(from, registry.next.seq);
  for (const entry of entries) await submit(ceremony.fetch, ceremony.hub ?? '', entry);
  return entries.length;
};

/**
 * Sends a statement to a hub. The hub takes each place once, so the same statement may be sent again.
 * @throws {HubError} `hub-away`, retriable; `hub-refused` with the hub's own code
 */
export const submit = async (
  send: typeof fetch,
  hub: string,
  entry: StatementEntry,
): Promise<void> => {
  const bytes = formatChainEntry(entry);
  const answer = await send(new URL('registry/statements', hub.endsWith('/') ? hub : `${hub}/`), {
    method: 'POST',
    headers: {
      'content-type': 'application/cbor',
      'idempotency-key': sha256(entry.body),
    },
    body: new Uint8Array(bytes),
  }).catch((cause: unknown) => {
    throw new HubError('hub-away', `no hub answers at ${hub}`, true, { cause });
  });
  if (answer.ok) return;
  const problem: unknown = await answer.json().catch(() => undefined);
  const code =
    typeof problem === 'object' && problem !== null && 'code' in problem
      ? String(problem.code)
      : String(answer.status);
  throw new HubError('hub-refused', `the hub refused the statement: ${code}`, answer.status >= 500);
};

/** A file that is nobody's secret, such as a policy bundle or a certificate. */
export const readPublic = (path: string): Promise<Uint8Array> => readWhole(path, false);
