import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Instant, isRefusal } from '@tripoint/kernel';
import { REGISTRY_CHAIN } from '@tripoint/ledger';
import { type Bundle, firstBundle, firstSources, publishBundle } from '@tripoint/policy';
import { type ChangedDecision, NextBundle } from './next-bundle.js';
import { LittleFederation, LittleLog, type Played } from './testing/index.js';
import { verifyLog } from './verify-log.js';

let log: LittleLog;
let played: Played;
beforeAll(async () => {
  log = await LittleLog.begin(await LittleFederation.found());
  played = await log.play();
});

const withRules = (change: (policies: string) => string): Bundle => {
  const bundle = publishBundle({ ...firstSources, policies: change(firstSources.policies) });
  if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
  return bundle;
};

const decided = async (bundle: Bundle, since?: number) => {
  const next = new NextBundle(bundle, since);
  const changed: ChangedDecision[] = [];
  const { fault, decisions } = await verifyLog(
    await log.served(),
    log.federation.anchor,
    log.federation.openpgp,
    { heard: (leaf, state) => changed.push(...next.take(leaf, state)) },
  );
  expect(fault).toBeNull();
  return {
    counts: next.counts,
    terms: next.terms,
    changed,
    all: decisions.allowed + decisions.denied,
  };
};

describe('the next rules', () => {
  it('change nothing where they are the same', async () => {
    const { counts, terms, changed, all } = await decided(firstBundle());
    expect(terms).toEqual([]);
    expect(counts).toEqual({ decisions: all, nowAllowed: 0, nowDenied: 0, otherRules: 0 });
    expect(changed).toEqual([]);
  });

  it('keep for other times what was said under the present ones, as many parts as it is of', async () => {
    const keeping = (...terms: readonly [string, number][]): Bundle => {
      const retention = terms.map(([name, seconds]) => ({ retention: name, seconds }));
      const bundle = publishBundle({ ...firstSources, retention });
      if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
      return bundle;
    };
    const { counts, terms, changed } = await decided(keeping(['P3Y', 60], ['STANDARD', 45]));
    // Nobody would see anything else.
    expect([changed, counts.nowAllowed, counts.nowDenied]).toEqual([[], 0, 0]);
    expect(terms).toEqual([
      { retention: 'P3Y', was: null, would: 60, parts: expect.any(Number) },
      // Also where nothing was said of the class.
      { retention: 'STANDARD', was: null, would: 45, parts: 0 },
    ]);
    const parts = terms[0]?.parts ?? 0;
    expect(parts).toBeGreaterThan(0);
    const later = await decided(keeping(['P3Y', 60]), played.request + 1);
    expect(later.terms[0]?.parts).toBeLessThan(parts);
  });

  it('lift and shorten the terms under which it was said, each under its own', async () => {
    const other = await LittleLog.begin(await LittleFederation.found());
    const keeping = async (...seconds: readonly number[]) => {
      const retention = seconds.map((one) => ({ retention: 'P3Y', seconds: one }));
      const bundle = publishBundle({ ...firstSources, ...(retention.length > 0 && { retention }) });
      if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
      const at = new Date(other.time).toISOString() as Instant;
      return { bundle, entry: await other.federation.rules(other.state.registry, at, bundle) };
    };
    await other.record(REGISTRY_CHAIN, (await keeping(3600)).entry);
    await other.play();
    await other.record(REGISTRY_CHAIN, (await keeping(7200)).entry);
    const by = async (bundle: Bundle) => {
      const next = new NextBundle(bundle);
      await verifyLog(await other.served(), other.federation.anchor, other.federation.openpgp, {
        heard: (leaf, state) => next.take(leaf, state),
      });
      return next.terms;
    };
    expect(await by((await keeping()).bundle)).toEqual([
      { retention: 'P3Y', was: 3600, would: null, parts: expect.any(Number) },
      { retention: 'P3Y', was: 7200, would: null, parts: 0 },
    ]);
    expect(await by((await keeping(7200)).bundle)).toEqual([
      { retention: 'P3Y', was: 3600, would: 7200, parts: expect.any(Number) },
    ]);
  });

  it('deny what they forbid, and say by which sentence', async () => {
    const bundle = withRules(
      (policies) => `${policies}
@id("facts-stay-at-home")
@because("facts are for whoever wrote them")
forbid (principal, action == Action::"receive", resource == Compartment::"facts")
unless { context.sameAgency };
`,
    );
    const { counts, changed } = await decided(bundle);
    expect(counts.nowDenied).toBeGreaterThan(0);
    expect(counts.nowDenied + counts.otherRules).toBe(changed.length);
    expect(changed).toContainEqual(
      expect.objectContaining({
        index: played.request,
        recipient: 'gr-police',
        compartment: 'facts',
        was: expect.objectContaining({ allowed: true }) as unknown,
        would: {
          allowed: false,
          rules: ['facts-stay-at-home'],
          because: 'facts are for whoever wrote them',
        },
      }),
    );
    for (const { compartment } of changed) expect(compartment).toBe('facts');
    const later = await decided(bundle, played.request + 1);
    expect(later.changed).toEqual(changed.filter(({ index }) => index > played.request));
    expect(later.counts.decisions).toBeLessThan(counts.decisions);
  });

  it('allow what they permit, and decide some as before for other reasons', async () => {
    const lifted = withRules((policies) =>
      policies
        .replace(
          'permit (principal, action == Action::"receive", resource == Compartment::"core")\nwhen { context.relation.participant &&',
          'permit (principal, action == Action::"receive", resource == Compartment::"core")\nwhen {',
        )
        .replace(/@id\("recipient-takes-part"\)[\s\S]*?};\n/, ''),
    );
    const { counts, changed } = await decided(lifted);
    expect(changed.length).toBe(counts.nowAllowed + counts.otherRules);
    expect(counts.nowAllowed).toBeGreaterThan(0);
    expect(changed).toContainEqual(
      expect.objectContaining({
        index: played.request,
        recipient: 'tr-customs',
        compartment: 'core',
      }),
    );
  });
});
