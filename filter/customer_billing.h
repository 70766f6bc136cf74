/*
 * customer_billing.h - what is on file of a customer as the buyer of an
 * invoice and of how it wants its invoices, as columns of a table. It is kept
 * as two JSON objects (struct customer, party and billing).
 */
#ifndef CUSTOMER_BILLING_H
#define CUSTOMER_BILLING_H

#include "import_row.h"

/* Its columns come first in the table of customers, from this index on. */
enum { BILLING_FIRST = 18 };
#define BILLING_COLUMNS \
	{"street|address_line1", CELL_TEXT, false, NOWHERE}, \
	{"street2|address_line2", CELL_TEXT, false, NOWHERE}, \
	{"postcode|zip|postal_code", CELL_TEXT, false, NOWHERE}, \
	{"city", CELL_TEXT, false, NOWHERE}, \
	{"region|state", CELL_TEXT, false, NOWHERE}, \
	{"trading_name", CELL_TEXT, false, NOWHERE}, \
	{"legal_id|registration_number", CELL_TEXT, false, NOWHERE}, \
	{"legal_scheme", CELL_TEXT, false, NOWHERE}, \
	{"endpoint|peppol_id", CELL_TEXT, false, NOWHERE}, \
	{"endpoint_scheme", CELL_TEXT, false, NOWHERE}, \
	{"phone", CELL_TEXT, false, NOWHERE}, \
	{"buyer_reference|leitweg_id", CELL_TEXT, false, NOWHERE}, \
	{"contract", CELL_TEXT, false, NOWHERE}, \
	{"project", CELL_TEXT, false, NOWHERE}, \
	{"accounting|cost_centre", CELL_TEXT, false, NOWHERE}, \
	{"required", CELL_LIST, false, NOWHERE}, \
	{"format|invoice_format", CELL_TEXT, false, NOWHERE}, \
	{"closing_day", CELL_COUNT, false, NOWHERE}, \
	{"tax|default_tax", CELL_TEXT, false, NOWHERE}

/* Lays the cells of a row over what is on file; "-" takes a text away. NULL,
 * or a sentence that names the column; the caller frees it. */
char *billing_take(const struct row *row, struct customer *customer);
/* The mail addresses: the first is the customer's, the others get all its
 * letters too. */
void billing_set_emails(struct customer *customer, const char *list);
/* All of them, with commas; NULL: none. The caller frees. */
char *billing_emails(const struct customer *customer);
/* Adds what is on file, by the names of the columns. */
void billing_json(const struct customer *customer, json_t *json);
/* The day of the month before which it wants its invoices, or 0. */
int billing_closing_day(const struct customer *customer);
/* NULL, or why its tax id cannot be right (the caller frees). */
char *billing_check_tax_id(const struct customer *customer);

#endif
