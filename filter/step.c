/*
 * step.c - one step of a reminder policy, from its words:
 *   before N days | on the due date | after N days
 * followed by any of
 *   tone friendly|understanding|firm, term N days, fee, legal,
 *   offer instalments [if deserving], escalate
 */
#include "config.h"

#include <string.h>

struct words {
	char **at;		/* the next word, NULL at the end */
	char *why;
};

static bool G_GNUC_PRINTF(2, 3)
refuse(struct words *words, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	words->why = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return false;
}

static bool
accept(struct words *words, const char *word)
{
	if (!*words->at || g_ascii_strcasecmp(*words->at, word) != 0)
		return false;
	words->at++;
	return true;
}

/* "N day" or "N days" */
static bool
read_days(struct words *words, const char *what, int low, int *days)
{
	guint64 number;

	if (!*words->at || !g_ascii_string_to_unsigned(*words->at, 10,
	    (guint64)low, 1000, &number, NULL))
		return refuse(words, "\"%s\" needs a number of days from %d "
		    "to 1000", what, low);
	words->at++;
	if (!accept(words, "days") && !accept(words, "day"))
		return refuse(words, "\"%s %u\" needs the word \"days\"", what,
		    (unsigned)number);
	*days = (int)number;
	return true;
}

static bool
read_tone(struct words *words, struct step *step)
{
	static const char *const tones[] = {"friendly", "understanding", "firm"};

	for (size_t i = 0; i < G_N_ELEMENTS(tones); i++) {
		if (accept(words, tones[i])) {
			g_free(step->tone);
			step->tone = g_strdup(tones[i]);
			return true;
		}
	}
	return refuse(words,
	    "\"tone\" is one of friendly, understanding, firm");
}

static bool
read_instalments(struct words *words, struct step *step)
{
	if (!accept(words, "instalments"))
		return refuse(words, "\"offer\" is followed by \"instalments\"");
	if (accept(words, "if") && !accept(words, "deserving"))
		return refuse(words, "\"if\" is followed by \"deserving\"");
	step->instalments = true;
	return true;
}

static bool
read_moment(struct words *words, struct step *step)
{
	if (accept(words, "before")) {
		if (!read_days(words, "before", 1, &step->offset))
			return false;
		step->offset = -step->offset;
		return true;
	}
	if (accept(words, "after"))
		return read_days(words, "after", 1, &step->offset);
	if (accept(words, "on") && (accept(words, "the"), true) &&
	    accept(words, "due") && accept(words, "date"))
		return true;
	return refuse(words, "a step begins with \"before N days\", \"on the "
	    "due date\" or \"after N days\"");
}

static bool
read_option(struct words *words, struct step *step)
{
	if (accept(words, "tone"))
		return read_tone(words, step);
	if (accept(words, "term"))
		return read_days(words, "term", 1, &step->term_days);
	if (accept(words, "offer"))
		return read_instalments(words, step);
	if (accept(words, "fee"))
		return step->fee = true;
	if (accept(words, "legal"))
		return step->legal = true;
	if (accept(words, "escalate"))
		return step->escalate = true;
	return refuse(words, "\"%s\" is not a word that a step knows",
	    *words->at);
}

static bool
check(struct words *words, struct step *step)
{
	if (step->escalate && (step->tone || step->term_days || step->fee ||
	    step->legal || step->instalments))
		return refuse(words, "a step that escalates sends no letter "
		    "and takes no other words");
	if (step->offset < 0 && (step->fee || step->legal || step->escalate ||
	    step->term_days || step->instalments ||
	    g_strcmp0(step->tone, "firm") == 0))
		return refuse(words, "before the due date a step is only a "
		    "note: no firm tone, term, fee, legal, instalments or "
		    "escalate");
	return true;
}

static char **
split(const char *text)
{
	GPtrArray *words = g_ptr_array_new();
	char **parts = g_strsplit_set(text, " \t\r\n,", -1);

	for (char **part = parts; *part; part++) {
		if (**part)
			g_ptr_array_add(words, *part);
		else
			g_free(*part);
	}
	g_ptr_array_add(words, NULL);
	g_free(parts);
	return (char **)g_ptr_array_free(words, FALSE);
}

struct step *
step_parse(const char *text, char **why)
{
	g_auto(GStrv) list = split(text);
	struct words words = {.at = list};
	struct step *step = g_new0(struct step, 1);
	bool good = read_moment(&words, step);

	while (good && *words.at)
		good = read_option(&words, step);
	if (!good || !check(&words, step)) {
		step_free(step);
		if (why)
			*why = g_steal_pointer(&words.why);
		g_free(words.why);
		return NULL;
	}
	step->text = g_strdup(text);
	if (!step->tone && !step->escalate)
		step->tone = g_strdup(
		    step->offset < 0 ? "friendly" : "understanding");
	return step;
}

void
step_free(struct step *step)
{
	if (!step)
		return;
	g_free(step->text);
	g_free(step->tone);
	g_free(step);
}
