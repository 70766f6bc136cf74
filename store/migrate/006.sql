-- 006.sql - what was learned keeps from which confirmed payment it came, so
-- that it can be unlearned; names under which others pay, and habits.

CREATE TABLE lesson (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer,
	payment INTEGER REFERENCES payment,
	history TEXT REFERENCES history,
	day TEXT NOT NULL CHECK (day GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	account TEXT CHECK (account <> ''),
	alias TEXT CHECK (alias <> ''),
	own INTEGER NOT NULL CHECK (own IN (0, 1)),
	invoiced TEXT CHECK (invoiced GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	aged INTEGER NOT NULL CHECK (aged IN (0, 1)),
	age INTEGER NOT NULL CHECK (age BETWEEN -400 AND 1000),
	habits INTEGER NOT NULL CHECK (habits >= 0),
	pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
	forgot INTEGER NOT NULL CHECK (forgot BETWEEN 0 AND 7),
	CHECK (payment IS NULL OR history IS NULL)
) STRICT;
CREATE INDEX lesson_customer ON lesson (customer, day, invoiced);
CREATE INDEX lesson_payment ON lesson (payment) WHERE payment IS NOT NULL;

CREATE TABLE customer_alias (
	alias TEXT NOT NULL CHECK (alias <> ''),
	customer INTEGER NOT NULL REFERENCES customer,
	count INTEGER NOT NULL CHECK (count > 0),
	last TEXT NOT NULL,
	PRIMARY KEY (alias, customer)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_habit (
	customer INTEGER NOT NULL REFERENCES customer,
	year TEXT NOT NULL CHECK (year <> ''),
	count INTEGER NOT NULL CHECK (count > 0),
	aged INTEGER NOT NULL,
	age_sum INTEGER NOT NULL,
	age_square INTEGER NOT NULL,
	charges INTEGER NOT NULL,
	rounded INTEGER NOT NULL,
	discount INTEGER NOT NULL,
	late_discount INTEGER NOT NULL,
	several INTEGER NOT NULL,
	parts INTEGER NOT NULL,
	misnamed INTEGER NOT NULL,
	unnamed INTEGER NOT NULL,
	day1 INTEGER NOT NULL,
	day6 INTEGER NOT NULL,
	day11 INTEGER NOT NULL,
	day16 INTEGER NOT NULL,
	day21 INTEGER NOT NULL,
	day26 INTEGER NOT NULL,
	steps INTEGER NOT NULL,
	backward INTEGER NOT NULL,
	PRIMARY KEY (customer, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_before AS SELECT * FROM customer_account;
DROP TABLE customer_account;
CREATE TABLE customer_account (
	account TEXT NOT NULL CHECK (account <> ''),
	customer INTEGER NOT NULL REFERENCES customer,
	source INTEGER NOT NULL CHECK (source BETWEEN 0 AND 2),
	count INTEGER NOT NULL CHECK (count >= 0),
	own INTEGER NOT NULL CHECK (own BETWEEN 0 AND count),
	last TEXT,
	PRIMARY KEY (account, customer),
	CHECK (source < 2 OR count > 0)
) STRICT, WITHOUT ROWID;

-- What the history taught, what the owner's word did, and the rest.
INSERT INTO lesson (customer, history, day, account, own, invoiced, aged,
	age, habits, pending, forgot)
SELECT c.id, h.content, h.paid, h.payer_account,
	h.payer IS NULL OR lower(h.payer) = lower(c.name), h.invoiced,
	h.invoiced IS NOT NULL, coalesce(min(1000, max(-400, CAST(
	julianday(h.paid) - julianday(h.invoiced) AS INTEGER))), 0), 0, 0, 6
FROM history h JOIN customer c ON c.key = h.customer
WHERE h.paid IS NOT NULL AND h.payer_account <> '' AND h.payer_account NOT GLOB '*[*]*';

INSERT INTO lesson (customer, payment, day, account, own, aged, age,
	habits, pending, forgot)
SELECT DISTINCT i.customer, p.id, coalesce(p.value, p.booked),
	p.payer_account, 1, 0, 0, 0, 0, 6
FROM allocation a JOIN payment p ON p.id = a.payment
	JOIN invoice i ON i.id = a.invoice
	JOIN account_before b ON b.account = p.payer_account
		AND b.customer = i.customer AND b.source = 2
WHERE a.reversed = 0 AND a.kind = 0 AND a.by <> 'auto';

INSERT INTO lesson (customer, day, account, own, aged, age, habits, pending,
	forgot)
SELECT b.customer, '1970-01-01', b.account, 1, 0, 0, 0, 0, 6
FROM account_before b
WHERE b.source = 2 AND NOT EXISTS (SELECT 1 FROM lesson l
	WHERE l.customer = b.customer AND l.account = b.account);

INSERT INTO customer_account (account, customer, source, count, own, last)
SELECT account, customer, 2, count(*), sum(own), max(day) FROM lesson
WHERE account IS NOT NULL GROUP BY account, customer;
INSERT INTO customer_account (account, customer, source, count, own)
SELECT account, customer, source, 0, 0 FROM account_before
WHERE source < 2
ON CONFLICT (account, customer) DO UPDATE SET source = excluded.source;
DROP TABLE account_before;

PRAGMA user_version = 6;
