/*
 * claimed.c - which part of a payment is for interest, compensation or a fee
 * that a letter named, and which of them were never owed because the money was
 * on its way before the letter.
 */
#include "claimed.h"

#include "amounts.h"
#include "phrases.h"
#include "remind_internal.h"

#include <string.h>

#define MANY 40			/* candidates that are looked at */

/* ---- before: what the amount says ---------------------------------------------------- */

struct letter_sum {		/* what one letter named, and for what */
	int64_t letter, named, balance;
};

static struct letter_sum *
sum_of(GArray *sums, int64_t letter)
{
	struct letter_sum fresh = {.letter = letter};

	for (guint i = 0; i < sums->len; i++) {
		struct letter_sum *one =
		    &g_array_index(sums, struct letter_sum, i);

		if (one->letter == letter)
			return one;
	}
	g_array_append_val(sums, fresh);
	return &g_array_index(sums, struct letter_sum, sums->len - 1);
}

/* The balances of all its invoices that are still open. */
static enum store_status
read_balance(struct store *store, struct letter_sum *sum,
    const char *currency)
{
	struct letter *letter;
	enum store_status status = store_letter_get(store, sum->letter,
	    &letter);

	if (status != STORE_OK)
		return status;
	for (guint i = 0; status == STORE_OK && i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];
		struct invoice *invoice;

		status = store_invoice_get(store, item->invoice, &invoice);
		if (status != STORE_OK)
			break;
		if (strcmp(invoice->currency, currency) == 0)
			sum->balance += MAX(invoice_balance(invoice), 0);
		invoice_free(invoice);
	}
	letter_free(letter);
	return status;
}

/* One invoice and its own charges of a letter: paid to the unit? */
static enum store_status
look_at(struct store *store, struct facts *facts, const struct candidate *c,
    GArray *sums)
{
	const struct payment *payment = facts->payment;
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GArray) own =
	    g_array_new(FALSE, FALSE, sizeof(struct letter_sum));
	int64_t balance = invoice_balance(c->invoice);
	enum store_status status = store_charge_list(store, c->invoice->id, 0,
	    0, true, &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct charge *charge = list->pdata[i];

		if (strcmp(charge->currency, payment->currency) != 0)
			continue;
		sum_of(own, charge->letter)->named += charge->amount;
		sum_of(sums, charge->letter)->named += charge->amount;
	}
	for (guint i = 0; i < own->len; i++) {
		int64_t named =
		    g_array_index(own, struct letter_sum, i).named;

		if (balance + named == payment->unallocated)
			facts->claimed = named;
	}
	return status;
}

enum store_status
claimed_gather(struct store *store, struct facts *facts)
{
	const struct payment *payment = facts->payment;
	g_autoptr(GArray) sums =
	    g_array_new(FALSE, FALSE, sizeof(struct letter_sum));
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && !facts->claimed &&
	    i < facts->candidates->len && i < MANY; i++) {
		const struct candidate *c = facts->candidates->pdata[i];
		int64_t balance = invoice_balance(c->invoice);

		if (balance > 0 && balance < payment->unallocated &&
		    strcmp(c->invoice->currency, payment->currency) == 0)
			status = look_at(store, facts, c, sums);
	}
	for (guint i = 0; status == STORE_OK && !facts->claimed &&
	    i < sums->len; i++) {
		struct letter_sum *one =
		    &g_array_index(sums, struct letter_sum, i);

		status = read_balance(store, one, payment->currency);
		if (status == STORE_OK &&
		    one->balance + one->named == payment->unallocated)
			facts->claimed = one->named;
	}
	return status;
}

/* ---- after: paid or waived ------------------------------------------------------------- */

static bool
is_among(const GArray *invoices, int64_t id)
{
	for (guint i = 0; i < invoices->len; i++)
		if (g_array_index(invoices, int64_t, i) == id)
			return true;
	return false;
}

/* All standing charges of these invoices. */
static enum store_status
read_all(struct store *store, const GArray *invoices, GPtrArray *out)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < invoices->len; i++) {
		g_autoptr(GPtrArray) list = NULL;

		status = store_charge_list(store,
		    g_array_index(invoices, int64_t, i), 0, 0, true, &list);
		while (status == STORE_OK && list->len > 0)
			g_ptr_array_add(out,
			    g_ptr_array_steal_index(list, 0));
	}
	return status;
}

static void
plan_charge(struct plan *plan, const struct charge *charge,
    const struct payment *payment, bool paid)
{
	g_autofree char *money = money_text(charge->amount, charge->currency);
	struct action *action = paid ?
	    plan_add(plan, ACTION_CHARGE, "charge:paid",
	    "%s of %s that the letter named is paid", money,
	    charge_kind_name(charge->kind)) :
	    plan_add(plan, ACTION_CHARGE, "charge:waived",
	    "%s of %s that the letter named is waived: the money of %s was on "
	    "its way before it", money, charge_kind_name(charge->kind),
	    payment->booked);

	action->charge = charge->id;
	action->letter = charge->letter;
	action->payment = paid ? payment->id : 0;
}

/* What is over is exactly what one letter named. */
static void
pay(const struct payment *payment, const GPtrArray *charges, int64_t letter,
    struct plan *plan)
{
	g_autofree char *money = money_text(payment->unallocated,
	    payment->currency);
	g_autoptr(GString) parts = g_string_new(NULL);
	struct action *aside;

	for (guint i = 0; i < charges->len; i++) {
		const struct charge *one = charges->pdata[i];
		g_autofree char *amount = money_text(one->amount,
		    one->currency);

		if (one->letter != letter ||
		    strcmp(one->currency, payment->currency) != 0)
			continue;
		g_string_append_printf(parts, "%s%s %s",
		    parts->len ? ", " : "", charge_kind_name(one->kind),
		    amount);
		plan_charge(plan, one, payment, true);
	}
	aside = plan_add(plan, ACTION_SET_ASIDE, "set-aside:charges",
	    "%s of it is what the letter named: %s", money, parts->str);
	aside->payment = payment->id;
}

static int64_t
named_by(const GPtrArray *charges, int64_t letter, const char *currency)
{
	int64_t sum = 0;

	for (guint i = 0; i < charges->len; i++) {
		const struct charge *one = charges->pdata[i];

		if (one->letter == letter &&
		    strcmp(one->currency, currency) == 0)
			sum += one->amount;
	}
	return sum;
}

/* Money that the letter knew of already waives nothing: what is open now has
 * to be less than the letter said. */
static enum store_status
waive(struct context *context, const struct payment *payment,
    const struct charge *charge, struct plan *plan)
{
	const struct letter_item *item;
	struct letter *letter;
	struct invoice *invoice;
	char day[DAY_SIZE];
	bool less;
	enum store_status status = store_invoice_get(context->store,
	    charge->invoice, &invoice);

	if (status == STORE_OK)
		status = store_letter_get(context->store, charge->letter,
		    &letter);
	if (status != STORE_OK)
		return status;
	item = letter_item_of(letter, charge->invoice);
	less = item && invoice_balance(invoice) < item->balance;
	invoice_free(invoice);
	calendar_local(letter->sent ? letter->sent : context->now,
	    context->config->timezone, day, NULL);
	if (less && letter->sent && payment_day(payment) <= day_number(day))
		plan_charge(plan, charge, payment, false);
	letter_free(letter);
	return STORE_OK;
}

enum store_status
claimed_settle(struct context *context, const struct payment *payment,
    const GArray *invoices, struct plan *plan, int64_t *answered)
{
	g_autoptr(GPtrArray) charges =
	    g_ptr_array_new_with_free_func((GDestroyNotify)charge_free);
	enum store_status status =
	    read_all(context->store, invoices, charges);

	*answered = 0;
	for (guint i = 0; status == STORE_OK && !*answered &&
	    payment->unallocated > 0 && !payment->set_aside &&
	    i < charges->len; i++) {
		const struct charge *one = charges->pdata[i];

		if (is_among(invoices, one->invoice) &&
		    named_by(charges, one->letter, payment->currency) ==
		    payment->unallocated)
			*answered = one->letter;
	}
	if (*answered) {
		pay(payment, charges, *answered, plan);
		return STORE_OK;
	}
	for (guint i = 0; status == STORE_OK && i < charges->len; i++)
		status = waive(context, payment, charges->pdata[i], plan);
	return status;
}
