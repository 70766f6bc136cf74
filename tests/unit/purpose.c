/*
 * purpose.c - texts that say that the money is for no invoice, and texts that
 * only look like it.
 */
#include "../../filter/amounts.h"

static const struct row {
	const char *text, *payer;
	bool other;
} rows[] = {
    {"Refund of your payment", NULL, true},
    {"Rückerstattung Strom", NULL, true},
    {"RUECKZAHLUNG", NULL, true},
    {"Stromkostenrückerstattung 2025", NULL, true},
    {"Miete November", NULL, true},
    {"Remboursement trop perçu", NULL, true},
    {"Devolución fianza", NULL, true},
    {"Terugbetaling borg", NULL, true},
    {"zwrot nadpłaty", NULL, true},
    {"odsetki", NULL, true},
    {"Lønn oktober", NULL, true},
    {"Återbetalning", NULL, true},
    {"kölcsön", NULL, true},
    {"kira bedeli", NULL, true},
    {"Возврат по договору", NULL, true},
    {"возмещение ущерба", NULL, true},
    {"επιστροφή χρημάτων", NULL, true},
    {"退款", NULL, true},
    {"家賃", NULL, true},
    {"החזר כספי", NULL, true},
    {"", NULL, false},
    {"Rechnung", NULL, false},
    {"Zahlung laut Rechnung inkl. MwSt", NULL, false},
    {"placanje racuna", NULL, false},
    {"számla fizetés", NULL, false},
    {"bez DPH, dan z pridane hodnoty", NULL, false},
    {"tax invoice, incl. taxes", NULL, false},
    {"Kreditor 70012", NULL, false},
    {"SEPA Gutschrift", NULL, false},
    {"ordenado por cliente, vencimento 10", NULL, false},
    {"rentable", NULL, false},
    {"Versicherung Nord", "Versicherung Nord AG", false},
    {"Beitrag Versicherung", "Miete Nord AG", true},
};

static void
test_row(gconstpointer data)
{
	const struct row *row = data;

	g_assert_cmpint(text_has_purpose(row->text, row->payer), ==,
	    row->other);
}

static const struct kind_row {
	const char *text;
	enum purpose wanted;
} kinds[] = {
    {NULL, PURPOSE_UNSAID}, {"12 / 2026", PURPOSE_UNSAID},
    {"Ihre Rechnung", PURPOSE_INVOICE}, {"merci", PURPOSE_WORDS},
    {"Rückzahlung Rechnung", PURPOSE_OTHER},
};

static void
test_kind(gconstpointer data)
{
	const struct kind_row *row = data;
	struct payment payment = {.remittance = (char *)row->text};

	g_assert_cmpint(payment_purpose(&payment), ==, row->wanted);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = g_strdup_printf("/purpose/%zu", i);

		g_test_add_data_func(name, &rows[i], test_row);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *name =
		    g_strdup_printf("/purpose/kind/%zu", i);

		g_test_add_data_func(name, &kinds[i], test_kind);
	}
	return g_test_run();
}
