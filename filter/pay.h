/*
 * pay.h - ways to pay: what a payer's banking app or browser takes in at once,
 * made from our account, the invoice and its amount. One file a way, one table
 * of them (pay_ways.c). Pure.
 */
#ifndef PAY_H
#define PAY_H

#include "config.h"

#include <jansson.h>

/* ---- the account's options (pay_account.c, reference_make.c) --------------- */

/* An option of a section account by its name, as it is kept: upper case,
 * without blanks … NULL: *why says what is wrong with it. The caller frees. */
char *pay_option_convert(const char *option, const char *value, char **why);
/* What only the whole section can tell: is there all that its ways and its
 * reference need? NULL, or the sentence (the caller frees). */
char *pay_account_check(const struct account *account,
    const struct config *config);
/* Notes for `check`: one line of text (the caller frees), NULL: nothing. */
char *pay_account_hint(const struct account *account,
    const struct config *config);

/* Where the account is: its IBAN's country, that of its bank code, else the
 * owner's; "" when nobody knows. */
const char *pay_country(const struct account *account,
    const struct config *config);
/* The code of the bank in the account's country, and what it is called there:
 * "20-41-33" is a "Sort code". The caller frees; NULL: there is none. */
char *pay_bank_code(const struct account *account, const char **title);

/* NULL, or what is wrong with a template of a link (the caller frees). */
char *pay_link_check(const char *link);

/* ---- one payment ------------------------------------------------------------- */

struct pay_party {		/* each may be NULL */
	char *name, *street, *building, *postcode, *city, *country;
};
void pay_party_release(struct pay_party *party);
/* Of a party of an invoice document. */
void pay_party_read(struct pay_party *out, const json_t *party);
/* Of an address as letters have it, a line each. */
void pay_party_read_lines(struct pay_party *out, const char *name,
    const char *address, const char *country);
/* Has it all that a structured address needs? */
bool pay_party_is_whole(const struct pay_party *party);

struct pay {			/* what is asked for */
	const struct account *account;
	const struct config *config;
	struct pay_party creditor, debtor;
	int64_t amount;		/* above zero */
	const char *currency;
	const char *reference;	/* NULL: several invoices */
	const char *number;	/* of the invoice, or several with blanks */
	const char *date, *due, *po;	/* or NULL */
	const char *email;	/* the customer's, or NULL */
	const char *language;	/* "de-CH" */
	const json_t *document;	/* of the one invoice, or NULL */
};

struct pay_way {
	const char *name;	/* as `ways` has it */
	/* What the account lacks for it ("an IBAN as iban"), or NULL. */
	const char *(*lacks)(const struct account *account);
	/* Is it usual for such an account and currency? */
	bool (*is_usual)(const struct account *account, const char *country,
	    const char *currency);
	/* The text that a code or a link holds; NULL: not for this payment. */
	char *(*payload)(const struct pay *pay);
	/* What else a document shows of it, into the way; may be NULL. */
	void (*fields)(const struct pay *pay, json_t *way);
	const char *title;	/* what people call it, or NULL */
	const char *scheme;	/* it is a link of this scheme, or NULL: a code */
	const char *ecc;	/* of the code: L M Q H */
	int size;		/* of the code in millimetres */
	/* Several ways in its place, instead of payload; may be NULL. */
	void (*each)(const struct pay *pay, json_t *ways);
};
extern const struct pay_way pay_epc, pay_swiss, pay_spayd, pay_by_square,
    pay_pix, pay_upi, pay_link;

/* NULL: there is none of this name. */
const struct pay_way *pay_way_find(const char *name);
/* "epc-qr, swiss-qr, …"; the caller frees. */
char *pay_way_names(void);
/* The ways of this payment, in the order of the account's; an empty array:
 * there is none. until, less: an early payment's last day and amount, which
 * each way then has too (NULL, 0: none). */
json_t *pay_ways(const struct pay *pay, const char *until, int64_t less);

/* ---- text as payloads want it (pay_text.c) ------------------------------------- */

/* One line of UTF-8 without control characters, blanks once, at most that
 * many characters and not cut within one; NULL and "" give "". */
char *pay_line(const char *text, size_t most);
/* … as plain upper-case or mixed-case ASCII: marks removed, other scripts in
 * Latin letters, what is not in "kept" replaced by a blank. */
char *pay_ascii(const char *text, size_t most, const char *kept);
/* Without blanks, and without what no reference has. */
char *pay_tight(const char *text);
/* "RF18 5390 0754 7034", "+++090/9337/55493+++": as people read it. */
char *pay_reference_shown(const char *reference);
/* The text for a payer who has no field for such a reference. */
char *pay_message(const struct pay *pay, size_t most);

#endif
