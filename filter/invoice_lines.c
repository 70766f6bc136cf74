/*
 * invoice_lines.c - what a person types of an invoice's lines, allowances and
 * charges ("text;quantity;unit;price;tax;discount=10%") as the document says
 * it. Pure; document_complete() judges what it means.
 */
#include "import_row.h"
#include "invoice.h"

#include <string.h>

#define MOST_PARTS 40

/* ---- parts ------------------------------------------------------------------- */

/* Parts between semicolons, trimmed; a semicolon behind a backslash is one of
 * the text. */
static char **
split_parts(const char *text)
{
	GPtrArray *parts = g_ptr_array_new();
	GString *part = g_string_new(NULL);

	for (const char *p = text;; p++) {
		if (*p == '\\' && (p[1] == ';' || p[1] == '\\')) {
			g_string_append_c(part, *++p);
		} else if (*p && *p != ';') {
			g_string_append_c(part, *p);
		} else {
			g_ptr_array_add(parts, g_strstrip(
			    g_string_free(part, FALSE)));
			if (!*p)
				break;
			part = g_string_new(NULL);
		}
	}
	g_ptr_array_add(parts, NULL);
	return (char **)g_ptr_array_free(parts, FALSE);
}

static void
put(json_t *object, const char *key, const char *text)
{
	if (text && *text)
		json_object_set_new(object, key, json_string(text));
}

/* "10%", "10 %" -> "10"; NULL: it is no percentage. The caller frees. */
static char *
percent_of(const char *text)
{
	char *plain = g_strdup(text);
	size_t length = strlen(plain);

	if (length == 0 || plain[length - 1] != '%') {
		g_free(plain);
		return NULL;
	}
	plain[length - 1] = '\0';
	return g_strstrip(plain);
}

static void
put_amount(json_t *object, const char *text)
{
	g_autofree char *percent = percent_of(text);

	put(object, percent ? "percent" : "amount", percent ? percent : text);
}

/* "21", "21%", "E", "0 Z", "S 21" -> category and rate. */
static void
put_tax(json_t *object, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);

	for (char **word = words; *word; word++) {
		g_autofree char *percent = percent_of(*word);

		if (g_ascii_isdigit(**word) || **word == '-' || **word == '.')
			put(object, "rate", percent ? percent : *word);
		else if (**word && strcmp(*word, "%") != 0)
			put(object, "category", *word);
	}
}

bool
invoice_period_parse(const char *text, json_t *object)
{
	g_auto(GStrv) ends = g_strsplit(text, "..", 2);

	if (!ends[0] || !ends[1])
		return false;
	json_object_set_new(object, "period", json_pack("{s:s, s:s}",
	    "from", g_strstrip(ends[0]), "to", g_strstrip(ends[1])));
	return true;
}

/* ---- lines ----------------------------------------------------------------------- */

/* Parts of the form key=value behind the first ones. */
static const struct {
	const char *name, *key;
} named[] = {
	{"id", "id"}, {"description", "description"}, {"note", "note"},
	{"article", "seller_id"}, {"seller_id", "seller_id"},
	{"buyer_id", "buyer_id"}, {"standard_id", "standard_id"},
	{"standard_scheme", "standard_scheme"}, {"po_line", "po_line"},
	{"accounting", "accounting"}, {"object", "object"},
	{"origin", "origin"}, {"per", "price_quantity"},
	{"gross_price", "gross_price"}, {"price_discount", "price_discount"},
};

static void
add_to(json_t *line, const char *key, const char *value)
{
	json_t *list = json_object_get(line, key);
	json_t *one = json_object();

	if (!list)
		json_object_set_new(line, key, list = json_array());
	put_amount(one, value);
	json_array_append_new(list, one);
}

static char *
read_named(json_t *line, const char *name, const char *value)
{
	g_autofree char *percent = percent_of(value);

	for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
		if (strcmp(named[i].name, name) == 0) {
			put(line, named[i].key, value);
			return NULL;
		}
	}
	if (strcmp(name, "discount") == 0 && percent)
		put(line, "discount_percent", percent);
	else if (strcmp(name, "discount") == 0)
		add_to(line, "allowances", value);
	else if (strcmp(name, "charge") == 0)
		add_to(line, "charges", value);
	else if (strcmp(name, "period") != 0)
		return g_strdup_printf("'%s=' is not known here; there are "
		    "discount, charge, period, description, note, id, article, "
		    "buyer_id, standard_id, po_line, accounting, object, "
		    "origin, per, gross_price and price_discount", name);
	else if (!invoice_period_parse(value, line))
		return g_strdup_printf("the period '%s' is not like "
		    "2026-11-01..2026-11-30", value);
	return NULL;
}

/* Where the name of a named part ends, or NULL. */
static char *
name_end(const char *part)
{
	size_t length = strspn(part, "abcdefghijklmnopqrstuvwxyz_");

	return length && part[length] == '=' ? (char *)(uintptr_t)part + length
					     : NULL;
}

static char *
read_rest(json_t *line, char **parts)
{
	for (; *parts; parts++) {
		char *end = name_end(*parts), *why;

		if (!end)
			return g_strdup_printf("'%s' is no part of the form "
			    "key=value", *parts);
		*end = '\0';
		why = read_named(line, *parts, g_strstrip(end + 1));
		if (why)
			return why;
	}
	return NULL;
}

/* What is on the lines of a table is one line; what is named may have some. */
static char *
check_parts(char **parts, guint count)
{
	for (guint i = 0; parts[i]; i++) {
		char *why = cell_check(i < count ? CELL_TEXT : CELL_LINES,
		    &parts[i]);

		if (why)
			return why;
	}
	return NULL;
}

static char *
read_line(json_t *line, char **parts)
{
	guint count = 0;
	char *why;

	while (parts[count] && (count < 2 || !name_end(parts[count])))
		count++;
	if (count != 2 && count != 4 && count != 5)
		return g_strdup("is neither \"text;quantity;unit;price;tax\" "
		    "nor \"text;price\"");
	if (!*parts[0])
		return g_strdup("has no text");
	why = check_parts(parts, count);
	if (why)
		return why;
	put(line, "text", parts[0]);
	put(line, "quantity", count > 2 ? parts[1] : "1");
	if (count > 2)
		put(line, "unit", parts[2]);
	put(line, "price", parts[count > 2 ? 3 : 1]);
	if (count == 5)
		put_tax(line, parts[4]);
	return read_rest(line, parts + count);
}

json_t *
invoice_line_parse(const char *text, char **why)
{
	g_auto(GStrv) parts = NULL;
	g_autofree char *reason = NULL;
	json_t *line;

	*why = NULL;
	if (!g_utf8_validate(text, -1, NULL)) {
		*why = g_strdup("a line is not UTF-8 text");
		return NULL;
	}
	parts = split_parts(text);
	line = json_object();
	reason = g_strv_length(parts) > MOST_PARTS ?
	    g_strdup("has too many parts") : read_line(line, parts);
	if (!reason)
		return line;
	*why = g_strdup_printf("'%s' %s", text, reason);
	json_decref(line);
	return NULL;
}

/* ---- allowances and charges of the whole -------------------------------------------- */

json_t *
invoice_allowance_parse(const char *text, char **why)
{
	g_auto(GStrv) parts = NULL;
	json_t *one;
	guint count;

	*why = NULL;
	if (!g_utf8_validate(text, -1, NULL)) {
		*why = g_strdup("it is not UTF-8 text");
		return NULL;
	}
	parts = split_parts(text);
	count = g_strv_length(parts);
	*why = check_parts(parts, count);
	if (*why)
		return NULL;
	if (count < 2 || count > 4 || !*parts[0] || !*parts[1]) {
		*why = g_strdup_printf("'%s' is not like "
		    "\"reason;amount or percent%%;category;rate\"", text);
		return NULL;
	}
	one = json_object();
	put(one, "reason", parts[0]);
	put_amount(one, parts[1]);
	for (guint i = 2; i < count; i++)
		put_tax(one, parts[i]);
	return one;
}

json_t *
invoice_withholding_parse(const char *text, char **why)
{
	g_auto(GStrv) words = g_strsplit_set(text, " ", -1);
	guint count = g_strv_length(words);
	g_autofree char *rate = NULL;
	json_t *one;

	*why = g_utf8_validate(text, -1, NULL) ? NULL :
	    g_strdup("it is not UTF-8 text");
	if (*why)
		return NULL;
	if (count < 2 || !*words[0] || !*words[count - 1]) {
		*why = g_strdup_printf("'%s' is not like \"IRPF 15\"", text);
		return NULL;
	}
	rate = percent_of(words[count - 1]);
	if (!rate)
		rate = g_strdup(words[count - 1]);
	g_clear_pointer(&words[count - 1], g_free);
	one = json_object();
	json_object_set_new(one, "percent", json_string(rate));
	rate = (g_free(rate), g_strjoinv(" ", words));
	json_object_set_new(one, "name", json_string(g_strstrip(rate)));
	return one;
}
