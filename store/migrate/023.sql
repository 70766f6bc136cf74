-- 023.sql - invoices that come again by themselves.

-- turn: the next one, the first is 0. period 1: of the time ahead, 2: behind.
CREATE TABLE recurring (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE CHECK (key <> ''),
	customer INTEGER NOT NULL REFERENCES customer,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
	every TEXT NOT NULL CHECK (every <> ''),
	last_day INTEGER NOT NULL CHECK (last_day IN (0, 1)),
	draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
	period INTEGER NOT NULL CHECK (period BETWEEN 0 AND 2),
	first TEXT NOT NULL CHECK (first GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	until TEXT CHECK (until GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	turn INTEGER NOT NULL CHECK (turn >= 0),
	document TEXT NOT NULL CHECK (document GLOB '{*}')
) STRICT;
CREATE INDEX recurring_active ON recurring (id) WHERE state = 0;

CREATE TABLE recurring_invoice (
	recurring INTEGER NOT NULL REFERENCES recurring,
	turn INTEGER NOT NULL CHECK (turn >= 0),
	day TEXT NOT NULL,
	invoice INTEGER REFERENCES invoice,
	PRIMARY KEY (recurring, turn)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 23;
