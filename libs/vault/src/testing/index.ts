export * from './lease.contract.js';
export * from './vault.contract.js';
