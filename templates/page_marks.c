/*
 * page_marks.c - between a page's template and its markup: says in every
 * element where it was written, and keeps what markup would change.
 */
#include "letter.h"

#include <string.h>

/* Behind the name of an element that begins here; 0: none does. */
static size_t
element_length(const char *text)
{
	size_t length = 1;

	if (*text != '<' || !g_ascii_isalpha(text[1]))
		return 0;
	while (g_ascii_isalnum(text[length]) || text[length] == '-')
		length++;
	return length;
}

static char *
mark_lines(const char *template, const char *file)
{
	GString *out = g_string_new(NULL);
	unsigned line = 1;

	while (*template) {
		const char *end = NULL;
		size_t length = element_length(template);

		if (g_str_has_prefix(template, "{{!"))
			end = strstr(template, "}}");
		else if (g_str_has_prefix(template, "<!--"))
			end = strstr(template, "-->");
		if (end) {
			for (; template < end; template++)
				line += *template == '\n';
			template += *end == '}' ? 2 : 3;
			continue;
		}
		if (length) {
			g_string_append_len(out, template, (gssize)length);
			g_string_append_printf(out, " l=\"%s:%u\"", file, line);
			template += length;
			continue;
		}
		line += *template == '\n';
		g_string_append_c(out, *template++);
	}
	return g_string_free(out, FALSE);
}

struct marked {			/* of the last text of a file */
	char *template, *marked;
};

static void
marked_free(void *data)
{
	struct marked *marked = data;

	g_free(marked->template);
	g_free(marked->marked);
	g_free(marked);
}

/* A process that writes many letters marks a file once. */
const char *
page_mark_lines(const char *template, const char *file)
{
	static GHashTable *kept;
	struct marked *marked;

	if (!kept)
		kept = g_hash_table_new_full(
		    g_str_hash, g_str_equal, g_free, marked_free);
	marked = g_hash_table_lookup(kept, file);
	if (marked && !strcmp(marked->template, template))
		return marked->marked;
	marked = g_new0(struct marked, 1);
	marked->template = g_strdup(template);
	marked->marked = mark_lines(template, file);
	g_hash_table_insert(kept, g_strdup(file), marked);
	return marked->marked;
}

/* A line's end in an attribute would become a blank. */
static void
keep_line_ends(json_t *string)
{
	GString *text = g_string_new(json_string_value(string));

	g_string_replace(text, "\n", PAGE_LINE_END, 0);
	json_string_set(string, text->str);
	g_string_free(text, TRUE);
}

void
page_keep_payloads(json_t *values)
{
	json_t *value;
	const char *key;
	size_t i;

	json_array_foreach(values, i, value)
		page_keep_payloads(value);
	json_object_foreach(values, key, value)
		if (strcmp(key, "payload") || !json_is_string(value))
			page_keep_payloads(value);
		else
			keep_line_ends(value);
}

char *
page_take_breaks(const char *markup)
{
	GString *out = g_string_new(markup);

	g_string_replace(out, KEPT_BREAK "\n", "<br/>", 0);
	g_string_replace(out, KEPT_BREAK, "<br/>", 0);
	g_string_replace(out, "<br>", "<br/>", 0);
	return g_string_free(out, FALSE);
}
