/*
 * invoice_credit.c - `invoice credit`: the owner sets a credit note off against
 * an invoice, or takes that back. The smaller of the two balances is moved.
 */
#include "invoice.h"
#include "lookup.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

struct pair {
	struct context *context;
	struct invoice *invoice, *credit;
	int64_t amount;		/* set off, or taken back */
};

/* NULL, or why these two do not go together. */
static const char *
refusal(const struct pair *pair)
{
	const struct invoice *invoice = pair->invoice, *credit = pair->credit;

	if (credit->type != INVOICE_CREDIT_NOTE)
		return "the second is no credit note";
	if (invoice->type == INVOICE_CREDIT_NOTE)
		return "both are credit notes";
	if (invoice->customer != credit->customer)
		return "they are of two customers";
	if (strcmp(invoice->currency, credit->currency) != 0)
		return "they are in two currencies";
	return NULL;
}

/* A waiting reminder speaks of the old balance; the next one is written when
 * it is due. */
static enum store_status
recall_reminders(const struct pair *pair)
{
	struct context *context = pair->context;
	const struct letter_filter filter = {.invoice = pair->invoice->id,
	    .kinds = LETTER_REMINDERS, .waiting_only = true};
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct letter *letter = list->pdata[i];

		status = store_letter_move(context->store, letter->id,
		    LETTER_RECALLED, "credit-note", context->now);
	}
	return status;
}

static enum store_status
set_off(struct pair *pair)
{
	struct context *context = pair->context;
	struct allocation allocation = {
		.invoice = pair->invoice->id, .credit_note = pair->credit->id,
		.kind = ALLOCATION_CREDIT_NOTE, .probability = 1,
		.by = (char *)owner_name(context), .at = context->now,
	};
	enum store_status status;

	pair->amount = MIN(pair->invoice->open - pair->invoice->announced,
	    pair->credit->open - pair->credit->announced);
	if (pair->amount <= 0)
		return STORE_NONE;
	allocation.amount = pair->amount;
	status = store_allocation_add(context->store, &allocation);
	return status == STORE_OK ? recall_reminders(pair) : status;
}

static enum store_status
take_back(struct pair *pair)
{
	struct context *context = pair->context;
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_allocation_list(context->store, 0,
	    pair->invoice->id, true, &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct allocation *one = list->pdata[i];

		if (one->credit_note != pair->credit->id || one->payment)
			continue;
		pair->amount += one->amount;
		status = store_allocation_reverse(context->store, one->id,
		    "credit-undone", owner_name(context), context->now);
	}
	return status == STORE_OK && pair->amount == 0 ? STORE_NONE : status;
}

static int
carry_out(struct pair *pair, bool undo)
{
	struct context *context = pair->context;
	g_autofree char *money = NULL;
	enum store_status status = store_begin(context->store);
	int code;

	if (status == STORE_OK)
		status = undo ? take_back(pair) : set_off(pair);
	if (status == STORE_NONE) {
		store_rollback(context->store);
		say_error(context, undo ? "%s is not set off against %s"
		    : "nothing is open on %s or on %s", pair->credit->number,
		    pair->invoice->number);
		return EX_DATAERR;
	}
	money = money_text(pair->amount, pair->invoice->currency);
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_INVOICE,
		    pair->invoice->id, undo ? "credit-undone"
		    : "settle:credit-note", "%s of credit note %s %s invoice "
		    "%s by %s.", money, pair->credit->number,
		    undo ? "were taken off" : "were set off against",
		    pair->invoice->number, owner_name(context));
	code = owner_finish(context, status);
	if (code == EX_OK && context->json)
		print_json(json_pack("{s:s, s:s}", "invoice",
		    pair->invoice->number, "credit_note",
		    pair->credit->number));
	else if (code == EX_OK && !context->quiet)
		printf("%s of credit note %s %s invoice %s%s.\n", money,
		    pair->credit->number, undo ? "taken off"
		    : "set off against", pair->invoice->number,
		    context->dry_run ? " (nothing changed)" : "");
	return code;
}

int
invoice_run_credit(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"undo", no_argument, NULL, 'u'},
		{"dry-run", no_argument, NULL, 'n'}, {NULL, 0, NULL, 0},
	};
	struct pair pair = {.context = context};
	const char *why;
	bool undo = false;
	int code, c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c != 'n' && c != 'u')
			return option_error(&cmd_invoice, c, argv);
		undo = undo || c == 'u';
		context->dry_run = context->dry_run || c == 'n';
	}
	if (optind != argc - 2)
		return usage_error(&cmd_invoice, "say one invoice and one "
		    "credit note");
	code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_invoice(context, argv[optind], &pair.invoice);
	if (code == EX_OK)
		code = find_invoice(context, argv[optind + 1], &pair.credit);
	why = code == EX_OK ? refusal(&pair) : NULL;
	if (why) {
		say_error(context, "%s and %s cannot be set off: %s",
		    pair.invoice->number, pair.credit->number, why);
		code = EX_DATAERR;
	}
	if (code == EX_OK)
		code = carry_out(&pair, undo);
	invoice_free(pair.invoice);
	invoice_free(pair.credit);
	return code;
}
