/*
 * invoice_edit.c - `invoice edit`: everything of a draft, by options, from a
 * file or in the owner's editor; of an invoice that is out only what stands on
 * no paper.
 */
#include "customer.h"
#include "invoice.h"
#include "invoice_finish.h"
#include "invoice_options.h"
#include "lookup.h"
#include "words.h"

#include <getopt.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the editor ---------------------------------------------------------------- */

static char *
editor(void)
{
	const char *names[] = {g_getenv("VISUAL"), g_getenv("EDITOR"), "vi"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (names[i] && *names[i])
			return g_strdup(names[i]);
	return NULL;
}

static bool
run_editor(const char *path, char **why)
{
	g_autofree char *program = editor();
	g_autofree char *quoted = g_shell_quote(path);
	g_autofree char *command = g_strdup_printf("%s %s", program, quoted);
	const char *argv[] = {"/bin/sh", "-c", command, NULL};
	g_autoptr(GError) error = NULL;
	int status = 0;

	if (!g_spawn_sync(NULL, (char **)(uintptr_t)argv, NULL,
	    G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL, &status,
	    &error) || !g_spawn_check_wait_status(status, &error)) {
		*why = g_strdup_printf("%s: %s", program, error->message);
		return false;
	}
	return true;
}

static char *
path_of(const struct making *making)
{
	g_autofree char *name = g_strdup_printf("%s.json",
	    making->invoice->number);

	return context_path(making->context, name);
}

/* What the owner wrote is not lost when it cannot be taken. */
static void
finish_file(const struct making *making, int code)
{
	g_autofree char *path = path_of(making);

	if (code == EX_OK)
		g_unlink(path);
	else if (g_file_test(path, G_FILE_TEST_EXISTS))
		say_error(making->context, "what you wrote is in %s: put it "
		    "right and say 'mailfilter invoice edit %s --file %s'",
		    path, making->invoice->number, path);
}

/* The draft as a file, changed by the owner. */
static int
edit_file(struct making *making)
{
	struct context *context = making->context;
	g_autofree char *path = path_of(making);
	char *text = json_dumps(making->source, JSON_INDENT(2));
	g_autofree char *why = NULL;
	bool good = g_file_set_contents_full(path, text, -1,
	    G_FILE_SET_CONTENTS_NONE, 0600, NULL);

	free(text);
	if (!good)
		why = g_strdup("it cannot be written");
	else if (run_editor(path, &why))
		good = making_read(making, path, &why);
	if (why) {
		say_error(context, "%s: %s", path, why);
		return EX_DATAERR;
	}
	return EX_OK;
}

/* ---- a draft -------------------------------------------------------------------------- */

static int
read_changes(const struct invoice_request *request, struct making *making)
{
	struct context *context = request->context;
	g_autofree char *why = NULL;

	if (invoice_request_is_empty(request)) {
		if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
			return edit_file(making);
		return usage_error(&cmd_invoice, "say what to change, or "
		    "--file DOCUMENT.json");
	}
	if (request->file && !making_read(making, request->file, &why)) {
		say_error(context, "--file: %s", why);
		return access_is_missing(request->file) ? EX_NOINPUT
							: EX_DATAERR;
	}
	return invoice_request_apply(request, making->source);
}

/* Another customer may have been named. */
static int
settle_customer(struct making *making)
{
	const char *key = document_text(making->source, "customer");
	struct customer *other = NULL;
	int code = EX_OK;

	if (key && strcmp(key, making->customer->key) != 0)
		code = find_customer(making->context, key, &other);
	if (other) {
		customer_free(making->customer);
		making->customer = other;
	}
	json_object_set_new(making->source, "customer",
	    json_string(making->customer->key));
	return code;
}

static int
edit_draft(const struct invoice_request *request,
    const struct invoice *invoice)
{
	struct making making;
	int code;

	making_init(&making, request->context);
	making.draft = true;
	code = making_open(&making, invoice);
	if (code == EX_OK)
		code = read_changes(request, &making);
	if (code == EX_OK)
		code = settle_customer(&making);
	if (code == EX_OK)
		code = invoice_finish(&making, false);
	if (invoice_request_is_empty(request))
		finish_file(&making, code);
	making_release(&making);
	return code;
}

/* ---- an invoice that is out -------------------------------------------------------------- */

/* "-" takes the invoice's own policy away. */
static enum store_status
set_policy(struct context *context, const struct invoice *invoice,
    const char *policy)
{
	const char *own = strcmp(policy, "-") == 0 ? NULL : policy;
	enum store_status status = store_invoice_set_policy(context->store,
	    invoice->id, own);

	return status != STORE_OK ? status : owner_note(context,
	    SUBJECT_INVOICE, invoice->id, "invoice-edited", "%s is reminded of "
	    "by %s%s%s, says %s.", invoice->number, own ? "the policy \"" :
	    "the policy of its customer", own ? own : "", own ? "\"" : "",
	    owner_name(context));
}

static int
change(struct context *context, const struct invoice *invoice,
    const char *policy, const char *memo)
{
	enum store_status status = store_begin(context->store);
	int code;

	if (status == STORE_OK && policy)
		status = set_policy(context, invoice, policy);
	if (status == STORE_OK && memo)
		status = owner_note(context, SUBJECT_INVOICE, invoice->id,
		    "memo", "%s: %s", owner_name(context), memo);
	code = owner_finish(context, status);
	if (code != EX_OK || context->quiet || context->json)
		return code;
	if (policy)
		printf("%s %s reminded of by %s.\n", invoice->number,
		    context->dry_run ? "would be" : "is",
		    strcmp(policy, "-") ? policy : "its customer's policy");
	if (memo)
		printf("The note %s with 'mailfilter explain %s'.\n",
		    context->dry_run ? "would stand" : "stands",
		    invoice->number);
	return code;
}

static int
edit_issued(struct invoice_request *request, const struct invoice *invoice)
{
	struct context *context = request->context;
	char **policy = invoice_request_cell(request, "policy");
	char **memo = invoice_request_cell(request, "memo");
	g_autofree char *by = g_steal_pointer(policy);
	g_autofree char *note = g_steal_pointer(memo);

	if (!invoice_request_is_empty(request)) {
		say_error(context, "%s is %s: what stands on it can no longer "
		    "be changed; 'mailfilter invoice void %s' or 'mailfilter "
		    "invoice credit %s', then make a new one ('mailfilter "
		    "invoice copy %s')", invoice->number,
		    invoice->sent ? "out" : "issued", invoice->number,
		    invoice->number, invoice->number);
		return EX_DATAERR;
	}
	if (!by && !note)
		return usage_error(&cmd_invoice, "say --policy NAME (\"none\": "
		    "no reminders, \"-\": its customer's) or --memo TEXT; the "
		    "rest of %s stands", invoice->number);
	if (by && strcmp(by, "-") != 0 && !customer_policy_known(context, by))
		return usage_error(&cmd_invoice, "--policy: '%s' is not in "
		    "the configuration", by);
	return change(context, invoice, by, note);
}

int
invoice_run_edit(struct context *context, int argc, char **argv)
{
	struct invoice_request request;
	struct invoice *invoice = NULL;
	int code;

	invoice_request_init(&request, context);
	code = invoice_request_read(&request, argc, argv);
	if (code == EX_OK && optind != argc - 1)
		code = usage_error(&cmd_invoice, "say which invoice or draft, "
		    "and what to change");
	if (code == EX_OK)
		code = context_config(context);
	if (code == EX_OK)
		code = open_store(context, STORE_WRITE);
	if (code == EX_OK)
		code = find_invoice(context, argv[optind], &invoice);
	if (code == EX_OK)
		code = invoice->state == INVOICE_DRAFT ?
		    edit_draft(&request, invoice) :
		    edit_issued(&request, invoice);
	invoice_free(invoice);
	invoice_request_clear(&request);
	return code;
}
