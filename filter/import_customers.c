/*
 * import_customers.c - the table of customers. A file says what it knows:
 * columns that are not there, or empty, leave a known customer as it is.
 */
#include "customer.h"
#include "customer_billing.h"
#include "import_row.h"
#include "match.h"

#include <stddef.h>
#include <stdlib.h>

enum {
	ID, NAME, CONTACT, SALUTATION, EMAIL, COPY, LANGUAGE, COUNTRY,
	CURRENCY, TIMEZONE, POLICY, ADDRESS, TAX_ID, TERMS, PO, IBANS,
	WITHHOLDING, BUSINESS
};

G_STATIC_ASSERT((int)BUSINESS + 1 == (int)BILLING_FIRST);

#define AT(member) offsetof(struct customer, member)

static const struct column columns[] = {
	[ID] = {"id|customer|customer_id|key", CELL_TEXT, false, AT(key)},
	[NAME] = {"name|company|customer_name", CELL_TEXT, true, AT(name)},
	[CONTACT] = {"contact|contact_name", CELL_TEXT, false, AT(contact)},
	[SALUTATION] = {"salutation", CELL_TEXT, false, AT(salutation)},
	[EMAIL] = {"email|mail|e-mail", CELL_EMAILS, false, NOWHERE},
	[COPY] = {"copy|cc", CELL_EMAILS, false, AT(copy)},
	[LANGUAGE] = {"language|lang", CELL_LANGUAGE, false, AT(language)},
	[COUNTRY] = {"country", CELL_COUNTRY, false, AT(country)},
	[CURRENCY] = {"currency", CELL_CURRENCY, false, AT(currency)},
	[TIMEZONE] = {"timezone|time_zone", CELL_ZONE, false, AT(timezone)},
	[POLICY] = {"policy", CELL_TEXT, false, AT(policy)},
	[ADDRESS] = {"address", CELL_LINES, false, AT(address)},
	[TAX_ID] = {"tax_id|vat_id|tax_number", CELL_TEXT, false, AT(tax_id)},
	[TERMS] = {"terms_days|terms", CELL_COUNT, false, NOWHERE},
	[PO] = {"po_required", CELL_YES, false, NOWHERE},
	[IBANS] = {"ibans|iban|accounts|account", CELL_LIST, false, NOWHERE},
	[WITHHOLDING] = {"withholding_percent|withholding", CELL_PERCENT,
	    false, NOWHERE},
	[BUSINESS] = {"business|b2b|is_business", CELL_YES, false, NOWHERE},
	[BILLING_FIRST] = BILLING_COLUMNS,
	{NULL, CELL_TEXT, false, NOWHERE},
};

/* Accounts and words stand beside the customer, not in it. */
static enum store_status
put_evidence(struct import *import, const struct row *row,
    const struct customer *customer)
{
	g_auto(GStrv) accounts = g_strsplit(
	    row->cells[IBANS] ? row->cells[IBANS] : "", "\n", -1);
	enum store_status status = customer_put_words(import->context,
	    customer);

	for (char **text = accounts; *text && status == STORE_OK; text++) {
		if (**text == '\0')
			continue;
		if (!customer_account_plausible(*text))
			row_warn(import, row, "ibans: the check digits of '%s' "
			    "are wrong", *text);
		status = customer_put_account(import->context, customer, *text,
		    SOURCE_IMPORT);
	}
	return status;
}

/* The columns that are no text of their own. NULL, or what is wrong. */
static char *
fill(const struct row *row, struct customer *customer)
{
	row_fill(row, columns, customer);
	if (row->cells[EMAIL])
		billing_set_emails(customer, row->cells[EMAIL]);
	if (row->cells[TERMS])
		customer->terms_days = atoi(row->cells[TERMS]);
	if (row->cells[PO])
		customer->po_required = cell_yes(row->cells[PO]);
	if (row->cells[BUSINESS])
		customer->business = cell_yes(row->cells[BUSINESS]);
	if (row->cells[WITHHOLDING])
		customer->withholding_bp = cell_percent(
		    row->cells[WITHHOLDING]);
	return billing_take(row, customer);
}

/* A file may tell what others have kept wrong for years: that is only said. */
static bool
tax_id_passes(struct import *import, const struct row *row,
    const struct customer *customer)
{
	g_autofree char *why = row->cells[TAX_ID] ?
	    billing_check_tax_id(customer) : NULL;

	if (why && import->owner)
		row_bad(import, row, "%s", why);
	else if (why)
		row_warn(import, row, "%s", why);
	return !why || !import->owner;
}

static enum row_result
put(struct import *import, const struct row *row, struct customer *customer,
    bool known)
{
	g_autofree char *before = known ? customer_image(customer) : NULL;
	g_autofree char *after = NULL, *why = NULL;
	enum store_status status = STORE_OK;

	why = fill(row, customer);
	if (why)
		return row_bad(import, row, "%s", why);
	if (!tax_id_passes(import, row, customer))
		return ROW_BAD;
	after = customer_image(customer);
	if (g_strcmp0(before, after) != 0)
		status = store_customer_put(import->context->store, customer);
	import->id = customer->id;
	if (status == STORE_OK)
		status = put_evidence(import, row, customer);
	if (status == STORE_INVALID || status == STORE_CONFLICT)
		return row_bad(import, row, "%s",
		    store_error(import->context->store));
	if (status != STORE_OK)
		return row_failed(import, status);
	if (!known)
		return ROW_NEW;
	return g_strcmp0(before, after) == 0 ? ROW_KNOWN : ROW_CHANGED;
}

static enum row_result
take(struct import *import, const struct row *row)
{
	const char *key = row->cells[ID] ? row->cells[ID] : row->cells[NAME];
	struct customer *customer = NULL;
	enum store_status status;
	enum row_result result;

	if (row->cells[POLICY] &&
	    !customer_policy_known(import->context, row->cells[POLICY]))
		return row_bad(import, row, "policy: '%s' is not in the "
		    "configuration", row->cells[POLICY]);
	status = customer_find_key(import->context, key, &customer);
	if (status != STORE_OK && status != STORE_NONE)
		return row_failed(import, status);
	if (status == STORE_NONE) {
		customer = g_new0(struct customer, 1);
		customer->key = g_strdup(key);
		customer->terms_days = -1;
	}
	result = put(import, row, customer, status == STORE_OK);
	customer_free(customer);
	return result;
}

const struct import_table import_customers = {
	.type = "customers", .one = "customer", .many = "customers",
	.changed = "changed",
	.columns = columns, .take = take,
};
