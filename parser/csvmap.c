/*
 * csvmap.c - reads NAME.csvmap: one "KEY VALUE" a line, "#" begins a comment.
 */
#include "csvmap.h"

#include <string.h>

static GPtrArray *maps;			/* struct csvmap */
static char *chosen_map, *chosen_account;

static const char *const columns[CSV_COLUMNS] = {
	"amount", "credit", "debit", "direction", "currency", "balance",
	"fee", "net", "status", "type", "account", "booked", "value", "payer",
	"payer-account", "remittance", "reference", "bank-reference",
	"end-to-end-id", "variable-symbol", "constant-symbol",
	"specific-symbol", "charges", "instructed-amount",
	"instructed-currency", "exchange-rate",
};

const char *
csvmap_column_name(enum csv_column column)
{
	return columns[column];
}

char *
csvmap_fold(const char *text)
{
	g_autofree char *folded = habits_fold(text, true);
	GString *out = g_string_new(NULL);
	bool blank = false;

	for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isspace(c) || c == 0xfeff) {
			blank = out->len > 0;
			continue;
		}
		if (blank)
			g_string_append_c(out, ' ');
		blank = false;
		g_string_append_unichar(out, c);
	}
	return g_string_free(out, FALSE);
}

static void
free_name(gpointer data)
{
	struct csv_name *name = data;

	g_free(name->folded);
	g_free(name);
}

static struct csvmap *
map_new(const char *name)
{
	struct csvmap *map = g_new0(struct csvmap, 1);
	GPtrArray **lists[] = {&map->credit, &map->debit, &map->booked,
	    &map->returned, &map->skipped};

	map->name = g_strdup(name);
	map->decimal = g_strdup(".");
	map->grouping = g_strdup("");
	map->day = (struct day_habit){ORDER_YMD, "en"};
	map->names = g_ptr_array_new_with_free_func(free_name);
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		*lists[i] = g_ptr_array_new_with_free_func(g_free);
	return map;
}

static void
map_free(gpointer data)
{
	struct csvmap *map = data;
	char *texts[] = {map->name, map->title, map->charset, map->currency,
	    map->account, map->decimal, map->grouping};
	GPtrArray *lists[] = {map->names, map->credit, map->debit,
	    map->booked, map->returned, map->skipped};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		g_ptr_array_unref(lists[i]);
	g_free(map);
}

/* ---- lines ------------------------------------------------------------------ */

static const char *
set_delimiter(struct csvmap *map, const char *value)
{
	if (strcmp(value, "tab") == 0)
		map->delimiter = '\t';
	else if (strlen(value) == 1 && strchr(",;|", *value))
		map->delimiter = *value;
	else
		return "a delimiter is one of , ; | tab";
	return NULL;
}

static const char *
set_dates(struct csvmap *map, const char *value)
{
	static const char *const orders[] = {"dmy", "mdy", "ymd"};

	for (int i = 0; i < 3; i++)
		if (strcmp(orders[i], value) == 0) {
			map->day.order = (enum day_order)i;
			return NULL;
		}
	return "dates are dmy, mdy or ymd";
}

static const char *
set_language(struct csvmap *map, const char *value)
{
	if (!habits_know_language(value))
		return "no months are known in this language";
	map->day.language = g_intern_string(value);
	return NULL;
}

static const char *
set_grouping(struct csvmap *map, const char *value)
{
	g_auto(GStrv) marks = g_strsplit(value, " ", -1);
	g_autoptr(GString) all = g_string_new(NULL);

	for (char **mark = marks; *mark; mark++)
		g_string_append(all, strcmp(*mark, "space") == 0 ? " " : *mark);
	g_free(map->grouping);
	map->grouping = g_strdup(all->str);
	return NULL;
}

static const char *
set_currency(struct csvmap *map, const char *value)
{
	if (money_digits(value) < 0)
		return "this is no ISO 4217 currency";
	g_free(map->currency);
	map->currency = g_strdup(value);
	return NULL;
}

/* "column WHAT NAME": the header's cell, or "#" and its number. */
static const char *
add_column(struct csvmap *map, const char *value, bool optional)
{
	size_t length = strcspn(value, " \t");
	const char *rest = value + length + strspn(value + length, " \t");
	struct csv_name *name;

	for (int i = 0; i < CSV_COLUMNS; i++) {
		if (strlen(columns[i]) != length ||
		    strncmp(columns[i], value, length) != 0)
			continue;
		if (!*rest)
			return "the column's name is missing";
		name = g_new0(struct csv_name, 1);
		name->column = (enum csv_column)i;
		name->optional = optional;
		if (*rest == '#' && g_ascii_isdigit(rest[1]))
			name->number = (unsigned)g_ascii_strtoull(rest + 1,
			    NULL, 10);
		else
			name->folded = csvmap_fold(rest);
		g_ptr_array_add(map->names, name);
		return NULL;
	}
	return "no such column: amount, credit, debit, direction, currency, "
	    "balance, booked, payer, remittance ...";
}

static const char *
set_column(struct csvmap *map, const char *value)
{
	return add_column(map, value, false);
}

static const char *
set_optional(struct csvmap *map, const char *value)
{
	return add_column(map, value, true);
}

static const char *
set_text(char **text, const char *value)
{
	g_free(*text);
	*text = g_strdup(value);
	return NULL;
}

static const char *
add_word(GPtrArray *words, const char *value)
{
	g_ptr_array_add(words, csvmap_fold(value));
	return NULL;
}

static const char *
set_flag(struct csvmap *map, const char *value)
{
	if (strcmp(value, "headerless") == 0)
		map->headerless = true;
	else if (strcmp(value, "reversed") == 0)
		map->reversed = true;
	else if (strcmp(value, "fee-apart") == 0)
		map->fee_apart = true;
	else
		return "an option is headerless, reversed or fee-apart";
	return NULL;
}

static const char *
set_key(struct csvmap *map, const char *key, const char *value)
{
	const struct {
		const char *key;
		const char *(*set)(struct csvmap *map, const char *value);
		char **text;
		GPtrArray *words;
	} keys[] = {
		{"title", NULL, &map->title, NULL},
		{"charset", NULL, &map->charset, NULL},
		{"account", NULL, &map->account, NULL},
		{"decimal", NULL, &map->decimal, NULL},
		{"delimiter", set_delimiter, NULL, NULL},
		{"grouping", set_grouping, NULL, NULL},
		{"dates", set_dates, NULL, NULL},
		{"language", set_language, NULL, NULL},
		{"currency", set_currency, NULL, NULL},
		{"column", set_column, NULL, NULL},
		{"column?", set_optional, NULL, NULL},
		{"option", set_flag, NULL, NULL},
		{"credit", NULL, NULL, map->credit},
		{"debit", NULL, NULL, map->debit},
		{"booked", NULL, NULL, map->booked},
		{"return", NULL, NULL, map->returned},
		{"skip", NULL, NULL, map->skipped},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		if (strcmp(keys[i].key, key) != 0)
			continue;
		return keys[i].set ? keys[i].set(map, value) : keys[i].text ?
		    set_text(keys[i].text, value) :
		    add_word(keys[i].words, value);
	}
	return "no such key";
}

/* ---- files ------------------------------------------------------------------ */

bool
csvmap_has(const struct csvmap *map, enum csv_column column)
{
	for (guint i = 0; i < map->names->len; i++)
		if (((struct csv_name *)map->names->pdata[i])->column == column)
			return true;
	return false;
}

static const char *
what_is_missing(const struct csvmap *map)
{
	if (!csvmap_has(map, CSV_AMOUNT) && !(csvmap_has(map, CSV_CREDIT) &&
	    csvmap_has(map, CSV_DEBIT)))
		return "there is no column amount (or credit and debit)";
	if (!csvmap_has(map, CSV_BOOKED) && !csvmap_has(map, CSV_VALUE))
		return "there is no column booked";
	if (!csvmap_has(map, CSV_CURRENCY) && !map->currency)
		return "there is neither a column currency nor a currency";
	return NULL;
}

static void
tell(GPtrArray *problems, const char *file, unsigned line, const char *why)
{
	if (problems)
		g_ptr_array_add(problems, line ? g_strdup_printf("%s:%u: %s",
		    file, line, why) : g_strdup_printf("%s: %s", file, why));
}

/* NULL when a line of it is wrong. */
static struct csvmap *
read_map(const char *name, const char *file, const char *text,
    GPtrArray *problems)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	struct csvmap *map = map_new(name);
	const char *why = NULL;

	for (unsigned i = 0; lines[i] && !why; i++) {
		char *line = g_strstrip(lines[i]);
		size_t length = strcspn(line, " \t");
		const char *value = line + length;

		if (!*line || *line == '#')
			continue;
		value += strspn(value, " \t");
		line[length] = '\0';
		why = *value ? set_key(map, line, value) :
		    "a key and a value are expected";
		if (why)
			tell(problems, file, i + 1, why);
	}
	if (!why && (why = what_is_missing(map)))
		tell(problems, file, 0, why);
	if (!why)
		return map;
	map_free(map);
	return NULL;
}

static bool
is_known(const char *name)
{
	for (guint i = 0; i < maps->len; i++)
		if (strcmp(((struct csvmap *)maps->pdata[i])->name, name) == 0)
			return true;
	return false;
}

static void
load_file(const char *dir, const char *entry, GPtrArray *problems)
{
	g_autofree char *path = g_build_filename(dir, entry, NULL);
	g_autofree char *name = g_strndup(entry,
	    strlen(entry) - strlen(".csvmap"));
	g_autofree char *text = NULL;
	struct csvmap *map;

	if (is_known(name))
		return;
	if (!g_file_get_contents(path, &text, NULL, NULL) ||
	    !g_utf8_validate(text, -1, NULL)) {
		tell(problems, path, 0, "it cannot be read as UTF-8");
		return;
	}
	map = read_map(name, path, text, problems);
	if (map)
		g_ptr_array_add(maps, map);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
csvmap_load(const char *const *dirs, GPtrArray *problems)
{
	if (!maps)
		maps = g_ptr_array_new_with_free_func(map_free);
	for (; dirs && *dirs; dirs++) {
		GDir *dir = g_dir_open(*dirs, 0, NULL);
		g_autoptr(GPtrArray) names =
		    g_ptr_array_new_with_free_func(g_free);
		const char *entry;

		while (dir && (entry = g_dir_read_name(dir)))
			if (g_str_has_suffix(entry, ".csvmap"))
				g_ptr_array_add(names, g_strdup(entry));
		if (dir)
			g_dir_close(dir);
		g_ptr_array_sort(names, compare_names);
		for (guint i = 0; i < names->len; i++)
			load_file(*dirs, names->pdata[i], problems);
	}
}

const GPtrArray *
csvmap_all(void)
{
	if (!maps)
		maps = g_ptr_array_new_with_free_func(map_free);
	return maps;
}

void
csvmap_clear(void)
{
	g_clear_pointer(&maps, g_ptr_array_unref);
	csvmap_choose(NULL, NULL);
}

void
csvmap_choose(const char *map, const char *account)
{
	g_free(chosen_map);
	g_free(chosen_account);
	chosen_map = g_strdup(map);
	chosen_account = g_strdup(account);
}

const char *
csvmap_chosen(void)
{
	return chosen_map;
}

const char *
csvmap_account(void)
{
	return chosen_account;
}
