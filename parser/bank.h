/*
 * bank.h - the banks' side of the parser: files NAME.bank, and what a mail of
 * a bank says (mailfilter-bank(5)). Internal to parser/. Everything here also
 * runs inside the sandboxed child: it opens no file after bank_load_dirs().
 */
#ifndef BANK_H
#define BANK_H

#include "parser.h"

struct bank;

/* Loads every *.bank of the folders; of two with one name the earlier folder
 * wins. A folder that is not there counts as empty. Cheap: a file is searched
 * for its senders, and read when one of them is found. NULL when a file names
 * none: *why holds "FILE:LINE: reason", caller frees. Else an array that owns
 * its elements. */
GPtrArray *bank_load_dirs(const char *const *dirs, char **why);

/* Tests every file thoroughly, patterns too: adds "FILE:LINE: reason"
 * (g_malloc'ed) to problems. */
void bank_check_dirs(const char *const *dirs, GPtrArray *problems);

const char *bank_name(const struct bank *bank);
json_t *bank_describe(const struct bank *bank);	/* for parser_bank_describe */

/* The bank that sends from a domain (lower case, A-labels), or NULL: one of
 * its sender domains, or below one where its file allows subdomains. Where
 * two claim it, the one of the earlier folder. */
const struct bank *bank_find_sender(GPtrArray *banks, const char *domain);
/* Makes ready what every mail of a bank asks its templates, and the one that
 * answered (or NULL): the children that are forked later have them. */
void bank_prepare(GPtrArray *banks, const char *name, const char *template);
/* May its mail be signed without Content-Type in h= ? */
bool bank_excuses_content_type(const struct bank *bank);
/* Is d= of a DKIM signature aligned with the bank's domains? Any case. */
bool bank_is_dkim_domain(const struct bank *bank, const char *d);

/* A mail of the bank, decoded: UTF-8, lines end with \n. */
struct bank_mail {
	const char *from;	/* address of the From field, lower-case domain */
	const char *subject;	/* decoded; "" when there is none */
	const char *text;	/* of the text/plain part, or NULL */
	const char *html_text;	/* what the HTML part shows, or NULL */
	const char *date;	/* ISO day of the Date field, in its own zone;
				 * NULL when it has none that is valid */
};

/* Appends what the mail says: credit, debit and return events with bank,
 * template, reader and all facts set, or one drift event with its why. Where
 * text and html_text are both there they must yield the same facts, else the
 * event is refused ("text: ..."). Trust, message_id, from, subject, date and
 * signature are the caller's. */
void bank_read(const struct bank *bank, const struct bank_mail *mail,
    GPtrArray *events);

#endif
