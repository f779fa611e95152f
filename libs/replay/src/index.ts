export * from './clocks.js';
export * from './log-state.js';
export * from './records.js';
export * from './log-export.js';
