/*
 * letter_values.c - what mailfilter-render is told: one JSON object a letter
 * (mailfilter-template(7)), made from the facts of this moment, so that a
 * letter that waited says the balance of now.
 */
#include "letter_values.h"

#include "digest.h"
#include "invoice_party.h"
#include "look.h"

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

/* As it was written in lines, else from its parts. The party is taken. */
static void
put_address(json_t *out, const char *lines, json_t *party)
{
	g_autofree char *parts = address_lines(json_object_get(party,
	    "address"));

	json_put(out, "address", lines ? lines : parts);
	json_decref(party);
}

/* ---- the parties --------------------------------------------------------------- */

json_t *
owner_values(const struct config *config)
{
	json_t *owner = json_object();

	json_put(owner, "name", config->name ? config->name : config->company ?
	    config->company : config->email);
	json_put(owner, "company", config->company);
	json_put(owner, "email", config->email);
	json_put(owner, "phone", config->phone);
	put_address(owner, config->address, party_seller(config));
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
	put_address(out, customer->address, party_buyer(customer));
	json_put(out, "tax_id", customer->tax_id);
	return out;
}

/* ---- how to pay ----------------------------------------------------------------- */

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
	status = values_waived(values, out);
	if (status != STORE_OK)
		return status;
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
		values_lines(values, out);
		return STORE_OK;
	case LETTER_CREDIT_NOTE:
		values_lines(values, out);
		return values_credit(values, out);
	case LETTER_REMINDER:
	case LETTER_INSTALMENT:
		return values_reminder(values, out);
	case LETTER_RECEIPT:
	case LETTER_CROSSED:
		return payment_values(values, out);
	case LETTER_COPY:
		return values_copy(values, out);
	case LETTER_STATEMENT:
		return values_statement(values, out);
	case LETTER_INQUIRY:
		return values_inquiry(values, out);
	default:
		return STORE_OK;
	}
}

static enum store_status
all_values(const struct values *values, json_t *out)
{
	enum store_status status = values_invoices(values, out);

	json_object_set_new(out, "owner",
	    owner_values(values->context->config));
	look_put(values->context->config, values->customer, out);
	json_object_set_new(out, "customer",
	    customer_values(values->customer));
	if (values->letter->kind != LETTER_CROSSED && values->invoices->len) {
		values_total(values, out);
		values_pay(values, out);
	}
	if (status == STORE_OK && values->letter->kind != LETTER_INVOICE &&
	    values->letter->kind != LETTER_CREDIT_NOTE && values->invoices->len)
		status = values_as_of(values, out);
	json_object_set_new(out, "is_overdue",
	    json_boolean(is_overdue(values)));
	if (status == STORE_OK)
		status = put_kind(values, out);
	if (status == STORE_OK)
		status = values_instalments(values, out);
	if (status == STORE_OK)
		values_ways(values, out);
	return status;
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
	return status == STORE_OK && values->invoices->len == 0 &&
	    values->letter->kind != LETTER_STATEMENT ? STORE_INVALID : status;
}

enum store_status
values_open(struct context *context, const struct letter *letter,
    struct values *values)
{
	char day[DAY_SIZE];
	enum store_status status;

	*values = (struct values){.context = context, .letter = letter};
	values->invoices = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)invoice_free);
	status = load(values);
	if (status != STORE_OK)
		return status;
	values->zone = customer_zone(context->config, values->customer);
	calendar_local(context->now, values->zone, day, NULL);
	values->today = day_number(day);
	return STORE_OK;
}

void
values_close(struct values *values)
{
	g_ptr_array_unref(values->invoices);
	json_decref(values->documents);
	customer_free(values->customer);
}

/* The customer's language as its country writes it: "de", "CH" is "de-CH". */
static char *
language_tag(const struct values *values, const struct letter *letter)
{
	const char *language = letter->language;
	const char *country = values->customer ? values->customer->country :
						 NULL;

	return country && language && !strchr(language, '-') ?
	    g_strdup_printf("%s-%s", language, country) : g_strdup(language);
}

/* A page of their own for those who file letters; invoices are attached as
 * documents. */
static bool
has_page(const struct values *values)
{
	const char *reminder = values->context->config->attach_reminder;

	switch (values->letter->kind) {
	case LETTER_REMINDER:
	case LETTER_INSTALMENT:
		return strcmp(reminder, "yes") == 0 ||
		    (strcmp(reminder, "firm") == 0 && values->letter->tone &&
		        strcmp(values->letter->tone, "firm") == 0);
	case LETTER_STATEMENT:
	case LETTER_RECEIPT:
		return true;
	default:
		return false;
	}
}

enum store_status
letter_values(struct context *context, const struct letter *letter,
    json_t **out)
{
	struct values values;
	json_t *object, *inner;
	g_autofree char *language = NULL;
	enum store_status status;

	if (letter->kind == LETTER_DIGEST)
		return digest_letter_values(context, letter, out);
	object = json_object();
	inner = json_object();
	status = values_open(context, letter, &values);
	language = language_tag(&values, letter);
	json_put(object, "kind", letter_kind_name(letter->kind));
	json_put(object, "tone", letter->tone);
	json_object_set_new(object, "values", inner);
	json_put(object, "language", language);
	if (status == STORE_OK) {
		values_read_documents(&values);
		status = all_values(&values, inner);
	}
	if (status == STORE_OK)
		status = values_headers(&values, object);
	values_documents(&values, object);
	values_dirs(&values, object);
	if (has_page(&values))
		json_object_set_new(object, "attach", json_pack("[s]", "pdf"));
	values_close(&values);
	if (status == STORE_OK)
		*out = object;
	else
		json_decref(object);
	return status;
}
