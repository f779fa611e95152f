/**
 * A second statement of need-to-know, for tests alone. It shares no code, no table and no state with the library: it
 * keeps everything that ever happened and answers each question by reading the whole of it again.
 */

export type Happening =
  | {
      readonly what: 'agency';
      readonly id: string;
      readonly kind: string;
      readonly clearance: string;
      readonly active: boolean;
    }
  | {
      readonly what: 'pair';
      readonly between: readonly [string, string];
      readonly permitted: boolean;
      readonly ceiling: string;
      readonly onward: string;
    }
  | {
      readonly what: 'event';
      readonly stream: string;
      readonly by: string;
      readonly parts: readonly Said[];
    };

/** A compartment of an event. */
export type Said = {
  readonly id: string;
  readonly compartment: string;
  readonly classification: string;
  readonly handling: readonly string[];
  readonly opens: boolean;
  readonly admits: readonly (readonly [agency: string, compartments: readonly string[]])[];
  readonly removes: readonly string[];
  readonly takenFrom: readonly string[];
  readonly to: readonly string[];
};

type Told = Extract<Happening, { what: 'event' }>;

const enforcement = 'POLICE BORDER_POLICE CUSTOMS NATIONAL_SECURITY PROSECUTOR FIU';
const neverAnyContent = ['OVERSIGHT', 'HUB'];

/** Who may hold what, in the words of the agreement. */
const holders: Readonly<Record<string, string>> = {
  facts: enforcement,
  intelligence: enforcement,
  source: '',
  evidence: 'POLICE PROSECUTOR',
  needs: 'NGO CHILD_PROTECTION SOCIAL_ASSISTANCE HEALTH IOM UNHCR SAR',
  risk: 'NGO POLICE IOM CHILD_PROTECTION',
  statistics: 'NATIONAL_COMMISSION COORDINATION_GROUP SELEC',
};

const height = (classification: string): number =>
  ['UNCLASSIFIED', 'BPL', 'R-UE/EU-R', 'C-UE/EU-C', 'S-UE/EU-S', 'TS-UE/EU-TS'].indexOf(
    classification,
  );

export class Model {
  readonly #history: Happening[] = [];

  /** Adds what happened, and returns its place in history. */
  happened(happening: Happening): number {
    return this.#history.push(happening) - 1;
  }

  /** Whether `reader` may have part `p` of the event at place `n`. */
  entitled(n: number, p: number, reader: string): boolean {
    const told = this.#history[n] as Told;
    const said = told.parts[p]!;
    const who = this.#agency(n, reader);
    if (who?.active !== true || this.#agency(n, told.by)?.active !== true) return false;
    if (who.kind === 'HUB' || height(said.classification) > height('R-UE/EU-R')) return false;
    if (reader === told.by) return true;
    if (neverAnyContent.includes(who.kind)) return false;
    if (height(who.clearance) < height(said.classification)) return false;

    const agreed = this.#agreed(n, told.by, reader);
    if (agreed?.permitted !== true || height(agreed.ceiling) < height(said.classification))
      return false;

    const isCore = said.compartment === 'core';
    const letIn = this.#letIn(n, told.stream);
    if (!letIn.has(told.by)) return false;
    const compartments = letIn.get(reader);
    if (compartments === undefined) return false;
    // Whoever was let in knows of the host alone, and of no other guest.
    if (letIn.get(told.by) !== 'all' && compartments !== 'all') return false;
    if (!isCore) {
      if (compartments !== 'all' && !compartments.has(said.compartment)) return false;
      if (!holders[said.compartment]!.split(' ').includes(who.kind)) return false;
    }

    const roots = this.#roots(n, told);
    if (roots === 'lost') return false;
    const tooWeak = roots.some(
      ([source]) =>
        height(source.classification) > height(said.classification) ||
        source.handling.some((code) => !said.handling.includes(code)),
    );
    if (tooWeak && !isCore) return false;
    return roots.every(([source, from]) =>
      this.#maySpread(n, source, from, told.by, told.by, reader, said.compartment),
    );
  }

  #agency(n: number, id: string) {
    return this.#before(n).findLast(
      (one): one is Extract<Happening, { what: 'agency' }> =>
        one.what === 'agency' && one.id === id,
    );
  }

  #agreed(n: number, a: string, b: string) {
    return this.#before(n).findLast(
      (one): one is Extract<Happening, { what: 'pair' }> =>
        one.what === 'pair' && one.between.includes(a) && one.between.includes(b),
    );
  }

  /** Everything up to and including place `n`. */
  #before(n: number): readonly Happening[] {
    return this.#history.slice(0, n + 1);
  }

  #letIn(n: number, stream: string): ReadonlyMap<string, ReadonlySet<string> | 'all'> {
    const told = this.#before(n).filter(
      (one): one is Told => one.what === 'event' && one.stream === stream,
    );
    const opening = told.findIndex(({ parts }) => parts.some(({ opens }) => opens));
    const letIn = new Map<string, Set<string> | 'all'>();
    if (opening === -1) return letIn;
    const owner = told[opening]!.by;
    for (const { parts } of told.slice(opening).filter(({ by }) => by === owner)) {
      for (const [agency, compartments] of parts.flatMap(({ admits }) => admits)) {
        const before = letIn.get(agency);
        letIn.set(agency, new Set([...(before instanceof Set ? before : []), ...compartments]));
      }
      for (const agency of parts.flatMap(({ removes }) => removes)) letIn.delete(agency);
    }
    return letIn.set(owner, 'all');
  }

  #find(n: number, id: string): readonly [Said, Told, number, number] | undefined {
    for (const [place, one] of this.#before(n).entries())
      if (one.what === 'event')
        for (const [p, said] of one.parts.entries())
          if (said.id === id) return [said, one, place, p];
    return undefined;
  }

  /** What others said that this event goes back to, through the author's own words. */
  #roots(n: number, told: Told): readonly (readonly [Said, Told])[] | 'lost' {
    const through = (ids: readonly string[]): readonly (readonly [Said, Told])[] | 'lost' => {
      const found = ids.map((id): readonly (readonly [Said, Told])[] | 'lost' => {
        const place = this.#find(n, id);
        if (place === undefined) return 'lost';
        const [said, from] = place;
        return from.by === told.by ? through(said.takenFrom) : [[said, from]];
      });
      return found.includes('lost') ? 'lost' : (found.flat() as (readonly [Said, Told])[]);
    };
    return through(told.parts.flatMap(({ takenFrom }) => takenFrom));
  }

  /** Whether what `from` said may spread to `reader` through `via`, and everything that it was taken from as well. */
  #maySpread(
    n: number,
    said: Said,
    from: Told,
    via: string,
    author: string,
    reader: string,
    compartment: string,
  ): boolean {
    if (from.by === reader) return true;
    const [, , place, p] = this.#find(n, said.id)!;
    if (said.to.includes(reader) && this.entitled(place, p, reader)) return true;
    if (from.by !== author) {
      if (said.handling.includes('H2')) return false;
      if (said.handling.includes('H1') && compartment === 'evidence') return false;
      if (from.by !== via && this.#agreed(n, from.by, via)?.onward !== 'ALLOWED') return false;
    }
    return said.takenFrom.every((id) => {
      const below = this.#find(n, id);
      return (
        below === undefined ||
        this.#maySpread(n, below[0], below[1], from.by, author, reader, compartment)
      );
    });
  }
}
