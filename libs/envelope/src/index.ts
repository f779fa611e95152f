export {
  admit,
  type AdmissionCode,
  type Admitted,
  type AdmittedCompartment,
  type Head,
  type NamedWrap,
  NO_PREVIOUS_HEADER,
  place,
  type Placement,
  type Registered,
} from './admit.js';
export { concat, hex, pae, sameBytes, sha256, unhex, utf8 } from './bytes.js';
export {
  type Cbor,
  type CborCode,
  type CborLimits,
  type CborMap,
  decodeCbor,
  encodeCbor,
  isCborMap,
} from './cbor.js';
export {
  type ChainEntry,
  type ChainEntryCode,
  entryDigest,
  type EventEntry,
  formatChainEntry,
  parseChainEntry,
  sealVoid,
  type StatementEntry,
  type VoidEntry,
} from './chain-entry.js';
export { regrant, type Regranted } from './regrant.js';
export {
  type Container,
  type ContainerCode,
  formatContainer,
  parseContainer,
  type Parts,
} from './container.js';
export {
  type BodyCode,
  type Entitled,
  type EntitledCode,
  type EntitledCompartment,
  entitle,
  examine,
  type Examined,
  type ExaminedCompartment,
  formatEntitled,
  open,
  isKeyOf,
  openBody,
  type OpenCode,
  type Opened,
  type OpenedCompartment,
  type OpenWith,
  parseEntitled,
} from './entitled.js';
export {
  type Descriptor,
  type Facts,
  type Frame,
  type Header,
  type Opening,
  parseDescriptor,
  parseHeader,
  parseRouting,
  parseVoid,
  type ReadCode,
  type Routing,
  type Void,
} from './envelope.js';
export {
  canonical,
  isJsonObject,
  type Json,
  type JsonCode,
  type JsonLimits,
  type JsonObject,
  parseCanonical,
} from './jcs.js';
export * from './openpgp-js.js';
export * from './openpgp.js';
export {
  readDescriptors,
  readEvent,
  type ReadDescriptor,
  type ReadEvent,
  type ReadEventCode,
} from './read-event.js';
export * from './refused-codes.js';
export * from './rewrap.js';
export * from './rewrapped.js';
export * from './seal.js';
export {
  mediaType,
  type SignatureCode,
  type SignedStatement,
  signStatement,
  type StatementCode,
  type VerifiedStatement,
  verifyBytes,
  verifyStatement,
} from './statement.js';
