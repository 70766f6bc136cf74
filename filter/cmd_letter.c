/*
 * cmd_letter.c - the owner looks into the outbox: which letters, in what
 * state, and a word about those whose fate nobody else knows.
 */
#include "command.h"
#include "lookup.h"
#include "outbox_internal.h"
#include "print.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct command cmd_letter;

struct request {
	const char *customer, *invoice, *state;
	bool waiting, mass;
};

static int
read_options(struct context *context, int argc, char **argv,
    struct request *request)
{
	static const struct option options[] = {
	    {"customer", required_argument, NULL, 'c'},
	    {"invoice", required_argument, NULL, 'i'},
	    {"state", required_argument, NULL, 's'},
	    {"waiting", no_argument, NULL, 'w'},
	    {"mass", no_argument, NULL, 'm'},
	    {"dry-run", no_argument, NULL, 'n'},
	    {NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, ":n", options, NULL)) != -1) {
		if (c == 'c')
			request->customer = optarg;
		else if (c == 'i')
			request->invoice = optarg;
		else if (c == 's')
			request->state = optarg;
		else if (c == 'w')
			request->waiting = true;
		else if (c == 'm')
			request->mass = true;
		else if (c == 'n')
			context->dry_run = true;
		else
			return option_error(&cmd_letter, c, argv);
	}
	return EX_OK;
}

/* ---- list, show ------------------------------------------------------------- */

static json_t *
items_json(struct context *context, const struct letter *letter)
{
	json_t *items = json_array(), *json;

	for (guint i = 0; letter->items && i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];
		struct invoice *invoice = NULL;

		if (store_invoice_get(context->store, item->invoice,
		    &invoice) != STORE_OK)
			continue;
		json = json_object();
		json_put(json, "invoice", invoice->key);
		json_put(json, "number", invoice->number);
		json_put_money(json, "balance", item->balance,
		    invoice->currency);
		if (item->step)
			json_object_set_new(json, "step",
			    json_integer(item->step));
		json_array_append_new(items, json);
		invoice_free(invoice);
	}
	return items;
}

static json_t *
letter_json(struct context *context, const struct letter *letter)
{
	g_autofree char *customer = customer_key(context, letter->customer);
	json_t *json = json_pack("{s:I, s:s, s:s, s:s, s:o}", "letter",
	    (json_int_t)letter->id, "kind", letter_kind_name(letter->kind),
	    "state", letter_state_name(letter->state), "customer", customer,
	    "invoices", items_json(context, letter));

	json_put(json, "to", letter->to);
	json_put(json, "language", letter->language);
	json_put(json, "tone", letter->tone);
	json_put(json, "message_id", letter->message_id);
	json_put_moment(json, "planned", letter->planned);
	json_put_moment(json, "sent", letter->sent);
	json_put_moment(json, "not_before", letter->not_before);
	if (letter->tries)
		json_object_set_new(json, "tries",
		    json_integer(letter->tries));
	json_put_moment(json, "confirmed", letter->confirmed);
	if (letter->mass != MASS_NONE)
		json_put(json, "mass", letter->mass == MASS_ASKED ? "asked"
		    : "released");
	json_put(json, "why", letter->why);
	json_put(json, "path", letter->mime_path);
	return json;
}

static char *
numbers(struct context *context, const struct letter *letter)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; letter->items && i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];
		g_autofree char *number = invoice_number(context,
		    item->invoice);

		g_string_append_printf(text, "%s%s", text->len ? ", " : "",
		    number);
	}
	return g_string_free(text, FALSE);
}

static void
print_row(struct context *context, struct table *table,
    const struct letter *letter)
{
	g_autofree char *id = g_strdup_printf(">%" PRId64, letter->id);
	g_autofree char *invoices = numbers(context, letter);
	g_autofree char *when = moment_show(context,
	    letter->sent ? letter->sent : letter->planned);
	const char *cells[] = {id, letter_words(letter->kind),
	    letter_state_name(letter->state), when, letter->to ? letter->to
	    : "", invoices, letter->why ? letter->why
	    : letter_waits(letter) && letter->mass == MASS_ASKED
	    ? "one of many: you are asked first" : ""};

	table_row(table, cells);
}

/* The names of the options as a filter of the store. */
static int
read_filter(struct context *context, const struct request *request,
    struct letter_filter *filter)
{
	struct customer *customer = NULL;
	struct invoice *invoice = NULL;
	int code = EX_OK;

	filter->waiting_only = request->waiting;
	for (int i = LETTER_PLANNED; request->state && i <= LETTER_UNKNOWN; i++)
		if (strcmp(request->state,
		    letter_state_name((enum letter_state)i)) == 0)
			filter->states = 1u << i;
	if (request->state && filter->states == 0)
		return usage_error(&cmd_letter, "--state: there is no '%s'; "
		    "there are planned, rendered, sending, sent, recalled, "
		    "failed, unknown", request->state);
	if (request->customer)
		code = find_customer(context, request->customer, &customer);
	if (code == EX_OK && request->invoice)
		code = find_invoice(context, request->invoice, &invoice);
	filter->customer = customer ? customer->id : 0;
	filter->invoice = invoice ? invoice->id : 0;
	customer_free(customer);
	invoice_free(invoice);
	return code;
}

static int
list(struct context *context, int argc, char **argv)
{
	static const char *const headings[] = {">Id", "Kind", "State", "When",
	    "To", "Invoices", "Why"};
	struct request request = {0};
	struct letter_filter filter = {0};
	GPtrArray *letters = NULL;
	struct table *table;
	enum store_status status;
	int code = read_options(context, argc, argv, &request);

	if (code == EX_OK && optind < argc)
		code = usage_error(&cmd_letter, "'%s' is too much here",
		    argv[optind]);
	if (code == EX_OK)
		code = open_store(context, STORE_READ);
	if (code == EX_OK)
		code = read_filter(context, &request, &filter);
	if (code != EX_OK)
		return code;
	status = store_letter_list(context->store, &filter, &letters);
	if (status != STORE_OK)
		return store_failed(context, status);
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < letters->len; i++) {
		if (context->json)
			print_json(letter_json(context, letters->pdata[i]));
		else
			print_row(context, table, letters->pdata[i]);
	}
	table_end(table, "No letter.");
	g_ptr_array_unref(letters);
	return EX_OK;
}

/* By its number, else by its Message-ID. */
static int
find_letter(struct context *context, const char *text, struct letter **out)
{
	enum store_status status = letter_by_text(context, text, out);

	if (status == STORE_NONE) {
		say_error(context, "there is no letter '%s'; 'mailfilter "
		    "letter list' shows them", text);
		return EX_NOINPUT;
	}
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

/* Opens the store and finds the one letter that the command line names. */
static int
begin(struct context *context, enum store_access access, int argc,
    char **argv, int words, struct letter **letter)
{
	struct request request = {0};
	int code = read_options(context, argc, argv, &request);

	if (code == EX_OK && argc - optind != words)
		code = usage_error(&cmd_letter, "say one letter%s",
		    words == 2 ? " and what became of it: sent, failed or retry"
		    : "");
	if (code == EX_OK)
		code = open_store(context, access);
	if (code == EX_OK)
		code = find_letter(context, argv[optind], letter);
	return code;
}

static int
show(struct context *context, int argc, char **argv)
{
	struct letter *letter = NULL;
	g_autoptr(GBytes) mime = NULL;
	int code = begin(context, STORE_READ, argc, argv, 1, &letter);

	if (code != EX_OK)
		return code;
	mime = letter_kept(letter);
	if (context->json) {
		print_json(letter_json(context, letter));
	} else {
		g_autofree char *invoices = numbers(context, letter);
		g_autofree char *why = print_clean(letter->why ? letter->why
						   : "");

		printf("Letter %" PRId64 ": %s, %s%s%s\n", letter->id,
		    letter_kind_name(letter->kind),
		    letter_state_name(letter->state), *why ? ": " : "", why);
		printf("To:       %s\nInvoices: %s\nMessage:  %s\n",
		    letter->to ? letter->to : "", invoices,
		    letter->mime_path ? letter->mime_path
		    : "not made yet");
		if (letter->confirmed) {
			g_autofree char *when = moment_show(context,
			    letter->confirmed);

			printf("Copy:     came back %s\n", when);
		}
	}
	if (mime && !context->json) {
		putchar('\n');
		fwrite(g_bytes_get_data(mime, NULL), 1,
		    g_bytes_get_size(mime), stdout);
	}
	letter_free(letter);
	return EX_OK;
}

/* ---- the owner's word ---------------------------------------------------------- */

/* One transaction: the move, what hangs on it, the journal. */
static int
move(struct context *context, const struct letter *letter,
    enum letter_state state, const char *code, const char *text)
{
	enum store_status status = store_begin(context->store);

	if (status == STORE_OK && state != letter->state)
		status = store_letter_move(context->store, letter->id, state,
		    state == LETTER_SENT ? NULL : text, context->now);
	if (status == STORE_OK && state == LETTER_SENT)
		status = outbox_mark_sent(context, letter);
	if (status == STORE_OK &&
	    (state == LETTER_RENDERED || state == LETTER_PLANNED))
		status = store_letter_retry(context->store, letter->id, 0);
	if (status == STORE_OK)
		status = outbox_answer(context, "letter-unknown", letter->id);
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_LETTER, letter->id, code,
		    "The %s to %s: %s.", letter_words(letter->kind),
		    letter->to, text);
	if (!context->quiet && status == STORE_OK)
		say(context, "letter %" PRId64 ": %s%s", letter->id, text,
		    context->dry_run ? " (nothing changed)" : "");
	return owner_finish(context, status);
}

static int
refuse(struct context *context, const struct letter *letter, const char *what)
{
	say_error(context, "letter %" PRId64 " is %s: %s; nothing was changed",
	    letter->id, letter_state_name(letter->state), what);
	return EX_DATAERR;
}

/* All that wait for the owner's word, at once. */
static int
answer_mass(struct context *context, enum store_status (*carry_out)(
    struct context *context, int64_t *count), const char *what)
{
	int64_t count = 0;
	int code = open_store(context, STORE_WRITE);
	enum store_status status;

	if (code != EX_OK)
		return code;
	status = store_begin(context->store);
	if (status == STORE_OK)
		status = carry_out(context, &count);
	if (status == STORE_OK && !context->quiet)
		say(context, "%" PRId64 " letter%s %s%s", count, count == 1 ?
		    "" : "s", what, context->dry_run ? " (nothing changed)" :
		    "");
	return owner_finish(context, status);
}

/* --mass without a letter's number. */
static bool
means_mass(struct context *context, int argc, char **argv, int *code)
{
	struct request request = {0};

	*code = read_options(context, argc, argv, &request);
	if (*code == EX_OK && request.mass && optind < argc)
		*code = usage_error(&cmd_letter, "say --mass or one letter");
	if (!request.mass)
		optind = 0;
	return request.mass || *code != EX_OK;
}

static int
release(struct context *context, int argc, char **argv)
{
	struct letter *letter = NULL;
	enum store_status status;
	int code;

	if (means_mass(context, argc, argv, &code))
		return code == EX_OK ? answer_mass(context,
		    outbox_mass_release, "may go") : code;
	code = begin(context, STORE_WRITE, argc, argv, 1, &letter);
	if (code == EX_OK && (letter->mass != MASS_ASKED ||
	    !letter_waits(letter))) {
		code = refuse(context, letter, "it does not wait for your "
		    "word");
	} else if (code == EX_OK) {
		status = store_begin(context->store);
		if (status == STORE_OK)
			status = store_letter_set_mass(context->store,
			    letter->id, MASS_RELEASED);
		if (status == STORE_OK)
			status = owner_note(context, SUBJECT_LETTER,
			    letter->id, "mass:released", "The %s to %s may go, "
			    "says the owner.", letter_words(letter->kind),
			    letter->to);
		code = owner_finish(context, status);
	}
	letter_free(letter);
	return code;
}

static int
recall(struct context *context, int argc, char **argv)
{
	struct letter *letter = NULL;
	int code;

	if (means_mass(context, argc, argv, &code))
		return code == EX_OK ? answer_mass(context,
		    outbox_mass_recall, "taken back") : code;
	code = begin(context, STORE_WRITE, argc, argv, 1, &letter);

	if (code == EX_OK && !letter_waits(letter))
		code = refuse(context, letter, "only a letter that waits can "
		    "be recalled");
	else if (code == EX_OK)
		code = move(context, letter, LETTER_RECALLED,
		    "recalled:owner", "recalled by the owner");
	letter_free(letter);
	return code;
}

static int
resolve(struct context *context, int argc, char **argv)
{
	static const struct {
		const char *word;
		enum letter_state state;
		const char *code, *text;
	} answers[] = {
	    {"sent", LETTER_SENT, "sent:owner",
	        "it was sent, says the owner"},
	    {"failed", LETTER_FAILED, "failed:owner",
	        "it was not sent and will not be, says the owner"},
	    {"retry", LETTER_RENDERED, "retry:owner",
	        "it was not sent and goes out again, says the owner"},
	};
	struct letter *letter = NULL;
	int code = begin(context, STORE_WRITE, argc, argv, 2, &letter);
	const char *word = code == EX_OK ? argv[optind + 1] : "";
	size_t i = 0;

	while (code == EX_OK && i < G_N_ELEMENTS(answers) &&
	    strcmp(answers[i].word, word) != 0)
		i++;
	if (code == EX_OK && i == G_N_ELEMENTS(answers))
		code = usage_error(&cmd_letter, "'%s': say sent, failed or "
		    "retry", word);
	else if (code == EX_OK && letter->state != LETTER_UNKNOWN)
		code = refuse(context, letter, "only a letter whose fate is "
		    "unknown needs an answer");
	else if (code == EX_OK)
		code = move(context, letter, answers[i].state,
		    answers[i].code, answers[i].text);
	letter_free(letter);
	return code;
}

static int
retry(struct context *context, int argc, char **argv)
{
	struct letter *letter = NULL;
	int code = begin(context, STORE_WRITE, argc, argv, 1, &letter);

	if (code == EX_OK && !letter_waits(letter) &&
	    letter->state != LETTER_UNKNOWN)
		code = refuse(context, letter, "only a letter that waits, or "
		    "whose fate is unknown, can be tried again");
	else if (code == EX_OK)
		code = move(context, letter,
		    letter->state == LETTER_PLANNED ? LETTER_PLANNED
		    : LETTER_RENDERED, "retry:owner",
		    "goes out with the next 'mailfilter send', says the owner");
	letter_free(letter);
	return code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct verb verbs[] = {
	    {"list", list}, {"show", show}, {"recall", recall},
	    {"resolve", resolve}, {"retry", retry}, {"release", release},
	    {NULL, NULL},
	};

	return verb_run(&cmd_letter, verbs, context, argc, argv);
}

const struct command cmd_letter = {
	.name = "letter",
	.usage = "list [--customer C] [--invoice I] [--state S] [--waiting] | "
		 "show ID |\n                  recall [-n] ID|--mass | "
		 "release [-n] ID|--mass |\n                  resolve [-n] ID "
		 "sent|failed|retry | retry [-n] ID",
	.summary = "the outbox: what waits, what left, what is unknown",
	.options =
	    "  --state S  planned, rendered, sending, sent, recalled, failed, "
	    "unknown\n"
	    "  --waiting  planned and rendered only\n"
	    "  release    it may go, though many would leave at once\n"
	    "  --mass     all that wait for your word because they are many\n"
	    "  resolve    says what became of a letter that nobody can tell "
	    "about\n"
	    "  retry      no more waiting for the next try\n",
	.run = run,
};
