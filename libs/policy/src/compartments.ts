/** One line of the table: who may hold a compartment at most, before membership, markings and pairs narrow it. */
export type CompartmentRow = {
  readonly compartment: string;
  /** What it holds, for people. */
  readonly holds: string;
  /** Kinds of agency; empty: nobody but the originator. */
  readonly kinds: readonly string[];
};

/** The compartments, as one table. */
export declare const compartmentTable: readonly CompartmentRow[];
