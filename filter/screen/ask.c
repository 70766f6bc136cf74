/*
 * ask.c - what a person types: a key, a line at the bottom, one of a list. The
 * case stays in sight meanwhile, and a window that changes its size is drawn
 * anew.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include <wctype.h>

#include "screen.h"

#define ESCAPE 27
#define LINE_LONGEST 100	/* characters */

/* ---- keys ---------------------------------------------------------------------- */

/* False: the terminal or the other side is gone, or a signal says end. */
static bool
wait_for_input(struct face *face)
{
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
	    {.fd = 3, .events = POLLIN}};

	if (face->over)
		return false;
	if (poll(fds, G_N_ELEMENTS(fds), -1) < 0)
		return errno == EINTR;
	/* Nobody speaks unasked: on the wire it can only be the end. */
	return !fds[1].revents && !(fds[0].revents & (POLLERR | POLLNVAL)) &&
	    !((fds[0].revents & POLLHUP) && !(fds[0].revents & POLLIN));
}

int
ask_key(struct face *face, wint_t *key)
{
	int empty = 0;

	for (;;) {
		int answer = told_to_end ? ERR : get_wch(key);

		if (answer != ERR)
			return answer;
		/* Input that is ready and yet empty is a terminal's end. */
		if (told_to_end || empty++ > 3 || !wait_for_input(face)) {
			face->over = true;
			return ERR;
		}
	}
}

/* ---- a line ------------------------------------------------------------------------ */

static void
show_line(struct face *face, const char *label, const char *line)
{
	struct layout layout;
	int x;

	if (!draw_case(face, &layout))
		return;
	draw_options(face, &layout);
	draw_keys(&layout, "Enter\0done\0Esc\0leave it\0\0");
	move(layout.note, 0);
	clrtoeol();
	move(layout.note + 1, 0);
	clrtoeol();
	x = 2 + text_put(layout.note, 1, COLS / 2, label, LOOK_STRONG);
	while (text_columns(line) > COLS - x - 2)
		line = g_utf8_next_char(line);
	x += text_put(layout.note, x, COLS - x - 1, line, LOOK_PLAIN);
	move(layout.note, x);
	curs_set(1);
	refresh();
}

static void
shorten(GString *line)
{
	const char *last = g_utf8_find_prev_char(line->str,
	    line->str + line->len);

	if (last)
		g_string_truncate(line, (gsize)(last - line->str));
}

static bool
is_erase(int kind, wint_t key)
{
	return kind == KEY_CODE_YES ? key == KEY_BACKSPACE
				    : key == 8 || key == 127;
}

static bool
is_enter(int kind, wint_t key)
{
	return kind == KEY_CODE_YES ? key == KEY_ENTER
				    : key == '\n' || key == '\r';
}

char *
ask_line(struct face *face, const char *label)
{
	GString *line = g_string_new(NULL);
	bool taken = false;

	for (;;) {
		wint_t key;
		int kind;

		show_line(face, label, line->str);
		kind = ask_key(face, &key);
		taken = kind != ERR && is_enter(kind, key);
		if (kind == ERR || taken || (kind == OK && key == ESCAPE))
			break;
		if (is_erase(kind, key))
			shorten(line);
		else if (kind == OK && key == ('u' & 31))
			g_string_truncate(line, 0);
		else if (kind == OK && iswprint(key) &&
		    g_utf8_strlen(line->str, -1) < LINE_LONGEST)
			g_string_append_unichar(line, key);
	}
	curs_set(0);
	return g_string_free(line, !taken);
}

/* ---- one of a list ------------------------------------------------------------------ */

static void
show_menu(struct face *face, const char *title, const json_t *items,
    int chosen)
{
	struct layout layout;
	const json_t *item;
	size_t i;
	int room, first;

	if (!draw_case(face, &layout)) {
		refresh();
		return;
	}
	for (int y = layout.lower; y < LINES; y++) {
		move(y, 0);
		clrtoeol();
	}
	text_put(layout.lower, 1, COLS - 2, title, LOOK_STRONG);
	room = layout.keys - layout.lower - 1;
	first = MAX(0, chosen - room + 1);
	json_array_foreach(items, i, item) {
		g_autofree char *text = g_strdup_printf("%s %s  %s",
		    chosen == (int)i ? ">" : " ",
		    i < 9 ? (char[]){(char)('1' + i), '\0'} : " ",
		    wire_text(item, "text"));

		if ((int)i >= first && (int)i < first + room)
			text_put(layout.lower + 1 + (int)i - first, 1,
			    COLS - 2, text, chosen == (int)i ? LOOK_STRONG
			    : LOOK_PLAIN);
	}
	draw_keys(&layout, "Enter\0take it\0" "1-9\0take that\0"
	    "up, down\0move\0" "Esc\0leave it\0\0");
	refresh();
}

int
ask_menu(struct face *face, const char *title, const json_t *items)
{
	int size = (int)json_array_size(items), chosen = 0;

	for (;;) {
		wint_t key;
		int kind;

		show_menu(face, title, items, chosen);
		kind = ask_key(face, &key);
		if (kind == ERR || (kind == OK && (key == ESCAPE ||
		    key == 'q')))
			return -1;
		if (is_enter(kind, key))
			return chosen;
		if (kind == KEY_CODE_YES && key == KEY_DOWN)
			chosen = MIN(chosen + 1, size - 1);
		else if (kind == KEY_CODE_YES && key == KEY_UP)
			chosen = MAX(chosen - 1, 0);
		else if (kind == OK && key >= '1' && key <= '9' &&
		    (int)(key - '1') < size)
			return (int)(key - '1');
	}
}

/* ---- lines to read --------------------------------------------------------------------- */

static GPtrArray *
wrap_all(const json_t *lines)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	const json_t *line;
	size_t i;

	json_array_foreach(lines, i, line) {
		g_autoptr(GPtrArray) some = text_wrap(
		    json_string_value(line), COLS - 4);

		for (guint j = 0; j < some->len; j++)
			g_ptr_array_add(out, g_strconcat(j ? "  " : "",
			    some->pdata[j], NULL));
	}
	return out;
}

/* The first line shown, kept within what there is. */
static int
show_page(const char *title, const json_t *lines, int first)
{
	const struct layout layout = {.keys = LINES - 1};
	g_autoptr(GPtrArray) text = wrap_all(lines);
	int room = MAX(LINES - 4, 1);

	first = CLAMP(first, 0, MAX((int)text->len - room, 0));
	erase();
	text_put(0, 1, COLS - 2, title, LOOK_STRONG);
	for (int i = 0; i < room && first + i < (int)text->len; i++)
		text_put(2 + i, 2, COLS - 3, text->pdata[first + i],
		    LOOK_PLAIN);
	draw_keys(&layout, (int)text->len > room ?
	    "up, down\0move\0" "any other key\0back to the payment\0\0" :
	    "any key\0back to the payment\0\0");
	refresh();
	return first;
}

void
ask_read(struct face *face, const char *title, const json_t *lines)
{
	int first = 0;

	for (;;) {
		wint_t key;
		int kind;

		first = show_page(title, lines, first);
		kind = ask_key(face, &key);
		if (kind != KEY_CODE_YES)
			return;
		if (key == KEY_DOWN || key == KEY_NPAGE)
			first += key == KEY_DOWN ? 1 : LINES - 5;
		else if (key == KEY_UP || key == KEY_PPAGE)
			first -= key == KEY_UP ? 1 : LINES - 5;
		else if (key != KEY_RESIZE)
			return;
	}
}
