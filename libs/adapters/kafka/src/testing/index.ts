export * from './detour.js';
export * from './provisioned-bus.js';
export * from './test-kafka.js';
