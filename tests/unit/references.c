/*
 * references.c - keys of invoices, mentions in texts.
 */
#include "../../filter/match.h"

#include <string.h>

static void
test_make_rf(void)
{
	g_autofree char *rf = reference_make_rf("2348231");
	g_autofree char *letters = reference_make_rf("inv-2026/17");

	g_assert_cmpstr(rf, ==, "RF712348231");
	g_assert_true(reference_is_rf(letters));
	g_assert_null(reference_make_rf("1234567890123456789012"));
	g_assert_null(reference_make_rf(""));
}

/* ---- an invoice's keys ------------------------------------------------------ */

static const struct key_row {
	const char *number, *reference, *po, *key;
	bool there;
} key_rows[] = {
    {"INV-2026-00012", NULL, NULL, "INV202600012", true},
    {"INV-2026-00012", NULL, NULL, "202600012", true},
    {"INV-2026-00012", NULL, NULL, "INV202612", true},
    {"INV-2026-00012", NULL, NULL, "00012", true},
    {"INV-2026-00012", NULL, NULL, "INV00012", true},
    {"INV-2026-00412", NULL, NULL, "412", true},
    {"INV-2026-00012", NULL, NULL, "12", false},
    {"INV-2026-00012", NULL, NULL, "INV", false},
    {"1814", NULL, NULL, "1814", true},
    {"1814", NULL, NULL, "14", false},
    {"1814", NULL, NULL, "814", false},
    {"14", NULL, NULL, "14", true},
    {"202600131", NULL, NULL, "00131", true},
    {"202600131", NULL, NULL, "131", true},
    {"2026/04/0071", NULL, NULL, "2026040071", true},
    {"2026/04/0071", NULL, NULL, "040071", true},
    {"2026/04/0071", NULL, NULL, "0071", true},
    {"F26/0815", NULL, NULL, "F0815", true},
    {"F26/0815", NULL, NULL, "815", true},
    {"FA2600815", NULL, NULL, "FA00815", true},
    {"RE-20417", NULL, NULL, "20417", true},
    {"СЧ-317/26", NULL, NULL, "CЧ317", true},
    {"СЧ-317/26", NULL, NULL, "31726", true},
    {"ΑΒ-4711", NULL, NULL, "AB4711", true},
    {"A1", "RF18 5390 0754 7034", NULL, "#RF18539007547034", true},
    {"A1", "RF18 5390 0754 7034", NULL, "#539007547034", true},
    {"A1", "+++090/9337/55493+++", NULL, "#90933755493", true},
    {"A1", "0000001234", NULL, "#1234", true},
    {"A1", NULL, "PO 4500-117", "@PO4500117", true},
    {"A1", NULL, NULL, "#A1", false},
};

static void
test_key(gconstpointer data)
{
	const struct key_row *row = data;
	g_auto(GStrv) keys =
	    reference_invoice_keys(row->number, row->reference, row->po);

	g_assert_cmpint(g_strv_contains((const char *const *)keys, row->key),
	    ==, row->there);
}

/* ---- what a text names ---------------------------------------------------------- */

static const struct mention_row {
	const char *number, *reference;	/* of the invoice */
	const char *text;	/* remittance */
	const char *structured;	/* payment's own reference */
	const char *end_to_end;
	double from, to;	/* strength it must be within */
} mention_rows[] = {
    /* a number in its forms */
    {"INV-2026-00012", NULL, "invoice INV-2026-00012", NULL, NULL, 1, 1},
    {"INV-2026-00012", NULL, "inv-2026-00012 thanks", NULL, NULL, 1, 1},
    {"INV-2026-00012", NULL, "INV202600012", NULL, NULL, 0.95, 1},
    {"INV-2026-00012", NULL, "INV 2026 00012", NULL, NULL, 0.75, 1},
    {"INV-2026-00012", NULL, "INV/2026.00012", NULL, NULL, 0.95, 1},
    {"INV-2026-00012", NULL, "2026-00012", NULL, NULL, 0.75, 0.95},
    {"INV-2026-00012", NULL, "INV-20 26-000 12", NULL, NULL, 0.75, 1},
    {"INV-2026-00412", NULL, "Rechnung 412", NULL, NULL, 0.3, 0.4},
    {"INV-2026-00012", NULL, "RENR202600012KDNR881", NULL, NULL, 0.75, 0.95},
    {"СЧ-317/26", NULL, "Оплата по счету СЧ-317/26", NULL, NULL, 1, 1},
    {"RE-20417", NULL, "RЕ-20417", NULL, NULL, 1, 1},	/* Cyrillic E */
    /* never a substring */
    {"14", NULL, "invoice 1814", NULL, NULL, 0, 0},
    {"1814", NULL, "18140", NULL, NULL, 0, 0},
    {"1814", NULL, "21814", NULL, NULL, 0, 0},
    {"814", NULL, "1814", NULL, NULL, 0, 0},
    /* other things */
    {"20417", NULL, "order 20417", NULL, NULL, 0.1, 0.35},
    {"20417", NULL, "tel. 20417", NULL, NULL, 0.1, 0.35},
    {"20417", NULL, "Kd.-Nr. 20417", NULL, NULL, 0.1, 0.35},
    {"20417", NULL, "Kd.-Nr. 881 Rechnung 20417", NULL, NULL, 0.85, 1},
    {"37040044", NULL, "IBAN DE89 3704 0044 0532 0130 00", NULL, NULL, 0, 0.4},
    {"202604", NULL, "paid 20.04.2026", NULL, NULL, 0, 0.4},
    {"4512", NULL, "policy 4512", NULL, NULL, 0, 0.3},
    /* structured references */
    {"A1", "RF18539007547034", "RF18 5390 0754 7034", NULL, NULL, 1, 1},
    {"A1", "RF18539007547034", NULL, "RF18539007547034", NULL, 1, 1},
    {"A1", "+++090/9337/55493+++", "+++090/9337/55493+++", NULL, NULL, 0.8, 1},
    {"A1", "090933755493", NULL, "+++090/9337/55493+++", NULL, 1, 1},
    {"A1", "210000000003139471430009017",
	"21 00000 00003 13947 14300 09017", NULL, NULL, 1, 1},
    {"A1", "0020260012", NULL, "20260012", NULL, 1, 1},
    {"20260012", NULL, NULL, NULL, "/VS20260012/SS/KS0308", 1, 1},
    {"A1", "20260012", NULL, NULL, "/VS0020260012/SS/KS", 1, 1},
    {"A1", "RF18539007547034", "RF18 5390 0754 7035", NULL, NULL, 0.5, 0.7},
    {"A1", "RF18539007547034", "RF18 5390 0754 0735", NULL, NULL, 0, 0},
    /* the payer's own end-to-end id names nothing */
    {"20260012", NULL, NULL, NULL, "20260012", 0, 0},
    {"INV-2026-00012", NULL, NULL, NULL, "INV-2026-00012", 1, 1},
    /* what banks wrap around */
    {"INV-2026-00012", NULL, "EREF+4711KREF+99SVWZ+INV-2026-00012", NULL, NULL,
	0.95, 1},
    {"47110815", NULL, "EREF+47110815SVWZ+rent", NULL, NULL, 0, 0},
    {"INV-2026-00012", NULL,
	"/TRTP/SEPA/IBAN/NL00/NAME/X/REMI/INV-2026-00012/EREF/12", NULL, NULL,
	0.95, 1},
    {"", NULL, "anything 1234", NULL, NULL, 0, 0},
};

static void
test_mention(gconstpointer data)
{
	const struct mention_row *row = data;
	struct payment payment = {.remittance = g_strdup(row->text),
	    .reference = g_strdup(row->structured),
	    .end_to_end_id = g_strdup(row->end_to_end)};
	struct invoice invoice = {.number = g_strdup(row->number)};
	g_auto(GStrv) keys =
	    reference_invoice_keys(row->number, row->reference, NULL);
	g_autoptr(GPtrArray) mentions = reference_mentions(&payment, NULL, NULL);
	double best = 0;

	for (guint i = 0; i < mentions->len; i++) {
		const struct mention *m = mentions->pdata[i];

		if (g_strv_contains((const char *const *)keys, m->key))
			best = MAX(best, reference_strength(m, &invoice));
	}
	g_test_message("'%s' in '%s': %.2f", row->number,
	    row->text ? row->text : "", best);
	g_assert_cmpfloat(best, >=, row->from - 1e-9);
	g_assert_cmpfloat(best, <=, row->to + 1e-9);
	g_free(payment.remittance);
	g_free(payment.reference);
	g_free(payment.end_to_end_id);
	g_free(invoice.number);
}

/* Strongest first, and a bounded number whatever the text. */
static void
test_mentions_bounded(void)
{
	GString *text = g_string_new("RF18539007547034");
	struct payment payment = {.reference = text->str};
	GPtrArray *mentions;

	for (int i = 0; i < 400; i++)
		g_string_append_printf(text, " %d", 1000 + i);
	payment.reference = NULL;
	payment.remittance = text->str;
	mentions = reference_mentions(&payment, NULL, NULL);
	g_assert_cmpuint(mentions->len, <=, 400);
	g_assert_true(((struct mention *)mentions->pdata[0])->structured);
	g_ptr_array_unref(mentions);
	g_string_free(text, TRUE);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(key_rows); i++) {
		g_autofree char *name =
		    g_strdup_printf("/references/key/%zu", i);

		g_test_add_data_func(name, &key_rows[i], test_key);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(mention_rows); i++) {
		g_autofree char *name =
		    g_strdup_printf("/references/mention/%zu", i);

		g_test_add_data_func(name, &mention_rows[i], test_mention);
	}
	g_test_add_func("/references/make-rf", test_make_rf);
	g_test_add_func("/references/bounded", test_mentions_bounded);
	return g_test_run();
}
