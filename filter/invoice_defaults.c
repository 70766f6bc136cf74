/*
 * invoice_defaults.c - tax and reasons that a person did not write: those of
 * the customer, of the configuration, or what follows from the rest.
 */
#include "invoice_make.h"
#include "invoice_party.h"
#include "print.h"

#include <string.h>

static bool
is_zero(const char *text)
{
	return text[strspn(text, "0.")] == '\0';
}

/* "21", "21%", "E", "0 Z": the words of a default. */
static void
read_tax(const char *text, char **category, char **rate)
{
	g_auto(GStrv) words = g_strsplit_set(text, " %", -1);

	*category = *rate = NULL;
	for (char **word = words; *word; word++) {
		if (g_ascii_isdigit(**word) && !*rate)
			*rate = g_strdup(*word);
		else if (**word && !*category)
			*category = g_strdup(*word);
	}
}

/* One of category and rate tells the other. */
static void
settle_tax(json_t *object)
{
	const char *category = document_text(object, "category");
	const char *rate = document_text(object, "rate");

	if (!category && rate)
		json_put(object, "category", is_zero(rate) ? "Z" : "S");
	else if (category && !rate && strlen(category) <= 2 &&
	    (strstr("Z E AE K G", category)))
		json_put(object, "rate", "0");
}

static bool
has_tax(const json_t *object)
{
	return json_object_get(object, "category") ||
	    json_object_get(object, "rate");
}

/* What lines without tax get: as the customer's file or the configuration
 * says, else none. */
static char *
default_tax(struct making *making, const json_t *document)
{
	json_t *billing = customer_billing(making->customer);
	const char *text = billing_text(billing, "tax");
	char *tax;

	if (!text)
		text = making->context->config->tax;
	making->untaxed = !text && document_text(document, "seller.tax_id");
	tax = g_strdup(text ? text : making->untaxed ? "0 Z" : "O");
	json_decref(billing);
	return tax;
}

static char *
default_lines(struct making *making, json_t *document)
{
	g_autofree char *tax = default_tax(making, document);
	g_autofree char *category = NULL, *rate = NULL;
	bool used = false;
	json_t *line;
	size_t i;

	read_tax(tax, &category, &rate);
	json_array_foreach(json_object_get(document, "lines"), i, line) {
		if (!json_is_object(line))
			return g_strdup_printf("lines[%zu]: enter an object "
			    "with text, quantity and price", i);
		if (!has_tax(line)) {
			json_put(line, "category", category);
			json_put(line, "rate", rate);
			used = true;
		}
		settle_tax(line);
	}
	making->untaxed = making->untaxed && used;
	return NULL;
}

/* An allowance of the whole has the tax of the lines, when they have one. */
static char *
default_allowances(json_t *document, const char *key)
{
	const json_t *lines = json_object_get(document, "lines");
	const json_t *first = json_array_get(lines, 0), *line;
	const char *category = document_text(first, "category");
	const char *rate = document_text(first, "rate");
	bool same = true;
	json_t *one;
	size_t i;

	json_array_foreach(lines, i, line)
		same = same && g_strcmp0(document_text(line, "category"),
		    category) == 0 && g_strcmp0(document_text(line, "rate"),
		    rate) == 0;
	json_array_foreach(json_object_get(document, key), i, one) {
		if (!has_tax(one) && !same)
			return g_strdup_printf("%s[%zu].rate: the lines have "
			    "several taxes: say which one this has", key, i);
		if (!has_tax(one)) {
			json_put(one, "category", category);
			json_put(one, "rate", rate);
		}
		settle_tax(one);
	}
	return NULL;
}

static bool
uses(const json_t *document, const char *category)
{
	const json_t *lines = json_object_get(document, "lines"), *line;
	size_t i;

	json_array_foreach(lines, i, line)
		if (g_strcmp0(document_text(line, "category"), category) == 0)
			return true;
	return false;
}

static void
put_exemption(const struct making *making, json_t *document)
{
	const char *reason = making->context->config->exemption;
	json_t *all = json_object_get(document, "exemptions");

	if (!reason || !uses(document, "E") || document_text(document, "exemptions.E.reason"))
		return;
	if (!all)
		json_object_set_new(document, "exemptions",
		    all = json_object());
	json_object_set_new(all, "E", json_pack("{s:s}", "reason", reason));
}

/* Goods that cross a border of the Union go to the buyer when nobody says
 * another place (BR-IC-12). */
static void
put_destination(json_t *document)
{
	json_t *buyer = json_object_get(document, "buyer");
	const json_t *address = json_object_get(buyer, "address");
	json_t *delivery = json_object_get(document, "delivery");

	if (!uses(document, "K") || !address ||
	    json_object_get(delivery, "address"))
		return;
	if (!delivery)
		json_object_set_new(document, "delivery",
		    delivery = json_object());
	json_object_set_new(delivery, "address", json_deep_copy(address));
}

char *
making_defaults(struct making *making, json_t *document)
{
	char *why = NULL;

	if (json_array_size(json_object_get(document, "lines")) == 0)
		return g_strdup("lines: there is none: say at least one "
		    "--line \"text;quantity;unit;price;tax\"");
	why = default_lines(making, document);
	if (!why)
		why = default_allowances(document, "allowances");
	if (!why)
		why = default_allowances(document, "charges");
	if (!why) {
		put_exemption(making, document);
		put_destination(document);
	}
	return why;
}
