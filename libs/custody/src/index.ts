export { type Entrusted, entrustedContent, parseEntrusted, SHARES_ENTRUSTED } from './entrusted.js';
export { type HeldShare, joinKey, type JoinedKey, type JoinRefusal, splitKey } from './shares.js';
