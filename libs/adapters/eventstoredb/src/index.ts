export {
  connectionFrom,
  type ConnectionFault,
  type ConnectionSettings,
  type ConnectionSource,
  MisconfiguredEventStoreDB,
  parseConnectionString,
} from './connection-settings.js';
export * from './eventstoredb-ledger.js';
export * from './provision.js';
