-- schema.sql - the store of today. migrate/NNN.sql are the steps that lead
-- here from an empty file; a test proves that both give the same schema.
-- Money: minor units. Days: text YYYY-MM-DD. Moments: seconds, 0 never.
-- Remarks stand before the statements, because SQLite reads the text of each
-- statement again at every start.

PRAGMA application_id = 1835428980;

-- Messages that were read: the hash of the content is the identity.
CREATE TABLE message (
	hash TEXT PRIMARY KEY CHECK (hash <> ''),
	message_id TEXT,
	verdict TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Failed tries of bytes that could not be read.
CREATE TABLE message_try (
	hash TEXT PRIMARY KEY CHECK (hash <> ''),
	tries INTEGER NOT NULL CHECK (tries > 0),
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE customer (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE CHECK (key <> ''),
	name TEXT NOT NULL,
	contact TEXT,
	salutation TEXT,
	email TEXT,
	copy TEXT,
	language TEXT,
	country TEXT,
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
	timezone TEXT,
	policy TEXT,
	address TEXT,
	tax_id TEXT,
	terms_days INTEGER NOT NULL CHECK (terms_days BETWEEN -1 AND 3650),
	po_required INTEGER NOT NULL CHECK (po_required IN (0, 1)),
	undelivered INTEGER NOT NULL CHECK (undelivered >= 0),
	key_folded TEXT NOT NULL,
	name_folded TEXT NOT NULL,
	email_folded TEXT
, withholding_bp INTEGER NOT NULL DEFAULT 0
	CHECK (withholding_bp BETWEEN 0 AND 10000), business INTEGER NOT NULL DEFAULT 0
	CHECK (business IN (0, 1)), party TEXT CHECK (party GLOB '{*}'), billing TEXT CHECK (billing GLOB '{*}')) STRICT;
CREATE INDEX customer_key ON customer (key_folded);
CREATE INDEX customer_name ON customer (name_folded);
CREATE INDEX customer_email ON customer (email_folded);
CREATE INDEX customer_domain ON customer
	(substr(email_folded, instr(email_folded, '@') + 1));

-- source 2: learned from `count` lessons, `own` of them under the customer's
-- own name, the last on that day. What was given stands without lessons.
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
CREATE INDEX customer_account_tail ON customer_account (substr(account, -4));

CREATE TABLE customer_word (
	word TEXT NOT NULL CHECK (word <> ''),
	customer INTEGER NOT NULL REFERENCES customer,
	PRIMARY KEY (word, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_word_of ON customer_word (customer);

-- open and announced are kept by the verbs from the allocations; store_check
-- computes them again.
CREATE TABLE invoice (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE CHECK (key <> ''),
	number TEXT NOT NULL UNIQUE CHECK (number <> ''),
	customer INTEGER NOT NULL REFERENCES customer,
	type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 2),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
	date TEXT CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	due TEXT CHECK (due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
	amount INTEGER NOT NULL CHECK (amount >= 0),
	tax INTEGER NOT NULL,
	opening INTEGER NOT NULL CHECK (opening >= 0),
	open INTEGER NOT NULL CHECK (open BETWEEN 0 AND max(amount, opening)),
	announced INTEGER NOT NULL CHECK (announced <= open),
	reference TEXT,
	po TEXT,
	discount_until TEXT CHECK (discount_until GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	policy TEXT,
	note TEXT,
	discount_bp INTEGER NOT NULL CHECK (discount_bp BETWEEN 0 AND 10000),
	account TEXT,
	message_id TEXT,
	sent INTEGER NOT NULL CHECK (sent >= 0)
) STRICT;
CREATE INDEX invoice_customer ON invoice (customer, due);
CREATE INDEX invoice_open ON invoice (customer, due, id, key, number, type,
	state, date, currency, amount, opening, open, announced, reference, po,
	discount_until, discount_bp) WHERE state = 1;
CREATE INDEX invoice_due ON invoice (due) WHERE state = 1;
CREATE INDEX invoice_unsent ON invoice (id) WHERE state = 1 AND sent = 0;
CREATE INDEX invoice_policy ON invoice (due) WHERE state = 1
	AND policy IS NOT NULL;
CREATE INDEX customer_policy ON customer (id) WHERE policy IS NOT NULL;
CREATE INDEX invoice_balance ON invoice (currency, open) WHERE state = 1;
CREATE INDEX invoice_message ON invoice (message_id)
	WHERE message_id IS NOT NULL;

CREATE TABLE invoice_key (
	key TEXT NOT NULL CHECK (key <> ''),
	invoice INTEGER NOT NULL REFERENCES invoice,
	PRIMARY KEY (key, invoice)
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice_series (
	series TEXT PRIMARY KEY,
	counter INTEGER NOT NULL CHECK (counter > 0)
, first INTEGER NOT NULL DEFAULT 1
	CHECK (first > 0)) STRICT, WITHOUT ROWID;

-- A payment is what its reports say together; unallocated is kept like open.
CREATE TABLE payment (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE CHECK (key <> ''),
	trust INTEGER NOT NULL CHECK (trust BETWEEN 0 AND 3),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
	amount INTEGER NOT NULL CHECK (amount <> 0),
	unallocated INTEGER NOT NULL CHECK (unallocated
		BETWEEN min(amount, 0) AND max(amount, 0)),
	booked TEXT NOT NULL CHECK (booked GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	value TEXT CHECK (value GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	account TEXT,
	payer TEXT,
	payer_account TEXT,
	remittance TEXT,
	reference TEXT,
	bank_reference TEXT,
	end_to_end_id TEXT,
	bank TEXT,
	arrived INTEGER NOT NULL,
	set_aside INTEGER NOT NULL CHECK (set_aside >= 0)
, charges INTEGER NOT NULL DEFAULT 0
	CHECK (charges >= 0), instructed INTEGER NOT NULL DEFAULT 0
	CHECK (instructed >= 0), instructed_currency TEXT
	CHECK (instructed_currency GLOB '[A-Z][A-Z][A-Z]'), exchange_rate TEXT) STRICT;
CREATE INDEX payment_amount ON payment (currency, amount, booked);
CREATE INDEX payment_unallocated ON payment (arrived, id)
	WHERE unallocated <> 0 AND set_aside = 0;
CREATE INDEX payment_arrived ON payment (arrived, id);

-- What one message or one row of a statement said. standing 1: in conflict
-- with its payment, counts for nothing.
CREATE TABLE report (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL,
	given INTEGER NOT NULL CHECK (given IN (0, 1)),
	channel INTEGER NOT NULL CHECK (channel BETWEEN 0 AND 2),
	trust INTEGER NOT NULL CHECK (trust BETWEEN 0 AND 3),
	settles INTEGER NOT NULL CHECK (settles IN (0, 1)),
	standing INTEGER NOT NULL CHECK (standing IN (0, 1)),
	document TEXT NOT NULL,
	position INTEGER NOT NULL,
	message_id TEXT,
	signature TEXT,
	content TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount INTEGER NOT NULL CHECK (amount <> 0),
	booked TEXT NOT NULL CHECK (booked GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	value TEXT,
	account TEXT,
	payer TEXT,
	payer_account TEXT,
	remittance TEXT,
	reference TEXT,
	bank_reference TEXT,
	end_to_end_id TEXT,
	bank TEXT,
	arrived INTEGER NOT NULL
, charges INTEGER NOT NULL DEFAULT 0
	CHECK (charges >= 0), instructed INTEGER NOT NULL DEFAULT 0
	CHECK (instructed >= 0), instructed_currency TEXT
	CHECK (instructed_currency GLOB '[A-Z][A-Z][A-Z]'), exchange_rate TEXT) STRICT;
CREATE INDEX report_document ON report (document, position);
CREATE INDEX report_message ON report (message_id)
	WHERE message_id IS NOT NULL;
CREATE INDEX report_signature ON report (signature)
	WHERE signature IS NOT NULL;
CREATE INDEX report_bank ON report (bank_reference)
	WHERE bank_reference IS NOT NULL;
CREATE INDEX report_key ON report (key);
CREATE INDEX report_amount ON report (currency, amount, document, booked);
CREATE INDEX report_conflict ON report (id) WHERE standing = 1;

-- Which payment a report belongs to: a conclusion, not a fact.
CREATE TABLE report_payment (
	report INTEGER PRIMARY KEY REFERENCES report,
	payment INTEGER NOT NULL REFERENCES payment
) STRICT;
CREATE INDEX report_payment_of ON report_payment (payment);

CREATE TABLE allocation (
	id INTEGER PRIMARY KEY,
	payment INTEGER REFERENCES payment,
	invoice INTEGER NOT NULL REFERENCES invoice,
	credit_note INTEGER REFERENCES invoice,
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5),
	amount INTEGER NOT NULL CHECK (amount <> 0),
	by TEXT NOT NULL,
	probability REAL NOT NULL,
	at INTEGER NOT NULL,
	reversed INTEGER NOT NULL,
	reversed_why TEXT,
	reversed_by TEXT,
	CHECK ((kind = 5) = (credit_note IS NOT NULL)),
	CHECK (kind = 5 OR payment IS NOT NULL)
) STRICT;
CREATE INDEX allocation_payment ON allocation (payment);
CREATE INDEX allocation_invoice ON allocation (invoice);
CREATE INDEX allocation_credit ON allocation (credit_note)
	WHERE credit_note IS NOT NULL;

CREATE TABLE suggestion (
	id INTEGER PRIMARY KEY,
	payment INTEGER NOT NULL REFERENCES payment,
	invoice INTEGER REFERENCES invoice,
	customer INTEGER REFERENCES customer,
	amount INTEGER NOT NULL,
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5),
	probability REAL NOT NULL,
	why TEXT,
	rejected INTEGER NOT NULL CHECK (rejected >= 0)
) STRICT;
CREATE INDEX suggestion_payment ON suggestion (payment);
CREATE INDEX suggestion_invoice ON suggestion (invoice);

-- day, amount: what the writer named. letter: the one that was answered.
-- followed: when what had to be done at its end was done.
CREATE TABLE hold (
	id INTEGER PRIMARY KEY,
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 15),
	customer INTEGER NOT NULL REFERENCES customer,
	invoice INTEGER REFERENCES invoice,
	payment INTEGER REFERENCES payment,
	trust INTEGER NOT NULL CHECK (trust BETWEEN 0 AND 3),
	step INTEGER NOT NULL,
	why TEXT,
	origin TEXT,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	released INTEGER NOT NULL CHECK (released >= 0)
, day TEXT, amount INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0), letter INTEGER REFERENCES letter, followed INTEGER NOT NULL DEFAULT 0
	CHECK (followed >= 0)) STRICT;
CREATE INDEX hold_customer ON hold (customer, invoice);
CREATE INDEX hold_payment ON hold (payment) WHERE payment IS NOT NULL;
CREATE UNIQUE INDEX hold_once ON hold (customer, coalesce(invoice, 0), step)
	WHERE trust = 0;
CREATE INDEX hold_ended ON hold (until) WHERE followed = 0 AND released = 0;

CREATE TABLE feed (
	account TEXT PRIMARY KEY CHECK (account <> ''),
	heard INTEGER NOT NULL,
	through TEXT,
	drift INTEGER NOT NULL,
	closing_currency TEXT,
	closing INTEGER NOT NULL,
	closed TEXT
) STRICT, WITHOUT ROWID;

-- missing: why, NULL when none is; missing_day: the last day of the one that
-- was not taken.
CREATE TABLE feed_statement (
	account TEXT PRIMARY KEY CHECK (account <> ''),
	sequence INTEGER NOT NULL CHECK (sequence >= 0),
	missing TEXT,
	missing_day TEXT
) STRICT, WITHOUT ROWID;

-- Only the owner's own mail (the digest) is no customer's.
CREATE TABLE letter (
	id INTEGER PRIMARY KEY,
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 15),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6),
	customer INTEGER REFERENCES customer,
	payment INTEGER REFERENCES payment,
	regards INTEGER REFERENCES letter,
	recipient TEXT,
	language TEXT,
	tone TEXT,
	message_id TEXT NOT NULL UNIQUE CHECK (message_id <> ''),
	term_days INTEGER NOT NULL,
	planned INTEGER NOT NULL,
	sent INTEGER NOT NULL,
	not_before INTEGER NOT NULL,
	tries INTEGER NOT NULL,
	why TEXT,
	mime_path TEXT
, instalments INTEGER REFERENCES instalment_plan, instalment INTEGER NOT NULL DEFAULT 0
	CHECK (instalment >= 0), answers TEXT, mass INTEGER NOT NULL DEFAULT 0
	CHECK (mass IN (0, 1, 2)), confirmed INTEGER NOT NULL DEFAULT 0
	CHECK (confirmed >= 0)) STRICT;
CREATE INDEX letter_customer ON letter (customer);
CREATE INDEX letter_waiting ON letter (id) WHERE state < 2;
CREATE INDEX letter_payment ON letter (payment) WHERE payment IS NOT NULL;
CREATE INDEX letter_regards ON letter (regards) WHERE regards IS NOT NULL;
CREATE INDEX letter_instalments ON letter (instalments)
	WHERE instalments IS NOT NULL;
CREATE INDEX letter_answer ON letter (planned) WHERE answers IS NOT NULL;

CREATE TABLE letter_item (
	letter INTEGER NOT NULL REFERENCES letter,
	invoice INTEGER NOT NULL REFERENCES invoice,
	step INTEGER NOT NULL,
	balance INTEGER NOT NULL,
	PRIMARY KEY (letter, invoice)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_item_invoice ON letter_item (invoice);

CREATE TABLE question (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,
	customer INTEGER REFERENCES customer,
	invoice INTEGER REFERENCES invoice,
	payment INTEGER REFERENCES payment,
	letter INTEGER REFERENCES letter,
	text TEXT NOT NULL,
	at INTEGER NOT NULL,
	answered INTEGER NOT NULL CHECK (answered >= 0)
) STRICT;
CREATE UNIQUE INDEX question_open ON question (code, coalesce(customer, 0),
	coalesce(invoice, 0), coalesce(payment, 0), coalesce(letter, 0))
	WHERE answered = 0;
CREATE INDEX question_customer ON question (customer, code)
	WHERE customer IS NOT NULL;
CREATE INDEX question_payment ON question (payment)
	WHERE payment IS NOT NULL AND answered = 0;

CREATE TABLE history (
	content TEXT PRIMARY KEY,
	invoice TEXT,
	customer TEXT,
	invoiced TEXT,
	paid TEXT,
	currency TEXT,
	payer TEXT,
	payer_account TEXT,
	amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What one confirmed decision taught about one customer: from a payment, from
-- a row of the history, or (neither) before this was kept. pending: booked by
-- itself, and no statement has it yet. forgot: 1 account, 2 alias, 4 habits.
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

-- The sums of the lessons that count, kept by the verbs; store_check computes
-- them again. Names under which others pay for a customer; habits by year.
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

CREATE TABLE journal (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	subject INTEGER NOT NULL CHECK (subject BETWEEN 0 AND 5),
	row INTEGER NOT NULL,
	code TEXT NOT NULL CHECK (code <> ''),
	text TEXT NOT NULL,
	evidence TEXT,
	hash TEXT NOT NULL
) STRICT;
CREATE INDEX journal_subject ON journal (subject, row);

-- Facts are only ever added.
CREATE TRIGGER report_kept BEFORE UPDATE ON report
BEGIN SELECT raise(ABORT, 'reports are append-only'); END;
CREATE TRIGGER report_stays BEFORE DELETE ON report
BEGIN SELECT raise(ABORT, 'reports are append-only'); END;
CREATE TRIGGER journal_kept BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER allocation_stays BEFORE DELETE ON allocation
BEGIN SELECT raise(ABORT, 'allocations are reversed, not deleted'); END;
CREATE TRIGGER allocation_kept BEFORE UPDATE ON allocation
WHEN OLD.reversed <> 0 OR NEW.id <> OLD.id OR NEW.reversed = 0
	OR NEW.payment IS NOT OLD.payment OR NEW.invoice <> OLD.invoice
	OR NEW.credit_note IS NOT OLD.credit_note OR NEW.kind <> OLD.kind
	OR NEW.amount <> OLD.amount OR NEW.by <> OLD.by
	OR NEW.probability <> OLD.probability OR NEW.at <> OLD.at
BEGIN SELECT raise(ABORT, 'allocations are reversed, once, not edited'); END;

-- What payment providers have sent to the bank; payment is the bank's report
-- of it, once that is there.
CREATE TABLE payout (
	id INTEGER PRIMARY KEY,
	account TEXT NOT NULL CHECK (account <> ''),
	batch TEXT NOT NULL CHECK (batch <> ''),
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
	amount INTEGER NOT NULL CHECK (amount > 0),
	booked TEXT NOT NULL CHECK (booked GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	payment INTEGER UNIQUE REFERENCES payment,
	at INTEGER NOT NULL,
	UNIQUE (account, batch)
) STRICT;

-- Interest, compensation and fees that a letter named: in no balance. They
-- stand when the letter was sent and nobody took them back (waived); payment
-- is the one that included them.
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

-- What is owed on some invoices, in parts. base: what of the invoice the plan is
-- about; money on them after after_allocation counts, in its order.
CREATE TABLE instalment_plan (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer,
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
	origin TEXT NOT NULL CHECK (origin <> ''),
	made INTEGER NOT NULL,
	expires TEXT CHECK (expires GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	accepted INTEGER NOT NULL CHECK (accepted >= 0),
	ended INTEGER NOT NULL CHECK (ended >= 0),
	why TEXT,
	after_allocation INTEGER NOT NULL CHECK (after_allocation >= 0)
) STRICT;
CREATE INDEX instalment_plan_customer ON instalment_plan (customer, state);
CREATE INDEX instalment_plan_live ON instalment_plan (state)
	WHERE state < 2;

CREATE TABLE instalment (
	plan INTEGER NOT NULL REFERENCES instalment_plan,
	number INTEGER NOT NULL CHECK (number > 0),
	due TEXT NOT NULL CHECK (due GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	amount INTEGER NOT NULL CHECK (amount > 0),
	PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE instalment_invoice (
	plan INTEGER NOT NULL REFERENCES instalment_plan,
	invoice INTEGER NOT NULL REFERENCES invoice,
	base INTEGER NOT NULL CHECK (base > 0),
	PRIMARY KEY (plan, invoice)
) STRICT, WITHOUT ROWID;
CREATE INDEX instalment_invoice_of ON instalment_invoice (invoice);

-- Reminders of other programs that the gate has kept, and the invoices that
-- they name. name: of the copy in the home's folder gate. state: 0 held,
-- 1 dropped, 2 on its way back into the mail, 3 released.
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

-- Who takes part in which experiment with reminders.
CREATE TABLE experiment_customer (
	experiment TEXT NOT NULL CHECK (experiment <> ''),
	customer INTEGER NOT NULL REFERENCES customer,
	arm TEXT NOT NULL CHECK (arm <> ''),
	stratum TEXT NOT NULL,
	since TEXT NOT NULL CHECK (since GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	PRIMARY KEY (experiment, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX experiment_of ON experiment_customer (customer, since);

-- The document of an invoice: the JSON of mailfilter-invoice(5), as issued.
CREATE TABLE invoice_document (
	invoice INTEGER PRIMARY KEY REFERENCES invoice,
	document TEXT NOT NULL CHECK (document GLOB '{*}')
) STRICT;

CREATE INDEX letter_sent ON letter (sent) WHERE sent > 0;

-- Invoices that come again by themselves.
-- turn: the next one, the first is 0. period 1: of the time ahead, 2: behind.
CREATE TABLE recurring (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE CHECK (key <> ''),
	customer INTEGER NOT NULL REFERENCES customer,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
	every TEXT NOT NULL CHECK (every <> ''),
	last_day INTEGER NOT NULL CHECK (last_day IN (0, 1)),
	draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
	period INTEGER NOT NULL CHECK (period BETWEEN 0 AND 2),
	first TEXT NOT NULL CHECK (first GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	until TEXT CHECK (until GLOB
		'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	turn INTEGER NOT NULL CHECK (turn >= 0),
	document TEXT NOT NULL CHECK (document GLOB '{*}')
) STRICT;
CREATE INDEX recurring_active ON recurring (id) WHERE state = 0;

CREATE TABLE recurring_invoice (
	recurring INTEGER NOT NULL REFERENCES recurring,
	turn INTEGER NOT NULL CHECK (turn >= 0),
	day TEXT NOT NULL,
	invoice INTEGER REFERENCES invoice,
	PRIMARY KEY (recurring, turn)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 23;
