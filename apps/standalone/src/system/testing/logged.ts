// What the log says of each event, read from the tables by itself.
import { parseChainEntry, parseHeader } from '@tripoint/envelope';
import { isRefusal, type Refusal } from '@tripoint/kernel';
import { parseLeaf, parseLogEntry, parseOrigin } from '@tripoint/ledger';
import { rowsOf } from '../../gates/testing/oracle.js';
import { type SeparateFederation } from './separate-federation.js';

/** One leaf; `issuer` where it stands for an event. */
export type Logged = {
  readonly kind: string;
  readonly time: number;
  readonly late: boolean;
  readonly issuer: string | undefined;
};

const sound = <T>(parsed: T | Refusal): T => {
  if (isRefusal(parsed)) throw new Error(`the ledger holds what is malformed: ${parsed.refused}`);
  return parsed;
};

/** Every leaf from the one with number `first` on. */
export const loggedFrom = async (
  { places }: SeparateFederation,
  first = 0,
): Promise<readonly Logged[]> => {
  const rows = await rowsOf<{ stream: string; revision: string; bytes: Buffer }>(
    places.ledger,
    `select stream, revision, bytes from ledger.entry
     where stream = 'log' or stream like 'chain-%' order by stream, revision`,
  );
  const issuers = new Map<string, string>(
    rows.flatMap(({ stream, revision, bytes }) => {
      if (stream === 'log') return [];
      const entry = sound(parseChainEntry(bytes));
      return entry.kind === 'event'
        ? [[`${stream} ${revision}`, sound(parseHeader(entry.header)).issuer] as const]
        : [];
    }),
  );
  return rows
    .filter(({ stream, revision }) => stream === 'log' && Number(revision) >= first)
    .map(({ bytes }) => {
      const entry = sound(parseLogEntry(bytes));
      const { kind, time, late } = sound(parseLeaf(entry.leaf));
      const origin = entry.origin === null ? undefined : sound(parseOrigin(entry.origin));
      return {
        kind,
        time: Date.parse(time),
        late,
        issuer: origin && issuers.get(`chain-${origin.chain} ${origin.revision}`),
      };
    });
};
