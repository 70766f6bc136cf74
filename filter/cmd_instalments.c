/*
 * cmd_instalments.c - instalment plans by hand: add (instalments_add.c), list,
 * show, accept, cancel.
 */
#include "instalments_show.h"

#include "lookup.h"
#include "phrases.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

int
instalments_carry_out(struct context *context, const struct plan *plan)
{
	enum store_status status = store_begin(context->store);

	if (status == STORE_OK)
		status = plan_apply(plan, context->store, context->now,
		    owner_name(context));
	return owner_finish(context, status);
}

/* ---- list ------------------------------------------------------------------- */

static void
list_one(struct context *context, struct table *table,
    const struct instalments_case *one)
{
	g_autofree char *id = g_strdup_printf(">%" G_GINT64_FORMAT,
	    one->plan->id);
	g_autofree char *numbers = instalments_numbers(context, one->plan);
	g_autofree char *total = money_text(one->progress.total,
	    one->plan->currency);
	g_autofree char *cell = g_strconcat(">", total, NULL);
	guint next = (guint)one->progress.parts_covered;
	g_autofree char *paid = g_strdup_printf("%d of %u",
	    one->progress.parts_paid, one->plan->parts->len);
	const char *due = next < one->plan->parts->len &&
	    one->plan->state <= INSTALMENTS_ACTIVE ? ((struct instalment *)
	    one->plan->parts->pdata[next])->due : "";
	const char *cells[] = {id, one->customer->name, numbers, cell, paid,
	    due, instalments_state_name(one->plan->state)};

	if (context->json)
		print_json(instalments_json(context, one));
	else
		table_row(table, cells);
}

static int
list_plans(struct context *context, const struct instalments_filter *filter)
{
	static const char *const headings[] = {">Plan", "Customer", "Invoices",
	    ">Total", "Paid", "Next", "State"};
	g_autoptr(GPtrArray) plans = NULL;
	struct table *table = table_new(context, G_N_ELEMENTS(headings),
	    headings);
	enum store_status status = store_instalments_list(context->store,
	    filter, &plans);

	for (guint i = 0; status == STORE_OK && i < plans->len; i++) {
		struct instalments_case one;

		status = instalments_case_read(context, plans->pdata[i], &one);
		if (status == STORE_OK)
			list_one(context, table, &one);
		instalments_case_clear(&one);
	}
	table_end(table, "There is no instalment plan.");
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

static int
run_list(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{"all", no_argument, NULL, 'a'},
		{"customer", required_argument, NULL, 'c'},
		{NULL, 0, NULL, 0},
	};
	struct instalments_filter filter = {.states = INSTALMENTS_LIVE |
	    1u << INSTALMENTS_BROKEN};
	struct customer *customer = NULL;
	const char *whose = NULL;
	int c, code;

	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'a')
			filter.states = 0;
		else if (c == 'c')
			whose = optarg;
		else
			return option_error(&cmd_instalments, c, argv);
	}
	if (optind < argc)
		return usage_error(&cmd_instalments, "'%s' is too much here",
		    argv[optind]);
	code = open_store(context, STORE_READ);
	if (code == EX_OK && whose)
		code = find_customer(context, whose, &customer);
	if (customer)
		filter.customer = customer->id;
	customer_free(customer);
	return code == EX_OK ? list_plans(context, &filter) : code;
}

/* ---- one of them --------------------------------------------------------------- */

static int
find_plan(struct context *context, const char *text,
    struct instalments_case *out)
{
	guint64 id = 0;
	enum store_status status;

	g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &id, NULL);
	status = id ? instalments_case_of(context, (int64_t)id, out) :
	    STORE_NONE;
	if (status == STORE_NONE) {
		say_error(context, "there is no instalment plan '%s' "
		    "('mailfilter instalments list --all' shows them)", text);
		return EX_NOINPUT;
	}
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

static int
run_show(struct context *context, int argc, char **argv)
{
	struct instalments_case one = {0};
	int code;

	if (argc != 2)
		return usage_error(&cmd_instalments, "say which plan");
	code = open_store(context, STORE_READ);
	if (code == EX_OK)
		code = find_plan(context, argv[1], &one);
	if (code == EX_OK && context->json)
		print_json(instalments_json(context, &one));
	else if (code == EX_OK)
		instalments_print(context, &one);
	instalments_case_clear(&one);
	return code;
}

static int
read_which(struct context *context, int argc, char **argv, const char **why,
    bool *quietly)
{
	static const struct option options[] = {
		{"why", required_argument, NULL, 'w'},
		{"no-letter", no_argument, NULL, 'l'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 'w')
			*why = optarg;
		else if (c == 'l')
			*quietly = true;
		else if (c == 'n')
			context->dry_run = true;
		else
			return option_error(&cmd_instalments, c, argv);
	}
	return optind + 1 == argc ? EX_OK :
	    usage_error(&cmd_instalments, "say which plan");
}

/* By the owner's word. */
static int
move(struct context *context, int argc, char **argv,
    enum instalments_state state, const char *word)
{
	struct instalments_case one = {0};
	struct plan *plan = plan_new();
	const char *why = NULL;
	bool quietly = false;
	int code = read_which(context, argc, argv, &why, &quietly);

	if (code == EX_OK)
		code = context_config(context);
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_plan(context, argv[optind], &one);
	if (code == EX_OK) {
		struct instalment_plan *moved = g_steal_pointer(&one.plan);
		bool offered = moved->state == INSTALMENTS_OFFERED;
		g_autofree char *text = g_strdup_printf("%s %s instalment plan "
		    "%" G_GINT64_FORMAT " of %s%s%s", owner_name(context),
		    word, moved->id, one.customer->name, why ? ": " : "",
		    why ? why : "");

		moved->state = state;
		g_free(moved->why);
		moved->why = g_strdup(why);
		instalments_act(plan, moved, text);
		if (state == INSTALMENTS_ACTIVE && offered && !quietly)
			instalments_write(context, plan, NULL,
			    LETTER_AGREEMENT, moved, one.customer);
		code = instalments_carry_out(context, plan);
		if (code == EX_OK && !context->quiet && !context->json)
			printf("Instalment plan %" G_GINT64_FORMAT " is %s%s."
			    "\n", moved->id, instalments_state_name(state),
			    context->dry_run ? " (nothing changed)" : "");
		else if (code == EX_OK && context->json)
			print_json(json_pack("{s:I, s:s}", "plan",
			    (json_int_t)moved->id, "state",
			    instalments_state_name(state)));
	}
	plan_free(plan);
	instalments_case_clear(&one);
	return code;
}

static int
run_accept(struct context *context, int argc, char **argv)
{
	return move(context, argc, argv, INSTALMENTS_ACTIVE, "accepted");
}

static int
run_cancel(struct context *context, int argc, char **argv)
{
	return move(context, argc, argv, INSTALMENTS_CANCELLED, "cancelled");
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"add", instalments_add}, {"list", run_list},
		{"show", run_show}, {"accept", run_accept},
		{"cancel", run_cancel}, {NULL, NULL},
	};

	return verb_run(&cmd_instalments, verbs, context, argc, argv);
}

const struct command cmd_instalments = {
	.name = "instalments",
	.usage = "add CUSTOMER|INVOICE... [--parts N] [--every STEP] "
	    "[--first DAY] [--amounts A,B,...] [--agreed] [--no-letter] [-n] | "
	    "list [--all] [--customer C] | show PLAN | "
	    "accept PLAN [--no-letter] [-n] | cancel PLAN [--why TEXT] [-n]",
	.summary = "plans by which an invoice is paid in parts",
	.options =
	    "  --parts N      so many instalments, what cannot be divided on "
	    "the last\n"
	    "  --every STEP   month, '2 weeks', '10 days'\n"
	    "  --first DAY    when the first is due\n"
	    "  --amounts A,B  these amounts; they must be what is open\n"
	    "  --agreed       the customer has said yes: no offer is sent\n"
	    "  --no-letter    nothing is written to the customer\n"
	    "  --all          plans that are over, too\n"
	    "  -n             only say what would be done\n",
	.run = run,
};
