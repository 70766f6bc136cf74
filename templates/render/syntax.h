/*
 * syntax.h - the parts of the e-invoice writer: the tables of the syntaxes,
 * the view of the document that they are read from, and the profiles.
 */
#ifndef RENDER_SYNTAX_H
#define RENDER_SYNTAX_H

#include "xmlmap.h"

#include <stdbool.h>

extern const struct xml_row ubl_invoice[], ubl_credit_note[], cii_invoice[];

enum profile_trait {
	PROFILE_CII = 1,	/* else UBL */
	PROFILE_GERMAN = 2,	/* XRechnung's rules and #SKONTO# lines */
	PROFILE_NETWORK = 4,	/* Peppol's rules and code lists */
	PROFILE_PAIRED = 8,	/* percent and base only together */
	PROFILE_MANY = 16	/* CII with several preceding invoices */
};

struct profile {
	const char *name;
	const char *customization;	/* BT-24 */
	const char *process;		/* BT-23, NULL: none */
	unsigned traits;
};

/* NULL: there is no such profile. */
const struct profile *profile_find(const char *name);

/*
 * The document as the tables want it: defaults filled in, what the profile
 * has no place for left out, the names with "_" made. A new object; its text
 * is checked to be fit for XML (else NULL and *why).
 */
json_t *einvoice_view(const json_t *document, const struct profile *profile,
    char **why);

/* What the profile demands and the view does not have: NULL, or a sentence
 * that names the field and what to enter. */
char *profile_demand(const json_t *view, const struct profile *profile);

/* Is it a credit note for UBL (a document of its own kind)? */
bool is_credit_note(const json_t *view);
/* A text at a path of the view, "" when there is none. */
const char *view_text(const json_t *view, const char *path);
bool both_german(const json_t *view);

#endif
