/*
 * payment_assign.c - `payment assign`: the owner says which invoices a payment
 * is for, and how much of it goes on each.
 */
#include "payment.h"
#include "amounts.h"
#include "command.h"
#include "lookup.h"
#include "review.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

extern const struct command cmd_payment;

static void
drop_invoice(void *data)
{
	invoice_free(data);
}

/* A number may have an equals sign of its own: what is an invoice as a whole
 * is none with an amount. */
static int
find_named(struct context *context, const char *text, struct invoice **out,
    char **amount)
{
	const char *equals = strrchr(text, '=');
	g_autofree char *name = NULL;

	*amount = NULL;
	if (!equals || store_invoice_find(context->store, text, out) ==
	    STORE_OK)
		return *out ? EX_OK : find_invoice(context, text, out);
	name = g_strndup(text, (gsize)(equals - text));
	*amount = g_strdup(equals + 1);
	return find_invoice(context, name, out);
}

static int
read_part(struct context *context, const struct payment *payment,
    const char *text, int64_t left, struct part *part)
{
	struct invoice *invoice = NULL;
	g_autofree char *amount = NULL;
	int code = find_named(context, text, &invoice, &amount);

	if (code != EX_OK)
		return code;
	part->kind = ALLOCATION_PAYMENT;
	part->invoice = invoice;
	part->amount = MIN(left, invoice_balance(invoice));
	if (amount && !money_parse(amount, payment->currency, &part->amount)) {
		say_error(context, "'%s': '%s' is no amount in %s", text,
		    amount, payment->currency);
		code = EX_USAGE;
	}
	return code;
}

int
payment_assign_parts(struct context *context, const struct payment *payment,
    const char *const *wanted)
{
	g_autoptr(GPtrArray) invoices =
	    g_ptr_array_new_with_free_func(drop_invoice);
	g_autoptr(GArray) parts =
	    g_array_new(FALSE, FALSE, sizeof(struct part));
	struct word word = {.context = context, .payment = payment};
	int64_t left = payment->unallocated;
	int code = EX_OK;

	for (; *wanted && code == EX_OK; wanted++) {
		struct part part = {0};

		code = read_part(context, payment, *wanted, left, &part);
		if (part.invoice)
			g_ptr_array_add(invoices,
			    (struct invoice *)(uintptr_t)part.invoice);
		if (code != EX_OK)
			break;
		left -= CLAMP(part.amount, 0, left);
		g_array_append_val(parts, part);
	}
	if (code == EX_OK)
		code = word_parts(&word, (const struct part *)(void *)
		    parts->data, parts->len);
	if (word.refused)
		say_error(context, "%s", word.refused);
	if (code == EX_OK && (context->json || !context->quiet))
		fputs(word.said->str, stdout);
	word_release(&word);
	return code;
}

static int
assign(struct context *context, char **argv)
{
	struct payment *payment = NULL;
	enum store_status status = store_begin(context->store);
	int code;

	if (status != STORE_OK)
		return store_failed(context, status);
	code = review_find(context, argv[0], &payment);
	if (code == EX_OK)
		code = payment_assign_parts(context, payment,
		    (const char *const *)argv + 1);
	payment_free(payment);
	if (code != EX_OK) {
		store_rollback(context->store);
		return code;
	}
	code = owner_finish(context, STORE_OK);
	if (code == EX_OK && context->dry_run && !context->quiet &&
	    !context->json)
		puts("Nothing was changed.");
	return code;
}

int
payment_assign(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
	    {"dry-run", no_argument, NULL, 'n'}, {NULL, 0, NULL, 0}};
	int c, code;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c != 'n')
			return option_error(&cmd_payment, c, argv);
		context->dry_run = true;
	}
	if (argc - optind < 2)
		return usage_error(&cmd_payment, "say which payment, and the "
		    "invoices that it is for: INVOICE or INVOICE=AMOUNT");
	code = open_store(context, STORE_WRITE);
	return code == EX_OK ? assign(context, argv + optind) : code;
}
