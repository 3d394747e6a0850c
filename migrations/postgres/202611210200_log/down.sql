DROP TABLE log;
DROP FUNCTION refuse_change();
