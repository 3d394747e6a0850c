-- Lots of digitized entries that a province froze for an audit: the digest and the length of a list that stays there.
CREATE TABLE audit_lots (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),    -- the number of the log entry that froze it
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_type SMALLINT NOT NULL CHECK (record_type BETWEEN 0 AND 11),
    period_from SMALLINT,                                  -- registration years of the books; absent: all
    period_to SMALLINT CHECK (period_to >= period_from),
    contractor TEXT NOT NULL CHECK (length(contractor) > 0), -- the firm or office that typed the entries
    against TEXT NOT NULL CHECK (against IN ('paper_book', 'image', 'population')),
    list_sha256 TEXT NOT NULL CHECK (length(list_sha256) = 64), -- of the ordered list of pointers
    entries BIGINT NOT NULL CHECK (entries > 0),           -- pointers in the list
    acceptable_permille BIGINT NOT NULL CHECK (acceptable_permille >= 0),
    limiting_permille BIGINT NOT NULL CHECK (limiting_permille > acceptable_permille),
    tightened BOOLEAN NOT NULL,                            -- whether the two are those after rejected lots
    size BIGINT NOT NULL CHECK (size BETWEEN 1 AND entries), -- entries looked at
    acceptance BIGINT NOT NULL CHECK (acceptance BETWEEN 0 AND size), -- defective ones an accepted lot may have
    again BIGINT UNIQUE REFERENCES audit_lots (id) CHECK (again < id), -- the rejected lot audited again; absent: the first time
    rejected_before BIGINT NOT NULL CHECK (rejected_before >= 0 AND (again IS NULL) = (rejected_before = 0)),
    frozen_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,                        -- UTC
    CHECK ((period_from IS NULL) = (period_to IS NULL)),
    UNIQUE (id, contractor, size, acceptance, rejected_before)
);
CREATE INDEX audit_lots_by_list ON audit_lots (list_sha256);
CREATE TRIGGER audit_lots_are_kept_update BEFORE UPDATE ON audit_lots
    BEGIN SELECT RAISE(ABORT, 'rows of audit_lots are kept as they were recorded'); END;
CREATE TRIGGER audit_lots_are_kept_delete BEFORE DELETE ON audit_lots
    BEGIN SELECT RAISE(ABORT, 'rows of audit_lots are kept as they were recorded'); END;
