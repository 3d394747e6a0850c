-- What looking at the sample of a lot gave, in entries, and the decision that follows.
CREATE TABLE audit_results (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),    -- the number of the log entry that recorded it
    lot_id BIGINT NOT NULL UNIQUE REFERENCES audit_seeds (lot_id),
    contractor TEXT NOT NULL,                              -- these four are the lot's own, so that the rules can be checked here
    size BIGINT NOT NULL,
    acceptance BIGINT NOT NULL,
    rejected_before BIGINT NOT NULL,
    critical BIGINT NOT NULL CHECK (critical >= 0),
    major BIGINT NOT NULL CHECK (major >= 0),
    minor BIGINT NOT NULL CHECK (minor >= 0),
    defective BIGINT NOT NULL CHECK (defective >= 0),      -- with a defect of any class
    unreadable BIGINT NOT NULL CHECK (unreadable >= 0),
    accepted BOOLEAN NOT NULL,
    recheck_all BOOLEAN NOT NULL,                          -- whether every entry was checked again before this audit
    inspector TEXT NOT NULL CHECK (length(inspector) > 0), -- the office that looked
    recorded_at TIMESTAMP NOT NULL,                        -- UTC
    FOREIGN KEY (lot_id, contractor, size, acceptance, rejected_before)
        REFERENCES audit_lots (id, contractor, size, acceptance, rejected_before),
    CONSTRAINT invariant_23 CHECK (id > lot_id AND defective <= size AND unreadable <= size
        AND critical <= defective AND major <= defective AND minor <= defective
        AND defective <= critical + major + minor
        AND accepted = (defective <= acceptance) AND inspector <> contractor),
    CONSTRAINT invariant_24 CHECK (NOT accepted OR rejected_before < 2 OR recheck_all)
);
CREATE TRIGGER audit_results_are_kept_update BEFORE UPDATE ON audit_results
    BEGIN SELECT RAISE(ABORT, 'rows of audit_results are kept as they were recorded'); END;
CREATE TRIGGER audit_results_are_kept_delete BEFORE DELETE ON audit_results
    BEGIN SELECT RAISE(ABORT, 'rows of audit_results are kept as they were recorded'); END;
