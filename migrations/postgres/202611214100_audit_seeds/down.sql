DROP TABLE audit_seeds;
