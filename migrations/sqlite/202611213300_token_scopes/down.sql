CREATE TABLE kept_tokens AS SELECT * FROM tokens;
CREATE TABLE kept_revocations AS SELECT * FROM token_revocations;
DROP TABLE token_revocations;
DROP TABLE tokens;
CREATE TABLE tokens (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),             -- the number of the log entry that recorded it
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),        -- of the token
    unit_id TEXT NOT NULL REFERENCES units (id),                    -- whose rows it may record
    name TEXT NOT NULL CHECK (length(name) > 0),                    -- told as the sender of what it records
    expires_at TIMESTAMP NOT NULL,                                  -- UTC; not taken from this moment on
    recorded_at TIMESTAMP NOT NULL                                  -- UTC
);
-- Tokens that are not taken any more.
CREATE TABLE token_revocations (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),
    token_id BIGINT NOT NULL UNIQUE REFERENCES tokens (id),
    recorded_at TIMESTAMP NOT NULL                                  -- UTC
);
INSERT INTO tokens (id, sha256, unit_id, name, expires_at, recorded_at) SELECT id, sha256, unit_id, name, expires_at, recorded_at FROM kept_tokens;
INSERT INTO token_revocations (id, token_id, recorded_at) SELECT id, token_id, recorded_at FROM kept_revocations;
DROP TABLE kept_tokens;
DROP TABLE kept_revocations;
CREATE TRIGGER tokens_are_kept_update BEFORE UPDATE ON tokens
    BEGIN SELECT RAISE(ABORT, 'rows of tokens are kept as they were recorded'); END;
CREATE TRIGGER tokens_are_kept_delete BEFORE DELETE ON tokens
    BEGIN SELECT RAISE(ABORT, 'rows of tokens are kept as they were recorded'); END;
CREATE TRIGGER token_revocations_are_kept_update BEFORE UPDATE ON token_revocations
    BEGIN SELECT RAISE(ABORT, 'rows of token_revocations are kept as they were recorded'); END;
CREATE TRIGGER token_revocations_are_kept_delete BEFORE DELETE ON token_revocations
    BEGIN SELECT RAISE(ABORT, 'rows of token_revocations are kept as they were recorded'); END;
