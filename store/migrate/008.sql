-- 008.sql - the tax that a customer keeps back, hundredths of a percent.

ALTER TABLE customer ADD COLUMN withholding_bp INTEGER NOT NULL DEFAULT 0
	CHECK (withholding_bp BETWEEN 0 AND 10000);

PRAGMA user_version = 8;
