-- One row of a counts file. An absent stage was not reported, which is not zero.
CREATE TABLE counts (
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    line BIGINT NOT NULL CHECK (line > 0),                  -- physical line of the file, from 1
    unit_id TEXT NOT NULL REFERENCES units (id),
    sub_unit TEXT NOT NULL,                                 -- empty: the unit as a whole
    as_of DATE NOT NULL,                                    -- the date the counts are true for
    record_type SMALLINT NOT NULL CHECK (record_type BETWEEN 0 AND 11), -- 0 all, 1 birth, 2 marriage, 3 death …
    route SMALLINT NOT NULL CHECK (route BETWEEN 0 AND 2),  -- 0 all, 1 books, 2 population_db
    count_unit SMALLINT NOT NULL CHECK (count_unit BETWEEN 0 AND 2), -- 0 book, 1 page, 2 record
    total BIGINT CHECK (total >= 0),                        -- to be digitized
    scanned BIGINT CHECK (scanned >= 0),                    -- scanned, cumulative
    entered BIGINT CHECK (entered >= 0),                    -- typed in, cumulative
    checked BIGINT CHECK (checked >= 0),                    -- compared with the book, cumulative
    approved BIGINT CHECK (approved >= 0),                  -- approved, cumulative
    transferred BIGINT CHECK (transferred >= 0),            -- in the national database, cumulative
    returned BIGINT CHECK (returned >= 0),                  -- handed back by the population database, cumulative
    approximate SMALLINT NOT NULL CHECK (approximate BETWEEN 0 AND 127), -- bit n: stage n was given as about
    note TEXT,                                              -- the sender's note
    difficulty TEXT,                                        -- a difficulty the sender reports
    PRIMARY KEY (submission_id, line)
);
CREATE INDEX counts_by_unit ON counts (unit_id, as_of);
CREATE TRIGGER counts_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON counts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
