-- Files that were uploaded and previewed but not committed yet. No fact: a draft may be removed.
CREATE TABLE drafts (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- of the file as it came
    file_name TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    created_at TIMESTAMP NOT NULL                                 -- UTC
);
