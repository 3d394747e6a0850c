-- Every change of a contact: to whom mail goes. The latest one says how the contact stands. No name: an address is enough.
CREATE TABLE contact_changes (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),             -- the number of the log entry that recorded it
    contact_id BIGINT REFERENCES contact_changes (id),              -- the change that made the contact; absent: this one
    unit_id TEXT REFERENCES units (id),                             -- whose; absent: the leadership
    address TEXT NOT NULL CHECK (length(address) BETWEEN 3 AND 254),
    language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    active BOOLEAN NOT NULL,                                        -- whether mail goes to it
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL                                  -- UTC
);
CREATE TRIGGER contact_changes_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON contact_changes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
