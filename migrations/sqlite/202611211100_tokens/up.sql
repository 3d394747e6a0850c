-- Upload tokens of scripts. The token itself is shown once and never kept.
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
CREATE TRIGGER tokens_are_kept_update BEFORE UPDATE ON tokens
    BEGIN SELECT RAISE(ABORT, 'rows of tokens are kept as they were recorded'); END;
CREATE TRIGGER tokens_are_kept_delete BEFORE DELETE ON tokens
    BEGIN SELECT RAISE(ABORT, 'rows of tokens are kept as they were recorded'); END;
CREATE TRIGGER token_revocations_are_kept_update BEFORE UPDATE ON token_revocations
    BEGIN SELECT RAISE(ABORT, 'rows of token_revocations are kept as they were recorded'); END;
CREATE TRIGGER token_revocations_are_kept_delete BEFORE DELETE ON token_revocations
    BEGIN SELECT RAISE(ABORT, 'rows of token_revocations are kept as they were recorded'); END;
