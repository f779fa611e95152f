export * from './connection-settings.js';
export * from './databases.js';
export * from './embedded-postgres-error.js';
export * from './embedded-postgres.js';
export * from './folder-lock.js';
export * from './postgres-bus.js';
export * from './postgres-ledger.js';
