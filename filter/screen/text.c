/*
 * text.c - text in columns of the terminal: wide characters take two, marks
 * none, and what the terminal cannot print is a question mark.
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "screen.h"

enum { PAIR_GOOD = 1, PAIR_BAD, PAIR_NOTE };

/* ---- looks ------------------------------------------------------------------- */

void
text_colours(void)
{
	const char *no = getenv("NO_COLOR");

	if ((no && *no) || !has_colors() || start_color() == ERR)
		return;
	use_default_colors();
	init_pair(PAIR_GOOD, COLOR_GREEN, -1);
	init_pair(PAIR_BAD, COLOR_RED, -1);
	init_pair(PAIR_NOTE, COLOR_YELLOW, -1);
}

void
text_look(enum look look, bool on)
{
	static const struct {
		attr_t attributes;
		short pair;
	} looks[] = {
	    [LOOK_PLAIN] = {A_NORMAL, 0}, [LOOK_LABEL] = {A_DIM, 0},
	    [LOOK_STRONG] = {A_BOLD, 0}, [LOOK_GOOD] = {A_BOLD, PAIR_GOOD},
	    [LOOK_BAD] = {A_BOLD, PAIR_BAD},
	    [LOOK_NOTE] = {A_BOLD, PAIR_NOTE},
	    [LOOK_KEYS] = {A_NORMAL, 0},
	};

	attr_set(on ? looks[look].attributes : A_NORMAL,
	    on && has_colors() ? looks[look].pair : 0, NULL);
}

/* ---- columns ------------------------------------------------------------------- */

static wchar_t
printable(gunichar c)
{
	wchar_t wide = (wchar_t)c;

	return c < ' ' || wcwidth(wide) < 0 ? L'?' : wide;
}

static gunichar
next(const char **text)
{
	gunichar c = g_utf8_get_char_validated(*text, -1);

	if (c == (gunichar)-1 || c == (gunichar)-2) {
		*text += 1;
		return '?';
	}
	*text = g_utf8_next_char(*text);
	return c;
}

int
text_columns(const char *text)
{
	int columns = 0;

	while (*text)
		columns += wcwidth(printable(next(&text)));
	return columns;
}

int
text_put(int y, int x, int width, const char *text, enum look look)
{
	bool cut = text_columns(text) > width;
	int columns = 0, limit = cut ? width - 1 : width;

	if (width <= 0 || y < 0 || y >= LINES)
		return 0;
	move(y, x);
	text_look(look, true);
	while (*text) {
		const wchar_t c[] = {printable(next(&text)), L'\0'};
		int size = wcwidth(c[0]);

		if (columns + size > limit)
			break;
		addwstr(c);
		columns += size;
	}
	if (cut) {
		addwstr(L"…");
		columns++;
	}
	text_look(look, false);
	return columns;
}

/* ---- lines ----------------------------------------------------------------------- */

/* Where a line of at most width columns ends: behind a blank if there is one,
 * else in the middle of a word, at least one character on. */
static const char *
line_end(const char *text, int width)
{
	const char *at = text, *blank = NULL;
	int columns = 0;

	while (*at) {
		const char *before = at;
		gunichar c = next(&at);

		columns += wcwidth(printable(c));
		if (columns > width)
			return blank ? blank
			    : before > text ? before : at;
		if (c == ' ')
			blank = at;
	}
	return at;
}

GPtrArray *
text_wrap(const char *text, int width)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

	while (*text) {
		const char *end = line_end(text, MAX(width, 2));

		g_ptr_array_add(lines,
		    g_strchomp(g_strndup(text, (gsize)(end - text))));
		text = end;
	}
	return lines;
}

int
text_put_wrapped(int y, int x, int width, int lines, const char *text,
    enum look look)
{
	g_autoptr(GPtrArray) wrapped = text_wrap(text, width);
	int used = MIN((int)wrapped->len, lines);

	for (int i = 0; i < used; i++) {
		bool more = i == used - 1 && (guint)used < wrapped->len;
		g_autofree char *line = g_strconcat(wrapped->pdata[i],
		    more ? " …" : "", NULL);

		text_put(y + i, x, width, line, look);
	}
	return used;
}
