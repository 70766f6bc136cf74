/*
 * quote.c - cuts from an answer what the person did not write now.
 */
#include "words.h"

#include <string.h>

#define LOOK_AHEAD 5	/* lines of a quoted header */
#define ATTRIBUTION 400	/* bytes: a longer line is none */
#define ATTRIBUTION_LINES 3
#define BYE 48		/* bytes: a longer line is no "Kind regards" */
#define NOTICE 90	/* bytes: a shorter paragraph is no notice of law */

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

/* "a@b.example" or "10:05". */
static bool
has_address_or_time(const char *line)
{
	if (strchr(line, '@'))
		return true;
	for (const char *p = strchr(line, ':'); p; p = strchr(p + 1, ':'))
		if (p > line && g_ascii_isdigit(p[-1]) &&
		    g_ascii_isdigit(p[1]))
			return true;
	return false;
}

/* "... wrote:", "schrieb Anna <a@b.example>:", or, as one program writes in
 * Russian, "20 ... 10:05, Anna <a@b.example>:". */
static bool
is_attribution(const struct lines *lines, const char *line)
{
	g_autofree char *trimmed = g_strchomp(g_strdup(line));
	g_autofree char *folded = NULL;
	size_t length = strlen(trimmed);

	if (length < 2 || length > ATTRIBUTION || trimmed[length - 1] != ':')
		return false;
	if (g_str_has_suffix(trimmed, ">:") && strchr(trimmed, '@') &&
	    strpbrk(trimmed, "0123456789"))
		return true;
	folded = words_fold(trimmed);
	return words_end(lines->words, "wrote", folded) ||
	    (has_address_or_time(trimmed) &&
	    words_have(lines->words, "wrote", folded));
}

/* How many lines an attribution that begins here takes; 0. A mail program
 * breaks a long one; it begins with a word for that, or a date. */
static unsigned
attribution_lines(const struct lines *lines, unsigned i)
{
	g_autoptr(GString) all = g_string_new(lines->raw[i]);

	if (is_blank(lines->raw[i]) || all->len > ATTRIBUTION)
		return 0;
	if (is_attribution(lines, all->str))
		return 1;
	if (!words_begin(lines->words, "wrote-start", lines->folded[i]))
		return 0;
	for (unsigned n = 2; n <= ATTRIBUTION_LINES && i + n <= lines->count;
	    n++) {
		if (is_blank(lines->raw[i + n - 1]) ||
		    strlen(lines->raw[i + n - 1]) > ATTRIBUTION)
			return 0;
		g_string_append_printf(all, " %s", lines->raw[i + n - 1]);
		if (is_attribution(lines, all->str))
			return n;
	}
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
	    (strspn(lines->raw[i], "- *") > 0 &&
	    words_begin(lines->words, "original", lines->folded[i])) ||
	    is_quoted_header(lines, i);
}

/* "Kind regards", below which is only who wrote it. */
static bool
is_bye(const struct lines *lines, unsigned i)
{
	const char *line = lines->raw[i];

	return strlen(line) <= BYE && !strpbrk(line, "0123456789?:") &&
	    words_begin(lines->words, "bye", lines->folded[i]);
}

/* A paragraph that tells who may read the mail. */
static bool
is_notice(const struct lines *lines, unsigned i)
{
	g_autoptr(GString) all = g_string_new(NULL);

	if (is_blank(lines->raw[i]) || (i > 0 && !is_blank(lines->raw[i - 1])))
		return false;
	for (; i < lines->count && !is_blank(lines->raw[i]) &&
	    all->len < 2000; i++)
		g_string_append(all, lines->folded[i]);
	return all->len >= NOTICE && words_have(lines->words, "legal",
	    all->str);
}

/* Words below the farewell that were meant to be read: "PS: ...". */
static bool
is_postscript(const char *folded)
{
	return g_str_has_prefix(folded, " ps ") ||
	    g_str_has_prefix(folded, " p s ") ||
	    g_str_has_prefix(folded, " pd ") ||
	    g_str_has_prefix(folded, " \u043f\u0441 ");
}

static char *
cut(const struct lines *lines)
{
	GString *out = g_string_new(NULL);
	bool bye = false;

	for (unsigned i = 0; i < lines->count; i++) {
		unsigned n = attribution_lines(lines, i);

		if (n && !quote_follows(lines, i + n))
			break;
		if (n) {
			i += n - 1;
			bye = false;
			continue;
		}
		if (is_end(lines, i) ||
		    (out->len && is_notice(lines, i)))
			break;
		if (is_quoted(lines->raw[i])) {
			bye = false;
			continue;
		}
		if (words_begin(lines->words, "mobile", lines->folded[i]))
			continue;
		bye = (bye && !is_postscript(lines->folded[i])) ||
		    (out->len && is_bye(lines, i));
		if (!bye)
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
	for (unsigned i = 0; i < lines.count; i++) {
		g_strdelimit(raw[i], "\r", ' ');
		folded[i] = is_quoted(raw[i]) ? g_strdup("") :
		    words_fold(raw[i]);
	}
	lines.folded = folded;
	return cut(&lines);
}
