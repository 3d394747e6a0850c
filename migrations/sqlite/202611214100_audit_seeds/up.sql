-- The seed of a lot, issued once and after its list was frozen: neither side can choose it.
CREATE TABLE audit_seeds (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),    -- the number of the log entry that issued it
    lot_id BIGINT NOT NULL UNIQUE REFERENCES audit_lots (id),
    random TEXT NOT NULL CHECK (length(random) = 64),      -- 256 bits from the system
    seed TEXT NOT NULL CHECK (length(seed) = 64),          -- of the seal of the lot's entry and the bits
    recorded_at TIMESTAMP NOT NULL,                        -- UTC
    CONSTRAINT invariant_23 CHECK (id > lot_id)
);
CREATE TRIGGER audit_seeds_are_kept_update BEFORE UPDATE ON audit_seeds
    BEGIN SELECT RAISE(ABORT, 'rows of audit_seeds are kept as they were recorded'); END;
CREATE TRIGGER audit_seeds_are_kept_delete BEFORE DELETE ON audit_seeds
    BEGIN SELECT RAISE(ABORT, 'rows of audit_seeds are kept as they were recorded'); END;
