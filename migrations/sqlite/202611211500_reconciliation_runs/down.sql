DROP TABLE reconciliation_duplicates;
DROP TABLE reconciliation_fields;
CREATE TABLE reconciliations_without_runs (
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    line BIGINT NOT NULL CHECK (line > 0),                  -- line of the file or number of the document, from 1
    unit_id TEXT NOT NULL REFERENCES units (id),
    week_of DATE NOT NULL,                                  -- Monday of the ISO week in which the run was finished
    record_type SMALLINT NOT NULL CHECK (record_type BETWEEN 0 AND 11),
    stage TEXT NOT NULL CHECK (stage IN ('before_approval', 'after_transfer')),
    rule_set TEXT NOT NULL CHECK (length(rule_set) > 0),    -- how differences were judged
    population_as_of DATE,                                  -- day of the population database's snapshot
    records BIGINT NOT NULL CHECK (records >= 0),           -- registered events
    subjects BIGINT NOT NULL CHECK (subjects >= 0),         -- people compared
    same BIGINT NOT NULL CHECK (same >= 0),                 -- subjects, as are the five below
    same_variant BIGINT NOT NULL CHECK (same_variant >= 0),
    differs BIGINT NOT NULL CHECK (differs >= 0),
    unsure BIGINT NOT NULL CHECK (unsure >= 0),
    not_found BIGINT NOT NULL CHECK (not_found >= 0),
    not_compared BIGINT NOT NULL CHECK (not_compared >= 0),
    PRIMARY KEY (submission_id, line),
    CONSTRAINT invariant_1 CHECK (same + same_variant + differs + unsure + not_found + not_compared = subjects),
    CONSTRAINT invariant_2 CHECK (record_type NOT IN (1, 3) OR subjects = records),
    CONSTRAINT invariant_2_marriage CHECK (record_type <> 2 OR subjects = 2 * records)
);
INSERT INTO reconciliations_without_runs (submission_id, line, unit_id, week_of, record_type, stage, rule_set, population_as_of, records, subjects, same, same_variant, differs, unsure, not_found, not_compared)
    SELECT submission_id, line, unit_id, week_of, record_type, stage, rule_set, population_as_of, records, subjects, same, same_variant, differs, unsure, not_found, not_compared FROM reconciliations;
DROP TABLE reconciliations;
ALTER TABLE reconciliations_without_runs RENAME TO reconciliations;
CREATE INDEX reconciliations_by_unit ON reconciliations (unit_id, week_of);
CREATE TRIGGER reconciliations_are_kept_update BEFORE UPDATE ON reconciliations
    BEGIN SELECT RAISE(ABORT, 'rows of reconciliations are kept as they were recorded'); END;
CREATE TRIGGER reconciliations_are_kept_delete BEFORE DELETE ON reconciliations
    BEGIN SELECT RAISE(ABORT, 'rows of reconciliations are kept as they were recorded'); END;
