/*
 * instalments_add.c - `instalments add`: the owner offers a plan, or writes
 * down one that was agreed.
 */
#include "instalments_show.h"

#include "amounts.h"
#include "lookup.h"
#include "phrases.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

struct request {
	const char *parts, *every, *first, *amounts;
	bool agreed, no_letter;
	GPtrArray *invoices;	/* struct invoice */
	struct customer *customer;
};

static int
read_options(struct context *context, int argc, char **argv,
    struct request *request)
{
	static const struct option options[] = {
		{"parts", required_argument, NULL, 'p'},
		{"every", required_argument, NULL, 'e'},
		{"first", required_argument, NULL, 'f'},
		{"amounts", required_argument, NULL, 'a'},
		{"agreed", no_argument, NULL, 'g'},
		{"no-letter", no_argument, NULL, 'l'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 'p')
			request->parts = optarg;
		else if (c == 'e')
			request->every = optarg;
		else if (c == 'f')
			request->first = optarg;
		else if (c == 'a')
			request->amounts = optarg;
		else if (c == 'g')
			request->agreed = true;
		else if (c == 'l')
			request->no_letter = true;
		else if (c == 'n')
			context->dry_run = true;
		else
			return option_error(&cmd_instalments, c, argv);
	}
	return optind < argc ? EX_OK : usage_error(&cmd_instalments,
	    "say which invoices, or whose");
}

/* ---- on what ---------------------------------------------------------------- */

static enum store_status
take_all(struct context *context, struct request *request)
{
	g_autoptr(GPtrArray) open = NULL;
	enum store_status status = store_invoice_find_open(context->store,
	    request->customer->id, 0x7fffffff, &open);

	for (guint i = 0; status == STORE_OK && i < open->len; i++) {
		const struct invoice *one = open->pdata[i];
		struct invoice *whole;

		if (one->type == INVOICE_CREDIT_NOTE ||
		    invoice_balance(one) <= 0)
			continue;
		status = store_invoice_get(context->store, one->id, &whole);
		if (status == STORE_OK)
			g_ptr_array_add(request->invoices, whole);
	}
	return status;
}

/* Numbers of invoices, or one customer: all that it owes. */
static int
find_invoices(struct context *context, int argc, char **argv,
    struct request *request)
{
	const struct invoice *first;
	enum store_status status = STORE_OK;
	int code = EX_OK;

	for (int i = optind; code == EX_OK && i < argc; i++) {
		struct invoice *one = NULL;

		status = store_invoice_find(context->store, argv[i], &one);
		if (status == STORE_OK)
			g_ptr_array_add(request->invoices, one);
		else if (status != STORE_NONE)
			return store_failed(context, status);
		else if (argc - optind == 1)
			code = find_customer(context, argv[i],
			    &request->customer);
		else
			code = find_invoice(context, argv[i], &one);
	}
	if (code != EX_OK)
		return code;
	if (request->customer) {
		status = take_all(context, request);
	} else {
		first = request->invoices->pdata[0];
		status = store_customer_get(context->store, first->customer,
		    &request->customer);
	}
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

/* ---- in what parts ------------------------------------------------------------- */

static int
read_amounts(const struct request *request, const char *currency,
    int32_t first, const char *every, GPtrArray **out)
{
	g_auto(GStrv) words = g_strsplit(request->amounts, ",", -1);
	g_autoptr(GArray) amounts = g_array_new(FALSE, FALSE,
	    sizeof(int64_t));

	for (char **word = words; *word; word++) {
		int64_t amount;

		if (!money_parse(g_strstrip(*word), currency, &amount) ||
		    amount <= 0)
			return usage_error(&cmd_instalments, "--amounts: '%s' "
			    "is no amount in %s", *word, currency);
		g_array_append_val(amounts, amount);
	}
	*out = instalments_amounts(amounts, first, every);
	return EX_OK;
}

static int64_t
sum_of(const GPtrArray *parts)
{
	int64_t sum = 0;

	for (guint i = 0; i < parts->len; i++)
		sum += ((struct instalment *)parts->pdata[i])->amount;
	return sum;
}

/* As the options say, where they say something. */
static int
divide(struct context *context, const struct request *request,
    struct instalment_plan *plan)
{
	const struct instalment_terms *terms = &context->config->instalments;
	const char *every = request->every ? request->every : terms->every;
	int32_t first = request->first ? day_number(request->first) :
	    day_number(context->today) + terms->first_days;
	guint64 count = (guint64)terms->parts;
	int64_t total = sum_of(plan->parts);
	GPtrArray *parts = NULL;
	int code = EX_OK;

	if (!every_check(every))
		return usage_error(&cmd_instalments, "--every: '%s' is not "
		    "like month, '2 weeks' or '10 days'", every);
	if (first < day_number(context->today))
		return usage_error(&cmd_instalments, "--first: '%s' is no day "
		    "to come (YYYY-MM-DD)", request->first);
	if (request->parts && !g_ascii_string_to_unsigned(request->parts, 10,
	    2, 60, &count, NULL))
		return usage_error(&cmd_instalments, "--parts: '%s' is no "
		    "number from 2 to 60", request->parts);
	if (request->amounts)
		code = read_amounts(request, plan->currency, first, every,
		    &parts);
	else
		parts = instalments_parts(total, (int)count, 1, first, every);
	if (code != EX_OK)
		return code;
	if (sum_of(parts) != total) {
		g_autofree char *have = money_text(sum_of(parts),
		    plan->currency);
		g_autofree char *want = money_text(total, plan->currency);

		g_ptr_array_unref(parts);
		return usage_error(&cmd_instalments, "--amounts: they are %s "
		    "in all, and %s is open", have, want);
	}
	g_ptr_array_unref(plan->parts);
	plan->parts = parts;
	return EX_OK;
}

/* ---- doing it --------------------------------------------------------------------- */

static int
act(struct context *context, const struct request *request,
    struct instalment_plan *instalments)
{
	struct plan *plan = plan_new();
	g_autofree char *parts = instalments_text(instalments);
	g_autofree char *text = g_strdup_printf("%s %s %s: %s",
	    owner_name(context), request->agreed ? "agreed with" : "offers",
	    request->customer->name, parts);
	struct action *action;
	int code;

	instalments->state = request->agreed ? INSTALMENTS_ACTIVE :
	    INSTALMENTS_OFFERED;
	if (request->agreed) {
		g_clear_pointer(&instalments->expires, g_free);
		instalments->accepted = context->now;
	}
	action = instalments_act(plan, instalments, text);
	if (!request->no_letter)
		instalments_write(context, plan, action, request->agreed ?
		    LETTER_AGREEMENT : LETTER_OFFER, instalments,
		    request->customer);
	code = instalments_carry_out(context, plan);
	if (code == EX_OK && context->json)
		print_json(json_pack("{s:I, s:s, s:s}", "plan",
		    (json_int_t)instalments->id, "state",
		    instalments_state_name(instalments->state), "text", text));
	else if (code == EX_OK && !context->quiet)
		printf("Instalment plan %" G_GINT64_FORMAT " (%s): %s%s.\n",
		    instalments->id, instalments_state_name(
		    instalments->state), parts,
		    context->dry_run ? " (nothing changed)" : "");
	plan_free(plan);
	return code;
}

static int
make(struct context *context, struct request *request)
{
	g_autofree char *why = NULL;
	struct instalment_plan *plan;
	int64_t least = context->config->instalments.minimum_part;
	int code;

	/* The owner may divide what would be too little for an offer. */
	context->config->instalments.minimum_part = 0;
	plan = instalments_propose(context, request->customer,
	    request->invoices, "owner", &why);
	context->config->instalments.minimum_part = least;
	if (!plan) {
		say_error(context, "%s", why);
		return EX_DATAERR;
	}
	code = divide(context, request, plan);
	if (code == EX_OK)
		return act(context, request, plan);
	instalment_plan_free(plan);
	return code;
}

int
instalments_add(struct context *context, int argc, char **argv)
{
	struct request request = {0};
	int code = read_options(context, argc, argv, &request);

	request.invoices = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)invoice_free);
	if (code == EX_OK)
		code = context_config(context);
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_invoices(context, argc, argv, &request);
	if (code == EX_OK)
		code = make(context, &request);
	g_ptr_array_unref(request.invoices);
	customer_free(request.customer);
	return code;
}
