/*
 * keys.c - what each key does while a case is shown: a table.
 */
#include <stdarg.h>
#include <string.h>

#include "keys.h"

/* ---- words ------------------------------------------------------------------------ */

json_t *
word_request(const struct face *face, const char *word)
{
	return json_pack("{s:s, s:s, s:i}", "do", "say", "word", word,
	    "option", face->option < 0 ? 9999 : face->option);
}

static void
say(struct face *face, json_t *request)
{
	json_t *answer = wire_ask(face, request);
	bool moved = json_is_true(json_object_get(answer, "done"));

	wire_take(face, answer);
	if (moved)
		face_choose_first(face);
	else if (!draw_option(face))
		face->option = -1;
}

static void
say_word(struct face *face, const char *word)
{
	say(face, word_request(face, word));
}

static void
accept(struct face *face)
{
	if (draw_option(face))
		say_word(face, "accept");
	else
		face_note(face, "Choose first what it is for: a number, or / "
		    "to search.");
}

static void
none(struct face *face)
{
	say_word(face, "none");
}

static json_t *
items_of(const char *first, const char *second, const char *third)
{
	json_t *items = json_array();
	const char *const texts[] = {first, second, third};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (texts[i])
			json_array_append_new(items,
			    json_pack("{s:s}", "text", texts[i]));
	return items;
}

static void
put_away(struct face *face)
{
	json_t *items = items_of("It is not an invoice payment at all",
	    "Put it away for now", NULL);
	int index = ask_menu(face, "Nobody asks about it again:", items);

	json_decref(items);
	if (index >= 0)
		say_word(face, index == 0 ? "no-invoice" : "for-now");
}

/* ---- credit ---------------------------------------------------------------------- */

static void
credit_of_another(struct face *face)
{
	g_autofree char *text = ask_line(face, "Whose credit? Name or id:");
	json_t *answer, *request;
	const json_t *found;
	int index = -1;

	if (!text || !*text)
		return;
	answer = wire_ask(face, json_pack("{s:s, s:s}", "do", "customers",
	    "text", text));
	found = json_object_get(answer, "found");
	if (json_array_size(found))
		index = ask_menu(face, "All that is left is credit of:",
		    found);
	else
		face_note(face, "No customer is found by “%s”.", text);
	if (index >= 0) {
		request = word_request(face, "credit");
		json_object_set(request, "customer", json_object_get(
		    json_array_get(found, (size_t)index), "id"));
		say(face, request);
	}
	json_decref(answer);
}

static void
credit(struct face *face)
{
	const json_t *option = draw_option(face);
	const char *customer = wire_text(option, "customer");
	const char *rest = wire_text(option, "rest");
	g_autofree char *both = g_strdup_printf("Book %s on %s, leave %s as "
	    "credit", wire_text(option, "money"), wire_text(option, "title"),
	    rest);
	g_autofree char *all = g_strdup_printf("Leave all of it, %s, as "
	    "credit", wire_text(json_object_get(face->view, "case"),
	    "money"));
	g_autofree char *title = g_strdup_printf("On the account of %s:",
	    customer);
	json_t *items;
	int index;

	if (!option) {
		credit_of_another(face);
		return;
	}
	items = *rest ? items_of(both, all, "Credit of another customer")
		      : items_of(all, "Credit of another customer", NULL);
	index = ask_menu(face, title, items);
	json_decref(items);
	if (index < 0)
		return;
	index += *rest ? 0 : 1;
	if (index == 2)
		credit_of_another(face);
	else
		say_word(face, index == 0 ? "accept-credit" : "credit");
}

/* ---- walking ------------------------------------------------------------------------ */

static void
walk(struct face *face, int step)
{
	wire_take(face, wire_ask(face, json_pack("{s:s, s:i}", "do", "move",
	    "step", step)));
	face_choose_first(face);
}

static void
skip(struct face *face)
{
	walk(face, 1);
}

static void
back(struct face *face)
{
	walk(face, -1);
}

static void
undo(struct face *face)
{
	wire_take(face, wire_ask(face, json_pack("{s:s}", "do", "undo")));
	face_choose_first(face);
}

static void
search(struct face *face)
{
	int64_t id = search_ask(face);
	json_t *answer;

	if (!id)
		return;
	answer = wire_ask(face, json_pack("{s:s, s:I}", "do", "look",
	    "invoice", (json_int_t)id));
	face->option = (int)json_integer_value(
	    json_object_get(answer, "option"));
	wire_take(face, answer);
}

static void
split(struct face *face)
{
	split_ask(face);
}

static void
quit(struct face *face)
{
	face->over = true;
}

/* ---- reading ------------------------------------------------------------------------- */

static void
explain(struct face *face)
{
	json_t *answer = wire_ask(face, json_pack("{s:s, s:i}", "do", "more",
	    "option", face->option < 0 ? 9999 : face->option));

	if (answer)
		ask_read(face, "Why", json_object_get(answer, "lines"));
	json_decref(answer);
}

static void help(struct face *face);

/* The order of the keys at the bottom of the screen. */
static const struct key {
	char key;
	void (*act)(struct face *face);
	bool always;		/* also where no case is shown */
	const char *name, *what, *help;
} keys[] = {
    {'a', accept, false, "Enter", "accept", "or a: book what is chosen"},
    {0, NULL, false, "1-9", "choose", "or up and down: another explanation"},
    {'/', search, false, "/", "search",
	"an invoice by its number, its customer's name or an amount"},
    {'p', split, false, "p", "split",
	"over several invoices, so much on each"},
    {'n', none, false, "n", "no",
	"none of what is suggested; it is not suggested again"},
    {'x', put_away, false, "x", "not ours",
	"not an invoice payment, or put away for now"},
    {'c', credit, false, "c", "credit",
	"what is left is credit on a customer's account"},
    {'s', skip, false, "s", "skip", "without a word"},
    {'b', back, true, "b", "back", "to the one before"},
    {'u', undo, true, "u", "undo", "the last word; again: the one before"},
    {'e', explain, false, "e", "explain",
	"each reason, what else is open, what the journal tells"},
    {'?', help, true, "?", "help", "this"},
    {'q', quit, true, "q", "quit", "what was said stays said"},
};

static void
help(struct face *face)
{
	json_t *lines = json_array();

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autofree char *line = g_strdup_printf("%-6s %-9s %s",
		    keys[i].name, keys[i].what, keys[i].help);

		json_array_append_new(lines, json_string(line));
	}
	json_array_append_new(lines, json_string("Nothing is final until you "
	    "say it, each word is carried out at once, and u takes it back. "
	    "“=” marks what agrees on both sides."));
	ask_read(face, "Keys", lines);
	json_decref(lines);
}

void
keys_draw(const struct face *face, const struct layout *layout)
{
	bool shown = json_object_get(face->view, "case") != NULL;
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		if (!shown && !keys[i].always)
			continue;
		g_string_append_len(text, keys[i].name,
		    (gssize)strlen(keys[i].name) + 1);
		g_string_append_len(text, keys[i].what,
		    (gssize)strlen(keys[i].what) + 1);
	}
	draw_keys(layout, text->str);
	g_string_free(text, TRUE);
}

static void
choose(struct face *face, int option)
{
	size_t size = json_array_size(json_object_get(json_object_get(
	    face->view, "case"), "options"));

	if (option >= 0 && (size_t)option < size)
		face->option = option;
}

static char
key_of(int kind, wint_t key)
{
	if (kind == KEY_CODE_YES)
		return key == KEY_ENTER ? 'a' : '\0';
	if (key == '\n' || key == '\r')
		return 'a';
	return key < 128 ? (char)key : '\0';
}

void
keys_act(struct face *face, int kind, wint_t key)
{
	bool shown = json_object_get(face->view, "case") != NULL;
	char letter = key_of(kind, key);

	if (kind == KEY_CODE_YES && (key == KEY_DOWN || key == KEY_UP))
		choose(face, face->option + (key == KEY_DOWN ? 1 : -1));
	if (kind == OK && key >= '1' && key <= '9')
		choose(face, (int)(key - '1'));
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		if (!letter || keys[i].key != letter ||
		    (!shown && !keys[i].always))
			continue;
		face_note(face, "%s", "");
		keys[i].act(face);
		return;
	}
}
