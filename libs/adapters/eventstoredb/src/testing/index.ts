export * from './double.js';
export { type Stored } from './double-store.js';
export * from './self-signed.js';
