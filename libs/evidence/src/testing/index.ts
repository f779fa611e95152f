export * from './little-evidence.js';
export * from './forged.js';
