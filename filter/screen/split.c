/*
 * split.c - one payment over several invoices: amounts are typed, what is left
 * is in sight all the time, and only sums that can be booked are said.
 */
#include <string.h>
#include <wctype.h>

#include "screen.h"

#define PARTS_MAX 50
#define AMOUNT_LONGEST 20

struct split {
	struct face *face;
	json_t *parts;		/* [{"invoice","text","amount"}] */
	size_t at;		/* which one is typed in */
	bool typed;		/* what is typed goes on; else it begins anew */
	char *rest, *problem;
};

/* ---- with the other side ------------------------------------------------------- */

static json_t *
request_of(const struct split *split, const char *what)
{
	return json_pack("{s:s, s:O}", "do", what, "parts", split->parts);
}

static void
check(struct split *split)
{
	json_t *answer = wire_ask(split->face, request_of(split, "check"));

	g_free(split->rest);
	g_free(split->problem);
	split->rest = g_strdup(wire_text(answer, "rest"));
	split->problem = g_strdup(wire_text(answer, "problem"));
	json_decref(answer);
}

int64_t
search_ask(struct face *face)
{
	g_autofree char *text = ask_line(face,
	    "Search number, customer or amount:");
	json_t *answer;
	const json_t *found;
	int64_t id = 0;
	int index = -1;

	if (!text || !*text)
		return 0;
	answer = wire_ask(face, json_pack("{s:s, s:s}", "do", "search",
	    "text", text));
	found = json_object_get(answer, "found");
	if (json_array_size(found))
		index = ask_menu(face, "Open invoices that fit:", found);
	else
		face_note(face, "Nothing open is found by “%s”.", text);
	if (index >= 0)
		id = json_integer_value(json_object_get(
		    json_array_get(found, (size_t)index), "id"));
	json_decref(answer);
	return id;
}

/* An option's title and customer, for the invoice that it is. */
static char *
title_of(const struct face *face, int option)
{
	const json_t *one = json_array_get(json_object_get(json_object_get(
	    face->view, "case"), "options"), (size_t)option);

	return g_strdup_printf("%s  %s  (%s open)", wire_text(one, "title"),
	    wire_text(one, "customer"), wire_text(one, "open"));
}

static bool
has(const struct split *split, int64_t invoice)
{
	const json_t *part;
	size_t i;

	json_array_foreach(split->parts, i, part)
		if (json_integer_value(json_object_get(part, "invoice")) ==
		    invoice)
			return true;
	return false;
}

/* With as much as both have left. */
static void
add(struct split *split, int64_t invoice)
{
	struct face *face = split->face;
	int chosen = face->option, option;
	json_t *answer, *request;
	g_autofree char *title = NULL;

	if (!invoice || has(split, invoice) ||
	    json_array_size(split->parts) >= PARTS_MAX)
		return;
	answer = wire_ask(face, json_pack("{s:s, s:I}", "do", "look",
	    "invoice", (json_int_t)invoice));
	option = (int)json_integer_value(json_object_get(answer, "option"));
	wire_take(face, answer);
	face->option = chosen;
	if (face->over || option < 0)
		return;
	title = title_of(face, option);
	request = request_of(split, "check");
	json_object_set_new(request, "fill", json_integer(invoice));
	answer = wire_ask(face, request);
	json_array_append_new(split->parts, json_pack("{s:I, s:s, s:s}",
	    "invoice", (json_int_t)invoice, "text", title, "amount",
	    wire_text(answer, "amount")));
	json_decref(answer);
	split->at = json_array_size(split->parts) - 1;
	split->typed = false;
}

/* What is chosen is the beginning. */
static void
add_chosen(struct split *split)
{
	const json_t *parts = json_object_get(draw_option(split->face),
	    "parts");
	json_t *ids = json_deep_copy(parts);
	const json_t *part;
	size_t i;

	json_array_foreach(ids, i, part)
		add(split, json_integer_value(part));
	json_decref(ids);
	split->at = 0;
}

/* ---- on the screen ------------------------------------------------------------------- */

static void
draw_part(const struct split *split, int y, size_t i)
{
	const json_t *part = json_array_get(split->parts, i);
	bool here = i == split->at;
	g_autofree char *amount = g_strdup_printf("%s%s",
	    wire_text(part, "amount"), here ? "_" : "");
	g_autofree char *text = g_strdup_printf("%s %14s  %s",
	    here ? ">" : " ", amount, wire_text(part, "text"));

	text_put(y, 1, COLS - 2, text, here ? LOOK_STRONG : LOOK_PLAIN);
}

static void
draw(const struct split *split)
{
	struct layout layout;
	size_t size = json_array_size(split->parts);
	g_autofree char *left = g_strdup_printf("Left of the payment: %s",
	    split->rest);
	int room, first;

	if (!draw_case(split->face, &layout)) {
		refresh();
		return;
	}
	for (int y = layout.lower; y < LINES; y++) {
		move(y, 0);
		clrtoeol();
	}
	text_put(layout.lower, 1, COLS - 2, "So much on each invoice:",
	    LOOK_STRONG);
	room = MAX(layout.note - layout.lower - 1, 1);
	first = MAX(0, (int)split->at - room + 1);
	for (int i = 0; i < room && first + i < (int)size; i++)
		draw_part(split, layout.lower + 1 + i, (size_t)(first + i));
	if (size == 0)
		text_put(layout.lower + 1, 1, COLS - 2,
		    "None yet: / searches the first one.", LOOK_PLAIN);
	text_put(layout.note, 1, COLS - 2, left, LOOK_STRONG);
	text_put(layout.note + 1, 1, COLS - 2, split->problem, LOOK_BAD);
	draw_keys(&layout, "0-9 .\0amount\0" "/\0add an invoice\0"
	    "Del\0take it out\0" "up, down\0move\0" "Enter\0book\0"
	    "Esc\0leave it\0\0");
	refresh();
}

/* ---- keys ----------------------------------------------------------------------------- */

static void
type(struct split *split, wint_t key)
{
	json_t *part = json_array_get(split->parts, split->at);
	g_autoptr(GString) amount = g_string_new(wire_text(part, "amount"));

	if (!part)
		return;
	if (!split->typed && key != KEY_BACKSPACE)
		g_string_truncate(amount, 0);
	split->typed = true;
	if (key == KEY_BACKSPACE)
		g_string_truncate(amount, amount->len ? amount->len - 1 : 0);
	else if (amount->len < AMOUNT_LONGEST)
		g_string_append_c(amount, (char)key);
	json_object_set_new(part, "amount", json_string(amount->str));
}

static void
take_out(struct split *split)
{
	json_array_remove(split->parts, split->at);
	if (split->at && split->at >= json_array_size(split->parts))
		split->at--;
}

/* True: it is done with. */
static bool
book(struct split *split)
{
	json_t *request;

	if (*split->problem || !json_array_size(split->parts))
		return false;
	request = word_request(split->face, "split");
	json_object_set(request, "parts", split->parts);
	wire_take(split->face, wire_ask(split->face, request));
	face_choose_first(split->face);
	return true;
}

static bool
act(struct split *split, int kind, wint_t key)
{
	size_t size = json_array_size(split->parts);
	bool code = kind == KEY_CODE_YES;

	if (!code && (key == '\n' || key == '\r'))
		return book(split);
	if (!code && key == 27)
		return true;
	if (code && key == KEY_ENTER)
		return book(split);
	if (code && (key == KEY_DOWN || key == KEY_UP))
		split->typed = false;
	if (code && key == KEY_DOWN)
		split->at = split->at + 1 < size ? split->at + 1 : split->at;
	else if (code && key == KEY_UP)
		split->at -= split->at > 0;
	else if (code && key == KEY_DC)
		take_out(split);
	else if ((code && key == KEY_BACKSPACE) ||
	    (!code && (key == 8 || key == 127)))
		type(split, KEY_BACKSPACE);
	else if (!code && (iswdigit(key) || key == '.' || key == ','))
		type(split, key);
	else if (!code && key == '/')
		add(split, search_ask(split->face));
	else if (!code && key == 'd')
		take_out(split);
	return false;
}

void
split_ask(struct face *face)
{
	struct split split = {.face = face, .parts = json_array(),
	    .rest = g_strdup(""), .problem = g_strdup("")};
	wint_t key;
	int kind;

	add_chosen(&split);
	do {
		check(&split);
		draw(&split);
		kind = ask_key(face, &key);
	} while (kind != ERR && !act(&split, kind, key) && !face->over);
	json_decref(split.parts);
	g_free(split.rest);
	g_free(split.problem);
}
