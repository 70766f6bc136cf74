/*
 * match_json.c - a decision as one JSON object (CONTRACT, Decisions): the
 * caller's own ids, amounts as decimal strings, reasons and the candidates
 * that were weighed. Pure.
 */
#include "hypotheses.h"

#include <math.h>

#define CANDIDATES_MAX 8
#define WEIGHED_MAX 40

static json_t *
money_json(int64_t minor, const char *currency)
{
	g_autofree char *text = money_format(minor, currency);

	return json_string(text);
}

static json_t *
probability_json(double probability)
{
	return json_real(round(probability * 10000) / 10000);
}

static const char *
invoice_currency(const struct facts *facts, int64_t invoice)
{
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];

		if (c->invoice->id == invoice)
			return c->invoice->currency;
	}
	return facts->payment->currency;
}

static void
append_share(json_t *out, const struct facts *facts,
    const struct share *share)
{
	const char *currency = invoice_currency(facts, share->invoice);
	const char *kind = allocation_kind_name(share->kind);

	json_array_append_new(out, json_pack("{s:s, s:s, s:o, s:s}",
	    "invoice", share->key, "number", share->number, "amount",
	    money_json(share->amount, currency), "kind", kind));
	/* the note it comes from, which is used up by as much */
	if (share->credit_note)
		json_array_append_new(out, json_pack("{s:s, s:s, s:o, s:s}",
		    "invoice", share->credit_key, "number",
		    share->credit_number, "amount",
		    money_json(-share->amount, currency), "kind", kind));
}

static char *
joined_reasons(const struct hypothesis *one)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < one->reasons->len; i++)
		g_string_append_printf(out, "%s%s", i ? ", " : "",
		    (const char *)one->reasons->pdata[i]);
	return g_string_free(out, FALSE);
}

static json_t *
candidates_json(const struct match *match, guint from)
{
	json_t *out = json_array();

	for (guint i = from; i < match->hypotheses->len &&
	    i < from + CANDIDATES_MAX; i++) {
		const struct hypothesis *one = match->hypotheses->pdata[i];
		g_autofree char *why = joined_reasons(one);

		for (guint j = 0; j < one->shares->len; j++) {
			const struct share *share =
			    &g_array_index(one->shares, struct share, j);

			if (share->kind == ALLOCATION_PAYMENT)
				json_array_append_new(out,
				    json_pack("{s:s, s:s, s:o, s:s}",
					"invoice", share->key, "number",
					share->number, "probability",
					probability_json(one->probability),
					"why", why));
		}
	}
	return out;
}

static void
append_reasons(json_t *out, const GPtrArray *reasons)
{
	for (guint i = 0; i < reasons->len; i++)
		json_array_append_new(out,
		    json_string(reasons->pdata[i]));
}

/* Of no match: that none of the hypotheses is true. */
static double
probability_of_none(const struct match *match)
{
	double rest = 1;

	for (guint i = 0; i < match->hypotheses->len; i++) {
		const struct hypothesis *one = match->hypotheses->pdata[i];

		rest -= one->probability;
	}
	return CLAMP(rest, 0, 1);
}

/* For those who fit the odds: what each explanation stands on. */
static json_t *
weighed_json(const struct match *match)
{
	json_t *out = json_array();

	for (guint i = 0; i < match->hypotheses->len && i < WEIGHED_MAX; i++) {
		const struct hypothesis *one = match->hypotheses->pdata[i];
		json_t *invoices = json_array(), *levels = json_array();

		for (guint j = 0; j < one->shares->len; j++) {
			const struct share *share =
			    &g_array_index(one->shares, struct share, j);

			json_array_append_new(invoices,
			    json_string(share->key));
			if (share->credit_note)
				json_array_append_new(invoices,
				    json_string(share->credit_key));
		}
		for (int j = 0; j < FAMILIES; j++)
			if (level_rows[one->levels[j]].name)
				json_array_append_new(levels, json_sprintf(
				    "%s:%s", level_rows[one->levels[j]].family,
				    level_rows[one->levels[j]].name));
		json_array_append_new(out, json_pack("{s:o, s:o, s:f, s:i, s:b}",
		    "invoices", invoices, "levels", levels, "odds", one->odds,
		    "ways", one->ways, "safe", one->safe));
	}
	return out;
}

json_t *
match_json(const struct facts *facts, const struct match *match, bool weighed)
{
	bool decided = match->decision == DECISION_AUTO ||
	    match->decision == DECISION_SUGGEST;
	const struct hypothesis *top =
	    decided ? match->hypotheses->pdata[0] : NULL;
	json_t *allocations = json_array(), *reasons = json_array();
	json_t *out = json_pack("{s:s, s:s, s:o}", "payment",
	    facts->payment->key, "decision", decision_name(match->decision),
	    "probability", probability_json(top ? top->probability
		: probability_of_none(match)));

	if (top && top->lead->customer)
		json_object_set_new(out, "customer",
		    json_string(top->lead->customer->key));
	for (guint i = 0; top && i < top->shares->len; i++)
		append_share(allocations, facts,
		    &g_array_index(top->shares, struct share, i));
	append_reasons(reasons, match->reasons);
	if (top)
		append_reasons(reasons, top->reasons);
	json_object_set_new(out, "allocations", allocations);
	json_object_set_new(out, "reasons", reasons);
	json_object_set_new(out, "candidates",
	    candidates_json(match, top ? 1 : 0));
	if (weighed) {
		json_object_set_new(out, "raw", json_real(match->raw));
		json_object_set_new(out, "pattern", json_string(
		    pattern_name((enum certainty)match->pattern)));
		json_object_set_new(out, "weighed", weighed_json(match));
	}
	return out;
}
