-- What was done about a difficulty: who has to act on it, and whether it is still in the way.
CREATE TABLE difficulty_moves (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded it
    unit_id TEXT NOT NULL REFERENCES units (id),        -- who reported the difficulty
    difficulty_sha256 TEXT NOT NULL,                    -- which one: the digest of the unit and its words
    state TEXT NOT NULL CHECK (state IN ('open', 'working', 'resolved')),
    owner TEXT NOT NULL CHECK (owner IN ('commune', 'province', 'ministry', 'police', 'contractor')),
    note TEXT NOT NULL,                                 -- what is being done, or what solved it
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL                      -- UTC; the moment it became known
);
CREATE INDEX difficulty_moves_by_difficulty ON difficulty_moves (difficulty_sha256, id);
CREATE TRIGGER difficulty_moves_are_kept_update BEFORE UPDATE ON difficulty_moves
    BEGIN SELECT RAISE(ABORT, 'rows of difficulty_moves are kept as they were recorded'); END;
CREATE TRIGGER difficulty_moves_are_kept_delete BEFORE DELETE ON difficulty_moves
    BEGIN SELECT RAISE(ABORT, 'rows of difficulty_moves are kept as they were recorded'); END;
