export * from './lease.contract.js';
export * from './vault.contract.js';
export * from './finding-book.contract.js';
