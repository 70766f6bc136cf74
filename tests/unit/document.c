/*
 * The invoice document: every sentence of its checks, its defaults and
 * accessors. As `document --documents` it completes JSON lines from stdin and
 * as `document --tax-ids` it checks lines "CC ID", for tests/cmd/totals.t.
 */
#include "../../filter/codes.h"
#include "../../filter/document.h"
#include "../../filter/tax_id.h"
#include "../../store/store.h"

#include <stdio.h>
#include <string.h>

/* ---- for the other test ------------------------------------------------------- */

static int
complete_lines(void)
{
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, stdin) > 0) {
		json_t *document = json_loads(line, 0, NULL);
		g_autofree char *why = document_complete(document);
		char *text = why ? NULL : json_dumps(document, JSON_COMPACT);

		if (why)
			printf("! %s\n", why);
		else
			puts(text);
		free(text);
		json_decref(document);
	}
	free(line);
	return 0;
}

static int
check_ids(void)
{
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, stdin) > 0) {
		g_autofree char *normal = NULL;
		g_autofree char *why = NULL;
		char *id = strchr(g_strchomp(line), ' ');

		*id++ = '\0';
		if (tax_id_check(line, id, &normal, &why) == TAX_ID_GOOD)
			printf("good %s\n", normal);
		else
			printf("bad %s\n", why);
	}
	free(line);
	return 0;
}

struct sentence_row {
	char *change, *begins, *holds;	/* begins "-": no fault */
};

static GPtrArray *
read_rows(void)
{
	GPtrArray *rows = g_ptr_array_new();
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents("tests/unit/document.rows", &text, NULL,
	    NULL))
		g_error("tests/unit/document.rows: run this at the top");
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		char **cells = g_strsplit(*line, "\t", 3);
		struct sentence_row *row;

		if (**line == '#' || g_strv_length(cells) != 3) {
			g_strfreev(cells);
			continue;
		}
		row = g_new0(struct sentence_row, 1);
		row->change = cells[0];
		row->begins = cells[1];
		row->holds = cells[2];
		g_free(cells);
		g_ptr_array_add(rows, row);
	}
	return rows;
}

/* ---- sentences ----------------------------------------------------------------- */

/* The document that all rows change, as the row's path says. */
static json_t *
base_document(void)
{
	return json_loads(
	    "{\"type\":\"invoice\",\"number\":\"2026-0001\","
	    "\"date\":\"2026-11-24\",\"due\":\"2026-12-08\","
	    "\"currency\":\"EUR\","
	    "\"seller\":{\"name\":\"Anna Example\",\"tax_id\":\"DE136695976\","
	    "\"address\":{\"street\":\"Weg 1\",\"postcode\":\"10115\","
	    "\"city\":\"Berlin\",\"country\":\"DE\"},\"contact\":{\"name\":"
	    "\"Anna Example\",\"phone\":\"+49 30 123456\",\"email\":"
	    "\"anna@anna.example\"}},"
	    "\"buyer\":{\"name\":\"Beispiel GmbH\",\"address\":{\"postcode\":"
	    "\"1010\",\"city\":\"Wien\",\"country\":\"AT\"},\"contact\":{"
	    "\"email\":\"rechnung@beispiel.example\"}},"
	    "\"payment\":{\"accounts\":[{\"iban\":\"DE89370400440532013000\"}]},"
	    "\"lines\":[{\"text\":\"Work\",\"quantity\":\"2\",\"unit\":\"h\","
	    "\"price\":\"50\",\"category\":\"S\",\"rate\":\"19\"}]}", 0, NULL);
}

/* Puts the object's keys over those of the document; null takes one away. */
static void
merge(json_t *into, json_t *from)
{
	const char *key;
	json_t *value;

	json_object_foreach(from, key, value) {
		json_t *own = json_object_get(into, key);

		if (json_is_null(value))
			json_object_del(into, key);
		else if (json_is_object(value) && json_is_object(own))
			merge(own, value);
		else
			json_object_set(into, key, value);
	}
}

static json_t *
changed_document(const char *change)
{
	json_error_t error;
	static const char peppol[] = "{\"profile\":\"peppol\",\"po\":\"P1\","
	    "\"seller\":{\"endpoint\":\"DE136695976\","
	    "\"endpoint_scheme\":\"9930\"},\"buyer_reference\":\"B1\","
	    "\"buyer\":{\"endpoint\":\"ATU13585627\","
	    "\"endpoint_scheme\":\"9914\"}}";
	bool network = g_str_has_prefix(change, "@peppol ");
	json_t *document = base_document();
	json_t *first = network ? json_loads(peppol, 0, NULL) : NULL;
	json_t *over = json_loads(change + (network ? strlen("@peppol ") : 0),
	    0, &error);
	json_t *line;

	merge(document, first);
	json_decref(first);
	if (!over)
		g_error("%s: %s", change, error.text);
	line = json_incref(json_object_get(over, "line"));
	json_object_del(over, "line");
	merge(document, over);
	if (line)
		merge(json_array_get(json_object_get(document, "lines"), 0),
		    line);
	json_decref(line);
	json_decref(over);
	return document;
}

static bool
is_good(const struct sentence_row *row)
{
	return strcmp(row->begins, "-") == 0;
}

static void
test_sentence(gconstpointer data)
{
	const struct sentence_row *row = data;
	json_t *document = changed_document(row->change);
	g_autofree char *why = document_complete(document);
	char *text = why ? NULL : json_dumps(document, JSON_COMPACT);

	if (is_good(row) ? text && strstr(text, row->holds)
	    : why && g_str_has_prefix(why, row->begins) &&
	    strstr(why, row->holds)) {
		g_assert_true(text || why);
	} else {
		g_test_message("%s\n# %s", row->change, why ? why : text);
		g_test_fail();
	}
	free(text);
	json_decref(document);
}

/* What is complete stays as it is, whatever is computed again. */
static void
test_again(gconstpointer data)
{
	const struct sentence_row *row = data;
	json_t *document = changed_document(row->change);
	g_autofree char *why = document_complete(document);
	char *once = json_dumps(document, JSON_COMPACT);
	g_autofree char *again = document_complete(document);
	char *twice = json_dumps(document, JSON_COMPACT);

	g_assert_cmpstr(why, ==, NULL);
	g_assert_cmpstr(again, ==, NULL);
	g_assert_cmpstr(once, ==, twice);
	free(once);
	free(twice);
	json_decref(document);
}

/* ---- from outside ----------------------------------------------------------------- */

static void
test_invoice(void)
{
	json_t *document = changed_document("{\"po\":\"PO-7\",\"prepaid\":"
	    "\"19\",\"discounts\":[{\"percent\":\"2.5\",\"days\":\"7\"}],"
	    "\"payment\":{\"reference\":\"RF18539007547034\"},"
	    "\"type\":\"deposit\"}");
	g_autofree char *why = document_complete(document);
	struct invoice *invoice = g_new0(struct invoice, 1);

	g_assert_cmpstr(why, ==, NULL);
	g_assert_true(document_to_invoice(document, invoice));
	g_assert_cmpint(invoice->type, ==, INVOICE_DEPOSIT);
	g_assert_cmpint(invoice->amount, ==, 11900);
	g_assert_cmpint(invoice->tax, ==, 1900);
	g_assert_cmpint(invoice->opening, ==, 10000);
	g_assert_cmpint(invoice->open, ==, 10000);
	g_assert_cmpstr(invoice->po, ==, "PO-7");
	g_assert_cmpstr(invoice->reference, ==, "RF18539007547034");
	g_assert_cmpint(invoice->discount_bp, ==, 250);
	g_assert_cmpstr(invoice->discount_until, ==, "2026-12-01");
	g_assert_cmpstr(document_text(document, "lines[0].unit"), ==, "HUR");
	g_assert_cmpstr(document_text(document, "lines[0].unit_text"), ==,
	    "h");
	g_assert_cmpstr(document_text(document, "buyer.address.city"), ==,
	    "Wien");
	g_assert_cmpstr(document_text(document, "buyer.address.x"), ==, NULL);
	g_assert_cmpstr(document_type_code(document), ==, "386");
	invoice_free(invoice);
	json_decref(document);
}

static const struct unit_row {
	const char *text, *code;
} units[] = {
	{"h", "HUR"}, {"Std.", "HUR"}, {"hours", "HUR"}, {"HUR", "HUR"},
	{"Stück", "H87"}, {"STÜCK", "H87"}, {"шт", "H87"}, {"шт.", "H87"},
	{"ud", "C62"}, {"day", "DAY"}, {"Tage", "DAY"}, {"días", "DAY"},
	{"pauschal", "LS"}, {"forfait", "LS"}, {"kg", "KGM"}, {"m²", "MTK"},
	{"mois", "MON"}, {"quarter", "QAN"}, {"XPP", "XPP"},
	{"working days", "E49"}, {"furlongish", NULL}, {"", NULL},
	{"час", "HUR"}, {"uren", "HUR"}, {"ore", "HUR"}, {"горы", NULL},
};

static void
test_unit(gconstpointer data)
{
	const struct unit_row *row = data;

	g_assert_cmpstr(unit_code(row->text), ==, row->code);
}

static void
test_reasons(void)
{
	static const char *const languages[] = {"en", "es", "ru", "de", "fr",
		"nl", "pt", "it"};
	static const char *const keys[] = {"E", "AE", "K", "G", "O",
		"allowance", "charge", "withholding", "VATEX-EU-132-1A",
		"VATEX-EU-D", "VATEX-EU-F", "VATEX-EU-I", "VATEX-EU-J"};

	for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
		g_autofree char *english = reason_words(keys[k], "en");

		for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
			g_autofree char *words = reason_words(keys[k],
			    languages[i]);

			g_assert_nonnull(words);
			g_assert_true(i == 0 || strcmp(words, english) != 0);
		}
	}
}

/* The lists are whole: as many as EN 16931 admits. */
static void
test_lists(void)
{
	static const struct {
		enum code_list list;
		const char *codes;
	} rows[] = {
		{CODES_UNIT, "C62 HUR DAY MON KGM XPP XPK LS E48 H87 10 2Z"},
		{CODES_COUNTRY, "DE XI 1A GR CH"},
		{CODES_EAS, "0088 0204 9930 EM 9959"},
		{CODES_ICD, "0002 0088 0160 0208"},
		{CODES_TYPE, "380 381 384 386 326"},
		{CODES_MEANS, "58 30 48 59 ZZZ"},
		{CODES_ALLOWANCE, "95 100 104"}, {CODES_CHARGE, "FC PC ZZZ"},
		{CODES_SUBJECT, "AAI REG SUR"}, {CODES_TAX_POINT, "3 35 432"},
		{CODES_VATEX, "VATEX-EU-AE VATEX-EU-132-1Q"},
		{CODES_CATEGORY, "S Z E AE K G O L M B"},
		{CODES_CLASS, "STI TST CV"}, {CODES_REFERENCE, "AAA ABT"},
		{CODES_MIME, "application/pdf text/csv"},
	};

	g_assert_true(G_N_ELEMENTS(rows) == CODE_LISTS);
	for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
		g_auto(GStrv) codes = g_strsplit(rows[r].codes, " ", -1);

		for (char **code = codes; *code; code++) {
			const char *name = code_name(rows[r].list, *code);

			if (!name)
				g_test_message("%s", *code);
			g_assert_nonnull(name);
			g_assert_true(*name != 0);
		}
		g_assert_null(code_name(rows[r].list, "no code"));
	}
}

int
main(int argc, char **argv)
{
	GPtrArray *rows;

	if (argc == 2 && strcmp(argv[1], "--documents") == 0)
		return complete_lines();
	if (argc == 2 && strcmp(argv[1], "--tax-ids") == 0)
		return check_ids();
	g_test_init(&argc, &argv, NULL);
	rows = read_rows();
	for (guint i = 0; i < rows->len; i++) {
		const struct sentence_row *row = rows->pdata[i];
		g_autofree char *path = g_strdup_printf("/document/%03u %s",
		    i, row->change);
		g_autofree char *again = g_strdup_printf("/again/%03u", i);

		g_strdelimit(path + strlen("/document/"), "/", '|');
		g_test_add_data_func(path, row, test_sentence);
		if (is_good(row))
			g_test_add_data_func(again, row, test_again);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		g_autofree char *path = g_strdup_printf("/unit/%zu", i);

		g_test_add_data_func(path, &units[i], test_unit);
	}
	g_test_add_func("/document to invoice", test_invoice);
	g_test_add_func("/reasons in all languages", test_reasons);
	g_test_add_func("/lists", test_lists);
	return g_test_run();
}
