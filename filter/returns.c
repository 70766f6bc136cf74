/*
 * returns.c - money that went back (a chargeback, a bounced direct debit):
 * which payment it undoes, and the plan that reverses what it had settled. A
 * return that cannot be traced for sure is only asked about.
 */
#include "book.h"
#include "match.h"
#include "phrases.h"

#include <string.h>

#define PAYMENTS_MAX 200	/* of one customer that are looked through */
#define SURE 3
#define SURE_PART 4
#define DAYS_LATE 3		/* that a statement may book after the mail */

static bool
same_text(const char *a, const char *b)
{
	return a && b && *a && g_ascii_strcasecmp(a, b) == 0;
}

/* The banks' word for "no end-to-end id". */
static bool
same_end_to_end(const char *a, const char *b)
{
	return same_text(a, b) && g_ascii_strcasecmp(a, "NOTPROVIDED") != 0;
}

static bool
same_account(const char *a, const char *b)
{
	g_autofree char *x = account_normalise(a);
	g_autofree char *y = account_normalise(b);

	return same_text(x, y);
}

static bool
same_name(const char *a, const char *b)
{
	g_auto(GStrv) x = name_words(a), y = name_words(b);

	return x[0] && y[0] && name_agreement((const char *const *)x, NULL,
	    (const char *const *)y, NULL) >= 0.85;
}

/* Part of a payment went back: only what names it tells which. */
static int
similarity(const struct payment *back, const struct payment *original,
    bool named)
{
	bool exact = original->amount == -back->amount;
	int score;

	if (original->amount < -back->amount ||
	    g_strcmp0(original->currency, back->currency) != 0 ||
	    day_number(original->booked) >
	    day_number(back->booked) + DAYS_LATE)
		return 0;
	score = 4 * same_end_to_end(back->end_to_end_id,
		       original->end_to_end_id) +
	    4 * same_text(back->bank_reference, original->bank_reference) +
	    2 * same_account(back->payer_account, original->payer_account) +
	    same_name(back->payer, original->payer) + 3 * named + exact;
	return exact || score >= SURE_PART ? score : 0;
}

struct search {
	struct store *store;
	const struct payment *back;
	struct returned *out;
	GHashTable *seen;	/* ids looked at */
	int best;
	bool tie;
};

static enum store_status
consider(struct search *search, const struct payment *payment, bool named)
{
	g_autoptr(GPtrArray) active = NULL;
	int score = similarity(search->back, payment, named);
	enum store_status status;

	if (payment->amount <= 0 || payment->state == PAYMENT_POSSIBLE ||
	    score < SURE || score < search->best ||
	    !g_hash_table_add(search->seen,
		g_memdup2(&payment->id, sizeof(payment->id))))
		return STORE_OK;
	status = store_allocation_list(search->store, payment->id, 0, true,
	    &active);
	if (status != STORE_OK || (active->len == 0 &&
	    (payment->set_aside || payment->unallocated != payment->amount)))
		return status == STORE_NONE ? STORE_OK : status;
	search->tie = score == search->best;
	search->best = score;
	payment_free(search->out->original);
	if (search->out->allocations)
		g_ptr_array_unref(search->out->allocations);
	search->out->original = NULL;
	search->out->allocations = g_steal_pointer(&active);
	return store_payment_get(search->store, payment->id,
	    &search->out->original);
}

static enum store_status
consider_payments(struct search *search, const struct payment_filter *filter,
    bool named)
{
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status =
	    store_payment_list(search->store, filter, &list);

	if (status == STORE_NONE)
		return STORE_OK;
	for (guint i = 0; status == STORE_OK && i < list->len; i++)
		status = consider(search, list->pdata[i], named);
	return status;
}

enum store_status
returned_gather(struct book *book, const struct config *config,
    const char *today, const struct payment *payment, struct returned *out)
{
	struct facts facts;
	struct search search = {.store = book_store(book), .back = payment, .out = out};
	const struct payment_filter loose = {.unallocated_only = true,
	    .limit = 2 * PAYMENTS_MAX};
	enum store_status status;

	*out = (struct returned){.payment = payment};
	status = facts_gather(book, config, today, payment, NULL, &facts);
	if (status != STORE_OK)
		return status;
	search.seen = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	    g_free, NULL);
	for (guint i = 0; i < facts.candidates->len && status == STORE_OK;
	    i++) {
		const struct candidate *c = facts.candidates->pdata[i];
		struct payment_filter filter = {.invoice = c->invoice->id,
		    .limit = PAYMENTS_MAX};

		if (c->mention >= 0.75)
			status = consider_payments(&search, &filter, true);
	}
	for (guint i = 0; i < facts.customers->len && status == STORE_OK;
	    i++) {
		const struct customer *c = facts.customers->pdata[i];
		struct payment_filter filter = {.customer = c->id,
		    .limit = PAYMENTS_MAX};

		status = consider_payments(&search, &filter, false);
	}
	if (status == STORE_OK)
		status = consider_payments(&search, &loose, false);
	if (search.tie) {
		payment_free(out->original);
		out->original = NULL;
	}
	g_hash_table_unref(search.seen);
	facts_release(&facts);
	return status;
}

void
returned_release(struct returned *returned)
{
	payment_free(returned->original);
	if (returned->allocations)
		g_ptr_array_unref(returned->allocations);
	*returned = (struct returned){.payment = NULL};
}

static void
add_ask(struct plan *plan, const struct payment *payment, int64_t invoice,
    char *text, int64_t now)
{
	plan_ask(plan, &(struct question){.code = (char *)"returned",
	    .text = text, .payment = payment->id, .invoice = invoice,
	    .at = now});
}

/* All that the payment was put on is open again. The last invoice. */
static int64_t
undo_all(struct plan *plan, const struct returned *returned)
{
	const struct payment *original = returned->original;
	const struct payment *p = returned->payment;
	g_autofree char *money = money_text(-p->amount, p->currency);
	int64_t invoice = 0;

	for (guint i = 0; i < returned->allocations->len; i++) {
		const struct allocation *one = returned->allocations->pdata[i];
		struct action *a = plan_add(plan, ACTION_REVERSE,
		    "reversed:returned", "%s of payment %s went back",
		    money, original->key);

		a->allocation = one->id;
		a->payment = original->id;
		a->invoice = invoice = one->invoice;
	}
	if (!returned->allocations->len)
		plan_add(plan, ACTION_RELEASE, "released:returned",
		    "nothing waits for payment %s", original->key)
		    ->payment = original->id;
	plan_add(plan, ACTION_SET_ASIDE, "set-aside:returned",
	    "payment %s went back and pays nothing", original->key)
	    ->payment = original->id;
	plan_add(plan, ACTION_SET_ASIDE, "set-aside:return",
	    "payment %s undid %s", p->key, original->key)
	    ->payment = p->id;
	return invoice;
}

/* So much is open again, on what was paid last first. The last invoice. */
static int64_t
undo_part(struct plan *plan, const struct returned *returned)
{
	const struct payment *p = returned->payment;
	int64_t left = -p->amount, invoice = 0;

	for (guint i = returned->allocations->len; left && i-- > 0;) {
		const struct allocation *one = returned->allocations->pdata[i];
		struct allocation *back;
		g_autofree char *money = NULL;
		struct action *a;

		if (one->kind != ALLOCATION_PAYMENT || one->amount <= 0)
			continue;
		back = g_new0(struct allocation, 1);
		back->amount = -MIN(left, one->amount);
		left += back->amount;
		money = money_text(-back->amount, p->currency);
		a = plan_add(plan, ACTION_SETTLE, "settle:returned",
		    "%s of payment %s went back", money,
		    returned->original->key);
		back->payment = a->payment = p->id;
		back->invoice = a->invoice = invoice = one->invoice;
		back->probability = 1;
		a->of.settle = back;
	}
	return invoice;
}

/* A part of what was put on no invoice is not, nor one that is not booked. */
bool
returned_is_plain(const struct returned *returned)
{
	const struct payment *p = returned->payment;

	if (p->state == PAYMENT_POSSIBLE || !returned->original)
		return false;
	return returned->original->amount == -p->amount ||
	    (p->state == PAYMENT_BOOKED && returned->allocations->len);
}

struct plan *
decide_return(const struct returned *returned, int64_t now)
{
	const struct payment *p = returned->payment;
	struct plan *plan = plan_new();
	g_autofree char *money = money_text(-p->amount, p->currency);
	g_autofree char *text = NULL;
	const char *who = p->payer ? p->payer : "a payer";
	int64_t invoice = 0;

	if (!returned_is_plain(returned)) {
		text = g_strdup_printf("%s went back to %s: look which "
		    "payment this undoes", money, who);
		add_ask(plan, p, 0, text, now);
		return plan;
	}
	invoice = returned->original->amount == -p->amount ?
	    undo_all(plan, returned) : undo_part(plan, returned);
	text = g_strdup_printf(invoice ? "%s went back to %s: its invoice is "
	    "open again" : "%s went back to %s: it had paid nothing", money,
	    who);
	add_ask(plan, p, invoice, text, now);
	return plan;
}
