/*
 * crossing.c - what money does to letters: a reminder that waits is recalled,
 * one that left although the money was on its way is taken back with one
 * short letter, and a payment in time gets its receipt.
 */
#include "followup.h"
#include "claimed.h"
#include "instalments.h"
#include "phrases.h"
#include "remind_internal.h"
#include "amounts.h"

#define CROSSED_DAYS 60		/* older reminders are not excused any more */
#define RECEIPT_DAYS 7		/* older money needs no receipt */

struct touched {		/* an invoice that the payment was put on */
	struct invoice *invoice;
	int64_t last;		/* moment of the newest allocation */
};

struct after {			/* one call of remind_after_payment */
	struct context *context;
	struct plan *plan;
	struct payment *payment;
	GPtrArray *touched;	/* struct touched */
	GHashTable *recalled;	/* ids of letters */
	int64_t answered;	/* the letter all of whose amounts it paid, 0 */
};

static void
touched_free(gpointer pointer)
{
	struct touched *touched = pointer;

	invoice_free(touched->invoice);
	g_free(touched);
}

static struct touched *
touched_find(const struct after *after, int64_t invoice)
{
	for (guint i = 0; i < after->touched->len; i++) {
		struct touched *touched = after->touched->pdata[i];

		if (touched->invoice->id == invoice)
			return touched;
	}
	return NULL;
}

static bool
is_settled(const struct invoice *invoice)
{
	return invoice_balance(invoice) <= 0;
}

static enum store_status
gather(struct after *after, int64_t payment)
{
	struct store *store = after->context->store;
	g_autoptr(GPtrArray) allocations = NULL;
	enum store_status status = store_payment_get(store, payment,
	    &after->payment);

	if (status == STORE_OK)
		status = store_allocation_list(store, payment, 0, true,
		    &allocations);
	for (guint i = 0; status == STORE_OK && i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];
		struct touched *touched = touched_find(after, one->invoice);

		if (!touched) {
			struct invoice *invoice;

			status = store_invoice_get(store, one->invoice,
			    &invoice);
			if (status != STORE_OK)
				break;
			touched = g_new0(struct touched, 1);
			touched->invoice = invoice;
			g_ptr_array_add(after->touched, touched);
		}
		touched->last = MAX(touched->last, one->at);
	}
	return status;
}

/* ---- recall -------------------------------------------------------------------- */

/* What of a recalled letter is still to be said, with today's balances. */
static enum store_status
write_rest(struct after *after, const struct letter *old)
{
	struct context *context = after->context;
	struct letter *letter = NULL;
	struct customer *customer = NULL;
	g_autofree char *text = NULL;
	enum store_status status = store_customer_get(context->store,
	    old->customer, &customer);

	for (guint i = 0; status == STORE_OK && i < old->items->len; i++) {
		const struct letter_item *item = old->items->pdata[i];
		struct invoice *invoice;

		status = store_invoice_get(context->store, item->invoice,
		    &invoice);
		if (status != STORE_OK)
			break;
		if (!letter && !is_settled(invoice))
			letter = letter_new(context, LETTER_REMINDER, customer,
			    invoice->number);
		if (letter && !is_settled(invoice))
			letter_add_item(letter, item->invoice, item->step,
			    invoice_balance(invoice));
		invoice_free(invoice);
	}
	customer_free(customer);
	if (status != STORE_OK || !letter) {
		letter_free(letter);
		return status;
	}
	letter->tone = g_strdup(old->tone);
	letter->term_days = old->term_days;
	letter->not_before = old->not_before;
	text = g_strdup_printf("the reminder to %s once more, without what was "
	    "paid", letter->to);
	plan_letter(after->plan, letter, text);
	return STORE_OK;
}

static enum store_status
recall_one(struct after *after, const struct letter *letter,
    const struct invoice *invoice)
{
	struct action *action;

	if (!g_hash_table_add(after->recalled,
	    g_memdup2(&letter->id, sizeof letter->id)))
		return STORE_OK;
	action = plan_add(after->plan, ACTION_RECALL, "recalled:payment",
	    "the reminder of %s to %s is recalled: the money came",
	    invoice->number, letter->to);
	action->letter = letter->id;
	action->customer = letter->customer;
	return after->context->config && letter->kind == LETTER_REMINDER ?
	    write_rest(after, letter) : STORE_OK;
}

static enum store_status
recall(struct after *after, const struct touched *touched)
{
	const struct letter_filter filter = {.invoice = touched->invoice->id,
	    .kinds = LETTER_REMINDERS, .waiting_only = true};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = store_letter_list(after->context->store,
	    &filter, &letters);

	for (guint i = 0; status == STORE_OK && i < letters->len; i++)
		status = recall_one(after, letters->pdata[i],
		    touched->invoice);
	return status;
}

/* ---- a crossing ------------------------------------------------------------------ */

int32_t
payment_day(const struct payment *payment)
{
	int32_t booked = day_number(payment->booked);
	int32_t value = payment->value ? day_number(payment->value) : booked;

	return MIN(booked, value);
}

/* Did the letter ask for more than is open now? That of an instalment asks for
 * a part, so there the moment decides. */
static bool
says_more(const struct letter *letter, const struct letter_item *item,
    const struct touched *touched)
{
	return letter->kind == LETTER_REMINDER ?
	    invoice_balance(touched->invoice) < item->balance :
	    touched->last > letter->sent;
}

static bool
has_crossed(const struct after *after, const struct touched *touched,
    const struct letter *letter)
{
	const struct letter_item *item =
	    letter_item_of(letter, touched->invoice->id);
	char day[DAY_SIZE];

	/* In the same second: had the money been first, the letter would have
	 * been recalled; what it says less than it did then came later. */
	if (!letter->sent || letter->id == after->answered || !item ||
	    !says_more(letter, item, touched) ||
	    touched->last < letter->sent || letter->sent +
	    (int64_t)CROSSED_DAYS * DAY_SECONDS < after->context->now)
		return false;
	calendar_local(letter->sent, after->context->config->timezone, day,
	    NULL);
	return payment_day(after->payment) <= day_number(day);
}

/* The last reminder about an invoice that crossed with the money, or NULL. */
static enum store_status
find_crossed(struct after *after, const struct touched *touched,
    struct letter **out)
{
	const struct letter_filter filter = {.invoice = touched->invoice->id,
	    .kinds = LETTER_REMINDERS, .states = 1u << LETTER_SENT};
	g_autoptr(GPtrArray) letters = NULL;
	struct letter *last = NULL;
	enum store_status status = store_letter_list(after->context->store,
	    &filter, &letters);

	*out = NULL;
	if (status != STORE_OK)
		return status;
	for (guint i = 0; i < letters->len; i++) {
		struct letter *letter = letters->pdata[i];

		if (!last || letter->sent >= last->sent)
			last = letter;
	}
	if (!last)
		return STORE_OK;
	status = store_letter_get(after->context->store, last->id, out);
	if (status == STORE_OK && !has_crossed(after, touched, *out))
		g_clear_pointer(out, letter_free);
	return status;
}

/* Was a letter of these kinds written about the payment, or (reminder not 0)
 * in regard of that reminder? */
static enum store_status
was_written(struct after *after, int64_t customer, unsigned kinds,
    int64_t reminder, bool *was)
{
	const struct letter_filter filter = {.customer = customer,
	    .kinds = kinds, .states = ~(1u << LETTER_RECALLED)};
	g_autoptr(GPtrArray) letters = NULL;
	enum store_status status = store_letter_list(after->context->store,
	    &filter, &letters);

	*was = false;
	for (guint i = 0; status == STORE_OK && i < letters->len; i++) {
		const struct letter *letter = letters->pdata[i];

		if (reminder ? letter->regards == reminder :
		    letter->payment == after->payment->id)
			*was = true;
	}
	return status;
}

/* The customer when a letter can go to it, else NULL. */
static enum store_status
find_reader(struct after *after, int64_t id, struct customer **out)
{
	struct customer *customer = NULL;
	enum store_status status = store_customer_get(after->context->store,
	    id, &customer);

	*out = NULL;
	if (status == STORE_OK && !customer->undelivered &&
	    recipient_is_safe(after->context->config, customer->email))
		*out = g_steal_pointer(&customer);
	customer_free(customer);
	return status;
}

static void
write_crossed(struct after *after, const struct customer *customer,
    const struct letter *reminder, const char *number)
{
	struct letter *letter = letter_new(after->context, LETTER_CROSSED,
	    customer, number);
	g_autofree char *text = NULL, *money = NULL;
	char day[DAY_SIZE];

	letter->payment = after->payment->id;
	letter->regards = reminder->id;
	for (guint i = 0; i < after->touched->len; i++) {
		const struct touched *one = after->touched->pdata[i];

		if (one->invoice->customer == customer->id &&
		    letter_item_of(reminder, one->invoice->id))
			letter_add_item(letter, one->invoice->id, 0, 0);
	}
	calendar_local(reminder->sent, after->context->config->timezone, day,
	    NULL);
	money = money_text(after->payment->amount, after->payment->currency);
	text = g_strdup_printf("%s of %s crossed with the reminder of %s "
	    "about %s: %s is told to disregard it", money,
	    after->payment->booked, day, number, letter->to);
	plan_letter(after->plan, letter, text);
}

/* ---- a receipt --------------------------------------------------------------------- */

/* For money that is booked, not for what was only announced, and not for the
 * old money of a long import. */
static bool
wants_receipt(const struct after *after)
{
	return after->context->config->receipts &&
	    after->payment->state == PAYMENT_BOOKED &&
	    day_number(after->payment->booked) + RECEIPT_DAYS >=
	    day_number(after->context->today);
}

/* About the invoices that are wholly paid now; none: no letter. */
static void
write_receipt(struct after *after, const struct customer *customer,
    const char *number)
{
	struct letter *letter = letter_new(after->context, LETTER_RECEIPT,
	    customer, number);
	g_autofree char *text = NULL, *money = NULL;

	letter->payment = after->payment->id;
	for (guint i = 0; i < after->touched->len; i++) {
		const struct touched *one = after->touched->pdata[i];

		if (one->invoice->customer == customer->id &&
		    one->invoice->state == INVOICE_PAID)
			letter_add_item(letter, one->invoice->id, 0, 0);
	}
	if (letter->items->len == 0) {
		letter_free(letter);
		return;
	}
	money = money_text(after->payment->amount, after->payment->currency);
	text = g_strdup_printf("receipt of %s to %s is planned", money, letter->to);
	plan_letter(after->plan, letter, text);
}

/* ---- per customer ------------------------------------------------------------------ */

/* The reminder that crossed with this money and was not excused yet, of any of
 * the customer's invoices that were paid with it. */
static enum store_status
find_excuse(struct after *after, int64_t customer, struct letter **out,
    const char **number)
{
	enum store_status status = STORE_OK;

	*out = NULL;
	for (guint i = 0; status == STORE_OK && !*out &&
	    i < after->touched->len; i++) {
		const struct touched *one = after->touched->pdata[i];
		bool was = false;

		if (one->invoice->customer != customer)
			continue;
		status = find_crossed(after, one, out);
		if (status == STORE_OK && *out)
			status = was_written(after, customer,
			    1u << LETTER_CROSSED, (*out)->id, &was);
		if (was)
			g_clear_pointer(out, letter_free);
		*number = one->invoice->number;
	}
	return status;
}

static enum store_status
write_to(struct after *after, int64_t id, const char *number)
{
	struct letter *reminder = NULL;
	struct customer *customer;
	bool written = false;
	enum store_status status = find_reader(after, id, &customer);

	if (status != STORE_OK || !customer)
		return status;
	status = find_excuse(after, id, &reminder, &number);
	if (status == STORE_OK)
		status = was_written(after, id, 1u << LETTER_RECEIPT |
		    1u << LETTER_CROSSED, 0, &written);
	if (status == STORE_OK && reminder)
		write_crossed(after, customer, reminder, number);
	else if (status == STORE_OK && !written && wants_receipt(after))
		write_receipt(after, customer, number);
	letter_free(reminder);
	customer_free(customer);
	return status;
}

static enum store_status
write_letters(struct after *after)
{
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < after->touched->len; i++) {
		const struct touched *one = after->touched->pdata[i];
		bool first = true;

		for (guint j = 0; j < i; j++) {
			const struct touched *before = after->touched->pdata[j];

			if (before->invoice->customer == one->invoice->customer)
				first = false;
		}
		if (first)
			status = write_to(after, one->invoice->customer,
			    one->invoice->number);
	}
	return status;
}

/* What letters named beside the balance (letter_charges.c). */
static enum store_status
settle_charges(struct after *after)
{
	g_autoptr(GArray) invoices =
	    g_array_new(FALSE, FALSE, sizeof(int64_t));

	for (guint i = 0; i < after->touched->len; i++) {
		const struct touched *one = after->touched->pdata[i];

		g_array_append_val(invoices, one->invoice->id);
	}
	return claimed_settle(after->context, after->payment, invoices,
	    after->plan, &after->answered);
}

static enum store_status
review_plans(struct after *after)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));

	for (guint i = 0; i < after->touched->len; i++)
		g_array_append_val(ids, ((struct touched *)
		    after->touched->pdata[i])->invoice->id);
	return instalments_after_money(after->context, ids, after->plan);
}

enum store_status
remind_after_payment(struct context *context, int64_t payment,
    struct plan *plan)
{
	struct after after = {.context = context, .plan = plan};
	enum store_status status;

#ifdef BREAK_CROSSING		/* tests/long/break-send.long: must be noticed */
	return STORE_OK;
#endif
	after.touched = g_ptr_array_new_with_free_func(touched_free);
	after.recalled = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	    g_free, NULL);
	status = gather(&after, payment);
	for (guint i = 0; status == STORE_OK && i < after.touched->len; i++)
		status = recall(&after, after.touched->pdata[i]);
	for (guint i = 0; status == STORE_OK && i < after.touched->len; i++) {
		const struct touched *one = after.touched->pdata[i];

		if (one->invoice->state == INVOICE_PAID)
			status = followup_paid(context, one->invoice, plan);
	}
	if (status == STORE_OK)
		status = review_plans(&after);
	if (status == STORE_OK && context->config &&
	    after.payment->amount > 0)
		status = settle_charges(&after);
	if (status == STORE_OK && context->config &&
	    after.payment->amount > 0 &&
	    after.payment->state != PAYMENT_POSSIBLE)
		status = write_letters(&after);
	payment_free(after.payment);
	g_ptr_array_unref(after.touched);
	g_hash_table_unref(after.recalled);
	return status;
}
