import { refuse, type Refusal } from '@tripoint/kernel';

/** That the tree of `to` leaves begins with the tree of `from` leaves. */
export type Consistency = {
  readonly from: number;
  readonly to: number;
  readonly hashes: readonly Uint8Array[];
};

const HEADER = 'tripoint.eu/consistency@v1';
const FORM =
  /^tripoint\.eu\/consistency@v1\nfrom (0|[1-9]\d{0,15})\nto (0|[1-9]\d{0,15})\n((?:[A-Za-z0-9+/]{43}=\n){0,64})$/;

export const formatConsistency = ({ from, to, hashes }: Consistency): Uint8Array =>
  Buffer.from(
    [
      HEADER,
      `from ${from}`,
      `to ${to}`,
      ...hashes.map((hash) => Buffer.from(hash).toString('base64')),
      '',
    ].join('\n'),
  );

/** Reads a proof that a stranger controls, and checks nothing. The inverse of {@link formatConsistency}. */
export const parseConsistency = (
  bytes: Uint8Array,
): Consistency | Refusal<'malformed-consistency'> => {
  const match = bytes.length > 4096 ? null : FORM.exec(Buffer.from(bytes).toString('latin1'));
  const [, from, to, lines = ''] = match ?? [];
  const proof = {
    from: Number(from),
    to: Number(to),
    hashes: lines
      .split('\n')
      .slice(0, -1)
      .map((line) => new Uint8Array(Buffer.from(line, 'base64'))),
  };
  return match !== null && Buffer.compare(formatConsistency(proof), bytes) === 0
    ? proof
    : refuse('malformed-consistency', 'the consistency proof is not of the agreed form');
};
