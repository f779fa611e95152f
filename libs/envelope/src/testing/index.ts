export * from './agencies.js';
export * from './drafts.js';
export * from './mutations.js';
export * from './world.js';
