-- Only reports of whole units are looked for by their number: rows of communes are most of all rows, and would be sorted into
-- this index at random places for nothing.
DROP INDEX counts_by_transferred;
CREATE INDEX counts_by_transferred ON counts (transferred, as_of) WHERE sub_unit = '';
