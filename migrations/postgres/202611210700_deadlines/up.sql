-- The history of deadlines: the latest announced one of a unit is in force.
CREATE TABLE deadlines (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded it
    unit_id TEXT REFERENCES units (id),                 -- absent: the national default
    due_on DATE NOT NULL,                               -- the last day of the work
    announced_on DATE NOT NULL,                         -- in force from this day on
    kind TEXT NOT NULL CHECK (kind IN ('legal', 'plan', 'campaign')),
    source_vi TEXT NOT NULL,
    source_en TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL                      -- UTC; the moment it became known
);
CREATE TRIGGER deadlines_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON deadlines
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
