-- The archives that were made of this database. No facts: an archive of the same content takes the place of the earlier one.
CREATE TABLE backups (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- of the archive
    entries BIGINT NOT NULL CHECK (entries >= 0),                 -- how long the log was then
    finished_at TIMESTAMP NOT NULL                                -- UTC
);
