/*
 * generic.h - the generic reader: credits, debits and returns out of a mail
 * whose bank has no template, by the words of its language (labels.h). What it
 * says is a question to the owner, never a fact: trust "unverified".
 * Internal to parser/.
 */
#ifndef GENERIC_H
#define GENERIC_H

#include "labels.h"
#include "parser.h"

struct generic_mail {
	const char *from;	/* address, or NULL */
	const char *subject;	/* or NULL */
	const char *text;	/* the plain part, or NULL */
	const char *html_text;	/* what the HTML part shows, or NULL */
	const char *date;	/* day of the mail, or NULL */
};

/* Adds events of kind credit, debit, return or advice; none when there is
 * nothing, or any doubt whether and how much money moved. */
void generic_read(const struct labels *labels, const struct generic_mail *mail,
    GPtrArray *events);

/* Does it speak of no money that came, in a language that is known: no such
 * word, and a code, an offer, or no amount at all? */
bool generic_is_idle(const struct labels *labels,
    const struct generic_mail *mail);

#endif
