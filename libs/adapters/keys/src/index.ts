export * from './agency-keys.js';
export * from './federation-folder.js';
export { namesIn, readWhole, writePublic, writeWhole } from './files.js';
export * from './keys-error.js';
export * from './log-key.js';
export * from './passphrase.js';
export * from './trust-policy-file.js';
export * from './witness-folder.js';
export * from './witness-key.js';
