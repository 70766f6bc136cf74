-- 018.sql - experiments with reminders.

-- Who takes part in which experiment with reminders.
CREATE TABLE experiment_customer (
	experiment TEXT NOT NULL CHECK (experiment <> ''),
	customer INTEGER NOT NULL REFERENCES customer,
	arm TEXT NOT NULL CHECK (arm <> ''),
	stratum TEXT NOT NULL,
	since TEXT NOT NULL CHECK (since GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	PRIMARY KEY (experiment, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX experiment_of ON experiment_customer (customer, since);

PRAGMA user_version = 18;
