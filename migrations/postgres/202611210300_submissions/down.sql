DROP TABLE withdrawals;
DROP TABLE submissions;
