export * from './countries.js';
export * from './entity.js';
