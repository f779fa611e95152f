import {
  type CosignedTree,
  type Delivery,
  type SignedTree,
  type TiedTree,
  Witnessed,
} from '@tripoint/read-model';
import { type Database, type Queries } from '../database.js';

type TreeRecord = { readonly size: bigint; readonly root: string };

export class PostgresWitnessed extends Witnessed {
  constructor(private readonly database: Database) {
    super();
  }

  override async size(): Promise<number> {
    const [row] = await this.database.prepared<{ size: bigint }>(
      `select least(
         coalesce((select size from witnessed), 0), (select min(first_leaf) from untied)) as size`,
    );
    return Number(row?.size ?? 0n);
  }

  override async newest(): Promise<CosignedTree | undefined> {
    const [row] = await this.database.prepared<TreeRecord & { readonly note: string }>(
      'select size, root, note from witnessed',
    );
    return row && { ...row, size: Number(row.size) };
  }

  override async untied(size: number, limit: number): Promise<readonly SignedTree[]> {
    const rows = await this.database.prepared<TreeRecord>(
      'select size, root from untied where size <= $1 order by size, root limit $2',
      [size, limit],
    );
    return rows.map((row) => ({ ...row, size: Number(row.size) }));
  }

  override async handedUnder({ size, root }: SignedTree): Promise<Uint8Array | undefined> {
    const [row] = await this.database.prepared<{ bytes: Uint8Array }>(
      'select bytes from handed_over where size = $1 and root = $2 order by mailbox limit 1',
      [size, root],
    );
    return row?.bytes;
  }

  override async keepEvidence(name: string, evidence: Uint8Array): Promise<void> {
    await this.database.prepared(
      'insert into log_evidence (name, bytes) values ($1, $2) on conflict (name) do nothing',
      [name, evidence],
    );
  }

  override async evidence(): Promise<ReadonlyMap<string, Uint8Array>> {
    const rows = await this.database.prepared<{ name: string; bytes: Uint8Array }>(
      'select name, bytes from log_evidence order by name',
    );
    return new Map(rows.map(({ name, bytes }) => [name, bytes]));
  }

  override async keep(
    { size, root, note }: CosignedTree,
    tied: readonly TiedTree[],
  ): Promise<void> {
    await this.database.transaction(async (queries) => {
      await Promise.all([
        queries.prepared(
          `insert into witnessed (size, root, note) values ($1, $2, $3)
           on conflict (sole) do update set size = $1, root = $2, note = $3
           where witnessed.size <= $1`,
          [size, root, note],
        ),
        queries.prepared(
          `insert into ties (size, root, cosigned_size, note, hashes)
           select size, root, $3, $4, hashes
           from unnest($1::bigint[], $2::text[], $5::bytea[]) as tied (size, root, hashes)
           on conflict (size, root) do nothing`,
          [
            tied.map((tree) => tree.size),
            tied.map((tree) => tree.root),
            size,
            note,
            tied.map(({ hashes }) => Buffer.concat(hashes)),
          ],
        ),
        queries.prepared(
          `delete from untied using unnest($1::bigint[], $2::text[]) as tied (size, root)
           where untied.size = tied.size and untied.root = tied.root`,
          [tied.map((tree) => tree.size), tied.map((tree) => tree.root)],
        ),
      ]);
    });
  }
}

/** Keeps the checkpoints under which leaves come, one row for each. */
export const untiedRows = async (
  queries: Queries,
  fresh: readonly Pick<Delivery, 'checkpoint' | 'leaf'>[],
): Promise<void> => {
  const trees = new Map<string, SignedTree & { readonly first: number }>();
  for (const { checkpoint, leaf } of fresh) {
    if (checkpoint === undefined) continue;
    const key = `${checkpoint.size} ${checkpoint.root}`;
    const first = Math.min(leaf.index, trees.get(key)?.first ?? leaf.index);
    trees.set(key, { ...checkpoint, first });
  }
  if (trees.size === 0) return;
  const rows = [...trees.values()];
  await queries.prepared(
    `insert into untied (size, root, first_leaf)
     select * from unnest($1::bigint[], $2::text[], $3::bigint[])
     on conflict (size, root) do update set first_leaf = least(untied.first_leaf, excluded.first_leaf)`,
    [rows.map(({ size }) => size), rows.map(({ root }) => root), rows.map(({ first }) => first)],
  );
};
