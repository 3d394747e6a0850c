-- How a comparison was run, beside what it gave.
ALTER TABLE reconciliations
    ADD COLUMN note TEXT, -- the sender's reason, screened; absent: none
    ADD COLUMN method TEXT CHECK (method IN ('id_lookup', 'police_output', 'manual', 'tool_check')), -- how it was compared; absent: only the outcomes were sent, and so is all below
    ADD COLUMN tool TEXT, -- name and version of the program that compared
    ADD COLUMN cutoff_permille SMALLINT CHECK (cutoff_permille BETWEEN 0 AND 1000), -- least score of a match, where one is used
    ADD COLUMN period_from SMALLINT, -- first registration year of the books
    ADD COLUMN period_to SMALLINT CHECK (period_to >= period_from), -- last registration year of the books
    ADD COLUMN registry_as_of DATE, -- day of the civil-status database's snapshot
    ADD COLUMN first_time BIGINT CHECK (first_time >= 0), -- subjects compared for the first time ever
    ADD COLUMN again BIGINT CHECK (again >= 0), -- subjects compared before
    ADD COLUMN id_before BIGINT CHECK (id_before >= 0), -- subjects with a personal number before the run
    ADD COLUMN id_added BIGINT CHECK (id_added >= 0), -- numbers the run added
    ADD COLUMN id_changed BIGINT CHECK (id_changed >= 0), -- numbers the run changed
    ADD COLUMN id_removed BIGINT CHECK (id_removed >= 0), -- numbers the run removed
    ADD COLUMN id_inconsistent BIGINT CHECK (id_inconsistent >= 0), -- numbers that contradict the record's own sex or birth year
    ADD COLUMN worklist_sha256 TEXT CHECK (length(worklist_sha256) = 64), -- digest of the province's own list of cases, which stays there
    ADD COLUMN worklist_rows BIGINT CHECK (worklist_rows >= 0), -- rows of that list
    ADD CONSTRAINT invariant_3 CHECK (first_time + again = subjects),
    ADD CONSTRAINT invariant_9 CHECK (id_before + id_added <= subjects AND id_removed <= id_before),
    ADD CONSTRAINT invariant_10 CHECK (id_changed <= id_before AND id_inconsistent <= id_before + id_added),
    ADD CONSTRAINT a_run_is_told_whole CHECK ((method IS NULL AND tool IS NULL AND cutoff_permille IS NULL AND registry_as_of IS NULL
        AND first_time IS NULL AND again IS NULL AND id_before IS NULL AND id_added IS NULL AND id_changed IS NULL
        AND id_removed IS NULL AND id_inconsistent IS NULL AND worklist_sha256 IS NULL)
        OR (method IS NOT NULL AND registry_as_of IS NOT NULL AND population_as_of IS NOT NULL AND first_time IS NOT NULL
        AND again IS NOT NULL AND id_before IS NOT NULL AND id_added IS NOT NULL AND id_changed IS NOT NULL
        AND id_removed IS NOT NULL AND id_inconsistent IS NOT NULL)),
    ADD CONSTRAINT a_period_has_two_ends CHECK ((period_from IS NULL) = (period_to IS NULL)),
    ADD CONSTRAINT a_worklist_has_rows CHECK ((worklist_sha256 IS NULL) = (worklist_rows IS NULL));
-- Invariant 16: no snapshot is of a day after the one on which it was told, in Asia/Ho_Chi_Minh.
CREATE FUNCTION check_reconciliation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF greatest(NEW.population_as_of, NEW.registry_as_of)
        > (SELECT (recorded_at + INTERVAL '7 hours')::date FROM submissions WHERE id = NEW.submission_id) THEN
        RAISE EXCEPTION 'invariant_16';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reconciliations_invariant_16 BEFORE INSERT ON reconciliations
    FOR EACH ROW EXECUTE FUNCTION check_reconciliation();

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
CREATE FUNCTION check_reconciliation_field() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE batch reconciliations;
BEGIN
    SELECT * INTO batch FROM reconciliations WHERE submission_id = NEW.submission_id AND line = NEW.line;
    IF NEW.equal + NEW.variant + NEW.contradiction + NEW.only_registry + NEW.only_population + NEW.neither
        <> batch.same + batch.same_variant + batch.differs THEN
        RAISE EXCEPTION 'invariant_4';
    END IF;
    IF NEW.contradiction > batch.differs THEN
        RAISE EXCEPTION 'invariant_5';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reconciliation_fields_invariants BEFORE INSERT ON reconciliation_fields
    FOR EACH ROW EXECUTE FUNCTION check_reconciliation_field();
CREATE TRIGGER reconciliation_fields_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON reconciliation_fields
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

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
CREATE TRIGGER reconciliation_duplicates_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON reconciliation_duplicates
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
