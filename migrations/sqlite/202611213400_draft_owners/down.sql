CREATE TABLE kept_drafts AS SELECT * FROM drafts WHERE owner = '';
DROP TABLE drafts;
CREATE TABLE drafts (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- of the file as it came
    file_name TEXT NOT NULL,
    bytes BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL                                 -- UTC
);
INSERT INTO drafts (sha256, file_name, bytes, created_at)
    SELECT sha256, file_name, bytes, created_at FROM kept_drafts;
DROP TABLE kept_drafts;
