/*
 * step.c - one step of a reminder policy, from its words:
 *   before N [business] days | on the due date | after N [business] days
 * followed by any of
 *   tone friendly|understanding|firm, term N days, fee, interest,
 *   compensation, legal, offer instalments [if deserving], copy owner, final,
 *   escalate
 */
#include "config.h"

#include <stddef.h>
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

/* "N day" or "N days"; with business also "N business days" */
static bool
read_days(struct words *words, const char *what, bool *business, int *days)
{
	guint64 number;

	if (!*words->at || !g_ascii_string_to_unsigned(*words->at, 10, 1, 1000,
	    &number, NULL))
		return refuse(words, "\"%s\" needs a number of days from 1 "
		    "to 1000", what);
	words->at++;
	if (business)
		*business = accept(words, "business") ||
		    accept(words, "working");
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
	step->if_deserving = accept(words, "if");
	if (step->if_deserving && !accept(words, "deserving"))
		return refuse(words, "\"if\" is followed by \"deserving\"");
	return step->instalments = true;
}

static bool
read_moment(struct words *words, struct step *step)
{
	if (accept(words, "before")) {
		if (!read_days(words, "before", &step->business,
		    &step->offset))
			return false;
		step->offset = -step->offset;
		return true;
	}
	if (accept(words, "after"))
		return read_days(words, "after", &step->business,
		    &step->offset);
	if (accept(words, "on") && (accept(words, "the"), true) &&
	    accept(words, "due") && accept(words, "date"))
		return true;
	return refuse(words, "a step begins with \"before N days\", \"on the "
	    "due date\" or \"after N days\"");
}

/* "copy owner", "copy to owner" */
static bool
read_copy(struct words *words, struct step *step)
{
	accept(words, "to");
	if (!accept(words, "owner"))
		return refuse(words, "\"copy\" is followed by \"owner\"");
	return step->copy_owner = true;
}

/* The words that stand alone. */
static const struct {
	const char *name;
	size_t offset;
} flags[] = {
    {"fee", offsetof(struct step, fee)},
    {"interest", offsetof(struct step, interest)},
    {"compensation", offsetof(struct step, compensation)},
    {"legal", offsetof(struct step, legal)},
    {"final", offsetof(struct step, final)},
    {"escalate", offsetof(struct step, escalate)},
};

static bool
read_option(struct words *words, struct step *step)
{
	if (accept(words, "tone"))
		return read_tone(words, step);
	if (accept(words, "term"))
		return read_days(words, "term", NULL, &step->term_days);
	if (accept(words, "offer"))
		return read_instalments(words, step);
	if (accept(words, "copy"))
		return read_copy(words, step);
	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
		if (accept(words, flags[i].name))
			return *(bool *)((char *)step + flags[i].offset) = true;
	return refuse(words, "\"%s\" is not a word that a step knows",
	    *words->at);
}

static bool
asks_money(const struct step *step)
{
	return step->fee || step->interest || step->compensation;
}

static bool
check(struct words *words, struct step *step)
{
	bool demands = asks_money(step) || step->legal || step->final ||
	    step->instalments || step->term_days;

	if (step->escalate && (demands || step->tone || step->copy_owner))
		return refuse(words, "a step that escalates sends no letter "
		    "and takes no other words");
	if (step_is_note(step) && (demands || step->escalate ||
	    g_strcmp0(step->tone, "firm") == 0))
		return refuse(words, "up to the due date a step is only a "
		    "note: no firm tone, term, fee, interest, compensation, "
		    "legal, instalments, final or escalate");
	if (step->final && step->instalments)
		return refuse(words, "a final letter offers no instalments");
	return true;
}

bool
step_is_grave(const struct step *step)
{
	return step->legal || step->final || step->escalate;
}

bool
step_is_note(const struct step *step)
{
	return step->offset <= 0;
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
		    step_is_note(step) ? "friendly" : "understanding");
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
