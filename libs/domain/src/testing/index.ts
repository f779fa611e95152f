export * from './arbitraries.js';
export * from './scenario.js';
export * from './world.js';
