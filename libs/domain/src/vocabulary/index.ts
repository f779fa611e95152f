export * from './agency.js';
export * from './entity.js';
export * from './family.js';
export * from './marking.js';
export * from './workflow.js';
