/*
 * review_lines.c - the dialogue line by line: a case as plain lines, one
 * answer a line, the end of input is "quit". For terminals without a screen,
 * for readers aloud, for scripts.
 */
#include "review.h"
#include "review_screen.h"
#include "review_talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_SIZE 1000

struct lines {
	struct talk *talk;
	guint chosen;		/* option; options->len: none */
	json_t *found;		/* of the last search, or NULL */
	bool show;		/* the case, before the next answer */
	bool quit;
};

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

/* ---- showing ------------------------------------------------------------------- */

static void
print_rows(const json_t *rows)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
		printf("  %s: %s%s\n", text_of(row, "label"),
		    text_of(row, "text"),
		    json_object_get(row, "same") ? " (agrees)" : "");
}

static void
print_side(const char *label, const char *text)
{
	if (*text)
		printf("   %s: %s\n", label, text);
}

static void
print_option(const json_t *option, size_t number, bool chosen)
{
	printf("%zu. %s: %s, %s, %s%s\n", number, text_of(option, "percent"),
	    text_of(option, "title"), text_of(option, "customer"),
	    text_of(option, "money"), chosen ? " (chosen)" : "");
	print_side("for", text_of(option, "for"));
	print_side("against", text_of(option, "against"));
	print_side("cannot be booked", text_of(option, "refused"));
	print_side("would be left of the payment", text_of(option, "rest"));
	print_side("would stay open", text_of(option, "stays"));
	if (chosen)
		print_rows(json_object_get(option, "rows"));
}

static void
print_case(struct lines *lines)
{
	struct talk *talk = lines->talk;
	json_t *one = show_case(talk->context, talk->shown);
	const json_t *options = json_object_get(one, "options"), *option;
	const json_t *left = json_object_get(json_array_get(options,
	    lines->chosen), "left");
	size_t i;

	printf("\n%u of %u: %s\n", talk->at + 1, talk->ids->len,
	    text_of(one, "head"));
	if (talk_said(talk))
		printf("  said: %s\n", talk_said(talk));
	print_rows(left ? left : json_object_get(one, "rows"));
	if (json_object_get(one, "nothing"))
		printf("  nothing is suggested: %s\n",
		    text_of(one, "nothing"));
	json_array_foreach(options, i, option)
		print_option(option, i + 1, i == lines->chosen);
	json_decref(one);
}

static void
choose_first(struct lines *lines)
{
	const struct review_case *one = lines->talk->shown;

	lines->chosen = one && one->suggested ? 0 : G_MAXUINT;
	json_decref(lines->found);
	lines->found = NULL;
	lines->show = true;
}

static void
show(struct lines *lines)
{
	struct talk *talk = lines->talk;

	lines->show = false;
	if (talk->shown)
		print_case(lines);
	else if (talk->at < talk->ids->len && talk_said(talk))
		printf("\n%u of %u: %s\n", talk->at + 1, talk->ids->len,
		    talk_said(talk));
	else
		puts("\nThat was all.");
}

/* ---- answers ---------------------------------------------------------------------- */

static void
say_word(struct lines *lines, struct saying *saying)
{
	g_autofree char *note = NULL, *clean = NULL;
	enum talk_end end;

	saying->option = lines->chosen;
	end = talk_say(lines->talk, saying, &note);
	clean = show_clean(note);
	puts(clean);
	if (end != TALK_REFUSED)
		choose_first(lines);
}

/* "a": what is chosen; "a 2": the second. */
static void
accept(struct lines *lines, const char *rest)
{
	const struct review_case *one = lines->talk->shown;

	if (*rest)
		lines->chosen = (guint)strtoul(rest, NULL, 10) - 1;
	if (one && lines->chosen >= one->options->len)
		puts("Choose first what it is for: a number, or /WORD to "
		    "search.");
	else
		say_word(lines, &(struct saying){.word = TALK_ACCEPT});
}

static void
reject(struct lines *lines, const char *rest)
{
	(void)rest;
	say_word(lines, &(struct saying){.word = TALK_REJECT});
}

static void
put_away(struct lines *lines, const char *rest)
{
	say_word(lines, &(struct saying){.word =
	    strcmp(rest, "later") == 0 ? TALK_FOR_NOW : TALK_NO_INVOICE});
}

static void
credit(struct lines *lines, const char *rest)
{
	struct saying saying = {.word = TALK_CREDIT};

	if (*rest) {
		json_t *found = talk_customers(lines->talk, rest);
		const json_t *one;
		size_t i;

		if (json_array_size(found) == 1)
			saying.customer = json_integer_value(json_object_get(
			    json_array_get(found, 0), "id"));
		else
			printf("%zu customers are found; give the id or more "
			    "of the name.\n", json_array_size(found));
		json_array_foreach(found, i, one)
			if (!saying.customer)
				printf("  %s\n", text_of(one, "text"));
		json_decref(found);
		if (!saying.customer)
			return;
	}
	say_word(lines, &saying);
}

static void
accept_credit(struct lines *lines, const char *rest)
{
	(void)rest;
	say_word(lines, &(struct saying){.word = TALK_ACCEPT_CREDIT});
}

/* One "NUMBER=AMOUNT" of a split. */
static bool
read_part(struct lines *lines, const char *text, GArray *parts)
{
	const struct review_case *one = lines->talk->shown;
	const char *equals = strrchr(text, '=');
	g_autofree char *number =
	    equals ? g_strndup(text, (gsize)(equals - text)) : NULL;
	struct option_part part = {.kind = ALLOCATION_PAYMENT};
	struct invoice *invoice = NULL;

	if (!equals || !talk_amount(equals + 1, one->payment->currency,
	    &part.amount)) {
		printf("'%s' is not NUMBER=AMOUNT.\n", text);
		return false;
	}
	if (store_invoice_find(lines->talk->context->store, number,
		&invoice) != STORE_OK) {
		printf("There is no invoice '%s'.\n", number);
		return false;
	}
	part.invoice = invoice->id;
	invoice_free(invoice);
	if (talk_look(lines->talk, part.invoice) < 0)
		return false;
	g_array_append_val(parts, part);
	return true;
}

static void
split(struct lines *lines, const char *rest)
{
	g_auto(GStrv) words = g_strsplit_set(rest, " \t", -1);
	g_autoptr(GArray) parts =
	    g_array_new(FALSE, TRUE, sizeof(struct option_part));
	bool good = lines->talk->shown != NULL;

	for (char **word = words; good && *word; word++) {
		g_autofree char *clean = show_clean(*word);

		if (*clean)
			good = read_part(lines, clean, parts);
	}
	if (!good)
		return;
	if (parts->len == 0)
		puts("Say it so: p NUMBER=AMOUNT NUMBER=AMOUNT, with the "
		    "numbers of the invoices.");
	else
		say_word(lines, &(struct saying){.word = TALK_SPLIT,
		    .parts = parts});
}

static void
search(struct lines *lines, const char *rest)
{
	const json_t *one;
	size_t i;

	json_decref(lines->found);
	lines->found = talk_search(lines->talk, rest);
	json_array_foreach(lines->found, i, one)
		printf("%zu. %s\n", i + 1, text_of(one, "text"));
	if (i == 0) {
		puts("Nothing open is found by that.");
		json_decref(lines->found);
		lines->found = NULL;
	} else {
		puts("Which one? Its number; an empty line for none.");
	}
}

static void
choose(struct lines *lines, const char *text)
{
	const struct review_case *one = lines->talk->shown;
	unsigned long number = strtoul(text, NULL, 10);
	json_int_t id = json_integer_value(json_object_get(json_array_get(
	    lines->found, number - 1), "id"));
	int index = lines->found ?
	    id ? talk_look(lines->talk, id) : -1 : (int)number - 1;

	json_decref(lines->found);
	lines->found = NULL;
	one = lines->talk->shown;
	if (!one || index < 0 || (guint)index >= one->options->len) {
		puts("There is no such number here.");
		return;
	}
	lines->chosen = (guint)index;
	lines->show = true;
}

static void
move(struct lines *lines, int step)
{
	talk_move(lines->talk, step);
	choose_first(lines);
}

static void
skip(struct lines *lines, const char *rest)
{
	(void)rest;
	move(lines, 1);
}

static void
back(struct lines *lines, const char *rest)
{
	(void)rest;
	move(lines, -1);
}

static void
undo(struct lines *lines, const char *rest)
{
	g_autofree char *note = NULL, *clean = NULL;
	enum talk_end end = talk_undo(lines->talk, &note);

	(void)rest;
	clean = show_clean(note);
	puts(clean);
	if (end == TALK_DONE)
		choose_first(lines);
}

static void
explain(struct lines *lines, const char *rest)
{
	json_t *more;
	const json_t *line;
	size_t i;

	(void)rest;
	if (!lines->talk->shown)
		return;
	more = show_more(lines->talk->context, lines->talk->shown,
	    lines->chosen);
	json_array_foreach(more, i, line)
		printf("  %s\n", json_string_value(line));
	json_decref(more);
}

static void help(struct lines *lines, const char *rest);

static void
quit(struct lines *lines, const char *rest)
{
	(void)rest;
	lines->quit = true;
}

static const struct answer {
	const char *name;
	void (*act)(struct lines *lines, const char *rest);
	const char *help;
} answers[] = {
    {"a", accept, "a, a 2      accept what is chosen, or number 2"},
    {"ac", accept_credit,
	"ac          accept it and leave the rest as the customer's credit"},
    {"/", search, "/WORD       search an invoice: number, customer or "
	"amount"},
    {"p", split, "p N=A N=A   split: so much on each invoice"},
    {"n", reject, "n           none of what is suggested"},
    {"x", put_away, "x, x later  not an invoice payment; put away for now"},
    {"c", credit, "c, c NAME   all that is left is credit of the customer"},
    {"s", skip, "s           skip"},
    {"b", back, "b           back to the one before"},
    {"u", undo, "u           undo the last word"},
    {"e", explain, "e           explain more"},
    {"?", help, "?           this help"},
    {"q", quit, "q           quit; what was said stays said"},
};

static void
help(struct lines *lines, const char *rest)
{
	(void)lines;
	(void)rest;
	puts("  1, 2 ...    choose what is shown under that number");
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++)
		printf("  %s\n", answers[i].help);
	puts("  An empty line shows the case again. Nothing is final until "
	    "you say it.");
}

/* ---- one line after the other ------------------------------------------------------- */

static void
take(struct lines *lines, char *line)
{
	const char *rest;
	size_t size;

	g_strstrip(line);
	if (g_ascii_isdigit(*line)) {
		choose(lines, line);
		return;
	}
	if (!*line) {
		json_decref(lines->found);
		lines->found = NULL;
		lines->show = true;
		return;
	}
	size = *line == '/' ? 1 : strcspn(line, " \t");
	rest = line + size + strspn(line + size, " \t");
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
		if (strlen(answers[i].name) == size &&
		    g_ascii_strncasecmp(answers[i].name, line, size) == 0) {
			answers[i].act(lines, rest);
			return;
		}
	}
	puts("That is no answer; '?' tells which there are.");
}

void
review_lines(struct talk *talk)
{
	struct lines lines = {.talk = talk};
	char line[LINE_MAX_SIZE];

	choose_first(&lines);
	puts("\nOne answer a line; '?' tells which there are.");
	while (!lines.quit) {
		if (lines.show)
			show(&lines);
		printf("a / n p x c s b u e ? q> ");
		fflush(stdout);
		if (!fgets(line, sizeof(line), stdin))
			break;
		if (!isatty(STDIN_FILENO))	/* nobody has typed Enter */
			putchar('\n');
		take(&lines, line);
	}
	putchar('\n');
	json_decref(lines.found);
}
