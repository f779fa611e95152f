export * from './lease.js';
export * from './positions.js';
export * from './vault.js';
export * from './quarantine.js';
export * from './finding-book.js';
