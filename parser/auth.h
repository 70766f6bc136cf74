/*
 * auth.h - is a mail really from whom it seems to be? What our own mail
 * server wrote into Authentication-Results (RFC 8601), held against the DKIM
 * signature (RFC 6376) and the raw header. Internal to parser/; pure.
 */
#ifndef AUTH_H
#define AUTH_H

#include "header.h"

/* ---- Authentication-Results (authres.c) ------------------------------------- */

struct authres_property {
	char *ptype, *name;	/* lower case: "header", "d" */
	char *value;
};

struct authres_result {
	char *method, *result;	/* lower case: "dkim", "pass" */
	unsigned version;	/* of the method; 1 when not written */
	GPtrArray *properties;	/* struct authres_property */
};

struct authres {
	char *id;		/* the authserv-id as written */
	unsigned version;	/* 1 when not written */
	GPtrArray *results;	/* struct authres_result; empty for "none" */
};

/* NULL when the value is not in the grammar of RFC 8601, 2.2. */
struct authres *authres_parse(const char *value);
void authres_free(struct authres *authres);	/* NULL allowed */
/* The value of a property, NULL when it is not there exactly once. */
const char *authres_property(const struct authres_result *result,
    const char *ptype, const char *name);

/* ---- DKIM-Signature (dkim.c) --------------------------------------------------- */

/* Tag to value, blanks removed; NULL when it is no tag list or one tag stands
 * twice (RFC 6376, 3.2). */
GHashTable *dkim_parse(const char *value);
/* Does h= name a field (lower case)? */
bool dkim_covers(GHashTable *tags, const char *field);

/* ---- the answer ------------------------------------------------------------------ */

struct auth_question {
	const struct header *header;
	const char *authserv_id;	/* NULL: nothing is ever trusted */
	const char *boundary;		/* NULL: the authserv-id, if a Received
					 * names it */
	const char *const *mailboxes;	/* NULL or empty: any */
	int64_t now;
	bool excuse_content_type;
	/* Is d= one of the bank's signing domains? */
	bool (*is_aligned)(const void *bank, const char *d);
	const void *bank;
	/* Our own look at the index-th DKIM-Signature, whose key has that
	 * name, when our mail server says nothing: NULL when it is good, else
	 * why not (caller frees). NULL: there is none. */
	char *(*verify)(void *verifier, unsigned index, const char *name);
	void *verifier;
};

/* Why the mail is not to be trusted: an array of char *, empty when it is; the caller g_ptr_array_unref()s. *signature gets the b= of the
 * trusted signature (caller frees), NULL when there is none. */
GPtrArray *auth_check(const struct auth_question *question, char **signature);
/* The one field of our own server, above our boundary; NULL with *why (static)
 * when there is none. */
struct authres *auth_results(const struct auth_question *question,
    const char **why);

#endif
