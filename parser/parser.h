/*
 * parser.h - bytes in, typed events out.
 *
 * The parser reads hostile bytes and says what they are. It never prints,
 * exits, reads the clock or the environment, and it knows neither the store
 * nor any policy. Text is UTF-8. Out of memory ends the process (GLib).
 */
#ifndef PARSER_H
#define PARSER_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* ---- money: int64 minor units and an ISO 4217 code -------------------- */

/* Digits after the point of an ISO 4217 currency (EUR 2, JPY 0, KWD 3), or
 * -1 when the code is unknown. */
int money_digits(const char *currency);

/* Reads a plain decimal ("1234.56", "-5") exactly: at most as many decimals
 * as the currency has, no grouping, no exponent, at most 10^16 minor units.
 * False: *minor untouched. */
bool money_parse(const char *text, const char *currency, int64_t *minor);

/* Writes minor units as a plain decimal with the currency's digits. The
 * caller frees the result. */
char *money_format(int64_t minor, const char *currency);

/* How a bank or a person writes numbers: the decimal mark ('.' or ','), and
 * the characters that may group digits (UTF-8, e.g. " ." or "'’"). */
struct number_habit {
	const char *decimal;
	const char *grouping;
};

/* Reads "1.234,56" under a habit; grouping must stand where groups end
 * (3-digit groups; Indian 2-digit groups too). Either no decimals or all that
 * the currency has ("50.-" and "50,—" are fifty). A space in the habit means
 * every kind of it. False when in any doubt. */
bool money_read(const char *text, const struct number_habit *habit,
    const char *currency, int64_t *minor);

/* ---- days: civil dates "YYYY-MM-DD", no time zone, no seconds ---------- */

#define DAY_SIZE 11

/* Days since 1970-01-01 of a valid ISO day, or G_MININT32. */
int32_t day_number(const char *day);
/* Writes the ISO day of a number into day[DAY_SIZE]; "" when its year is not
 * one of 1 to 9999. */
void day_text(int32_t number, char day[DAY_SIZE]);

/* ---- events ------------------------------------------------------------ */

enum event_kind {
	EVENT_CREDIT,		/* money came in */
	EVENT_DEBIT,		/* money went out */
	EVENT_RETURN,		/* money once received went back */
	EVENT_STATEMENT,	/* a statement's frame; its entries follow */
	EVENT_REPLY,		/* a person answers */
	EVENT_BOUNCE,		/* a delivery status notification (RFC 3464) */
	EVENT_AUTO_REPLY,	/* RFC 3834 automatic answer */
	EVENT_ADVICE,		/* a customer's remittance advice */
	EVENT_INVOICE,		/* an invoice seen going out */
	EVENT_REMINDER,		/* a reminder seen going out */
	EVENT_DRIFT,		/* a known bank, no template answered */
	EVENT_OTHER,		/* nothing for us; with an intent: a person
				 * writes, and answers nothing */
	EVENT_UNREADABLE	/* not mail, over a limit, or it broke the child */
};

/* Single-valued fields; the JSON key of each is its name in lower case
 * (event.c holds the one table). Absent is NULL, never "". */
enum event_field {
	EVENT_BANK, EVENT_TEMPLATE, EVENT_TRUST, EVENT_READER,
	EVENT_AMOUNT,		/* plain decimal, positive */
	EVENT_CURRENCY,		/* ISO 4217 */
	EVENT_BOOKED, EVENT_VALUE,	/* ISO days */
	EVENT_ACCOUNT,		/* our account, no spaces */
	EVENT_PAYER, EVENT_PAYER_ACCOUNT,
	EVENT_REMITTANCE,	/* the payer's free text */
	EVENT_REFERENCE,	/* structured creditor reference */
	EVENT_BANK_REFERENCE, EVENT_END_TO_END_ID,
	EVENT_VARIABLE_SYMBOL, EVENT_CONSTANT_SYMBOL, EVENT_SPECIFIC_SYMBOL,
	EVENT_MESSAGE_ID, EVENT_FROM, EVENT_SUBJECT,
	EVENT_DATE,		/* of the mail, ISO 8601 UTC time */
	EVENT_INTENT,		/* of a reply: paid-claim, promise, dispute,
				 * instalments, copy, statement, stop or other;
				 * of an auto-reply: out-of-office, left (the
				 * person is gone for good), ticket (a machine
				 * says that it came) or other */
	EVENT_UNTIL,		/* the day of a promise, of a return: the last
				 * day that the words allow */
	EVENT_IN_REPLY_TO, EVENT_TEXT,
	EVENT_STATUS, EVENT_ACTION, EVENT_RECIPIENT,
	EVENT_ORIGINAL_MESSAGE_ID,
	EVENT_STATEMENT_ID,	/* of a statement and of each of its entries */
	EVENT_OPENING, EVENT_CLOSING,	/* signed decimals */
	EVENT_OPENED, EVENT_CLOSED,	/* days the balances are of */
	EVENT_SIGNATURE,	/* b= of the DKIM signature that was trusted */
	EVENT_WHY,		/* of drift, unreadable: what was wrong; of a
				 * return: the reason code, the bank's words */
	EVENT_FEE,		/* plain decimal that the bank or the provider
				 * kept: the amount is what the payer paid */
	EVENT_BATCH,		/* id of the payout or batch it belongs to */
	EVENT_COVERAGE,		/* of a statement's frame, what it covers:
				 * "statement": all that is booked between two
				 * balances; "report": of the day, without
				 * continuity (camt.052, camt.054, MT942);
				 * "list": booked, but a format without an
				 * opening balance, so no gap can be seen */
	EVENT_SEQUENCE,		/* of a statement's frame: its number in the
				 * bank's own count, digits */
	EVENT_CHARGES,		/* plain decimal that banks on the way kept, as
				 * ours tells: the amount is what they left */
	EVENT_INSTRUCTED_AMOUNT,	/* what the payer's bank was told to pay, */
	EVENT_INSTRUCTED_CURRENCY,	/* where that is not what came in */
	EVENT_EXCHANGE_RATE,	/* plain decimal, as the bank tells it */
	EVENT_CERTAINTY,	/* of an intent. "sure": the text says that
				 * and nothing weightier; "mixed": it surely
				 * says several things, the intent is the one
				 * that holds most; "doubt": the intent is
				 * other, intents tells what it may be */
	EVENT_INTENTS,		/* all that the text says, the weightiest
				 * first, with a "?" behind what is in doubt:
				 * "dispute paid-claim?"; absent: nothing */
	EVENT_PAID_ON,		/* of a paid-claim: the day that it names; its
				 * amount and currency are the stated ones, the
				 * references the numbers in the new text */
	EVENT_METHOD,		/* how it was paid, when it says so: transfer,
				 * card, cheque, cash, debit, paypal ... */
	EVENT_CONTACT,		/* address to write to instead, as told */
	EVENT_LANGUAGE,		/* that a reply is written in: "de" */
	EVENT_THREAD,		/* of an answer: the Message-IDs of In-Reply-To
				 * and References, with blanks between, the
				 * nearest first, where In-Reply-To is not all */
	EVENT_TAG,		/* the tag of ours in an address that it was
				 * sent to: "r12-0123..." */
	EVENT_MARK,		/* X-Mailfilter-Letter of the mail or, in a
				 * bounce, of the mail that came back */
	EVENT_SENDER,		/* of a person's mail: "proved" when our server
				 * saw the domain of From sign or send it,
				 * "disproved" when it saw that it did not */
	EVENT_NUMBER,		/* of an invoice: what is printed, */
	EVENT_DUE,		/* day, */
	EVENT_OPEN,		/* plain decimal that is to be paid, */
	EVENT_TAX,		/* contained in the amount, */
	EVENT_TYPE,		/* UNTDID 1001: 380 invoice, 381 credit note, */
	EVENT_SELLER, EVENT_SELLER_ID,	/* name, VAT number; payer is the buyer, */
	EVENT_BUYER_ID,		/* his VAT number or our id of him, */
	EVENT_COUNTRY,		/* his country, ISO 3166, */
	EVENT_PO,		/* his purchase order, */
	EVENT_DOCUMENT,		/* and all of it, as JSON */
	EVENT_FIELDS		/* how many */
};

struct event;

struct event *event_new(enum event_kind kind);
void event_free(struct event *event);	/* NULL allowed */
enum event_kind event_kind(const struct event *event);
const char *event_kind_name(enum event_kind kind);	/* "auto-reply" */

/* Borrowed; NULL when absent. */
const char *event_get(const struct event *event, enum event_field field);
/* Copies the value; NULL and "" both clear the field. Control characters turn
 * into spaces and free text is cut at its limit; any other value that is too
 * long or can not be (a day, a currency, trust) clears the field and is noted
 * as refused, so that what is set always survives the text form. */
void event_set(struct event *event, enum event_field field, const char *value);
const char *event_field_name(enum event_field field);

/* All references found: the structured one, symbols, what a template calls
 * a reference. Borrowed NULL-terminated arrays, never NULL. */
const char *const *event_references(const struct event *event);
void event_add_reference(struct event *event, const char *reference);
/* "field: why" of everything that was refused. */
const char *const *event_refused(const struct event *event);
void event_refuse(struct event *event, const char *field, const char *why);

/* The amount in minor units; false when there is none. */
bool event_money(const struct event *event, int64_t *minor);
/* trust is "verified": authenticated, a template's reading, nothing refused. */
bool event_is_verified(const struct event *event);

/* The text form: one JSON object a line (CONTRACT, Events). The caller owns
 * the result. event_from_json and event_read, which reads one object of
 * length bytes, give NULL for anything that is no event; event_write appends
 * what event_to_json would be as text. */
json_t *event_to_json(const struct event *event);
struct event *event_from_json(const json_t *json);
void event_write(const struct event *event, GString *out);
struct event *event_read(const char *text, size_t length);

/* ---- reading mail and statements --------------------------------------- */

struct parser_options {
	const char *const *bank_dirs;	/* searched in this order, NULL at end */
	const char *const *words_dirs;	/* phrase lists for replies */
	const char *const *map_dirs;	/* mappings of CSV statements */
	const char *map;		/* the one of them to use, or NULL: the
					 * one that knows most of the columns */
	const char *account;		/* whose statement it is when the file
					 * does not say, or NULL */
	const char *extract;		/* path of mailfilter-extract, or NULL */
	const char *authserv_id;	/* of our own MTA (RFC 8601), or NULL:
					 * then nothing is ever verified */
	const char *boundary;		/* host in our boundary Received, or NULL */
	const char *const *mailboxes;	/* our addresses, NULL or empty: any */
	const char *dkim;		/* path of mailfilter-dkim: signatures
					 * are verified where our MTA says
					 * nothing; NULL: they are not */
	const char *dkim_keys;		/* file of keys, nobody else is asked;
					 * or NULL: the name server is */
	const char *dkim_cache;		/* file for answers of the name server,
					 * or NULL */
	const char *dkim_resolver;	/* "ADDRESS[:PORT]", or NULL: the
					 * machine's own */
	const char *const *banks;	/* names of configured banks, or NULL: all
					 * shipped banks are known by sender */
	int64_t now;			/* seconds since the epoch, for ages */
	int timeout_ms;			/* for one message, the child included */
	bool generic;			/* leave the templates out */
};

struct parser;

/* Loads the banks' files. NULL: *why holds the sentence, caller frees. */
struct parser *parser_new(const struct parser_options *options, char **why);
void parser_free(struct parser *parser);

/* Reads one message from a seekable descriptor (its whole content) in a
 * forked, limited, sandboxed child. Always gives at least one event (element
 * type struct event, array frees them): what cannot be read is one event of
 * kind unreadable. *retry is true when the child crashed, ran out of time or
 * hit a limit (the caller counts tries and quarantines). */
GPtrArray *parser_read(struct parser *parser, int fd, bool *retry);

/* The same for mail of our own that goes out: an event of kind reminder (of
 * any program; why has the phrases that said so) or other, with subject and
 * text (what it shows, quotes cut, 7,800 bytes at most), and behind it one of
 * kind invoice for each e-invoice that is attached. Nothing of it is trusted
 * or distrusted. */
GPtrArray *parser_read_outgoing(struct parser *parser, int fd, bool *retry);

/* What parser_read_many found in message number index. The events are
 * borrowed. */
typedef void parser_events_fn(unsigned index, GPtrArray *events, void *user);

/* Reads many messages much faster than one by one: several share a child and
 * a helper, so that one of them might colour what is said of the next. It is
 * for showing events to a person or a program that measures; what acts on
 * events reads each message alone. A message that breaks its child is read
 * again alone. Calls take for each, in order. */
void parser_read_many(struct parser *parser, const int *fds, unsigned count,
    parser_events_fn *take, void *user);

/* An event of a statement file: a frame (EVENT_STATEMENT), then its entries,
 * then the next frame. It is freed afterwards. False ends the reading. */
typedef bool statement_event_fn(struct event *event, void *user);

enum statement_result {
	STATEMENT_READ,		/* to its end */
	STATEMENT_UNKNOWN,	/* of no format that is known */
	STATEMENT_REFUSED,	/* broken; before the first event, as a rule */
	STATEMENT_STOPPED	/* by the caller */
};

/* Reads a statement of any format and size, from a seekable descriptor at its
 * start, in the sandboxed helper; only one event is held at a time. The
 * place in the file moves as it is read. *why: a sentence when it is unknown
 * or refused, else NULL; caller frees. What was given must count for nothing
 * unless the result is STATEMENT_READ. */
enum statement_result parser_read_statement(struct parser *parser, int fd,
    statement_event_fn *each, void *user, char **why);

/* The e-invoice (UBL, CII, or a PDF with one in it) that is file number index
 * of an archive; of any other file, index 0 is itself. An object of document
 * (mailfilter-invoice(5)), wrong (sentences: what cannot be taken or does not
 * add up), odd (sentences: what is strange and no hindrance), unread (paths of
 * elements without a place in the document) and syntax ("ubl", "cii"); the
 * caller owns it. NULL: it is none, or *why it cannot be read; caller frees.
 * *files is how many there are. */
json_t *parser_read_invoice(struct parser *parser, int fd, unsigned index,
    unsigned *files, char **why);

/* A draft of a mapping (mailfilter-statement(5)) for a table of entries that
 * no mapping knows, for a person to look at; the caller frees. NULL: it is no
 * such table. */
char *parser_draft_map(struct parser *parser, int fd);

/* ---- learning how a bank writes (mailfilter bank learn) ----------------- */

/* A mail, decoded in the sandboxed child: an object with from, domain, name,
 * subject, day, text, html, language, bank (when it is known), signers
 * (objects with domain and content_type) and events (what the generic reader
 * says). Absent members are left out. NULL: *why says why, caller frees. */
json_t *parser_sample(struct parser *parser, int fd, char **why);

/* The text of a bank's file out of samples: job has title, domain, from,
 * dkim (arrays), unsigned (true), named, country, language, currency, all of
 * them strings if not said otherwise, and may have append, the text of a file
 * that gets more templates; samples are those of parser_sample() with kind,
 * file and values (field to value, canonical or as it stands in the mail) and
 * places (field to which of its places, from 1). What cannot be learned is
 * added to problems (char *). The caller frees the text. */
char *parser_learn(struct parser *parser, json_t *job, GPtrArray *problems);

/* The lines in which a value stands, as strings; the caller owns the array. */
json_t *parser_places(struct parser *parser, const json_t *sample,
    const char *field, const char *value);

/* Does the bank's file at path read all samples of the job as confirmed, and
 * none of those in its array not? All that is wrong is added to problems
 * (char *), what is only left out to notes, and which other banks' templates
 * would answer, too, if they were asked. */
void parser_learn_check(const struct parser *parser, const char *path,
    const char *name, const json_t *job, GPtrArray *problems,
    GPtrArray *notes);

/* Names of all banks known, and a test of every file: NULL-terminated array
 * of "FILE:LINE: reason", empty when all is in order. Caller g_strfreev()s. */
char **parser_bank_names(const struct parser *parser);
char **parser_check(const struct parser *parser);
/* A bank's facts for `bank show`: name, title, country, domains, templates. */
json_t *parser_bank_describe(const struct parser *parser, const char *name);

/* Does the sandbox hold? An object of what was tried: true when denied. */
json_t *parser_selftest(void);

/* ---- tables: the owner's own CSV and JSON Lines ------------------------ */

/* One row as a JSON object of strings (JSON Lines keep arrays and numbers),
 * borrowed. line counts from 1. Return false to stop. */
typedef bool table_row_fn(unsigned line, json_t *row, void *user);
/* A bad line; the rest is still read. */
typedef void table_bad_fn(unsigned line, const char *why, void *user);

/* Reads RFC 4180 CSV with a header line (comma, semicolon or tab; UTF-8, BOM
 * allowed) or JSON Lines, guessed by the first character. */
void table_read(const char *text, size_t length, table_row_fn *row,
    table_bad_fn *bad, void *user);

#endif
