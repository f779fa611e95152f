export * from './fresh-database.js';
export * from './speak-tls.js';
