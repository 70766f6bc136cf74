/*
 * letter_values.h - what the files that tell the renderer about a letter
 * share.
 */
#ifndef LETTER_VALUES_H
#define LETTER_VALUES_H

#include "remind_internal.h"

struct values {			/* one letter and what it is about */
	struct context *context;
	const struct letter *letter;
	struct customer *customer;
	GPtrArray *invoices;	/* struct invoice, oldest due first */
	json_t *documents;	/* of invoices, null where there is none */
	const char *zone;
	int32_t today;		/* the customer's */
};

/* {"amount":"12.50","currency":"EUR"} */
void values_money(json_t *object, const char *key, int64_t minor,
    const char *currency);
/* "2026-11-20T14:05:00+01:00"; the caller frees. */
char *values_time(int64_t moment, const char *zone_name);

/* The owner as letters name him. */
json_t *owner_values(const struct config *config);

/* The day that a moment falls on, for the customer. */
void values_day(const struct values *values, json_t *object, const char *key,
    int64_t moment);

/* What the customer and the invoices of a letter are at this moment. Always
 * to be closed. */
enum store_status values_open(struct context *context,
    const struct letter *letter, struct values *values);
void values_close(struct values *values);

/* letter_money.c: invoices[] with balance and all that made it; the sum of
 * the balances, one for each currency. */
enum store_status values_invoices(const struct values *values, json_t *out);
void values_total(const struct values *values, json_t *out);
/* What the customer should quote; the caller frees. */
char *values_reference(const struct invoice *invoice);
/* letter_pay.c: pay, our account and what to quote; then, when all amounts are
 * there, its ways */
void values_pay(const struct values *values, json_t *out);
void values_ways(const struct values *values, json_t *out);
/* letter_reminder.c: as_of, up to when the word of all accounts is known. */
enum store_status values_as_of(const struct values *values, json_t *out);

/* letter_charges.c: interest, compensation and their sums with the balance. */
enum store_status values_charges(const struct values *values, json_t *out);
/* … and waived: what was waived when this receipt or crossed letter was
 * planned. */
enum store_status values_waived(const struct values *values, json_t *out);

/* term_day, last_reminder, fee, legal, instalments */
enum store_status values_reminder(const struct values *values, json_t *out);
/* letter_answers.c: asked, and as an invoice's; asked, credits, ageing; claim */
enum store_status values_copy(const struct values *values, json_t *out);
enum store_status values_statement(const struct values *values, json_t *out);
enum store_status values_inquiry(const struct values *values, json_t *out);
/* lines, net, tax, amount, taxes of an invoice */
void values_lines(const struct values *values, json_t *out);
/* letter_credit.c: credit, what a credit note was put on and what is left */
enum store_status values_credit(const struct values *values, json_t *out);
/* Fills values->documents, where the kind of letter shows them. */
void values_read_documents(struct values *values);
/* object["document"] or ["documents"], and ["attach"]. */
void values_documents(const struct values *values, json_t *object);
/* From, To, Date, threading … into object["headers"] */
enum store_status values_headers(const struct values *values,
    json_t *object);
/* letter_instalments.c: plan, part */
enum store_status values_instalments(const struct values *values,
    json_t *out);
/* folders of templates, the user's own before ours */
void values_dirs(const struct values *values, json_t *object);

#endif
