-- 005.sql - the number of the last statement, and a statement that was not
-- taken because one is missing before it.

-- missing: why, NULL when none is; missing_day: the last day of the one that
-- was not taken.
CREATE TABLE feed_statement (
	account TEXT PRIMARY KEY CHECK (account <> ''),
	sequence INTEGER NOT NULL CHECK (sequence >= 0),
	missing TEXT,
	missing_day TEXT
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 5;
