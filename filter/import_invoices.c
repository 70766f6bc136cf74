/*
 * import_invoices.c - the table of invoices that another program has issued.
 * They count as sent on their day, so that they are not sent again; only
 * `send` = yes hands one over to us for sending.
 */
#include "customer.h"
#include "import_row.h"
#include "match.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum {
	ID, NUMBER, CUSTOMER, TYPE, DATE, DUE, CURRENCY, AMOUNT, OPEN, TAX,
	REFERENCE, PO, DISCOUNT, UNTIL, POLICY, NOTE, ACCOUNT, MESSAGE_ID, SEND
};

#define AT(member) offsetof(struct invoice, member)

static const struct column columns[] = {
	[ID] = {"id|key", CELL_TEXT, false, NOWHERE},
	[NUMBER] = {"number|invoice_number|invoice_no|invoice", CELL_TEXT,
	    true, AT(number)},
	[CUSTOMER] = {"customer|customer_id|debtor", CELL_TEXT, true, NOWHERE},
	[TYPE] = {"type", CELL_TEXT, false, NOWHERE},
	[DATE] = {"date|invoice_date|issued", CELL_DAY, true, AT(date)},
	[DUE] = {"due|due_date", CELL_DAY, false, AT(due)},
	[CURRENCY] = {"currency", CELL_CURRENCY, false, AT(currency)},
	[AMOUNT] = {"amount|total", CELL_MONEY, true, NOWHERE},
	[OPEN] = {"open|balance|amount_due", CELL_MONEY, false, NOWHERE},
	[TAX] = {"tax|vat", CELL_MONEY, false, NOWHERE},
	[REFERENCE] = {"reference|payment_reference", CELL_TEXT, false,
	    AT(reference)},
	[PO] = {"po|purchase_order|po_number", CELL_TEXT, false, AT(po)},
	[DISCOUNT] = {"discount_percent", CELL_PERCENT, false, NOWHERE},
	[UNTIL] = {"discount_until", CELL_DAY, false, AT(discount_until)},
	[POLICY] = {"policy", CELL_TEXT, false, AT(policy)},
	[NOTE] = {"note", CELL_LINES, false, AT(note)},
	[ACCOUNT] = {"account", CELL_TEXT, false, AT(account)},
	[MESSAGE_ID] = {"message_id", CELL_TEXT, false, AT(message_id)},
	[SEND] = {"send", CELL_YES, false, NOWHERE},
	{NULL, CELL_TEXT, false, NOWHERE},
};

static bool
read_type(const char *text, enum invoice_type *type)
{
	static const char *const names[] = {
		[INVOICE_PLAIN] = "invoice",
		[INVOICE_CREDIT_NOTE] = "credit-note",
		[INVOICE_DEPOSIT] = "deposit",
	};

	*type = INVOICE_PLAIN;
	for (size_t i = 0; text && i < G_N_ELEMENTS(names); i++) {
		if (strcmp(names[i], text) == 0) {
			*type = (enum invoice_type)i;
			return true;
		}
	}
	return !text;
}

/* What the row leaves open, the customer says: currency and term. */
static enum row_result
complete(struct import *import, const struct row *row,
    struct invoice *invoice)
{
	struct customer *customer = NULL;
	char due[DAY_SIZE];
	enum store_status status;

	if (invoice->currency && invoice->due)
		return ROW_NEW;
	status = store_customer_get(import->context->store, invoice->customer,
	    &customer);
	if (status != STORE_OK)
		return row_failed(import, status);
	if (!invoice->currency) {
		const struct config *config = import->context->config;

		invoice->currency = g_strdup(customer->currency
		    ? customer->currency : config ? config->currency : NULL);
	}
	if (!invoice->due && customer->terms_days >= 0) {
		day_text(day_number(invoice->date) + customer->terms_days,
		    due);
		invoice->due = g_strdup(due);
	}
	customer_free(customer);
	if (!invoice->currency)
		return row_bad(import, row, "currency is missing, and the "
		    "customer has none");
	if (!invoice->due)
		return row_bad(import, row, "due is missing, and the customer "
		    "has no terms_days");
	return ROW_NEW;
}

static enum row_result
read_amounts(struct import *import, const struct row *row,
    struct invoice *invoice)
{
	char *const *cell = row->cells;
	const char *currency = invoice->currency;

	if (!row_money(import, row, "amount", cell[AMOUNT], currency, 0,
	    &invoice->amount) ||
	    !row_money(import, row, "open", cell[OPEN], currency,
	    invoice->amount, &invoice->opening) ||
	    !row_money(import, row, "tax", cell[TAX], currency, 0,
	    &invoice->tax))
		return ROW_BAD;
	if (invoice->amount <= 0)
		return row_bad(import, row, "amount: %s is not above zero (a "
		    "credit note has type credit-note)", cell[AMOUNT]);
	if (invoice->opening < 0 || invoice->opening > invoice->amount)
		return row_bad(import, row, "open: %s is not between zero and "
		    "the amount", cell[OPEN]);
	if (invoice->tax < 0 || invoice->tax > invoice->amount)
		return row_bad(import, row, "tax: %s is not between zero and "
		    "the amount", cell[TAX]);
	if (strcmp(invoice->due, invoice->date) < 0)
		return row_bad(import, row, "due: %s is before the date %s",
		    invoice->due, invoice->date);
	invoice->open = invoice->opening;
	invoice->state = invoice->opening ? INVOICE_OPEN : INVOICE_PAID;
	if (!cell_yes(cell[SEND]))
		moment_parse(invoice->date, &invoice->sent);
	return ROW_NEW;
}

static enum row_result
add(struct import *import, const struct row *row, struct invoice *invoice)
{
	g_auto(GStrv) keys = reference_invoice_keys(invoice->number,
	    invoice->reference, invoice->po);
	struct store *store = import->context->store;
	enum store_status status = store_invoice_add(store, invoice,
	    (const char *const *)keys);

	if (status == STORE_KNOWN)
		return ROW_KNOWN;
	if (status == STORE_CONFLICT)
		return row_bad(import, row, "invoice %s is known with other "
		    "content", invoice->number);
	if (status == STORE_INVALID)
		return row_bad(import, row, "%s", store_error(store));
	import->looks_back |= status == STORE_OK &&
	    invoice->state == INVOICE_OPEN;
	return status == STORE_OK ? ROW_NEW : row_failed(import, status);
}

static enum row_result
fill(struct import *import, const struct row *row, struct invoice *invoice)
{
	char *const *cell = row->cells;
	enum store_status status;
	enum row_result result;

	row_fill(row, columns, invoice);
	invoice->key = g_strdup(cell[ID] ? cell[ID] : cell[NUMBER]);
	invoice->discount_bp = cell[DISCOUNT] ? cell_percent(cell[DISCOUNT])
					      : 0;
	if (!read_type(cell[TYPE], &invoice->type))
		return row_bad(import, row, "type: '%s' is none of invoice, "
		    "credit-note, deposit", cell[TYPE]);
	if (cell[POLICY] &&
	    !customer_policy_known(import->context, cell[POLICY]))
		return row_bad(import, row, "policy: '%s' is not in the "
		    "configuration", cell[POLICY]);
	status = row_customer(import, cell[CUSTOMER], &invoice->customer);
	if (status == STORE_NONE)
		return row_bad(import, row, "customer: '%s' is not known; "
		    "import the customers first", cell[CUSTOMER]);
	if (status != STORE_OK)
		return row_failed(import, status);
	result = complete(import, row, invoice);
	return result == ROW_NEW ? read_amounts(import, row, invoice) : result;
}

static enum row_result
take(struct import *import, const struct row *row)
{
	struct invoice *invoice = g_new0(struct invoice, 1);
	enum row_result result = fill(import, row, invoice);

	if (result == ROW_NEW)
		result = add(import, row, invoice);
	invoice_free(invoice);
	return result;
}

const struct import_table import_invoices = {
	.type = "invoices", .one = "invoice", .many = "invoices",
	.changed = "changed",
	.columns = columns, .bulk = true, .take = take,
};
