/*
 * reference_make.h - references that our invoices carry.
 */
#ifndef REFERENCE_MAKE_H
#define REFERENCE_MAKE_H

#include "config.h"
#include "../store/store.h"

struct reference_maker {	/* one kind of reference */
	const char *name;	/* as `reference` of an account has it */
	const char *kind;	/* its row in reference_kinds.c */
	const char *countries;	/* whose accounts have it by default */
	size_t least, most;	/* characters of the core, check digits apart */
	bool letters;		/* the core may have some */
	/* The core with its check digits and wrapping; the caller frees. */
	char *(*wrap)(const char *core, const struct account *account);
	const char *(*lacks)(const struct account *account);	/* or NULL */
};

const struct reference_maker *reference_maker(const char *name);
char *reference_maker_names(void);	/* the caller frees */
/* The account's own, else that of its country, else "rf"; account may be
 * NULL. */
const struct reference_maker *reference_maker_of(
    const struct account *account, const struct config *config);

/* The reference for an invoice's number: the letters and digits of it. attempt
 * 0 is the plain one, the others are for numbers whose plain one is taken:
 * each is another. The caller frees. Pure. */
char *reference_make(const struct reference_maker *maker,
    const struct account *account, const char *number, unsigned attempt);

/* What is quoted of an invoice that came without a reference: an RF one. The
 * caller frees; NULL: there is nothing to make it of. Pure. */
char *reference_quoted(const char *number);

/* reference_issue.c: … the first that no other invoice has. To be called in
 * the transaction that adds the invoice. *reference is the caller's. */
enum store_status reference_issue(struct store *store,
    const struct config *config, const struct account *account,
    const char *number, char **reference);

#endif
