-- 017.sql - the owner's digest, what its numbers mean and what he answered.

CREATE INDEX allocation_at ON allocation (at);

-- The owner's daily mail: what its numbers mean (subject 0 a question, 1 an
-- earlier word of his), and what he answered.
CREATE TABLE digest (
	letter INTEGER PRIMARY KEY REFERENCES letter,
	day TEXT NOT NULL UNIQUE CHECK (day GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	since INTEGER NOT NULL,
	until INTEGER NOT NULL
) STRICT;

CREATE TABLE digest_item (
	letter INTEGER NOT NULL REFERENCES digest,
	number INTEGER NOT NULL CHECK (number > 0),
	subject INTEGER NOT NULL CHECK (subject IN (0, 1)),
	row INTEGER NOT NULL,
	used INTEGER NOT NULL CHECK (used >= 0),
	PRIMARY KEY (letter, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE owner_word (
	id INTEGER PRIMARY KEY,
	letter INTEGER NOT NULL REFERENCES letter,
	message_id TEXT,
	text TEXT NOT NULL,
	result TEXT NOT NULL,
	done INTEGER NOT NULL CHECK (done IN (0, 1)),
	payment INTEGER REFERENCES payment,
	hold INTEGER REFERENCES hold,
	at INTEGER NOT NULL,
	undone INTEGER NOT NULL CHECK (undone >= 0)
) STRICT;
CREATE INDEX owner_word_at ON owner_word (at);
CREATE INDEX owner_word_message ON owner_word (message_id)
	WHERE message_id IS NOT NULL;

PRAGMA user_version = 17;
