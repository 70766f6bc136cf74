/*
 * customer_billing.c - the columns about a customer as a buyer, and the two
 * objects in which they are kept.
 */
#include "codes.h"
#include "customer_billing.h"
#include "document.h"
#include "invoice_make.h"
#include "invoice_party.h"
#include "print.h"
#include "tax_id.h"

#include <stdlib.h>
#include <string.h>

/* In the order of BILLING_COLUMNS. */
static const struct {
	const char *name;
	bool billing;		/* else of the party */
	const char *group, *key;
} places[] = {
	{"street", false, "address", "street"},
	{"street2", false, "address", "street2"},
	{"postcode", false, "address", "postcode"},
	{"city", false, "address", "city"},
	{"region", false, "address", "region"},
	{"trading_name", false, NULL, "trading_name"},
	{"legal_id", false, NULL, "legal_id"},
	{"legal_scheme", false, NULL, "legal_scheme"},
	{"endpoint", false, NULL, "endpoint"},
	{"endpoint_scheme", false, NULL, "endpoint_scheme"},
	{"phone", false, "contact", "phone"},
	{"buyer_reference", true, NULL, "buyer_reference"},
	{"contract", true, NULL, "contract"},
	{"project", true, NULL, "project"},
	{"accounting", true, NULL, "accounting"},
	{"required", true, NULL, "required"},
	{"format", true, NULL, "format"},
	{"closing_day", true, NULL, "closing_day"},
	{"tax", true, NULL, "tax"},
};

static json_t *
object_of(const char *text)
{
	json_t *object = text ? json_loads(text, 0, NULL) : NULL;

	return object ? object : json_object();
}

static void
keep(char **member, json_t *object)
{
	char *text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);

	g_free(*member);
	*member = json_object_size(object) ? g_strdup(text) : NULL;
	free(text);
	json_decref(object);
}

static void
put(json_t *object, const char *group, const char *key, const char *text)
{
	json_t *inner = object;

	if (group) {
		inner = json_object_get(object, group);
		if (!inner)
			json_object_set_new(object, group,
			    inner = json_object());
	}
	if (strcmp(text, "-") == 0)
		json_object_del(inner, key);
	else
		json_object_set_new(inner, key, json_string(text));
	if (group && json_object_size(inner) == 0)
		json_object_del(object, group);
}

/* ---- checks --------------------------------------------------------------------- */

static char *
check_required(char **text)
{
	g_auto(GStrv) names = g_strsplit(*text, "\n", -1);

	for (char **name = names; *name; name++) {
		g_strdelimit(*name, "-", '_');
		if (**name && strcmp(*name, "_") != 0 &&
		    !customer_may_require(*name))
			return g_strdup_printf("required: '%s' is none of po, "
			    "buyer_reference, contract, project, period, "
			    "delivered, accounting, object, attachment, note",
			    *name);
	}
	g_free(*text);
	*text = strcmp(names[0] ? names[0] : "_", "_") == 0 ? g_strdup("-")
	    : g_strjoinv(",", names);
	return NULL;
}

static char *
check_format(char **text)
{
	if (strcmp(*text, "zugferd") == 0) {
		g_free(*text);
		*text = g_strdup("factur-x");
	}
	if (strcmp(*text, "-") == 0 || strcmp(*text, "pdf") == 0 ||
	    strcmp(*text, "none") == 0 || document_profile_known(*text))
		return NULL;
	return g_strdup_printf("format: '%s' is none of pdf, factur-x, "
	    "xrechnung, xrechnung-cii, peppol, ubl, cii, none", *text);
}

static char *
check_closing_day(char **text)
{
	if (strcmp(*text, "0") == 0) {
		g_free(*text);
		*text = g_strdup("-");
		return NULL;
	}
	return atoi(*text) <= 31 ? NULL : g_strdup_printf("closing_day: '%s' "
	    "is no day of the month (1 to 31, 0 none)", *text);
}

static char *
check_endpoint_scheme(char **text)
{
	if (strcmp(*text, "-") == 0 || code_name(CODES_EAS, *text))
		return NULL;
	return g_strdup_printf("endpoint_scheme: '%s' is no code of the list "
	    "EAS, such as 0192, 9930 or EM", *text);
}

static const struct {
	const char *name;
	char *(*check)(char **text);
} checks[] = {
	{"required", check_required}, {"format", check_format},
	{"closing_day", check_closing_day},
	{"endpoint_scheme", check_endpoint_scheme},
};

static char *
check(const char *name, char **text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(checks); i++)
		if (strcmp(checks[i].name, name) == 0)
			return checks[i].check(text);
	return NULL;
}

char *
billing_check_tax_id(const struct customer *customer)
{
	const char *country = customer->country;
	g_autofree char *own = NULL, *why = NULL, *sentence = NULL;

	if (!customer->tax_id)
		return NULL;
	if (!country && tax_id_is_vat(customer->tax_id))
		country = own = g_strndup(customer->tax_id, 2);
	if (!country || tax_id_check(country, customer->tax_id, NULL, &why) !=
	    TAX_ID_BAD)
		return NULL;
	sentence = g_strdup_printf("tax_id: '%s' cannot be right for %s: %s",
	    customer->tax_id, country, why ? why : "its check digits are "
	    "wrong");
	return g_steal_pointer(&sentence);
}

/* ---- in and out -------------------------------------------------------------------- */

char *
billing_take(const struct row *row, struct customer *customer)
{
	json_t *party = object_of(customer->party);
	json_t *billing = object_of(customer->billing);
	char *why = NULL;

	for (size_t i = 0; !why && i < G_N_ELEMENTS(places); i++) {
		g_autofree char *text = g_strdup(
		    row->cells[BILLING_FIRST + i]);

		if (!text)
			continue;
		why = check(places[i].name, &text);
		if (!why)
			put(places[i].billing ? billing : party,
			    places[i].group, places[i].key, text);
	}
	keep(&customer->party, party);
	keep(&customer->billing, billing);
	return why;
}

void
billing_set_emails(struct customer *customer, const char *list)
{
	json_t *billing = object_of(customer->billing);
	const char *comma = strchr(list, ',');

	g_free(customer->email);
	customer->email = comma ? g_strndup(list, (size_t)(comma - list))
				: g_strdup(list);
	put(billing, NULL, "to", comma ? comma + 1 : "-");
	keep(&customer->billing, billing);
}

char *
billing_emails(const struct customer *customer)
{
	json_t *billing = customer_billing(customer);
	const char *more = billing_text(billing, "to");
	char *all = more && customer->email ? g_strdup_printf("%s,%s",
	    customer->email, more) : g_strdup(customer->email);

	json_decref(billing);
	return all;
}

void
billing_json(const struct customer *customer, json_t *json)
{
	json_t *party = object_of(customer->party);
	json_t *billing = object_of(customer->billing);

	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		json_t *object = places[i].billing ? billing : party;

		if (places[i].group)
			object = json_object_get(object, places[i].group);
		json_put(json, places[i].name, json_string_value(
		    json_object_get(object, places[i].key)));
	}
	json_decref(party);
	json_decref(billing);
}

int
billing_closing_day(const struct customer *customer)
{
	json_t *billing = customer_billing(customer);
	const char *text = billing_text(billing, "closing_day");
	int day = text ? atoi(text) : 0;

	json_decref(billing);
	return day;
}
