-- Every write, in order, each entry sealed by a digest that covers the one before it.
CREATE TABLE log (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0), -- 1, 2, 3 … without gaps
    recorded_at TIMESTAMP NOT NULL,                -- UTC; strictly later than the entry before
    actor TEXT NOT NULL,                           -- who wrote
    action TEXT NOT NULL,                          -- what was done, such as record_submission
    subject TEXT NOT NULL,                         -- what it was done to, such as submission 12
    content_sha256 TEXT NOT NULL,                  -- digest of what was written
    previous_sha256 TEXT NOT NULL,                 -- seal of the entry before; 64 zeros for the first
    sha256 TEXT NOT NULL UNIQUE                    -- seal of this entry
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are kept as they were recorded', TG_TABLE_NAME;
END $$;
CREATE TRIGGER log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
