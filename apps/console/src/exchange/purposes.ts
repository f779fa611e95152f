import { type Purpose } from '../api/queries';

let last: Purpose | undefined;

/** The purpose that was given last is offered for the next exchange, where it is said anew; its words are not. */
export const lastPurpose = (): Purpose['code'] | undefined => last?.code;

export const rememberPurpose = (purpose: Purpose): void => {
  last = purpose;
};

export const forgetPurposes = (): void => {
  last = undefined;
};
