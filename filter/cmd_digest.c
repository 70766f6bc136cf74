/*
 * cmd_digest.c - the owner's daily mail, when it is time or at once.
 */
#include "command.h"
#include "digest.h"
#include "lookup.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

extern const struct command cmd_digest;

static void
show_part(const struct context *context, const char *name, const json_t *part)
{
	const char *const keys[] = {"item", "name", "number", "day",
	    "suggested", "text", "note"};
	size_t i;
	json_t *row;

	printf("%s%s%s\n", paint(context, PAINT_BOLD), name,
	    paint(context, PAINT_NONE));
	json_array_foreach(json_object_get(part, "rows"), i, row) {
		g_autoptr(GString) text = g_string_new(NULL);

		for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
			const char *value = json_string_value(
			    json_object_get(row, keys[k]));

			if (value)
				g_string_append_printf(text, "%s%s",
				    text->len ? "  " : "", value);
		}
		print_point("-", text->str);
	}
}

static void
show(const struct context *context, json_t *values)
{
	const char *name;
	json_t *part;

	if (context->json) {
		print_json(values);
		return;
	}
	json_object_foreach(values, name, part)
		if (json_is_object(part))
			show_part(context, name, part);
	printf("journal  %s\n", json_string_value(
	    json_object_get(values, "head")));
	json_decref(values);
}

static int
show_now(struct context *context, int64_t since)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);
	json_t *values = NULL;
	enum store_status status = digest_values(context, since, items,
	    &values);

	if (status != STORE_OK) {
		json_decref(values);
		return store_failed(context, status);
	}
	show(context, values);
	return EX_OK;
}

static int
queue(struct context *context, int64_t since, const char *day)
{
	enum store_status status = store_begin(context->store);

	if (status == STORE_OK)
		status = digest_queue(context, since, day);
	if (status == STORE_OK)
		status = store_commit(context->store);
	if (status != STORE_OK) {
		store_rollback(context->store);
		return status == STORE_KNOWN ? EX_OK :
		    store_failed(context, status);
	}
	say(context, "the digest of %s waits in the outbox", day);
	return EX_OK;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
	    {"dry-run", no_argument, NULL, 'n'}, {NULL, 0, NULL, 0}};
	char day[DAY_SIZE];
	int64_t since = context->now - DAY_SECONDS;
	enum store_status status;
	int c, code;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c != 'n')
			return option_error(&cmd_digest, c, argv);
		context->dry_run = true;
	}
	if (optind < argc)
		return usage_error(&cmd_digest, "'%s' is too much here",
		    argv[optind]);
	code = context_config(context);
	if (code == EX_OK)
		code = context_store(context, context->dry_run ? STORE_READ :
		    STORE_WRITE);
	if (code != EX_OK)
		return code;
	status = digest_due(context, &since, day);
	if (status != STORE_OK && status != STORE_NONE)
		return store_failed(context, status);
	if (context->dry_run)
		return show_now(context, since);
	return status == STORE_OK ? queue(context, since, day) : EX_OK;
}

const struct command cmd_digest = {
	.name = "digest",
	.usage = "[-n]",
	.summary = "the owner's daily mail, when the configuration wants it",
	.options =
	    "  -n  show what it would say now, send nothing\n",
	.run = run,
};
