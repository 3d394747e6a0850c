-- Forecasts as they were issued: the document that was given out, and what it takes to make it again.
CREATE TABLE forecasts (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id), -- the number of the log entry that recorded it
    as_of DATE NOT NULL,                                -- the last day of the week that was looked at
    known_on TIMESTAMP NOT NULL,                        -- UTC; the moment as of which the figures were read
    view TEXT NOT NULL,                                 -- the rows: as-reported, 63 or 34
    method TEXT NOT NULL,                               -- the method and its version
    data_sha256 TEXT NOT NULL CHECK (length(data_sha256) = 64), -- of the figures, deadlines and reference files used
    document TEXT NOT NULL,                             -- forecast JSON, version 1: quantiles, chances and states of all units
    issued_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,                     -- UTC; the moment it was issued
    UNIQUE (data_sha256, method, view)                  -- the same forecast is issued once
);
CREATE TRIGGER forecasts_are_kept_update BEFORE UPDATE ON forecasts
    BEGIN SELECT RAISE(ABORT, 'rows of forecasts are kept as they were recorded'); END;
CREATE TRIGGER forecasts_are_kept_delete BEFORE DELETE ON forecasts
    BEGIN SELECT RAISE(ABORT, 'rows of forecasts are kept as they were recorded'); END;
