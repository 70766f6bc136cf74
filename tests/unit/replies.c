/*
 * replies.c - what customers write, in eight languages: every row of
 * tests/replies/LANG.rows ("INTENT [DAY] | TEXT", written on Sunday, 22
 * November 2026) and a matrix of how they were understood. With names of files
 * it prints the matrix of those alone.
 */
#include <string.h>

#include "../../parser/parser.h"
#include "../../parser/words.h"

#define TODAY "2026-11-22"

static struct words *words;

struct row {
	char *name, *file, *intent, *day, *text;
};

static const char *const intents[] = {"paid-claim", "promise", "dispute",
    "instalments", "stop", "copy", "statement", "other"};
#define INTENTS G_N_ELEMENTS(intents)

static size_t
index_of(const char *intent)
{
	for (size_t i = 0; i < INTENTS; i++)
		if (strcmp(intents[i], intent) == 0)
			return i;
	g_error("no intent: %s", intent);
}

/* ---- rows --------------------------------------------------------------------- */

static void
free_row(gpointer data)
{
	struct row *row = data;

	g_free(row->name);
	g_free(row->file);
	g_free(row->intent);
	g_free(row->day);
	g_free(row->text);
	g_free(row);
}

static struct row *
read_row(const char *line, const char *path, unsigned number)
{
	const char *bar = strstr(line, " | ");
	g_autofree char *head = bar ? g_strndup(line, (gsize)(bar - line)) :
	    NULL;
	g_auto(GStrv) parts = head ? g_strsplit(head, " ", -1) : NULL;
	g_autofree char *base = g_path_get_basename(path);
	struct row *row;

	if (!bar || *line == '#')
		return NULL;
	row = g_new0(struct row, 1);
	row->file = g_strdup(base);
	row->name = g_strdup_printf("/replies/%s/%u", base, number);
	row->intent = g_strdup(parts[0]);
	row->day = g_strdup(parts[1]);
	row->text = g_strcompress(bar + 3);
	return row;
}

static GPtrArray *
read_rows(const char *path)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		g_error("cannot read %s", path);
	lines = g_strsplit(text, "\n", -1);
	for (unsigned i = 0; lines[i]; i++) {
		struct row *row = read_row(lines[i], path, i + 1);

		if (row)
			g_ptr_array_add(rows, row);
	}
	return rows;
}

static void
test_row(gconstpointer data)
{
	const struct row *row = data;
	struct meaning meaning;
	char day[DAY_SIZE] = "";

	words_read(words, row->text, day_number(TODAY), &meaning);
	g_test_message("%s: %s", row->text, meaning.intents);
	g_assert_cmpstr(meaning.intent, ==, row->intent);
	if (row->day) {
		int32_t number = strcmp(row->intent, "paid-claim") == 0 ?
		    meaning.paid_on : meaning.until;

		if (number != G_MININT32)
			day_text(number, day);
		g_assert_cmpstr(day, ==, row->day);
	}
	meaning_clear(&meaning);
}

/* ---- what is cut off ------------------------------------------------------------ */

static const struct quoting {
	const char *name, *text;
} quotings[] = {
    {"gmail", "We paid.\n\nOn Fri, 20 Nov 2026 at 10:00, Eva <e@clerk.example> "
	"wrote:\n\n> Please pay.\n"},
    {"gmail-broken", "We paid.\n\nOn Fri, 20 Nov 2026 at 10:00, Eva\n"
	"<e@clerk.example> wrote:\n> Please pay.\n"},
    {"gmail-de", "We paid.\n\nAm Fr., 20. Nov. 2026 um 10:00 Uhr schrieb Eva "
	"<e@clerk.example>:\n> Bitte zahlen.\n"},
    {"gmail-es", "We paid.\n\nEl vie, 20 nov 2026 a las 10:00, Eva "
	"(<e@clerk.example>) escribi\u00f3:\n> Pague.\n"},
    {"gmail-fr", "We paid.\n\nLe ven. 20 nov. 2026 \u00e0 10:00, Eva "
	"<e@clerk.example> a\n\u00e9crit :\n> Payez.\n"},
    {"gmail-ru", "We paid.\n\n\u043f\u0442, 20 \u043d\u043e\u044f\u0431. "
	"2026 \u0433. \u0432 10:00, Eva <e@clerk.example>:\n> x\n"},
    {"gmail-nl", "We paid.\n\nOp vr 20 nov 2026 om 10:00 schreef Eva "
	"<e@clerk.example>:\n> Betaal.\n"},
    {"gmail-it", "We paid.\n\nIl giorno ven 20 nov 2026 alle ore 10:00 Eva "
	"<e@clerk.example> ha\nscritto:\n> Pagate.\n"},
    {"gmail-pt", "We paid.\n\nEm sex., 20 de nov. de 2026 \u00e0s 10:00, Eva "
	"<e@clerk.example> escreveu:\n> Pague.\n"},
    {"outlook-en", "We paid.\n\nFrom: Eva <e@clerk.example>\nSent: Friday\n"
	"To: Ann\nSubject: Invoice\n\nPlease pay.\n"},
    {"outlook-de", "We paid.\n\nVon: Eva\nGesendet: Freitag\nAn: Ann\n"
	"Betreff: Rechnung\n\nBitte zahlen.\n"},
    {"outlook-fr", "We paid.\n\nDe : Eva\nEnvoy\u00e9 : vendredi\n\u00c0 : Ann\n"
	"Objet : Facture\n\nPayez.\n"},
    {"outlook-es", "We paid.\n\nDe: Eva\nEnviado el: viernes\nPara: Ann\n"
	"Asunto: Factura\n\nPague.\n"},
    {"outlook-it", "We paid.\n\nDa: Eva\nInviato: venerd\u00ec\nA: Ann\n"
	"Oggetto: Fattura\n\nPagate.\n"},
    {"outlook-nl", "We paid.\n\nVan: Eva\nVerzonden: vrijdag\nAan: Ann\n"
	"Onderwerp: Factuur\n\nBetaal.\n"},
    {"outlook-pt", "We paid.\n\nDe: Eva\nEnviado: sexta\nPara: Ann\n"
	"Assunto: Fatura\n\nPague.\n"},
    {"outlook-ru", "We paid.\n\n\u041e\u0442: Eva\n"
	"\u041a\u043e\u043c\u0443: Ann\n\u0422\u0435\u043c\u0430: x\n\ny\n"},
    {"outlook-stars", "We paid.\n\n*From:* Eva\n*Sent:* Friday\n*To:* Ann\n"
	"*Subject:* Invoice\n\nPlease pay.\n"},
    {"original", "We paid.\n\n-----Original Message-----\nFrom: Eva\nx\n"},
    {"original-de", "We paid.\n\n-----Urspr\u00fcngliche Nachricht-----\nx\n"},
    {"rule", "We paid.\n\n________________________________\nFrom: Eva\nx\n"},
    {"mobile", "We paid.\n\nSent from my iPhone\n"},
    {"mobile-de", "We paid.\n\nVon meinem iPhone gesendet\n\n> Am 20.11.2026 "
	"um 10:00 schrieb Eva <e@clerk.example>:\n>\n> Zahlen\n"},
    {"signature", "We paid.\n\n-- \nAnn\nDirector\n"},
    {"farewell", "We paid.\n\nKind regards,\nAnn\nAcme Ltd\nif paid, ignore\n"},
    {"below", "> Please pay.\n\nWe paid.\n"},
    {"notice", "We paid.\n\nThis e-mail is confidential and intended solely for "
	"the\nintended recipient. If you have paid for it in error, delete it "
	"at once.\n"},
};

static void
test_quoting(gconstpointer data)
{
	const struct quoting *quoting = data;
	g_autofree char *own = words_cut_quotes(words, quoting->text);

	g_assert_cmpstr(own, ==, "We paid.");
}

/* ---- automatic answers ------------------------------------------------------------ */

static const struct automatic {
	const char *text, *intent, *day;
} automatics[] = {
    {"I am out of the office until 30 November.", "out-of-office",
	"2026-11-30"},
    {"I'm on annual leave and will be back on Monday.", "out-of-office",
	"2026-11-23"},
    {"Ich bin vom 20.11. bis 04.12.2026 nicht im B\u00fcro.", "out-of-office",
	"2026-12-04"},
    {"Je suis absente jusqu'au 30 novembre.", "out-of-office", "2026-11-30"},
    {"Estoy de vacaciones hasta el 1 de diciembre.", "out-of-office",
	"2026-12-01"},
    {"Sono in ferie fino al 27 novembre.", "out-of-office", "2026-11-27"},
    {"Estou de f\u00e9rias at\u00e9 30 de novembro.", "out-of-office",
	"2026-11-30"},
    {"Ik ben afwezig tot 30 november.", "out-of-office", "2026-11-30"},
    {"\u042f \u0432 \u043e\u0442\u043f\u0443\u0441\u043a\u0435 \u0434\u043e "
	"30 \u043d\u043e\u044f\u0431\u0440\u044f.", "out-of-office",
	"2026-11-30"},
    {"Ann no longer works for our company. Please write to b@x.example.",
	"left", NULL},
    {"Ich bin nicht mehr f\u00fcr das Unternehmen t\u00e4tig.", "left", NULL},
    {"Je ne travaille plus dans cette entreprise.", "left", NULL},
    {"Thank you for contacting us. Your ticket 4711 has been created.",
	"ticket", NULL},
    {"Vielen Dank f\u00fcr Ihre Nachricht. Wir melden uns.", "ticket", NULL},
    {"Hemos recibido su mensaje y responderemos en breve.", "ticket", NULL},
};

static void
test_automatic(gconstpointer data)
{
	const struct automatic *automatic = data;
	struct meaning meaning;
	char day[DAY_SIZE] = "";

	words_read_automatic(words, automatic->text, day_number(TODAY),
	    &meaning);
	if (meaning.until != G_MININT32)
		day_text(meaning.until, day);
	g_test_message("%s", automatic->text);
	g_assert_cmpstr(meaning.intent, ==, automatic->intent);
	g_assert_cmpstr(day, ==, automatic->day ? automatic->day : "");
	meaning_clear(&meaning);
}

static void
add_tables(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(quotings); i++) {
		g_autofree char *name =
		    g_strdup_printf("/quoting/%s", quotings[i].name);

		g_test_add_data_func(name, &quotings[i], test_quoting);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(automatics); i++) {
		g_autofree char *name = g_strdup_printf("/automatic/%zu", i);

		g_test_add_data_func(name, &automatics[i], test_automatic);
	}
}

/* ---- the matrix ---------------------------------------------------------------- */

/* Rows are what was meant, columns what was understood and sure. */
static void
print_matrix(GPtrArray *rows, const char *title, bool misses)
{
	unsigned count[INTENTS][INTENTS] = {{0}}, right = 0;

	for (guint i = 0; i < rows->len; i++) {
		const struct row *row = rows->pdata[i];
		struct meaning meaning;

		words_read(words, row->text, day_number(TODAY), &meaning);
		count[index_of(row->intent)][index_of(meaning.intent)]++;
		if (strcmp(row->intent, meaning.intent) == 0)
			right++;
		else if (misses)
			g_print("# %s is %s (%s, %s %s): %s\n", row->intent,
			    meaning.intent, meaning.certainty,
			    meaning.language, meaning.intents, row->text);
		meaning_clear(&meaning);
	}
	g_print("# %s: %u of %u\n#%12s", title, right, rows->len, "");
	for (size_t i = 0; i < INTENTS; i++)
		g_print(" %5.5s", intents[i]);
	g_print("\n");
	for (size_t i = 0; i < INTENTS; i++) {
		g_print("#%12s", intents[i]);
		for (size_t k = 0; k < INTENTS; k++)
			g_print(" %5u", count[i][k]);
		g_print("\n");
	}
}

int
main(int argc, char **argv)
{
	static const char *const dirs[] = {"parser/words", NULL};
	static const char *const languages[] = {"en", "es", "ru", "de", "fr",
	    "nl", "pt", "it", "others"};
	g_autoptr(GPtrArray) kept =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	int code;

	words = words_load(dirs, problems);
	for (guint i = 0; i < problems->len; i++)
		g_print("# %s\n", (char *)problems->pdata[i]);
	if (argc > 1 && *argv[1] != '-') {
		for (int i = 1; i < argc; i++) {
			g_autoptr(GPtrArray) rows = read_rows(argv[i]);

			print_matrix(rows, argv[i], true);
		}
		return 0;
	}
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
		g_autofree char *path = g_strdup_printf(
		    "tests/replies/%s.rows", languages[i]);
		GPtrArray *rows = read_rows(path);

		g_ptr_array_add(kept, rows);
		print_matrix(rows, languages[i], false);
		for (guint k = 0; k < rows->len; k++)
			g_test_add_data_func(((struct row *)
			    rows->pdata[k])->name, rows->pdata[k], test_row);
	}
	g_assert_cmpuint(problems->len, ==, 0);
	add_tables();
	code = g_test_run();
	words_free(words);
	return code;
}
