/*
 * cmd_reconcile.c - matches all money that is not on an invoice yet, in order
 * of arrival; takes the owner's yes, no and undo. The work goes in batches of
 * one transaction each.
 */
#include "command.h"
#include "import.h"
#include "intake.h"
#include "match.h"
#include "print.h"
#include "review.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BATCH 2500

extern const struct command cmd_reconcile;

/* ---- matching in batches -------------------------------------------------------- */

static enum store_status
match_batch(struct context *context, const GPtrArray *payments, guint from,
    guint until, GPtrArray *lines)
{
	enum store_status status = STORE_OK;

	for (guint i = from; i < until && status == STORE_OK; i++) {
		const struct payment *p = payments->pdata[i];
		json_t *line = NULL;

		status = reconcile_payment(context, p->id, &line, NULL);
		if (line)
			g_ptr_array_add(lines, line);
	}
	return status;
}

/* A batch that is committed is told, and not kept. */
static void
print_lines(GPtrArray *lines)
{
	for (guint i = 0; i < lines->len; i++)
		print_json(json_incref(lines->pdata[i]));
	fflush(stdout);
	g_ptr_array_set_size(lines, 0);
}

/* With -n everything is one transaction that is rolled back. */
static int
match_all(struct context *context, const GPtrArray *payments,
    GPtrArray *lines)
{
	guint batch = context->dry_run ? MAX(payments->len, 1) : BATCH;

	for (guint from = 0; from < payments->len; from += batch) {
		guint until = MIN(from + batch, payments->len);
		enum store_status status = store_begin(context->store);
		guint before = lines->len;

		store_together(context->store);
		if (status == STORE_OK)
			status = match_batch(context, payments, from, until,
			    lines);
		if (status == STORE_OK && !context->dry_run)
			status = store_commit(context->store);
		else
			store_rollback(context->store);
		if (status != STORE_OK) {
			g_ptr_array_set_size(lines, (int)before);
			return store_failed(context, status);
		}
		if (context->json)
			print_lines(lines);
	}
	return EX_OK;
}

static void
drop_line(void *line)
{
	json_decref(line);
}

enum asking { ASK_NOBODY, ASK_ON_SCREEN, ASK_PLAINLY };

static int
run_all(struct context *context, enum asking asking)
{
	const struct payment_filter filter = {.unallocated_only = true};
	g_autoptr(GPtrArray) payments = NULL;
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(drop_line);
	enum store_status status =
	    store_payment_list(context->store, &filter, &payments);
	int code;

	if (status != STORE_OK && status != STORE_NONE)
		return store_failed(context, status);
	if (!payments)
		payments = g_ptr_array_new();
	code = match_all(context, payments, lines);
	if (!context->json && !context->quiet)
		review_print(context, payments, lines);
	if (code == EX_OK && asking != ASK_NOBODY)
		code = review_ask(context, asking == ASK_PLAINLY);
	return code;
}

/* ---- the owner's word -------------------------------------------------------------- */

/* All of them in one transaction: each is carried out or none. */
static int
run_word(struct context *context, word_fn *word, char **ids)
{
	enum store_status status = store_begin(context->store);
	char **first = ids;
	int code = EX_OK;

	if (status != STORE_OK)
		return store_failed(context, status);
	for (; *ids && code == EX_OK; ids++)
		code = review_word(context, *ids, word);
	if (code != EX_OK && ids > first + 1)
		say_error(context, "nothing was changed, not for the others "
		    "either");
	if (code != EX_OK || context->dry_run) {
		store_rollback(context->store);
		return code;
	}
	status = store_commit(context->store);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

static int
import(struct context *context, char **files)
{
	static const struct import_options options = {.report = false};

	if (!*files)
		return EX_OK;
	return import_files(context, &options, (const char *const *)files);
}

/* Whoever sits at a terminal is asked; others when they want to be. */
static enum asking
asking(const struct context *context, bool wanted)
{
	if (wanted)
		return ASK_PLAINLY;
	if (context->json || context->dry_run || context->quiet ||
	    !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return ASK_NOBODY;
	return ASK_ON_SCREEN;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
	    {"accept", no_argument, NULL, 'a'},
	    {"reject", no_argument, NULL, 'r'},
	    {"undo", no_argument, NULL, 'u'},
	    {"ask", no_argument, NULL, 'k'},
	    {"dry-run", no_argument, NULL, 'n'},
	    {NULL, 0, NULL, 0},
	};
	word_fn *word = NULL;
	bool ask = false;
	int c, code, words = 0;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		words += c != 'n' && c != 'k';
		if (c == 'a')
			word = word_accept;
		else if (c == 'r')
			word = word_reject;
		else if (c == 'u')
			word = word_undo;
		else if (c == 'k')
			ask = true;
		else if (c == 'n')
			context->dry_run = true;
		else
			return option_error(&cmd_reconcile, c, argv);
	}
	if (words > 1)
		return usage_error(&cmd_reconcile,
		    "--accept, --reject and --undo are not for one call");
	if (ask && (words || context->json))
		return usage_error(&cmd_reconcile, "--ask goes neither with a "
		    "word nor with --json");
	if (word && optind == argc)
		return usage_error(&cmd_reconcile, "say which payment");
	code = context_config(context);
	if (code == EX_OK && !word)
		code = import(context, argv + optind);
	if (code == EX_OK)
		code = context_store(context, STORE_WRITE);
	if (code != EX_OK)
		return code;
	intake_spool(context);
	if (word)
		return run_word(context, word, argv + optind);
	return run_all(context, asking(context, ask));
}

const struct command cmd_reconcile = {
    .name = "reconcile",
    .usage = "[-n] [--ask] [FILE...] | [-n] --accept ID... | "
	     "[-n] --reject ID... | [-n] --undo ID...",
    .summary = "match money with invoices; say yes, no, or take it back",
    .options =
	"  FILE         import these first\n"
	"  --accept ID  put a payment where it was suggested\n"
	"  --reject ID  it is not for what was suggested\n"
	"  --undo ID    take back what was said or booked of a payment\n"
	"  --ask        ask line by line, also without a terminal; '?' tells "
	"the answers\n"
	"  -n           show what would be done, change nothing\n",
    .run = run,
};
