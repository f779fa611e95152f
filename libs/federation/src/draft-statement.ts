import {
  canonical,
  type OpenPgp,
  type SecretKey,
  sha256,
  signStatement,
  type StatementEntry,
} from '@tripoint/envelope';
import { type Instant, isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { parseStatement, type RegistryCode } from './apply-statement.js';
import { type Registry } from './registry.js';
import { type RegistryStatement, type StatementBody, statementFamily } from './statement.js';

/** A certificate as statements carry it. */
export const certificateText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** The statement that would stand next in `registry`, not signed by anybody. */
export const draftStatement = (
  registry: Registry,
  body: StatementBody,
  at: Instant,
  attachment?: Uint8Array,
): StatementEntry => {
  const statement: RegistryStatement = {
    v: 1,
    federation: registry.anchor.federation,
    seq: registry.next.seq,
    prev: registry.next.prev,
    at,
    ...body,
  };
  return {
    kind: 'statement',
    statement: statementFamily(body.kind),
    body: canonical(statement),
    signatures: [],
    ...(attachment === undefined ? {} : { attachment }),
  };
};

/** The statement that puts a policy bundle into force, with the bundle attached. */
export const draftPolicyActivation = (
  registry: Registry,
  bundle: Uint8Array,
  at: Instant,
): StatementEntry =>
  draftStatement(registry, { kind: 'policy-activated', bundle: sha256(bundle) }, at, bundle);

/**
 * The same statement with one more root's signature. Root holders sign in turn, each on a machine of their own, each
 * after reading what they sign; whether they are enough is judged when the statement is applied.
 */
export const countersign = async (
  openpgp: OpenPgp,
  entry: StatementEntry,
  root: SecretKey,
): Promise<StatementEntry | Refusal<RegistryCode>> => {
  const statement = parseStatement(entry.body);
  if (isRefusal(statement)) return statement;
  const { bytes, signature } = await signStatement(
    openpgp,
    statementFamily(statement.kind),
    statement,
    root,
  );
  return Buffer.from(bytes).equals(entry.body)
    ? { ...entry, signatures: [...entry.signatures, signature] }
    : refuse('statement-not-canonical', 'a statement is canonical JSON');
};
