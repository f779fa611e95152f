import { canonical, parseCanonical } from '@tripoint/envelope';
import { isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { closed, integer, isCertificateText, isFederationName } from './schema.js';

/** What a process has to be given by hand, and from which it can check everything else. */
export type TrustAnchor = {
  /** The federation's name: lower-case words, digits, hyphens and dots. */
  readonly federation: string;
  /** OpenPGP certificates of the first roots. */
  readonly roots: readonly Uint8Array[];
  /** How many different roots must sign a statement. */
  readonly threshold: number;
  /** The transparency log: its name and its C2SP verifier key. */
  readonly log: { readonly name: string; readonly vkey: string };
};

const LONGEST_ANCHOR = 65_536;

const isLine = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 256 && /^[\x21-\x7e]+$/.test(value);

const isAnchor = closed({
  v: (value) => value === 1,
  federation: isFederationName,
  roots: (value) =>
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= 16 &&
    value.every(isCertificateText),
  threshold: integer(1, 16),
  log: closed({ name: isLine, vkey: isLine }),
});

type AnchorFile = {
  readonly federation: string;
  readonly roots: readonly string[];
  readonly threshold: number;
  readonly log: { readonly name: string; readonly vkey: string };
};

/** The anchor as a file: canonical JSON, certificates in base64. */
export const formatTrustAnchor = ({ federation, roots, threshold, log }: TrustAnchor): Uint8Array =>
  canonical({
    v: 1,
    federation,
    roots: roots.map((root) => Buffer.from(root).toString('base64')),
    threshold,
    log: { name: log.name, vkey: log.vkey },
  });

/** The strict inverse of `formatTrustAnchor`. */
export const parseTrustAnchor = (bytes: Uint8Array): TrustAnchor | Refusal<'anchor-malformed'> => {
  const value: unknown = parseCanonical(bytes, { size: LONGEST_ANCHOR });
  if (isRefusal(value) || !isAnchor(value))
    return refuse('anchor-malformed', 'this is not a trust anchor');
  const { federation, roots, threshold, log } = value as AnchorFile;
  if (threshold > roots.length || new Set(roots).size < roots.length)
    return refuse('anchor-malformed', 'the threshold cannot be met by different roots');
  return {
    federation,
    roots: roots.map((root) => new Uint8Array(Buffer.from(root, 'base64'))),
    threshold,
    log,
  };
};
