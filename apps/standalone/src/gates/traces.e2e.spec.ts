import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { openTraces, type Traces } from '@tripoint/platform';
import { Collector, type ExportedSpan } from '@tripoint/platform/testing';
import { writtenForms, writtenId } from '../../../cli/src/demo/encodings.js';
import { Needles } from '../../../cli/src/demo/needles.js';
import { URGENT_PLATE_CHECK } from '../../../cli/src/demo/scenario-1.js';
import { confirmed, openFederation } from './testing/composition.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained, rowsOf } from './testing/oracle.js';
import { contribution, give, OFFICER } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const TR = 'tr-police' as AgencyId;
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/;

type Published = { readonly topic: string; readonly traceId: string; readonly spanId: string };

describe('what is told of traces', () => {
  let keys: Awaited<ReturnType<typeof ceremony>>;
  let grounds: Grounds;
  let collector: Collector;
  let spans: readonly ExportedSpan[];
  let published: readonly Published[];
  let headers: readonly Record<string, string>[];
  const ids: string[] = [];

  beforeAll(async () => {
    keys = await ceremony();
    grounds = await freshGrounds(keys.path, [GR, BG, TR]);
    collector = await Collector.open();
    const opened = new Map<string, Traces>();
    for (const user of ['hub', ...[GR, BG, TR].flatMap((agency) => [agency, `${agency} opening`])])
      opened.set(user, await openTraces(collector.url, user.replace(' ', '-')));
    const federation = await openFederation(grounds.places, {
      traces: (user) => opened.get(user)!,
    });
    try {
      await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
      for (const { text } of URGENT_PLATE_CHECK.canaries)
        for (const to of [BG, TR]) {
          const order = contribution(GR, to, text, { source: text });
          const { submissions } = await give(federation.member(GR), order);
          ids.push(order.decision.exchange, order.decision.item, order.key, ...submissions);
        }
      await drained(grounds.places);
    } finally {
      await federation.close();
    }
    for (const traces of opened.values()) await traces.close();
    ({ spans } = collector);
    const rows = await rowsOf<{ topic: string; headers: Record<string, string> | null }>(
      grounds.places.bus,
      'select topic, headers from bus.message order by topic, "offset"',
    );
    headers = rows.map((row) => row.headers ?? {}).filter((each) => Object.keys(each).length > 0);
    published = rows.flatMap(({ topic, headers: own }) => {
      const [, traceId, spanId] = TRACEPARENT.exec(own?.['traceparent'] ?? '') ?? [];
      return traceId === undefined || spanId === undefined ? [] : [{ topic, traceId, spanId }];
    });
  }, 180_000);
  afterAll(async () => {
    await collector.close();
    await grounds.remove();
    await keys.remove();
  }, 60_000);

  const named = (name: string, service?: string): readonly ExportedSpan[] =>
    spans.filter((span) => span.name === name && (service ?? span.service) === span.service);

  it('shows every hop', () => {
    const HOPS = ['seal', 'outbox commit', 'relay produce', 'registrar admit', 'ledger append'];
    for (const hop of [
      ...HOPS,
      'sequence',
      'judge',
      'dispatch',
      'publish',
      'projector open',
      'project',
    ])
      expect({ hop, seen: named(hop).length > 0 }).toEqual({ hop, seen: true });
  });

  it('goes on with a trace from commit to judgement, hop by hop', () => {
    const produced = named('relay produce', `tripoint-${GR}`);
    const commits = new Map(named('outbox commit').map((span) => [span.spanId, span]));
    const admitted = named('registrar admit', 'tripoint-hub');
    const judged = named('judge', 'tripoint-hub');
    const whole = produced.filter(({ spanId, parentSpanId }) => {
      const admission = admitted.find((span) => span.parentSpanId === spanId);
      return (
        commits.has(parentSpanId ?? '') &&
        judged.some((span) => span.parentSpanId === admission?.spanId)
      );
    });
    expect(whole.length).toBeGreaterThanOrEqual(ids.length / 4);
  });

  it('begins anew with each message of a mailbox, and keeps to the hub what led to it', () => {
    const mailboxes = published.filter(({ topic }) => topic.startsWith('mailbox.'));
    const submissions = published.filter(({ topic }) => topic.startsWith('submissions.'));
    expect(mailboxes.length).toBeGreaterThan(0);
    expect(new Set(mailboxes.map(({ traceId }) => traceId)).size).toBe(mailboxes.length);
    const sent = new Set(submissions.map(({ traceId }) => traceId));
    expect(mailboxes.filter(({ traceId }) => sent.has(traceId))).toEqual([]);
    const judged = new Set(named('judge').map(({ traceId }) => traceId));
    expect(mailboxes.filter(({ traceId }) => judged.has(traceId))).toEqual([]);
    const publications = named('publish', 'tripoint-hub');
    for (const { spanId, parentSpanId } of publications) {
      expect(parentSpanId ?? '').toBe('');
      expect(spanId).not.toBe('');
    }
    expect(publications.some(({ links }) => links.some(({ traceId }) => judged.has(traceId)))).toBe(
      true,
    );
    // Nobody but the hub has a link to what came before.
    const others = spans.filter(
      ({ service, links }) => service !== 'tripoint-hub' && links.length > 0,
    );
    const told = new Set(mailboxes.map(({ traceId }) => traceId));
    for (const { links } of others)
      for (const { traceId } of links) expect(told.has(traceId)).toBe(true);
  });

  it('is gone on with by whoever opens it', () => {
    const publications = new Set(named('publish').map(({ spanId }) => spanId));
    const opening = named('projector open');
    expect(opening.some(({ parentSpanId }) => publications.has(parentSpanId ?? ''))).toBe(true);
  });

  it('travels in one header, and nowhere in the ledger', async () => {
    for (const each of headers) expect(Object.keys(each)).toEqual(['traceparent']);
    const rows = await rowsOf<{ bytes: Buffer }>(
      grounds.places.ledger,
      'select bytes from ledger.entry',
    );
    const traceIds = [...new Set(spans.map(({ traceId }) => traceId))];
    const search = new Needles(
      traceIds.flatMap((id) =>
        [Buffer.from(id), Buffer.from(id, 'hex')].map((bytes) => ({
          name: id,
          written: { bytes, as: 'it' },
        })),
      ),
    );
    for (const { bytes } of rows) expect(search.find(bytes)).toEqual([]);
  });

  it('holds none of the words of the scenario, no id and no name', () => {
    const search = new Needles([
      ...URGENT_PLATE_CHECK.canaries.flatMap(({ id, text }) =>
        writtenForms(text).map((written) => ({ name: id, written })),
      ),
      ...['ContributionShared', 'ContributionReceived', 'contribution', OFFICER].flatMap((text) =>
        writtenForms(text).map((written) => ({ name: text, written })),
      ),
      ...ids.flatMap((id) => writtenId(id).map((written) => ({ name: id, written }))),
    ]);
    expect(ids.length).toBeGreaterThan(0);
    for (const body of collector.bodies) expect(search.find(body)).toEqual([]);
    // The services are named by this test; otherwise no agency is.
    const unnamed = Buffer.concat(collector.bodies)
      .toString()
      .replaceAll(/"stringValue":"tripoint-[a-z-]+"/g, '');
    for (const agency of [GR, BG, TR]) expect(unnamed).not.toContain(agency);
  });
});
