/** What can be wrong with a bundle. */
export type EvidenceCode =
  // Of the zip.
  | 'bundle-too-large'
  | 'bundle-cut-short'
  | 'zip-not-of-form'
  | 'manifest-malformed'
  | 'content-differs'
  // Of what its files have to be.
  | 'file-missing'
  | 'file-unexpected'
  | 'file-malformed'
  | 'anchor-differs'
  | 'instructions-differ'
  // Of what they say.
  | 'leaf-malformed'
  | 'not-in-log'
  | 'not-continued'
  | 'not-under-quorum'
  | 'statement-refused'
  | 'statements-missing'
  | 'signature-refused'
  | 'signer-not-accepted'
  | 'leaf-differs'
  | 'descriptor-differs'
  | 'body-differs'
  | 'key-refused'
  | 'record-not-committed'
  | 'no-verdict'
  | 'use-not-permitted'
  | 'decision-differs'
  | 'bundle-not-in-force'
  | 'certificate-unknown';

/** One thing wrong with a bundle, and in which of its files. */
export class EvidenceFault {
  constructor(
    readonly file: string,
    readonly code: EvidenceCode,
    /** For people; never case content. */
    readonly detail: string,
  ) {}
}
