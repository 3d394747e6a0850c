-- That somebody had issued letters or a pack mailed, and to whom.
CREATE TABLE dispatches (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES log (id),             -- the number of the log entry that recorded it
    letters_id BIGINT REFERENCES letters (id),
    pack_id BIGINT REFERENCES packs (id),
    contacts TEXT NOT NULL CHECK (length(contacts) > 0),            -- the numbers of the contacts, with blanks between
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,                                 -- UTC
    CHECK ((letters_id IS NULL) <> (pack_id IS NULL))
);
CREATE TRIGGER dispatches_are_kept_update BEFORE UPDATE ON dispatches
    BEGIN SELECT RAISE(ABORT, 'rows of dispatches are kept as they were recorded'); END;
CREATE TRIGGER dispatches_are_kept_delete BEFORE DELETE ON dispatches
    BEGIN SELECT RAISE(ABORT, 'rows of dispatches are kept as they were recorded'); END;
