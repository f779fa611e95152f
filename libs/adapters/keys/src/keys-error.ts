import { HubError } from '@tripoint/kernel';

/** What can be wrong with keys on a disk. */
export type KeysCode =
  | 'key-missing'
  | 'file-missing'
  | 'key-exists'
  | 'key-exposed'
  | 'key-unusable'
  | 'key-locked'
  | 'keys-away'
  | 'folder-malformed'
  | 'registry-broken'
  | 'statement-pending';

/** Keys or ceremony files on the disk are not as they have to be; a person has to look at them. */
export class KeysError extends HubError {
  declare readonly code: KeysCode;

  constructor(code: KeysCode, message: string, options?: ErrorOptions) {
    super(code, message, code === 'keys-away', options);
  }
}
