/**
 * `next` of a topic is moved in the publishing transaction, so its row lock makes the order of offsets and the order
 * of commits the same: a consumer never sees a message appear behind one it has had.
 */
export const BUS_SCHEMA = `
CREATE SCHEMA IF NOT EXISTS bus;

CREATE TABLE IF NOT EXISTS bus.topic (
  topic text COLLATE "C" PRIMARY KEY,
  next  bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS bus.message (
  topic    text COLLATE "C" NOT NULL,
  "offset" bigint NOT NULL,
  value    bytea STORAGE EXTERNAL NOT NULL,
  headers  json,
  at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, "offset")
);
ALTER TABLE bus.message ALTER COLUMN value SET STATISTICS 0;
CREATE INDEX IF NOT EXISTS message_at ON bus.message USING brin (at);

CREATE TABLE IF NOT EXISTS bus.consumer (
  topic    text COLLATE "C" NOT NULL,
  consumer text COLLATE "C" NOT NULL,
  next     bigint NOT NULL,
  PRIMARY KEY (topic, consumer)
) WITH (fillfactor = 50);

-- How often something was forgotten, and how much of that a scrub has followed.
CREATE TABLE IF NOT EXISTS bus.forgetting (
  sole        boolean PRIMARY KEY DEFAULT true CHECK (sole),
  forgotten   bigint NOT NULL,
  scrubbed    bigint NOT NULL DEFAULT 0,
  scrubbed_at timestamptz
);

CREATE OR REPLACE FUNCTION bus.publish(
  topics text[], starts int[], lengths int[], headers json[], messages bytea
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Rows are locked in the order of their names by everybody, so two publishers never wait for each other in a ring.
  INSERT INTO bus.topic AS known (topic, next)
  SELECT wanted.topic, count(*) FROM unnest(topics) AS wanted (topic) GROUP BY wanted.topic ORDER BY wanted.topic
  ON CONFLICT (topic) DO UPDATE SET next = known.next + excluded.next;

  INSERT INTO bus.message (topic, "offset", value, headers)
  SELECT new.topic,
    known.next - count(*) OVER (PARTITION BY new.topic) - 1
      + row_number() OVER (PARTITION BY new.topic ORDER BY new.place),
    substring(messages FROM new.start FOR new.length), new.headers
  FROM unnest(topics, starts, lengths, headers)
    WITH ORDINALITY AS new (topic, start, length, headers, place)
  JOIN bus.topic AS known USING (topic);
END $$;
`;

/** What a role may do with topics: conditions in SQL on `topic`. */
export type BusRights = {
  /** Quoted as an identifier. */
  readonly role: string;
  /** To which topics it publishes. */
  readonly publishes: string;
  /** From which topics it takes messages. */
  readonly consumes: string;
  /** Forgets what gets old. */
  readonly forgets: boolean;
};

/** Makes the rights of one role what is said, and no more: rows of other topics do not exist for it. */
export const busGrants = ({ role, publishes, consumes, forgets }: BusRights): string => {
  const policy = (table: string, command: string, condition: string): string => `
DROP POLICY IF EXISTS ${named(role, command)} ON bus.${table};
CREATE POLICY ${named(role, command)} ON bus.${table} FOR ${command} TO ${role} ${condition};`;
  // Whoever forgets has to see what is old.
  const seen = forgets ? 'true' : consumes;
  return `
REVOKE ALL ON SCHEMA bus FROM PUBLIC;
ALTER TABLE bus.topic ENABLE ROW LEVEL SECURITY;
ALTER TABLE bus.message ENABLE ROW LEVEL SECURITY;
ALTER TABLE bus.consumer ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON ALL TABLES IN SCHEMA bus FROM ${role};
GRANT USAGE ON SCHEMA bus TO ${role};
GRANT SELECT, INSERT, UPDATE ON bus.topic, bus.consumer TO ${role};
GRANT SELECT, INSERT${forgets ? ', DELETE, MAINTAIN' : ''} ON bus.message TO ${role};
${forgets ? `GRANT SELECT, INSERT, UPDATE ON bus.forgetting TO ${role};` : ''}
${policy('topic', 'ALL', `USING (${publishes}) WITH CHECK (${publishes})`)}
${policy('message', 'SELECT', `USING (${seen})`)}
${policy('message', 'INSERT', `WITH CHECK (${publishes})`)}
${policy('message', 'DELETE', `USING (${forgets ? 'true' : 'false'})`)}
${policy('consumer', 'ALL', `USING (${consumes}) WITH CHECK (${consumes})`)}
`;
};

/** Lets a role write anew what held messages, and read none. */
export const busScrubGrants = (role: string): string => `
REVOKE ALL ON ALL TABLES IN SCHEMA bus FROM ${role};
GRANT USAGE ON SCHEMA bus TO ${role};
GRANT MAINTAIN ON bus.message TO ${role};
GRANT SELECT, UPDATE ON bus.forgetting TO ${role};
`;

const named = (role: string, command: string): string =>
  `${role.slice(0, -1)} ${command.toLowerCase()}"`;
