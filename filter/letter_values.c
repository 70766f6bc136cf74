/*
 * letter_values.c - what mailfilter-render is told: one JSON object a letter
 * (mailfilter-template(7)), made from the facts of this moment, so that a
 * letter that waited says the balance of now.
 */
#include "letter_values.h"

#include "amounts.h"
#include "print.h"

#include <string.h>

void
values_money(json_t *object, const char *key, int64_t minor,
    const char *currency)
{
	g_autofree char *amount = money_format(minor, currency);

	json_object_set_new(object, key, json_pack("{s:s, s:s}", "amount",
	    amount, "currency", currency));
}

void
values_day(const struct values *values, json_t *object, const char *key,
    int64_t moment)
{
	char day[DAY_SIZE];

	calendar_local(moment, values->zone, day, NULL);
	json_put(object, key, day);
}

/* ---- the parties --------------------------------------------------------------- */

static json_t *
owner_values(const struct config *config)
{
	json_t *owner = json_object();

	json_put(owner, "name", config->name ? config->name : config->company ?
	    config->company : config->email);
	json_put(owner, "company", config->company);
	json_put(owner, "email", config->email);
	json_put(owner, "phone", config->phone);
	json_put(owner, "address", config->address);
	json_put(owner, "website", config->website);
	json_put(owner, "tax_id", config->tax_id);
	json_put(owner, "signature", config->signature);
	return owner;
}

static json_t *
customer_values(const struct customer *customer)
{
	json_t *out = json_object();

	json_put(out, "name", customer->name);
	json_put(out, "contact", customer->contact);
	json_put(out, "salutation", customer->salutation);
	json_put(out, "address", customer->address);
	json_put(out, "tax_id", customer->tax_id);
	return out;
}

/* ---- an invoice ------------------------------------------------------------------- */

/* What the customer should quote: the invoice's own reference, else a creditor
 * reference (ISO 11649) made from its number, else the number. */
static char *
reference_of(const struct invoice *invoice)
{
	char *made;

	if (invoice->reference)
		return g_strdup(invoice->reference);
	made = reference_make_rf(invoice->number);
	return made ? made : g_strdup(invoice->number);
}

/* Payments so far, oldest first, and what this letter's payment put on it. */
static enum store_status
put_received(const struct values *values, const struct invoice *invoice,
    json_t *out)
{
	struct store *store = values->context->store;
	g_autoptr(GPtrArray) allocations = NULL;
	json_t *received = json_array();
	int64_t applied = 0;
	enum store_status status = store_allocation_list(store, 0, invoice->id,
	    true, &allocations);

	for (guint i = 0; status == STORE_OK && i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];
		struct payment *payment;
		json_t *entry;

		if (one->payment && one->payment == values->letter->payment)
			applied += one->amount;
		if (one->kind != ALLOCATION_PAYMENT || !one->payment)
			continue;
		status = store_payment_get(store, one->payment, &payment);
		if (status != STORE_OK)
			break;
		entry = json_object();
		json_put(entry, "day", payment->booked);
		values_money(entry, "amount", one->amount, invoice->currency);
		json_array_append_new(received, entry);
		payment_free(payment);
	}
	if (json_array_size(received) > 0)
		json_object_set(out, "received", received);
	json_decref(received);
	if (applied > 0)
		values_money(out, "applied", applied, invoice->currency);
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
	g_autofree char *reference = reference_of(invoice);
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
	status = put_received(values, invoice, one);
	if (status == STORE_OK)
		*out = one;
	else
		json_decref(one);
	return status;
}

static enum store_status
put_invoices(const struct values *values, json_t *out)
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

/* ---- sums, how to pay ----------------------------------------------------------------- */

static bool
is_overdue(const struct values *values)
{
	for (guint i = 0; i < values->invoices->len; i++) {
		const struct invoice *invoice = values->invoices->pdata[i];

		if (invoice_balance(invoice) > 0 &&
		    day_number(invoice->due) < values->today)
			return true;
	}
	return false;
}

/* One amount, or a list when there are several currencies. */
static void
put_total(const struct values *values, json_t *out)
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

static void
put_pay(const struct values *values, json_t *out)
{
	const struct invoice *first = values->invoices->pdata[0];
	const struct account *account =
	    invoice_account(values->context->config, first);
	g_autofree char *reference = reference_of(first);
	json_t *pay;

	if (!account)
		return;
	pay = json_object();
	json_put(pay, "holder", account->holder);
	json_put(pay, reference_is_iban(account->iban) ? "iban" : "account",
	    account->iban);
	json_put(pay, "bic", account->bic);
	json_put(pay, "bank", account->bank_title);
	if (values->invoices->len == 1)
		json_put(pay, "reference", reference);
	json_object_set_new(out, "pay", pay);
}

/* ---- receipts and crossed letters ------------------------------------------------------- */

static enum store_status
payment_values(const struct values *values, json_t *out)
{
	struct store *store = values->context->store;
	struct payment *payment;
	struct letter *regards;
	json_t *object;
	enum store_status status = store_payment_get(store,
	    values->letter->payment, &payment);

	if (status != STORE_OK)
		return status;
	object = json_object();
	values_money(object, "amount", payment->amount, payment->currency);
	json_put(object, "day", payment->booked);
	json_object_set_new(out, "payment", object);
	payment_free(payment);
	if (!values->letter->regards)
		return STORE_OK;
	status = store_letter_get(store, values->letter->regards, &regards);
	if (status != STORE_OK)
		return status;
	object = json_object();
	values_day(values, object, "day", regards->sent);
	json_object_set_new(out, "regards", object);
	letter_free(regards);
	return STORE_OK;
}

/* ---- all of it --------------------------------------------------------------------------- */

static enum store_status
put_kind(const struct values *values, json_t *out)
{
	switch (values->letter->kind) {
	case LETTER_INVOICE:
		values_lines(values->invoices->pdata[0], out);
		return STORE_OK;
	case LETTER_REMINDER:
		return values_reminder(values, out);
	case LETTER_RECEIPT:
	case LETTER_CROSSED:
		return payment_values(values, out);
	default:
		return STORE_OK;
	}
}

static enum store_status
all_values(const struct values *values, json_t *out)
{
	enum store_status status = put_invoices(values, out);

	json_object_set_new(out, "owner",
	    owner_values(values->context->config));
	json_object_set_new(out, "customer",
	    customer_values(values->customer));
	if (values->letter->kind != LETTER_CROSSED) {
		put_total(values, out);
		put_pay(values, out);
	}
	json_object_set_new(out, "is_overdue",
	    json_boolean(is_overdue(values)));
	return status == STORE_OK ? put_kind(values, out) : status;
}

static gint
by_due(gconstpointer a, gconstpointer b)
{
	const struct invoice *one = *(struct invoice *const *)a;
	const struct invoice *other = *(struct invoice *const *)b;

	return g_strcmp0(one->due, other->due);
}

/* The customer and the invoices, those due first in front. */
static enum store_status
load(struct values *values)
{
	struct store *store = values->context->store;
	enum store_status status = store_customer_get(store,
	    values->letter->customer, &values->customer);

	for (guint i = 0; status == STORE_OK && i < values->letter->items->len;
	    i++) {
		const struct letter_item *item =
		    values->letter->items->pdata[i];
		struct invoice *invoice;

		status = store_invoice_get(store, item->invoice, &invoice);
		if (status == STORE_OK)
			g_ptr_array_add(values->invoices, invoice);
	}
	g_ptr_array_sort(values->invoices, by_due);
	return status == STORE_OK && values->invoices->len == 0 ?
	    STORE_INVALID : status;
}

enum store_status
letter_values(struct context *context, const struct letter *letter,
    json_t **out)
{
	struct values values = {.context = context, .letter = letter};
	json_t *object = json_object(), *inner = json_object();
	char day[DAY_SIZE];
	enum store_status status;

	values.invoices = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)invoice_free);
	json_put(object, "kind", letter_kind_name(letter->kind));
	json_put(object, "tone", letter->tone);
	json_put(object, "language", letter->language);
	json_object_set_new(object, "values", inner);
	status = load(&values);
	if (status == STORE_OK) {
		values.zone = customer_zone(context->config, values.customer);
		calendar_local(context->now, values.zone, day, NULL);
		values.today = day_number(day);
		status = all_values(&values, inner);
	}
	if (status == STORE_OK)
		status = values_headers(&values, object);
	values_dirs(&values, object);
	g_ptr_array_unref(values.invoices);
	customer_free(values.customer);
	if (status == STORE_OK)
		*out = object;
	else
		json_decref(object);
	return status;
}
