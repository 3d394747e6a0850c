-- Writes that were sent with a key, and what they were answered: not facts, and dropped after a day.
CREATE TABLE idempotency_keys (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- of the route, the token shown and the key
    request_sha256 TEXT NOT NULL CHECK (length(request_sha256) = 64),
    status INTEGER CHECK (status BETWEEN 200 AND 599),            -- absent while the request is under way
    location TEXT,
    body BYTEA NOT NULL,
    created_at TIMESTAMP NOT NULL                                 -- UTC
);
