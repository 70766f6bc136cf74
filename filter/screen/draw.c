/*
 * draw.c - one case: what the payment says on the left, what the invoice says
 * on the right, why, the explanations to choose from, what became of the last
 * word, and the keys.
 */
#include <string.h>

#include "screen.h"

#define LABEL 11		/* columns of a label with its blank */
#define WHY_LINES 4
#define NOTE_LINES 2
#define KEY_LINES 3
#define ROW_LINES 3		/* of one long text */

const json_t *
draw_option(const struct face *face)
{
	const json_t *options = json_object_get(
	    json_object_get(face->view, "case"), "options");

	return face->option < 0 ? NULL
	    : json_array_get(options, (size_t)face->option);
}

/* ---- the two columns ------------------------------------------------------------- */

/* Rows of {"label","text","same"}; the lines that were used. */
static int
draw_rows(int y, int x, int width, int lines, const json_t *rows)
{
	const json_t *row;
	size_t i;
	int used = 0;

	json_array_foreach(rows, i, row) {
		bool same = json_object_get(row, "same") != NULL;
		int room = lines - used;

		if (room <= 0)
			break;
		text_put(y + used, x, LABEL - 1, wire_text(row, "label"),
		    LOOK_LABEL);
		if (same)
			text_put(y + used, x + LABEL - 1, 1, "=", LOOK_GOOD);
		used += MAX(1, text_put_wrapped(y + used, x + LABEL,
		    width - LABEL, MIN(room, ROW_LINES),
		    wire_text(row, "text"), same ? LOOK_GOOD : LOOK_PLAIN));
	}
	return used;
}

/* How many lines rows would take. */
static int
rows_height(const json_t *rows, int width)
{
	const json_t *row;
	size_t i;
	int height = 0;

	json_array_foreach(rows, i, row) {
		g_autoptr(GPtrArray) lines =
		    text_wrap(wire_text(row, "text"), width - LABEL);

		height += CLAMP((int)lines->len, 1, ROW_LINES);
	}
	return height;
}

static void
rule(int y)
{
	text_look(LOOK_LABEL, true);
	mvhline(y, 0, ACS_HLINE, COLS);
	text_look(LOOK_LABEL, false);
}

static int
draw_facts(const struct face *face, int y, int lines)
{
	const json_t *one = json_object_get(face->view, "case");
	const json_t *option = draw_option(face);
	const json_t *left = json_object_get(option ? option : one,
	    option ? "left" : "rows");
	const json_t *right = json_object_get(option, "rows");
	int half = COLS / 2, width = half - 2, height;
	g_autofree char *title = option ? g_strconcat("INVOICE ",
	    wire_text(option, "title"), NULL) : g_strdup("INVOICE");

	text_put(y, 1, width, "PAYMENT", LOOK_STRONG);
	text_put(y, half + 1, COLS - half - 1, title, LOOK_STRONG);
	height = MAX(rows_height(left, width),
	    rows_height(right, COLS - half - 2));
	height = CLAMP(height, 3, lines - 1);
	draw_rows(y + 1, 1, width, height, left);
	if (right)
		draw_rows(y + 1, half + 1, COLS - half - 2, height, right);
	else
		text_put_wrapped(y + 1, half + 1, COLS - half - 2, height,
		    json_array_size(json_object_get(one, "options")) ?
		    "None is chosen. A number chooses one of those below, / "
		    "searches another." : "None fits. / searches one, c "
		    "leaves it as credit, x says that it is for no invoice.",
		    LOOK_PLAIN);
	text_look(LOOK_LABEL, true);
	mvvline(y, half - 1, ACS_VLINE, height + 1);
	text_look(LOOK_LABEL, false);
	return height + 1;
}

/* ---- why ---------------------------------------------------------------------------- */

static int
draw_reason(int y, int lines, const char *label, const char *text,
    enum look look)
{
	if (!*text || lines <= 0)
		return 0;
	text_put(y, 1, LABEL - 1, label, LOOK_LABEL);
	return MAX(1, text_put_wrapped(y, 1 + LABEL, COLS - LABEL - 2,
	    MIN(lines, 2), text, look));
}

/* The lines below the two columns that are not to be taken by them. */
static int
lower_lines(const struct face *face)
{
	static const char *const names[] = {"for", "against", "refused",
	    "rest", "stays"};
	const json_t *option = draw_option(face);
	int reasons = *wire_text(face->view, "said") ? 1 : 0;
	size_t options = json_array_size(json_object_get(
	    json_object_get(face->view, "case"), "options"));

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		reasons += *wire_text(option, names[i]) ? 1 : 0;
	return CLAMP(reasons, 1, WHY_LINES) + 2 + MIN((int)options, 3);
}

static int
draw_why(const struct face *face, int y)
{
	const json_t *one = json_object_get(face->view, "case");
	const json_t *option = draw_option(face);
	g_autofree char *rest = *wire_text(option, "rest") ? g_strdup_printf(
	    "%s would be left of the payment", wire_text(option, "rest"))
	    : g_strdup("");
	g_autofree char *stays = *wire_text(option, "stays") ?
	    g_strdup_printf("%s would stay open", wire_text(option, "stays"))
	    : g_strdup("");
	int used = draw_reason(y, WHY_LINES, "Said", wire_text(face->view,
	    "said"), LOOK_NOTE);

	if (!option)
		return used + draw_reason(y + used, WHY_LINES - used,
		    "Why none", wire_text(one, "nothing"), LOOK_PLAIN);
	used += draw_reason(y + used, WHY_LINES - used, "For",
	    wire_text(option, "for"), LOOK_GOOD);
	used += draw_reason(y + used, WHY_LINES - used, "Against",
	    wire_text(option, "against"), LOOK_BAD);
	used += draw_reason(y + used, WHY_LINES - used, "Impossible",
	    wire_text(option, "refused"), LOOK_BAD);
	used += draw_reason(y + used, WHY_LINES - used, "Rest", rest,
	    LOOK_PLAIN);
	used += draw_reason(y + used, WHY_LINES - used, "Open", stays,
	    LOOK_PLAIN);
	return used;
}

/* ---- all of it ------------------------------------------------------------------------- */

static void
draw_title(const struct face *face)
{
	int at = (int)json_integer_value(json_object_get(face->view, "at"));
	int of = (int)json_integer_value(json_object_get(face->view, "of"));
	g_autofree char *progress = g_strdup_printf("%d of %d", MIN(at, of),
	    of);
	const char *head = wire_text(json_object_get(face->view, "case"),
	    "head");
	int room = COLS - text_columns(progress) - 4;

	text_put(0, 1, room, *head ? head : "Money that waits", LOOK_STRONG);
	text_put(0, COLS - text_columns(progress) - 1,
	    text_columns(progress), progress, LOOK_PLAIN);
}

static void
draw_nothing(const struct face *face)
{
	bool end = json_object_get(face->view, "end") != NULL;
	g_autofree char *words = end ? g_strdup_printf("That was all. You "
	    "have said %d word%s. q quits, b goes back, u takes the last "
	    "word back.", (int)json_integer_value(json_object_get(face->view,
	    "end")), json_integer_value(json_object_get(face->view, "end"))
	    == 1 ? "" : "s") : g_strconcat("Said: ", wire_text(face->view,
	    "said"), NULL);

	text_put_wrapped(3, 1, COLS - 2, 4, words, LOOK_PLAIN);
}

bool
draw_case(const struct face *face, struct layout *layout)
{
	erase();
	if (COLS < LEAST_COLUMNS || LINES < LEAST_LINES) {
		text_put_wrapped(0, 0, COLS, LINES, "The window is too "
		    "small. Make it larger, or q quits.", LOOK_PLAIN);
		return false;
	}
	layout->keys = LINES - (COLS >= 76 ? 2 : KEY_LINES);
	layout->note = layout->keys - NOTE_LINES;
	draw_title(face);
	rule(1);
	layout->facts = 2;
	layout->lower = 4;
	if (json_object_get(face->view, "case")) {
		int room = layout->note - layout->facts - lower_lines(face);

		layout->why = layout->facts + draw_facts(face, layout->facts,
		    MAX(room, 4)) + 1;
		rule(layout->why - 1);
		layout->lower = layout->why + draw_why(face, layout->why) + 1;
	} else {
		draw_nothing(face);
	}
	if (face->note)
		text_put_wrapped(layout->note, 1, COLS - 2, NOTE_LINES,
		    face->note, LOOK_NOTE);
	return true;
}

static void
draw_one_option(const struct face *face, int y, size_t i,
    const json_t *option)
{
	bool chosen = face->option == (int)i;
	g_autofree char *number = i < 9 ? g_strdup_printf("%zu", i + 1)
					: g_strdup(" ");
	g_autofree char *text = g_strdup_printf("%s %s %6s  %s  %s  %s",
	    chosen ? ">" : " ", number, wire_text(option, "percent"),
	    wire_text(option, "money"), wire_text(option, "title"),
	    wire_text(option, "customer"));

	text_put(y, 1, COLS - 2, text, chosen ? LOOK_STRONG : LOOK_PLAIN);
}

void
draw_options(const struct face *face, const struct layout *layout)
{
	const json_t *options = json_object_get(
	    json_object_get(face->view, "case"), "options"), *option;
	int room = layout->note - layout->lower;
	int first = MAX(0, face->option - MAX(room - 1, 0));
	size_t i;

	json_array_foreach(options, i, option)
		if ((int)i >= first && (int)i < first + room)
			draw_one_option(face, layout->lower + (int)i - first,
			    i, option);
}

void
draw_keys(const struct layout *layout, const char *keys)
{
	int y = layout->keys, x = 1;

	while (*keys) {
		const char *what = keys + strlen(keys) + 1;
		int size = text_columns(keys) + 1 + text_columns(what);

		if (x > 1 && x + size > COLS - 1) {
			y++;
			x = 1;
		}
		if (y >= LINES)
			break;
		x += text_put(y, x, COLS - x, keys, LOOK_STRONG) + 1;
		x += text_put(y, x, COLS - x, what, LOOK_KEYS) + 2;
		keys = what + strlen(what) + 1;
	}
}
