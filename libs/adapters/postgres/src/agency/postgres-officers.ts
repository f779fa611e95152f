import { refuse, type Digest, type Instant, type OfficerId, type Refusal } from '@tripoint/kernel';
import {
  Officers,
  type LockOut,
  type NewOfficer,
  type Officer,
  type Session,
} from '@tripoint/read-model';
import { EntitySchema, type DataSource } from 'typeorm';
import { type Database, type DatabaseConfig } from '../database.js';
import { dataSource } from '../migrate.js';
import { storeError } from '../store-error.js';

type OfficerRecord = {
  id: string;
  name: string;
  passwordHash: string;
  roles: string[];
  active: boolean;
  failedAttempts: number;
  lockedUntil: Date | null;
};

export const officerSchema = new EntitySchema<OfficerRecord>({
  name: 'officers',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    passwordHash: { name: 'password_hash', type: 'text' },
    roles: { type: 'text', array: true },
    active: { type: 'boolean' },
    failedAttempts: { name: 'failed_attempts', type: 'int' },
    lockedUntil: { name: 'locked_until', type: 'timestamptz', nullable: true },
  },
});

const officerOf = ({ id, lockedUntil, ...record }: OfficerRecord): Officer => ({
  ...record,
  id: id as OfficerId,
  ...(lockedUntil === null ? {} : { lockedUntil: lockedUntil.toISOString() as Instant }),
});

/** Accounts are seldom touched and go through TypeORM; sessions are looked up at every call and do not. */
export class PostgresOfficers extends Officers {
  #source: Promise<DataSource> | undefined;

  constructor(
    private readonly database: Database,
    private readonly config: DatabaseConfig,
  ) {
    super();
  }

  async #accounts<T>(work: (source: DataSource) => Promise<T>): Promise<T> {
    this.#source ??= dataSource(this.config, [], [officerSchema as EntitySchema<never>])
      .initialize()
      .catch((error: unknown) => {
        // The next call tries again.
        this.#source = undefined;
        throw error;
      });
    try {
      return await work(await this.#source);
    } catch (error) {
      throw storeError(error);
    }
  }

  async close(): Promise<void> {
    const source = await this.#source?.catch(() => undefined);
    await source?.destroy();
  }

  override async add({
    id,
    name,
    passwordHash,
    roles,
  }: NewOfficer): Promise<Refusal<'officer-exists'> | undefined> {
    const added = await this.#accounts((source) =>
      source
        .createQueryBuilder()
        .insert()
        .into(officerSchema)
        .values({
          id,
          name,
          passwordHash,
          roles: [...roles],
          active: true,
          failedAttempts: 0,
          lockedUntil: null,
        })
        .orIgnore()
        .returning('id')
        .execute(),
    );
    return (added.raw as readonly unknown[]).length === 0
      ? refuse('officer-exists', 'an officer with this id exists')
      : undefined;
  }

  override async byId(id: OfficerId): Promise<Officer | undefined> {
    const record = await this.#accounts((source) =>
      source.getRepository(officerSchema).findOneBy({ id }),
    );
    return record === null ? undefined : officerOf(record);
  }

  override async all(): Promise<readonly Officer[]> {
    const records = await this.#accounts((source) =>
      source.getRepository(officerSchema).find({ order: { id: 'ASC' } }),
    );
    return records.map(officerOf);
  }

  override async change(
    id: OfficerId,
    { roles, ...change }: Partial<Pick<Officer, 'name' | 'passwordHash' | 'roles' | 'active'>>,
    kept?: string,
  ): Promise<Refusal<'officer-unknown' | 'last-of-role'> | undefined> {
    const ends =
      roles !== undefined || change.passwordHash !== undefined || change.active === false;
    const outcome = await this.#accounts((source) =>
      source.transaction(async (within) => {
        // All of them, in one order: whoever takes the role from another at the same time waits, and then finds one fewer.
        const having: readonly { readonly id: string }[] =
          kept === undefined
            ? []
            : await within.query(
                'select id from officers where active and $1 = any (roles) order by id for update',
                [kept],
              );
        const officer = await within
          .getRepository(officerSchema)
          .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
        if (officer === null) return refuse('officer-unknown', 'there is no officer with this id');
        const next = { ...officer, ...change, roles: [...(roles ?? officer.roles)] };
        const isLast = having.length === 1 && having[0]?.id === id;
        if (isLast && kept !== undefined && !(next.active && next.roles.includes(kept)))
          return refuse('last-of-role', 'nobody else has this role');
        await within.getRepository(officerSchema).save(next);
        if (ends) await within.query('delete from sessions where officer = $1', [id]);
        return undefined;
      }),
    );
    if (outcome === undefined && ends) this.database.tell(['sessions']);
    return outcome;
  }

  override async attemptFailed(
    id: OfficerId,
    at: Instant,
    { after, seconds }: LockOut,
  ): Promise<void> {
    // When the limit is reached the count begins anew, so that a locked account unlocks with all its attempts.
    await this.database.run(
      `update officers set
         failed_attempts = case when failed_attempts + 1 >= $3::int then 0 else failed_attempts + 1 end,
         locked_until = case when failed_attempts + 1 >= $3::int
           then $2::timestamptz + make_interval(secs => $4) else locked_until end
       where id = $1`,
      [id, at, after, seconds],
    );
  }

  override async unlock(id: OfficerId): Promise<void> {
    await this.database.run(
      'update officers set failed_attempts = 0, locked_until = null where id = $1',
      [id],
    );
  }

  override signedIn(
    id: OfficerId,
    {
      token,
      passwordHash,
      at,
      expiresAt,
    }: {
      readonly token: Digest;
      readonly passwordHash: string;
      readonly at: Instant;
      readonly expiresAt: Instant;
    },
  ): Promise<Refusal<'officer-unknown'> | undefined> {
    return this.database.transaction(async (queries) => {
      const known = await queries.run(
        `update officers set failed_attempts = 0, locked_until = null
         where id = $1 and active and password_hash = $3
           and (locked_until is null or locked_until <= $2)`,
        [id, at, passwordHash],
      );
      if (known === 0)
        return refuse('officer-unknown', 'nobody with this id may sign in at this time');
      await queries.run(
        'insert into sessions (token, officer, opened_at, expires_at) values ($1, $2, $3, $4)',
        [token, id, at, expiresAt],
      );
      return undefined;
    });
  }

  override async session(token: Digest, now: Instant): Promise<Session | undefined> {
    const [session] = await this.database.prepared<Session>(
      `select officers.id as officer, name, roles, expires_at as "expiresAt"
       from sessions join officers on officers.id = sessions.officer
       where token = $1 and expires_at > $2 and active`,
      [token, now],
    );
    return session;
  }

  override async signOut(token: Digest): Promise<void> {
    await this.database.run('delete from sessions where token = $1', [token]);
    this.database.tell(['sessions']);
  }

  override sessionsMayHaveEnded(signal: AbortSignal): Promise<void> {
    return this.database.listener.next('sessions', signal);
  }

  override sweep(now: Instant): Promise<number> {
    return this.database.run('delete from sessions where expires_at <= $1', [now]);
  }
}
