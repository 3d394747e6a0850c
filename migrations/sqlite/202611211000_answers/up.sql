-- What the rules asked about a file and what its sender answered. A part of the submission: never changed.
CREATE TABLE answers (
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    place BIGINT NOT NULL CHECK (place > 0),                         -- the order in the file, from 1
    question_id TEXT NOT NULL CHECK (length(question_id) = 12),      -- the same from week to week
    rule TEXT NOT NULL,                                              -- the rule that asked
    unit_id TEXT REFERENCES units (id),                              -- absent: asked about the file as a whole
    as_of DATE,                                                      -- the date asked about; absent: none
    about_vi TEXT NOT NULL,                                          -- record type, route, stage and so on in words
    about_en TEXT NOT NULL,
    asked_vi TEXT NOT NULL,
    asked_en TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (length(answer) > 0),
    PRIMARY KEY (submission_id, place)
);
CREATE INDEX answers_by_unit ON answers (unit_id, as_of);
CREATE TRIGGER answers_are_kept_update BEFORE UPDATE ON answers
    BEGIN SELECT RAISE(ABORT, 'rows of answers are kept as they were recorded'); END;
CREATE TRIGGER answers_are_kept_delete BEFORE DELETE ON answers
    BEGIN SELECT RAISE(ABORT, 'rows of answers are kept as they were recorded'); END;
