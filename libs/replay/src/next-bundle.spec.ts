import { beforeAll, describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
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
    { heard: (leaf) => changed.push(...next.take(leaf)) },
  );
  expect(fault).toBeNull();
  return { counts: next.counts, changed, all: decisions.allowed + decisions.denied };
};

describe('the next rules', () => {
  it('change nothing where they are the same', async () => {
    const { counts, changed, all } = await decided(firstBundle());
    expect(counts).toEqual({ decisions: all, nowAllowed: 0, nowDenied: 0, otherRules: 0 });
    expect(changed).toEqual([]);
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
