/*
 * einvoice_fill.c - from the document of an electronic invoice to what is kept
 * and matched. The figures are those that the customer was sent.
 */
#include "einvoice.h"

#include "document.h"
#include "import_row.h"

#include <stdlib.h>
#include <string.h>

/* Documents that ask for no money or are for somebody else's books. */
static const struct {
	const char *code, *why;
} refused[] = {
	{"751", "it is information for bookkeeping (type 751), not an invoice "
	    "that is to be paid"},
	{"325", "it is a pro-forma invoice (type 325): nothing is owed for it"},
};

static char *
add_days(const char *date, const char *days)
{
	char day[DAY_SIZE];

	day_text(day_number(date) + atoi(days), day);
	return *day ? g_strdup(day) : NULL;
}

/* BT-9 or structured terms, else what is on file. */
static char *
due_day(const json_t *document, const struct invoice *invoice, int terms_days)
{
	const char *due = document_text(document, "due");
	g_autofree char *days = g_strdup_printf("%d", terms_days);

	if (due)
		return g_strdup(due);
	if (invoice->type == INVOICE_CREDIT_NOTE)
		return g_strdup(invoice->date);
	return terms_days >= 0 ? add_days(invoice->date, days) : NULL;
}

/* The discount that lasts longest stands in the invoice, all of them in its
 * document. */
void
einvoice_fill_discount(const json_t *document, struct invoice *invoice)
{
	const json_t *list = json_object_get(document, "discounts"), *one;
	size_t i;

	g_clear_pointer(&invoice->discount_until, g_free);
	invoice->discount_bp = 0;
	json_array_foreach(list, i, one) {
		const char *percent = document_text(one, "percent");
		const char *days = document_text(one, "days");
		g_autofree char *until = g_strdup(document_text(one, "until"));
		g_autofree char *cell = g_strdup(percent ? percent : "0");
		g_autofree char *why = cell_check(CELL_PERCENT, &cell);

		if (!until && days)
			until = add_days(invoice->date, days);
		if (why || !until || cell_percent(cell) == 0 ||
		    g_strcmp0(until, invoice->discount_until) <= 0)
			continue;
		g_free(invoice->discount_until);
		invoice->discount_until = g_steal_pointer(&until);
		invoice->discount_bp = cell_percent(cell);
	}
}

/* What is below zero is owed to the customer: a credit note by another name
 * (one that has the name must not be below zero, too). */
static char *
fill_amounts(const json_t *document, struct invoice *invoice)
{
	int64_t gross = 0, due = 0, tax = 0;
	const char *total = document_text(document, "totals.gross");

	if (!document_amount(document, "totals", "gross", &gross) ||
	    !document_amount(document, "totals", "due", &due))
		return g_strdup("its totals cannot be read");
	document_amount(document, "totals", "tax", &tax);
	if (gross < 0 && invoice->type == INVOICE_CREDIT_NOTE)
		return g_strdup_printf("it is a credit note of %s: amounts of "
		    "credit notes are positive, and whether this one takes or "
		    "gives nobody can tell", total);
	if (gross < 0) {
		invoice->type = INVOICE_CREDIT_NOTE;
		gross = -gross;
		due = -due;
		tax = -tax;
	}
	if (gross == 0)
		return g_strdup("its total is zero: nothing is owed for it");
	invoice->opening = invoice->open = MAX(due, 0);
	invoice->amount = MAX(gross, invoice->opening);
	invoice->tax = MAX(tax, 0);
	invoice->state = invoice->open ? INVOICE_OPEN : INVOICE_PAID;
	return NULL;
}

static char *
fill_texts(const json_t *document, struct invoice *invoice)
{
	static const struct {
		const char *path;
		size_t member;
		const char *words;
	} texts[] = {
		{"number", offsetof(struct invoice, number), "number"},
		{"payment.reference", offsetof(struct invoice, reference),
		    "payment reference"},
		{"po", offsetof(struct invoice, po), "order number"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		char **member = (char **)(void *)((char *)invoice +
		    texts[i].member);
		g_autofree char *why = NULL;

		g_free(*member);
		*member = g_strdup(document_text(document, texts[i].path));
		why = *member ? cell_check(CELL_TEXT, member) : NULL;
		if (why)
			return g_strdup_printf("its %s: %s", texts[i].words,
			    why);
	}
	return NULL;
}

char *
einvoice_fill(const json_t *document, int terms_days, struct invoice *invoice)
{
	const char *code = document_type_code(document);
	char *why;

	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
		if (strcmp(code, refused[i].code) == 0)
			return g_strdup(refused[i].why);
	invoice->type = document_is_credit(document) ? INVOICE_CREDIT_NOTE :
	    strcmp(code, "386") == 0 ? INVOICE_DEPOSIT : INVOICE_PLAIN;
	invoice->date = g_strdup(document_text(document, "date"));
	invoice->currency = g_strdup(document_text(document, "currency"));
	why = fill_texts(document, invoice);
	if (!why)
		why = fill_amounts(document, invoice);
	if (why)
		return why;
	invoice->due = due_day(document, invoice, terms_days);
	if (!invoice->due)
		return g_strdup("it says no due date (BT-9, or terms such as "
		    "#SKONTO#TAGE=14#PROZENT=0.00#), and the customer has no "
		    "terms_days: say --terms DAYS");
	if (strcmp(invoice->due, invoice->date) < 0) {
		why = g_strdup_printf("it was due on %s, before its date %s",
		    invoice->due, invoice->date);
		return why;
	}
	einvoice_fill_discount(document, invoice);
	return NULL;
}
