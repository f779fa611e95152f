export { connectionTo } from './connection-to.js';
export { type OpenedBus, openBus } from './open-bus.js';
export { type OpenedLedger, openLedger } from './open-ledger.js';
