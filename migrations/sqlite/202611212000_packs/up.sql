-- The packs that were issued, each kept as it left the house.
CREATE TABLE packs (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded it
    cutoff TEXT NOT NULL,                               -- 2024-07-18, 2024-W29 or 2024-Q3
    known_on TIMESTAMP NOT NULL,                        -- UTC; the moment as of which its figures were known
    units TEXT NOT NULL CHECK (units IN ('as-reported', '63', '34')),
    language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    least_percent BIGINT NOT NULL CHECK (least_percent BETWEEN 0 AND 100), -- of the expected units, in percent
    issuer TEXT NOT NULL,                               -- the body in the head of the report
    version TEXT NOT NULL,                              -- of the program
    complete BOOLEAN NOT NULL,                          -- whether enough units had reported
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),   -- of the list of its files with their digests
    archive_sha256 TEXT NOT NULL CHECK (length(archive_sha256) = 64),
    archive BLOB  NOT NULL,                               -- all files in one ZIP
    issued_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL                      -- UTC
);
CREATE TRIGGER packs_are_kept_update BEFORE UPDATE ON packs
    BEGIN SELECT RAISE(ABORT, 'rows of packs are kept as they were recorded'); END;
CREATE TRIGGER packs_are_kept_delete BEFORE DELETE ON packs
    BEGIN SELECT RAISE(ABORT, 'rows of packs are kept as they were recorded'); END;
