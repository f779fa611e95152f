import type { Change, Delivery } from '@tripoint/read-model';
import type { Queries } from '../database.js';
import { manyInto } from '../many.js';
import { keepErasures } from './erasures.js';
import { keepCompleteRegistry } from './complete-registry.js';
import { keepHandedOver } from './postgres-court-files.js';
import { untiedRows } from './postgres-witnessed.js';
import { toSignRows, wishColumns } from './to-sign.js';
import { keepToldDisclosures } from './told-disclosures.js';

const wrapRows = manyInto<{
  descriptor: string;
  subkey: string;
  event: string;
  compartment: string;
  wrap: Uint8Array;
}>(
  'kept_wraps',
  { descriptor: 'text', subkey: 'text', event: 'uuid', compartment: 'text', wrap: 'bytea' },
  'on conflict (descriptor, subkey) do nothing',
);

const shareRows = manyInto<{
  descriptor: string;
  event: string;
  compartment: string;
  part: Uint8Array;
  opens?: readonly string[] | undefined;
}>(
  'entrusted',
  { descriptor: 'text', event: 'uuid', compartment: 'text', part: 'bytea', opens: 'text[]' },
  'on conflict (descriptor) do nothing',
);

const registryRows = manyInto<{
  leaf: number;
  leaf_at: string;
  kind: string;
  bytes: Uint8Array;
  digest: string;
}>(
  'registry',
  { leaf: 'bigint', leaf_at: 'timestamptz', kind: 'text', bytes: 'bytea', digest: 'text' },
  'on conflict (leaf) do nothing',
);

export const findingRows = manyInto<{
  code: string;
  detail: string;
  event: string | undefined;
  leaf: number | undefined;
  mailbox: bigint | undefined;
  at: string;
}>('findings', {
  code: 'text',
  detail: 'text',
  event: 'uuid',
  leaf: 'bigint',
  mailbox: 'bigint',
  at: 'timestamptz',
});

const unopenedRows = manyInto<{ mailbox: bigint; digest: string; subkey: string }>('unopened', {
  mailbox: 'bigint',
  digest: 'text',
  subkey: 'text',
});

const provenRows = manyInto<{
  agency: string;
  through: number;
  leaf: number;
  leaf_at: string;
  countersignature: string;
}>(
  'proven_deliveries',
  {
    agency: 'text',
    through: 'bigint',
    leaf: 'bigint',
    leaf_at: 'timestamptz',
    countersignature: 'text',
  },
  'on conflict (agency, through) do nothing',
);

/** Keeps everything of deliveries but their entries. */
export const keepDelivered = async (
  queries: Queries,
  fresh: readonly Delivery[],
): Promise<readonly Omit<Change, 'id'>[]> => {
  const registry = fresh.flatMap(({ registry: statement, leaf }) =>
    statement === undefined
      ? []
      : [
          {
            leaf: leaf.index,
            leaf_at: leaf.time,
            kind: statement.kind,
            bytes: statement.bytes,
            digest: statement.digest,
          },
        ],
  );
  const findings = fresh.flatMap(({ findings: found = [], number, at }) =>
    found.map(({ code, detail, event, leaf }) => ({
      code,
      detail,
      event,
      leaf,
      mailbox: number,
      at,
    })),
  );
  await Promise.all([
    wrapRows(
      queries,
      fresh.flatMap(({ wraps = [] }) => wraps.map((wrap) => ({ ...wrap }))),
    ),
    shareRows(
      queries,
      fresh.flatMap(({ shares = [] }) => shares),
    ),
    toSignRows(
      queries,
      fresh.flatMap(({ toSign = [], at }) => toSign.map((wish) => wishColumns(wish, at))),
    ),
    registryRows(queries, registry),
    findingRows(queries, findings),
    untiedRows(queries, fresh),
    keepHandedOver(queries, fresh),
    keepCompleteRegistry(queries, fresh),
    keepErasures(queries, fresh),
    keepToldDisclosures(queries, fresh),
    provenRows(
      queries,
      fresh.flatMap(({ proven }) =>
        proven === undefined
          ? []
          : [
              {
                agency: proven.agency,
                through: proven.through,
                leaf: proven.leaf.index,
                leaf_at: proven.leaf.time,
                countersignature: proven.countersignature,
              },
            ],
      ),
    ),
    unopenedRows(
      queries,
      fresh.flatMap(({ number, digest, unopened }) =>
        unopened === undefined ? [] : [{ mailbox: number, digest, subkey: unopened }],
      ),
    ),
  ]);
  const newest = fresh.at(-1)?.number ?? 0n;
  return [
    ...(registry.length > 0 ? [{ kind: 'registry' as const, version: newest }] : []),
    ...(findings.length > 0 ||
    fresh.some(({ doubted = [], attested = [] }) => doubted.length + attested.length > 0)
      ? [{ kind: 'finding' as const, version: newest }]
      : []),
  ];
};
