-- Nothing to do: this database keeps files as they came.
SELECT 1;
