/*
 * import_statement.c - a bank's statement that the owner hands over: checked
 * against the statement before it, then each entry like any other report.
 * A file that does not follow on changes nothing.
 */
#include "import_row.h"
#include "plan.h"
#include "print.h"
#include "statement.h"

#include <stdio.h>
#include <unistd.h>

struct taken {
	unsigned statements, entries;
	GPtrArray *plans;
};

static int
refuse(struct import *import, const struct event *event, const char *why)
{
	const char *id = event_get(event, EVENT_STATEMENT_ID);

	say_error(import->context, "%s: statement %s was not taken: %s. "
	    "Nothing was imported; import the missing or corrected statement "
	    "first.", import->file, id ? id : "without a number", why);
	return EX_DATAERR;
}

static int
take_event(struct import *import, GPtrArray *events, guint i,
    struct taken *taken)
{
	struct event *event = events->pdata[i];
	g_autofree char *why = NULL, *source = NULL;
	enum store_status status;

	if (event_kind(event) == EVENT_UNREADABLE) {
		const char *reason = event_get(event, EVENT_WHY);

		say_error(import->context, "%s: %s", import->file,
		    reason ? reason : "no statement that mailfilter reads");
		return EX_DATAERR;
	}
	if (event_kind(event) != EVENT_STATEMENT) {
		taken->entries++;
		return EX_OK;
	}
	why = statement_break(import->context, event, TRUST_S);
	if (why)
		return refuse(import, event, why);
	taken->statements++;
	source = g_strdup_printf("%s/%u", import->document, taken->statements);
	status = statement_take(import->context, events, i, TRUST_S, source,
	    taken->plans);
	return status == STORE_OK ? EX_OK
				  : store_failed(import->context, status);
}

static void
report(const struct import *import, const struct taken *taken)
{
	const struct context *context = import->context;
	FILE *out = import->options->report ? stdout : stderr;

	if (import->options->report && context->json) {
		print_json(json_pack("{s:s, s:s, s:i, s:i}", "file",
		    import->file, "type", "statement", "statements",
		    taken->statements, "entries", taken->entries));
		return;
	}
	if (context->quiet)
		return;
	fprintf(out, "%s: %u statement%s with %u entr%s%s\n", import->file,
	    taken->statements, taken->statements == 1 ? "" : "s",
	    taken->entries, taken->entries == 1 ? "y" : "ies",
	    context->dry_run ? " (nothing changed)" : "");
	for (guint i = 0; i < taken->plans->len; i++) {
		g_autofree char *text = plan_words(taken->plans->pdata[i]);

		fputs(text, out);
	}
}

static int
take_all(struct import *import, GPtrArray *events)
{
	struct taken taken = {
		.plans = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)plan_free),
	};
	int code = EX_OK;

	for (guint i = 0; i < events->len && code == EX_OK; i++)
		code = take_event(import, events, i, &taken);
	if (code == EX_OK && taken.statements == 0) {
		say_error(import->context, "%s: there is no statement in it",
		    import->file);
		code = EX_DATAERR;
	}
	if (code == EX_OK)
		report(import, &taken);
	g_ptr_array_unref(taken.plans);
	return code;
}

int
import_statement(struct import *import, int fd)
{
	g_autoptr(GPtrArray) events = NULL;
	struct parser *parser;
	bool retry = false;
	int code = context_config(import->context);

	if (code != EX_OK)
		return code;
	parser = context_parser(import->context, false);
	if (!parser)
		return EX_CONFIG;
	lseek(fd, 0, SEEK_SET);
	events = parser_read_statement(parser, fd, &retry);
	parser_free(parser);
	code = import_begin(import->context);
	if (code != EX_OK)
		return code;
	return import_finish(import->context, take_all(import, events));
}
