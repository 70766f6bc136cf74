/*
 * cmd_hold.c - the owner's holds: no reminder for an invoice or a customer
 * until a day. Holds that mail has made are listed and released here too.
 */
#include "command.h"
#include "followup.h"
#include "import_row.h"
#include "lookup.h"
#include "print.h"
#include "remind.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct command cmd_hold;

struct request {
	const char *subject, *until, *why, *kind;
	bool all;
};

static int
read_options(struct context *context, int argc, char **argv,
    struct request *request)
{
	static const struct option options[] = {
		{"until", required_argument, NULL, 'u'},
		{"why", required_argument, NULL, 'w'},
		{"kind", required_argument, NULL, 'k'},
		{"invoice", required_argument, NULL, 'i'},
		{"customer", required_argument, NULL, 'i'},
		{"all", no_argument, NULL, 'a'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 'u')
			request->until = optarg;
		else if (c == 'w')
			request->why = optarg;
		else if (c == 'k')
			request->kind = optarg;
		else if (c == 'i')
			request->subject = optarg;
		else if (c == 'a')
			request->all = true;
		else if (c == 'n')
			context->dry_run = true;
		else
			return option_error(&cmd_hold, c, argv);
	}
	return EX_OK;
}

/* ---- add ---------------------------------------------------------------------- */

static int
check_why(const char *text)
{
	g_autofree char *copy = g_strdup(text);
	g_autofree char *why = g_utf8_validate(text, -1, NULL)
	    ? cell_check(CELL_TEXT, &copy) : g_strdup("not UTF-8 text");

	return why ? usage_error(&cmd_hold, "--why: %s", why) : EX_OK;
}

/* The end of the day that was named, or that very moment. */
static int
read_until(const struct context *context, const char *text, int64_t *until)
{
	if (!text)
		return usage_error(&cmd_hold, "say until when: --until "
		    "2026-12-24");
	if (!moment_parse(text, until))
		return usage_error(&cmd_hold, "--until: '%s' is no day "
		    "(YYYY-MM-DD)", text);
	if (day_number(text) != G_MININT32)
		*until = calendar_moment(day_number(text) + 1, 0,
		    context->config ? context->config->timezone : NULL) - 1;
	if (*until <= context->now)
		return usage_error(&cmd_hold, "--until: %s is over already",
		    text);
	return EX_OK;
}

static int
find_subject(struct context *context, const char *text, struct hold *hold)
{
	struct invoice *invoice = NULL;
	struct customer *customer = NULL;
	enum store_status status = store_invoice_find(context->store, text,
	    &invoice);

	if (status == STORE_OK) {
		hold->invoice = invoice->id;
		hold->customer = invoice->customer;
	} else if (status == STORE_NONE) {
		status = store_customer_find(context->store, text, &customer);
		if (status == STORE_OK)
			hold->customer = customer->id;
	}
	invoice_free(invoice);
	customer_free(customer);
	if (status == STORE_NONE) {
		say_error(context, "there is no invoice and no customer '%s'",
		    text);
		return EX_NOINPUT;
	}
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

/* A reminder that waits is written anew when the hold is over, with what is
 * then so; without this the customer's other invoices would wait with it. */
static enum store_status
take_back(struct context *context, const struct hold *hold)
{
	const struct letter_filter filter = {.customer = hold->customer,
	    .invoice = hold->invoice, .kinds = LETTER_REMINDERS,
	    .waiting_only = true};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = store_letter_list(context->store, &filter,
	    &letters);

	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		const struct letter *one = letters->pdata[i];

		status = store_letter_move(context->store, one->id,
		    LETTER_RECALLED, "held by the owner", context->now);
		if (status == STORE_OK)
			status = owner_note(context, SUBJECT_LETTER, one->id,
			    "recalled:hold", "The reminder to %s is recalled: "
			    "it is held now.", one->to);
	}
	return status;
}

static int
add(struct context *context, const struct request *request, struct hold *hold)
{
	g_autofree char *until = moment_show(context, hold->until);
	enum store_status status = store_begin(context->store);
	bool of_invoice = hold->invoice != 0;
	int code;

	if (status == STORE_OK)
		status = store_hold_add(context->store, hold);
	if (status == STORE_OK)
		status = take_back(context, hold);
	if (status == STORE_OK)
		status = owner_note(context,
		    of_invoice ? SUBJECT_INVOICE : SUBJECT_CUSTOMER,
		    of_invoice ? hold->invoice : hold->customer, "held:owner",
		    "No reminder until %s (%s).", until,
		    request->why ? request->why : hold_kind_name(hold->kind));
	code = owner_finish(context, status);
	if (code == EX_OK && context->json)
		print_json(json_pack("{s:I, s:s, s:s}", "hold",
		    (json_int_t)hold->id, "kind", hold_kind_name(hold->kind),
		    "until", until));
	else if (code == EX_OK && !context->quiet)
		printf("No reminder for %s until %s%s.\n", request->subject,
		    until, context->dry_run ? " (nothing changed)" : "");
	return code;
}

static int
run_add(struct context *context, int argc, char **argv)
{
	struct request request = {0};
	struct hold hold = {
		.kind = HOLD_PAUSE, .trust = TRUST_O,
		.origin = (char *)"owner", .since = context->now,
	};
	int code = read_options(context, argc, argv, &request);

	if (code == EX_OK && optind < argc && !request.subject)
		request.subject = argv[optind++];
	if (code == EX_OK && (!request.subject || optind < argc))
		code = usage_error(&cmd_hold, "say one invoice or customer");
	if (code == EX_OK && request.kind &&
	    !hold_kind_parse(request.kind, &hold.kind))
		code = usage_error(&cmd_hold, "--kind: there is no '%s'; "
		    "there are pause, promise, dispute, instalments, "
		    "paid-claim, out-of-office, stop, possible-payment, "
		    "undelivered, stale-feed", request.kind);
	if (code == EX_OK && request.why)
		code = check_why(request.why);
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = read_until(context, request.until, &hold.until);
	if (code == EX_OK)
		code = find_subject(context, request.subject, &hold);
	hold.why = (char *)request.why;
	return code == EX_OK ? add(context, &request, &hold) : code;
}

/* ---- what ends a hold ---------------------------------------------------------- */

static const char *
hold_ends(const struct hold *hold)
{
	static const char *const words[] = {
	    [HOLD_POSSIBLE_PAYMENT] = "the payment is matched or set aside",
	    [HOLD_PAID_CLAIM] = "the money comes; else they, then you, are asked",
	    [HOLD_PROMISE] = "the money comes; else you are told",
	    [HOLD_DISPUTE] = "you answer: 'mailfilter hold release'",
	    [HOLD_INSTALMENTS] = "you answer: 'mailfilter hold release'",
	    [HOLD_PAUSE] = "its time is over",
	    [HOLD_UNDELIVERED] = "the address is corrected",
	    [HOLD_STALE_FEED] = "the bank is heard",
	    [HOLD_OUT_OF_OFFICE] = "they are back",
	    [HOLD_STOP] = "you answer: 'mailfilter hold release'",
	};

	if (hold->trust == TRUST_U)
		return "two days are over: anybody may have written it";
	return hold->trust == TRUST_O ? "its time is over, or you release it"
	    : words[hold->kind];
}

/* ---- list --------------------------------------------------------------------- */

static void
print_hold(struct context *context, struct table *table,
    const struct hold *hold)
{
	g_autofree char *customer = customer_key(context, hold->customer);
	g_autofree char *invoice = invoice_number(context, hold->invoice);
	g_autofree char *payment = payment_key(context, hold->payment);
	g_autofree char *id = g_strdup_printf(">%" G_GINT64_FORMAT, hold->id);
	g_autofree char *until = moment_show(context, hold->until);
	g_autofree char *since = moment_show(context, hold->since);
	const char *cells[] = {
		id, hold_kind_name(hold->kind), customer,
		*invoice ? invoice : "all", since,
		*until ? until : "released by hand",
		hold->origin ? hold->origin : "", hold->why ? hold->why : "",
		hold_ends(hold),
	};
	json_t *json;

	if (!context->json) {
		table_row(table, cells);
		return;
	}
	json = json_pack("{s:I, s:s}", "hold", (json_int_t)hold->id, "kind",
	    hold_kind_name(hold->kind));
	json_put(json, "customer", customer);
	json_put(json, "invoice", invoice);
	json_put(json, "payment", payment);
	json_put(json, "why", hold->why);
	json_put(json, "origin", hold->origin);
	json_put(json, "day", hold->day);
	json_put(json, "ends", hold_ends(hold));
	json_put_moment(json, "since", hold->since);
	json_put_moment(json, "until", hold->until);
	json_put_moment(json, "released", hold->released);
	print_json(json);
}

static int
run_list(struct context *context, int argc, char **argv)
{
	static const char *const headings[] = {
		">Id", "Kind", "Customer", "Invoice", "Since", "Until", "By",
		"Why", "Ends when",
	};
	struct request request = {0};
	struct hold of = {0};
	GPtrArray *list = NULL;
	struct table *table;
	enum store_status status;
	int code = read_options(context, argc, argv, &request);

	if (code == EX_OK && optind < argc)
		code = usage_error(&cmd_hold, "'%s' is too much here",
		    argv[optind]);
	if (code == EX_OK)
		code = open_store(context, STORE_READ);
	if (code == EX_OK && request.subject)
		code = find_subject(context, request.subject, &of);
	if (code != EX_OK)
		return code;
	status = store_hold_list(context->store, of.customer, of.invoice,
	    request.all ? 0 : context->now, &list);
	if (status != STORE_OK)
		return store_failed(context, status);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < list->len; i++)
		print_hold(context, table, list->pdata[i]);
	table_end(table, "No hold is in force.");
	g_ptr_array_unref(list);
	return EX_OK;
}

/* ---- release ------------------------------------------------------------------- */

static enum store_status
release_one(struct context *context, const struct hold *hold)
{
	enum store_status status = store_hold_release(context->store, hold->id,
	    context->now);

	if (status == STORE_OK)
		status = followup_released(context, hold);
	if (status != STORE_OK)
		return status;
	return owner_note(context,
	    hold->invoice ? SUBJECT_INVOICE : SUBJECT_CUSTOMER,
	    hold->invoice ? hold->invoice : hold->customer, "released:owner",
	    "The hold (%s) was released.", hold_kind_name(hold->kind));
}

static const struct hold *
hold_of(const GPtrArray *list, const char *text)
{
	for (guint i = 0; i < list->len; i++) {
		const struct hold *hold = list->pdata[i];
		g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT,
		    hold->id);

		if (strcmp(id, text) == 0)
			return hold;
	}
	return NULL;
}

static int
release(struct context *context, char **ids)
{
	GPtrArray *list = NULL;
	enum store_status status = store_begin(context->store);
	int code, count = 0;

	if (status == STORE_OK)
		status = store_hold_list(context->store, 0, 0, context->now,
		    &list);
	for (; *ids && status == STORE_OK; ids++, count++) {
		const struct hold *hold = hold_of(list, *ids);

		if (!hold) {
			say_error(context, "no hold '%s' is in force; "
			    "'mailfilter hold list' shows them; nothing was "
			    "changed", *ids);
			store_rollback(context->store);
			g_ptr_array_unref(list);
			return EX_NOINPUT;
		}
		status = release_one(context, hold);
	}
	code = owner_finish(context, status);
	if (code == EX_OK && context->json)
		print_json(json_pack("{s:i}", "released", count));
	else if (code == EX_OK && !context->quiet)
		printf("%s %d hold%s.\n",
		    context->dry_run ? "Would release" : "Released", count,
		    count == 1 ? "" : "s");
	if (list)
		g_ptr_array_unref(list);
	return code;
}

static int
run_release(struct context *context, int argc, char **argv)
{
	struct request request = {0};
	int code = read_options(context, argc, argv, &request);

	if (code == EX_OK && optind == argc)
		code = usage_error(&cmd_hold, "say which hold");
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	return code == EX_OK ? release(context, argv + optind) : code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"add", run_add}, {"list", run_list},
		{"release", run_release}, {NULL, NULL},
	};

	return verb_run(&cmd_hold, verbs, context, argc, argv);
}

const struct command cmd_hold = {
	.name = "hold",
	.usage = "add INVOICE|CUSTOMER --until DAY [--why TEXT] [--kind KIND] "
		 "[-n] |\n                  list [--all] [--customer C | --invoice I] |\n"
		 "                  release [-n] ID...",
	.summary = "no reminders for an invoice or a customer until a day",
	.options =
	    "  --until DAY  the last day without reminders\n"
	    "  --why TEXT   for your own memory\n"
	    "  --kind KIND  pause (default), promise, dispute, instalments, "
	    "paid-claim,\n"
	    "               out-of-office, stop (no mail of any kind) ...\n"
	    "  --all        list those that are over, too\n"
	    "  --customer C, --invoice I  list only theirs\n",
	.run = run,
};
