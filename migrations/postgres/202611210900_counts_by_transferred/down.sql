DROP INDEX counts_by_transferred;
