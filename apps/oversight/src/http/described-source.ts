import { parseCanonical, parseVoid, readEvent } from '@tripoint/envelope';
import { isRefusal } from '@tripoint/kernel';
import { type SeenLeaf } from '@tripoint/replay';

/**
 * What a leaf's source says of itself: place, header, labels and facts, all under one signature. Bodies stay out: they are ciphertext, and
 * whoever holds it without a key has no use for it.
 */
export const describedSource = ({
  sourced,
}: Pick<SeenLeaf, 'sourced'>): Readonly<Record<string, unknown>> | undefined => {
  if (sourced === undefined) return undefined;
  const { chain, revision, entry } = sourced;
  const place = { chain, revision: `${revision}`, kind: entry.kind };
  switch (entry.kind) {
    case 'event': {
      const event = readEvent(entry);
      if (isRefusal(event)) return place;
      return {
        ...place,
        header: event.header,
        compartments: event.compartments.map(({ digest, descriptor }) => ({
          descriptor: digest,
          name: descriptor.name,
          classification: descriptor.classification,
          handling: descriptor.handling,
          retention: descriptor.retention,
          facts: descriptor.facts,
          length: descriptor.length,
        })),
      };
    }
    case 'void': {
      const body = parseVoid(entry.body);
      return isRefusal(body) ? place : { ...place, body };
    }
    case 'statement': {
      const body = parseCanonical(entry.body);
      return isRefusal(body)
        ? place
        : { ...place, statement: entry.statement, body, signatures: entry.signatures.length };
    }
  }
};
