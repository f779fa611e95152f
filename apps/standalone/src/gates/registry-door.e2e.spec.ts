import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FederationFolder } from '@tripoint/adapters/keys';
import { formatChainEntry, OpenPgpJs, type StatementEntry } from '@tripoint/envelope';
import { type StatementBody } from '@tripoint/federation';
import { type AgencyId, type ChainId } from '@tripoint/kernel';
import { openHub, type RunningHub } from './testing/composition.js';
import { signedNext } from './testing/enact.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { rowsOf } from './testing/oracle.js';

const BG = 'bg-border-police' as AgencyId;
const SUSPEND: StatementBody = { kind: 'agency-suspended', agency: BG };
const REINSTATE: StatementBody = { kind: 'agency-reinstated', agency: BG };

describe('the registry’s door', () => {
  const removing: (() => Promise<void>)[] = [];
  let grounds: Grounds;
  let hub: RunningHub;

  beforeAll(async () => {
    const keys = await ceremony();
    removing.push(keys.remove);
    grounds = await freshGrounds(keys.path, []);
    removing.unshift(grounds.remove);
    hub = await openHub(grounds.places, { door: true });
    await untilTrue('the founding statements are in force', async () => (await next()) > 0);
  }, 180_000);

  afterAll(async () => {
    await hub.close();
    for (const remove of removing) await remove();
  }, 180_000);

  const post = async (
    entry: StatementEntry,
  ): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> => {
    const answer = await fetch(new URL('/registry/statements', hub.url), {
      method: 'POST',
      headers: { 'content-type': 'application/cbor' },
      body: new Uint8Array(formatChainEntry(entry)),
    });
    return {
      status: answer.status,
      body: (await answer.json()) as Readonly<Record<string, unknown>>,
    };
  };
  const next = async (): Promise<number> => {
    const answer = await fetch(new URL('/registry/next', hub.url));
    return ((await answer.json()) as { readonly seq: number }).seq;
  };
  const height = async (): Promise<number> => {
    const [row] = await rowsOf<{ height: number }>(
      grounds.places.ledger,
      `select count(*)::int as height from ledger.entry where stream = 'chain-registry'`,
    );
    return row?.height ?? -1;
  };

  it('takes a statement that it holds for what it is, and no other in its place', async () => {
    const folder = await FederationFolder.open(new OpenPgpJs(), grounds.places.federation);
    const before = await height();
    for (const [seq, entry] of (await folder.statements()).entries())
      expect(await post(entry)).toEqual({ status: 200, body: { seq } });
    const { entry: other } = await signedNext(grounds.places, SUSPEND, 'discard');
    const held = (await folder.statements())[2]!;
    const otherwise = { ...held, signatures: other.signatures };
    expect(await post(otherwise)).toMatchObject({
      status: 409,
      body: { code: 'statement-refused', detail: expect.stringMatching(/^out-of-sequence: /) },
    });
    expect(await height()).toBe(before);
  }, 180_000);

  it('takes statements one after the other, and never refuses one that follows', async () => {
    const first = await signedNext(grounds.places, SUSPEND);
    const second = await signedNext(grounds.places, REINSTATE);
    expect(await post(first.entry)).toEqual({ status: 202, body: { seq: first.seq } });
    expect(await post(first.entry)).toEqual({ status: 200, body: { seq: first.seq } });
    const answers: number[] = [];
    await eventually('it takes the second', async () => {
      const { status } = await post(second.entry);
      answers.push(status);
      return status === 503 ? undefined : status;
    });
    expect(answers.at(-1)).toBe(202);
    expect(await post(second.entry)).toEqual({ status: 200, body: { seq: second.seq } });
    await untilTrue('both are in force', async () => (await next()) === second.seq + 1);
  }, 180_000);

  it('unfreezes nothing that is not frozen', async () => {
    const before = [await height(), await next()];
    const { entry } = await signedNext(
      grounds.places,
      { kind: 'chain-unfrozen', chain: `${BG}-1` as ChainId, reason: 'OPERATOR_ERROR' },
      'discard',
    );
    expect(await post(entry)).toMatchObject({
      status: 409,
      body: { detail: `chain-not-frozen: ${BG}-1 is not frozen` },
    });
    expect([await height(), await next()]).toEqual(before);
  }, 180_000);
});
