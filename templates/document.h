/*
 * document.h - from the computed document of an invoice to values that letters
 * and pages are written from. Only for this folder.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "language.h"

#include <jansson.h>

/* What the words of a document are taken from; borrowed. */
struct document_words {
	const json_t *words;	/* labels of the language */
	const json_t *units;	/* "HUR": "h", "DAY.one": "day" */
	const json_t *countries;	/* "DE": "Germany" */
	const struct language *language;
};

/* The typed values under "document" (mailfilter-template(7)); the caller owns
 * the result. document: as DOCUMENT in mailfilter(1), computed. */
json_t *document_values(const json_t *document,
    const struct document_words *words);

/* What is being written, for the files below. */
struct document {
	const json_t *json;
	const struct document_words *words;
	const char *currency, *home;
	int digits;		/* of the currency */
	json_t *out;
};

/* A text of an object, a label; "" when there is none. */
const char *document_text(const json_t *object, const char *name);
const char *document_word(const struct document *document, const char *name);
/* Set what is not empty: a text, an amount, one below zero, a decimal without
 * zeros at its end. */
void document_set(json_t *object, const char *name, const char *text);
void document_set_amount(const struct document *document, json_t *object,
    const char *name, const char *decimal);
void document_set_negative(const struct document *document, json_t *object,
    const char *name, const char *decimal);
void document_set_trimmed(json_t *object, const char *name,
    const char *decimal);
bool document_is_zero(const char *decimal);

/* ---- document_lines.c, document_sums.c ------------------------------------- */

void document_add_lines(const struct document *document);
/* "changes": allowances, below zero, and charges of a line or of all. */
void document_add_changes(const struct document *document, json_t *out,
    const json_t *from);
void document_add_totals(const struct document *document);

/* ---- document_party.c ------------------------------------------------------ */

/* {"name","address" (lines),"address_line","tax_id",…} of a party; home: the
 * country of the one who sends. The caller owns the result. */
json_t *document_party(const json_t *party, const char *home,
    const struct document_words *words);
/* The lines of an address as they stand on an envelope; the caller frees. */
char *document_address(const json_t *address, const char *home,
    const struct document_words *words);

/* ---- decimal.c ------------------------------------------------------------- */

/* "12.5" with so many digits behind the point, longer ones stay:
 * "12.50". The caller frees. */
char *decimal_pad(const char *decimal, int digits);
/* Without zeros at the end behind the point. The caller frees. */
char *decimal_trim(const char *decimal);
int decimal_digits(const char *decimal);
/* The sum, or the difference, with the more of both's digits; NULL when one
 * is no decimal or it is too long. The caller frees. */
char *decimal_add(const char *a, const char *b);
char *decimal_subtract(const char *a, const char *b);
/* percent of the amount, rounded half up to the amount's digits; NULL as
 * above. The caller frees. */
char *decimal_percent(const char *amount, const char *percent);

#endif
