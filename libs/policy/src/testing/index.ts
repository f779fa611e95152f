export * from './model.js';
export * from './questions.js';
