/*
 * mt940.h - the parts of a SWIFT customer statement (MT940) and interim report
 * (MT942) as pure functions: a statement line (:61:), and what a bank says
 * about it (:86:) in whichever dialect it says it.
 */
#ifndef MT940_H
#define MT940_H

#include "../parser.h"

/* Six digits (YYMMDD) as ISO day. Interest is counted in months of 30 days:
 * a day behind the end of its month, up to 31, is the last of that month. */
bool mt940_day(const char *digits, char day[DAY_SIZE]);

/* ---- :61: ------------------------------------------------------------------- */

struct mt940_line {
	char value[DAY_SIZE];
	char booked[DAY_SIZE];	/* "" when the line has no entry date */
	bool credit;		/* C or D as written: of a reversal (RC, RD)
				 * the opposite moves */
	bool reversal;
	bool expected;		/* EC, ED: announced, not booked */
	char *amount;		/* as written */
	char *type;		/* N, F or S and three characters, or "" */
	char *customer;		/* reference for the account owner, or "" */
	char *bank;		/* the bank's own, or "" */
	char *name;		/* counterparty behind the reference, or "" */
	char *more;		/* supplementary details, or "" */
};

/* Reads the content of the field, lines separated by LF. NULL, or what was
 * expected (static). Clear the line in any case. */
const char *mt940_line_read(const char *text, struct mt940_line *line);
void mt940_line_clear(struct mt940_line *line);

/* ---- :86: ------------------------------------------------------------------- */

enum mt940_key {
	MT940_TEXT,		/* what the payer wrote */
	MT940_NAME, MT940_ACCOUNT,	/* of the other side */
	MT940_ULTIMATE,		/* on whose behalf */
	MT940_END_TO_END, MT940_MANDATE,
	MT940_REFERENCE,	/* structured creditor reference */
	MT940_NUMBER,		/* any other reference */
	MT940_BANK,		/* the bank's own reference */
	MT940_RETURN,		/* reason why it came back */
	MT940_NOTE,		/* of the bank, to the payer's text */
	MT940_TYPE,		/* the bank's word for the transaction */
	MT940_CHARGES, MT940_INSTRUCTED, MT940_RATE,	/* of the bank */
	MT940_PARTY,		/* account, BIC, name, city separated by "/" */
	MT940_DROP,		/* read, not kept */
	MT940_KEYS
};

struct mt940_info {
	char *key[MT940_KEYS];	/* NULL when absent */
	int code;		/* German transaction code (GVC), or 0 */
};

/* Reads the content of the field, lines separated by LF. customer is the
 * reference of the line that it belongs to. Never fails: what is in no known
 * dialect is text. */
void mt940_info_read(const char *text, const char *customer,
    struct mt940_info *info);
/* The same for :NS:, lines of two digits and their content. */
void mt940_info_read_numbered(const char *text, struct mt940_info *info);
void mt940_info_clear(struct mt940_info *info);
/* Has the text the shape of an IBAN, or of a long account number? */
bool mt940_is_account(const char *text);
/* Does the code say that money that came in went back? */
bool mt940_info_is_return(const struct mt940_info *info);

/* The same for subfields alone; false when there are none. */
bool mt940_subfields_read(const char *text, struct mt940_info *info);

#define MT940_COLUMNS 65u	/* of a full line */

/* Joins lines: a full one (of the usual length, or what two have reached) and
 * the next without anything, any other with LF. The caller frees. */
char *mt940_join(char **lines, size_t usual);

/* ---- an entry ------------------------------------------------------------------ */

enum event_kind mt940_entry_kind(const struct mt940_line *line,
    const struct mt940_info *info);
/* event NULL: nothing is done. */
void mt940_entry_fill(struct event *event, const struct mt940_line *line,
    const struct mt940_info *info);

/* ---- keys in a text (mt940_keys.c) ------------------------------------------- */

/* "EREF+", "/REMI/", "NAAM:" … in a text where LF is a line that ended early:
 * puts the values into info. False, and nothing done, when there is no key. */
bool mt940_keys_read(const char *text, struct mt940_info *info);
/* Puts a value into info: text is appended, of anything else the first
 * counts. */
void mt940_info_put(struct mt940_info *info, enum mt940_key key,
    const char *value, size_t length);

#endif
