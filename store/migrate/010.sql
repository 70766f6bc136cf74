-- 010.sql - what the bank says about the way of the money: the charges that were
-- kept on it, what the payer's bank was told to pay, the rate. 0: not told.

ALTER TABLE report ADD COLUMN charges INTEGER NOT NULL DEFAULT 0
	CHECK (charges >= 0);
ALTER TABLE report ADD COLUMN instructed INTEGER NOT NULL DEFAULT 0
	CHECK (instructed >= 0);
ALTER TABLE report ADD COLUMN instructed_currency TEXT
	CHECK (instructed_currency GLOB '[A-Z][A-Z][A-Z]');
ALTER TABLE report ADD COLUMN exchange_rate TEXT;
ALTER TABLE payment ADD COLUMN charges INTEGER NOT NULL DEFAULT 0
	CHECK (charges >= 0);
ALTER TABLE payment ADD COLUMN instructed INTEGER NOT NULL DEFAULT 0
	CHECK (instructed >= 0);
ALTER TABLE payment ADD COLUMN instructed_currency TEXT
	CHECK (instructed_currency GLOB '[A-Z][A-Z][A-Z]');
ALTER TABLE payment ADD COLUMN exchange_rate TEXT;

PRAGMA user_version = 10;
