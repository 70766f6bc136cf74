/*
 * export_csv.c - records as a table (RFC 4180). Pure.
 */
#include "export.h"

#include <stdlib.h>
#include <string.h>

/* The names of all records, in the order in which they come first. */
static GPtrArray *
names_of(const GPtrArray *records)
{
	GPtrArray *names = g_ptr_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < records->len; i++) {
		const char *key;
		json_t *value;

		json_object_foreach((json_t *)records->pdata[i], key, value)
			if (g_hash_table_add(seen, (char *)(uintptr_t)key))
				g_ptr_array_add(names, (char *)(uintptr_t)key);
	}
	return names;
}

static bool
is_number(const char *text)
{
	text += *text == '-';
	return *text && text[strspn(text, "0123456789.")] == '\0';
}

static void
append_cell(GString *out, const char *text)
{
	bool formula = *text && strchr("=+-@\t\r", *text) && !is_number(text);
	bool quote = text[strcspn(text, ",\"\r\n")] != '\0';

	if (quote)
		g_string_append_c(out, '"');
	if (formula)
		g_string_append_c(out, '\'');
	for (const char *p = text; *p; p++) {
		if (*p == '"')
			g_string_append_c(out, '"');
		g_string_append_c(out, *p);
	}
	if (quote)
		g_string_append_c(out, '"');
}

static void
append_value(GString *out, const json_t *value)
{
	char *text;

	if (json_is_string(value)) {
		append_cell(out, json_string_value(value));
	} else if (json_is_boolean(value)) {
		g_string_append(out, json_is_true(value) ? "yes" : "no");
	} else if (value) {
		text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
		append_cell(out, text);
		free(text);
	}
}

char *
export_csv(const GPtrArray *records)
{
	g_autoptr(GPtrArray) names = names_of(records);
	GString *out = g_string_new(NULL);

	for (guint n = 0; n < names->len; n++) {
		g_string_append(out, n ? "," : "");
		append_cell(out, names->pdata[n]);
	}
	if (names->len)
		g_string_append(out, "\r\n");
	for (guint i = 0; i < records->len; i++) {
		for (guint n = 0; n < names->len; n++) {
			g_string_append(out, n ? "," : "");
			append_value(out, json_object_get(records->pdata[i],
			    names->pdata[n]));
		}
		g_string_append(out, "\r\n");
	}
	return g_string_free(out, FALSE);
}
