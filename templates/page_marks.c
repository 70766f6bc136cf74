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

char *
page_mark_lines(const char *template, const char *file)
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
	return g_string_free(out, FALSE);
}

/* The paragraphs of a letter's text; what stands in a block of its own, such
 * as how to pay, is set apart. */
json_t *
page_paragraphs(const char *text)
{
	g_auto(GStrv) blocks = NULL;
	g_autofree char *filled = layout_text(text);
	json_t *out = json_array();

	blocks = g_strsplit(filled, "\n\n", -1);
	for (char **block = blocks; *block; block++) {
		bool apart = **block == ' ';
		GString *lines;

		if (!**block)
			continue;
		lines = g_string_new(NULL);
		for (char *line = *block; line;) {
			char *end = strchr(line, '\n');

			if (end)
				*end++ = '\0';
			if (lines->len)
				g_string_append(lines,
				    apart ? KEPT_BREAK : " ");
			g_string_append(lines, line + strspn(line, " "));
			line = end;
		}
		json_array_append_new(out, json_pack("{s:s, s:b}", "text",
		    lines->str, "apart", apart));
		g_string_free(lines, TRUE);
	}
	return out;
}
