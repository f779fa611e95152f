export * from './little-evidence.js';
