-- The reminder letters that were issued, each set kept as it left the house.
CREATE TABLE letters (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded them
    week_ending DATE NOT NULL,                          -- the last day of the week that was not reported
    known_on TIMESTAMP NOT NULL,                        -- UTC; the moment as of which it was known who had not
    language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    letter_count BIGINT NOT NULL CHECK (letter_count > 0), -- how many letters
    template_sha256 TEXT NOT NULL CHECK (length(template_sha256) = 64),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),   -- of the list of the files with their digests
    archive_sha256 TEXT NOT NULL CHECK (length(archive_sha256) = 64),
    archive BLOB  NOT NULL,                              -- all files in one ZIP
    issued_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL                      -- UTC
);
CREATE TRIGGER letters_are_kept_update BEFORE UPDATE ON letters
    BEGIN SELECT RAISE(ABORT, 'rows of letters are kept as they were recorded'); END;
CREATE TRIGGER letters_are_kept_delete BEFORE DELETE ON letters
    BEGIN SELECT RAISE(ABORT, 'rows of letters are kept as they were recorded'); END;
