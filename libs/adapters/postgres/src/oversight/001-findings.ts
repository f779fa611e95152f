import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table findings (
     number integer generated always as identity primary key,
     code text not null,
     subject text not null,
     agency text,
     at timestamptz not null,
     unique (code, subject))`,
  // What was found is never taken back, and what somebody made of it stands beside it.
  // Clocks go back: which time was the last is counted.
  `create table finding_occasions (
     place bigint generated always as identity,
     finding integer not null references findings,
     occasion text not null,
     leaf bigint,
     detail text not null,
     at timestamptz not null,
     primary key (finding, occasion))`,
  `create table finding_steps (
     finding integer not null references findings,
     step integer not null,
     state text not null,
     officer text,
     reason text not null,
     at timestamptz not null,
     primary key (finding, step))`,
  // The list of former times, the oldest first; it had one line for each code, leaf and detail.
  `create temporary table listed on commit drop as
     select row_number() over (order by ordinal desc) as place, line->>'code' as code, line->>'detail' as detail,
            (line->>'leaf')::bigint as leaf, (line->>'at')::timestamptz as at,
            coalesce('leaf ' || (line->>'leaf'), 'log') as subject
     from positions, jsonb_array_elements(positions.place::jsonb) with ordinality as list (line, ordinal)
     where positions.name = 'findings'`,
  `insert into findings (code, subject, at)
     select code, subject, at from
       (select distinct on (code, subject) * from listed order by code, subject, place) as first order by first.place`,
  `insert into finding_occasions (finding, occasion, leaf, detail, at)
     select findings.number, 'listed ' || listed.place, listed.leaf, listed.detail, listed.at
     from listed join findings using (code, subject) order by listed.place`,
  `insert into finding_steps (finding, step, state, reason, at) select number, 0, 'OPEN', 'found', at from findings`,
  `delete from positions where name = 'findings'`,
];

/** Findings have a life of their own, and nothing of it is lost. */
export class Findings1764000000101 implements MigrationInterface {
  readonly name = 'Findings1764000000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
