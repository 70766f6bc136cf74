/*
 * period_words.c - words that are months, and words that say what the number
 * beside them is: a quarter, a week, the day of an invoice. Compared folded,
 * as heard in Latin letters ("Oktyabr", "Maerz"), and months of some length
 * with another ending. Pure.
 */
#include "names.h"
#include "period.h"

#include <string.h>

#define MONTHS 12
#define STEM 6			/* characters that endings may follow */
#define ENDING 2		/* … so many, here and in the table */
#define BRIEF_MIN 3		/* characters of an abbreviation */
#define FULL_BIT (1U << MONTHS)

/* Written as in their languages. */
static const struct {
	unsigned kinds;
	const char *words;
} lists[] = {
    {PERIOD_QUARTER,
	"q quarter qtr quartal quartals quartier trimestre trim trimester "
	"kwartaal kvartal kvartalet kwartał kwartału čtvrtletí štvrťrok "
	"negyedév negyedéves ceturksnis ketvirtis kvartaali neljännes "
	"vuosineljännes квартал кварталу квартала тримесечие "
	"τρίμηνο çeyrek tromjesečje četrtletje fjórðungur ársfjórðungur"},
    {PERIOD_HALF,
	"h half semestre semester sem halbjahr halfjaar półrocze polrocze "
	"pololetí polrok félév полугодие півріччя εξάμηνο halvår halvaar "
	"polugodište polletje yarıyıl"},
    {PERIOD_WEEK,
	"kw kalenderwoche woche w wk week weeknr semaine semana settimana sett "
	"vecka veckan uge ugen uke uken viikko vko týden týždeň tydzień tyg "
	"hét nädal nedēļa savaitė неделя неделю тиждень седмица εβδομάδα "
	"hafta tjedan teden săptămâna vika"},
    {PERIOD_MONTH,
	"month mth monat maand mois mes mês mese lună luna luni månad måned "
	"mnd kuu kuukausi miesiąc mies měsíc měs mesiac mesec mjesec hónap "
	"hó mėn mėnuo mēnesis месяц мес місяць μήνας μήνα ay ayı mánuður "
	"tháng 月 月分 月份 월 월분"},
    {PERIOD_DATED,
	"dated date dtd dd d dat datiert datum dato daterad dateret datert datado "
	"datada fecha data datato emessa emise émise émis emitida dátum kelt "
	"keltezés pvm päivätty päiväys kuupäev kuup dags dagsett tarih "
	"tarihli dnia dnia dne dňa dne dna den datums izrakstīts дата від "
	"датированный ημερομηνία ημ ημνια rechnungsdatum factuurdatum "
	"fakturadatum fakturadato invoicedate laskupäivä"},
    {PERIOD_ORDINAL, "st nd rd th er re e ere ème eme o a os as tes ter te "
	"de ten го е ое η ης 日 일 . "},
    {PERIOD_OF, "of de d di del do da den i la the le på года г р 年 년 "
	"roku rok гг"},
    {PERIOD_NEVER,
	"birthday bday born geburtstag geb geboren né née naissance "
	"anniversaire cumpleaños nacimiento compleanno nato nata aniversário "
	"verjaardag födelsedag fødselsdag syntymäpäivä urodziny narozeniny "
	"születésnap рождения valuta wertstellung value lieferdatum "
	"leistungsdatum delivered geliefert travel reise voyage viaje trip "
	"hotel checkin checkout arrival flight flug vol vuelo volo lot"},
};

struct tables {
	GHashTable *words;	/* → kinds */
	GHashTable *months;	/* → months, FULL_BIT */
	GHashTable *stems;	/* of full months, at least STEM characters */
};

static void
add(GHashTable *table, const char *key, unsigned bits)
{
	unsigned had = GPOINTER_TO_UINT(g_hash_table_lookup(table, key));

	if (*key)
		g_hash_table_replace(table, g_strdup(key),
		    GUINT_TO_POINTER(had | bits));
}

/* Its beginnings, each followed by ENDING characters or fewer. */
static void
add_stems(GHashTable *table, const char *key, unsigned bits)
{
	glong n = g_utf8_strlen(key, -1);

	for (glong cut = 0; cut <= ENDING && n - cut >= STEM; cut++) {
		g_autofree char *stem = g_utf8_substring(key, 0, n - cut);

		add(table, stem, bits);
	}
}

static void
add_month(struct tables *tables, const char *word, unsigned bits)
{
	g_autofree char *folded = token_fold(word);

	/* "мау" is no "MAY", though it looks like it */
	if (!translit_needed(word) || !g_str_is_ascii(folded)) {
		add(tables->months, folded, bits);
		if (bits & FULL_BIT)
			add_stems(tables->stems, folded, bits);
	}
	for (int scheme = 0; scheme < NAME_SPELLINGS; scheme++) {
		g_autoptr(GString) latin = g_string_new(NULL);

		translit_word(word, scheme, latin);
		translit_same(latin);
		if (latin->len < BRIEF_MIN)
			continue;
		add(tables->months, latin->str, bits);
		if (bits & FULL_BIT)
			add_stems(tables->stems, latin->str, bits);
	}
}

static void
add_months(struct tables *tables, const char *list, unsigned bits)
{
	g_auto(GStrv) months = g_strsplit(list ? list : "", ",", -1);

	for (guint m = 0; m < MONTHS && months[m]; m++) {
		g_auto(GStrv) forms = g_strsplit(months[m], " ", -1);

		for (char **form = forms; *form; form++)
			if (g_utf8_strlen(*form, -1) >= BRIEF_MIN ||
			    (bits & FULL_BIT))
				add_month(tables, *form, bits | 1U << m);
	}
}

static GHashTable *
new_table(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void *
learn_all(void *unused)
{
	static struct tables tables;

	(void)unused;
	tables.words = new_table();
	tables.months = new_table();
	tables.stems = new_table();
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_auto(GStrv) words = g_strsplit(lists[i].words, " ", -1);

		for (char **word = words; *word; word++) {
			g_autofree char *folded = token_fold(*word);

			add(tables.words, folded, lists[i].kinds);
		}
	}
	for (const struct month_row *row = period_months; row->language; row++) {
		add_months(&tables, row->full, FULL_BIT);
		add_months(&tables, row->brief, 0);
	}
	return &tables;
}

static const struct tables *
tables_get(void)
{
	static GOnce once = G_ONCE_INIT;

	g_once(&once, learn_all, NULL);
	return once.retval;
}

unsigned
period_word(const char *folded)
{
	return GPOINTER_TO_UINT(
	    g_hash_table_lookup(tables_get()->words, folded));
}

static unsigned
look_up(GHashTable *table, const char *key)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(table, key));
}

/* With another ending: "Oktobers", "v říjnu". */
static unsigned
by_stem(const char *key)
{
	glong n = g_utf8_strlen(key, -1);

	for (glong cut = 0; cut <= ENDING && n - cut >= STEM; cut++) {
		g_autofree char *stem = g_utf8_substring(key, 0, n - cut);
		unsigned bits = look_up(tables_get()->stems, stem);

		if (bits)
			return bits;
	}
	return 0;
}

unsigned
period_month(const char *folded, bool *full)
{
	const struct tables *tables = tables_get();
	g_autoptr(GString) latin = NULL;
	unsigned bits = look_up(tables->months, folded);

	if (!bits && g_str_is_ascii(folded)) {
		latin = g_string_new(folded);
		translit_same(latin);
		bits = look_up(tables->months, latin->str);
	}
	if (!bits)
		bits = by_stem(folded);
	if (!bits && latin)
		bits = by_stem(latin->str);
	*full = bits & FULL_BIT;
	return bits & (FULL_BIT - 1);
}
