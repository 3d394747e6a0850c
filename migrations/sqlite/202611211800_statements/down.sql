DROP TABLE sync_exchanges;
DROP TABLE sync_statements;
