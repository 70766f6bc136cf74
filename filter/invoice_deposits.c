/*
 * invoice_deposits.c - deposits that a final invoice deducts: each with its
 * amount and tax, each once.
 */
#include "invoice_make.h"
#include "print.h"

#include <string.h>

static char *
check(const struct making *making, const struct invoice *deposit,
    const char *currency)
{
	g_autofree char *other = NULL;
	enum store_status status;

	if (deposit->type != INVOICE_DEPOSIT)
		return g_strdup_printf("%s is no deposit invoice",
		    deposit->number);
	if (deposit->state == INVOICE_DRAFT || deposit->state == INVOICE_VOID)
		return g_strdup_printf("%s is %s", deposit->number,
		    deposit->state == INVOICE_VOID ? "void" : "a draft");
	if (deposit->customer != making->customer->id)
		return g_strdup_printf("%s is of another customer",
		    deposit->number);
	if (strcmp(deposit->currency, currency) != 0)
		return g_strdup_printf("%s is in %s", deposit->number,
		    deposit->currency);
	status = store_invoice_deducting(making->context->store,
	    deposit->customer, deposit->number, making->invoice->id, &other);
	if (status == STORE_OK)
		return g_strdup_printf("%s is deducted already, by %s",
		    deposit->number, other);
	return status == STORE_NONE ? NULL
	    : g_strdup(store_error(making->context->store));
}

static void
describe(const struct invoice *deposit, json_t *one)
{
	json_put(one, "number", deposit->number);
	json_put(one, "date", deposit->date);
	json_put_money(one, "amount", deposit->amount, deposit->currency);
	json_put_money(one, "tax", deposit->tax, deposit->currency);
}

static bool
is_twice(const json_t *list, size_t at, const char *number)
{
	for (size_t i = 0; i < at; i++)
		if (g_strcmp0(document_text(json_array_get(list, i),
		    "number"), number) == 0)
			return true;
	return false;
}

char *
making_deposits(struct making *making, json_t *document)
{
	const char *currency = document_text(document, "currency");
	const json_t *list = json_object_get(document, "deposits");
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one) {
		const char *number = document_text(one, "number");
		struct invoice *deposit = NULL;
		g_autofree char *why = NULL;

		if (!number)
			return g_strdup_printf("deposits[%zu].number: enter "
			    "the number of the deposit invoice", i);
		if (store_invoice_find(making->context->store, number,
		    &deposit) != STORE_OK)
			why = g_strdup_printf("there is no invoice %s", number);
		else if (is_twice(list, i, number))
			why = g_strdup_printf("%s is there twice", number);
		else
			why = check(making, deposit, currency);
		if (!why)
			describe(deposit, one);
		invoice_free(deposit);
		if (why)
			return g_strdup_printf("deposits[%zu].number: %s", i,
			    why);
	}
	return NULL;
}
