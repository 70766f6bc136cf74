-- 011.sql - more kinds of letters, and letters to the owner. Both only loosen
-- what rows may be, so the table stays as it is and its text is written anew
-- (sqlite.org/lang_altertable.html, 7).

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(sql,
	'kind BETWEEN 0 AND 3', 'kind BETWEEN 0 AND 15'),
	'customer INTEGER NOT NULL REFERENCES', 'customer INTEGER REFERENCES')
	WHERE type = 'table' AND name = 'letter';
PRAGMA writable_schema = RESET;

PRAGMA user_version = 11;
