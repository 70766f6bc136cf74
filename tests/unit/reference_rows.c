/*
 * reference_rows.c - how strong a text names an invoice, one row a case, in
 * the wording of many countries: 's' strong (0.75 and more), 'm' middling,
 * 'w' weak or nothing (below 0.5). And random numbers of many patterns, each
 * with each damage that a payer or a bank does to it.
 */
#include "../../filter/references.h"

#include <string.h>

static const struct row {
	const char *number, *text;
	char wanted;
} rows[] = {
    /* short counters behind a word for invoice */
    {"1057", "Invoice 1057", 's'}, {"1057", "inv. 1057", 's'},
    {"1057", "Rechnung Nr. 1057", 's'}, {"1057", "RgNr 1057", 's'},
    {"1057", "Faktuur 1057 invoice 1057", 's'},
    {"1057", "factuurnr. 1057", 's'}, {"1057", "facture n° 1057", 's'},
    {"1057", "Fra. 1057", 's'}, {"1057", "FACTURA NUM 1057", 's'},
    {"1057", "fattura n. 1057", 's'}, {"1057", "saldo fatt 1057", 's'},
    {"1057", "fatura no 1057", 's'}, {"1057", "faktura nr 1057", 's'},
    {"1057", "Faktura č. 1057", 's'}, {"1057", "úhrada faktúry 1057", 's'},
    {"1057", "zapłata za fakturę nr 1057", 's'},
    {"1057", "plačilo računa št. 1057", 's'},
    {"1057", "uplata po računu broj 1057", 's'},
    {"1057", "számla 1057", 's'}, {"1057", "Számla sorszáma: 1057", 's'},
    {"1057", "lasku 1057", 's'}, {"1057", "laskun numero 1057", 's'},
    {"1057", "arve nr 1057", 's'}, {"1057", "rēķins Nr. 1057", 's'},
    {"1057", "sąskaita 1057", 's'}, {"1057", "factura nr. 1057", 's'},
    {"1057", "оплата по счету № 1057", 's'}, {"1057", "Счёт 1057", 's'},
    {"1057", "рахунок 1057", 's'}, {"1057", "фактура № 1057", 's'},
    {"1057", "τιμολόγιο 1057", 's'}, {"1057", "ΤΙΜ. 1057", 's'},
    {"1057", "reikningur 1057", 's'}, {"1057", "regning 1057", 's'},
    {"1057", "fakturanummer 1057", 's'}, {"1057", "VS 1057", 's'},
    {"1057", "VS:1057", 's'}, {"1057", "1057", 's'}, {"1057", " 1057. ", 's'},
    {"1057", "Nr. 1057", 's'}, {"1057", "№1057", 's'},
    {"417", "Rechnung 417", 's'}, {"417", "Faktura: 417", 's'},
    {"45", "Invoice 45", 's'}, {"7", "factuur 7", 's'},
    /* the number has a word of its own */
    {"Счёт № 45", "Оплата по счёту № 45", 's'},
    {"Счёт № 45", "счет 45", 's'}, {"Invoice 57", "invoice no. 57", 's'},
    {"RE 20367", "RE 20367", 's'}, {"RE 20367", "Rechnung 20367", 's'},
    {"RE 20367", "re20367", 's'}, {"№117/26", "счет №117/26", 's'},
    {"№117/26", "117/26", 's'},
    /* shapes of numbers */
    {"7/2026", "faktura 7/2026", 's'}, {"7/2026", "Invoice 7-2026", 's'},
    {"7/2026", "7/2026", 's'}, {"2026/0001-A", "invoice 2026/0001-A", 's'},
    {"2026/0001-A", "2026/0001A", 's'}, {"2026/0001-A", "2026 0001 A", 's'},
    {"F26-000123", "F26-000123", 's'}, {"F26-000123", "f26000123", 's'},
    {"F26-000123", "facture F26 000123", 's'},
    {"F26-000123", "facture 000123", 's'},
    {"SI-12", "SI-12", 's'}, {"SI-12", "invoice si 12", 's'},
    {"FV/123/11/2026", "FV/123/11/2026", 's'},
    {"FV/123/11/2026", "faktura FV 123/11/2026", 's'},
    {"FV/123/11/2026", "FV1231126", 'w'},
    {"FV/123/11/2026", "/VAT/23,00/IDC/5231242681/INV/FV/123/11/2026/TXT/x",
	's'},
    {"R2026.11.003", "Rechnung R2026.11.003", 's'},
    {"R2026.11.003", "R 2026 11 003", 's'},
    {"R2026.11.003", "2026.11.003", 's'},
    {"26INV00077", "26INV00077", 's'}, {"26INV00077", "inv 26 inv 00077", 's'},
    {"26INV00077", "INV00077", 's'}, {"K-100-7", "K-100-7", 's'},
    {"K-100-7", "rechnung k 100 7", 's'}, {"K-100-7", "K1007", 's'},
    {"20261105-01", "20261105-01", 's'},
    {"20261105-01", "Rechnung 20261105-01", 's'},
    {"20261105-01", "paid on 05.11.2026", 'w'},
    {"10023-7", "Rechnung 10023-7", 's'}, {"10023-7", "10023/7", 's'},
    {"10023-7", "Kundennummer 10023", 'w'},
    {"2026-0815B", "Invoice 2026-0815B", 's'},
    {"2026-0815B", "invoice 2026-0815b", 's'},
    {"inv_00412", "INV_00412", 's'}, {"inv_00412", "inv 00412", 's'},
    {"A-00045-26", "A-00045-26", 's'}, {"AB-1057", "Rechnung AB-1057", 's'},
    {"AB-1057", "AB-1057", 's'}, {"PO-20417", "invoice PO-20417", 's'},
    {"2026110017", "2026110017", 's'}, {"2026110017", "2026 11 0017", 's'},
    {"2026110017", "fact. 2026110017", 's'},
    {"2026/11/05", "Rechnung 2026/11/05", 's'},
    {"2026/11/05", "dated 2026/11/05", 'w'},
    /* respelt */
    {"INV-2026-00412", "INV—2026—00412", 's'},
    {"INV-2026-00412", "ＩＮＶ－２０２６－００４１２", 's'},
    {"INV-2026-00412", "INV-2026-\u200b00412", 's'},
    {"INV-2026-00412", "INV\u00ad-2026-00\u200d412", 's'},
    {"INV-2026-00412", "ІNV-2026-00412", 's'},	/* Ukrainian I */
    {"INV-2026-00412", "ΙΝV-2026-00412", 's'},	/* Greek I, N */
    {"INV-2026-00412", "INV-2026\n-00412", 's'},
    {"INV-2026-00412", "INV-2026-0\n0412", 's'},
    {"INV-2026-00412", "lNV-2026-OO412", 'm'},
    {"INV-2026-00412", "INV-2O26-00412", 'm'},
    {"INV-2026-00412", "INVOICE2026-00412", 's'},
    {"INV-2026-00412", "PAYMENTINV-2026-00412THANKS", 's'},
    {"INV-2026-00412", "?20SVWZ+invoice INV-20?2126-00412", 's'},
    {"INV-2026-00412", "EREF+NOTPROVIDED SVWZ+INV-2026-00412", 's'},
    {"INV-2026-00412", "KREF+INV-2026-00412 SVWZ+rent", 'w'},
    {"INV-2026-00412", "/TRTP/SEPA/REMI/INV-2026-00412/EREF/1", 's'},
    {"INV-2026-00412", "/CNTP/NL91ABNA0417164300/ABNANL2A/X///REMI/USTD//"
	"INV-2026-00412", 's'},
    /* several */
    {"1058", "Invoices 1057, 1058 and 1059", 's'},
    {"1059", "Rechnungen 1057, 1058 und 1059", 's'},
    {"1059", "facturen 1057 en 1059", 's'}, {"1059", "fra 1057 y 1059", 's'},
    {"1058", "no. 1057 & 1058", 's'}, {"1058", "1057/1058", 's'},
    {"1058", "1057+1058", 's'}, {"1058", "faktury 1057 a 1058", 's'},
    {"1058", "Счета 1057 и 1058", 's'},
    /* something else's */
    {"1057", "Tel. 1057", 'w'}, {"1057", "order 1057", 'w'},
    {"1057", "Auftrag Nr. 1057", 'w'}, {"1057", "bestelnr 1057", 'w'},
    {"1057", "commande n° 1057", 'w'}, {"1057", "pedido 1057", 'w'},
    {"1057", "ordine 1057", 'w'}, {"1057", "zamówienie 1057", 'w'},
    {"1057", "objednávka č. 1057", 'w'}, {"1057", "заказ № 1057", 'w'},
    {"1057", "договор № 1057", 'w'}, {"1057", "smlouva 1057", 'w'},
    {"1057", "umowa 1057", 'w'}, {"1057", "Vertrag 1057", 'w'},
    {"1057", "contract no 1057", 'w'}, {"1057", "polis 1057", 'w'},
    {"1057", "Kundennr. 1057", 'w'}, {"1057", "klantnummer: 1057", 'w'},
    {"1057", "código cliente 1057", 'w'}, {"1057", "asiakasnumero 1057", 'w'},
    {"1057", "ügyfélszám 1057", 'w'}, {"1057", "KS 1057", 'w'},
    {"1057", "SS:1057", 'w'}, {"1057", "card ****1057", 'w'},
    {"1057", "XXXX1057", 'w'}, {"1057", "EUR 1057", 'w'},
    {"1057", "10,57 EUR", 'w'}, {"1057", "total EUR 10.57 paid", 'w'},
    {"2026", "November 2026", 'w'}, {"2026", "Miete 12/2026", 'w'},
    {"0511", "vom 05.11.2026", 'w'}, {"112026", "5.11.2026", 'w'},
    {"2026", "INV-2026-00412", 'w'}, {"00412", "XY-00412", 'm'},
    {"412345678", "VAT ATU 41 234 567 8", 'w'},
    {"612345678", "+31 6 1234 5678", 'w'},
    {"37040044", "DE89370400440532013000", 'w'},
    {"1057", "room 1057", 'w'}, {"1057", "flat no 1057", 'w'},
    {"1057", "Aktenzeichen 1057", 'w'}, {"1057", "mandate 1057", 'w'},
    {"1057", "ICO 1057", 'w'}, {"1057", "ИНН 1057", 'w'},
    {"57", "we send 57 boxes", 'w'}, {"7", "7 units", 'w'},
    /* never within another number */
    {"1057", "21057", 'w'}, {"1057", "10570", 'w'}, {"1057", "Invoice 11057",
	'w'}, {"45", "invoice 45/2027", 'w'}, {"105", "Rechnung 1057", 'w'},
    /* shapes of dates and phones inside numbers */
    {"FV/15/05/2026", "za fakture FV/15/05/2026", 's'},
    {"SI-02896", "as agreed by phone - SI-02896", 's'},
    {"15052026", "15/05/2026", 'w'},
    /* both in one text */
    {"20417", "Kd.-Nr. 881, Rechnung 20417", 's'},
    {"20417", "Auftrag 5512 Rechnung 20417 vom 05.11.2026", 's'},
    {"20417", "invoice 20417 order 5512", 's'},
    {"5512", "invoice 20417 order 5512", 'w'},
    {"20417", "klant 881 factuur 20417 EUR 120,00", 's'},
    {"12000", "klant 881 factuur 20417 EUR 120,00", 'w'},
    {"881", "klant 881 factuur 20417 EUR 120,00", 'w'},
};

static double
strength_in(const char *number, const char *reference, const char *text)
{
	struct payment payment = {.remittance = (char *)text};
	struct invoice invoice = {.number = (char *)number};
	g_auto(GStrv) keys = reference_invoice_keys(number, reference, NULL);
	g_autoptr(GPtrArray) mentions =
	    reference_mentions(&payment, NULL, NULL);
	double best = 0;

	for (guint i = 0; i < mentions->len; i++) {
		const struct mention *m = mentions->pdata[i];

		if (g_strv_contains((const char *const *)keys, m->key))
			best = MAX(best, reference_strength(m, &invoice));
	}
	return best;
}

static void
test_row(gconstpointer data)
{
	const struct row *row = data;
	double strength = strength_in(row->number, NULL, row->text);
	char got = strength >= 0.75 ? 's' : strength >= 0.5 ? 'm' : 'w';

	g_test_message("'%s' in '%s': %.2f, not '%c'", row->number, row->text,
	    strength, row->wanted);
	g_assert_cmpint(got, ==, row->wanted);
}

/* References as they are issued and as they come back. */
static const struct sent {
	const char *issued, *text;
} sent[] = {
    {"+++090/9337/55493+++", "+++090/9337/55493+++"},
    {"+++090/9337/55493+++", "090933755493"},
    {"+++090/9337/55493+++", "090 9337 55493"},
    {"090933755493", "***090/9337/55493***"},
    {"090933755493", "communication 90933755493"},
    {"210000000003139471430009017", "21 00000 00003 13947 14300 09017"},
    {"000000000000000000000000185", "0000 00000 00000 00000 00001 85"},
    {"RF712348231", "RF71 2348 231"}, {"RF95 2023 0000 98", "2023 0000 98"},
    {"2023000098", "00000000002023000098"},
    {"+71<000000001234566+12345678<", "+71<000000001234566+12345678<"},
    {"+71<000000001234566+12345678<", "000000001234566"},
    {"SI12 1234567890 9", "SI12 12345678909"},
    {"SI12 1234567890 9", "1234567890 9"},
    {"HR01 2020-789-1", "HR01 2020-789-1"}, {"HR01 2020-789-1", "2020-789-1"},
    {"5000056789012345", "5000 0567 8901 2345"},
    {"0020260117", "/VS20260117/SS/KS0308"}, {"20260117", "VS: 0020260117"},
    {"000000000000000000012344", "000000000000000000012344"},
    {"1234567897", "KID 1234567897"}, {"1234567897", "OCR: 1234567897"},
};

static void
test_sent(gconstpointer data)
{
	const struct sent *s = data;
	double strength = strength_in("A1", s->issued, s->text);

	g_test_message("'%s' in '%s': %.2f", s->issued, s->text, strength);
	g_assert_cmpfloat(strength, >=, 0.75);
}

/* ---- lists ------------------------------------------------------------------- */

static const struct list_row {
	const char *text, *head, *other;
	bool named;
} list_rows[] = {
    {"2026-0012/13/15", "2026-0012", "2026-0015", true},
    {"2026-0012/13/15", "2026-0012", "2026-0014", false},
    {"INV 1001-1004", "INV1001", "INV1003", true},
    {"INV 1001-1004", "INV1001", "INV1005", false},
    {"1001 bis 1004", "1001", "1002", true},
    {"from 1001 to 1004", "1001", "1003", true},
    {"1001 t/m 1004", "1001", "1003", true},
    {"1001 al 1004", "1001", "1003", true},
    {"1001 до 1004", "1001", "1003", true},
    {"1001 až 1004", "1001", "1003", true},
    {"1001..1004", "1001", "1002", true},
    {"INV-1001 - INV-1004", "INV-1001", "INV-1003", true},
    {"INV-1001 / INV-1004", "INV-1001", "INV-1003", false},
    {"1001, 1004", "1001", "1003", false},
    {"no. 1007 & 8", "1007", "1008", true},
    {"faktury 98 a 102", "98", "102", true},
    {"12-15", "12", "14", true},
    {"202600131, 33 und 35", "202600131", "202600133", true},
    {"INV-2026-0012, INV-2026-0019", "INV-2026-0012", "INV-2026-0015", false},
    {"FV/123-125/11/2026", "FV/123/11/2026", "FV/124/11/2026", true},
    {"1001 thanks 03", "1001", "1003", false},
    {"1001 1003", "1001", "2003", false},
    {"2026-0012/13", "2025-0012", "2026-0013", false},
};

static void
test_list(gconstpointer data)
{
	const struct list_row *row = data;
	struct listing *list;
	struct marked marked;
	uint64_t places = 0;

	marked_read(&marked, row->text, 0, NULL);
	list = listing_read(&marked, row->head);
	g_test_message("%s: %s", row->text, row->other);
	g_assert_cmpint(list && listing_has(list, row->other, &places), ==,
	    row->named);
	listing_free(list);
	marked_release(&marked);
}

/* ---- each pattern with each damage -------------------------------------------- */

/* # a digit of a random counter, Y the year, y its last two digits. */
static const char *const patterns[] = {
    "INV-YYYY-#####", "YYYY-#####", "YYYY/####", "FyyXX#####", "R-######",
    "######", "#######", "FV/####/11/YYYY", "RE#####", "YYYY11####",
    "A-#####-yy", "yyINV#####", "K-###-####", "RG.YYYY.#####", "CN#######",
    "SI-######", "YYYY-#####-B", "#####-##", "Faktura ######", "СЧ-#####/yy",
    "ΤΔΑ #####", "NL#####YYYY", "ABC-YYYY-######", "FR yy-######", "X######Z",
    "YYYY/11/####", "Счет № #####", "B#####", "INVyy######", "D##-#####",
};

static char *
write_number(const char *pattern, GRand *random)
{
	static const char year[] = "2026";
	GString *out = g_string_new(NULL);
	int y = 0, s = 2;

	for (const char *p = pattern; *p; p++) {
		if (*p == '#')
			g_string_append_c(out,
			    (char)('0' + g_rand_int_range(random, 1, 10)));
		else if (*p == 'Y')
			g_string_append_c(out, year[y++ % 4]);
		else if (*p == 'y')
			g_string_append_c(out, year[s++]);
		else
			g_string_append_c(out, *p);
	}
	return g_string_free(out, FALSE);
}

static char *
as_it_is(const char *number)
{
	return g_strdup_printf("invoice %s", number);
}

static char *
without_separators(const char *number)
{
	return token_squeeze(number);
}

static char *
other_separators(const char *number)
{
	return g_strdelimit(g_strdup(number), "-/. ", '_');
}

static char *
blanks(const char *number)
{
	g_autofree char *copy = g_strdup(number);

	g_strdelimit(copy, "-/.", ' ');
	return g_strdup_printf("payment %s", copy);
}

static char *
lower_case(const char *number)
{
	return g_utf8_strdown(number, -1);
}

static char *
full_width(const char *number)
{
	GString *out = g_string_new(NULL);

	for (const char *p = number; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		g_string_append_unichar(out, c < 0x80 && g_unichar_isalnum(c)
			? c + 0xFEE0 : c);
	}
	return g_string_free(out, FALSE);
}

static char *
zero_width(const char *number)
{
	GString *out = g_string_new(NULL);

	for (const char *p = number; *p; p = g_utf8_next_char(p)) {
		g_string_append_unichar(out, g_utf8_get_char(p));
		g_string_append_unichar(out, 0x200B);
	}
	return g_string_free(out, FALSE);
}

static char *
line_break(const char *number)
{
	size_t n = strlen(number) - 2;

	return g_strdup_printf("%.*s\n%s", (int)n, number, number + n);
}

static char *
among_others(const char *number)
{
	return g_strdup_printf("customer 88123 invoice %s dated 05.11.2026 "
	    "tel 0612345678", number);
}

static const struct damage {
	const char *name;
	char *(*write)(const char *number);
	double least;
} damages[] = {
    {"as-it-is", as_it_is, 0.75},
    {"without-separators", without_separators, 0.75},
    {"other-separators", other_separators, 0.6}, {"blanks", blanks, 0.6},
    {"lower-case", lower_case, 0.75}, {"full-width", full_width, 0.75},
    {"zero-width", zero_width, 0.75}, {"line-break", line_break, 0.5},
    {"among-others", among_others, 0.75},
};

#define NUMBERS 12		/* of one pattern */

static void
test_damage(gconstpointer data)
{
	const struct damage *damage = data;
	g_autoptr(GRand) random = g_rand_new_with_seed(1789);

	for (size_t p = 0; p < G_N_ELEMENTS(patterns); p++) {
		g_autoptr(GPtrArray) numbers =
		    g_ptr_array_new_with_free_func(g_free);
		g_autofree char *text = NULL;

		for (int i = 0; i < NUMBERS; i++)
			g_ptr_array_add(numbers,
			    write_number(patterns[p], random));
		text = damage->write(numbers->pdata[0]);
		for (guint i = 0; i < numbers->len; i++) {
			const char *number = numbers->pdata[i];
			double strength = strength_in(number, NULL, text);

			g_test_message("%s: '%s' in '%s' %.2f", damage->name,
			    number, text, strength);
			if (strcmp(number, numbers->pdata[0]) == 0)
				g_assert_cmpfloat(strength, >=, damage->least);
			else
				g_assert_cmpfloat(strength, <, 0.75);
		}
	}
}

/* Slips: a digit wrong, two swapped, the end cut off, one too many. */
static void
test_slips(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(1848);
	int seen = 0;

	for (int round = 0; round < 400; round++) {
		g_autofree char *number = write_number("INV#######", random);
		g_autofree char *slip = g_strdup(number);
		size_t at = (size_t)g_rand_int_range(random, 3, 9);
		char was = slip[at];

		slip[at] = was == '9' ? '1' : (char)(was + 1);
		g_assert_cmpint(reference_slip(slip, number), ==, READ_TYPO);
		slip[at] = number[at + 1];
		slip[at + 1] = was;
		if (strcmp(slip, number) != 0) {
			g_assert_cmpint(reference_slip(slip, number), ==,
			    READ_SWAPPED);
			seen++;
		}
		strcpy(slip, number);
		slip[9] = 0;
		g_assert_cmpint(reference_slip(slip, number), ==, READ_CUT);
		g_assert_cmpint(reference_slip(number, number), ==, READ_NOT);
	}
	g_assert_cmpint(seen, >, 100);
	/* another year is no slip */
	g_assert_cmpint(reference_slip("202500412", "202600412"), ==,
	    READ_NOT);
	g_assert_cmpint(reference_slip("1057", "2068"), ==, READ_NOT);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name =
		    g_strdup_printf("/reference_rows/row/%zu", i);

		g_test_add_data_func(name, &rows[i], test_row);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(sent); i++) {
		g_autofree char *name =
		    g_strdup_printf("/reference_rows/sent/%zu", i);

		g_test_add_data_func(name, &sent[i], test_sent);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(list_rows); i++) {
		g_autofree char *name =
		    g_strdup_printf("/reference_rows/list/%zu", i);

		g_test_add_data_func(name, &list_rows[i], test_list);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
		g_autofree char *name = g_strdup_printf(
		    "/reference_rows/damage/%s", damages[i].name);

		g_test_add_data_func(name, &damages[i], test_damage);
	}
	g_test_add_func("/reference_rows/slips", test_slips);
	return g_test_run();
}
