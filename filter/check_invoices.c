/*
 * check_invoices.c - `check` of invoices: series without gaps, and what the
 * parties still lack for an e-invoice.
 */
#include "check.h"
#include "document.h"
#include "invoice_number.h"
#include "invoice_party.h"
#include "tax_id.h"

#include <string.h>

#define SAID_AT_MOST 10

/* ---- gaps ------------------------------------------------------------------------ */

/* Which counters of a series are there, void ones too. */
static enum store_status
counters_of(struct store *store, const struct series *series, GArray *there)
{
	g_autofree char *prefix = g_strndup(series->series,
	    strcspn(series->series, "{"));
	g_autoptr(GPtrArray) numbers = NULL;
	enum store_status status = store_invoice_numbers(store, prefix,
	    &numbers);

	for (guint i = 0; status == STORE_OK && i < numbers->len; i++) {
		int64_t counter = series_counter(series->series, 0,
		    numbers->pdata[i]);

		if (counter >= series->first && counter <= series->counter)
			g_array_append_val(there, counter);
	}
	return status;
}

static int
compare_counters(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void
say_gap(const struct series *series, int64_t from, int64_t to,
    struct findings *findings)
{
	g_autofree char *last = from == to ? g_strdup("") : g_strdup_printf(
	    " to %" G_GINT64_FORMAT, to);

	check_note(findings->problems, "the series %s has no number "
	    "%" G_GINT64_FORMAT "%s: what became of it?", series->series, from,
	    last);
}

static void
check_series(struct store *store, const struct series *series,
    struct findings *findings)
{
	g_autoptr(GArray) there = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int64_t next = series->first;
	int said = 0;

	if (g_str_has_prefix(series->series, "draft-"))
		return;
	if (counters_of(store, series, there) != STORE_OK) {
		check_note(findings->problems, "%s", store_error(store));
		return;
	}
	g_array_sort(there, compare_counters);
	for (guint i = 0; i < there->len && said < SAID_AT_MOST; i++) {
		int64_t counter = g_array_index(there, int64_t, i);

		if (counter > next) {
			say_gap(series, next, counter - 1, findings);
			said++;
		}
		next = counter + 1;
	}
	if (next <= series->counter && said < SAID_AT_MOST)
		say_gap(series, next, series->counter, findings);
}

static void
check_gaps(struct store *store, struct findings *findings)
{
	g_autoptr(GPtrArray) list = NULL;

	if (store_series_list(store, &list) != STORE_OK) {
		check_note(findings->problems, "%s", store_error(store));
		return;
	}
	for (guint i = 0; i < list->len; i++)
		check_series(store, list->pdata[i], findings);
}

/* ---- parties ----------------------------------------------------------------------- */

static const struct {
	const char *path, *words;
	bool seller, buyer;
} needed[] = {
	{"address.street", "the street", true, true},
	{"address.city", "the city", true, true},
	{"address.postcode", "the postcode", true, true},
	{"address.country", "the country", true, true},
	{"contact.phone", "the phone", true, false},
};

/* "the city, the postcode", "" when nothing is missing; the caller frees. */
static char *
missing(const json_t *party, bool seller)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(needed); i++) {
		bool asked = seller ? needed[i].seller : needed[i].buyer;

		if (asked && !document_text(party, needed[i].path))
			g_string_append_printf(out, "%s%s", out->len ? ", "
			    : "", needed[i].words);
	}
	if (seller && !document_text(party, "tax_id") &&
	    !document_text(party, "tax_number"))
		g_string_append_printf(out, "%sthe tax-id", out->len ? ", "
		    : "");
	return g_string_free(out, FALSE);
}

static bool
is_electronic(const char *format)
{
	return format && document_profile_known(format);
}

static void
check_customer(const struct customer *customer, const json_t *billing,
    const char *format, struct findings *findings)
{
	json_t *party = party_buyer(customer);
	g_autofree char *text = missing(party, false);
	bool reference = g_str_has_prefix(format, "xrechnung") &&
	    !billing_text(billing, "buyer_reference");

	json_decref(party);
	if (*text || reference)
		check_note(findings->hints, "customer %s gets its invoices as "
		    "%s; on file is missing: %s%s%s", customer->key, format,
		    text, *text && reference ? ", " : "",
		    reference ? "the buyer reference (Leitweg-ID)" : "");
}

static bool
check_customers(struct context *context, struct findings *findings)
{
	g_autoptr(GPtrArray) list = NULL;
	bool any = false;

	if (store_customer_list(context->store, &list) != STORE_OK)
		return false;
	for (guint i = 0; i < list->len; i++) {
		const struct customer *customer = list->pdata[i];
		json_t *billing = customer->billing ||
		    context->config->profile ? customer_billing(customer)
		    : NULL;
		const char *format = billing_text(billing, "format");

		if (!format)
			format = context->config->profile;
		if (billing && is_electronic(format)) {
			any = true;
			check_customer(customer, billing, format, findings);
		}
		json_decref(billing);
	}
	return any;
}

/* Our tax id is on every invoice: its check digits are verified, a number that
 * is no VAT id may be anything. */
static void
check_own_id(const struct config *config, struct findings *findings)
{
	g_autofree char *why = NULL;
	const char *id = config->tax_id;

	if (!id || !config->country || !g_ascii_isalpha(id[0]) ||
	    !g_ascii_isalpha(id[1]))
		return;
	if (tax_id_check(config->country, id, NULL, &why) == TAX_ID_BAD &&
	    !tax_id_is_vat(id))
		check_note(findings->hints, "tax-id '%s' cannot be right for "
		    "%s: %s (section owner)", id, config->country, why);
}

void
check_invoices(struct context *context, struct findings *findings)
{
	json_t *seller;
	g_autofree char *text = NULL;
	bool electronic;

	if (context->config)
		check_own_id(context->config, findings);
	if (!context->store || !context->config)
		return;
	check_gaps(context->store, findings);
	electronic = check_customers(context, findings);
	if (!electronic && !context->config->profile)
		return;
	seller = party_seller(context->config);
	text = missing(seller, true);
	json_decref(seller);
	if (*text)
		check_note(findings->hints, "e-invoices need of the owner: %s "
		    "(section owner)", text);
}
