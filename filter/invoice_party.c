/*
 * invoice_party.c - seller and buyer of an invoice's document.
 */
#include "invoice_party.h"
#include "print.h"
#include "tax_id.h"

#include <string.h>

static json_t *
object_of(const char *text)
{
	json_t *object = text ? json_loads(text, 0, NULL) : NULL;

	if (json_is_object(object))
		return object;
	json_decref(object);
	return json_object();
}

json_t *
customer_billing(const struct customer *customer)
{
	return object_of(customer->billing);
}

const char *
billing_text(const json_t *billing, const char *key)
{
	return json_string_value(json_object_get(billing, key));
}

/* A VAT id has its country in front; any other number stands apart from it
 * (BT-31, BT-32). */
static void
put_tax_id(json_t *party, const char *country, const char *text)
{
	g_autofree char *plain = NULL;

	if (!text)
		return;
	tax_id_check(country, text, &plain, NULL);
	if (plain && tax_id_is_vat(plain))
		json_put(party, "tax_id", plain);
	else if (tax_id_is_vat(text))
		json_put(party, "tax_id", text);
	else if (!json_object_get(party, "tax_number"))
		json_put(party, "tax_number", text);
}

/* The last of the ways to reach a party electronically is its mail (BT-34). */
static void
put_endpoint(json_t *party, const char *mail)
{
	const char *endpoint = json_string_value(
	    json_object_get(party, "endpoint"));
	const char *colon = endpoint ? strchr(endpoint, ':') : NULL;

	if (!endpoint && mail) {
		json_put(party, "endpoint", mail);
		json_put(party, "endpoint_scheme", "EM");
	} else if (endpoint && !json_object_get(party, "endpoint_scheme")) {
		if (strchr(endpoint, '@')) {
			json_put(party, "endpoint_scheme", "EM");
		} else if (colon && colon - endpoint == 4) {
			g_autofree char *scheme = g_strndup(endpoint, 4);
			g_autofree char *id = g_strdup(colon + 1);

			json_put(party, "endpoint_scheme", scheme);
			json_put(party, "endpoint", id);
		}
	}
}

static void
drop_empty(json_t *party, const char *key)
{
	if (json_object_size(json_object_get(party, key)) == 0)
		json_object_del(party, key);
}

json_t *
party_seller(const struct config *config)
{
	json_t *party = json_object(), *address = json_object();
	json_t *contact = json_object();

	json_put(party, "name", config->company ? config->company
	    : config->name ? config->name : config->email);
	json_put(party, "legal_id", config->legal_id);
	json_put(party, "legal_scheme", config->legal_scheme);
	json_put(party, "tax_number", config->tax_number);
	put_tax_id(party, config->country, config->tax_id);
	json_put(party, "legal_info", config->legal_info);
	json_put(party, "endpoint", config->endpoint);
	json_put(party, "endpoint_scheme", config->endpoint_scheme);
	put_endpoint(party, config->email);
	json_put(address, "street", config->street);
	json_put(address, "street2", config->street2);
	json_put(address, "postcode", config->postcode);
	json_put(address, "city", config->city);
	json_put(address, "region", config->region);
	if (config->address && !config->street && !config->city)
		address_split(config->address, config->company,
		    config->country, address);
	json_put(address, "country", config->country);
	json_object_set_new(party, "address", address);
	json_put(contact, "name", config->name);
	json_put(contact, "phone", config->phone);
	json_put(contact, "email", config->email);
	json_object_set_new(party, "contact", contact);
	drop_empty(party, "address");
	return party;
}

json_t *
party_buyer(const struct customer *customer)
{
	json_t *party = object_of(customer->party);
	json_t *address = json_object_get(party, "address");
	json_t *contact = json_object_get(party, "contact");

	if (!json_is_object(address))
		json_object_set_new(party, "address",
		    address = json_object());
	if (!json_is_object(contact))
		json_object_set_new(party, "contact",
		    contact = json_object());
	json_put(party, "name", customer->name);
	put_tax_id(party, customer->country, customer->tax_id);
	if (customer->address && !json_object_get(address, "street") &&
	    !json_object_get(address, "city"))
		address_split(customer->address, customer->name,
		    customer->country, address);
	json_put(address, "country", customer->country);
	json_put(contact, "name", customer->contact);
	if (!json_object_get(contact, "email"))
		json_put(contact, "email", customer->email);
	put_endpoint(party, customer->email);
	drop_empty(party, "address");
	drop_empty(party, "contact");
	return party;
}
