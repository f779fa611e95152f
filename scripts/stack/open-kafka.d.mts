import { type StackKafka } from './kafka.mjs';

/** Where jars are kept. */
export const stackFolder: string;

/** A broker for one run, gone after `close`; or why there is none. */
export const openKafka: () => Promise<
  | { readonly missing: string }
  | (Pick<StackKafka, 'version' | 'connection'> & {
      readonly missing?: undefined;
      readonly close: () => Promise<void>;
    })
>;
