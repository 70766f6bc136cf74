/*
 * recurring_edit.c - `recurring add` and `recurring edit`: what comes again
 * (like an invoice or draft that is there, or a file) and how often.
 */
#include "recurring.h"

#include "instalments.h"
#include "invoice_finish.h"
#include "lookup.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define FAR_DAYS 3660

struct request {
	struct context *context;
	const char *from, *file, *customer, *every, *first, *until, *period;
	int last_day, draft;	/* -1: nothing was said */
};

static int
take_option(struct request *request, int c, char **argv)
{
	const char **texts[] = {['r'] = &request->from,
	    ['f'] = &request->file, ['c'] = &request->customer,
	    ['e'] = &request->every, ['1'] = &request->first,
	    ['u'] = &request->until, ['p'] = &request->period};

	if (c == 'l' || c == 'm')
		request->last_day = c == 'l';
	else if (c == 'd' || c == 'i')
		request->draft = c == 'd';
	else if (c == 'n')
		request->context->dry_run = true;
	else if (c > 0 && (size_t)c < G_N_ELEMENTS(texts) && texts[c])
		*texts[c] = optarg;
	else
		return option_error(&cmd_recurring, c, argv);
	return EX_OK;
}

static int
read_options(struct request *request, int argc, char **argv)
{
	static const struct option options[] = {
		{"from", required_argument, NULL, 'r'},
		{"file", required_argument, NULL, 'f'},
		{"customer", required_argument, NULL, 'c'},
		{"every", required_argument, NULL, 'e'},
		{"first", required_argument, NULL, '1'},
		{"until", required_argument, NULL, 'u'},
		{"period", required_argument, NULL, 'p'},
		{"last-day", no_argument, NULL, 'l'},
		{"same-day", no_argument, NULL, 'm'},
		{"draft", no_argument, NULL, 'd'},
		{"issue", no_argument, NULL, 'i'},
		{"dry-run", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0},
	};
	int c, code = EX_OK;

	request->last_day = request->draft = -1;
	while (code == EX_OK &&
	    (c = getopt_long(argc, argv, ":n", options, NULL)) != -1)
		code = take_option(request, c, argv);
	if (code == EX_OK && (optind != argc - 1 || !*argv[optind]))
		code = usage_error(&cmd_recurring, "say one name for it, such "
		    "as 'acme-hosting'");
	return code;
}

/* ---- what comes again ------------------------------------------------------------- */

static void
set_document(struct recurring *recurring, json_t *source)
{
	char *text = json_dumps(source, JSON_COMPACT);

	g_free(recurring->document);
	recurring->document = g_strdup(text);
	free(text);
	json_decref(source);
}

static int
take_from(struct request *request, struct recurring *recurring)
{
	struct context *context = request->context;
	struct invoice *invoice = NULL;
	json_t *document = NULL;
	int code = find_invoice(context, request->from, &invoice);

	if (code != EX_OK)
		return code;
	if (invoice->document)
		document = json_loads(invoice->document, 0, NULL);
	if (!json_object_get(document, "lines")) {
		say_error(context, "%s has no lines on file: nothing can come "
		    "again", invoice->number);
		code = EX_DATAERR;
	} else {
		recurring->customer = invoice->customer;
		set_document(recurring, invoice->state == INVOICE_DRAFT ?
		    json_incref(document) : invoice_source_of(document));
	}
	json_decref(document);
	invoice_free(invoice);
	return code;
}

static int
take_file(struct request *request, struct recurring *recurring)
{
	struct context *context = request->context;
	struct making making;
	struct customer *customer = NULL;
	const char *who;
	g_autofree char *why = NULL;
	int code = EX_OK;

	making_init(&making, context);
	if (!making_read(&making, request->file, &why)) {
		say_error(context, "--file: %s", why);
		code = EX_DATAERR;
	}
	who = request->customer ? request->customer :
	    document_text(making.source, "customer");
	if (code == EX_OK && !who)
		code = usage_error(&cmd_recurring, "say which --customer");
	if (code == EX_OK)
		code = find_customer(context, who, &customer);
	if (code == EX_OK) {
		recurring->customer = customer->id;
		json_object_set_new(making.source, "customer",
		    json_string(customer->key));
		set_document(recurring, json_incref(making.source));
	}
	customer_free(customer);
	making_release(&making);
	return code;
}

/* ---- how often --------------------------------------------------------------------- */

static int
take_day(const char *option, const char *text, char **day)
{
	if (!text)
		return EX_OK;
	if (day_number(text) == G_MININT32)
		return usage_error(&cmd_recurring, "--%s: '%s' is no day: "
		    "write it like 2026-12-01", option, text);
	g_free(*day);
	*day = g_strdup(text);
	return EX_OK;
}

/* Days that cannot be meant, and steps over which no calendar reaches. */
static int
check_times(const struct context *context, const struct recurring *recurring)
{
	int32_t first = day_number(recurring->first);

	if (ABS(first - day_number(context->today)) > FAR_DAYS)
		return usage_error(&cmd_recurring, "--first: %s is more than "
		    "ten years away", recurring->first);
	if (recurring->every && instalments_day(first, recurring->every, 2) >
	    first + FAR_DAYS)
		return usage_error(&cmd_recurring, "--every: '%s' is more than "
		    "ten years", recurring->every);
	if (recurring->until && day_number(recurring->until) < first)
		return usage_error(&cmd_recurring, "--until: %s is before the "
		    "first day, %s", recurring->until, recurring->first);
	return EX_OK;
}

static int
take_times(const struct request *request, struct recurring *recurring)
{
	static const char *const periods[] = {"none", "ahead", "behind"};
	int code = take_day("first", request->first, &recurring->first);

	if (code == EX_OK)
		code = take_day("until", request->until, &recurring->until);
	if (code != EX_OK)
		return code;
	if (request->every && !every_check(request->every))
		return usage_error(&cmd_recurring, "--every: '%s' is none of "
		    "month, quarter, year, week, \"2 weeks\", \"10 days\" …",
		    request->every);
	if (request->every) {
		g_free(recurring->every);
		recurring->every = g_strdup(request->every);
	}
	for (int i = 0; request->period && i < 3; i++)
		if (strcmp(periods[i], request->period) == 0) {
			recurring->period = (enum recurring_period)i;
			return EX_OK;
		}
	return request->period ? usage_error(&cmd_recurring, "--period: '%s' "
	    "is none of none, ahead, behind", request->period) : EX_OK;
}

static int
apply(struct request *request, struct recurring *recurring)
{
	int code = EX_OK;

	if (request->from && request->file)
		return usage_error(&cmd_recurring, "--from and --file exclude "
		    "each other");
	if (request->from)
		code = take_from(request, recurring);
	else if (request->file)
		code = take_file(request, recurring);
	if (code == EX_OK)
		code = take_times(request, recurring);
	if (code == EX_OK)
		code = check_times(request->context, recurring);
	if (request->last_day >= 0)
		recurring->last_day = request->last_day;
	if (request->draft >= 0)
		recurring->draft = request->draft;
	return code;
}

/* ---- keeping it ----------------------------------------------------------------------- */

/* Would its next turn make an invoice? NULL, or why not. */
static char *
try_turn(struct context *context, const struct recurring *recurring)
{
	struct making making;
	char *why = NULL;

	making_init(&making, context);
	json_decref(making.source);
	making.source = json_loads(recurring->document, 0, NULL);
	recurrence_fill(recurring, recurring->turn, making.source);
	if (store_customer_get(context->store, recurring->customer,
	    &making.customer) == STORE_OK)
		why = making_complete(&making);
	making_release(&making);
	return why;
}

static int
keep(struct context *context, struct recurring *recurring, const char *what)
{
	g_autofree char *why = NULL;
	enum store_status status = store_begin(context->store);
	char day[DAY_SIZE];

	if (status == STORE_OK && !recurring->draft)
		why = try_turn(context, recurring);
	if (why) {
		store_rollback(context->store);
		say_error(context, "“%s” would make no invoice: %s",
		    recurring->key, why);
		return EX_DATAERR;
	}
	day_text(recurrence_day(recurring, recurring->turn), day);
	if (status == STORE_OK)
		status = store_recurring_put(context->store, recurring);
	if (status == STORE_KNOWN) {
		store_rollback(context->store);
		say_error(context, "there is a recurring invoice “%s” already "
		    "('mailfilter recurring edit %s')", recurring->key,
		    recurring->key);
		return EX_DATAERR;
	}
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_CUSTOMER,
		    recurring->customer, what, "The invoice “%s” comes every "
		    "%s, next on %s: %s.", recurring->key, recurring->every,
		    day, owner_name(context));
	return owner_finish(context, status);
}

static int
finish(struct context *context, struct recurring *recurring, int code)
{
	char day[DAY_SIZE];

	if (code == EX_OK && !context->quiet && !context->json) {
		day_text(recurrence_day(recurring, recurring->turn), day);
		printf("“%s” %s every %s, next on %s.\n", recurring->key,
		    context->dry_run ? "would come" : "comes",
		    recurring->every, day);
	}
	recurring_free(recurring);
	return code;
}

static int
open_all(struct request *request, int argc, char **argv)
{
	int code = read_options(request, argc, argv);

	if (code == EX_OK)
		code = context_config(request->context);
	return code == EX_OK ? open_store(request->context, STORE_WRITE)
			     : code;
}

int
recurring_run_add(struct context *context, int argc, char **argv)
{
	struct request request = {.context = context};
	struct recurring *recurring = g_new0(struct recurring, 1);
	int code = open_all(&request, argc, argv);

	if (code == EX_OK) {
		recurring->key = g_strdup(argv[optind]);
		recurring->first = g_strdup(context->today);
		code = apply(&request, recurring);
	}
	if (code == EX_OK && !recurring->document)
		code = usage_error(&cmd_recurring, "say what comes again: "
		    "--from INVOICE, or --file");
	if (code == EX_OK && !recurring->every)
		code = usage_error(&cmd_recurring, "say how often: --every");
	if (code == EX_OK)
		code = keep(context, recurring, "recurring-new");
	return finish(context, recurring, code);
}

int
recurring_run_edit(struct context *context, int argc, char **argv)
{
	struct request request = {.context = context};
	struct recurring *recurring = NULL;
	int code = open_all(&request, argc, argv);
	enum store_status status;

	if (code == EX_OK) {
		status = store_recurring_find(context->store, argv[optind],
		    &recurring);
		code = status == STORE_OK ? apply(&request, recurring) :
		    status == STORE_NONE ? (say_error(context, "%s",
		    store_error(context->store)), EX_NOINPUT) :
		    store_failed(context, status);
	}
	if (code == EX_OK)
		code = keep(context, recurring, "recurring-changed");
	return finish(context, recurring, code);
}
