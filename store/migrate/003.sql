-- 003.sql - mail that is fetched.

-- Folders of mailboxes that are fetched: up to which message each was read,
-- and the messages that have to be asked for again.
CREATE TABLE mailbox (
	mailbox TEXT NOT NULL CHECK (mailbox <> ''),
	folder TEXT NOT NULL CHECK (folder <> ''),
	server TEXT NOT NULL,
	uidvalidity INTEGER NOT NULL CHECK (uidvalidity BETWEEN 0 AND 4294967295),
	uid INTEGER NOT NULL CHECK (uid BETWEEN 0 AND 4294967295),
	since TEXT CHECK (since GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	at INTEGER NOT NULL,
	PRIMARY KEY (mailbox, folder)
) STRICT, WITHOUT ROWID;

CREATE TABLE mailbox_retry (
	mailbox TEXT NOT NULL,
	folder TEXT NOT NULL,
	uid INTEGER NOT NULL CHECK (uid BETWEEN 1 AND 4294967295),
	tries INTEGER NOT NULL CHECK (tries > 0),
	at INTEGER NOT NULL,
	PRIMARY KEY (mailbox, folder, uid)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 3;
