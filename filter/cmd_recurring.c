/*
 * cmd_recurring.c - invoices that come again: add and edit
 * (recurring_edit.c), list, show, pause, resume, skip, end, run.
 */
#include "recurring.h"

#include "lookup.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char *const states[] = {"active", "paused", "ended"};
static const char *const periods[] = {NULL, "ahead", "behind"};

/* ---- list and show ------------------------------------------------------------ */

static bool
next_text(struct context *context, const struct recurring *recurring,
    char day[DAY_SIZE])
{
	int32_t next = G_MAXINT32;

	if (recurring_next(context, recurring, &next) != STORE_OK ||
	    next == G_MAXINT32) {
		day[0] = '\0';
		return false;
	}
	day_text(next, day);
	return true;
}

static json_t *
recurring_json(struct context *context, const struct recurring *recurring)
{
	g_autofree char *customer = customer_key(context, recurring->customer);
	char day[DAY_SIZE];
	json_t *json = json_object();

	json_put(json, "name", recurring->key);
	json_put(json, "customer", customer);
	json_put(json, "every", recurring->every);
	json_put(json, "first", recurring->first);
	json_put(json, "until", recurring->until);
	json_put(json, "period", periods[recurring->period]);
	json_object_set_new(json, "last_day",
	    json_boolean(recurring->last_day));
	json_object_set_new(json, "draft", json_boolean(recurring->draft));
	json_put(json, "state", states[recurring->state]);
	json_object_set_new(json, "turns", json_integer(recurring->turn));
	if (next_text(context, recurring, day))
		json_put(json, "next", day);
	return json;
}

static int
list_all(struct context *context)
{
	static const char *const headings[] = {"Name", "Customer", "Every",
	    "Next", ">Made", "State"};
	g_autoptr(GPtrArray) rows = NULL;
	struct table *table;
	enum store_status status = store_recurring_list(context->store, false,
	    &rows);

	if (status != STORE_OK)
		return store_failed(context, status);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < rows->len; i++) {
		const struct recurring *one = rows->pdata[i];
		g_autofree char *customer = customer_key(context,
		    one->customer);
		g_autofree char *made = g_strdup_printf(">%d", one->turn);
		char day[DAY_SIZE];
		const char *cells[] = {one->key, customer, one->every, day,
		    made, states[one->state]};

		next_text(context, one, day);
		if (context->json)
			print_json(recurring_json(context, one));
		else
			table_row(table, cells);
	}
	table_end(table, "Nothing comes again.");
	return EX_OK;
}

static int
run_list(struct context *context, int argc, char **argv)
{
	int code = argc == 1 ? open_store(context, STORE_READ) :
	    usage_error(&cmd_recurring, "'%s' is too much here", argv[1]);

	return code == EX_OK ? list_all(context) : code;
}

static int
find(struct context *context, const char *key, struct recurring **out)
{
	enum store_status status = store_recurring_find(context->store, key,
	    out);

	if (status != STORE_NONE)
		return status == STORE_OK ? EX_OK :
		    store_failed(context, status);
	say_error(context, "%s", store_error(context->store));
	return EX_NOINPUT;
}

static int
show(struct context *context, const struct recurring *recurring)
{
	g_autoptr(GPtrArray) made = NULL;
	json_t *json = recurring_json(context, recurring), *list;
	enum store_status status = store_recurring_made(context->store,
	    recurring->id, &made);

	if (status != STORE_OK) {
		json_decref(json);
		return store_failed(context, status);
	}
	list = json_array();
	for (guint i = 0; i < made->len; i++) {
		const struct recurring_made *one = made->pdata[i];
		json_t *row = json_object();

		json_put(row, "day", one->day);
		json_put(row, "invoice", one->number);
		json_array_append_new(list, row);
		if (!context->json)
			printf("  %-16s %s  %s\n", i ? "" : "made", one->day,
			    one->number ? one->number : "left out");
	}
	json_object_set_new(json, "document",
	    json_loads(recurring->document, 0, NULL));
	json_object_set(json, "made", list);
	json_decref(list);
	if (context->json) {
		print_json(json);
	} else {
		json_object_del(json, "made");
		json_object_del(json, "document");
		print_fields(context, json);
	}
	return EX_OK;
}

static int
run_show(struct context *context, int argc, char **argv)
{
	struct recurring *recurring = NULL;
	int code = argc == 2 ? open_store(context, STORE_READ) :
	    usage_error(&cmd_recurring, "say which");

	if (code == EX_OK)
		code = find(context, argv[1], &recurring);
	if (code == EX_OK)
		code = show(context, recurring);
	recurring_free(recurring);
	return code;
}

/* ---- pause, resume, end, skip ------------------------------------------------------ */

static enum store_status
leave_out(struct context *context, const struct recurring *recurring)
{
	char day[DAY_SIZE];
	const struct recurring_made made = {.turn = recurring->turn,
	    .day = day};

	day_text(recurrence_day(recurring, recurring->turn), day);
	return store_recurring_take(context->store, recurring->id, &made);
}

static int
change(struct context *context, struct recurring *recurring,
    const char *verb)
{
	static const char *const said[][2] = {{"pause", "is paused"},
	    {"resume", "goes on"}, {"end", "has ended"},
	    {"skip", "leaves out its next turn"}};
	static const enum recurring_state after[] = {RECURRING_PAUSED,
	    RECURRING_ACTIVE, RECURRING_ENDED};
	size_t i = 0;
	enum store_status status = store_begin(context->store);
	int code;

	while (strcmp(said[i][0], verb) != 0)
		i++;
	if (i < G_N_ELEMENTS(after))
		recurring->state = after[i];
	if (status == STORE_OK)
		status = i < G_N_ELEMENTS(after) ?
		    store_recurring_put(context->store, recurring) :
		    leave_out(context, recurring);
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_CUSTOMER,
		    recurring->customer, "recurring-changed",
		    "The invoice “%s” %s: %s.", recurring->key, said[i][1],
		    owner_name(context));
	code = owner_finish(context, status);
	if (code == EX_OK && !context->quiet && !context->json)
		printf("“%s” %s%s.\n", recurring->key, said[i][1],
		    context->dry_run ? " (nothing was changed)" : "");
	return code;
}

static int
run_change(struct context *context, int argc, char **argv)
{
	const char *verb = argv[0];
	struct recurring *recurring = NULL;
	int c, code;

	while ((c = getopt(argc, argv, ":n")) != -1) {
		if (c != 'n')
			return option_error(&cmd_recurring, c, argv);
		context->dry_run = true;
	}
	if (optind != argc - 1)
		return usage_error(&cmd_recurring, "say which");
	code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find(context, argv[optind], &recurring);
	if (code == EX_OK)
		code = change(context, recurring, verb);
	recurring_free(recurring);
	return code;
}

/* ---- run ----------------------------------------------------------------------------- */

static void
print_done(struct context *context, const struct recurring_done *done)
{
	char day[DAY_SIZE];
	json_t *json;

	day_text(done->day, day);
	if (context->json) {
		json = json_object();
		json_put(json, "name", done->key);
		json_put(json, "day", day);
		json_put(json, "invoice", done->number);
		json_put(json, "why", done->why);
		print_json(json);
	} else if (done->why) {
		say_error(context, "the invoice “%s” of %s was not made: %s",
		    done->key, day, done->why);
	} else if (!context->quiet) {
		printf("%s %s  “%s” of %s%s\n", context->dry_run ?
		    "would make" : "made", done->number, done->key, day,
		    done->queued ? ", its mail waits" : "");
	}
}

static int
run_run(struct context *context, int argc, char **argv)
{
	g_autoptr(GPtrArray) done = NULL;
	enum store_status status;
	int c, code;

	while ((c = getopt(argc, argv, ":n")) != -1) {
		if (c != 'n')
			return option_error(&cmd_recurring, c, argv);
		context->dry_run = true;
	}
	code = context_config(context);
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code != EX_OK)
		return code;
	status = recurring_run(context, &done);
	for (guint i = 0; i < done->len; i++) {
		const struct recurring_done *one = done->pdata[i];

		print_done(context, one);
		if (one->why)
			code = EX_DATAERR;
	}
	if (status != STORE_OK)
		return store_failed(context, status);
	if (done->len == 0 && !context->quiet && !context->json)
		puts("No invoice is due to come again.");
	return code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"add", recurring_run_add}, {"edit", recurring_run_edit},
		{"list", run_list}, {"show", run_show}, {"pause", run_change},
		{"resume", run_change}, {"skip", run_change},
		{"end", run_change}, {"run", run_run}, {NULL, NULL},
	};

	return verb_run(&cmd_recurring, verbs, context, argc, argv);
}

const struct command cmd_recurring = {
	.name = "recurring",
	.usage = "add [-n] (--from INVOICE | --file FILE) --every month "
		 "[OPTION...] NAME |\n         edit [-n] [OPTION...] NAME | "
		 "list | show NAME | pause | resume | skip | end\n         "
		 "[-n] NAME | run [-n]",
	.summary = "invoices that come again: retainers, hosting, rent",
	.options =
	    "  --from INVOICE   like this invoice or draft\n"
	    "  --file FILE --customer C   as 'invoice new --file' has it\n"
	    "  --every TEXT     month, quarter, year, week, \"2 weeks\", \"10 "
	    "days\"\n"
	    "  --first DAY      its first day (today); months keep the day\n"
	    "  --last-day       always the last day of the month\n"
	    "  --until DAY      none after this day\n"
	    "  --period ahead|behind|none   the time that each is for\n"
	    "  --draft          makes drafts that you look at and send\n"
	    "  -n               show what would be done, change nothing\n"
	    "  {n} {month} {quarter} {year} {from} {to} in its texts are "
	    "filled in.\n",
	.run = run,
};
