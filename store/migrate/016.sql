-- 016.sql - reminders of other programs that the gate has kept, and the
-- invoices that they name. name: of the copy in the home's folder gate. state:
-- 0 held, 1 dropped, 2 on its way back into the mail, 3 released.

CREATE TABLE gated (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE CHECK (name <> ''),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
	code TEXT NOT NULL CHECK (code <> ''),
	why TEXT NOT NULL,
	customer INTEGER NOT NULL REFERENCES customer,
	sender TEXT NOT NULL,
	recipients TEXT NOT NULL CHECK (recipients <> ''),
	subject TEXT,
	message_id TEXT,
	at INTEGER NOT NULL,
	until INTEGER NOT NULL,
	decided INTEGER NOT NULL CHECK (decided >= 0),
	by TEXT
) STRICT;
CREATE INDEX gated_waiting ON gated (id) WHERE state IN (0, 2);

CREATE TABLE gated_invoice (
	gated INTEGER NOT NULL REFERENCES gated,
	invoice INTEGER NOT NULL REFERENCES invoice,
	PRIMARY KEY (gated, invoice)
) STRICT, WITHOUT ROWID;
CREATE INDEX gated_invoice_of ON gated_invoice (invoice);

PRAGMA user_version = 16;
