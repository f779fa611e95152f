import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { COMPARTMENTS, FAMILIES } from '@tripoint/domain';
import { type Digest, type ExchangeId, isRefusal } from '@tripoint/kernel';
import { parseLogEntry, REGISTRY_CHAIN } from '@tripoint/ledger';
import {
  type Bundle,
  firstBundle,
  firstSources,
  loadBundle,
  NeedToKnow,
  publishBundle,
} from '@tripoint/policy';
import { formatRecord } from './records.js';
import { LittleFederation, LittleLog, type MemberName } from './testing/index.js';
import { type AuditedLeaf } from './verify-leaf.js';
import { verifyLog } from './verify-log.js';

/** As many decisions as are asked for: a hundred thousand at night. */
const DECISIONS = Number(process.env['TRIPOINT_DECISIONS'] ?? 200);
const MEMBERS: readonly MemberName[] = ['bg-gdbop', 'gr-police', 'tr-customs'];
/** One event in so many comes after other rules. */
const RULES_EVERY = 5;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The same rules with one more, which forbids something for a while. */
const otherRules = (round: number): Bundle => {
  const bundle = publishBundle({
    ...firstSources,
    policies: `${firstSources.policies}
@id("closed-in-round-${round}")
@because("for a while nobody is given it")
forbid (principal, action == Action::"receive", resource == Compartment::"facts")
unless { context.sameAgency };
`,
  });
  if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
  return bundle;
};

it('decides everything again, to the byte, by the bundle of the day alone', async () => {
  const federation = await LittleFederation.found();
  const log = await LittleLog.begin(federation);
  const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;
  const compartments = COMPARTMENTS.filter((name) => name !== 'source');
  let exchange = randomUUID() as ExchangeId;
  let expected = 0;
  for (let n = 0; expected < DECISIONS; n += 1) {
    if (n % RULES_EVERY === RULES_EVERY - 1) {
      const round = Math.floor(n / RULES_EVERY);
      const at = new Date(log.time).toISOString() as Parameters<typeof federation.rules>[1];
      const bundle = round % 2 === 0 ? otherRules(round) : firstBundle();
      await log.record(REGISTRY_CHAIN, await federation.rules(log.state.registry, at, bundle));
    }
    const opens = n % 5 === 0;
    if (opens) exchange = randomUUID() as ExchangeId;
    const chosen = compartments.filter((name, i) => name === 'core' || (i + n) % 2 === 0);
    await log.event({
      by: opens ? 'bg-gdbop' : pick(MEMBERS, n),
      exchange,
      family: opens ? 'contribution' : pick(FAMILIES.slice(0, 6), n),
      parts: chosen.map((compartment) => ({
        compartment,
        to: MEMBERS,
        ...(compartment !== 'core' || !opens
          ? {}
          : {
              facts: {
                opens: true as const,
                admits: [
                  {
                    agency: federation.member('gr-police').id,
                    compartments: [...compartments].sort(),
                  },
                ],
              },
            }),
      })),
    });
    expected += chosen.length * MEMBERS.length;
  }

  const bundles = new Map<Digest, NeedToKnow>();
  const answers = { allowed: 0, denied: 0, differing: 0 };
  const again = ({ leaf, decided }: AuditedLeaf): void => {
    const handed = parseLogEntry(log.handed[leaf.index]!.entry);
    if (isRefusal(handed)) throw new Error(handed.detail);
    for (const [place, { descriptor, agency, verdict }] of decided.entries()) {
      const { question } = verdict;
      // Nothing is remembered from when it was decided, nor from one question to the next.
      const rules = new NeedToKnow(bundles.get(question.bundle)!.bundle, 2);
      const record = formatRecord({
        about: 'verdict',
        descriptor,
        agency,
        verdict: rules.decide(structuredClone(question)),
      });
      if (hex(record) !== hex(handed.records[place]!.record)) answers.differing += 1;
      answers[verdict.allowed ? 'allowed' : 'denied'] += 1;
    }
  };
  const { fault } = await verifyLog(await log.served(), federation.anchor, federation.openpgp, {
    heard: (leaf, state) => {
      const active = state.registry.policyBundle();
      if (active !== undefined && !bundles.has(active.digest)) {
        const bundle = loadBundle(active.bytes);
        if (!isRefusal(bundle)) bundles.set(active.digest, new NeedToKnow(bundle));
      }
      again(leaf);
    },
  });
  expect(fault).toBeNull();
  expect(answers.differing).toBe(0);
  expect(answers.allowed + answers.denied).toBe(expected);
  expect(Math.min(answers.allowed, answers.denied)).toBeGreaterThan(0);
}, 3_600_000);
