export * from './connection-settings.js';
export * from './databases.js';
export * from './embedded-postgres-error.js';
export * from './embedded-postgres.js';
