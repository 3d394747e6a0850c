DROP INDEX counts_by_transferred;
CREATE INDEX counts_by_transferred ON counts (transferred, as_of);
