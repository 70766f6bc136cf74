-- 014.sql - instalment plans: what is owed on some invoices, in parts with due
-- dates of their own; and which plan and part a letter is about.

CREATE TABLE instalment_plan (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer,
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
	origin TEXT NOT NULL CHECK (origin <> ''),
	made INTEGER NOT NULL,
	expires TEXT CHECK (expires GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	accepted INTEGER NOT NULL CHECK (accepted >= 0),
	ended INTEGER NOT NULL CHECK (ended >= 0),
	why TEXT,
	after_allocation INTEGER NOT NULL CHECK (after_allocation >= 0)
) STRICT;
CREATE INDEX instalment_plan_customer ON instalment_plan (customer, state);
CREATE INDEX instalment_plan_live ON instalment_plan (state)
	WHERE state < 2;

CREATE TABLE instalment (
	plan INTEGER NOT NULL REFERENCES instalment_plan,
	number INTEGER NOT NULL CHECK (number > 0),
	due TEXT NOT NULL CHECK (due GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	amount INTEGER NOT NULL CHECK (amount > 0),
	PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE instalment_invoice (
	plan INTEGER NOT NULL REFERENCES instalment_plan,
	invoice INTEGER NOT NULL REFERENCES invoice,
	base INTEGER NOT NULL CHECK (base > 0),
	PRIMARY KEY (plan, invoice)
) STRICT, WITHOUT ROWID;
CREATE INDEX instalment_invoice_of ON instalment_invoice (invoice);

ALTER TABLE letter ADD COLUMN instalments INTEGER REFERENCES instalment_plan;
ALTER TABLE letter ADD COLUMN instalment INTEGER NOT NULL DEFAULT 0
	CHECK (instalment >= 0);
CREATE INDEX letter_instalments ON letter (instalments)
	WHERE instalments IS NOT NULL;

PRAGMA user_version = 14;
