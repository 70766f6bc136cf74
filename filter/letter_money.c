/*
 * letter_money.c - what a letter says of each invoice: the balance of this
 * moment and everything that made it: payments, money that is only announced,
 * credit notes, what was deducted; the discount while it lasts.
 */
#include "letter_values.h"

#include "amounts.h"
#include "print.h"
#include "reference_make.h"

#include <string.h>

/* What the customer should quote: the invoice's own reference, else a creditor
 * reference (ISO 11649) made from its number, else the number. */
char *
values_reference(const struct invoice *invoice)
{
	char *made;

	if (invoice->reference)
		return g_strdup(invoice->reference);
	made = reference_quoted(invoice->number);
	return made ? made : g_strdup(invoice->number);
}

/* ---- what was taken off --------------------------------------------------------- */

struct settled {		/* one invoice's allocations */
	const struct values *values;
	const struct invoice *invoice;
	json_t *received, *announced, *credited, *deducted;
	int64_t applied;	/* by this letter's payment */
};

static json_t *
entry_new(const struct settled *settled, const char *day, int64_t amount)
{
	json_t *entry = json_object();

	json_put(entry, "day", day);
	values_money(entry, "amount", amount, settled->invoice->currency);
	return entry;
}

static enum store_status
take_credit(struct settled *settled, const struct allocation *one)
{
	struct invoice *note;
	json_t *entry;
	enum store_status status = store_invoice_get(
	    settled->values->context->store, one->credit_note, &note);

	if (status != STORE_OK)
		return status;
	entry = entry_new(settled, note->date, one->amount);
	json_put(entry, "number", note->number);
	json_array_append_new(settled->credited, entry);
	invoice_free(note);
	return STORE_OK;
}

/* "is_withholding" … says which label it gets. */
static void
take_deduction(struct settled *settled, const struct allocation *one,
    const char *day)
{
	json_t *entry = entry_new(settled, day, one->amount);
	g_autofree char *flag = g_strdup_printf("is_%s",
	    allocation_kind_name(one->kind));

	json_object_set_new(entry, flag, json_true());
	json_array_append_new(settled->deducted, entry);
}

static enum store_status
take_allocation(struct settled *settled, const struct allocation *one)
{
	struct payment *payment;
	enum store_status status;

	if (one->kind == ALLOCATION_CREDIT_NOTE)
		return take_credit(settled, one);
	if (one->payment && one->payment == settled->values->letter->payment)
		settled->applied += one->amount;
	status = store_payment_get(settled->values->context->store,
	    one->payment, &payment);
	if (status != STORE_OK)
		return status;
	if (one->kind != ALLOCATION_PAYMENT)
		take_deduction(settled, one, payment->booked);
	else
		json_array_append_new(payment->state == PAYMENT_ANNOUNCED ?
		    settled->announced : settled->received,
		    entry_new(settled, payment->booked, one->amount));
	payment_free(payment);
	return STORE_OK;
}

static gint
by_day(gconstpointer a, gconstpointer b)
{
	json_t *const *one = a, *const *other = b;

	return g_strcmp0(json_string_value(json_object_get(*one, "day")),
	    json_string_value(json_object_get(*other, "day")));
}

/* Takes the list; by day, left out when it is empty. */
static void
put_list(json_t *out, const char *key, json_t *list)
{
	g_autoptr(GPtrArray) order = g_ptr_array_new();
	json_t *sorted = json_array();

	for (size_t i = 0; i < json_array_size(list); i++)
		g_ptr_array_add(order, json_array_get(list, i));
	g_ptr_array_sort(order, by_day);
	for (guint i = 0; i < order->len; i++)
		json_array_append(sorted, order->pdata[i]);
	if (order->len > 0)
		json_object_set(out, key, sorted);
	json_decref(sorted);
	json_decref(list);
}

/* What was paid or credited before this invoice was heard of. */
static void
put_before(const struct invoice *invoice, json_t *out)
{
	if (invoice->amount > invoice->opening)
		values_money(out, "paid_before",
		    invoice->amount - invoice->opening, invoice->currency);
}

/* Each allocation with its day, and what this letter's payment put on it. */
static enum store_status
put_settled(const struct values *values, const struct invoice *invoice,
    json_t *out)
{
	struct settled settled = {.values = values, .invoice = invoice,
	    .received = json_array(), .announced = json_array(),
	    .credited = json_array(), .deducted = json_array()};
	g_autoptr(GPtrArray) allocations = NULL;
	enum store_status status = store_allocation_list(
	    values->context->store, 0, invoice->id, true, &allocations);

	for (guint i = 0; status == STORE_OK && i < allocations->len; i++)
		status = take_allocation(&settled, allocations->pdata[i]);
	put_list(out, "received", settled.received);
	put_list(out, "announced", settled.announced);
	put_list(out, "credited", settled.credited);
	put_list(out, "deducted", settled.deducted);
	put_before(invoice, out);
	if (settled.applied > 0)
		values_money(out, "applied", settled.applied,
		    invoice->currency);
	return status;
}

/* Early payment, while it lasts and nothing was paid yet. */
static void
put_discount(const struct values *values, const struct invoice *invoice,
    json_t *out)
{
	int64_t saves;
	json_t *discount;
	g_autofree char *percent = NULL;

	if (invoice->discount_bp <= 0 || !invoice->discount_until ||
	    day_number(invoice->discount_until) < values->today ||
	    invoice->open != invoice->amount || invoice->announced > 0 ||
	    !money_share(invoice->amount, invoice->discount_bp, 10000, &saves))
		return;
	percent = decimal_text(invoice->discount_bp, 100);
	discount = json_object();
	json_put(discount, "percent", percent);
	values_money(discount, "amount", saves, invoice->currency);
	values_money(discount, "pay", invoice->amount - saves,
	    invoice->currency);
	json_put(discount, "until", invoice->discount_until);
	json_object_set_new(out, "discount", discount);
}

static enum store_status
invoice_values(const struct values *values, const struct invoice *invoice,
    json_t **out)
{
	g_autofree char *reference = values_reference(invoice);
	int64_t balance = invoice_balance(invoice);
	int32_t late = values->today - day_number(invoice->due);
	json_t *one = json_object();
	enum store_status status;

	json_put(one, "number", invoice->number);
	json_put(one, "date", invoice->date);
	json_put(one, "due", invoice->due);
	values_money(one, "amount", invoice->amount, invoice->currency);
	values_money(one, "balance", MAX(balance, 0), invoice->currency);
	json_put(one, "po", invoice->po);
	json_put(one, "reference", reference);
	json_put(one, "note", invoice->note);
	json_object_set_new(one, "is_overdue",
	    json_boolean(late > 0 && balance > 0));
	if (late > 0 && balance > 0)
		json_object_set_new(one, "days_overdue", json_integer(late));
	if (values->letter->kind != LETTER_CROSSED)
		put_discount(values, invoice, one);
	status = put_settled(values, invoice, one);
	if (status == STORE_OK)
		*out = one;
	else
		json_decref(one);
	return status;
}

enum store_status
values_invoices(const struct values *values, json_t *out)
{
	json_t *list = json_array();
	enum store_status status = STORE_OK;

	json_object_set_new(out, "invoices", list);
	for (guint i = 0; status == STORE_OK && i < values->invoices->len;
	    i++) {
		json_t *one;

		status = invoice_values(values, values->invoices->pdata[i],
		    &one);
		if (status == STORE_OK)
			json_array_append_new(list, one);
	}
	return status;
}

/* ---- sums ---------------------------------------------------------------------------- */

/* One amount, or a list when there are several currencies. */
void
values_total(const struct values *values, json_t *out)
{
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	json_t *totals = json_array();

	for (guint i = 0; i < values->invoices->len; i++) {
		const struct invoice *first = values->invoices->pdata[i];
		json_t *holder = json_object();
		int64_t sum = 0;

		if (!g_ptr_array_find_with_equal_func(seen, first->currency,
		    g_str_equal, NULL)) {
			for (guint j = i; j < values->invoices->len; j++) {
				const struct invoice *one =
				    values->invoices->pdata[j];

				if (strcmp(one->currency, first->currency) == 0)
					sum += MAX(invoice_balance(one),
					    0);
			}
			values_money(holder, "sum", sum, first->currency);
			json_array_append(totals,
			    json_object_get(holder, "sum"));
			g_ptr_array_add(seen, first->currency);
		}
		json_decref(holder);
	}
	json_object_set(out, "total_balance", json_array_size(totals) == 1 ?
	    json_array_get(totals, 0) : totals);
	json_decref(totals);
}
