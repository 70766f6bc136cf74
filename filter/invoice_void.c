/*
 * invoice_void.c - `invoice void`: an invoice, or a draft, counts no more; its
 * mail that waits is recalled, and what the customer has already is said.
 */
#include "invoice.h"
#include "invoice_issue.h"
#include "lookup.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>

/* NULL, or why this invoice cannot be taken back. */
static char *
refusal(struct context *context, const struct invoice *invoice)
{
	GPtrArray *list = NULL;
	g_autofree char *other = NULL;
	guint count;

	if (invoice->state == INVOICE_VOID)
		return g_strdup("it is void already");
	if (store_allocation_list(context->store, 0, invoice->id, true,
	    &list) != STORE_OK)
		return g_strdup(store_error(context->store));
	count = list->len;
	g_ptr_array_unref(list);
	if (!count && invoice->open != invoice->opening)
		return g_strdup("it was set off against an invoice; "
		    "'mailfilter invoice credit --undo' takes that back first");
	if (store_invoice_deducting(context->store, invoice->customer,
	    invoice->number, invoice->id, &other) == STORE_OK)
		return g_strdup_printf("invoice %s deducts it; make that one "
		    "void first", other);
	return count ? g_strdup("money is on it; 'mailfilter reconcile "
	    "--undo' takes that off first") : NULL;
}

static enum store_status
recall_letters(struct context *context, const struct invoice *invoice)
{
	const struct letter_filter filter = {.invoice = invoice->id,
	    .waiting_only = true};
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct letter *letter = list->pdata[i];

		status = store_letter_move(context->store, letter->id,
		    LETTER_RECALLED, "invoice-void", context->now);
	}
	return status;
}

/* The letters about it that left, as lines; "" when there is none. */
static char *
told(struct context *context, const struct invoice *invoice)
{
	const struct letter_filter filter = {.invoice = invoice->id,
	    .states = 1u << LETTER_SENT | 1u << LETTER_UNKNOWN};
	g_autoptr(GPtrArray) list = NULL;
	GString *out = g_string_new(NULL);

	if (store_letter_list(context->store, &filter, &list) != STORE_OK)
		list = g_ptr_array_new();
	for (guint i = 0; i < list->len; i++) {
		const struct letter *letter = list->pdata[i];
		g_autofree char *when = moment_show(context, letter->sent);

		g_string_append_printf(out, "The customer was sent: %s, %s\n",
		    letter_kind_name(letter->kind), when);
	}
	if (out->len == 0 && invoice->sent) {
		g_autofree char *when = moment_show(context, invoice->sent);

		g_string_append_printf(out, "The customer was sent it on "
		    "%s\n", when);
	}
	if (out->len)
		g_string_append_printf(out, "What a customer has needs a "
		    "credit note in most countries: 'mailfilter invoice "
		    "credit %s' makes one instead.\n", invoice->number);
	return g_string_free(out, FALSE);
}

static enum store_status
carry_out(struct context *context, const struct invoice *invoice)
{
	enum store_status status = store_invoice_set_state(context->store,
	    invoice->id, INVOICE_VOID);

	if (status == STORE_OK)
		status = recall_letters(context, invoice);
	return status != STORE_OK ? status : owner_note(context,
	    SUBJECT_INVOICE, invoice->id, "invoice-void", "%s %s was made void "
	    "by %s.", invoice->state == INVOICE_DRAFT ? "Draft" :
	    invoice_words(invoice), invoice->number, owner_name(context));
}

static int
void_invoice(struct context *context, const struct invoice *invoice)
{
	g_autofree char *why = NULL, *letters = told(context, invoice);
	enum store_status status = store_begin(context->store);
	int code;

	if (status == STORE_OK)
		why = refusal(context, invoice);
	if (why) {
		store_rollback(context->store);
		say_error(context, "invoice %s cannot be made void: %s",
		    invoice->number, why);
		return EX_DATAERR;
	}
	if (status == STORE_OK)
		status = carry_out(context, invoice);
	code = owner_finish(context, status);
	if (code == EX_OK && context->json)
		print_json(json_pack("{s:s, s:s}", "number", invoice->number,
		    "state", context->dry_run ? invoice_state_name(
		    invoice->state) : "void"));
	else if (code == EX_OK && !context->quiet)
		printf("%s %s %s void.\n%s", invoice->state == INVOICE_DRAFT ?
		    "Draft" : invoice_words(invoice), invoice->number,
		    context->dry_run ? "would be" : "is", letters);
	return code;
}

int
invoice_run_void(struct context *context, int argc, char **argv)
{
	struct invoice *invoice = NULL;
	int code, c;

	while ((c = getopt(argc, argv, ":n")) != -1) {
		if (c != 'n')
			return option_error(&cmd_invoice, c, argv);
		context->dry_run = true;
	}
	if (optind != argc - 1)
		return usage_error(&cmd_invoice, "say which invoice");
	code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_invoice(context, argv[optind], &invoice);
	if (code == EX_OK)
		code = void_invoice(context, invoice);
	invoice_free(invoice);
	return code;
}
