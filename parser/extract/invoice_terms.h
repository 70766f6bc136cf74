/*
 * invoice_terms.h - business terms of EN 16931: where each syntax keeps them,
 * and which key of the document they become. A syntax is a table of these
 * rows, a row of a group has a table of its own.
 */
#ifndef INVOICE_TERMS_H
#define INVOICE_TERMS_H

#include "../parser.h"
#include "invoice_tree.h"

struct term;

struct reading {
	json_t *document;
	json_t *wrong;		/* sentences: what cannot be taken; */
	json_t *odd;		/* what is strange and no hindrance */
	char *currency, *tax_currency;	/* NULL: not said */
	bool credit;		/* the syntax itself says: a credit note */
};

/* Puts what stands at a node into an object, under the term's key. */
typedef void term_read_fn(struct reading *reading, json_t *into,
    const struct term *term, struct invoice_node *node, const char *text);

struct term {
	const char *path;	/* invoice_tree.h; NULL ends a table */
	const char *key;	/* "payment.reference": below others */
	term_read_fn *read;
	const struct term *group;
};

/* All terms of a table below a node. */
void terms_read(struct reading *reading, json_t *into,
    const struct term *table, struct invoice_node *node);

/* The first one counts, for all of these but term_each. */
term_read_fn term_text;		/* one line */
term_read_fn term_lines;	/* lines */
term_read_fn term_day;
term_read_fn term_decimal;
term_read_fn term_amount;	/* in the currency of the invoice */
term_read_fn term_tax_total;	/* in that, or in the one of accounting */
term_read_fn term_each;		/* an object of the group in a list */
term_read_fn term_group;	/* an object */
term_read_fn term_inside;	/* the group's keys in this object */
term_read_fn term_type;		/* BT-3: type, and type_code if it differs */
term_read_fn term_note;		/* "#AAI#text": BT-21 in front of BT-22 */
term_read_fn term_conditions;	/* BT-20 without its #SKONTO# lines */
term_read_fn term_account;	/* iban or account */
term_read_fn term_tax_time;	/* BT-8, of either code list */
term_read_fn term_profile;	/* BT-24 */
term_read_fn term_file;		/* base64 of an attachment */

/* A plain decimal (xs:decimal) in its shortest form, at most digits behind
 * the point if that is not -1 (then as many as that, too). NULL: it is none.
 * The caller frees. */
char *terms_decimal(const char *text, int digits);
void terms_wrong(struct reading *reading, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

/* parser/extract/invoice_ubl.c, invoice_cii.c */
extern const struct term invoice_ubl[], invoice_cii[];

/* Gives the elements of ZUGFeRD 1 the names that they have in CII D16B. */
void invoice_rename(struct invoice_node *root);

/* invoice_sums.c: what does not add up by the rules of EN 16931 (BR-CO-10 to
 * 17, BR-S-8 and its like), as sentences with both figures in wrong; lines
 * that are not quantity times price in odd. */
void invoice_sums(struct reading *reading);

#endif
