import {
  entitle,
  type Entitled,
  open,
  OpenPgpJs,
  parseContainer,
  Sealer,
  type Sealed,
  systemRandom,
} from '@tripoint/envelope';
import {
  accepted,
  compartment,
  draft,
  enrol,
  frame,
  type TestAgency,
} from '@tripoint/envelope/testing';
import { type Digest } from '@tripoint/kernel';
import { firstBundle, NeedToKnow } from '@tripoint/policy';
import { aQuestion } from '@tripoint/policy/testing';
import { type BareKeys, bareKeys, bareOpen, bareSeal } from '../bare.js';
import { race, type Scale, scaled, times, timesAtOnce } from '../measure.js';
import { Seeded } from '../seeded.js';
import { type Row } from '../table.js';

const RECIPIENTS = [1, 2, 5, 20];
/** A frame's size class, of which the prose fills two thirds. */
const FRAME = 4096;
const PROSE = 2700;
/** Bytes of a header with its encoding for signing. */
const STATEMENT = 760;

/** An issuer, its readers, and the same keys once more as openpgp.js holds them. */
export type Circle = {
  readonly openpgp: OpenPgpJs;
  readonly agencies: readonly TestAgency[];
  readonly bare: readonly BareKeys[];
};

export const circle = async (size: number): Promise<Circle> => {
  const openpgp = new OpenPgpJs();
  const agencies: TestAgency[] = [];
  for (let at = 0; at < size; at += 1) agencies.push(await enrol(openpgp, `agency-${at}`));
  return { openpgp, agencies, bare: await Promise.all(agencies.map(bareKeys)) };
};

/** Seals for and opens by the first `recipients` agencies of a circle, the issuer among them. */
export class Crossing {
  readonly #random = new Seeded('envelope');
  readonly #sealer: Sealer;
  readonly #issuer: TestAgency;
  readonly #reader: TestAgency;
  /** Written beforehand: making prose up is not the envelope's work. */
  readonly #said = frame({ sought: new Seeded('prose').prose(PROSE) });
  readonly #content = new Seeded('content').bytes(FRAME);
  readonly #statement = new Seeded('statement').bytes(STATEMENT);
  readonly #sessionKey = new Seeded('session key').bytes(32);

  constructor(
    private readonly among: Circle,
    private readonly recipients: number,
  ) {
    this.#sealer = new Sealer(among.openpgp, systemRandom());
    this.#issuer = among.agencies[0]!;
    this.#reader = among.agencies[recipients - 1]!;
  }

  async seal(): Promise<Sealed> {
    const to = this.among.agencies.slice(0, this.recipients).map(({ recipient }) => recipient);
    const prepared = accepted(
      await this.#sealer.prepare(
        draft(this.#issuer, [compartment('core', to, { frame: this.#said })], {
          id: this.#random.uuid(),
        }),
      ),
    );
    const place = { chain: this.#issuer.chain, seq: 0, prev: '0'.repeat(64) as Digest };
    return this.#sealer.finish(prepared, place, this.#issuer.signing);
  }

  /** What the reader is handed of an envelope. */
  handed(sealed: Sealed): readonly [Entitled, ReadonlyMap<Digest, Uint8Array>] {
    const [only] = sealed.compartments;
    const entry = { kind: 'event' as const, ...accepted(parseContainer(sealed.container)) };
    const digest = only!.descriptorDigest;
    return [
      entitle(entry, [digest], this.#reader.fingerprint),
      new Map([[digest, only!.wraps.get(this.#reader.fingerprint)!]]),
    ];
  }

  async open([part, wraps]: ReturnType<Crossing['handed']>): Promise<void> {
    accepted(
      await open(this.among.openpgp, part, wraps, {
        certificatesOf: () => [this.#issuer.certificate],
        key: this.#reader.decryption,
        own: this.#reader.fingerprint,
      }),
    );
  }

  bareSeal(): ReturnType<typeof bareSeal> {
    const to = this.among.bare.slice(0, this.recipients);
    return bareSeal(this.#content, this.#statement, this.#sessionKey, this.among.bare[0]!, to);
  }

  bareOpen(sealed: Awaited<ReturnType<typeof bareSeal>>): ReturnType<typeof bareOpen> {
    const at = this.recipients - 1;
    const [signer, reader] = [this.among.bare[0]!, this.among.bare[at]!];
    return bareOpen(this.#statement, sealed, sealed.wraps[at]!, signer, reader);
  }
}

const BARE = 'the bare openpgp.js calls';

export const envelopeRows = async (scale: Scale): Promise<readonly Row[]> => {
  const among = await circle(Math.max(...RECIPIENTS));
  const rows: Row[] = [];
  const aim = { atMost: 1.3 };
  for (const recipients of RECIPIENTS) {
    const crossing = new Crossing(among, recipients);
    const handed = crossing.handed(await crossing.seal());
    const bare = await crossing.bareSeal();
    const count = scaled(scale, Math.ceil(120 / (3 + recipients)));
    const took = await race(4 * scale.rounds, {
      seal: times(count, () => crossing.seal()),
      bareSeal: times(count, () => crossing.bareSeal()),
      open: times(count, () => crossing.open(handed)),
      bareOpen: times(count, () => crossing.bareOpen(bare)),
    });
    const whom = `${recipients} recipient${recipients === 1 ? '' : 's'}`;
    rows.push(
      {
        area: 'envelope',
        what: `seal for ${whom}`,
        product: took.seal,
        floor: { what: BARE, value: took.bareSeal },
        unit: 'ms',
        aim,
      },
      {
        area: 'envelope',
        what: `open, of ${whom}`,
        product: took.open,
        floor: { what: BARE, value: took.bareOpen },
        unit: 'ms',
        aim,
      },
    );
  }
  return [...rows, ...(await warmRows(scale, among)), await decisionRow(scale, among)];
};

/** What is parsed and unlocked again once everything has been used before. */
const warmRows = async (scale: Scale, among: Circle): Promise<readonly Row[]> => {
  const crossing = new Crossing(among, 2);
  await crossing.open(crossing.handed(await crossing.seal()));
  const before = among.openpgp.counts;
  const events = scaled(scale, 1000);
  for (let at = 0; at < events; at += 1)
    await crossing.open(crossing.handed(await crossing.seal()));
  const after = among.openpgp.counts;
  const per1000 = (count: number): number => (count * 1000) / events;
  const aim = { atMost: 0 };
  return [
    {
      area: 'warm path',
      what: 'key parses per 1000 events',
      product: per1000(after.parses - before.parses),
      unit: '',
      aim,
    },
    {
      area: 'warm path',
      what: 'unlocks per 1000 events',
      product: per1000(after.unlocks - before.unlocks),
      unit: '',
      aim,
    },
  ];
};

const decisionRow = async (scale: Scale, among: Circle): Promise<Row> => {
  const crossing = new Crossing(among, 5);
  const rules = new NeedToKnow(firstBundle());
  const took = await race(scale.rounds, {
    decision: timesAtOnce(scaled(scale, 20_000), () => rules.decide(aQuestion)),
    seal: times(scaled(scale, 20), () => crossing.seal()),
  });
  return {
    area: 'policy',
    what: 'a decision, remembered',
    product: took.decision * 1000,
    floor: { what: 'seal for 5 recipients', value: took.seal * 1000 },
    unit: 'µs',
    aim: { atMost: 0.01 },
  };
};
