/**
 * Counts how often something was made to go, and how much of that a scrub has followed. As the owner: whoever makes something go can
 * count it and no more. Its lock is the last but the feed's head in every transaction.
 */
export const FORGETTING: readonly string[] = [
  `create table forgetting (
     sole boolean primary key default true check (sole),
     forgotten bigint not null,
     scrubbed bigint not null default 0,
     scrubbed_at timestamptz)`,
  `create function forgot() returns void language sql security definer set search_path from current as $$
     insert into forgetting (forgotten) values (1)
     on conflict (sole) do update set forgotten = forgetting.forgotten + 1
   $$`,
];
