-- The two databases beside each other, as a bank statement is reconciled: what one side has and the other lacks, and why.
CREATE TABLE sync_statements (
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    line BIGINT NOT NULL CHECK (line > 0),   -- line of the file or number of the document, from 1
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_type SMALLINT NOT NULL CHECK (record_type BETWEEN 0 AND 11),
    as_of DATE NOT NULL,
    registry_total BIGINT NOT NULL CHECK (registry_total >= 0),       -- records of the civil-status database
    population_linked BIGINT NOT NULL CHECK (population_linked >= 0), -- of them linked in the population database
    in_transit BIGINT NOT NULL CHECK (in_transit >= 0),               -- explained lines from here
    rejected BIGINT NOT NULL CHECK (rejected >= 0),
    no_number_yet BIGINT NOT NULL CHECK (no_number_yet >= 0),
    died_or_left BIGINT NOT NULL CHECK (died_or_left >= 0),
    registered_elsewhere BIGINT NOT NULL CHECK (registered_elsewhere >= 0),
    duplicate_in_registry BIGINT NOT NULL CHECK (duplicate_in_registry >= 0),
    other_explained BIGINT NOT NULL CHECK (other_explained >= 0),
    unexplained BIGINT NOT NULL,             -- what is left; below zero where the population side has more
    PRIMARY KEY (submission_id, line),
    CONSTRAINT invariant_21 CHECK (registry_total - population_linked = in_transit + rejected + no_number_yet
        + died_or_left + registered_elsewhere + duplicate_in_registry + other_explained + unexplained)
);
CREATE INDEX sync_statements_by_unit ON sync_statements (unit_id, as_of);

-- The messages of a statement, one row a direction.
CREATE TABLE sync_exchanges (
    submission_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('ht_dc', 'dc_ht')), -- civil status to population, and back
    sent BIGINT NOT NULL CHECK (sent >= 0),
    acknowledged BIGINT NOT NULL CHECK (acknowledged >= 0),
    refused BIGINT NOT NULL CHECK (refused >= 0),
    pending BIGINT NOT NULL CHECK (pending >= 0),
    PRIMARY KEY (submission_id, line, direction),
    FOREIGN KEY (submission_id, line) REFERENCES sync_statements (submission_id, line),
    CONSTRAINT invariant_22 CHECK (sent = acknowledged + refused + pending)
);
CREATE TRIGGER sync_statements_are_kept_update BEFORE UPDATE ON sync_statements
    BEGIN SELECT RAISE(ABORT, 'rows of sync_statements are kept as they were recorded'); END;
CREATE TRIGGER sync_statements_are_kept_delete BEFORE DELETE ON sync_statements
    BEGIN SELECT RAISE(ABORT, 'rows of sync_statements are kept as they were recorded'); END;
CREATE TRIGGER sync_exchanges_are_kept_update BEFORE UPDATE ON sync_exchanges
    BEGIN SELECT RAISE(ABORT, 'rows of sync_exchanges are kept as they were recorded'); END;
CREATE TRIGGER sync_exchanges_are_kept_delete BEFORE DELETE ON sync_exchanges
    BEGIN SELECT RAISE(ABORT, 'rows of sync_exchanges are kept as they were recorded'); END;
