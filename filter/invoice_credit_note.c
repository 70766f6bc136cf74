/*
 * invoice_credit_note.c - a credit note made of an invoice: all of it, an
 * amount, or some lines; with a number of its own series, set off against the
 * invoice, and its mail queued.
 */
#include "amounts.h"
#include "invoice.h"
#include "invoice_credit.h"
#include "lookup.h"
#include "print.h"

#include <stdio.h>
#include <string.h>

/* ---- what it says --------------------------------------------------------------- */

static json_t *
source_begin(const struct invoice *invoice, const json_t *document)
{
	static const char *const same[] = {"delivered", "period",
	    "tax_point", "exchange_rate"};
	json_t *source = invoice_source_of(document);

	for (size_t i = 0; i < G_N_ELEMENTS(same); i++)
		json_object_set(source, same[i], json_object_get(document,
		    same[i]));
	json_object_del(source, "profile");
	if (document_text(document, "profile"))
		json_put(source, "profile", document_text(document,
		    "profile"));
	json_object_del(source, "payment");
	json_object_del(source, "notes");
	json_put(source, "type", "credit-note");
	json_put(source, "currency", invoice->currency);
	json_object_set_new(source, "preceding", json_pack("[{s:s, s:s}]",
	    "number", invoice->number, "date", invoice->date));
	return source;
}

/* All of it: what the invoice had left to be paid, earlier payments as one. */
static void
put_prepaid(const json_t *document, json_t *source)
{
	const char *prepaid = document_text(document, "totals.prepaid");
	int64_t all = 0, kept = 0;
	const char *currency = document_text(document, "currency");

	if (!prepaid)
		return;
	document_amount(document, "totals", "prepaid", &all);
	document_amount(document, "withholding", "amount", &kept);
	if (all > kept)
		json_put_money(source, "prepaid", all - kept, currency);
}

/* A net amount whose tax makes it the gross one, as near as there is. */
static int64_t
net_of(int64_t gross, const char *rate)
{
	int64_t percent = 0, net = gross, tax;

	if (!rate || !money_parse(rate, "CLF", &percent))
		return gross;
	if (!money_share(gross, 1000000, 1000000 + percent, &net))
		return gross;
	for (int64_t n = net - 1; n <= net + 1; n++)
		if (money_share(n, percent, 1000000, &tax) && n + tax == gross)
			return n;
	return net;
}

static void
add_share(json_t *source, const struct invoice *invoice, const json_t *tax,
    int64_t gross)
{
	json_t *line = json_object();
	g_autofree char *text = g_strdup_printf("%s %s", invoice->number,
	    invoice->date);

	json_put(line, "text", text);
	json_put(line, "quantity", "1");
	json_put_money(line, "price", net_of(gross, document_text(tax,
	    "rate")), invoice->currency);
	json_put(line, "category", document_text(tax, "category"));
	json_put(line, "rate", document_text(tax, "rate"));
	json_array_append_new(json_object_get(source, "lines"), line);
}

/* A part of the total, shared by the taxes as the invoice has them. What the
 * cents of the taxes leave is rounding (BT-114). */
static bool
put_amount(json_t *source, const struct invoice *invoice,
    const json_t *document, int64_t amount)
{
	const json_t *taxes = json_object_get(document, "taxes"), *tax;
	int64_t gross = 0, left = amount;
	size_t i;

	if (!document_amount(document, "totals", "gross", &gross) || gross <= 0)
		return false;
	json_object_set_new(source, "lines", json_array());
	json_object_del(source, "allowances");
	json_object_del(source, "charges");
	json_object_del(source, "withholding");
	json_array_foreach(taxes, i, tax) {
		bool last = i + 1 == json_array_size(taxes);
		int64_t base = 0, sum = 0, share = left;

		if (!money_parse(document_text(tax, "base"), invoice->currency,
		    &base) || !money_parse(document_text(tax, "amount"),
		    invoice->currency, &sum))
			return false;
		if (!last && !money_share(base + sum, amount, gross, &share))
			return false;
		left -= share;
		if (share > 0)
			add_share(source, invoice, tax, share);
	}
	return true;
}

/* The cents by which the sum misses what was asked for. */
static char *
complete_exactly(struct making *making, int64_t amount)
{
	char *why = making_complete(making);
	int64_t off = why || !amount ? 0 : amount - making->invoice->opening;

	if (off == 0)
		return why;
	json_put_money(making->source, "rounding", off,
	    making->invoice->currency);
	return making_complete(making);
}

/* ---- making it ---------------------------------------------------------------------- */

static enum store_status
credited_before(struct context *context, const struct invoice *invoice,
    int64_t *sum)
{
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_allocation_list(context->store, 0,
	    invoice->id, true, &list);

	*sum = 0;
	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct allocation *one = list->pdata[i];

		if (one->kind == ALLOCATION_CREDIT_NOTE)
			*sum += one->amount;
	}
	return status;
}

/* NULL, or why no credit note can be made of it. */
static char *
refusal(const struct credit_wish *wish)
{
	const struct invoice *invoice = wish->invoice;
	g_autofree char *money = NULL;
	int64_t before = 0;

	if (invoice->type == INVOICE_CREDIT_NOTE)
		return g_strdup("it is a credit note itself");
	if (invoice->state == INVOICE_DRAFT || invoice->state == INVOICE_VOID)
		return g_strdup_printf("it is %s", invoice->state ==
		    INVOICE_VOID ? "void" : "a draft: change or void it");
	credited_before(wish->context, invoice, &before);
	if (before >= invoice->amount)
		return g_strdup("it is credited already");
	money = money_text(invoice->amount - before, invoice->currency);
	if (wish->amount > invoice->amount - before || (before &&
	    !wish->amount && !wish->lines->len))
		return g_strdup_printf("at most %s can still be credited: say "
		    "--amount", money);
	return NULL;
}

static char *
write_source(const struct credit_wish *wish, struct making *making,
    const json_t *document)
{
	json_t *source = source_begin(wish->invoice, document);

	json_decref(making->source);
	making->source = source;
	json_put(source, "customer", making->customer->key);
	if (wish->reason)
		json_object_set_new(source, "notes", json_pack("[{s:s}]",
		    "text", wish->reason));
	if (wish->lines->len) {
		json_object_set_new(source, "lines", json_array());
		json_object_del(source, "allowances");
		json_object_del(source, "charges");
		json_object_del(source, "withholding");
		for (guint i = 0; i < wish->lines->len; i++)
			json_array_append(json_object_get(source, "lines"),
			    wish->lines->pdata[i]);
	} else if (wish->amount) {
		if (!put_amount(source, wish->invoice, document,
		    wish->amount))
			return g_strdup("its taxes are not on file: say "
			    "--line");
	} else {
		put_prepaid(document, source);
	}
	return NULL;
}

enum store_status
credit_note_make(const struct credit_wish *wish, struct making *making,
    char **why)
{
	struct context *context = wish->context;
	json_t *document = invoice_document(context, wish->invoice, why);
	g_autoptr(GPtrArray) done = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)plan_free);
	enum store_status status = store_customer_get(context->store,
	    wish->invoice->customer, &making->customer);

	if (!*why)
		*why = refusal(wish);
	if (!*why && status == STORE_OK)
		*why = write_source(wish, making, document);
	json_decref(document);
	if (status != STORE_OK || *why)
		return status == STORE_OK ? STORE_INVALID : status;
	*why = complete_exactly(making, wish->lines->len ? 0 : wish->amount);
	if (*why)
		return STORE_INVALID;
	return invoice_issue(making, done, why);
}
