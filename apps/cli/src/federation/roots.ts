import { certificateText, type RegistryCode } from '@tripoint/federation';
import { type Refusal } from '@tripoint/kernel';
import { type Ceremony, openForNext, type Proposed, propose } from './ceremony.js';

/** What `rotate-roots` is told. */
export type RotateRootsArguments = {
  /** Names of the roots that will be in office; keys are made for those that the folder does not hold. */
  readonly roots: readonly string[];
  readonly threshold: number;
};

/** Puts other roots into office. Enough of the old ones and of the new ones have to sign. */
export const rotateRoots = async (
  ceremony: Ceremony,
  { roots, threshold }: RotateRootsArguments,
): Promise<Proposed | Refusal<RegistryCode>> => {
  const { folder } = await openForNext(ceremony);
  const { at, passphrase } = ceremony;
  const certificates: string[] = [];
  for (const root of roots) {
    const certificate = await folder.rootCertificate(root, { at, passphrase });
    certificates.push(certificateText(certificate.bytes));
  }
  return propose(ceremony, { kind: 'root-rotated', certificates, threshold });
};
