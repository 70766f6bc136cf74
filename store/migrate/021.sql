-- 021.sql - many letters at once wait for the owner's word; our own copy of a
-- letter confirms that it was delivered; what was sent lately is counted.

ALTER TABLE letter ADD COLUMN mass INTEGER NOT NULL DEFAULT 0
	CHECK (mass IN (0, 1, 2));
ALTER TABLE letter ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0
	CHECK (confirmed >= 0);
CREATE INDEX letter_sent ON letter (sent) WHERE sent > 0;

PRAGMA user_version = 21;
