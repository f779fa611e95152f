export * from './collector.js';
export { generatedClient } from './generated-client.js';
