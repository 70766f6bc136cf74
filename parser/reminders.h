/*
 * reminders.h - the words of reminders, as programs send them out: data files
 * words/LANG.reminders. Internal to parser/.
 *
 * A line is "KEY PHRASE"; "#" begins a comment. A phrase is compared as whole
 * words, without case and accents; a word that ends with "*" stands for all
 * that begin with it. Keys:
 *   subject  says in a subject that the mail is a reminder of a payment
 *   title    says it in a subject or a heading when the text speaks of a debt
 *   late     the text says that a payment is late
 *   debt     the text speaks of money that is owed, or asks for it
 *   paid     the mail is about money that came: no reminder
 *   sorry    the mail takes a reminder back
 *   other    a subject of something else: an offer, an order, news
 *   not      a word that voids the phrase right behind it
 */
#ifndef REMINDERS_H
#define REMINDERS_H

#include <glib.h>
#include <stdbool.h>

struct reminders;

/* Reads all *.reminders of the folders (NULL or NULL-terminated). Never NULL;
 * bad lines go as "FILE:LINE: reason" into problems (may be NULL). */
struct reminders *reminders_load(const char *const *dirs, GPtrArray *problems);
void reminders_free(struct reminders *reminders);	/* NULL allowed */

/* Is a mail with this subject and text a reminder of a payment? In doubt it is
 * none. *why (may be NULL): which phrases said so; the caller frees. */
bool reminders_recognise(const struct reminders *reminders,
    const char *subject, const char *text, char **why);

#endif
