export * from './little-evidence.js';
export * from './forged.js';
export * from './little-delivery.js';
