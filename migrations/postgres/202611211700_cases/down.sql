DROP TABLE case_cohorts;
DROP TABLE case_flows;
