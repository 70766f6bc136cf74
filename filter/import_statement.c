/*
 * import_statement.c - a bank's statement that the owner hands over: checked
 * against the statement before it, then each entry like any other report, as
 * it is read. A file that does not follow on changes nothing.
 */
#include "import_row.h"
#include "plan.h"
#include "print.h"
#include "progress.h"
#include "statement.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHOWN 200		/* lines of what was done */

struct taking {
	struct import *import;
	struct statement *statement;
	struct progress *progress;
	GPtrArray *plans;	/* of one event */
	GPtrArray *shown;	/* char *: the first that put or held money */
	unsigned statements, entries, actions, lists;
	int fd, code;
};

static int
refuse(const struct taking *taking, const struct event *event)
{
	const struct import *import = taking->import;
	const char *id = event_get(event, EVENT_STATEMENT_ID);

	say_error(import->context, "%s: statement %s was not taken: %s. "
	    "Nothing was imported%s.", import->file, id ? id :
	    "without a number", statement_why(taking->statement),
	    statement_has_gap(taking->statement) ? "; import the missing one "
	    "first, or this one with --gap if there is none" : "");
	return EX_DATAERR;
}

/* ---- what was done ---------------------------------------------------------- */

static void
show_plan(struct taking *taking, const struct plan *plan)
{
	taking->actions += plan->actions->len;
	if (taking->shown->len < SHOWN)
		g_ptr_array_add(taking->shown, plan_words(plan));
}

static void
report(const struct taking *taking)
{
	const struct import *import = taking->import;
	const struct context *context = import->context;
	FILE *out = import->options->report ? stdout : stderr;

	if (taking->lists && !context->quiet)
		say(context, "%s: this format has no opening balance, so "
		    "nobody can see whether a statement is missing",
		    import->file);
	if (import->options->report && context->json) {
		print_json(json_pack("{s:s, s:s, s:i, s:i}", "file",
		    import->file, "type", "statement", "statements",
		    taking->statements, "entries", taking->entries));
		return;
	}
	if (context->quiet)
		return;
	fprintf(out, "%s: %u statement%s with %u entr%s%s\n", import->file,
	    taking->statements, taking->statements == 1 ? "" : "s",
	    taking->entries, taking->entries == 1 ? "y" : "ies",
	    context->dry_run ? " (nothing changed)" : "");
	for (guint i = 0; i < taking->shown->len; i++)
		fputs(taking->shown->pdata[i], out);
	if (taking->shown->len == SHOWN)
		fprintf(out, "... and so on: %u actions in all, see "
		    "'mailfilter payment list' and 'mailfilter reconcile'\n",
		    taking->actions);
}

/* ---- event by event ----------------------------------------------------------- */

static bool
take_event(struct event *event, void *user)
{
	struct taking *taking = user;
	struct import *import = taking->import;
	enum store_status status;

	/* It is a statement: which accounts are ours? */
	taking->code = context_config(import->context);
	if (taking->code == EX_OK)
		taking->code = import_begin(import->context);
	if (taking->code != EX_OK)
		return false;
	status = statement_take(taking->statement, event);
	if (status != STORE_OK) {
		taking->code = store_failed(import->context, status);
	} else if (event_kind(event) != EVENT_STATEMENT) {
		taking->entries++;
	} else if (statement_why(taking->statement)) {
		taking->code = refuse(taking, event);
	} else {
		taking->statements++;
		taking->lists += !g_strcmp0(event_get(event, EVENT_COVERAGE),
		    "list");
	}
	for (guint i = 0; i < taking->plans->len; i++)
		show_plan(taking, taking->plans->pdata[i]);
	g_ptr_array_set_size(taking->plans, 0);
	progress_show(taking->progress, (size_t)(lseek(taking->fd, 0,
	    SEEK_CUR) / 65536 * 16));
	return taking->code == EX_OK;
}

static int
take_all(struct taking *taking, struct parser *parser, bool *unknown)
{
	struct import *import = taking->import;
	g_autofree char *why = NULL;
	enum statement_result result = parser_read_statement(parser,
	    taking->fd, take_event, taking, &why);
	enum store_status status;

	*unknown = result == STATEMENT_UNKNOWN;
	if (result == STATEMENT_STOPPED || *unknown)
		return taking->code;
	if (result != STATEMENT_READ) {
		say_error(import->context, "%s: %s", import->file, why);
		return EX_DATAERR;
	}
	status = statement_end(taking->statement);
	if (status != STORE_OK)
		return store_failed(import->context, status);
	report(taking);
	return EX_OK;
}

/* What was taken of the file is undone; that one is missing stays. */
static int
finish(struct taking *taking, int code)
{
	struct context *context = taking->import->context;
	enum store_status status;

	code = import_finish(context, code);
	if (code != EX_DATAERR || context->dry_run)
		return code;
	status = statement_show_gap(taking->statement);
	return status == STORE_OK ? code : store_failed(context, status);
}

int
import_statement(struct import *import, int fd, bool *unknown)
{
	struct taking taking = {.import = import, .fd = fd, .code = EX_OK};
	struct parser *parser;
	struct stat info = {.st_size = 0};
	int code;

	*unknown = false;
	parser = context_parser(import->context, false);
	if (!parser)
		return EX_CONFIG;
	lseek(fd, 0, SEEK_SET);
	fstat(fd, &info);
	taking.plans = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)plan_free);
	taking.shown = g_ptr_array_new_with_free_func(g_free);
	taking.statement = statement_new(import->context, ORIGIN_OWNER,
	    import->document, taking.plans);
	if (import->options->any_gap)
		statement_any_gap(taking.statement);
	taking.progress = progress_new(import->context, import->name,
	    (size_t)info.st_size / 65536 * 16);
	code = take_all(&taking, parser, unknown);
	code = *unknown ? EX_DATAERR : finish(&taking, code);
	progress_free(taking.progress);
	statement_free(taking.statement);
	g_ptr_array_unref(taking.plans);
	g_ptr_array_unref(taking.shown);
	parser_free(parser);
	return code;
}
