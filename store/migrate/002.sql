-- 002.sql - payouts of payment providers.

CREATE TABLE payout (
	id INTEGER PRIMARY KEY,
	account TEXT NOT NULL CHECK (account <> ''),
	batch TEXT NOT NULL CHECK (batch <> ''),
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
	amount INTEGER NOT NULL CHECK (amount > 0),
	booked TEXT NOT NULL CHECK (booked GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	payment INTEGER UNIQUE REFERENCES payment,
	at INTEGER NOT NULL,
	UNIQUE (account, batch)
) STRICT;

PRAGMA user_version = 2;
