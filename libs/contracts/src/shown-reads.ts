import { type AgencyId } from '@tripoint/kernel';
import {
  Agency,
  Count,
  Form,
  Hex,
  Lines,
  Moment,
  NestedList,
  WholeInQuery,
  YesNo,
} from './fields.js';

/** Which rows of the record of reads are to be shown, under which root. */
export class ShownReadsQuery {
  @Count({ about: 'The size of the tree whose root was published.', example: '340' })
  readonly size!: string;

  @Count({ about: 'The first row; 0 unless told.', optional: true, example: '0' })
  readonly from?: string;

  @WholeInQuery({
    about: 'At most so many rows; 50 unless told.',
    least: 1,
    most: 50,
    optional: true,
    example: 50,
  })
  readonly limit?: number;
}

/** One row of the record of reads, with what shows that it stands under a root. */
export class ShownRead {
  @Count({ about: 'Its number.' })
  readonly number!: string;

  @Lines({
    about: 'The text whose SHA-256 is the leaf: a JSON array, as `libs/replay/README.md` says.',
    most: 4000,
    example: '["tripoint/read/v2","0"]',
  })
  readonly text!: string;

  @Form({
    about: 'The audit path (RFC 6962 §2.1.1), from the leaf upwards: hashes one behind the other.',
    pattern: /^([0-9a-f]{64}){0,64}$/,
    most: 4096,
    form: 'hashes in hexadecimal digits',
    example: '',
  })
  readonly path!: string;
}

/** Rows of an agency's record of reads, shown to oversight. */
export class ShownReads {
  @Agency({ about: 'Whose record it is.' })
  readonly agency!: AgencyId;

  @Count({ about: 'The size of the tree under whose root they stand.' })
  readonly size!: string;

  @NestedList(() => ShownRead, { about: 'In order.', most: 50 })
  readonly rows!: ShownRead[];

  @Count({ about: 'The number to go on from; absent at the end.', optional: true })
  readonly next?: string;
}

/** A path that names an agency. */
export class AgencyParams {
  @Agency({ about: 'The agency.' })
  readonly agency!: AgencyId;
}

/** A root that an agency has published over its record of reads. */
export class ReadRootResponse {
  @Count({ about: 'The leaf.' })
  readonly leaf!: string;

  @Moment({ about: 'Its time.' })
  readonly at!: string;

  @Count({ about: 'How many reads it covers.' })
  readonly size!: string;

  @Hex({ about: 'The root over them.' })
  readonly root!: string;
}

/** Every root that an agency has published. */
export class ReadRootsResponse {
  @NestedList(() => ReadRootResponse, { about: 'The newest first.', most: 1000 })
  readonly rows!: ReadRootResponse[];

  @Count({ about: 'How many there are.' })
  readonly found!: string;
}

/** What became of rows that were held against a root in the log. */
export class CheckedReadsResponse {
  @YesNo({ about: 'Whether every one of them stands under the root.' })
  readonly sound!: boolean;

  @Count({ about: 'The leaf of the root.' })
  readonly leaf!: string;

  @Count({ about: 'How many were held against it.' })
  readonly checked!: string;

  @Count({ about: 'The first that does not stand there.', optional: true })
  readonly wrong?: string;
}
