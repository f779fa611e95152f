import { dispatch } from '../dispatch.js';
import { buildBundle } from './build-bundle.js';
import { verifyBundle } from './verify-bundle.js';
import { verifyDeliveries } from './verify-delivered.js';

/** `tripoint evidence …`: what is taken to a court. */
export const evidence = dispatch('tripoint evidence', 'bundles that are taken to a court', {
  build: buildBundle,
  verify: verifyBundle,
  delivered: verifyDeliveries,
});
