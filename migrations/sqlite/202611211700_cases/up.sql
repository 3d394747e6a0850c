-- What moved among the open differences of a province and record type in a week. No case has an identity here.
CREATE TABLE case_flows (
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    line BIGINT NOT NULL CHECK (line > 0),   -- line of the file or number of the document, from 1
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_type SMALLINT NOT NULL CHECK (record_type BETWEEN 0 AND 11),
    week_of DATE NOT NULL,                   -- Monday of the ISO week
    owner TEXT NOT NULL CHECK (owner IN ('justice_commune', 'justice_province', 'police', 'citizen', 'vendor', 'court_or_rectification')),
    move TEXT NOT NULL CHECK (move IN ('opened', 'passed_out', 'passed_in', 'returned_out', 'returned_in', 'resolved',
        'reopened', 'closed')),
    resolution TEXT NOT NULL CHECK (resolution IN ('-', 'typing_error_fixed', 'book_itself_wrong', 'population_fixed',
        'both_right_explained', 'number_assigned', 'duplicate_merged', 'rectified_by_procedure', 'wrong_pair')),
    n BIGINT NOT NULL CHECK (n >= 0),        -- differences
    PRIMARY KEY (submission_id, line, owner, move, resolution),
    CONSTRAINT invariant_15 CHECK ((move IN ('resolved', 'closed')) = (resolution <> '-'))
);
CREATE INDEX case_flows_by_unit ON case_flows (unit_id, week_of);

-- Differences still open at the end of that week by the week in which they were opened: ageing without a single case.
CREATE TABLE case_cohorts (
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    line BIGINT NOT NULL CHECK (line > 0),
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_type SMALLINT NOT NULL CHECK (record_type BETWEEN 0 AND 11),
    week_of DATE NOT NULL,                   -- Monday of the ISO week at whose end they are open
    owner TEXT NOT NULL CHECK (owner IN ('justice_commune', 'justice_province', 'police', 'citizen', 'vendor', 'court_or_rectification')),
    opened_in DATE NOT NULL CHECK (opened_in <= week_of), -- Monday of the ISO week in which they were opened
    n BIGINT NOT NULL CHECK (n >= 0),
    PRIMARY KEY (submission_id, line, owner, opened_in)
);
CREATE INDEX case_cohorts_by_unit ON case_cohorts (unit_id, week_of);
CREATE TRIGGER case_flows_are_kept_update BEFORE UPDATE ON case_flows
    BEGIN SELECT RAISE(ABORT, 'rows of case_flows are kept as they were recorded'); END;
CREATE TRIGGER case_flows_are_kept_delete BEFORE DELETE ON case_flows
    BEGIN SELECT RAISE(ABORT, 'rows of case_flows are kept as they were recorded'); END;
CREATE TRIGGER case_cohorts_are_kept_update BEFORE UPDATE ON case_cohorts
    BEGIN SELECT RAISE(ABORT, 'rows of case_cohorts are kept as they were recorded'); END;
CREATE TRIGGER case_cohorts_are_kept_delete BEFORE DELETE ON case_cohorts
    BEGIN SELECT RAISE(ABORT, 'rows of case_cohorts are kept as they were recorded'); END;
