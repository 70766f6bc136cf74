/*
 * export_ledger.c - invoices and payments as a journal of double entries that
 * ledger and hledger read. Every entry is balanced; what an import brought
 * half paid is an opening balance. Drafts, void invoices and money that only
 * might have come are left out; money that is announced is marked pending.
 */
#include "export.h"

#include "amounts.h"
#include "document.h"
#include "lookup.h"
#include "print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	GString *text;
	const char *currency;
	int64_t sum;		/* of its postings */
};

struct journal {
	struct context *context;
	GPtrArray *entries;	/* "2026-11-23 …": sorted, then printed */
	GHashTable *names;	/* customers by id */
};

/* ---- one entry --------------------------------------------------------------------- */

/* No account's or payee's name has two blanks, colons or comments in it. */
static char *
name_clean(const char *text)
{
	g_autofree char *clean = print_clean(text ? text : "");
	g_auto(GStrv) words = NULL;
	GString *out = g_string_new(NULL);

	g_strdelimit(clean, ":;|\t\n()[]", ' ');
	words = g_strsplit(clean, " ", -1);
	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(out, "%s%s",
			    out->len ? " " : "", *word);
	if (!out->len)
		g_string_append(out, "unknown");
	return g_string_free(out, FALSE);
}

static void
entry_begin(struct entry *entry, const char *day, bool pending,
    const char *code, const char *payee, const char *currency)
{
	g_autofree char *clean_code = name_clean(code);
	g_autofree char *clean_payee = name_clean(payee);

	entry->text = g_string_new(NULL);
	entry->currency = currency;
	entry->sum = 0;
	g_string_append_printf(entry->text, "%s %s (%s) %s\n", day,
	    pending ? "!" : "*", clean_code, clean_payee);
}

static void
entry_post(struct entry *entry, const char *account, int64_t minor)
{
	g_autofree char *amount = money_format(minor, entry->currency);

	if (minor == 0)
		return;
	entry->sum += minor;
	g_string_append_printf(entry->text, "    %-48s  %14s %s\n", account,
	    amount, entry->currency);
}

static void
entry_end(struct journal *journal, struct entry *entry)
{
	entry_post(entry, "Equity:Opening balances", -entry->sum);
	g_ptr_array_add(journal->entries, g_string_free(entry->text, FALSE));
}

static char *
receivable(struct context *context, int64_t customer)
{
	g_autofree char *key = customer_key(context, customer);
	g_autofree char *clean = name_clean(key);

	return g_strdup_printf("Assets:Receivable:%s", clean);
}

/* ---- invoices ----------------------------------------------------------------------- */

/* The tax as the document has it by rate, else in one sum. */
static void
post_taxes(struct entry *entry, const struct invoice *invoice,
    const json_t *document, int sign)
{
	const json_t *taxes = json_object_get(document, "taxes"), *one;
	int64_t left = invoice->tax, part;
	size_t i;

	json_array_foreach(taxes, i, one) {
		const char *rate = document_text(one, "rate");
		g_autofree char *account = g_strdup_printf(
		    "Liabilities:Tax:%s", rate ? rate : "0");

		if (!money_parse(document_text(one, "amount"),
		    invoice->currency, &part))
			continue;
		entry_post(entry, account, -sign * part);
		left -= part;
	}
	entry_post(entry, "Liabilities:Tax", -sign * left);
}

/* What earlier deposit invoices have taken already. */
static void
post_deposits(struct entry *entry, const struct invoice *invoice,
    const json_t *document, int sign)
{
	const json_t *one;
	int64_t gross, tax;
	size_t i;

	json_array_foreach(json_object_get(document, "deposits"), i, one) {
		if (!money_parse(document_text(one, "amount"),
		    invoice->currency, &gross))
			continue;
		if (!money_parse(document_text(one, "tax"), invoice->currency,
		    &tax))
			tax = 0;
		entry_post(entry, "Liabilities:Deposits",
		    sign * (gross - tax));
		entry_post(entry, "Liabilities:Tax", sign * tax);
	}
}

static void
post_withholding(struct entry *entry, const struct invoice *invoice,
    const json_t *document, int sign)
{
	const json_t *withholding = json_object_get(document, "withholding");
	const char *name = document_text(withholding, "name");
	g_autofree char *clean = name_clean(name ? name : "tax");
	g_autofree char *account = g_strdup_printf("Assets:Withheld:%s",
	    clean);
	int64_t amount;

	if (withholding && money_parse(document_text(withholding, "amount"),
	    invoice->currency, &amount))
		entry_post(entry, account, sign * amount);
}

static enum store_status
add_invoice(struct journal *journal, int64_t id)
{
	struct context *context = journal->context;
	struct invoice *invoice = NULL;
	struct entry entry;
	json_t *document = NULL;
	g_autofree char *owed = NULL;
	const struct customer *customer;
	int sign;
	enum store_status status = store_invoice_get(context->store, id,
	    &invoice);

	if (status != STORE_OK)
		return status;
	if (invoice->document)
		document = json_loads(invoice->document, 0, NULL);
	sign = invoice->type == INVOICE_CREDIT_NOTE ? -1 : 1;
	customer = g_hash_table_lookup(journal->names, &invoice->customer);
	owed = receivable(context, invoice->customer);
	entry_begin(&entry, invoice->date, false, invoice->number,
	    customer ? customer->name : NULL, invoice->currency);
	if (invoice->due)
		g_string_append_printf(entry.text, "    ; due: %s\n",
		    invoice->due);
	entry_post(&entry, owed, sign * invoice->opening);
	post_deposits(&entry, invoice, document, sign);
	post_withholding(&entry, invoice, document, sign);
	entry_post(&entry, invoice->type == INVOICE_DEPOSIT ?
	    "Liabilities:Deposits" : "Income:Sales",
	    -sign * (invoice->amount - invoice->tax));
	post_taxes(&entry, invoice, document, sign);
	entry_end(journal, &entry);
	json_decref(document);
	invoice_free(invoice);
	return STORE_OK;
}

static enum store_status
add_invoices(struct journal *journal)
{
	const struct invoice_filter filter = {0};
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_invoice_list(journal->context->store,
	    &filter, &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct invoice *one = list->pdata[i];

		if (one->state != INVOICE_DRAFT && one->state != INVOICE_VOID &&
		    one->date)
			status = add_invoice(journal, one->id);
	}
	return status;
}

/* ---- payments ----------------------------------------------------------------------- */

/* What stands against a part of an invoice that no money paid. */
static const char *const given_up[] = {
	[ALLOCATION_PAYMENT] = NULL,
	[ALLOCATION_DISCOUNT] = "Expenses:Discounts",
	[ALLOCATION_FEE] = "Expenses:Bank fees",
	[ALLOCATION_WITHHOLDING] = "Assets:Withheld:tax",
	[ALLOCATION_ROUNDING] = "Expenses:Rounding",
};

static enum store_status
post_allocations(struct journal *journal, struct entry *entry,
    const struct payment *payment)
{
	struct context *context = journal->context;
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_allocation_list(context->store,
	    payment->id, 0, true, &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct allocation *one = list->pdata[i];
		struct invoice *invoice = NULL;
		g_autofree char *owed = NULL;

		if (one->kind >= G_N_ELEMENTS(given_up))
			continue;
		status = store_invoice_get(context->store, one->invoice,
		    &invoice);
		if (status != STORE_OK)
			break;
		owed = receivable(context, invoice->customer);
		invoice_free(invoice);
		entry_post(entry, owed, -one->amount);
		if (given_up[one->kind])
			entry_post(entry, given_up[one->kind], one->amount);
	}
	return status;
}

static enum store_status
add_payment(struct journal *journal, const struct payment *payment)
{
	const struct account *account = config_account(
	    journal->context->config, payment->account);
	g_autofree char *clean = name_clean(account ? account->name :
	    payment->account);
	g_autofree char *bank = g_strdup_printf("Assets:Bank:%s", clean);
	struct entry entry;
	enum store_status status;

	entry_begin(&entry, payment->booked,
	    payment->state == PAYMENT_ANNOUNCED, payment->key, payment->payer,
	    payment->currency);
	entry_post(&entry, bank, payment->amount);
	status = post_allocations(journal, &entry, payment);
	entry_post(&entry, payment->set_aside ? "Income:Other" :
	    "Liabilities:Unallocated", -payment->unallocated);
	entry_end(journal, &entry);
	return status;
}

static enum store_status
add_payments(struct journal *journal)
{
	const struct payment_filter filter = {0};
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_payment_list(journal->context->store,
	    &filter, &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct payment *one = list->pdata[i];

		if (one->state != PAYMENT_POSSIBLE)
			status = add_payment(journal, one);
	}
	return status;
}

/* ---- all of it ------------------------------------------------------------------------ */

int
export_ledger(struct context *context, bool hledger)
{
	struct journal journal = {.context = context};
	int code;
	enum store_status status;

	journal.names = customers_by_id(context, &code);
	if (code != EX_OK) {
		g_hash_table_unref(journal.names);
		return code;
	}
	journal.entries = g_ptr_array_new_with_free_func(g_free);
	status = add_invoices(&journal);
	if (status == STORE_OK)
		status = add_payments(&journal);
	g_ptr_array_sort(journal.entries, compare_strings);
	if (hledger && status == STORE_OK)
		puts("decimal-mark .\n");
	for (guint i = 0; status == STORE_OK && i < journal.entries->len; i++)
		printf("%s\n", (char *)journal.entries->pdata[i]);
	g_ptr_array_unref(journal.entries);
	g_hash_table_unref(journal.names);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}
