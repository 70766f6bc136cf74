/*
 * quote.c - cuts from an answer what the person did not write now.
 */
#include "words.h"

#include <string.h>

#define LOOK_AHEAD 5	/* lines of a quoted header */

struct lines {
	const struct words *words;
	char **raw;
	char **folded;
	unsigned count;
};

static bool
is_quoted(const char *line)
{
	return *line == '>';
}

static bool
is_blank(const char *line)
{
	return line[strspn(line, " \t")] == '\0';
}

/* A line of at least ten underscores, as Outlook draws. */
static bool
is_rule(const char *line)
{
	return strspn(line, "_") >= 10;
}

/* "From: ..." with "Subject: ..." in one of the next lines. */
static bool
is_quoted_header(const struct lines *lines, unsigned i)
{
	if (!words_begin(lines->words, "from", lines->folded[i]) ||
	    !strchr(lines->raw[i], ':'))
		return false;
	for (unsigned j = i + 1; j < lines->count && j <= i + LOOK_AHEAD; j++)
		if (words_begin(lines->words, "subject", lines->folded[j]) &&
		    strchr(lines->raw[j], ':'))
			return true;
	return false;
}

static bool
is_attribution(const struct lines *lines, unsigned i)
{
	size_t length = strlen(lines->raw[i]);

	while (length > 0 && lines->raw[i][length - 1] == ' ')
		length--;
	return length > 0 && lines->raw[i][length - 1] == ':' &&
	    words_end(lines->words, "wrote", lines->folded[i]);
}

/* How many lines an attribution that begins here takes: one or two; 0. */
static unsigned
attribution_lines(const struct lines *lines, unsigned i)
{
	if (is_attribution(lines, i))
		return 1;
	if (i + 1 < lines->count &&
	    words_begin(lines->words, "wrote-start", lines->folded[i]) &&
	    is_attribution(lines, i + 1))
		return 2;
	return 0;
}

/* Where an attribution is followed by ">" lines the person may have written
 * below them; else all the rest is quoted. */
static bool
quote_follows(const struct lines *lines, unsigned i)
{
	while (i < lines->count && is_blank(lines->raw[i]))
		i++;
	return i < lines->count && is_quoted(lines->raw[i]);
}

/* Does everything from here on belong to another mail, or a signature? */
static bool
is_end(const struct lines *lines, unsigned i)
{
	return strcmp(lines->raw[i], "-- ") == 0 ||
	    strcmp(lines->raw[i], "--") == 0 || is_rule(lines->raw[i]) ||
	    (*lines->raw[i] == '-' &&
	    words_begin(lines->words, "original", lines->folded[i])) ||
	    is_quoted_header(lines, i);
}

static char *
cut(const struct lines *lines)
{
	GString *out = g_string_new(NULL);

	for (unsigned i = 0; i < lines->count; i++) {
		unsigned n = attribution_lines(lines, i);

		if (n && !quote_follows(lines, i + n))
			break;
		if (n) {
			i += n - 1;
			continue;
		}
		if (is_end(lines, i))
			break;
		if (!is_quoted(lines->raw[i]))
			g_string_append_printf(out, "%s\n", lines->raw[i]);
	}
	return g_strstrip(g_string_free(out, FALSE));
}

char *
words_cut_quotes(const struct words *words, const char *text)
{
	g_auto(GStrv) raw = g_strsplit(text, "\n", 20000);
	g_auto(GStrv) folded = NULL;
	struct lines lines = {words, raw, NULL, g_strv_length(raw)};

	folded = g_new0(char *, lines.count + 1);
	for (unsigned i = 0; i < lines.count; i++)
		folded[i] = is_quoted(raw[i]) ? g_strdup("") :
		    words_fold(raw[i]);
	lines.folded = folded;
	return cut(&lines);
}
