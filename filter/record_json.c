/*
 * record_json.c - customers, invoices, payments as JSON objects. Absent is
 * left out; ids are the caller's own keys.
 */
#include "customer_billing.h"
#include "lookup.h"
#include "print.h"

#include <string.h>

static const char *
invoice_type_name(enum invoice_type type)
{
	return (const char *const[]){"invoice", "credit-note",
	    "deposit"}[type];
}

const char *
invoice_state_name(enum invoice_state state)
{
	return (const char *const[]){"draft", "open", "paid", "void"}[state];
}

const char *
payment_state_name(enum payment_state state)
{
	return (const char *const[]){"possible", "announced", "booked"}[state];
}

const char *
trust_name(enum trust trust)
{
	return (const char *const[]){"U", "A", "S", "O"}[trust];
}

json_t *
customer_json(const struct customer *c)
{
	g_autofree char *emails = billing_emails(c);
	json_t *json = json_object();

	json_put(json, "id", c->key);
	json_put(json, "name", c->name);
	json_put(json, "contact", c->contact);
	json_put(json, "salutation", c->salutation);
	json_put(json, "email", emails);
	json_put(json, "copy", c->copy);
	json_put(json, "language", c->language);
	json_put(json, "country", c->country);
	json_put(json, "currency", c->currency);
	json_put(json, "timezone", c->timezone);
	json_put(json, "policy", c->policy);
	json_put(json, "address", c->address);
	json_put(json, "tax_id", c->tax_id);
	billing_json(c, json);
	if (c->terms_days >= 0)
		json_object_set_new(json, "terms_days",
		    json_integer(c->terms_days));
	if (c->po_required)
		json_object_set_new(json, "po_required", json_true());
	if (c->business)
		json_object_set_new(json, "business", json_true());
	if (c->withholding_bp) {
		g_autofree char *rate = decimal_text(c->withholding_bp, 100);

		json_put(json, "withholding_percent", rate);
	}
	json_put_moment(json, "undelivered", c->undelivered);
	return json;
}

/* As written, or as issued: of either only what the lines are. */
static void
put_lines(json_t *json, const struct invoice *invoice)
{
	static const char *const keys[] = {"text", "quantity", "unit", "price",
	    "category", "rate", "net"};
	json_t *document = invoice->document ?
	    json_loads(invoice->document, 0, NULL) : NULL;
	json_t *list = json_object_get(document, "lines"), *line, *lines;
	size_t i;

	if (json_array_size(list)) {
		lines = json_array();
		json_array_foreach(list, i, line) {
			json_t *one = json_object();

			for (size_t k = 0; k < G_N_ELEMENTS(keys); k++)
				json_put(one, keys[k], json_string_value(
				    json_object_get(line, keys[k])));
			json_array_append_new(lines, one);
		}
		json_object_set_new(json, "lines", lines);
	}
	json_decref(document);
}

json_t *
invoice_json(struct context *context, const struct invoice *v)
{
	g_autofree char *customer = customer_key(context, v->customer);
	json_t *json = json_object();

	json_put(json, "id", v->key);
	json_put(json, "number", v->number);
	json_put(json, "customer", customer);
	json_put(json, "type", invoice_type_name(v->type));
	json_put(json, "state", invoice_state_name(v->state));
	json_put(json, "date", v->date);
	json_put(json, "due", v->due);
	json_put(json, "currency", v->currency);
	json_put_money(json, "amount", v->amount, v->currency);
	if (v->tax)
		json_put_money(json, "tax", v->tax, v->currency);
	json_put_money(json, "open", v->open, v->currency);
	if (v->announced)
		json_put_money(json, "announced", v->announced, v->currency);
	json_put(json, "reference", v->reference);
	json_put(json, "po", v->po);
	if (v->discount_bp) {
		g_autofree char *percent =
		    decimal_text(v->discount_bp, 100);

		json_put(json, "discount_percent", percent);
	}
	json_put(json, "discount_until", v->discount_until);
	json_put(json, "policy", v->policy);
	json_put(json, "note", v->note);
	json_put(json, "account", v->account);
	json_put(json, "message_id", v->message_id);
	json_put_moment(json, "sent", v->sent);
	put_lines(json, v);
	return json;
}

json_t *
payment_json(const struct payment *p)
{
	json_t *json = json_object();

	json_put(json, "id", p->key);
	json_put(json, "state", payment_state_name(p->state));
	json_put(json, "trust", trust_name(p->trust));
	json_put(json, "date", p->booked);
	json_put(json, "value", p->value);
	json_put_money(json, "amount", p->amount, p->currency);
	json_put(json, "currency", p->currency);
	json_put_money(json, "unallocated", p->unallocated, p->currency);
	if (p->charges)
		json_put_money(json, "charges", p->charges, p->currency);
	if (p->instructed) {
		json_put_money(json, "instructed_amount", p->instructed,
		    p->instructed_currency);
		json_put(json, "instructed_currency", p->instructed_currency);
	}
	json_put(json, "exchange_rate", p->exchange_rate);
	json_put(json, "account", p->account);
	json_put(json, "bank", p->bank);
	json_put(json, "payer", p->payer);
	json_put(json, "payer_account", p->payer_account);
	json_put(json, "remittance", p->remittance);
	json_put(json, "reference", p->reference);
	json_put(json, "bank_reference", p->bank_reference);
	json_put(json, "end_to_end_id", p->end_to_end_id);
	json_put_moment(json, "arrived", p->arrived);
	json_put_moment(json, "set_aside", p->set_aside);
	return json;
}

json_t *
allocation_json(struct context *context, const struct allocation *a)
{
	g_autofree char *payment = payment_key(context, a->payment);
	struct invoice *invoice = NULL;
	json_t *json = json_object();

	json_put(json, "payment", payment);
	if (store_invoice_get(context->store, a->invoice, &invoice) ==
	    STORE_OK) {
		json_put(json, "invoice", invoice->key);
		json_put(json, "number", invoice->number);
		json_put_money(json, "amount", a->amount, invoice->currency);
		invoice_free(invoice);
	}
	json_put(json, "kind", allocation_kind_name(a->kind));
	json_put(json, "by", a->by);
	json_put_moment(json, "at", a->at);
	json_put_moment(json, "reversed", a->reversed);
	json_object_set_new(json, "allocation", json_integer(a->id));
	return json;
}
