/*
 * csvpropose.c - a mapping for a table that none knows: what its columns may
 * mean, by the words of bank mails in many languages and by what stands in
 * them. It is a draft for a person: nothing is read by it until it is saved.
 */
#include "csvpropose.h"
#include "../labels.h"
#include "csv.h"
#include "extract.h"

#include <string.h>

#define LINES 40		/* where the header is looked for */
#define ROWS 200		/* that are looked at */

struct guess {
	int column;		/* enum csv_column, or -1 */
	unsigned days, amounts, accounts, texts;
	bool constant;
	const char *currency;	/* that the header's cell names, static */
};

struct table {
	GPtrArray *rows;	/* GPtrArray of char *; the first is the header */
	char delimiter;
	struct guess *guesses;
	guint count;
	const struct labels *labels;
	const struct labels_language *language;	/* of the header */
	bool dmy, mdy, ymd;	/* the orders that all days can have */
	char decimal;
};

/* ---- words ------------------------------------------------------------------ */

static int
column_of(enum labels_key key)
{
	static const int columns[LABELS_LABELS] = {
		[LABEL_AMOUNT] = CSV_AMOUNT,
		[LABEL_CREDIT_AMOUNT] = CSV_CREDIT,
		[LABEL_DEBIT_AMOUNT] = CSV_DEBIT, [LABEL_UNIT] = CSV_CURRENCY,
		[LABEL_PAYER] = CSV_PAYER, [LABEL_PAYEE] = CSV_PAYER,
		[LABEL_COUNTERPARTY] = CSV_PAYER,
		[LABEL_PAYER_ACCOUNT] = CSV_PAYER_ACCOUNT,
		[LABEL_PAYEE_ACCOUNT] = CSV_PAYER_ACCOUNT,
		[LABEL_COUNTER_ACCOUNT] = CSV_PAYER_ACCOUNT,
		[LABEL_ACCOUNT] = CSV_ACCOUNT,
		[LABEL_REFERENCE] = CSV_REFERENCE,
		[LABEL_REMITTANCE] = CSV_REMITTANCE,
		[LABEL_BANK_REFERENCE] = CSV_BANK_REFERENCE,
		[LABEL_END_TO_END] = CSV_END_TO_END_ID,
		[LABEL_VARIABLE_SYMBOL] = CSV_VARIABLE_SYMBOL,
		[LABEL_CONSTANT_SYMBOL] = CSV_CONSTANT_SYMBOL,
		[LABEL_SPECIFIC_SYMBOL] = CSV_SPECIFIC_SYMBOL,
		[LABEL_BOOKED] = CSV_BOOKED, [LABEL_VALUE] = CSV_VALUE,
		[LABEL_TYPE] = CSV_TYPE, [LABEL_BALANCE] = CSV_BALANCE,
		[LABEL_FEE] = CSV_FEE,
	};

	return key < LABELS_LABELS && key != LABEL_LIMIT && key != LABEL_TAX &&
	    key != LABEL_CARD && key != LABEL_OTHER ? columns[key] : -1;
}

/* What the words of a header's cell are, from the first on; a currency in it
 * is noted. */
static void
read_name(struct table *table, const char *cell, struct guess *guess)
{
	struct lex_token token;
	unsigned node = LABELS_ROOT;
	uint32_t at = 0;

	guess->column = -1;
	for (lex_next(cell, &at, &token); token.kind != LEX_END;
	    lex_next(cell, &at, &token)) {
		g_autofree char *upper = NULL;
		unsigned word;

		if (token.length == 0)
			continue;
		upper = g_utf8_strup(token.folded, token.length);
		if (money_digits(upper) >= 0)
			guess->currency = g_intern_string(upper);
		word = labels_word(table->labels, token.folded, token.length);
		node = word && node ? labels_step(table->labels, node, word) : 0;
		for (const struct labels_entry *entry = node ?
		    labels_first(table->labels, node) : NULL; entry;
		    entry = labels_next(table->labels, entry)) {
			int column = column_of((enum labels_key)entry->key);

			if (column < 0)
				continue;
			guess->column = column;
			table->language = labels_language(table->labels,
			    entry->language);
		}
	}
}

/* ---- what stands in the columns --------------------------------------------- */

static void
look_at_day(struct table *table, const char *text)
{
	int a = 0, b = 0, used = 0;

	if (sscanf(text, "%d%*1[./-]%d%n", &a, &b, &used) < 2)
		return;
	table->ymd &= a > 31;
	table->dmy &= a <= 31 && b <= 12;
	table->mdy &= a <= 12 && b <= 31;
}

static bool
is_day(const char *text)
{
	static const struct csvmap orders[] = {
	    {.day = {ORDER_DMY, "en"}}, {.day = {ORDER_YMD, "en"}},
	    {.day = {ORDER_MDY, "en"}}};
	char day[DAY_SIZE];

	for (size_t i = 0; i < G_N_ELEMENTS(orders); i++)
		if (csv_day(&orders[i], text, day))
			return true;
	return false;
}

/* "1.234,56": the last mark, with one or two figures behind it. */
static bool
is_amount(struct table *table, const char *text)
{
	const char *mark = strrchr(text, ','), *point = strrchr(text, '.');
	size_t figures;

	if (strspn(text, "0123456789.,' +-\u00a0\u202f") != strlen(text) ||
	    !text[strcspn(text, "0123456789")])
		return false;
	if (!mark || (point && point > mark))
		mark = point;
	figures = mark ? strspn(mark + 1, "0123456789") : 0;
	if (figures == 1 || figures == 2)
		table->decimal = *mark;
	return mark != NULL || strspn(text, "+-") > 0;
}

static bool
is_account(const char *text)
{
	size_t length = strlen(text);

	return length >= 15 && length <= 34 && g_ascii_isupper(text[0]) &&
	    g_ascii_isupper(text[1]) && g_ascii_isdigit(text[2]) &&
	    g_ascii_isdigit(text[3]);
}

static void
look_at_columns(struct table *table)
{
	for (guint i = 0; i < table->count; i++) {
		struct guess *guess = &table->guesses[i];
		const char *first = NULL;

		guess->constant = true;
		for (guint r = 1; r < table->rows->len; r++) {
			const GPtrArray *cells = table->rows->pdata[r];
			const char *text = i < cells->len ?
			    cells->pdata[i] : "";

			if (!*text)
				continue;
			guess->constant &= !first || strcmp(first, text) == 0;
			first = text;
			guess->texts++;
			guess->days += is_day(text);
			guess->accounts += is_account(text);
			guess->amounts += is_amount(table, text);
			if (is_day(text))
				look_at_day(table, text);
		}
	}
}

static bool
has(const struct table *table, int column)
{
	for (guint i = 0; i < table->count; i++)
		if (table->guesses[i].column == column)
			return true;
	return false;
}

/* Columns whose names say nothing, by what is in them. */
static void
guess_rest(struct table *table)
{
	for (guint i = 0; i < table->count; i++) {
		struct guess *g = &table->guesses[i];

		if (g->column >= 0 || g->texts == 0)
			continue;
		if (g->days == g->texts)
			g->column = !has(table, CSV_BOOKED) ? CSV_BOOKED :
			    !has(table, CSV_VALUE) ? CSV_VALUE : -1;
		else if (g->accounts == g->texts)
			g->column = g->constant && !has(table, CSV_ACCOUNT) ?
			    CSV_ACCOUNT : !has(table, CSV_PAYER_ACCOUNT) ?
			    CSV_PAYER_ACCOUNT : -1;
		else if (g->amounts == g->texts && !has(table, CSV_AMOUNT) &&
		    !has(table, CSV_CREDIT))
			g->column = CSV_AMOUNT;
	}
	if (has(table, CSV_BOOKED) || !has(table, CSV_VALUE))
		return;
	for (guint i = 0; i < table->count; i++)
		if (table->guesses[i].column == CSV_VALUE)
			table->guesses[i].column = CSV_BOOKED;
}

/* ---- the table -------------------------------------------------------------- */

static void
free_cells(gpointer cells)
{
	g_ptr_array_unref(cells);
}

static GPtrArray *
split(const char *line, char delimiter)
{
	GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);

	csv_split(line, delimiter, cells);
	return cells;
}

/* How many of its cells have a name that says what they are. */
static unsigned
count_names(struct table *table, const GPtrArray *cells)
{
	unsigned known = 0;

	for (guint i = 0; i < cells->len; i++) {
		struct guess guess = {0};

		read_name(table, cells->pdata[i], &guess);
		known += guess.column >= 0;
	}
	return known;
}

static bool
find_header(struct table *table, char **lines, guint *at)
{
	unsigned most = 1;

	for (guint i = 0; lines[i] && i < LINES; i++)
		for (const char *mark = ";\t|,"; *mark; mark++) {
			g_autoptr(GPtrArray) cells = split(lines[i], *mark);
			unsigned known = cells->len < 3 ? 0 :
			    count_names(table, cells);

			if (known <= most)
				continue;
			most = known;
			table->delimiter = *mark;
			*at = i;
		}
	return most >= 2;
}

static bool
read_table(struct table *table, char **lines)
{
	const GPtrArray *header;
	guint at = 0;

	if (!find_header(table, lines, &at))
		return false;
	for (guint i = at; lines[i] && table->rows->len < ROWS; i++)
		g_ptr_array_add(table->rows, split(lines[i],
		    table->delimiter));
	header = table->rows->pdata[0];
	table->count = header->len;
	table->guesses = g_new0(struct guess, table->count);
	table->dmy = table->mdy = table->ymd = true;
	for (guint i = 0; i < table->count; i++)
		read_name(table, header->pdata[i], &table->guesses[i]);
	look_at_columns(table);
	guess_rest(table);
	return has(table, CSV_BOOKED) && (has(table, CSV_AMOUNT) ||
	    (has(table, CSV_CREDIT) && has(table, CSV_DEBIT)));
}

/* ---- the draft -------------------------------------------------------------- */

static void
write_habits(const struct table *table, GString *out)
{
	unsigned dates = table->language ? table->language->dates : 0;
	bool month_first = table->mdy && (!table->dmy || dates == DATES_MDY);
	char decimal = table->decimal ? table->decimal : '.';
	const char *currency = NULL;

	for (guint i = 0; i < table->count && !currency; i++)
		currency = table->guesses[i].currency;
	g_string_append_printf(out, "delimiter %s\n", table->delimiter == '\t' ?
	    "tab" : (char[]){table->delimiter, '\0'});
	g_string_append_printf(out, "decimal   %c\n", decimal);
	g_string_append_printf(out, "grouping  %s\n", decimal == ',' ?
	    ". space" : ", space '");
	if (table->dmy && table->mdy && !table->ymd)
		g_string_append(out, "# Days and months cannot be told apart "
		    "here: check this line.\n");
	g_string_append_printf(out, "dates     %s\n", table->ymd ? "ymd" :
	    month_first ? "mdy" : "dmy");
	if (!has(table, CSV_CURRENCY))
		g_string_append_printf(out, "%scurrency  %s\n", currency ? "" :
		    "# The table does not say it: which currency is it?\n",
		    currency ? currency : "EUR");
}

static void
write_columns(const struct table *table, GString *out)
{
	const GPtrArray *header = table->rows->pdata[0];
	bool seen[CSV_COLUMNS] = {false};

	for (guint i = 0; i < table->count; i++) {
		int column = table->guesses[i].column;
		const char *name = header->pdata[i];

		if (column >= 0 && *name && (!seen[column] ||
		    column == CSV_REMITTANCE))
			g_string_append_printf(out, "column    %s %s\n",
			    csvmap_column_name((enum csv_column)column), name);
		else if (*name)
			g_string_append_printf(out, "# not used: %s\n", name);
		if (column >= 0)
			seen[column] = true;
	}
}

/* The draft if the text is in this charset, and how many of its columns have
 * a name that says what they are. */
static char *
propose(const char *utf8, const char *charset, const struct labels *labels,
    unsigned *known)
{
	g_autofree char *text = g_strdelimit(g_strdup(utf8), "\r", '\n');
	g_auto(GStrv) lines = g_strsplit(text, "\n", LINES + ROWS);
	struct table table = {.labels = labels,
	    .rows = g_ptr_array_new_with_free_func(free_cells)};
	GString *out = NULL;

	*known = 0;
	if (read_table(&table, lines)) {
		*known = count_names(&table, table.rows->pdata[0]);
		out = g_string_new("# What the columns mean: look at each line "
		    "before you use it.\n");
		if (charset)
			g_string_append_printf(out, "charset   %s\n", charset);
		write_habits(&table, out);
		write_columns(&table, out);
	}
	g_ptr_array_unref(table.rows);
	g_free(table.guesses);
	return out ? g_string_free(out, FALSE) : NULL;
}

char *
csv_propose(const char *text, size_t length, const struct labels *labels)
{
	static const char *const charsets[] = {"WINDOWS-1252", "WINDOWS-1250",
	    "WINDOWS-1251"};
	bool utf8 = g_utf8_validate(text, (gssize)length, NULL);
	unsigned most = 0;
	char *best = NULL;

	for (size_t i = 0; i < (utf8 ? 1 : G_N_ELEMENTS(charsets)); i++) {
		g_autofree char *plain = charset_decode(text, length,
		    utf8 ? "UTF-8" : charsets[i]);
		unsigned known;
		char *draft = propose(g_str_has_prefix(plain, "\xef\xbb\xbf") ?
		    plain + 3 : plain, utf8 ? NULL : charsets[i], labels,
		    &known);

		if (draft && known > most) {
			g_free(best);
			best = g_steal_pointer(&draft);
			most = known;
		}
		g_free(draft);
	}
	return best;
}
