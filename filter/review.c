/*
 * review.c - decisions shown to a person as a table, and one word about one
 * payment on the command line.
 */
#include "review.h"
#include "lookup.h"
#include "match.h"
#include "print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- showing ------------------------------------------------------------------ */

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static char *
join(const json_t *array, const char *name)
{
	GString *out = g_string_new(NULL);
	const json_t *one;
	size_t i;

	json_array_foreach(array, i, one)
	{
		const char *text = name ? text_of(one, name)
					: json_string_value(one);

		if (!text || strstr(out->str, text))
			continue;
		if (out->len)
			g_string_append(out, ", ");
		g_string_append(out, text);
	}
	return g_string_free(out, FALSE);
}

static const struct payment *
payment_by_key(GHashTable *by_key, const json_t *line)
{
	return g_hash_table_lookup(by_key, text_of(line, "payment"));
}

/* Where nothing is booked or suggested: is the person asked, and what? */
static const struct {
	const char *reason, *words;
	bool asked;
} nothings[] = {
    {"unknown", "whose?", true}, {"unclear", "which?", true},
    {"refused", "which?", true}, {"already-paid", "twice?", true},
    {"paid-twice", "twice?", true}, {"prepaid", "early", true},
    {"ignored", "set aside", false}, {"credit:owner", "credit", false},
    {"returned", "went back", false},
    {"returned:unknown", "went back", false},
    {"amount:negative", "went back", false},
    {"transfer:payout", "payout", false},
    {"transfer:expected", "payout", false},
};

/* The row of nothings[] for a decision's reasons, the first when none fits. */
static size_t
nothing_of(const json_t *line)
{
	const json_t *reason;
	size_t i;

	json_array_foreach(json_object_get(line, "reasons"), i, reason)
		for (size_t row = 0; row < G_N_ELEMENTS(nothings); row++)
			if (g_strcmp0(json_string_value(reason),
				nothings[row].reason) == 0)
				return row;
	return 0;
}

/* Unverified: it settles nothing, whatever the person says. */
static bool
is_held(const struct payment *p, const json_t *line)
{
	return p && p->state == PAYMENT_POSSIBLE &&
	    strcmp(text_of(line, "decision"), "suggest") == 0;
}

/* A decision for a person; the probability of none says nothing to one. */
static const char *
decision_words(const struct payment *p, const json_t *line)
{
	static const struct {
		const char *decision, *words;
	} rows[] = {{"auto", "book"}, {"suggest", "confirm?"},
	    {"duplicate", "known"}};
	const char *decision = text_of(line, "decision");

	if (is_held(p, line))
		return "held";
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].decision, decision) == 0)
			return rows[i].words;
	return nothings[nothing_of(line)].words;
}

static void
show_line(struct table *table, const struct payment *p, const json_t *line)
{
	const char *payer = !p ? "" : p->payer ? p->payer :
	    p->payer_account ? p->payer_account : "";
	g_autofree char *money = p ? money_text(p->amount, p->currency)
				   : g_strdup("");
	g_autofree char *right = g_strconcat(">", money, NULL);
	g_autofree char *invoices =
	    join(json_object_get(line, "allocations"), "number");
	g_autofree char *codes = join(json_object_get(line, "reasons"), NULL);
	g_autofree char *why = why_words(codes);
	g_autofree char *sure = sure_text(json_real_value(
	    json_object_get(line, "probability")));
	g_autofree char *probability =
	    *invoices ? g_strconcat(">", sure, NULL) : g_strdup("");
	const char *cells[] = {text_of(line, "payment"),
	    p && p->booked ? p->booked : "", right, payer,
	    decision_words(p, line), invoices, probability, why};

	table_row(table, cells);
}

struct tally {
	unsigned booked, suggested, asked, others;
};

static void
count(struct tally *n, const struct payment *p, const json_t *line)
{
	const char *decision = text_of(line, "decision");

	if (strcmp(decision, "auto") == 0)
		n->booked++;
	else if (strcmp(decision, "suggest") == 0 && !is_held(p, line))
		n->suggested++;
	else if (strcmp(decision, "none") == 0 &&
	    nothings[nothing_of(line)].asked)
		n->asked++;
	else
		n->others++;
}

static void
print_tally(const struct context *context, const struct tally *n)
{
	printf("%s%u booked, %u to be confirmed, %u left on account",
	    context->dry_run ? "Nothing was changed. It would be: " : "",
	    n->booked, n->suggested, n->asked);
	if (n->others)
		printf(",\n%u that need%s no answer", n->others,
		    n->others == 1 ? "s" : "");
	putchar('\n');
	if (n->suggested)
		puts("'mailfilter reconcile --accept PAYMENT' books what is to "
		    "be confirmed, --reject\nsays no.");
	if (n->asked)
		puts("'mailfilter payment assign PAYMENT NUMBER' says whose "
		    "money it is, 'mailfilter\npayment set-aside PAYMENT' that "
		    "it is for no invoice.");
}

void
review_print(const struct context *context, const GPtrArray *payments,
    const GPtrArray *lines)
{
	static const char *const headings[] = {"Payment", "Day", ">Amount",
	    "Payer", "Decision", "Invoice", ">Sure", "Why"};
	g_autoptr(GHashTable) by_key =
	    g_hash_table_new(g_str_hash, g_str_equal);
	struct table *table;
	struct tally n = {0};

	if (lines->len == 0) {
		printf("No money waits for an invoice.\n");
		return;
	}
	for (guint i = 0; i < payments->len; i++) {
		struct payment *p = payments->pdata[i];

		g_hash_table_insert(by_key, p->key, p);
	}
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < lines->len; i++) {
		const json_t *line = lines->pdata[i];
		const struct payment *p = payment_by_key(by_key, line);

		count(&n, p, line);
		show_line(table, p, line);
	}
	table_print(table);
	print_tally(context, &n);
}

/* ---- the answers ------------------------------------------------------------------ */

int
review_find(struct context *context, const char *text, struct payment **out)
{
	enum store_status status =
	    store_payment_find(context->store, text, out);
	char *end;

	if (status == STORE_NONE && g_ascii_isdigit(*text)) {
		int64_t id = strtoll(text, &end, 10);

		if (*end == '\0')
			status = store_payment_get(context->store, id, out);
	}
	if (status == STORE_OK)
		return EX_OK;
	if (status != STORE_NONE)
		return store_failed(context, status);
	say_error(context, "there is no payment '%s' ('mailfilter payment "
	    "list' shows them)", text);
	return EX_NOINPUT;
}

/* ---- one word ----------------------------------------------------------------- */

int
review_word(struct context *context, const char *text, word_fn *say_word)
{
	struct payment *payment = NULL;
	struct word word = {.context = context};
	int code = review_find(context, text, &payment);

	word.payment = payment;
	if (code == EX_OK)
		code = say_word(&word);
	if (word.refused)
		say_error(context, "%s", word.refused);
	if (code == EX_OK && word.said && (context->json || !context->quiet))
		fputs(word.said->str, stdout);
	word_release(&word);
	payment_free(payment);
	return code;
}
