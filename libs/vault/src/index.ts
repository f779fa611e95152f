export * from './positions.js';
export * from './vault.js';
