-- Campaigns (đợt cao điểm) that were announced: a history like that of deadlines.
CREATE TABLE campaigns (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded it
    unit_id TEXT REFERENCES units (id),                 -- absent: the whole nation
    first_day DATE NOT NULL,
    last_day DATE NOT NULL CHECK (first_day <= last_day),
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL                      -- UTC; the moment it became known
);
CREATE TRIGGER campaigns_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON campaigns
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
