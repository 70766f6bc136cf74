/*
 * generic.c - the generic reader on single lines: how amounts, currencies, days
 * and names are written; each row with the event that must come out, as
 * "kind amount currency booked payer", "" for none.
 */
#include "../../parser/generic.h"

#include <string.h>

#define EN "You have received a payment.\nAmount: "
#define DE "Gutschrift auf Ihrem Konto.\nBetrag: "
#define ES "Has recibido una transferencia.\nImporte: "
#define PL "Uznanie rachunku.\nKwota: "

struct row {
	const char *name, *body, *want;
	const char *from;	/* or NULL */
};

static const struct row rows[] = {
	/* figures */
	{"plain", EN "GBP 40", "credit 40.00 GBP - -", NULL},
	{"decimals", EN "GBP 1,234.56", "credit 1234.56 GBP - -", NULL},
	{"one-decimal", EN "GBP 12.5", "credit 12.50 GBP - -", NULL},
	{"lakh", EN "INR 1,25,000.00", "credit 125000.00 INR - -", NULL},
	{"crore", EN "\u20b91,23,45,678.90", "credit 12345678.90 INR - -", NULL},
	{"rs", EN "Rs.2500", "credit 2500.00 INR - -", NULL},
	{"slash-dash", EN "Rs. 5000/-", "credit 5000.00 INR - -", NULL},
	{"apostrophe", DE "CHF 1'234.50", "credit 1234.50 CHF - -", NULL},
	{"apostrophe-curly", DE "CHF 1\u2019234.50", "credit 1234.50 CHF - -",
	    NULL},
	{"comma-dash", DE "1.234,- \u20ac", "credit 1234.00 EUR - -", NULL},
	{"nbsp", PL "1\u00a0234,50 z\u0142", "credit 1234.50 PLN - -", NULL},
	{"thin", PL "1\u202f234,50 PLN", "credit 1234.50 PLN - -", NULL},
	{"wide", EN "\uff2a\uff30\uff39 \uff11\uff12\uff10\uff10",
	    "credit 1200 JPY - -", NULL},
	{"yen", "\u3054\u5165\u91d1\u306e\u304a\u77e5\u3089\u305b\n\u5165\u91d1"
	    "\u91d1\u984d\uff1a\uff11\uff0c\uff12\uff13\uff14\u5186",
	    "credit 1234 JPY - -", NULL},
	{"thousands-de", DE "1.234 EUR", "credit 1234.00 EUR - -", NULL},
	{"thousands-en", EN "GBP 1,234", "credit 1234.00 GBP - -", NULL},
	{"doubtful-en", EN "GBP 1.234", "", NULL},
	{"doubtful-but-proved", EN "EUR 1.234\nBalance: EUR 5.000,10",
	    "credit 1234.00 EUR - -", NULL},
	{"no-decimals", EN "JPY 1,234", "credit 1234 JPY - -", NULL},
	{"three-decimals", EN "KWD 1,234.567", "credit 1234.567 KWD - -", NULL},
	{"bad-groups", EN "GBP 1,23.00", "", NULL},
	{"nought", EN "GBP 0.00", "", NULL},
	{"letters", EN "GBP 4O.00", "", NULL},
	{"version", EN "GBP 1.2.3", "", NULL},

	/* currencies */
	{"behind", EN "40.00 USD", "credit 40.00 USD - -", NULL},
	{"glued", EN "USD40.00", "credit 40.00 USD - -", NULL},
	{"glued-behind", EN "40.00EUR", "credit 40.00 EUR - -", NULL},
	{"sign", EN "\u00a340.00", "credit 40.00 GBP - -", NULL},
	{"unlisted-code", EN "THB 40.00", "credit 40.00 THB - -", NULL},
	{"in-label", "You have received a payment.\nAmount (EUR): 40.00",
	    "credit 40.00 EUR - -", NULL},
	{"of-its-own", EN "40.00\nCurrency: EUR", "credit 40.00 EUR - -", NULL},
	{"none", EN "40.00", "credit 40.00 (null) - -",
	    "currency: nothing says which"},
	{"home", PL "40,00", "credit 40.00 PLN - -", NULL},
	{"dollar-es", ES "$ 1.500,00", "credit 1500.00 (null) - -",
	    "currency: nothing says which"},
	{"dollar-mx", ES "$ 1,500.00", "credit 1500.00 MXN - -",
	    "a@banco.example.mx"},
	{"dollar-cl", ES "$ 1.500", "credit 1500 CLP - -",
	    "a@banco.example.cl"},
	{"dollar-hint", ES "$ 1,500.00\nCLABE: 000000000000000000",
	    "credit 1500.00 MXN - -", NULL},
	{"dollar-code", ES "$ 1,500.00 MXN", "credit 1500.00 MXN - -", NULL},

	/* direction */
	{"plus", "Transaction alert\nAmount: +GBP 40.00",
	    "credit 40.00 GBP - -", NULL},
	{"minus", "Transaction alert\nAmount: -GBP 40.00",
	    "debit 40.00 GBP - -", NULL},
	{"cr", "Transaction alert\nAmount: GBP 40.00 CR",
	    "credit 40.00 GBP - -", NULL},
	{"dr", "Transaction alert\nAmount: GBP 40.00 Dr.",
	    "debit 40.00 GBP - -", NULL},
	{"unsaid", "Transaction alert\nAmount: GBP 40.00", "", NULL},

	/* days and names */
	{"day-iso", EN "GBP 4.00\nDate: 2026-11-19",
	    "credit 4.00 GBP 2026-11-19 -", NULL},
	{"day-month", EN "GBP 4.00\nDate: 19 November 2026",
	    "credit 4.00 GBP 2026-11-19 -", NULL},
	{"day-us", EN "GBP 4.00\nDate: Nov 19, 2026",
	    "credit 4.00 GBP 2026-11-19 -", NULL},
	{"day-short", EN "GBP 4.00\nDate: 19-Nov-26 10:15",
	    "credit 4.00 GBP 2026-11-19 -", NULL},
	{"day-before", EN "GBP 4.00\nDate: 11/12/2026",
	    "credit 4.00 GBP 2026-11-12 -", NULL},
	{"day-either-way", EN "GBP 4.00\nDate: 03/04/2026",
	    "credit 4.00 GBP - -", NULL},
	{"day-nearest", EN "GBP 4.00\nDate: 19/11/2026",
	    "credit 4.00 GBP 2026-11-19 -", NULL},
	{"payer", EN "GBP 4.00\nSender: North Quay Ltd",
	    "credit 4.00 GBP - North Quay Ltd", NULL},
	{"payer-below", EN "GBP 4.00\nSender\nNorth Quay Ltd",
	    "credit 4.00 GBP - North Quay Ltd", NULL},
	{"payer-dots", EN "GBP 4.00\nSender ........ North Quay Ltd",
	    "credit 4.00 GBP - North Quay Ltd", NULL},
	{"payer-twice", EN "GBP 4.00\nSender: A Ltd\nSender: B Ltd",
	    "credit 4.00 GBP - -", NULL},
	{"payer-and-account", EN "GBP 4.00\nSender: Ria Kos "
	    "GB82WEST12345698765432", "credit 4.00 GBP - Ria Kos", NULL},

	/* tables */
	{"columns", "Transactions\nDate\tDetails\tPaid out\tPaid in\n"
	    "19/11/2026\tNorth Quay\t\t40.00 GBP\n",
	    "credit 40.00 GBP 2026-11-19 -", NULL},
	{"aligned", "You have received a payment.\n\nAmount      GBP 40.00\n"
	    "Sender      North Quay\n", "credit 40.00 GBP - North Quay",
	    NULL},
};

static void
free_event(gpointer event)
{
	event_free(event);
}

static void
test_row(gconstpointer data)
{
	static struct labels *labels;
	const struct row *row = data;
	const char *dirs[] = {"parser/words", NULL};
	struct generic_mail mail = {.from = row->from, .subject = "Notice",
	    .text = row->body, .date = "2026-11-20"};
	g_autoptr(GPtrArray) events =
	    g_ptr_array_new_with_free_func(free_event);
	g_autoptr(GString) got = g_string_new(NULL);

	if (!labels)
		labels = labels_load(dirs, NULL);
	generic_read(labels, &mail, events);
	for (guint i = 0; i < events->len; i++) {
		const struct event *e = events->pdata[i];
		const char *booked = event_get(e, EVENT_BOOKED);
		const char *payer = event_get(e, EVENT_PAYER);

		g_string_append_printf(got, "%s%s %s %s %s %s", i ? "|" : "",
		    event_kind_name(event_kind(e)),
		    event_get(e, EVENT_AMOUNT), event_get(e, EVENT_CURRENCY),
		    booked ? booked : "-", payer ? payer : "-");
	}
	g_assert_cmpstr(got->str, ==, row->want);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
		    g_strdup_printf("/generic/%s", rows[i].name);

		g_test_add_data_func(path, &rows[i], test_row);
	}
	return g_test_run();
}
