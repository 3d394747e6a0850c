-- Whose preview a draft is: the same file may wait for two senders, and neither sees the other's.
CREATE TABLE kept_drafts AS SELECT * FROM drafts;
DROP TABLE drafts;
CREATE TABLE drafts (
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),             -- of the file as it came
    owner TEXT NOT NULL,                                          -- the unit of the uploader who sent it; empty: the ministry
    file_name TEXT NOT NULL,
    bytes BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL,                                -- UTC
    PRIMARY KEY (sha256, owner)
);
INSERT INTO drafts (sha256, owner, file_name, bytes, created_at)
    SELECT sha256, '', file_name, bytes, created_at FROM kept_drafts;
DROP TABLE kept_drafts;
