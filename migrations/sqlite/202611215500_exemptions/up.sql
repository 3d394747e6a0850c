-- Weeks for which nobody reminds a unit of its report: a flood, a move to another office. The report still counts as missing.
CREATE TABLE exemptions (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded it
    unit_id TEXT NOT NULL REFERENCES units (id),
    first_day DATE NOT NULL,                            -- from this day on it rules, until a later one begins
    last_day DATE NOT NULL CHECK (last_day >= first_day),
    reason TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL                      -- UTC; the moment it became known
);
CREATE INDEX exemptions_by_unit ON exemptions (unit_id, id);
CREATE TRIGGER exemptions_are_kept_update BEFORE UPDATE ON exemptions
    BEGIN SELECT RAISE(ABORT, 'rows of exemptions are kept as they were recorded'); END;
CREATE TRIGGER exemptions_are_kept_delete BEFORE DELETE ON exemptions
    BEGIN SELECT RAISE(ABORT, 'rows of exemptions are kept as they were recorded'); END;
