-- Every change of an account. The latest one of a login says how the account stands; no secret is here.
CREATE TABLE account_changes (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),             -- the number of the log entry that recorded it
    login TEXT NOT NULL CHECK (length(login) BETWEEN 2 AND 32),     -- never changes and is never given to another person
    deed TEXT NOT NULL CHECK (length(deed) > 0),                    -- what was done: create, password, disable ...
    name TEXT NOT NULL CHECK (length(name) > 0),                    -- of the person
    role TEXT NOT NULL CHECK (role IN ('administrator', 'monitor', 'uploader', 'reader')),
    unit_id TEXT REFERENCES units (id),                             -- the province of an uploader
    active BOOLEAN NOT NULL,                                        -- whether it may sign in
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,                                 -- UTC
    CHECK ((role = 'uploader') = (unit_id IS NOT NULL))
);
CREATE INDEX account_changes_by_login ON account_changes (login, id);
CREATE TRIGGER account_changes_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON account_changes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
