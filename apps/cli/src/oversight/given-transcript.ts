import { readFile } from 'node:fs/promises';
import { type AgencyId, isAgencyId, isDigest, isExchangeId, isItemId } from '@tripoint/kernel';
import { type GivenRead, type GivenTranscript } from '@tripoint/replay';
import { UsageError } from '../command.js';

type Members = Readonly<Record<string, unknown>>;

const NUMBER = /^(0|[1-9]\d{0,14})$/;

/** A transcript as an agency gave it, as far as the file has its form. Whoever made it controls it. */
export const givenIn = async (
  path: string,
): Promise<GivenTranscript & { readonly agency: AgencyId }> => {
  const text = await readFile(path).catch((cause: unknown) => {
    throw new UsageError('bad-arguments', `${path} cannot be read`, { cause });
  });
  const malformed = new UsageError('bad-arguments', `${path} holds no transcript`);
  let given: Members;
  try {
    given = membersOf(JSON.parse(text.toString()));
  } catch {
    throw malformed;
  }
  const { agency, about, reads, root } = given;
  const size = root === undefined ? '0' : membersOf(root)['size'];
  const wellFormed =
    isAgencyId(agency) &&
    isListOf(about, isSubject) &&
    isListOf(reads, isRead) &&
    typeof size === 'string' &&
    NUMBER.test(size);
  if (!wellFormed) throw malformed;
  return {
    agency,
    about: about as unknown as GivenTranscript['about'],
    covered: Number(size),
    reads: reads.map(
      ({ number, ...read }) => ({ ...read, number: Number(number) }) as unknown as GivenRead,
    ),
  };
};

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {};

const isListOf = (value: unknown, is: (one: Members) => boolean): value is readonly Members[] =>
  Array.isArray(value) && (value as readonly unknown[]).every((one) => is(membersOf(one)));

const isSubject = ({ exchange, item }: Members): boolean =>
  isExchangeId(exchange) && (item === undefined || isItemId(item));

const isRead = ({ number, hash, purpose, at, legalBasis }: Members): boolean =>
  typeof number === 'string' &&
  NUMBER.test(number) &&
  isDigest(hash) &&
  typeof purpose === 'string' &&
  typeof at === 'string' &&
  (legalBasis === undefined || typeof legalBasis === 'string');
