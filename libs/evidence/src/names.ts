// Where things stand in a bundle.

export const ANCHOR = 'trust/anchor.json';
export const POLICY = 'trust/policy.txt';
export const CUSTODY = 'custody.json';
export const INSTRUCTIONS = 'VERIFY.md';

/** Padded, so that the order of names is that of the log. */
const numbered = (folder: string, index: number): string =>
  `${folder}/${String(index).padStart(10, '0')}`;

export const eventFolder = (leaf: number): string => numbered('events', leaf);
export const statementFolder = (leaf: number): string => numbered('registry', leaf);
/** What shows that no statement before a leaf is missing. */
export const completeFolder = (leaf: number): string => numbered('complete', leaf);
export const certificateName = (fingerprint: string): string => `certificates/${fingerprint}.pgp`;
export const bundleName = (digest: string): string => `policy/${digest}.json`;

/** What shows that a leaf is in the log that the witnesses have cosigned. */
export const LEAF = 'leaf.json';
export const INCLUSION = 'inclusion.txt';
export const CONSISTENCY = 'consistency.txt';
export const CHECKPOINT = 'checkpoint.txt';

export const STATEMENT = 'statement.cbor';

export const HEADER = 'header.json';
/** The bytes that the signature is over. */
export const SIGNED = 'header.signed';
export const SIGNATURE = 'header.sig';
export const ROUTING = 'routing.json';
export const ORIGIN = 'origin.json';

export const descriptorName = (compartment: string): string => `${compartment}.descriptor.json`;
export const bodyName = (compartment: string): string => `${compartment}.body.pgp`;
export const sessionKeyName = (compartment: string): string => `${compartment}.session-key.txt`;
export const recordName = (at: number): string => `record-${String(at).padStart(4, '0')}.json`;
export const saltName = (at: number): string => `record-${String(at).padStart(4, '0')}.salt.txt`;
