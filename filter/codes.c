/*
 * codes.c - code lists of electronic invoices. The files of filter/codes are
 * compiled in as one text, which is cut into tables when first asked. Pure.
 */
#include "codes.h"
#include "command.h"

#include <string.h>

#include "codes.inc"

static const char *const list_names[CODE_LISTS] = {
	[CODES_UNIT] = "units", [CODES_COUNTRY] = "countries",
	[CODES_EAS] = "eas", [CODES_ICD] = "icd", [CODES_TYPE] = "types",
	[CODES_MEANS] = "means", [CODES_ALLOWANCE] = "allowances",
	[CODES_CHARGE] = "charges", [CODES_SUBJECT] = "subjects",
	[CODES_TAX_POINT] = "tax-points", [CODES_VATEX] = "vatex",
	[CODES_CATEGORY] = "categories", [CODES_CLASS] = "classes",
	[CODES_REFERENCE] = "references", [CODES_MIME] = "mimes",
};

struct tables {
	char *text;			/* cut into strings */
	GHashTable *lists[CODE_LISTS];	/* code -> name */
	GPtrArray *codes[CODE_LISTS];	/* in order, NULL at the end */
	GHashTable *units;		/* what people write, folded -> code */
	GHashTable *reasons;		/* "AE de" -> words */
};

/* "Std." -> "std": case, spaces around and the last full stop are nothing. */
static char *
fold_unit(const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	size_t length;

	g_strstrip(folded);
	length = strlen(folded);
	if (length > 1 && folded[length - 1] == '.')
		folded[length - 1] = '\0';
	return g_utf8_normalize(folded, -1, G_NORMALIZE_NFC);
}

static void
add_words(struct tables *tables, const char *code, const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, ", ", -1);

	for (char **word = list; *word; word++)
		g_hash_table_insert(tables->units, fold_unit(*word),
		    (char *)(uintptr_t)code);
}

static void
add_code(struct tables *tables, int list, char *code, char *name)
{
	g_hash_table_insert(tables->lists[list], code, name);
	g_ptr_array_insert(tables->codes[list],
	    (gint)tables->codes[list]->len - 1, code);
}

static void
add_reason(struct tables *tables, char *key, char *rest)
{
	char *words = strchr(rest, '\t');

	if (!words)
		return;
	*words++ = '\0';
	g_hash_table_insert(tables->reasons, g_strdup_printf("%s %s", key,
	    rest), words);
}

static int
list_of(const char *name)
{
	for (int i = 0; i < CODE_LISTS; i++)
		if (strcmp(list_names[i], name) == 0)
			return i;
	return -1;
}

static void
cut(struct tables *tables)
{
	const char *name = "";
	char *next;

	for (char *line = tables->text; *line; line = next) {
		char *end = strchr(line, '\n');
		char *tab;

		if (end)
			*end = '\0';
		next = end ? end + 1 : line + strlen(line);
		tab = strchr(line, '\t');
		if (tab)
			*tab++ = '\0';
		if (*line == '@')
			name = line + 1;
		else if (!tab)
			continue;
		else if (strcmp(name, "unit-words") == 0)
			add_words(tables, line, tab);
		else if (strcmp(name, "reasons") == 0)
			add_reason(tables, line, tab);
		else if (list_of(name) >= 0)
			add_code(tables, list_of(name), line, tab);
	}
}

static const struct tables *
tables_get(void)
{
	static struct tables *tables;

	if (g_once_init_enter(&tables)) {
		struct tables *made = g_new0(struct tables, 1);

		made->text = g_strdup((const char *)code_lists);
		made->units = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL);
		made->reasons = g_hash_table_new_full(g_str_hash,
		    g_str_equal, g_free, NULL);
		for (int i = 0; i < CODE_LISTS; i++) {
			made->lists[i] = g_hash_table_new(g_str_hash,
			    g_str_equal);
			made->codes[i] = g_ptr_array_new();
			g_ptr_array_add(made->codes[i], NULL);
		}
		cut(made);
		g_once_init_leave(&tables, made);
	}
	return tables;
}

const char *
code_name(enum code_list list, const char *code)
{
	return code ? g_hash_table_lookup(tables_get()->lists[list], code)
		    : NULL;
}

/* The code whose name the text is, without regard to case. */
static const char *
code_of_name(const struct tables *tables, enum code_list list,
    const char *text)
{
	const GPtrArray *codes = tables->codes[list];

	for (guint i = 0; i + 1 < codes->len; i++) {
		const char *name = g_hash_table_lookup(tables->lists[list],
		    codes->pdata[i]);

		if (g_ascii_strcasecmp(name, text) == 0)
			return codes->pdata[i];
	}
	return NULL;
}

const char *
code_near(enum code_list list, const char *text)
{
	const struct tables *tables = tables_get();
	const char *code = list == CODES_UNIT ? unit_code(text) : NULL;
	g_autofree char *upper = g_ascii_strup(text, -1);
	gpointer key;

	if (!code && g_hash_table_lookup_extended(tables->lists[list], upper,
	    &key, NULL))
		code = key;
	if (!code)
		code = code_of_name(tables, list, text);
	if (!code && strlen(text) > 3)
		code = nearest_word(text,
		    (const char *const *)tables->codes[list]->pdata);
	return code;
}

const char *
unit_code(const char *text)
{
	const struct tables *tables = tables_get();
	g_autofree char *folded = NULL;
	gpointer key;

	if (g_hash_table_lookup_extended(tables->lists[CODES_UNIT], text,
	    &key, NULL))
		return key;
	if (!g_utf8_validate(text, -1, NULL))
		return NULL;
	folded = fold_unit(text);
	return g_hash_table_lookup(tables->units, folded);
}

/* ---- why no tax is charged ------------------------------------------------ */

static const char *
words_in(const char *key, const char *language)
{
	const GHashTable *reasons = tables_get()->reasons;
	g_autofree char *full = g_strdup_printf("%s %.2s", key, language);
	g_autofree char *english = g_strdup_printf("%s en", key);
	const char *words = g_hash_table_lookup((GHashTable *)(uintptr_t)
	    reasons, full);

	return words ? words : g_hash_table_lookup((GHashTable *)(uintptr_t)
	    reasons, english);
}

/* "VATEX-EU-132-1A" -> "132 (1) (a)", NULL when it names no article. */
static char *
article_of(const char *code)
{
	g_auto(GStrv) parts = NULL;
	GString *out;

	if (!g_str_has_prefix(code, "VATEX-EU-") ||
	    !g_ascii_isdigit(code[strlen("VATEX-EU-")]))
		return NULL;
	parts = g_strsplit(code + strlen("VATEX-EU-"), "-", -1);
	out = g_string_new(parts[0]);
	for (char **part = parts + 1; *part; part++) {
		size_t digits = strspn(*part, "0123456789");
		g_autofree char *letters = g_ascii_strdown(*part + digits, -1);

		if (digits)
			g_string_append_printf(out, " (%.*s)", (int)digits,
			    *part);
		if (*letters)
			g_string_append_printf(out, " (%s)", letters);
	}
	return g_string_free(out, FALSE);
}

char *
reason_words(const char *key, const char *language)
{
	g_autofree char *article = NULL;
	g_auto(GStrv) parts = NULL;
	const char *words = words_in(key, language ? language : "en");

	if (words)
		return g_strdup(words);
	article = article_of(key);
	if (!article)
		return g_strdup(code_name(CODES_VATEX, key));
	parts = g_strsplit(words_in("VATEX-EU-*", language ? language : "en"),
	    "{}", 2);
	return g_strdup_printf("%s%s%s", parts[0], article, parts[1]);
}

const char *
exemption_code(const char *category)
{
	static const struct { const char *category, *code; } rows[] = {
		{"AE", "VATEX-EU-AE"}, {"K", "VATEX-EU-IC"},
		{"G", "VATEX-EU-G"}, {"O", "VATEX-EU-O"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].category, category) == 0)
			return rows[i].code;
	return NULL;
}

const char *
exemption_category(const char *code)
{
	static const struct { const char *code, *category; } rows[] = {
		{"VATEX-EU-AE", "AE"}, {"VATEX-FR-AE", "AE"},
		{"VATEX-EU-IC", "K"}, {"VATEX-EU-G", "G"},
		{"VATEX-EU-O", "O"}, {"VATEX-EU-D", "E"},
		{"VATEX-EU-F", "E"}, {"VATEX-EU-I", "E"},
		{"VATEX-EU-J", "E"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].code, code) == 0)
			return rows[i].category;
	return NULL;
}
