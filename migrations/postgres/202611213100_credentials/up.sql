-- What an account shows when it signs in. No facts: rows are replaced, and in no entry of the log.
CREATE TABLE credentials (
    login TEXT NOT NULL PRIMARY KEY,
    password_hash TEXT NOT NULL,                                    -- argon2id, as a PHC string
    totp_secret TEXT,                                               -- RFC 6238, base32; absent without a second factor
    totp_step BIGINT                                                -- the last step whose code was taken, which is not taken again
);
-- Codes to use once in place of a second factor that was lost.
CREATE TABLE recovery_codes (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    login TEXT NOT NULL
);
