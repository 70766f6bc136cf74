/*
 * invoice_credit.c - `invoice credit`: a credit note, one that is there or one
 * that is made of the invoice, is set off against it, or taken back. The
 * smaller of the two balances is moved.
 */
#include "invoice.h"
#include "invoice_credit.h"
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

static enum store_status
note(const struct pair *pair, bool undo, const char *money)
{
	return owner_note(pair->context, SUBJECT_INVOICE, pair->invoice->id,
	    undo ? "credit-undone" : "settle:credit-note", "%s of credit note "
	    "%s %s invoice %s by %s.", money, pair->credit->number,
	    undo ? "were taken off" : "were set off against",
	    pair->invoice->number, owner_name(pair->context));
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
		status = note(pair, undo, money);
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

/* ---- one that is made -------------------------------------------------------------- */

struct made {			/* what came of it, to be said */
	enum store_status queued;
	int64_t set_off;
};

static enum store_status
make(const struct credit_wish *wish, struct making *making,
    struct made *made, char **why)
{
	struct pair pair = {.context = wish->context, .invoice = wish->invoice,
	    .credit = making->invoice};
	g_autofree char *money = NULL;
	enum store_status status = credit_note_make(wish, making, why);

	if (status == STORE_OK)
		status = set_off(&pair);
	if (status == STORE_NONE)	/* paid: it is the customer's credit */
		status = STORE_OK;
	made->set_off = MAX(pair.amount, 0);
	money = money_text(made->set_off, wish->invoice->currency);
	if (status == STORE_OK && made->set_off)
		status = note(&pair, false, money);
	if (status != STORE_OK)
		return status;
	made->queued = invoice_queue(wish->context, making->customer,
	    making->invoice);
	return made->queued == STORE_NONE || made->queued == STORE_KNOWN ?
	    STORE_OK : made->queued;
}

static void
say_made(const struct credit_wish *wish, const struct making *making,
    const struct made *made)
{
	const struct context *context = wish->context;
	const struct invoice *credit = making->invoice;
	g_autofree char *all = money_text(credit->opening, credit->currency);
	g_autofree char *money = money_text(made->set_off, credit->currency);

	printf("%s %s of %s: %s set off against invoice %s.\n",
	    context->dry_run ? "Would make credit note" : "Credit note",
	    credit->number, all, money, wish->invoice->number);
	if (context->dry_run)
		puts("Nothing was changed.");
	else if (made->queued == STORE_OK)
		puts("Its mail waits for 'mailfilter send' or the next run.");
	else
		printf("%s has no e-mail address: nothing can be sent.\n",
		    making->customer->name);
}

static int
credit_anew(const struct credit_wish *wish)
{
	struct context *context = wish->context;
	struct making making;
	struct made made = {.queued = STORE_OK};
	g_autofree char *why = NULL;
	enum store_status status = store_begin(context->store);
	json_t *json = NULL;
	int code;

	making_init(&making, context);
	if (status == STORE_OK)
		status = make(wish, &making, &made, &why);
	if (status == STORE_OK && context->json)
		json = invoice_json(context, making.invoice);
	if (why) {
		store_rollback(context->store);
		say_error(context, "invoice %s cannot be credited: %s",
		    wish->invoice->number, why);
		code = EX_DATAERR;
	} else {
		code = owner_finish(context, status);
	}
	if (code == EX_OK && json)
		print_json(json_incref(json));
	else if (code == EX_OK && !context->quiet)
		say_made(wish, &making, &made);
	json_decref(json);
	making_release(&making);
	return code;
}

/* ---- the command ------------------------------------------------------------------- */

static int
credit_with(struct context *context, struct invoice *invoice,
    const char *text, bool undo)
{
	struct pair pair = {.context = context, .invoice = invoice};
	const char *why;
	int code = find_invoice(context, text, &pair.credit);

	why = code == EX_OK ? refusal(&pair) : NULL;
	if (why) {
		say_error(context, "%s and %s cannot be set off: %s",
		    pair.invoice->number, pair.credit->number, why);
		code = EX_DATAERR;
	}
	if (code == EX_OK)
		code = carry_out(&pair, undo);
	invoice_free(pair.credit);
	return code;
}

struct wanted {			/* of argv */
	bool undo;
	const char *amount, *reason;
	GPtrArray *lines;
};

static int
read_options(struct context *context, int argc, char **argv,
    struct wanted *wanted)
{
	static const struct option options[] = {
		{"undo", no_argument, NULL, 'u'},
		{"amount", required_argument, NULL, 'a'},
		{"line", required_argument, NULL, 'l'},
		{"reason", required_argument, NULL, 'r'},
		{"dry-run", no_argument, NULL, 'n'}, {NULL, 0, NULL, 0},
	};
	g_autofree char *why = NULL;
	json_t *line;
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 'u') {
			wanted->undo = true;
		} else if (c == 'n') {
			context->dry_run = true;
		} else if (c == 'a') {
			wanted->amount = optarg;
		} else if (c == 'r') {
			wanted->reason = optarg;
		} else if (c == 'l') {
			line = invoice_line_parse(optarg, &why);
			if (!line)
				return usage_error(&cmd_invoice, "--line: %s",
				    why);
			g_ptr_array_add(wanted->lines, line);
		} else {
			return option_error(&cmd_invoice, c, argv);
		}
	}
	return EX_OK;
}

static int
check_options(const struct wanted *wanted, int operands)
{
	bool some = wanted->amount || wanted->reason || wanted->lines->len;

	if (operands < 1 || operands > 2 || (wanted->undo && operands != 2))
		return usage_error(&cmd_invoice, "say one invoice, and one "
		    "credit note unless one is to be made");
	if (operands == 2 && some)
		return usage_error(&cmd_invoice, "--amount, --line and "
		    "--reason are for a credit note that is made");
	if (wanted->amount && wanted->lines->len)
		return usage_error(&cmd_invoice, "--amount and --line exclude "
		    "each other");
	if (wanted->reason && !g_utf8_validate(wanted->reason, -1, NULL))
		return usage_error(&cmd_invoice, "--reason is not UTF-8 text");
	return EX_OK;
}

static int
credit_of(struct context *context, struct invoice *invoice,
    const struct wanted *wanted)
{
	struct credit_wish wish = {.context = context, .invoice = invoice,
	    .lines = wanted->lines, .reason = wanted->reason};

	if (wanted->amount && (!money_parse(wanted->amount, invoice->currency,
	    &wish.amount) || wish.amount <= 0))
		return usage_error(&cmd_invoice, "--amount: '%s' is no amount "
		    "above zero in %s", wanted->amount, invoice->currency);
	return credit_anew(&wish);
}

static void
line_free(gpointer line)
{
	json_decref(line);
}

int
invoice_run_credit(struct context *context, int argc, char **argv)
{
	struct wanted wanted = {
		.lines = g_ptr_array_new_with_free_func(line_free)};
	struct invoice *invoice = NULL;
	int code = read_options(context, argc, argv, &wanted);

	if (code == EX_OK)
		code = check_options(&wanted, argc - optind);
	if (code == EX_OK && optind == argc - 1)
		code = context_config(context);
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_invoice(context, argv[optind], &invoice);
	if (code == EX_OK)
		code = optind == argc - 2 ? credit_with(context, invoice,
		    argv[optind + 1], wanted.undo) :
		    credit_of(context, invoice, &wanted);
	g_ptr_array_unref(wanted.lines);
	invoice_free(invoice);
	return code;
}
