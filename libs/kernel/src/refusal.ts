/** A rule said no. Returned, never thrown; `refused` completes the sentence "refused because …". */
export type Refusal<Code extends string = string> = {
  readonly refused: Code;
  /** For people: what was being done; never case content. */
  readonly detail: string;
};

export const refuse = <Code extends string>(refused: Code, detail: string): Refusal<Code> => ({
  refused,
  detail,
});

export const isRefusal = (outcome: unknown): outcome is Refusal =>
  typeof outcome === 'object' && outcome !== null && 'refused' in outcome;
