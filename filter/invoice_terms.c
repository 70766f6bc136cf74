/*
 * invoice_terms.c - what an invoice says of its payment: the exact day, early
 * payment, what becomes of a credit note's amount, and what late payment costs by the law of the seller's country or
 * by what is agreed; in the customer's language.
 */
#include "amounts.h"
#include "interest.h"
#include "invoice_make.h"
#include "print.h"
#include "remind_internal.h"
#include "../templates/templates.h"

#include <string.h>

static void
put_money(json_t *object, const char *key, int64_t minor,
    const char *currency)
{
	g_autofree char *amount = money_format(minor, currency);

	json_object_set_new(object, key, json_pack("{s:s, s:s}", "amount",
	    amount, "currency", currency));
}

/* A percentage of at most four decimals: CLF has as many. */
static bool
share_of(int64_t base, const char *percent, int64_t *out)
{
	int64_t units;

	return money_parse(percent, "CLF", &units) &&
	    money_share(base, units, 1000000, out);
}

/* [{"until","percent","pay"}] of the total. */
static void
put_discounts(const json_t *document, int64_t due, const char *currency,
    json_t *out)
{
	const json_t *list = json_object_get(document, "discounts"), *one;
	json_t *written = json_array();
	size_t i;

	json_array_foreach(list, i, one) {
		const char *percent = document_text(one, "percent");
		const char *until = document_text(one, "until");
		int64_t saves, base = due;
		json_t *object;

		if (!percent || !until)
			continue;
		if (document_text(one, "base"))
			money_parse(document_text(one, "base"), currency,
			    &base);
		if (!share_of(base, percent, &saves))
			continue;
		object = json_pack("{s:s, s:s}", "percent", percent, "until",
		    until);
		put_money(object, "pay", due - saves, currency);
		json_array_append_new(written, object);
	}
	if (json_array_size(written))
		json_object_set(out, "discount", written);
	json_decref(written);
}

static bool
is_business(const struct making *making)
{
	const struct customer *customer = making->customer;

	return customer->business || customer->tax_id ||
	    document_text(making->document, "buyer.legal_id");
}

static struct law *
law_of(const struct making *making, const struct policy *policy)
{
	const struct context *context = making->context;
	const char *country = policy->law ? policy->law :
	    context->config->country;
	g_autofree char *own = context_path(context, "laws");
	g_autofree char *ours = place_data("laws");
	char *folders[] = {own, ours, NULL};
	g_autofree char *why = NULL;

	return country ? law_read(folders, country, &why) : NULL;
}

/* {"percent","law","compensation"}; no percent while nobody has published the
 * law's rate of the day. */
static void
put_interest(const struct making *making, int64_t due, const char *currency,
    json_t *out)
{
	const struct policy *policy = invoice_policy(making->context->config,
	    making->invoice, making->customer);
	const char *date = document_text(making->document, "date");
	struct law *law = policy->consumer ? NULL : law_of(making, policy);
	struct agreed agreed = {0};
	int32_t rate = RATE_NONE;
	int64_t fixed = law ? law_compensation(law, due, currency) : 0;
	g_autofree char *percent = NULL;
	json_t *interest;

	policy_agreed(policy, &agreed);
	if (agreed.rate)
		rate = agreed.rate;
	else if (law && !law_rate(law, day_number(date), &rate))
		rate = RATE_NONE;
	if (agreed.cap && rate != RATE_NONE)
		rate = MIN(rate, agreed.cap);
	if (rate != RATE_NONE || (law && law->rates)) {
		percent = rate != RATE_NONE ? decimal_text(rate, 10000) : NULL;
		interest = json_object();
		json_put(interest, "percent", percent);
		if (law && !agreed.rate)
			json_put(interest, "law", law->title);
		if (fixed > 0)
			put_money(interest, "compensation", fixed,
			    law->currency);
		json_object_set_new(out, "interest", interest);
	}
	law_free(law);
}

static void
put_late(const struct making *making, int64_t due, const char *currency,
    json_t *out)
{
	if (!making->context->config->late_terms)
		return;
	if (is_business(making))
		put_interest(making, due, currency, out);
	if (!json_object_get(out, "interest"))
		json_object_set_new(out, "late", json_true());
}

/* What becomes of a credit note's amount: e-invoices want to be told. */
static void
put_credit(const json_t *document, json_t *out)
{
	const json_t *first = json_array_get(json_object_get(document,
	    "preceding"), 0);
	json_t *credit = json_object();

	json_put(credit, "number", document_text(first, "number"));
	json_object_set_new(out, "credit", credit);
}

char *
invoice_terms(const struct making *making)
{
	const struct context *context = making->context;
	const char *currency = document_text(making->document, "currency");
	const char *due_day = document_text(making->document, "due");
	g_autofree char *own = context_path(context, "templates");
	g_autofree char *ours = place_data("templates");
	const char *dirs[] = {own, ours, NULL};
	g_autofree char *why = NULL;
	json_t *values = json_pack("{s:{s:s}, s:{s:s}}", "owner", "name",
	    document_text(making->document, "seller.name"), "customer",
	    "name", making->customer->name);
	char *text;
	int64_t due = 0;

	document_amount(making->document, "totals", "due", &due);
	if (document_is_credit(making->document)) {
		put_credit(making->document, values);
	} else {
		json_put(values, "due", due_day);
		put_discounts(making->document, due, currency, values);
		put_late(making, due, currency, values);
	}
	text = text_render(dirs, making->language, "terms", values, &why);
	json_decref(values);
	return text;
}
