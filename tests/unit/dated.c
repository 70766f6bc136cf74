/*
 * dated.c - which of a payer's invoices the text tells by a day or month, by
 * an order or in the end-to-end id, and what is then decided: one row a case.
 * Wanted: a letter for each candidate: 'D' its day, 'M' its month, 'f' perhaps,
 * 'b' due or billed then, 'x' others are told, '-' nothing; '@' named. Then
 * the decision and the numbers of the first proposal.
 */
#include "match_case.h"

#define OCT " | A10 open=50 date=2026-10-01 due=2026-10-15 account"
#define SEP " | A9 open=50 date=2026-09-01 due=2026-09-15 account"
#define AUG " | A8 open=50 date=2026-08-01 due=2026-08-15 account"
#define THREE AUG SEP OCT

static const struct row {
	const char *name, *facts, *wanted;
} rows[] = {
    {"month", "pay=50 payer text=September" THREE, "xMx auto A9"},
    {"other-language", "pay=50 payer text=za_wrzesień" THREE, "xMx auto A9"},
    {"month-year", "pay=50 payer text=08/2026" THREE, "Mxx auto A8"},
    {"other-year", "pay=50 payer text=August_2025" THREE,
	"--- suggest A8"},
    {"day", "pay=50 payer text=Rechnung_vom_1.9.2026" THREE, "xDx auto A9"},
    {"day-of-none", "pay=50 payer text=Rechnung_vom_3.9.2026" THREE,
	"--- suggest A8"},
    {"own-month", "pay=50 day=2026-10-20 payer text=October" THREE,
	"xxf suggest A10"},
    {"own-month-of-invoice",
	"pay=50 day=2026-10-20 payer text=invoice_October" THREE,
	"xxM auto A10"},
    {"own-day", "pay=50 day=2026-10-02 payer text=1.10.2026" THREE,
	"xxf suggest A10"},
    {"delivery", "pay=50 payer text=Lieferschein_vom_1.9.2026" THREE,
	"--- suggest A8"},
    {"arrears", "pay=50 day=2026-10-10 payer text=September" THREE,
	"xfx suggest A9"},
    {"billed-after", "pay=50 day=2026-10-10 payer text=July" THREE,
	"bxx suggest A8"},
    {"quarter", "pay=150 payer text=Q3_2026 | A7 open=50 date=2026-07-01 "
	"account | A8 open=50 date=2026-08-01 account | A9 open=50 "
	"date=2026-09-01 account | A10 open=50 date=2026-10-01 account",
	"MMMx auto A7 A8 A9"},
    {"two-months", "pay=100 payer text=August_und_September" THREE,
	"MMx auto A8 A9"},
    {"two-months-one-paid", "pay=50 payer text=August_und_September" THREE,
	"MMx suggest A8"},
    {"two-ways", "pay=50 payer text=dated_5/11/2026 | A1 open=50 "
	"date=2026-11-05 account | A2 open=50 date=2026-05-11 due=2026-05-25 "
	"account",
	"ff suggest A2"},
    {"stranger", "pay=50 payer text=September | A9 open=50 date=2026-09-01",
	"- none"},
    {"number-first", "pay=50 payer text=September | A8 open=50 "
	"date=2026-08-01 account ref=1 | A9 open=50 date=2026-09-01 account",
	"@- auto A8"},
    {"order", "pay=50 payer text=xyz_471105 | A8 open=50 date=2026-08-01 "
	"account | A9 open=50 date=2026-09-01 account po=471105",
	"-@ auto A9"},
    {"order-of-two", "pay=50 payer text=xyz_471105 | A8 open=50 "
	"date=2026-08-01 account po=471105 | A9 open=50 date=2026-09-01 "
	"account po=471105", "@@ suggest A8"},
    {"order-within", "pay=50 payer text=xyz_94711052 | A8 open=50 "
	"date=2026-08-01 account | A9 open=50 date=2026-09-01 account "
	"po=471105", "-- suggest A8"},
    {"order-in-id", "pay=50 payer id=PO-471105 | A8 open=50 "
	"date=2026-08-01 account | A9 open=50 date=2026-09-01 account "
	"po=471105", "-@ auto A9"},
    {"order-of-stranger", "pay=50 payer text=xyz_471105 | A9 open=50 "
	"date=2026-09-01 po=471105", "- none"},
    {"number-in-id", "pay=50 payer id=703833 | 703801 open=50 "
	"date=2026-08-01 account | 703833 open=50 date=2026-09-01 account",
	"-@ auto 703833"},
    {"prefix-in-id", "pay=50 payer id=RE-703833-1 | 703801 open=50 "
	"date=2026-08-01 account | 703833 open=50 date=2026-09-01 account",
	"-@ auto 703833"},
    {"number-within-id", "pay=50 payer id=97038331 | 703801 open=50 "
	"date=2026-08-01 account | 703833 open=50 date=2026-09-01 account",
	"-- suggest 703801"},
};

static char *
outcome(const struct facts *facts)
{
	static const char letters[] = {[DATED_NOT] = '-', [DATED_ANOTHER] = 'x',
	    [DATED_ABOUT] = 'b', [DATED_FAINT] = 'f', [DATED_MONTH] = 'M',
	    [DATED_DAY] = 'D'};
	GString *out = g_string_new(NULL);
	struct match *match = match_payment(facts);

	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];

		g_string_append_c(out, c->mention >= 0.5 ? '@'
							 : letters[c->dated]);
	}
	g_string_append_printf(out, " %s", decision_name(match->decision));
	if (match->decision != DECISION_NONE) {
		const struct hypothesis *top = match->hypotheses->pdata[0];

		for (guint i = 0; i < top->shares->len; i++)
			g_string_append_printf(out, " %s", g_array_index(
			    top->shares, struct share, i).number);
	}
	match_free(match);
	return g_string_free(out, FALSE);
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	struct match_case one;
	g_autofree char *said = NULL;

	case_read_line(&one, row->facts);
	reference_complete(&one.facts);
	said = outcome(&one.facts);
	g_assert_cmpstr(said, ==, row->wanted);
	case_clear(&one);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
		    g_strdup_printf("/dated/%s", rows[i].name);

		g_test_add_data_func(path, &rows[i], test_row);
	}
	return g_test_run();
}
