/*
 * wrap.c - sentences in lines that fit a terminal.
 */
#include "print.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH 79
#define LEAST 40		/* a window narrower than that breaks lines itself */

int
print_columns(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col)
		return 0;
	return MAX(size.ws_col, LEAST);
}

/* A word that is wider than a line, in pieces; escapes are never cut, nor a
 * path, which somebody wants to copy. */
static char *
cut_off(char *word, int width, GPtrArray *out)
{
	while (text_width(word) > width && !strpbrk(word, "\033/")) {
		char *end = word;
		int used = 0;

		do {
			char one[8] = "";

			g_unichar_to_utf8(g_utf8_get_char(end), one);
			used += text_width(one);
			if (used > width && end > word)
				break;
			end = g_utf8_next_char(end);
		} while (*end && used < width);
		if (!*end)
			break;
		g_ptr_array_add(out, g_strndup(word, (gsize)(end - word)));
		word = end;
	}
	return word;
}

GPtrArray *
text_lines(const char *text, int width)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
	g_autoptr(GString) line = g_string_new(NULL);

	if (width <= 0)
		width = G_MAXINT;
	for (char **at = words; *at; at++) {
		char *word = *at;

		if (!*word)
			continue;
		if (line->len && text_width(line->str) + 1 +
		    text_width(word) > width) {
			g_ptr_array_add(out, g_strdup(line->str));
			g_string_truncate(line, 0);
		}
		if (!line->len)
			word = cut_off(word, width, out);
		g_string_append_printf(line, "%s%s", line->len ? " " : "",
		    word);
	}
	g_ptr_array_add(out, g_strdup(line->str));
	return out;
}

void
print_hanging(int indent, const char *first, const char *text)
{
	int limit = print_columns();
	g_autoptr(GPtrArray) lines = text_lines(text,
	    limit ? MAX(limit - indent, 20) : 0);

	fputs(first, stdout);
	for (guint i = 0; i < lines->len; i++)
		printf("%*s%s\n", i ? indent : indent - text_width(first), "",
		    (const char *)lines->pdata[i]);
}

void
print_point(const char *mark, const char *text)
{
	g_autoptr(GPtrArray) lines = text_lines(text, WIDTH - 4);

	for (guint i = 0; i < lines->len; i++)
		printf("  %s %s\n", i ? " " : mark,
		    (const char *)lines->pdata[i]);
}
