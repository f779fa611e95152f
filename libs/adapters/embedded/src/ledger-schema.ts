/** Whoever holds this transaction lock assigns positions; it makes commit order and position order the same. */
export const WRITER = '7230412, 1';

/**
 * Entries are ciphertext: TOAST would try in vain to compress them (EXTERNAL), and an entry of the usual size stays in
 * its row's page (toast_tuple_target).
 *
 * `ledger.append` is one statement and so one round trip and one transaction. `known` is the last position the
 * caller has seen: when the ledger has moved on, nothing is written and the answer is null.
 */
export const LEDGER_SCHEMA = `
CREATE SCHEMA IF NOT EXISTS ledger;

CREATE TABLE IF NOT EXISTS ledger.entry (
  position bigint PRIMARY KEY,
  stream   text COLLATE "C" NOT NULL,
  revision bigint NOT NULL CHECK (revision >= 0),
  bytes    bytea STORAGE EXTERNAL NOT NULL,
  UNIQUE (stream, revision)
) WITH (toast_tuple_target = 8160);

CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON ledger.entry FROM PUBLIC, CURRENT_USER;

CREATE OR REPLACE FUNCTION ledger.append(
  known bigint, streams text[], revisions bigint[], starts int[], lengths int[], entries bytea
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  tail bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(${WRITER});
  SELECT coalesce(max(position), 0) INTO tail FROM ledger.entry;
  IF tail <> known THEN
    RETURN NULL;
  END IF;
  INSERT INTO ledger.entry (position, stream, revision, bytes)
  SELECT tail + new.place, new.stream, new.revision, substring(entries FROM new.start FOR new.length)
  FROM unnest(streams, revisions, starts, lengths)
    WITH ORDINALITY AS new (stream, revision, start, length, place);
  RETURN tail + cardinality(streams);
END $$;
`;

/** Lets a role read and append. Nobody, not even the owner, may change or delete. */
export const ledgerGrants = (role: string): string => `
REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
REVOKE ALL ON ledger.entry FROM ${role};
GRANT USAGE ON SCHEMA ledger TO ${role};
GRANT SELECT, INSERT ON ledger.entry TO ${role};
`;
