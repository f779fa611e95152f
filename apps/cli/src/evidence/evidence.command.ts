import { dispatch } from '../dispatch.js';
import { buildBundle } from './build-bundle.js';
import { verifyBundle } from './verify-bundle.js';

/** `tripoint evidence …`: what is taken to a court. */
export const evidence = dispatch('tripoint evidence', 'bundles that are taken to a court', {
  build: buildBundle,
  verify: verifyBundle,
});
