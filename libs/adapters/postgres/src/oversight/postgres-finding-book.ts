import { type FindingState, opensAgain, stepRefusal } from '@tripoint/domain';
import {
  type AgencyId,
  type Instant,
  type OfficerId,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import {
  type Finding,
  FindingBook,
  type FindingHistory,
  type FindingOccasion,
  type FindingsAsked,
  type FindingStep,
  type Found,
} from '@tripoint/vault';
import { type Database, type Queries } from '../database.js';

type Row = {
  readonly number: number;
  readonly code: string;
  readonly subject: string;
  readonly agency: AgencyId | null;
  readonly leaf: bigint | null;
  readonly detail: string;
  readonly at: Instant;
  readonly state: FindingState;
  readonly step: number;
  readonly last_at: Instant;
  readonly times: bigint;
};

const STANDING = `
  select findings.*, newest.state, newest.step, seen.last_at, seen.times, latest.leaf, latest.detail from findings
  cross join lateral (select state, step from finding_steps where finding = number order by step desc limit 1) as newest
  cross join lateral (select max(at) as last_at, count(*) as times from finding_occasions where finding = number) as seen
  cross join lateral (select leaf, detail from finding_occasions where finding = number
    order by place desc limit 1) as latest`;

/** Those who raise and those who decide take turns; neither is frequent. */
const IN_TURN = `select pg_advisory_xact_lock(7230414)`;

const leafOf = (leaf: bigint | null): number | null => (leaf === null ? null : Number(leaf));

const findingOf = (row: Row): Finding => ({
  number: row.number,
  code: row.code,
  subject: row.subject,
  ...(row.agency === null ? {} : { agency: row.agency }),
  leaf: leafOf(row.leaf),
  detail: row.detail,
  state: row.state,
  at: row.at,
  lastAt: row.last_at,
  times: Number(row.times),
});

export class PostgresFindingBook extends FindingBook {
  constructor(private readonly database: Database) {
    super();
  }

  override raise(found: Found, at: Instant): Promise<'new' | 'again' | 'reopened' | 'known'> {
    return this.database.transaction(async (queries) => {
      await queries.rows(IN_TURN);
      const { code, subject, agency = null } = found;
      const [known] = await queries.rows<Row>(`${STANDING} where code = $1 and subject = $2`, [
        code,
        subject,
      ]);
      if (known === undefined) {
        const [added] = await queries.rows<{ number: number }>(
          `insert into findings (code, subject, agency, at) values ($1, $2, $3, $4) returning number`,
          [code, subject, agency, at],
        );
        const number = added?.number ?? 0;
        await seen(queries, number, found, at);
        await stepped(queries, number, 0, { state: 'OPEN', reason: 'found', at });
        return 'new';
      }
      if (!(await seen(queries, known.number, found, at))) return 'known';
      if (!opensAgain(known.state)) return 'again';
      const again = { state: 'OPEN', reason: 'found again', at } as const;
      await stepped(queries, known.number, known.step + 1, again);
      return 'reopened';
    });
  }

  override step(
    number: number,
    to: FindingState,
    { by, reason, at }: { readonly by: OfficerId; readonly reason: string; readonly at: Instant },
  ): Promise<Finding | Refusal<'finding-unknown' | 'finding-step-refused'>> {
    return this.database.transaction(async (queries) => {
      await queries.rows(IN_TURN);
      const [row] = await queries.rows<Row>(`${STANDING} where number = $1`, [number]);
      if (row === undefined) return refuse('finding-unknown', 'there is no such finding');
      const refused = stepRefusal(row.state, to);
      if (refused !== undefined) return refused;
      await stepped(queries, number, row.step + 1, { state: to, by, reason, at });
      return { ...findingOf(row), state: to };
    });
  }

  override async list({
    states,
    oldestFirst,
    after,
    limit,
  }: FindingsAsked): Promise<readonly Finding[]> {
    const [order, beyond] = oldestFirst ? ['asc', '>'] : ['desc', '<'];
    const rows = await this.database.rows<Row>(
      `${STANDING} where ($1::text[] is null or newest.state = any ($1)) and ($2::integer is null or number ${beyond} $2)
       order by number ${order} limit $3`,
      [states ?? null, after ?? null, limit],
    );
    return rows.map(findingOf);
  }

  override async counts(): Promise<Readonly<Partial<Record<FindingState, number>>>> {
    const rows = await this.database.rows<{ state: FindingState; count: bigint }>(
      `select state, count(*) from
         (select distinct on (finding) state from finding_steps order by finding, step desc) as newest group by state`,
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
  }

  override async history(number: number): Promise<FindingHistory | undefined> {
    const [row] = await this.database.rows<Row>(`${STANDING} where number = $1`, [number]);
    if (row === undefined) return undefined;
    const steps = await this.database.rows<
      Omit<FindingStep, 'by'> & { readonly officer: OfficerId | null }
    >(
      'select step, state, officer, reason, at from finding_steps where finding = $1 order by step',
      [number],
    );
    const occasions = await this.database.rows<
      Omit<FindingOccasion, 'leaf'> & { readonly leaf: bigint | null }
    >(
      'select occasion, leaf, detail, at from finding_occasions where finding = $1 order by place desc',
      [number],
    );
    return {
      finding: findingOf(row),
      steps: steps.map(({ officer, ...step }) => ({
        ...step,
        ...(officer === null ? {} : { by: officer }),
      })),
      occasions: occasions.map((one) => ({ ...one, leaf: leafOf(one.leaf) })),
    };
  }
}

/** Whether this occasion was not known yet. */
const seen = async (
  queries: Queries,
  number: number,
  { occasion, leaf, detail }: Found,
  at: Instant,
): Promise<boolean> =>
  (await queries.run(
    `insert into finding_occasions (finding, occasion, leaf, detail, at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [number, occasion, leaf, detail, at],
  )) > 0;

const stepped = async (
  queries: Queries,
  number: number,
  step: number,
  { state, by, reason, at }: Omit<FindingStep, 'step'>,
): Promise<void> => {
  await queries.run(
    'insert into finding_steps (finding, step, state, officer, reason, at) values ($1, $2, $3, $4, $5, $6)',
    [number, step, state, by ?? null, reason, at],
  );
};
