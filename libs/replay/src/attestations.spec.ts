import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type AgencyId, type ExchangeId } from '@tripoint/kernel';
import fc from 'fast-check';
import { ATTESTED_WITHIN, Attestations } from './attestations.js';
import { LittleFederation, LittleLog } from './testing/index.js';
import { verifyLog } from './verify-log.js';

const WHO = 'bg-gdbop' as AgencyId;
const HOUR = 3_600_000;

describe('what an agency is said to have said', () => {
  it('is overdue when it has stood in the log for more than eight days, until it is attested', async () => {
    const federation = await LittleFederation.found();
    const log = await LittleLog.begin(federation);
    const { id } = federation.member('bg-gdbop');
    const say = () =>
      log.event({
        by: 'bg-gdbop',
        exchange: randomUUID() as ExchangeId,
        family: 'contribution',
        parts: [
          { compartment: 'core', to: ['bg-gdbop'], facts: { opens: true, item: randomUUID() } },
        ],
      });
    const overdue = () => log.state.attestations.overdue(log.state.time);
    const first = await say();
    const said = log.time;
    log.pass(ATTESTED_WITHIN / 1000);
    await log.own('heartbeat');
    expect(overdue()).toEqual([]);
    log.pass(1);
    await log.own('heartbeat');
    expect(overdue()).toEqual([{ agency: id, owed: { leaf: first, time: said } }]);
    const leaf = await log.statement({
      kind: 'history-attested',
      agency: id,
      from: 0,
      through: first,
    });
    expect(overdue()).toEqual([]);
    expect(log.state.attestations.standings()).toEqual([
      { agency: id, attested: { through: first, leaf, time: log.time } },
    ]);
    const next = await log.void('bg-gdbop');
    log.pass(ATTESTED_WITHIN / 1000 + 1);
    await log.own('heartbeat');
    expect(overdue()).toMatchObject([{ agency: id, owed: { leaf: next } }]);
    const { fault } = await verifyLog(await log.served(), federation.anchor, federation.openpgp);
    expect(fault).toBeNull();
  });

  it('is owed from its oldest unattested leaf on, within an hour, however much is said', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ wait: fc.integer({ min: 0, max: 3 * HOUR }) }),
        fc.record({ back: fc.integer({ min: 1, max: 12 }) }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const kept = new Attestations();
        const words: { readonly leaf: number; readonly time: number }[] = [];
        let [leaf, time, through] = [0, 0, -1];
        for (const step of all) {
          leaf += 1;
          if ('wait' in step) {
            time += step.wait;
            words.push({ leaf, time });
            kept.said(WHO, { leaf, time });
          } else {
            kept.attested(WHO, leaf - step.back, { leaf, time });
            through = Math.max(through, leaf - step.back);
          }
        }
        const owed = words.find((word) => word.leaf > through);
        const found = kept.standings()[0]?.owed;
        expect(found === undefined).toBe(owed === undefined);
        if (found === undefined || owed === undefined) return;
        expect(found.leaf).toBeGreaterThan(through);
        expect(found.time - owed.time).toBeLessThan(HOUR);
      }),
      { numRuns: Number(process.env['TRIPOINT_ATTESTATION_HISTORIES'] ?? 200) },
    );
  });
});
