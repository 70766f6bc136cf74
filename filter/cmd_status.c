/*
 * cmd_status.c - one calm screen: what is open, what is held, what waits for
 * the owner, and when each bank account was last heard of.
 */
#include "command.h"
#include "lookup.h"
#include "print.h"
#include "remind.h"

#include <stdio.h>

#define QUESTIONS_SHOWN 8

extern const struct command cmd_status;

/* ---- the numbers ------------------------------------------------------------ */

/* Open money by currency: "1 234.50 EUR, 300 JPY". */
static char *
open_money(const GPtrArray *invoices, const char *due_before)
{
	g_autoptr(GHashTable) sums = g_hash_table_new_full(g_str_hash,
	    g_str_equal, NULL, g_free);
	GString *out = g_string_new(NULL);
	g_autoptr(GList) names = NULL;

	for (guint i = 0; i < invoices->len; i++) {
		const struct invoice *v = invoices->pdata[i];
		int64_t *sum = g_hash_table_lookup(sums, v->currency);

		if (v->type == INVOICE_CREDIT_NOTE ||
		    (due_before && g_strcmp0(v->due, due_before) >= 0))
			continue;
		if (!sum) {
			sum = g_new0(int64_t, 1);
			g_hash_table_insert(sums, v->currency, sum);
		}
		*sum += v->open;
	}
	names = g_list_sort(g_hash_table_get_keys(sums),
	    (GCompareFunc)g_strcmp0);
	for (const GList *l = names; l; l = l->next) {
		int64_t *sum = g_hash_table_lookup(sums, l->data);
		g_autofree char *text = money_text(*sum, l->data);

		g_string_append_printf(out, "%s%s", out->len ? ", " : "",
		    text);
	}
	return g_string_free(out, FALSE);
}

static void
line(const struct context *context, const char *name, int64_t count,
    const char *rest, enum paint colour)
{
	bool loud = colour != PAINT_NONE && count > 0;

	printf("  %-22s %s%6" G_GINT64_FORMAT "%s%s%s\n", name,
	    loud ? paint(context, colour) : "", count,
	    loud ? paint(context, PAINT_NONE) : "", *rest ? "   " : "", rest);
}

static int
print_numbers(struct context *context, const struct store_counts *n)
{
	const struct invoice_filter filter = {.open_only = true};
	g_autoptr(GPtrArray) invoices = NULL;
	g_autofree char *open = NULL, *overdue = NULL;
	enum store_status status = store_invoice_list(context->store, &filter,
	    &invoices);

	if (status != STORE_OK)
		return store_failed(context, status);
	open = open_money(invoices, NULL);
	overdue = open_money(invoices, context->today);
	line(context, "open invoices", n->open, open, PAINT_NONE);
	line(context, "  of them overdue", n->overdue, overdue, PAINT_YELLOW);
	line(context, "holds in force", n->holds, n->holds
	    ? "'mailfilter hold list'" : "", PAINT_NONE);
	line(context, "payments unmatched", n->unallocated, n->unallocated
	    ? "'mailfilter reconcile'" : "", PAINT_YELLOW);
	if (n->credit)
		line(context, "credit of customers", n->credit,
		    "waits for their next invoices", PAINT_NONE);
	line(context, "letters waiting", n->letters_waiting,
	    n->letters_waiting ? "'mailfilter send'" : "", PAINT_NONE);
	line(context, "letters sent", n->letters_sent, "", PAINT_NONE);
	if (n->letters_unknown)
		line(context, "letters, fate unknown", n->letters_unknown,
		    "'mailfilter letter list'", PAINT_RED);
	line(context, "letters recalled", n->recalled, n->recalled
	    ? "money came in time" : "",
	    PAINT_GREEN);
	line(context, "reminders crossed", n->crossed, "", PAINT_RED);
	if (n->conflicts)
		line(context, "conflicting reports", n->conflicts,
		    "'mailfilter conflicts'", PAINT_RED);
	return EX_OK;
}

/* ---- feeds ---------------------------------------------------------------- */

/* Has it spoken within the business days that its silence may last? */
static bool
is_fresh(const struct context *context, const struct account *account,
    const struct feed *feed)
{
	if (!feed || !feed->heard || feed_drifts(feed))
		return false;
	return calendar_add_business_days(
	    calendar_of_bank(account->currency, account->iban), feed_heard_day(context->config, feed), account->fresh_days) >=
	    day_number(context->today);
}

/* What print_feed says in words. */
static const char *
feed_state(const struct context *context, const struct account *account,
    const struct feed *feed)
{
	if (is_fresh(context, account, feed))
		return "fresh";
	return feed && feed_drifts(feed) ? "not understood" : "stale";
}

static void
print_feed(struct context *context, const struct account *account,
    const struct feed *feed)
{
	bool fresh = is_fresh(context, account, feed);
	g_autofree char *heard = moment_show(context, feed ? feed->heard : 0);

	printf("  %-22s %s%s%s", account->name,
	    paint(context, fresh ? PAINT_GREEN : PAINT_YELLOW),
	    feed_state(context, account, feed), paint(context, PAINT_NONE));
	printf(", last heard %s", *heard ? heard : "never");
	if (feed && feed->through)
		printf(", statements up to %s", feed->through);
	putchar('\n');
	if (feed && feed->missing) {
		g_autofree char *text = g_strdup_printf("A statement of %s "
		    "is missing: %s. Import it, then that one again; or that "
		    "one with --gap if there is none.", account->name,
		    feed->missing);
		g_autofree char *clean = print_clean(text);

		print_point("-", clean);
	}
}

static int
print_feeds(struct context *context)
{
	const struct config *config = context->config;
	g_autoptr(GPtrArray) feeds = NULL;
	enum store_status status = store_feed_list(context->store, &feeds);

	if (status != STORE_OK)
		return store_failed(context, status);
	puts("\nBank accounts");
	if (!config || !config->accounts->len)
		puts("  none in the configuration: no mail can settle an "
		     "invoice");
	for (guint i = 0; config && i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		print_feed(context, account, feed_of_account(feeds, account));
	}
	return EX_OK;
}

/* ---- the same as JSON -------------------------------------------------------- */

static json_t *
counts_json(const struct store_counts *n)
{
	const struct {
		const char *name;
		int64_t value;
	} numbers[] = {
		{"customers", n->customers}, {"invoices", n->invoices},
		{"open", n->open}, {"overdue", n->overdue},
		{"payments", n->payments}, {"unmatched", n->unallocated},
		{"credit", n->credit},
		{"holds", n->holds}, {"letters_waiting", n->letters_waiting},
		{"letters_sent", n->letters_sent},
		{"letters_unknown", n->letters_unknown},
		{"questions", n->questions}, {"conflicts", n->conflicts},
		{"crossed", n->crossed}, {"recalled", n->recalled},
	};
	json_t *json = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		json_object_set_new(json, numbers[i].name,
		    json_integer(numbers[i].value));
	return json;
}

static json_t *
feed_json(const struct context *context, const struct account *account,
    const struct feed *feed)
{
	json_t *json = json_pack("{s:s, s:s}", "account", account->name,
	    "state", feed_state(context, account, feed));

	json_put_moment(json, "heard", feed ? feed->heard : 0);
	json_put(json, "through", feed ? feed->through : NULL);
	json_put(json, "missing", feed ? feed->missing : NULL);
	return json;
}

static int
print_status_json(struct context *context, const struct store_counts *counts)
{
	const struct config *config = context->config;
	g_autoptr(GPtrArray) feeds = NULL;
	json_t *json, *list = json_array();
	enum store_status status = store_feed_list(context->store, &feeds);

	for (guint i = 0; status == STORE_OK && config &&
	    i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		json_array_append_new(list, feed_json(context, account,
		    feed_of_account(feeds, account)));
	}
	json = counts_json(counts);
	json_object_set_new(json, "accounts", list);
	print_json(json);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

/* ---- questions ---------------------------------------------------------------- */

static int
print_questions(struct context *context)
{
	g_autoptr(GPtrArray) list = NULL;
	bool money = false;
	enum store_status status = store_question_list(context->store, true,
	    &list);

	if (status != STORE_OK)
		return store_failed(context, status);
	if (!list->len) {
		puts("\nNothing waits for you.");
		return EX_OK;
	}
	printf("\n%sWaiting for you (%u)%s\n", paint(context, PAINT_BOLD),
	    list->len, paint(context, PAINT_NONE));
	for (guint i = 0; i < list->len && i < QUESTIONS_SHOWN; i++) {
		const struct question *question = list->pdata[i];
		g_autofree char *text = print_clean(question->text);

		print_point("-", text);
		money = money || question->payment;
	}
	if (list->len > QUESTIONS_SHOWN)
		printf("  and %u more\n", list->len - QUESTIONS_SHOWN);
	if (money)
		puts("  About money, say: 'mailfilter reconcile' asks one "
		    "after the other,\n  'mailfilter payment assign PAYMENT "
		    "NUMBER' whose it is, or\n  'mailfilter payment "
		    "set-aside PAYMENT': nobody's.");
	return EX_OK;
}

static int
run(struct context *context, int argc, char **argv)
{
	struct store_counts counts;
	enum store_status status;
	g_autofree char *now = NULL;
	int code;

	if (argc > 1)
		return usage_error(&cmd_status, "'%s' is too much here",
		    argv[1]);
	code = open_store(context, STORE_READ);
	if (code != EX_OK)
		return code;
	status = store_count(context->store, context->today, context->now,
	    &counts);
	if (status != STORE_OK)
		return store_failed(context, status);
	if (context->json)
		return print_status_json(context, &counts);
	now = moment_show(context, context->now);
	printf("%s%s%s\n", paint(context, PAINT_BOLD), now,
	    paint(context, PAINT_NONE));
	code = print_numbers(context, &counts);
	if (code == EX_OK)
		code = print_feeds(context);
	return code == EX_OK ? print_questions(context) : code;
}

const struct command cmd_status = {
	.name = "status",
	.usage = "",
	.summary = "one screen: open, overdue, held, waiting for you, feeds",
	.run = run,
};
