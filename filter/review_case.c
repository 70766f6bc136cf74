/*
 * review_case.c - what a payment may be for, built anew from the store each
 * time it is shown and once more before a word about it is carried out.
 */
#include "review_case.h"
#include "amounts.h"

#include <string.h>

#define LEAST 0.005		/* less probable than that is not offered */

static void
drop_invoice(void *data)
{
	invoice_free(data);
}

static void
drop_customer(void *data)
{
	customer_free(data);
}

static void
drop_option(void *data)
{
	struct case_option *option = data;

	g_array_unref(option->parts);
	g_free(option->why);
	g_free(option->refused);
	g_free(option);
}

void
case_free(struct review_case *one)
{
	if (!one)
		return;
	payment_free(one->payment);
	g_ptr_array_unref(one->options);
	g_ptr_array_unref(one->documents);
	g_ptr_array_unref(one->customers);
	g_free(one->nothing);
	g_free(one->mark);
	g_free(one);
}

static struct review_case *
case_new(struct payment *payment)
{
	struct review_case *one = g_new0(struct review_case, 1);

	one->payment = payment;
	one->options = g_ptr_array_new_with_free_func(drop_option);
	one->documents = g_ptr_array_new_with_free_func(drop_invoice);
	one->customers = g_ptr_array_new_with_free_func(drop_customer);
	return one;
}

const struct invoice *
case_document(const struct review_case *one, int64_t id)
{
	for (guint i = 0; i < one->documents->len; i++) {
		const struct invoice *invoice = one->documents->pdata[i];

		if (invoice->id == id)
			return invoice;
	}
	return NULL;
}

const struct customer *
case_customer(const struct review_case *one, int64_t id)
{
	for (guint i = 0; i < one->customers->len; i++) {
		const struct customer *customer = one->customers->pdata[i];

		if (customer->id == id)
			return customer;
	}
	return NULL;
}

GArray *
case_parts(const struct review_case *one, const struct case_option *option)
{
	GArray *parts = g_array_new(FALSE, FALSE, sizeof(struct part));

	for (guint i = 0; i < option->parts->len; i++) {
		const struct option_part *p =
		    &g_array_index(option->parts, struct option_part, i);
		struct part part = {.kind = p->kind, .amount = p->amount,
		    .invoice = case_document(one, p->invoice),
		    .credit_note = case_document(one, p->credit_note)};

		g_array_append_val(parts, part);
	}
	return parts;
}

/* ---- reading ------------------------------------------------------------------ */

static enum store_status
load_document(struct context *context, struct review_case *one, int64_t id)
{
	struct invoice *invoice = NULL;
	struct customer *customer = NULL;
	enum store_status status;

	if (!id || case_document(one, id))
		return STORE_OK;
	status = store_invoice_get(context->store, id, &invoice);
	if (status != STORE_OK)
		return status;
	g_ptr_array_add(one->documents, invoice);
	if (case_customer(one, invoice->customer))
		return STORE_OK;
	status = store_customer_get(context->store, invoice->customer,
	    &customer);
	if (status == STORE_OK)
		g_ptr_array_add(one->customers, customer);
	return status;
}

static char *
joined(const GPtrArray *codes)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < codes->len; i++)
		g_string_append_printf(out, "%s%s", i ? "," : "",
		    (const char *)codes->pdata[i]);
	return g_string_free(out, FALSE);
}

static struct case_option *
add_option(struct review_case *one, double probability, char *why)
{
	struct case_option *option = g_new0(struct case_option, 1);

	option->parts =
	    g_array_new(FALSE, TRUE, sizeof(struct option_part));
	option->probability = probability;
	option->why = why;
	g_ptr_array_add(one->options, option);
	return option;
}

/* Looks at what it is made of as it stands now. */
static enum store_status
finish_option(struct context *context, struct review_case *one,
    struct case_option *option)
{
	g_autoptr(GArray) parts = NULL;
	enum store_status status = STORE_OK;

	for (guint i = 0; i < option->parts->len && status == STORE_OK; i++) {
		const struct option_part *p =
		    &g_array_index(option->parts, struct option_part, i);

		status = load_document(context, one, p->invoice);
		if (status == STORE_OK)
			status = load_document(context, one, p->credit_note);
	}
	if (status != STORE_OK)
		return status;
	option->customer = case_document(one, g_array_index(option->parts,
	    struct option_part, 0).invoice)->customer;
	parts = case_parts(one, option);
	option->refused = parts_refusal(one->payment,
	    (const struct part *)(void *)parts->data, parts->len,
	    &option->rest);
	return STORE_OK;
}

static enum store_status
add_hypothesis(struct context *context, struct review_case *one,
    const struct hypothesis *h)
{
	struct case_option *option = add_option(one, h->own,
	    joined(h->reasons));

	for (guint i = 0; i < h->shares->len; i++) {
		const struct share *share =
		    &g_array_index(h->shares, struct share, i);
		const struct option_part part = {.invoice = share->invoice,
		    .credit_note = share->credit_note, .kind = share->kind,
		    .amount = share->amount};

		g_array_append_val(option->parts, part);
	}
	return finish_option(context, one, option);
}

static enum store_status
add_offers(struct context *context, struct review_case *one)
{
	struct facts facts;
	struct match *match;
	enum store_status status = facts_gather(context_book(context),
	    context->config, context->today, one->payment, NULL, &facts);

	if (status != STORE_OK)
		return status;
	match = match_payment(&facts);
	one->suggested = match->decision == DECISION_SUGGEST ||
	    match->decision == DECISION_AUTO;
	if (!one->suggested)
		one->nothing = joined(match->reasons);
	for (guint i = 0; i < match->hypotheses->len && status == STORE_OK &&
	    one->options->len < CASE_OPTIONS; i++) {
		const struct hypothesis *h = match->hypotheses->pdata[i];

		if (h->probability >= LEAST || i == 0)
			status = add_hypothesis(context, one, h);
	}
	one->offered = one->options->len;
	match_free(match);
	facts_release(&facts);
	return status;
}

/* As much as both have. */
static enum store_status
add_looked_for(struct context *context, struct review_case *one, int64_t id)
{
	struct option_part part = {.invoice = id,
	    .kind = ALLOCATION_PAYMENT};
	struct case_option *option;
	enum store_status status = load_document(context, one, id);

	if (status != STORE_OK)
		return status;
	part.amount = MIN(one->payment->unallocated,
	    invoice_balance(case_document(one, id)));
	option = add_option(one, -1, g_strdup(""));
	g_array_append_val(option->parts, part);
	return finish_option(context, one, option);
}

/* ---- has anything changed? ------------------------------------------------------- */

static char *
make_mark(const struct review_case *one)
{
	const struct payment *p = one->payment;
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_append_printf(text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT
	    " %d %d %" G_GINT64_FORMAT "\n", p->amount, p->unallocated,
	    p->state, p->trust, p->set_aside);
	for (guint i = 0; i < one->documents->len; i++) {
		const struct invoice *d = one->documents->pdata[i];

		g_string_append_printf(text, "%" G_GINT64_FORMAT " %d %"
		    G_GINT64_FORMAT "\n", d->id, d->state,
		    invoice_balance(d));
	}
	for (guint i = 0; i < one->options->len; i++) {
		const struct case_option *o = one->options->pdata[i];

		for (guint j = 0; j < o->parts->len; j++) {
			const struct option_part *part = &g_array_index(
			    o->parts, struct option_part, j);

			g_string_append_printf(text, "%u %" G_GINT64_FORMAT
			    " %d %" G_GINT64_FORMAT "\n", i, part->invoice,
			    part->kind, part->amount);
		}
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

enum store_status
case_build(struct context *context, int64_t payment, const GArray *looked_for,
    struct review_case **out)
{
	struct payment *row = NULL;
	struct review_case *one;
	enum store_status status =
	    store_payment_get(context->store, payment, &row);

	if (status == STORE_OK && (row->unallocated <= 0 || row->set_aside))
		status = STORE_NONE;
	if (status != STORE_OK) {
		payment_free(row);
		return status;
	}
	one = case_new(row);
	status = add_offers(context, one);
	for (guint i = 0; looked_for && i < looked_for->len &&
	    status == STORE_OK; i++)
		status = add_looked_for(context, one,
		    g_array_index(looked_for, int64_t, i));
	if (status != STORE_OK) {
		case_free(one);
		return status;
	}
	one->mark = make_mark(one);
	*out = one;
	return STORE_OK;
}
