-- Figures that reports and the press published: kept as published, never mixed into the reported counts.
CREATE TABLE published_figures (
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    line BIGINT NOT NULL CHECK (line > 0),     -- physical line of the file, from 1
    as_of DATE NOT NULL,
    unit_id TEXT REFERENCES units (id),        -- absent: the nation
    record_type TEXT NOT NULL,                 -- in the source's own grouping
    measure TEXT NOT NULL,                     -- key of the list of measures
    value TEXT NOT NULL,                       -- as published: plain digits, a point before decimals
    count_unit TEXT NOT NULL,                  -- record, book, page, province, percent, VND …
    approximation TEXT NOT NULL CHECK (approximation IN ('', 'exact', 'more_than', 'nearly', 'about', 'rounded')),
    note TEXT NOT NULL,
    source TEXT NOT NULL,                      -- address of the page or name of the document
    PRIMARY KEY (submission_id, line)
);
CREATE TRIGGER published_figures_are_kept_update BEFORE UPDATE ON published_figures
    BEGIN SELECT RAISE(ABORT, 'rows of published_figures are kept as they were recorded'); END;
CREATE TRIGGER published_figures_are_kept_delete BEFORE DELETE ON published_figures
    BEGIN SELECT RAISE(ABORT, 'rows of published_figures are kept as they were recorded'); END;
