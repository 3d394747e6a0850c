-- The ministry's own templates of reminder letters; the latest of a language is the one in use.
CREATE TABLE letter_templates (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded it
    language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    file_name TEXT NOT NULL,                            -- the name of the file as it was sent
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),   -- of the document
    document BYTEA NOT NULL,                             -- the document as it was sent
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL                      -- UTC
);
CREATE TRIGGER letter_templates_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON letter_templates
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
