DROP TABLE audit_lots;
