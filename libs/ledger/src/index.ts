export * from './ledger.js';
export * from './records/countersignature.js';
export * from './records/crossing.js';
export * from './records/leaf.js';
export * from './records/mailbox.js';
export * from './records/note.js';
export * from './streams.js';
