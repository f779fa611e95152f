import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { type Broker } from './broker.js';
import { type Scale } from './measure.js';
import { type Separate } from './separate.js';

/** What an area is given: how much to measure, a server to measure on, a folder that is deleted afterwards. */
export type Bench = {
  readonly scale: Scale;
  readonly postgres: ConnectionSettings;
  readonly folder: string;
  /** Says something that is not a row: it is printed below the table and written beside it. */
  readonly remark: (about: string, lines: readonly string[]) => void;
};

/** What an area on the engines of several machines is given besides: a broker, and a federation on it of which nothing runs. */
export type KafkaBench = Bench & {
  readonly broker: Broker;
  readonly federation: Separate;
  /** How many submissions are to be waiting; none: as many as the scale says. */
  readonly backlogs: readonly number[];
};
