-- How a comparison was run, beside what it gave: SQLite adds no rule to a table, so the table is made anew.
CREATE TABLE reconciliations_with_runs (
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
    note TEXT, -- the sender's reason, screened; absent: none
    method TEXT CHECK (method IN ('id_lookup', 'police_output', 'manual', 'tool_check')), -- how it was compared; absent: only the outcomes were sent, and so is all below
    tool TEXT, -- name and version of the program that compared
    cutoff_permille SMALLINT CHECK (cutoff_permille BETWEEN 0 AND 1000), -- least score of a match, where one is used
    period_from SMALLINT, -- first registration year of the books
    period_to SMALLINT CHECK (period_to >= period_from), -- last registration year of the books
    registry_as_of DATE, -- day of the civil-status database's snapshot
    first_time BIGINT CHECK (first_time >= 0), -- subjects compared for the first time ever
    again BIGINT CHECK (again >= 0), -- subjects compared before
    id_before BIGINT CHECK (id_before >= 0), -- subjects with a personal number before the run
    id_added BIGINT CHECK (id_added >= 0), -- numbers the run added
    id_changed BIGINT CHECK (id_changed >= 0), -- numbers the run changed
    id_removed BIGINT CHECK (id_removed >= 0), -- numbers the run removed
    id_inconsistent BIGINT CHECK (id_inconsistent >= 0), -- numbers that contradict the record's own sex or birth year
    worklist_sha256 TEXT CHECK (length(worklist_sha256) = 64), -- digest of the province's own list of cases, which stays there
    worklist_rows BIGINT CHECK (worklist_rows >= 0), -- rows of that list
    PRIMARY KEY (submission_id, line),
    CONSTRAINT invariant_1 CHECK (same + same_variant + differs + unsure + not_found + not_compared = subjects),
    CONSTRAINT invariant_2 CHECK (record_type NOT IN (1, 3) OR subjects = records),
    CONSTRAINT invariant_2_marriage CHECK (record_type <> 2 OR subjects = 2 * records),
    CONSTRAINT invariant_3 CHECK (first_time + again = subjects),
    CONSTRAINT invariant_9 CHECK (id_before + id_added <= subjects AND id_removed <= id_before),
    CONSTRAINT invariant_10 CHECK (id_changed <= id_before AND id_inconsistent <= id_before + id_added),
    CONSTRAINT a_run_is_told_whole CHECK ((method IS NULL AND tool IS NULL AND cutoff_permille IS NULL AND registry_as_of IS NULL
        AND first_time IS NULL AND again IS NULL AND id_before IS NULL AND id_added IS NULL AND id_changed IS NULL
        AND id_removed IS NULL AND id_inconsistent IS NULL AND worklist_sha256 IS NULL)
        OR (method IS NOT NULL AND registry_as_of IS NOT NULL AND population_as_of IS NOT NULL AND first_time IS NOT NULL
        AND again IS NOT NULL AND id_before IS NOT NULL AND id_added IS NOT NULL AND id_changed IS NOT NULL
        AND id_removed IS NOT NULL AND id_inconsistent IS NOT NULL)),
    CONSTRAINT a_period_has_two_ends CHECK ((period_from IS NULL) = (period_to IS NULL)),
    CONSTRAINT a_worklist_has_rows CHECK ((worklist_sha256 IS NULL) = (worklist_rows IS NULL))
);
INSERT INTO reconciliations_with_runs (submission_id, line, unit_id, week_of, record_type, stage, rule_set, population_as_of, records, subjects, same, same_variant, differs, unsure, not_found, not_compared)
    SELECT submission_id, line, unit_id, week_of, record_type, stage, rule_set, population_as_of, records, subjects, same, same_variant, differs, unsure, not_found, not_compared FROM reconciliations;
DROP TABLE reconciliations;
ALTER TABLE reconciliations_with_runs RENAME TO reconciliations;
CREATE INDEX reconciliations_by_unit ON reconciliations (unit_id, week_of);
CREATE TRIGGER reconciliations_are_kept_update BEFORE UPDATE ON reconciliations
    BEGIN SELECT RAISE(ABORT, 'rows of reconciliations are kept as they were recorded'); END;
CREATE TRIGGER reconciliations_are_kept_delete BEFORE DELETE ON reconciliations
    BEGIN SELECT RAISE(ABORT, 'rows of reconciliations are kept as they were recorded'); END;
-- Invariant 16: no snapshot is of a day after the one on which it was told, in Asia/Ho_Chi_Minh.
CREATE TRIGGER reconciliations_invariant_16 BEFORE INSERT ON reconciliations
    WHEN max(coalesce(NEW.population_as_of, ''), coalesce(NEW.registry_as_of, ''))
        > (SELECT date(recorded_at, '+7 hours') FROM submissions WHERE id = NEW.submission_id)
    BEGIN SELECT RAISE(ABORT, 'invariant_16'); END;

-- How a field compared, over the paired subjects of a batch. The six classes are a closed list, so each is a column.
CREATE TABLE reconciliation_fields (
    submission_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    field TEXT NOT NULL CHECK (field IN ('name', 'birth_date', 'sex', 'personal_number', 'birth_place',
        'registration_place', 'nationality', 'ethnicity', 'father', 'mother', 'spouse', 'event_date')),
    equal BIGINT NOT NULL CHECK (equal >= 0),                     -- subjects, as are the five below
    variant BIGINT NOT NULL CHECK (variant >= 0),                 -- another way of writing the same
    contradiction BIGINT NOT NULL CHECK (contradiction >= 0),     -- both sides have a value, and they differ
    only_registry BIGINT NOT NULL CHECK (only_registry >= 0),     -- only the civil-status record has a value
    only_population BIGINT NOT NULL CHECK (only_population >= 0), -- only the population database has a value
    neither BIGINT NOT NULL CHECK (neither >= 0),                 -- no side has a value
    PRIMARY KEY (submission_id, line, field),
    FOREIGN KEY (submission_id, line) REFERENCES reconciliations (submission_id, line)
);
CREATE TRIGGER reconciliation_fields_invariant_4 BEFORE INSERT ON reconciliation_fields
    WHEN NEW.equal + NEW.variant + NEW.contradiction + NEW.only_registry + NEW.only_population + NEW.neither
        <> (SELECT same + same_variant + differs FROM reconciliations
            WHERE submission_id = NEW.submission_id AND line = NEW.line)
    BEGIN SELECT RAISE(ABORT, 'invariant_4'); END;
CREATE TRIGGER reconciliation_fields_invariant_5 BEFORE INSERT ON reconciliation_fields
    WHEN NEW.contradiction > (SELECT differs FROM reconciliations
        WHERE submission_id = NEW.submission_id AND line = NEW.line)
    BEGIN SELECT RAISE(ABORT, 'invariant_5'); END;
CREATE TRIGGER reconciliation_fields_are_kept_update BEFORE UPDATE ON reconciliation_fields
    BEGIN SELECT RAISE(ABORT, 'rows of reconciliation_fields are kept as they were recorded'); END;
CREATE TRIGGER reconciliation_fields_are_kept_delete BEFORE DELETE ON reconciliation_fields
    BEGIN SELECT RAISE(ABORT, 'rows of reconciliation_fields are kept as they were recorded'); END;

-- Duplicates met in a batch: flags beside the outcomes, not among them.
CREATE TABLE reconciliation_duplicates (
    submission_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('same_event_twice', 'two_records_one_person', 'one_number_two_people',
        'two_numbers_one_person')),
    groups BIGINT NOT NULL CHECK (groups >= 0),
    records BIGINT NOT NULL CHECK (records >= 2 * groups AND (groups > 0 OR records = 0)),
    PRIMARY KEY (submission_id, line, kind),
    FOREIGN KEY (submission_id, line) REFERENCES reconciliations (submission_id, line)
);
CREATE TRIGGER reconciliation_duplicates_are_kept_update BEFORE UPDATE ON reconciliation_duplicates
    BEGIN SELECT RAISE(ABORT, 'rows of reconciliation_duplicates are kept as they were recorded'); END;
CREATE TRIGGER reconciliation_duplicates_are_kept_delete BEFORE DELETE ON reconciliation_duplicates
    BEGIN SELECT RAISE(ABORT, 'rows of reconciliation_duplicates are kept as they were recorded'); END;
