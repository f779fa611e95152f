import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { type Entity } from '@tripoint/domain';
import { type AgencyId, isRefusal } from '@tripoint/kernel';
import { parseDelivery, parseLeaf } from '@tripoint/ledger';
import { writtenForms } from '../../../cli/src/demo/encodings.js';
import { type Needle, Needles } from '../../../cli/src/demo/needles.js';
import { confirmed, openFederation } from './testing/composition.js';
import { everyFile, everyTable } from './testing/every-byte.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained, examine, rowsOf } from './testing/oracle.js';
import { seeded } from './testing/random.js';
import { contribution, give } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const GDBOP = 'bg-gdbop' as AgencyId;
const CANARIES = 200;
const EVENT_TYPES = ['ContributionShared', 'ContributionReceived', 'RequestIssued'];

type Canary = { readonly text: string; readonly from: AgencyId; readonly to: AgencyId };

/** A word of ten letters that nobody writes by chance. */
const word = (random: () => number, alphabet: string): string =>
  Array.from({ length: 10 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

describe('those who may not know', () => {
  let keys: Awaited<ReturnType<typeof ceremony>>;
  const removing: (() => Promise<void>)[] = [];

  const grounds = async (): Promise<Grounds> => {
    const made = await freshGrounds(keys.path, [GR, BG, GDBOP]);
    removing.push(made.remove);
    return made;
  };

  beforeAll(async () => {
    keys = await ceremony();
  }, 120_000);
  afterAll(async () => {
    for (const remove of removing) await remove();
    await keys.remove();
  }, 180_000);

  it(`hold none of ${CANARIES} names, plates and texts, however they are written down`, async () => {
    const { places } = await grounds();
    const random = seeded(7);
    const lines: string[] = [];
    const canaries: Canary[] = [];
    const federation = await openFederation(places, { log: (line) => lines.push(line) });
    try {
      await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
      const ways = [
        [GR, BG],
        [BG, GDBOP],
        [GDBOP, GR],
      ] as const;
      for (let at = 0; at < CANARIES / 4; at += 1) {
        const [from, to] = ways[at % ways.length] ?? ways[0];
        const plate = word(random, 'ABEKMHOPCTX0123456789');
        const family = word(random, 'бвгджзклмнпрстфхцчшщъюя');
        const greek = word(random, 'βγδζθκλμνξπρστφχψω');
        const latin = word(random, 'bcdfghjklmnpqrstvwxyz');
        for (const text of [plate, family, greek, latin]) canaries.push({ text, from, to });
        const entities: Entity[] = [
          { kind: 'vehicle', plate, country: 'BG' },
          {
            kind: 'person',
            category: 'SUSPECT',
            names: [{ kind: 'PRIMARY', script: 'Cyrl', family }],
          },
        ];
        await give(
          federation.member(from),
          contribution(from, to, `${greek} seen with ${latin}`, { entities }),
        );
      }
      await drained(places);
    } finally {
      await federation.close();
    }
    const { faults } = await examine(places);
    expect(faults).toEqual([]);

    const named = ({ text }: { readonly text: string }): Needle[] =>
      writtenForms(text).map((written) => ({ name: text, written }));
    const hitsIn = async (needles: Needles, at: ConnectionSettings): Promise<string[]> =>
      [...(await everyTable(at)), ...(await everyFile(at))].flatMap(([where, bytes]) =>
        needles.find(bytes).map(({ name, as }) => `${name} as ${as} in ${at.database} ${where}`),
      );
    const all = new Needles([
      ...canaries.flatMap(named),
      ...EVENT_TYPES.flatMap((text) => named({ text })),
    ]);
    for (const at of [places.ledger, places.bus, places.hub])
      expect(await hitsIn(all, at)).toEqual([]);
    expect(all.find(Buffer.from(lines.join('')))).toEqual([]);

    for (const agency of [GR, BG, GDBOP]) {
      const at = places.agencies[agency]!;
      const others = canaries.filter(({ from, to }) => from !== agency && to !== agency);
      expect(others.length).toBeGreaterThan(0);
      expect(await hitsIn(new Needles(others.flatMap(named)), at)).toEqual([]);
      // A search that finds nothing where something is would prove nothing.
      const own = canaries.filter(({ from, to }) => from === agency || to === agency);
      const tables = Buffer.concat([...(await everyTable(at)).values()]);
      const found = new Set(new Needles(own.flatMap(named)).find(tables).map(({ name }) => name));
      expect(own.filter(({ text }) => !found.has(text))).toEqual([]);
    }
  }, 300_000);

  /** What an agency is handed of one run, as far as it can be measured: order, counts and lengths. */
  const measured = async (texts: { readonly mine: string; readonly others: string }) => {
    const { places } = await grounds();
    const federation = await openFederation(places);
    try {
      await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
      for (let at = 0; at < 6; at += 1) {
        // What stays with its author, beside what the agency is given; and what passes between two others.
        const shared = contribution(GR, GDBOP, `the same in both runs ${at}`, {
          source: texts.mine,
        });
        await give(federation.member(GR), shared);
        await drained(places);
        await give(federation.member(GR), contribution(GR, BG, texts.others));
        await drained(places);
      }
    } finally {
      await federation.close();
    }
    const rows = await rowsOf<{ value: Buffer }>(
      places.bus,
      `select value from bus.message where topic = 'mailbox.${GDBOP}' order by "offset"`,
    );
    const seen = new Set<string>();
    return rows.flatMap(({ value }) => {
      const delivery = parseDelivery(value);
      if (isRefusal(delivery) || delivery.kind !== 'entry') return [];
      const line = Buffer.from(delivery.mailbox).toString();
      const leaf = parseLeaf(delivery.leaf);
      // The tree's size and the proof's length follow from how fast lines were published, never from content.
      if (seen.has(line) || isRefusal(leaf) || leaf.kind !== 'event') return [];
      seen.add(line);
      return [
        {
          leaf: delivery.leaf.length - leaf.index.toString().length,
          digests: leaf.records.length,
          source: delivery.source?.length,
          wraps: delivery.wraps.map(({ wrap }) => wrap.length),
          // They come in the order of digests, which are random.
          records: delivery.records.map(({ record }) => record.length).sort((a, b) => a - b),
          origin: delivery.origin === null,
        },
      ];
    });
  };

  it('are handed the same lengths and counts in the same order, whatever the others write', async () => {
    const one = await measured({ mine: 'a'.repeat(40), others: 'x'.repeat(30) });
    const other = await measured({
      mine: 'Ж'.repeat(31),
      others: 'a longer story, but of the same size class',
    });
    // Six contributions and their six receipts, and nothing of what passed between the others.
    expect(one).toHaveLength(12);
    expect(other).toEqual(one);
  }, 120_000);
});
