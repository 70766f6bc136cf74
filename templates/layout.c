/*
 * layout.c - the last step of both parts: paragraphs. In the text part they
 * are filled, in the HTML part they become elements. Blanks that do not
 * break (U+00A0) are no blanks here, so amounts stay in one piece.
 */
#include "letter.h"

#include <string.h>

#define COLUMNS 72

struct text {
	GString *out;
	glong column;		/* characters in the line being filled */
};

static void
end_line(struct text *text)
{
	if (text->column)
		g_string_append_c(text->out, '\n');
	text->column = 0;
}

/* The day of a month stays on one line with what follows, and a dash with
 * what stands before it. */
static bool
stay_together(const char *word, const char *next)
{
	size_t digits = strspn(word, "0123456789");

	return !strcmp(next, "—") || (digits && digits <= 2 &&
	    (!word[digits] || g_str_equal(word + digits, ".") ||
	        g_str_equal(word + digits, "er") ||
	        g_str_equal(word + digits, "º")));
}

static void
fill_word(struct text *text, const char *word)
{
	glong width = g_utf8_strlen(word, -1);

	if (text->column && text->column + 1 + width > COLUMNS)
		end_line(text);
	if (text->column) {
		g_string_append_c(text->out, ' ');
		text->column++;
	}
	g_string_append(text->out, word);
	text->column += width;
}

static void
fill_line(struct text *text, const char *line)
{
	g_auto(GStrv) words = g_strsplit(line, " ", -1);

	for (char **word = words; *word; word++) {
		g_autofree char *pair = NULL;

		if (!**word)
			continue;
		if (word[1] && stay_together(word[0], word[1]))
			pair = g_strdup_printf("%s %s", word[0], word[1]);
		fill_word(text, pair ? pair : *word);
		word += pair != NULL;
	}
}

/* An empty line between paragraphs, never two. */
static void
end_paragraph(struct text *text)
{
	end_line(text);
	if (text->out->len && !g_str_has_suffix(text->out->str, "\n\n"))
		g_string_append_c(text->out, '\n');
}

static void
add_line(struct text *text, char *line)
{
	bool kept = g_str_has_suffix(line, KEPT_BREAK);

	if (kept)
		line[strlen(line) - strlen(KEPT_BREAK)] = '\0';
	if (*line == ' ') {
		end_line(text);
		g_string_append(text->out, g_strchomp(line));
		g_string_append_c(text->out, '\n');
		return;
	}
	fill_line(text, line);
	if (kept)
		end_line(text);
}

char *
layout_text(const char *rendered)
{
	g_auto(GStrv) lines = g_strsplit(rendered, "\n", -1);
	struct text text = {g_string_new(NULL), 0};

	for (char **line = lines; *line; line++) {
		if ((*line)[strspn(*line, " \t")])
			add_line(&text, *line);
		else
			end_paragraph(&text);
	}
	end_line(&text);
	while (g_str_has_suffix(text.out->str, "\n\n"))
		g_string_truncate(text.out, text.out->len - 1);
	return g_string_free(text.out, FALSE);
}

/* "x KEPT_BREAK" -> "x<br>" */
static void
append_broken(GString *out, const char *text)
{
	g_auto(GStrv) pieces = g_strsplit(text, KEPT_BREAK, -1);
	g_autofree char *joined = g_strjoinv("<br>", pieces);

	g_string_append(out, joined);
}

/* The blank behind the day of a month does not break here either: "2. May" */
static void
keep_days(GString *text)
{
	const char *ends[] = {".", "er", "º", ""};

	for (gsize i = 0; i < text->len; i++) {
		gsize digits = strspn(text->str + i, "0123456789");
		gsize end = i + digits;

		if (digits < 1 || digits > 2 ||
		    (i && !strchr(" \n", text->str[i - 1]))) {
			i += digits;
			continue;
		}
		for (gsize j = 0; j < G_N_ELEMENTS(ends); j++) {
			gsize after = end + strlen(ends[j]);

			if (!g_str_has_prefix(text->str + end, ends[j]) ||
			    !text->str[after] ||
			    !strchr(" \n", text->str[after]) ||
			    !g_unichar_isalpha(g_utf8_get_char(
			        text->str + after + 1)))
				continue;
			g_string_erase(text, (gssize)after, 1);
			g_string_insert(text, (gssize)after, "\u00a0");
			break;
		}
		i = end;
	}
}

static void
end_block(GString *out, GString *block)
{
	bool html = block->str[strspn(block->str, " \t\n")] == '<';
	char *end;

	g_strchomp(block->str);
	block->len = strlen(block->str);
	if (!html)
		keep_days(block);
	end = block->str + strlen(block->str);
	if (!html && g_str_has_suffix(block->str, KEPT_BREAK))
		end[-(gssize)strlen(KEPT_BREAK)] = '\0';
	if (*block->str) {
		g_string_append(out, html ? "" : "<p>");
		append_broken(out, block->str);
		g_string_append(out, html ? "\n" : "</p>\n");
	}
	g_string_truncate(block, 0);
}

char *
layout_html(const char *rendered)
{
	g_auto(GStrv) lines = g_strsplit(rendered, "\n", -1);
	GString *out = g_string_new(NULL), *block = g_string_new(NULL);

	for (char **line = lines; *line; line++) {
		if (!(*line)[strspn(*line, " \t")])
			end_block(out, block);
		else
			g_string_append_printf(block, "%s\n", *line);
	}
	end_block(out, block);
	g_string_free(block, TRUE);
	return g_string_free(out, FALSE);
}
