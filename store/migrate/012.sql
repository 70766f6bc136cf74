-- 012.sql - interest, compensation and fees that letters named, and who is a
-- business.

ALTER TABLE customer ADD COLUMN business INTEGER NOT NULL DEFAULT 0
	CHECK (business IN (0, 1));

CREATE TABLE charge (
	id INTEGER PRIMARY KEY,
	letter INTEGER NOT NULL REFERENCES letter,
	invoice INTEGER NOT NULL REFERENCES invoice,
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
	amount INTEGER NOT NULL CHECK (amount > 0),
	text TEXT NOT NULL,
	at INTEGER NOT NULL,
	payment INTEGER REFERENCES payment,
	waived INTEGER NOT NULL CHECK (waived >= 0)
) STRICT;
CREATE INDEX charge_letter ON charge (letter);
CREATE INDEX charge_invoice ON charge (invoice);
CREATE INDEX charge_payment ON charge (payment) WHERE payment IS NOT NULL;

PRAGMA user_version = 12;
