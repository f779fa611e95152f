import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { type Scale } from './measure.js';

/** What an area is given: how much to measure, a server to measure on, a folder that is deleted afterwards. */
export type Bench = {
  readonly scale: Scale;
  readonly postgres: ConnectionSettings;
  readonly folder: string;
  /** Says something that is not a row: it is printed below the table and written beside it. */
  readonly remark: (about: string, lines: readonly string[]) => void;
};
