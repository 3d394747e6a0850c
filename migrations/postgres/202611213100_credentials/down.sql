DROP TABLE recovery_codes;
DROP TABLE credentials;
