export * from './little-custody.js';
export * from './little-federation.js';
export * from './little-log.js';
export * from './served-log.js';
export * from './little-hub.js';
