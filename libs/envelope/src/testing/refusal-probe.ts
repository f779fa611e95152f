// Refuses one input in a process of its own, so that its peak of memory is the refusal's and nobody else's.
import { readFileSync } from 'node:fs';
import { isRefusal } from '@tripoint/kernel';
import { admit, canonical, encodeCbor, OpenPgpJs, parseCanonical } from '../index.js';
import { registry } from './agencies.js';

/** What one refusal took. */
export type Refused = {
  readonly refused: string | undefined;
  /** Mebibytes by which the process grew beyond what it had before, at the most. */
  readonly mebibytes: number;
};

/** How an input can be offered. */
export type Offer = 'parse' | 'parse-large' | 'admit' | 'admit-zeros' | 'decrypt';

const openpgp = new OpenPgpJs();
const offers: Readonly<Record<Offer, (input: Uint8Array) => unknown>> = {
  parse: (input) => parseCanonical(input),
  'parse-large': (input) => parseCanonical(input, { size: input.length }),
  admit: (input) => admit(openpgp, input, registry()),
  // As many zeros as are asked for: too many to be handed over.
  'admit-zeros': (input) =>
    admit(openpgp, Buffer.alloc(Number(Buffer.from(input).toString())), registry()),
  decrypt: (input) => openpgp.decrypt(new Uint8Array(32).fill(7), input),
};

/** The most that was ever resident, in bytes. Linux counts in what `resourceUsage` says whoever started this process, so it is asked itself. */
const peak = (): number => {
  const { maxRSS } = process.resourceUsage();
  if (process.platform !== 'linux') return maxRSS * 1024;
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? maxRSS) * 1024;
};

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const input = new Uint8Array(Buffer.concat(chunks));
const offer = offers[process.argv[2] as Offer];

// What is measured is the refusing, not the first compilation of it.
await admit(openpgp, encodeCbor({ kind: 'event' }), registry());
parseCanonical(canonical({ a: [1] }));

const before = process.memoryUsage.rss();
const outcome: unknown = await offer(input);
process.stdout.write(
  JSON.stringify({
    refused: isRefusal(outcome) ? outcome.refused : undefined,
    mebibytes: (peak() - before) / 2 ** 20,
  } satisfies Refused),
);
