/*
 * cmd_gated.c - other programs' reminders that the gate has kept: list them,
 * show one, send it all the same, drop it. The owner's word.
 */
#include "command.h"
#include "gate.h"
#include "lookup.h"
#include "print.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct command cmd_gated;

static int
read_options(struct context *context, int argc, char **argv, bool *all)
{
	static const struct option options[] = {
		{"all", no_argument, NULL, 'a'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 'a')
			*all = true;
		else if (c == 'n')
			context->dry_run = true;
		else
			return option_error(&cmd_gated, c, argv);
	}
	return EX_OK;
}

static char *
numbers_of(struct context *context, const struct gated *gated)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < gated->invoices->len; i++) {
		g_autofree char *number = invoice_number(context,
		    g_array_index(gated->invoices, int64_t, i));

		g_string_append_printf(out, "%s%s", i ? ", " : "", number);
	}
	return g_strdup(out->str);
}

static json_t *
gated_json(struct context *context, const struct gated *gated)
{
	g_autofree char *customer = customer_key(context, gated->customer);
	g_autofree char *path = gate_path(context, gated);
	json_t *json = json_pack("{s:I, s:s, s:s, s:s}", "gated",
	    (json_int_t)gated->id, "state", gated_state_name(gated->state),
	    "code", gated->code, "sender", gated->sender);
	json_t *invoices = json_array(), *to = json_array();
	g_auto(GStrv) recipients = g_strsplit(gated->recipients, "\n", -1);

	for (guint i = 0; i < gated->invoices->len; i++) {
		g_autofree char *number = invoice_number(context,
		    g_array_index(gated->invoices, int64_t, i));

		json_array_append_new(invoices, json_string(number));
	}
	for (char **one = recipients; *one; one++)
		json_array_append_new(to, json_string(*one));
	json_object_set_new(json, "invoices", invoices);
	json_object_set_new(json, "to", to);
	json_put(json, "customer", customer);
	json_put(json, "subject", gated->subject);
	json_put(json, "why", gated->why);
	json_put(json, "message_id", gated->message_id);
	json_put_moment(json, "at", gated->at);
	json_put_moment(json, "until", gated->until);
	json_put_moment(json, "decided", gated->decided);
	json_put(json, "by", gated->by);
	json_put(json, "path", path);
	return json;
}

static void
print_row(struct context *context, struct table *table,
    const struct gated *gated)
{
	g_autofree char *id = g_strdup_printf(">%" PRId64, gated->id);
	g_autofree char *customer = customer_key(context, gated->customer);
	g_autofree char *numbers = numbers_of(context, gated);
	g_autofree char *since = moment_show(context, gated->at);
	const char *cells[] = {id, gated_state_name(gated->state), customer,
	    numbers, since, gated->why};

	table_row(table, cells);
}

static int
run_list(struct context *context, int argc, char **argv)
{
	static const char *const headings[] = {">Id", "State", "Customer",
	    "Invoices", "Since", "Why"};
	GPtrArray *list = NULL;
	struct table *table;
	enum store_status status;
	bool all = false;
	int code = read_options(context, argc, argv, &all);

	if (code == EX_OK && optind < argc)
		code = usage_error(&cmd_gated, "'%s' is too much here",
		    argv[optind]);
	if (code == EX_OK)
		code = open_store(context, STORE_READ);
	if (code != EX_OK)
		return code;
	status = store_gated_list(context->store, !all, &list);
	if (status != STORE_OK)
		return store_failed(context, status);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < list->len; i++) {
		if (context->json)
			print_json(gated_json(context, list->pdata[i]));
		else
			print_row(context, table, list->pdata[i]);
	}
	table_end(table, all ? "The gate has kept no reminder." :
	    "The gate holds no reminder.");
	g_ptr_array_unref(list);
	return EX_OK;
}

/* The one with this number, or EX_NOINPUT with a sentence. */
static int
find(struct context *context, const char *text, struct gated **out)
{
	char *end;
	int64_t id = g_ascii_strtoll(text, &end, 10);
	enum store_status status = *end || end == text ? STORE_NONE :
	    store_gated_get(context->store, id, out);

	if (status == STORE_NONE) {
		say_error(context, "the gate has kept no reminder '%s'; "
		    "'mailfilter gated list --all' shows them", text);
		return EX_NOINPUT;
	}
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

static int
run_show(struct context *context, int argc, char **argv)
{
	struct gated *gated = NULL;
	g_autofree char *path = NULL;
	struct mail mail;
	bool all;
	int code = read_options(context, argc, argv, &all);

	if (code == EX_OK && optind + 1 != argc)
		code = usage_error(&cmd_gated, "say which one");
	if (code == EX_OK)
		code = open_store(context, STORE_READ);
	if (code == EX_OK)
		code = find(context, argv[optind], &gated);
	if (code != EX_OK)
		return code;
	path = gate_path(context, gated);
	if (context->json) {
		print_json(gated_json(context, gated));
	} else if (mail_open(path, false, &mail)) {
		mail_write(&mail, STDOUT_FILENO);
		mail_release(&mail);
	} else {
		say_error(context, "%s cannot be read", path);
		code = EX_NOINPUT;
	}
	gated_free(gated);
	return code;
}

static int
release(struct context *context, const struct gated *gated)
{
	if (gated->state == GATED_RELEASED) {
		say_error(context, "reminder %" PRId64 " went out already",
		    gated->id);
		return EX_DATAERR;
	}
	return context->dry_run ? EX_OK : gate_release(context, gated,
	    owner_name(context));
}

static int
drop(struct context *context, const struct gated *gated)
{
	enum store_status status;

	if (gated->state != GATED_HELD && gated->state != GATED_SENDING) {
		say_error(context, "reminder %" PRId64 " is %s already",
		    gated->id, gated_state_name(gated->state));
		return EX_DATAERR;
	}
	status = store_begin(context->store);
	if (status == STORE_OK)
		status = store_gated_move(context->store, gated->id,
		    GATED_DROPPED, NULL, NULL, owner_name(context),
		    context->now);
	if (status == STORE_OK)
		status = gate_journal(context, gated, "gate:dropped",
		    "A reminder of another program that was held was dropped by "
		    "your word.");
	if (status == STORE_OK)
		status = gate_answered(context, gated);
	return owner_finish(context, status);
}

static int
decide(struct context *context, int argc, char **argv,
    int (*act)(struct context *context, const struct gated *gated),
    const char *done, const char *would)
{
	bool all;
	int code = read_options(context, argc, argv, &all);

	if (code == EX_OK && optind == argc)
		code = usage_error(&cmd_gated, "say which one");
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	for (; code == EX_OK && optind < argc; optind++) {
		struct gated *gated = NULL;

		code = find(context, argv[optind], &gated);
		if (code == EX_OK)
			code = act(context, gated);
		if (code == EX_OK && context->json)
			print_json(json_pack("{s:I, s:s}", "gated",
			    (json_int_t)gated->id, "done",
			    context->dry_run ? "nothing" : done));
		else if (code == EX_OK && !context->quiet)
			printf("%s %s.\n", context->dry_run ? would : done,
			    argv[optind]);
		gated_free(gated);
	}
	return code;
}

static int
run_release(struct context *context, int argc, char **argv)
{
	return decide(context, argc, argv, release, "Released",
	    "Would release");
}

static int
run_drop(struct context *context, int argc, char **argv)
{
	return decide(context, argc, argv, drop, "Dropped", "Would drop");
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
		{"list", run_list}, {"show", run_show},
		{"release", run_release}, {"drop", run_drop}, {NULL, NULL},
	};

	return verb_run(&cmd_gated, verbs, context, argc, argv);
}

const struct command cmd_gated = {
	.name = "gated",
	.usage = "list [--all] | show ID | release [-n] ID... | "
		 "drop [-n] ID...",
	.summary = "other programs' reminders that the gate has kept",
	.options = "  --all  list those that were dropped or released, too\n"
		   "  -n     show what would be done, change nothing\n",
	.run = run,
};
