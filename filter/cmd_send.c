/*
 * cmd_send.c - hand over the letters that wait; -n shows what would go and
 * what the guard holds back.
 */
#include "command.h"
#include "gate.h"
#include "outbox.h"
#include "print.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

extern const struct command cmd_send;

struct word {
	const char *outcome;
	const char *word;	/* for a person */
	enum paint paint;
	bool loud;		/* said even with -q */
};
static const struct word words[] = {
    {"sent", "sent", PAINT_GREEN, false},
    {"would-send", "would send", PAINT_GREEN, false},
    {"held", "held back", PAINT_YELLOW, false},
    {"recalled", "recalled", PAINT_YELLOW, false},
    {"waiting", "waiting", PAINT_DIM, false},
    {"later", "try later", PAINT_YELLOW, false},
    {"down", "not possible", PAINT_RED, true},
    {"refused", "refused", PAINT_RED, true},
    {"unknown", "unknown", PAINT_RED, true},
    {"broken", "not made", PAINT_RED, true},
};

static const struct word *
word_of(const struct send_line *line)
{
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i].outcome, line->outcome) == 0)
			return &words[i];
	g_assert_not_reached();
}

static void
print_for_person(const struct context *context, const struct send_line *line)
{
	const struct word *word = word_of(line);
	g_autofree char *about = print_clean(line->about);
	g_autofree char *why = print_clean(line->why ? line->why : "");

	if (context->quiet) {
		if (word->loud)
			say_error(context, "%s: %s: %s", about, word->word, why);
		return;
	}
	printf("%s%-12s%s %s%s%s", paint(context, word->paint), word->word,
	    paint(context, PAINT_NONE), about, *why ? ": " : "", why);
	if (line->path)
		printf("\n             %s%s%s", paint(context, PAINT_DIM),
		    line->path, paint(context, PAINT_NONE));
	putchar('\n');
}

static void
print_as_json(const struct send_line *line)
{
	json_t *json = json_pack("{s:I, s:s, s:s}", "letter",
	    (json_int_t)line->letter, "kind", letter_kind_name(line->kind),
	    "outcome", line->outcome);

	json_put(json, "about", line->about);
	json_put(json, "why", line->why);
	json_put(json, "path", line->path);
	print_json(json);
}

/* "3 sent, 1 held back": what was not zero. */
static void
print_summary(const struct context *context, const struct send_result *result)
{
	const struct {
		int count;
		const char *text;
	} parts[] = {
	    {result->sent, context->dry_run ? "would be sent" : "sent"},
	    {result->held, "held back"},
	    {result->recalled, "recalled"},
	    {result->later, "to be tried later"},
	    {result->refused, "refused"},
	    {result->unknown, "unknown"},
	    {result->broken, "could not be made"},
	    {result->waiting, "waiting"},
	};
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		if (parts[i].count)
			g_string_append_printf(text, "%s%d %s",
			    text->len ? ", " : "", parts[i].count,
			    parts[i].text);
	printf("Letters: %s%s.\n", text->len ? text->str : "none waits",
	    result->down ? "; sending is not possible now" : "");
}

/* What waits for the owner's word, said to whoever called. */
static void
say_mass(struct context *context)
{
	struct question like = {.code = (char *)"mass"}, *question = NULL;

	if (store_question_find(context->store, &like, &question) != STORE_OK)
		return;
	say_error(context, "%s", question->text);
	question_free(question);
}

static int
send(struct context *context, bool release)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)send_line_free);
	struct send_result result;
	int code = context_config(context), again;

	if (code == EX_OK)
		code = context_store(context, STORE_WRITE);
	if (code != EX_OK)
		return code;
	intake_spool(context);
	again = gate_again(context);
	code = outbox_send(context, release, &result, lines);
	for (guint i = 0; i < lines->len; i++) {
		if (context->json)
			print_as_json(lines->pdata[i]);
		else
			print_for_person(context, lines->pdata[i]);
	}
	if (!context->json && !context->quiet &&
	    (code == EX_OK || result.down))
		print_summary(context, &result);
	if (code == EX_OK && result.waiting)
		say_mass(context);
	return code == EX_OK ? again : code;
}

static int
run(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
	    {"dry-run", no_argument, NULL, 'n'},
	    {"yes", no_argument, NULL, 'y'},
	    {NULL, 0, NULL, 0},
	};
	bool release = false;
	int c;

	while ((c = getopt_long(argc, argv, ":ny", options, NULL)) != -1) {
		if (c == 'n')
			context->dry_run = true;
		else if (c == 'y')
			release = true;
		else
			return option_error(&cmd_send, c, argv);
	}
	if (optind < argc)
		return usage_error(&cmd_send, "'%s' is too much here",
		    argv[optind]);
	return send(context, release);
}

const struct command cmd_send = {
	.name = "send",
	.usage = "[-n] [--yes]",
	.summary = "guard once more and hand over the letters that wait",
	.options =
	    "  -n     show what would go and what the guard holds back, change "
	    "nothing\n"
	    "  --yes  let a mass of letters go that waits for your word\n",
	.run = run,
};
