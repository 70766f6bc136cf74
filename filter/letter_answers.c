/*
 * letter_answers.c - what letters say that answer a customer: the day they
 * asked, what they say they have paid, what is to their credit, and how late
 * what is open is.
 */
#include <string.h>

#include "letter_values.h"
#include "amounts.h"
#include "print.h"

/* ---- a copy ------------------------------------------------------------------- */

static void
put_asked(const struct values *values, json_t *out)
{
	if (values->letter->answers)
		values_day(values, out, "asked", values->letter->planned);
}

enum store_status
values_copy(const struct values *values, json_t *out)
{
	put_asked(values, out);
	if (values->invoices->len == 1)
		values_lines(values, out);
	return STORE_OK;
}

/* ---- a statement of account ------------------------------------------------------- */

static void
add_credit(json_t *list, const char *number, const char *day, int64_t minor,
    const char *currency)
{
	json_t *one = json_object();

	json_put(one, "number", number);
	json_put(one, "day", day);
	values_money(one, "amount", minor, currency);
	json_array_append_new(list, one);
}

/* Credit notes that were not set off, and money that is on no invoice. */
static enum store_status
put_credits(const struct values *values, const GPtrArray *payments,
    json_t *out)
{
	struct store *store = values->context->store;
	const struct invoice_filter filter = {
	    .customer = values->customer->id, .open_only = true};
	g_autoptr(GPtrArray) invoices = NULL;
	json_t *list = json_array();
	enum store_status status = store_invoice_list(store, &filter,
	    &invoices);

	for (guint i = 0; status == STORE_OK && i < invoices->len; i++) {
		const struct invoice *one = invoices->pdata[i];

		if (one->type == INVOICE_CREDIT_NOTE && one->open > 0)
			add_credit(list, one->number, one->date, one->open,
			    one->currency);
	}
	for (guint i = 0; i < payments->len; i++) {
		const struct payment *one = payments->pdata[i];

		if (one->state == PAYMENT_BOOKED && one->unallocated > 0 &&
		    !one->set_aside)
			add_credit(list, NULL, one->booked, one->unallocated,
			    one->currency);
	}
	if (json_array_size(list) > 0)
		json_object_set(out, "credits", list);
	json_decref(list);
	return status;
}

#define LATELY_DAYS 90

/* What the customer paid in the last three months. */
static void
put_payments(const struct values *values, const GPtrArray *payments,
    json_t *out)
{
	json_t *list = json_array();

	for (guint i = 0; i < payments->len; i++) {
		const struct payment *one = payments->pdata[i];

		if (one->state == PAYMENT_BOOKED && one->amount > 0 &&
		    !one->set_aside && day_number(one->booked) >=
		    values->today - LATELY_DAYS)
			add_credit(list, NULL, one->booked, one->amount,
			    one->currency);
	}
	if (json_array_size(list) > 0)
		json_object_set(out, "payments", list);
	json_decref(list);
}

/* ---- how late it is ------------------------------------------------------------ */

#define AGES 5

struct ageing {			/* of one currency */
	const char *currency;
	int64_t sums[AGES], total;
};

static const struct {
	const char *name;
	int days;		/* late at most */
} ages[AGES] = {{"not_due", 0}, {"to_30", 30}, {"to_60", 60}, {"to_90", 90},
    {"over_90", G_MAXINT}};

static struct ageing *
ageing_of(GArray *all, const char *currency)
{
	struct ageing fresh = {.currency = currency};

	for (guint i = 0; i < all->len; i++) {
		struct ageing *one = &g_array_index(all, struct ageing, i);

		if (strcmp(one->currency, currency) == 0)
			return one;
	}
	g_array_append_val(all, fresh);
	return &g_array_index(all, struct ageing, all->len - 1);
}

static void
add_age(const struct values *values, GArray *all,
    const struct invoice *invoice)
{
	int64_t balance = MAX(invoice_balance(invoice), 0);
	int32_t late = values->today - day_number(invoice->due);
	struct ageing *one = ageing_of(all, invoice->currency);
	size_t i = 0;

	while (late > ages[i].days)
		i++;
	one->sums[i] += balance;
	one->total += balance;
}

static void
put_ageing(const struct values *values, json_t *out)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE,
	    sizeof(struct ageing));
	json_t *list = json_array();

	for (guint i = 0; i < values->invoices->len; i++)
		add_age(values, all, values->invoices->pdata[i]);
	for (guint i = 0; i < all->len; i++) {
		const struct ageing *one = &g_array_index(all, struct ageing,
		    i);
		json_t *row = json_object();

		for (size_t j = 0; j < AGES; j++)
			if (one->sums[j] > 0)
				values_money(row, ages[j].name, one->sums[j],
				    one->currency);
		values_money(row, "total", one->total, one->currency);
		json_array_append_new(list, row);
	}
	if (json_array_size(list) > 0)
		json_object_set(out, "ageing", list);
	json_decref(list);
}

enum store_status
values_statement(const struct values *values, json_t *out)
{
	const struct payment_filter filter = {
	    .customer = values->customer->id};
	g_autoptr(GPtrArray) payments = NULL;
	enum store_status status = store_payment_list(values->context->store,
	    &filter, &payments);

	if (status != STORE_OK)
		return status;
	put_asked(values, out);
	put_ageing(values, out);
	put_payments(values, payments, out);
	return put_credits(values, payments, out);
}

/* ---- a question about a payment ---------------------------------------------------- */

/* The newest claim of an invoice of the letter, as it was written. */
static enum store_status
find_claim(const struct values *values, struct hold **out)
{
	enum store_status status = STORE_OK;

	*out = NULL;
	for (guint i = 0; status == STORE_OK && i < values->invoices->len;
	    i++) {
		const struct invoice *invoice = values->invoices->pdata[i];
		g_autoptr(GPtrArray) holds = NULL;

		status = store_hold_list(values->context->store,
		    values->customer->id, invoice->id, 0, &holds);
		for (guint j = status == STORE_OK ? holds->len : 0;
		    !*out && j > 0; j--) {
			const struct hold *one = holds->pdata[j - 1];

			if (one->kind == HOLD_PAID_CLAIM &&
			    one->trust != TRUST_U &&
			    g_strcmp0(one->origin, "reply") == 0)
				*out = g_ptr_array_steal_index(holds, j - 1);
		}
	}
	return status;
}

enum store_status
values_inquiry(const struct values *values, json_t *out)
{
	const struct invoice *first = values->invoices->pdata[0];
	struct hold *hold;
	json_t *claim;
	enum store_status status = find_claim(values, &hold);

	if (status != STORE_OK || !hold)
		return status;
	claim = json_object();
	values_day(values, claim, "written", hold->since);
	json_put(claim, "day", hold->day);
	if (hold->amount > 0)
		values_money(claim, "amount", hold->amount, first->currency);
	json_object_set_new(out, "claim", claim);
	hold_free(hold);
	return STORE_OK;
}
