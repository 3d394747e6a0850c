-- How differences are judged. A rule set never changes: another rule is another set with another name.
CREATE TABLE rule_sets (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),          -- the number of the log entry that recorded it
    name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),          -- as batches name it, such as VN-1
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),            -- of the labelled pairs that are the rule set
    effective_from DATE NOT NULL,
    retired_on DATE CHECK (retired_on > effective_from),         -- absent: in force
    comparable_with TEXT REFERENCES rule_sets (name),            -- an earlier set with the same classes; absent: none
    recorded_at TIMESTAMP NOT NULL                               -- UTC
);
CREATE TRIGGER rule_sets_are_kept_update BEFORE UPDATE ON rule_sets
    BEGIN SELECT RAISE(ABORT, 'rows of rule_sets are kept as they were recorded'); END;
CREATE TRIGGER rule_sets_are_kept_delete BEFORE DELETE ON rule_sets
    BEGIN SELECT RAISE(ABORT, 'rows of rule_sets are kept as they were recorded'); END;
