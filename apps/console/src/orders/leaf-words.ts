// What an order names, as the record shows it. It is copied at oversight's one door and pasted at the other: neither asks the other.
import { COMPARTMENTS, type Grantable } from '@tripoint/domain';

export type OrderedPart = { readonly compartment: Grantable; readonly descriptor: string };

/** One event, by what the log shows to whoever cannot read it. */
export type LeafWords = {
  readonly exchange: string;
  readonly event: string;
  readonly saidBy: string;
  readonly parts: readonly OrderedPart[];
};

const isGrantable = (name: unknown): name is Grantable =>
  name !== 'core' && (COMPARTMENTS as readonly unknown[]).includes(name);

const isPart = (part: unknown): part is OrderedPart =>
  typeof part === 'object' &&
  part !== null &&
  'compartment' in part &&
  isGrantable(part.compartment) &&
  'descriptor' in part &&
  typeof part.descriptor === 'string';

/** Only what can be ordered about: what an item is stays, whatever is forgotten. */
export const leafWords = ({
  exchange,
  event,
  saidBy,
  compartments,
}: Omit<LeafWords, 'parts'> & {
  readonly compartments: readonly { readonly name: string; readonly descriptor: string }[];
}): LeafWords | undefined => {
  const parts = compartments
    .map(({ name, descriptor }) => ({ compartment: name, descriptor }))
    .filter(isPart);
  return parts.length === 0 ? undefined : { exchange, event, saidBy, parts };
};

export const formatLeafWords = (words: LeafWords): string => JSON.stringify(words);

/** The inverse of {@link formatLeafWords}; undefined where somebody has pasted something else. */
export const parseLeafWords = (text: string): LeafWords | undefined => {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof found !== 'object' || found === null) return undefined;
  const { exchange, event, saidBy, parts } = found as Partial<Record<keyof LeafWords, unknown>>;
  const words = [exchange, event, saidBy];
  if (!words.every((one) => typeof one === 'string')) return undefined;
  if (!Array.isArray(parts) || parts.length === 0 || !parts.every(isPart)) return undefined;
  return {
    exchange: exchange as string,
    event: event as string,
    saidBy: saidBy as string,
    parts,
  };
};
