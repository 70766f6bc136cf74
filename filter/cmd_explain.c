/*
 * cmd_explain.c - the journal's story of an invoice, a payment or a letter:
 * what was decided, when, on what evidence.
 */
#include "command.h"
#include "explain_figures.h"
#include "lookup.h"
#include "print.h"
#include "schedule.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct command cmd_explain;

struct story {
	enum subject subject;
	int64_t row;
	char *title;
	int64_t plan;		/* instalments: only entries about it, or 0 */
};

/* ---- whose story? ---------------------------------------------------------- */

static enum store_status
story_of_invoice(struct context *context, const char *text,
    struct story *story)
{
	struct invoice *v = NULL;
	g_autofree char *open = NULL, *amount = NULL;
	enum store_status status = store_invoice_find(context->store, text,
	    &v);

	if (status != STORE_OK)
		return status;
	amount = money_text(v->amount, v->currency);
	open = money_text(v->open, v->currency);
	story->subject = SUBJECT_INVOICE;
	story->row = v->id;
	story->title = g_strdup_printf("Invoice %s of %s: %s, %s open, due %s",
	    v->number, v->date, amount, open, v->due);
	invoice_free(v);
	return STORE_OK;
}

/* What became of the money that is on no invoice; "" when all of it is. */
static char *
left_text(const struct payment *p, const struct customer *owner)
{
	g_autofree char *left = money_text(p->unallocated, p->currency);

	if (!p->unallocated)
		return g_strdup("");
	if (p->set_aside)
		return g_strdup("set aside");
	return owner ? g_strdup_printf("%s credit of %s", left, owner->name)
		     : g_strdup_printf("%s unmatched", left);
}

static enum store_status
story_of_payment(struct context *context, const char *text,
    struct story *story)
{
	struct payment *p = NULL;
	struct customer *owner = NULL;
	g_autofree char *amount = NULL, *left = NULL;
	enum store_status status = store_payment_find(context->store, text,
	    &p);

	if (status != STORE_OK)
		return status;
	amount = money_text(p->amount, p->currency);
	status = credit_owner(context->store, p->id, &owner);
	left = left_text(p, owner);
	story->subject = SUBJECT_PAYMENT;
	story->row = p->id;
	story->title = g_strdup_printf("Payment %s of %s: %s from %s, %s%s%s",
	    p->key, p->booked, amount,
	    p->payer ? p->payer : p->payer_account ? p->payer_account :
	    "an unnamed payer", payment_state_name(p->state),
	    *left ? ", " : "", left);
	customer_free(owner);
	payment_free(p);
	return status;
}

static enum store_status
story_of_letter(struct context *context, const char *text,
    struct story *story)
{
	struct letter *letter = NULL;
	enum store_status status = letter_by_text(context, text, &letter);

	if (status != STORE_OK)
		return status;
	story->subject = SUBJECT_LETTER;
	story->row = letter->id;
	story->title = g_strdup_printf("Letter %" G_GINT64_FORMAT " (%s) to "
	    "%s: %s%s%s", letter->id, letter_words(letter->kind),
	    letter->to ? letter->to : "nobody",
	    letter_state_name(letter->state), letter->why ? ", " : "",
	    letter->why ? letter->why : "");
	letter_free(letter);
	return STORE_OK;
}

static enum store_status
story_of_customer(struct context *context, const char *text,
    struct story *story)
{
	struct customer *customer = NULL;
	enum store_status status = store_customer_find(context->store, text,
	    &customer);

	if (status != STORE_OK)
		return status;
	story->subject = SUBJECT_CUSTOMER;
	story->row = customer->id;
	story->title = g_strdup_printf("Customer %s (%s)", customer->name,
	    customer->key);
	customer_free(customer);
	return STORE_OK;
}

/* "plan 3": what was decided about the plan, under the first of its invoices. */
static enum store_status
story_of_plan(struct context *context, const char *text, struct story *story)
{
	struct instalment_plan *plan = NULL;
	guint64 id = 0;
	enum store_status status;

	if (!g_str_has_prefix(text, "plan ") || !g_ascii_string_to_unsigned(
	    text + strlen("plan "), 10, 1, G_MAXINT64, &id, NULL))
		return STORE_NONE;
	status = store_instalments_get(context->store, (int64_t)id, &plan);
	if (status != STORE_OK)
		return status;
	story->subject = SUBJECT_INVOICE;
	story->row = ((struct instalment_invoice *)
	    plan->invoices->pdata[0])->invoice;
	story->plan = plan->id;
	story->title = g_strdup_printf("Instalment plan %" G_GINT64_FORMAT,
	    plan->id);
	instalment_plan_free(plan);
	return STORE_OK;
}

static int
find_story(struct context *context, const char *text, struct story *story)
{
	static enum store_status (*const finders[])(struct context *context,
	    const char *text, struct story *story) = {
		story_of_invoice, story_of_payment, story_of_letter,
		story_of_customer, story_of_plan,
	};
	enum store_status status = STORE_NONE;

	for (size_t i = 0; i < G_N_ELEMENTS(finders); i++) {
		status = finders[i](context, text, story);
		if (status != STORE_NONE)
			break;
	}
	if (status == STORE_NONE) {
		say_error(context, "there is no invoice, payment, letter or "
		    "customer '%s' ('mailfilter invoice list', 'payment "
		    "list' and so on show them)", text);
		return EX_NOINPUT;
	}
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

/* ---- telling it ----------------------------------------------------------------- */

static char *
trust_words(const char *class)
{
	static const struct {
		const char *class, *words;
	} rows[] = {
		{"U", "an unverified message: it settles nothing"},
		{"A", "a verified mail of the bank"},
		{"S", "a statement"},
		{"O", "the owner's word"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (g_strcmp0(class, rows[i].class) == 0)
			return g_strdup(rows[i].words);
	return g_strdup(class);
}

/* One fact in plain words, or NULL for what only a program reads. */
static char *
fact_text(const char *evidence, const char *key, const json_t *value,
    const char **label)
{
	static const char *const hidden[] = {"decision", "source", "channel",
	    "template", NULL};
	const char *text = json_string_value(value);

	*label = key;
	if (g_strv_contains(hidden, key))
		return NULL;
	if (strcmp(key, "class") == 0) {
		*label = "on the word of";
		return trust_words(text);
	}
	if (strcmp(key, "rules") == 0) {
		*label = "by";
		return evidence_reasons(evidence);
	}
	if (strcmp(key, "probability") == 0 && text) {
		*label = "sure";
		return sure_text(g_ascii_strtod(text, NULL));
	}
	return text ? g_strdup(text)
	    : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
}

static void
print_fact(const struct context *context, const char *label, const char *text)
{
	g_autofree char *name = g_strdelimit(g_strdup(label), "_", ' ');
	g_autofree char *clean = print_clean(text);

	g_autofree char *line = g_strdup_printf("%s: %s", name, clean);

	fputs(paint(context, PAINT_DIM), stdout);
	print_hanging(20, "", line);
	fputs(paint(context, PAINT_NONE), stdout);
}

/* What the entry says already: whose story it is, or the reasons. */
static bool
is_said(const struct story *story, const struct journal_entry *entry,
    const char *key, const char *plain)
{
	if (strcmp(key, "payment") == 0)
		return story->subject == SUBJECT_PAYMENT;
	return (strcmp(key, "rules") == 0 || strcmp(key, "by") == 0) &&
	    entry->text && strstr(entry->text, plain);
}

static void
print_evidence(const struct context *context, const struct story *story,
    const struct journal_entry *entry)
{
	const char *text = entry->evidence, *key;
	json_t *evidence = text ? json_loads(text, 0, NULL) : NULL;
	json_t *value;

	json_object_foreach(evidence, key, value) {
		const char *label;
		g_autofree char *plain = fact_text(text, key, value, &label);

		if (plain && *plain && !is_said(story, entry, key,
		    plain))
			print_fact(context, label, plain);
	}
	json_decref(evidence);
}

static void
print_entry(const struct context *context, const struct story *story,
    const struct journal_entry *entry)
{
	g_autofree char *at = moment_show(context, entry->at);
	g_autofree char *text = print_clean(entry->text ? entry->text : "");

	g_autofree char *first = g_strconcat("  ", at, NULL);

	print_hanging(20, first, text);
	if (context->verbose)
		print_fact(context, "code", entry->code);
	print_evidence(context, story, entry);
}

static const char *
subject_name(enum subject subject)
{
	static const char *const names[] = {
		[SUBJECT_NONE] = NULL, [SUBJECT_CUSTOMER] = "customer",
		[SUBJECT_INVOICE] = "invoice", [SUBJECT_PAYMENT] = "payment",
		[SUBJECT_LETTER] = "letter", [SUBJECT_ACCOUNT] = "account",
	};

	return names[subject];
}

static void
put_subject(struct context *context, json_t *json,
    const struct journal_entry *entry)
{
	g_autofree char *name = NULL;

	switch (entry->subject) {
	case SUBJECT_CUSTOMER:
		name = customer_key(context, entry->row);
		break;
	case SUBJECT_INVOICE:
		name = invoice_number(context, entry->row);
		break;
	case SUBJECT_PAYMENT:
		name = payment_key(context, entry->row);
		break;
	default:
		name = g_strdup_printf("%" G_GINT64_FORMAT, entry->row);
		break;
	}
	json_put(json, "subject", subject_name(entry->subject));
	if (entry->subject != SUBJECT_NONE)
		json_put(json, "of", name);
}

static void
print_entry_json(struct context *context, const struct journal_entry *entry)
{
	json_t *json = json_object();
	json_t *evidence = entry->evidence
	    ? json_loads(entry->evidence, 0, NULL) : NULL;

	json_put_moment(json, "at", entry->at);
	json_put(json, "code", entry->code);
	json_put(json, "text", entry->text);
	put_subject(context, json, entry);
	if (evidence)
		json_object_set_new(json, "evidence", evidence);
	json_put(json, "hash", entry->hash);
	print_json(json);
}

static void
print_title(const struct context *context, const char *text)
{
	g_autofree char *title = print_clean(text);

	fputs(paint(context, PAINT_BOLD), stdout);
	print_hanging(0, "", title);
	fputs(paint(context, PAINT_NONE), stdout);
}

static void
print_ahead(const struct context *context, const struct ahead *ahead)
{
	g_autofree char *what = ahead_text(ahead->step);
	char day[DAY_SIZE];

	day_text(ahead->day, day);
	if (context->json)
		print_json(json_pack("{s:s, s:s, s:i, s:s, s:s}", "code",
		    "ahead", "day", day, "step", ahead->step->number, "words",
		    ahead->step->text, "text", what));
	else
		printf("  %-18s%s\n", day, what);
}

/* What comes if nobody pays, nothing is held and the bank is heard. */
static int
tell_ahead(struct context *context, const struct story *story)
{
	g_autoptr(GArray) ahead = NULL;
	struct invoice *invoice;
	enum store_status status;

	if (!context->config && context_config(context) != EX_OK)
		return EX_OK;
	status = store_invoice_get(context->store, story->row, &invoice);
	if (status != STORE_OK)
		return store_failed(context, status);
	status = schedule_ahead(context, invoice, &ahead);
	invoice_free(invoice);
	if (status != STORE_OK)
		return store_failed(context, status);
	if (ahead->len && !context->json)
		puts("Ahead, unless it is paid or held:");
	for (guint i = 0; i < ahead->len; i++)
		print_ahead(context, &g_array_index(ahead, struct ahead, i));
	return EX_OK;
}

static bool
is_told(const struct story *story, const struct journal_entry *entry)
{
	g_autofree char *mark = g_strdup_printf("\"instalments\":%"
	    G_GINT64_FORMAT "}", story->plan);

	return !story->plan || (entry->evidence &&
	    strstr(entry->evidence, mark));
}

/* What holds now, behind what was decided. */
static int
tell_figures(struct context *context, const struct story *story)
{
	int code;

	if (story->plan)
		return explain_plan(context, story->plan);
	if (story->subject == SUBJECT_CUSTOMER)
		return explain_figures(context, story->row, 0);
	if (story->subject != SUBJECT_INVOICE)
		return EX_OK;
	code = tell_ahead(context, story);
	return code == EX_OK ? explain_figures(context, 0, story->row) : code;
}

static int
tell(struct context *context, const struct story *story)
{
	g_autoptr(GPtrArray) entries = NULL;
	enum store_status status = store_journal_list(context->store,
	    story->subject, story->row, &entries);

	if (status != STORE_OK)
		return store_failed(context, status);
	if (!context->json)
		print_title(context, story->title);
	for (guint i = 0; i < entries->len; i++) {
		if (!is_told(story, entries->pdata[i]))
			continue;
		if (context->json)
			print_entry_json(context, entries->pdata[i]);
		else
			print_entry(context, story, entries->pdata[i]);
	}
	if (!entries->len && !context->json)
		puts("  Nothing has been decided about it.");
	return tell_figures(context, story);
}

static int
run(struct context *context, int argc, char **argv)
{
	struct story story = {0};
	int code;

	if (argc == 2 && argv[1][0] == '-')
		return usage_error(&cmd_explain, "there is no option '%s'",
		    argv[1]);
	if (argc != 2)
		return usage_error(&cmd_explain, "say which invoice, payment, "
		    "letter or customer");
	code = open_store(context, STORE_READ);
	if (code == EX_OK)
		code = find_story(context, argv[1], &story);
	if (code == EX_OK)
		code = tell(context, &story);
	g_free(story.title);
	return code;
}

const struct command cmd_explain = {
	.name = "explain",
	.usage = "INVOICE|PAYMENT|LETTER|CUSTOMER|'plan N'",
	.summary = "what was decided about it, when, on what evidence",
	.run = run,
};
