/*
 * document_internal.h - what the parts of document.c share: the work on one
 * document, its faults, exact decimals.
 */
#ifndef DOCUMENT_INTERNAL_H
#define DOCUMENT_INTERNAL_H

#include "../parser/parser.h"
#include "codes.h"
#include "document.h"

/* One document in work. */
struct work {
	json_t *root;
	const char *currency, *language;
	int digits;		/* decimals of computed amounts */
	GArray *taxes;		/* struct tax, in order of first use */
	char *why;		/* the first fault, or NULL */
};

/* Lines, allowances and charges of one category and rate. */
struct tax {
	const char *category;
	int64_t rate;		/* RATE_SCALE, or NO_RATE */
	int64_t lines;		/* nets of its lines */
	int64_t base, amount;
};

#define RATE_SCALE 10000	/* four decimals of a percent */
#define NO_RATE INT64_C(-1)
#define LARGEST INT64_C(10000000000000000)	/* of a minor amount */

/* ---- faults ---------------------------------------------------------------- */

/* Notes the first fault: "PATH (TERM): sentence". Returns false. */
bool fault(struct work *work, const char *path, const char *term,
    const char *format, ...) G_GNUC_PRINTF(4, 5);
/* "lines[3]" and "lines[3].key"; the caller frees. */
char *path_item(const char *list, size_t i);
char *path_key(const char *object, const char *key);

/* ---- document_number.c: decimals, exact -------------------------------------- */

/* Reads a plain decimal with at most `decimals` of them as an integer of that
 * many; false when it is none, has more, or leaves 18 digits. */
bool decimal_read(const char *text, int decimals, int64_t *out);
/* Is it a plain decimal, with however many decimals? */
bool decimal_is(const char *text);
/* Without noughts at its end: "19"; the caller frees. */
char *number_text(int64_t value, int decimals);
/* With all of them: "19.00"; the caller frees. */
char *amount_text(int64_t value, int digits);
/* a * b / divisor, halves away from zero; false beyond LARGEST. */
bool mul_div(int64_t a, int64_t b, int64_t divisor, int64_t *out);
/* quantity * price / per, all with six decimals, in `digits`; likewise. */
bool line_amount(int64_t quantity, int64_t price, int64_t per, int digits,
    int64_t *out);
/* *sum += value; false beyond LARGEST. */
bool add_up(int64_t *sum, int64_t value);
int64_t power_of_ten(int digits);

/* ---- fields ------------------------------------------------------------------- */

/* The text of a key, NULL when there is none. */
const char *text_of(const json_t *object, const char *key);
/* The number of a key with so many decimals (it was checked), else `absent`. */
int64_t number_of(const json_t *object, const char *key, int decimals,
    int64_t absent);
void set_text(json_t *object, const char *key, const char *text);
/* Writes an amount with the work's digits. */
void set_amount(const struct work *work, json_t *object, const char *key,
    int64_t amount);
/* Has it one of these keys ("tax_id|tax_number")? object may be NULL. */
bool has_any(const json_t *object, const char *keys);

/* ---- the parts, in their order ------------------------------------------------- */

/* document_shape.c: only known keys with readable values; brings values into
 * their canonical form. */
bool document_check_shape(struct work *work);
/* document_party.c: seller, buyer and who else is named. */
bool document_check_parties(struct work *work);
/* document_rules.c: type, days, references, payment. */
bool document_check_head(struct work *work);
/* document_rules.c: what the categories ask (BR-S-2 … BR-O-14). */
bool document_check_taxes(struct work *work);
/* document_lines.c: defaults and nets of lines, allowances, charges; fills
 * work->taxes. */
bool document_count_lines(struct work *work);
/* document_shares.c: one allowance or charge: amount, base, reason. */
bool share_complete(struct work *work, json_t *share, bool charge,
    int64_t base, const char *path, int64_t *amount);
/* document_shares.c: those of the whole document. */
bool document_count_shares(struct work *work);
/* document_lines.c: category and rate go together (BR-x-05); brings the rate
 * in order. *rate as in struct tax. */
bool category_check(struct work *work, json_t *object, const char *path,
    const char *term, int64_t *rate);
/* document_lines.c: the tax of a category and rate, made when it is new. */
struct tax *tax_of(struct work *work, const char *category, int64_t rate);
/* document_totals.c */
bool document_count_totals(struct work *work);

#endif
