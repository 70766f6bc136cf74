/*
 * bankfile.h - a bank as its file describes it, and the steps from file to
 * facts: bankfile.c reads the file, landmark.c sorts templates out, shape.c
 * compiles what the others look for, template.c looks, facts.c turns what was
 * found into an event.
 */
#ifndef BANKFILE_H
#define BANKFILE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "bank.h"
#include "habits.h"
#include "page.h"

/* A line "label TEXT {field}...": TEXT begins a line of the mail, the shape
 * is what follows on that line (or the next). */
struct label {
	char *text;		/* folded, lower case */
	char *shape;		/* as written; "" for a mere landmark */
	bool optional;
	unsigned line;		/* in the bank's file */
	pcre2_code *code;	/* compiled when first needed */
};

struct template {
	char *name;
	enum event_kind kind;
	bool has_kind;
	unsigned line;
	char *subject, *body, *pattern;	/* NULL when not given */
	unsigned subject_line, body_line, pattern_line;
	GPtrArray *labels;	/* struct label */
	bool repeat;		/* the pattern may answer several times */
	bool payout;		/* money that a provider sends to the bank */
	bool row;		/* one payment in the list of a payout */
	bool next_line;		/* values may stand below their labels */
	bool mail_day;		/* booked is the mail's day */
	bool no_amount;		/* the bank does not say how much it is */
	bool compiled;
	char *broken;		/* "FILE:LINE: reason": it does not compile */
	pcre2_code *subject_code, *body_code, *pattern_code;
};

struct bank {
	char *name, *path, *title, *country, *currency;
	char **spellings;	/* of the currency: "Rs." "₹" */
	GPtrArray *from, *dkim;	/* "bank.example", "*.bank.example" */
	GPtrArray *named;	/* folded names it is called by in its mails */
	const GPtrArray *all;	/* the banks it was loaded with, or NULL */
	GPtrArray *transfers;	/* names by which other banks call it */
	char *decimal, *grouping;
	struct day_habit days;
	char *language;
	bool czech_accounts;	/* 123-456/0800 */
	char *bank_code;	/* added to own accounts without one, or NULL */
	bool excuse_content_type, html_only;
	GPtrArray *templates;	/* struct template, see bankfile_templates() */
	char *text;		/* of the file; NULL when it was read */
	char *broken;		/* "FILE:LINE: reason" */
};

/* Finds out from where one bank sends, and no more: each start pays for all
 * banks. NULL: *why is "FILE:LINE: reason". */
struct bank *bankfile_load(const char *path, const char *name, char **why);
/* Another bank that the mail names, where it does not name this one and the
 * bank's file says how it is called; else NULL. */
const struct bank *bank_named_instead(const struct bank *bank,
    const struct bank_mail *mail);

/* Reads the file once, patterns as text. False: bank->broken; of a broken
 * bank nothing but its name and senders is known. */
bool bankfile_complete(struct bank *bank);
void bankfile_free(struct bank *bank);	/* NULL allowed */

/* Compiles a template's subject and body, or all its patterns, once; false:
 * template->broken says why. */
bool template_compile_conditions(const struct bank *bank, struct template *t);
bool template_compile(const struct bank *bank, struct template *t);

/* Does a word that all matches of a pattern hold stand nowhere in a folded
 * text? False when it cannot be told without compiling the pattern. */
bool landmark_missing(const char *pattern, const char *text);

/* What a template may find beside an event's fields: it is checked, or put
 * to another field, and not kept. */
enum bank_field {
	FIELD_PAYER_BANK = EVENT_FIELDS,	/* behind payer_account */
	FIELD_GROSS,		/* of a payout: before refunds and fees */
	FIELD_REFUNDS,
	FIELD_NET,		/* of a payment: less its fee */
	BANK_FIELDS		/* how many, the event's among them */
};

/* Is it a field of which a template may speak (enum event_field or enum
 * bank_field)? *free_text: the payer writes it. */
bool shape_field(const char *name, size_t length, int *field,
    bool *free_text);
bool shape_is_free(int field);
/* The name of such a field. */
const char *shape_name(int field);

/* What a template found in one reading, before it is an event. */
struct capture {
	int field;
	size_t start, end;	/* in the page's folded text */
};

struct answer {
	const struct template *template;
	size_t start, end;
	GArray *captures;	/* struct capture */
	GPtrArray *refused;	/* char *: field, why, field, why ... */
};

struct answer *answer_new(const struct template *t);
void answer_free(struct answer *answer);	/* NULL allowed */
/* Says once why a field is refused. */
void answer_refuse(struct answer *answer, const char *field, const char *why);
/* Where the field is, or NULL. */
const struct capture *answer_find(const struct answer *answer, int field);

/* Appends an answer for each time that the template fits; else *why may hold
 * what was missing (caller frees) and the result is how many of its landmarks
 * were there. */
unsigned template_read(const struct bank *bank, struct template *t,
    const struct page *page, const char *subject, GPtrArray *answers,
    char **why);

/* Takes apart what answered to one text: the rows of a payout leave answers
 * and are returned (the caller frees), sorted by place; without one payout
 * they are dropped. */
GPtrArray *payout_take_rows(GPtrArray *answers);
/* Adds the events of the rows to that of their payout. They are refused
 * unless they add up to it. */
void payout_add_rows(const struct bank *bank, const GPtrArray *rows,
    const struct page *page, const struct bank_mail *mail, GPtrArray *events);

/* A sum of an event in minor units; -1 where it has none. */
int64_t event_minor(const struct event *event, enum event_field field);

/* The event of an answer: canonical values, refusals. */
struct event *facts_event(const struct bank *bank, const struct answer *answer,
    const struct page *page, const struct bank_mail *mail);

#endif
