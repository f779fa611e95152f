import { dispatch } from '../dispatch.js';
import { provision } from './provision.js';
import { withdraw } from './withdraw.js';

/** `tripoint bus …`: what the brokers have to be told. */
export const bus = dispatch('tripoint bus', 'prepare the brokers of a federation', {
  provision,
  withdraw,
});
