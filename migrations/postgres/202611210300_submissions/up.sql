-- One file from one sender, kept whole. Never changed: a correction is a later submission.
CREATE TABLE submissions (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded it
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),   -- of the file as it came
    bytes BYTEA NOT NULL,                              -- the file as it came
    form TEXT NOT NULL CHECK (form IN ('counts', 'reconciliation', 'published')),
    encoding TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,                     -- UTC; the moment it became known
    synthetic BOOLEAN NOT NULL,                         -- made up for a demonstration
    row_count BIGINT NOT NULL CHECK (row_count >= 0)
);
CREATE INDEX submissions_by_sha256 ON submissions (sha256);
CREATE INDEX submissions_by_recorded_at ON submissions (recorded_at);

-- A submission is taken back, or counts again: the latest entry decides.
CREATE TABLE withdrawals (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded it
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    withdrawn BOOLEAN NOT NULL,                         -- false: it counts again
    recorded_at TIMESTAMP NOT NULL,                     -- UTC
    recorded_by TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) > 0)
);
CREATE INDEX withdrawals_by_submission ON withdrawals (submission_id, id);
CREATE TRIGGER submissions_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON submissions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawals_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON withdrawals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
