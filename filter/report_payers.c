/*
 * report_payers.c - how each customer pays, what it owes and when that is to
 * be expected: one pass over the paid invoices, one over the open ones.
 */
#include "report_payers.h"

#include "behaviour.h"
#include "lookup.h"
#include "phrases.h"

#include <string.h>

const char *const payers_headings[PAYERS_COLUMNS] = {
	"Customer", "Rating", ">Invoices", ">Median", "Quarters", ">Late",
	"Trend", "Last", "Open", ">Overdue", "Expected", "Alarm",
};

struct payer {
	int64_t customer;
	GArray *samples;	/* struct paid_sample */
	GString *open;		/* "12.00 EUR, 1.00 USD" */
	char *currency;		/* of the sum that is not yet in open */
	int64_t sum;
	GArray *dues;		/* int32_t, of open invoices */
	struct behaviour behaviour;
	int overdue, beyond;	/* of the oldest; left the habit by */
};

struct payers {
	GHashTable *by_customer;	/* struct payer */
	int32_t today;
};

static void
payer_free(gpointer pointer)
{
	struct payer *payer = pointer;

	g_array_unref(payer->samples);
	g_array_unref(payer->dues);
	g_string_free(payer->open, TRUE);
	g_free(payer->currency);
	behaviour_clear(&payer->behaviour);
	g_free(payer);
}

static struct payer *
payer_of(struct payers *payers, int64_t customer)
{
	struct payer *payer = g_hash_table_lookup(payers->by_customer,
	    &customer);

	if (payer)
		return payer;
	payer = g_new0(struct payer, 1);
	payer->customer = customer;
	payer->samples = g_array_new(FALSE, FALSE,
	    sizeof(struct paid_sample));
	payer->dues = g_array_new(FALSE, FALSE, sizeof(int32_t));
	payer->open = g_string_new(NULL);
	g_hash_table_insert(payers->by_customer, &payer->customer, payer);
	return payer;
}

static void
take_paid(const struct paid *paid, void *data)
{
	const struct paid_sample sample = paid_sample(paid);

	g_array_append_val(payer_of(data, paid->customer)->samples, sample);
}

static void
close_sum(struct payer *payer)
{
	g_autofree char *text = NULL;

	if (!payer->currency)
		return;
	text = money_text(payer->sum, payer->currency);
	g_string_append_printf(payer->open, "%s%s",
	    payer->open->len ? ", " : "", text);
	g_clear_pointer(&payer->currency, g_free);
	payer->sum = 0;
}

/* They come by customer and currency. */
static void
take_open(const struct owing *owing, void *data)
{
	struct payer *payer = payer_of(data, owing->customer);
	int32_t due = owing->due ? day_number(owing->due) : G_MININT32;

	if (g_strcmp0(payer->currency, owing->currency) != 0) {
		close_sum(payer);
		payer->currency = g_strdup(owing->currency);
	}
	payer->sum += owing->open;
	if (due != G_MININT32)
		g_array_append_val(payer->dues, due);
}

/* ---- rows ------------------------------------------------------------------- */

static void
conclude(struct payer *payer, int32_t today)
{
	int bound;

	behaviour_compute(payer->samples, today, &payer->behaviour);
	close_sum(payer);
	bound = behaviour_bound(&payer->behaviour, BEHAVIOUR_ALARM);
	for (guint i = 0; i < payer->dues->len; i++)
		payer->overdue = MAX(payer->overdue,
		    today - g_array_index(payer->dues, int32_t, i));
	if (bound != BEHAVIOUR_NEVER && payer->overdue > bound)
		payer->beyond = payer->overdue - bound;
}

/* The next money: the earliest day of any open invoice. */
static char *
expected_text(const struct payer *payer, int32_t today)
{
	int32_t first = G_MAXINT32;
	char day[DAY_SIZE];

	for (guint i = 0; i < payer->dues->len; i++) {
		struct expected one;

		behaviour_expect(&payer->behaviour,
		    g_array_index(payer->dues, int32_t, i), today, &one);
		if (one.day != G_MININT32)
			first = MIN(first, MAX(one.day, today));
	}
	if (first == G_MAXINT32)
		return g_strdup("");
	day_text(first, day);
	return g_strdup(day);
}

static char *
trend_text(const struct behaviour *b)
{
	if (!b->trend_sure || (b->trend > -1 && b->trend < 1))
		return g_strdup("");
	return g_strdup_printf("%+.0f days a year", b->trend);
}

static void
add_row(const struct payer *payer, const char *name, int32_t today,
    GPtrArray *cells)
{
	const struct behaviour *b = &payer->behaviour;
	bool known = b->known > 0;
	char day[DAY_SIZE] = "", rating[2] = {0};

	rating[0] = behaviour_rating(b, payer->overdue);
	if (b->last != G_MININT32)
		day_text(b->last, day);
	g_ptr_array_add(cells, g_strdup(name));
	g_ptr_array_add(cells, g_strdup(rating));
	g_ptr_array_add(cells, g_strdup_printf("%d", b->paid));
	g_ptr_array_add(cells, known ? g_strdup_printf("%d", b->median) :
	    g_strdup(""));
	g_ptr_array_add(cells, known ? g_strdup_printf("%d to %d", b->low,
	    b->high) : g_strdup(""));
	g_ptr_array_add(cells, known ? g_strdup_printf("%d%%",
	    b->late * 100 / b->known) : g_strdup(""));
	g_ptr_array_add(cells, trend_text(b));
	g_ptr_array_add(cells, g_strdup(day));
	g_ptr_array_add(cells, g_strdup(payer->open->str));
	g_ptr_array_add(cells, payer->overdue > 0 ?
	    g_strdup_printf("%d", payer->overdue) : g_strdup(""));
	g_ptr_array_add(cells, expected_text(payer, today));
	g_ptr_array_add(cells, payer->beyond > 0 ? g_strdup_printf(
	    "%d days beyond its habit", payer->beyond) : g_strdup(""));
}

static int
compare(gconstpointer a, gconstpointer b)
{
	const struct payer *one = *(struct payer *const *)a;
	const struct payer *other = *(struct payer *const *)b;

	if ((one->beyond > 0) != (other->beyond > 0))
		return one->beyond > 0 ? -1 : 1;
	if (one->overdue != other->overdue)
		return one->overdue > other->overdue ? -1 : 1;
	return (one->customer > other->customer) -
	    (one->customer < other->customer);
}

static void
add_rows(struct payers *payers, GHashTable *customers, GPtrArray *cells)
{
	g_autoptr(GPtrArray) order = g_ptr_array_new();
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, payers->by_customer);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		conclude(value, payers->today);
		g_ptr_array_add(order, value);
	}
	g_ptr_array_sort(order, compare);
	for (guint i = 0; i < order->len; i++) {
		const struct payer *payer = order->pdata[i];
		const struct customer *customer = g_hash_table_lookup(
		    customers, &payer->customer);

		add_row(payer, customer ? customer->name : "", payers->today,
		    cells);
	}
}

int
report_payers(struct context *context, GPtrArray *cells)
{
	struct payers payers = {.today = day_number(context->today)};
	int code;
	g_autoptr(GHashTable) customers = customers_by_id(context, &code);
	enum store_status status;

	if (code != EX_OK)
		return code;
	payers.by_customer = g_hash_table_new_full(g_int64_hash,
	    g_int64_equal, NULL, payer_free);
	status = store_paid_all(context->store, take_paid, &payers);
	if (status == STORE_OK)
		status = store_owing_all(context->store, take_open, &payers);
	if (status == STORE_OK)
		add_rows(&payers, customers, cells);
	g_hash_table_unref(payers.by_customer);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}
