-- 015.sql - holds know what was said and whether their end was looked after,
-- letters the mail that they answer; customers are found by their domain. Old
-- holds have nothing that follows. More kinds only loosen what rows may be
-- (see 011.sql).

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'kind BETWEEN 0 AND 8',
	'kind BETWEEN 0 AND 15') WHERE type = 'table' AND name = 'hold';
PRAGMA writable_schema = RESET;

ALTER TABLE hold ADD COLUMN day TEXT;
ALTER TABLE hold ADD COLUMN amount INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0);
ALTER TABLE hold ADD COLUMN letter INTEGER REFERENCES letter;
ALTER TABLE hold ADD COLUMN followed INTEGER NOT NULL DEFAULT 0
	CHECK (followed >= 0);
UPDATE hold SET followed = max(since, 1);
CREATE INDEX hold_ended ON hold (until) WHERE followed = 0 AND released = 0;

ALTER TABLE letter ADD COLUMN answers TEXT;
CREATE INDEX letter_answer ON letter (planned) WHERE answers IS NOT NULL;

CREATE INDEX customer_domain ON customer
	(substr(email_folded, instr(email_folded, '@') + 1));

PRAGMA user_version = 15;
