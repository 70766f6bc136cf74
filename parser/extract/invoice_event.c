/*
 * invoice_event.c - what of an invoice's document an event tells to whoever
 * wants no more than its key figures.
 */
#include "invoice.h"

#include <stdlib.h>
#include <string.h>

#define DOCUMENT_BYTES 200000u	/* more than that: without attached files */

/* Each field from the first path that leads to something. */
static const struct {
	enum event_field field;
	const char *path;
} fields[] = {
	{EVENT_NUMBER, "number"}, {EVENT_BOOKED, "date"}, {EVENT_DUE, "due"},
	{EVENT_TYPE, "type_code"}, {EVENT_CURRENCY, "currency"},
	{EVENT_PO, "po"}, {EVENT_REFERENCE, "payment.reference"},
	{EVENT_SELLER, "seller.name"}, {EVENT_SELLER, "seller.trading_name"},
	{EVENT_SELLER_ID, "seller.tax_id"},
	{EVENT_SELLER_ID, "seller.tax_number"},
	{EVENT_PAYER, "buyer.name"}, {EVENT_PAYER, "buyer.trading_name"},
	{EVENT_BUYER_ID, "buyer.tax_id"}, {EVENT_COUNTRY,
	    "buyer.address.country"},
	{EVENT_CONTACT, "buyer.contact.email"},
};

static const struct {
	const char *type, *code;
} types[] = {{"invoice", "380"}, {"credit-note", "381"}, {"deposit", "386"},
    {"corrected", "384"}};

static const char *
text_at(const json_t *json, const char *path)
{
	g_auto(GStrv) names = g_strsplit(path, ".", -1);

	for (char **name = names; *name; name++)
		json = json_object_get(json, *name);
	return json_string_value(json);
}

/* The first member of the first object in a list. */
static const char *
first_at(const json_t *json, const char *list, const char *key)
{
	return text_at(json_array_get(json_object_get(json, list), 0), key);
}

static void
set_parties(struct event *event, const json_t *document)
{
	const json_t *buyer = json_object_get(document, "buyer");
	const char *scheme = text_at(buyer, "endpoint_scheme"), *account;
	const json_t *accounts = json_object_get(document, "payment");

	if (!event_get(event, EVENT_BUYER_ID))
		event_set(event, EVENT_BUYER_ID, first_at(buyer, "ids",
		    "id"));
	if (!event_get(event, EVENT_CONTACT) && scheme &&
	    strcmp(scheme, "EM") == 0)
		event_set(event, EVENT_CONTACT, text_at(buyer, "endpoint"));
	account = first_at(accounts, "accounts", "iban");
	event_set(event, EVENT_ACCOUNT, account ? account :
	    first_at(accounts, "accounts", "account"));
}

static void
set_type(struct event *event, const json_t *document)
{
	const char *type = text_at(document, "type");

	if (event_get(event, EVENT_TYPE))
		return;
	for (size_t i = 0; type && i < G_N_ELEMENTS(types); i++)
		if (strcmp(types[i].type, type) == 0)
			event_set(event, EVENT_TYPE, types[i].code);
}

/* An amount that must not be below zero. */
static void
set_total(struct event *event, enum event_field field, const json_t *totals,
    const char *key)
{
	const char *text = text_at(totals, key);

	if (text && *text != '-')
		event_set(event, field, text);
}

/* Attached files are left out when it would be too long with them. */
static void
set_document(struct event *event, const json_t *document)
{
	char *text = json_dumps(document, JSON_COMPACT);
	json_t *copy, *one;
	size_t i;

	if (text && strlen(text) > DOCUMENT_BYTES) {
		free(text);
		copy = json_deep_copy(document);
		json_array_foreach(json_object_get(copy, "attachments"), i,
		    one)
			json_object_del(one, "content");
		text = json_dumps(copy, JSON_COMPACT);
		json_decref(copy);
	}
	if (text && strlen(text) <= DOCUMENT_BYTES)
		event_set(event, EVENT_DOCUMENT, text);
	free(text);
}

struct event *
invoice_event(const json_t *found)
{
	struct event *event = event_new(EVENT_INVOICE);
	const json_t *document = json_object_get(found, "document"), *one;
	const json_t *totals = json_object_get(document, "totals");
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(fields); i++)
		if (!event_get(event, fields[i].field))
			event_set(event, fields[i].field, text_at(document,
			    fields[i].path));
	set_type(event, document);
	set_parties(event, document);
	set_total(event, EVENT_AMOUNT, totals, "gross");
	set_total(event, EVENT_OPEN, totals, "due");
	set_total(event, EVENT_TAX, totals, "tax");
	json_array_foreach(json_object_get(document, "preceding"), i, one)
		event_add_reference(event, text_at(one, "number"));
	json_array_foreach(json_object_get(found, "wrong"), i, one)
		event_refuse(event, "amount", json_string_value(one));
	if (!event_get(event, EVENT_AMOUNT))
		event_refuse(event, "amount", "no exact total");
	set_document(event, document);
	return event;
}
