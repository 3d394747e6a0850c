-- Who is signed in. No facts: rows are updated and deleted. The random number itself is only in the cookie.
CREATE TABLE sessions (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    login TEXT NOT NULL,
    pending BOOLEAN NOT NULL,                                       -- the password was right, the second factor is still to come
    client TEXT NOT NULL,                                           -- what the browser calls itself, for the list of open sessions
    created_at TIMESTAMP NOT NULL,                                  -- UTC, as the two below
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_login ON sessions (login);
-- Links by which a password is chosen, once.
CREATE TABLE one_time_links (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    login TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL                                   -- UTC
);
