/*
 * document_shape.h - one row a key of an invoice document: what may stand in
 * it.
 */
#ifndef DOCUMENT_SHAPE_H
#define DOCUMENT_SHAPE_H

#include "document_internal.h"

enum shape_kind {
	SHAPE_TEXT,		/* one line */
	SHAPE_LINES,		/* several */
	SHAPE_DAY, SHAPE_CURRENCY, SHAPE_TYPE, SHAPE_PROFILE, SHAPE_UNIT,
	SHAPE_CODE,		/* of the list in `more` */
	SHAPE_AMOUNT,		/* the currency's digits */
	SHAPE_TAX_AMOUNT,	/* the tax currency's */
	SHAPE_NUMBER,		/* as many decimals as `more` says */
	SHAPE_PERCENT,		/* four decimals, 0 to 100 */
	SHAPE_COUNT,		/* days, 0 to 3650 */
	SHAPE_IBAN, SHAPE_BIC, SHAPE_BASE64,
	SHAPE_OBJECT, SHAPE_LIST	/* of `below` */
};

struct shape {
	const char *key;
	const char *term;	/* of EN 16931-1: for a party's fields the
				 * seller's and the buyer's */
	enum shape_kind kind;
	int more;
	const struct shape *below;
};

/* document_value.c: checks one value that is no list and no object, and
 * writes it into the object in its canonical form. */
bool shape_value(struct work *work, json_t *object, const struct shape *row,
    json_t *value, const char *path);

#endif
