/*
 * meaning.c - one meaning of all that a text says: the intent that it surely
 * has, or "other" where it is in doubt, with the day it names.
 */
#include <string.h>

#include "intent.h"
#include "parser.h"
#include "said.h"
#include "words.h"

#define SURE_PERCENT 100		/* of the likeliest language's score */
#define LIKELY_PERCENT 75
#define YES_WORDS 60		/* a longer text says more than yes */
#define ANY_PERCENT 15		/* automatic answers speak several at once */

/* ---- days --------------------------------------------------------------------------- */

static const struct day_span *
span_of(const struct when *when, bool future)
{
	return future ? &when->future : &when->past;
}

/* The day in [first, end) that is nearest to the phrase, behind it rather
 * than in front; NULL. */
static const struct when *
nearest(const struct reading_text *text, const struct said *said,
    unsigned first, unsigned end, bool future, bool dated)
{
	const struct when *best = NULL;
	unsigned best_far = G_MAXUINT;

	for (guint i = 0; i < text->whens->len; i++) {
		const struct when *when =
		    &g_array_index(text->whens, struct when, i);
		unsigned far;

		if (when->first < first || when->end > end ||
		    span_of(when, future)->from == G_MININT32 ||
		    when_is_dated(text, when) != dated)
			continue;
		far = when->first >= said->first ? when->first - said->first :
		    2 * (said->first - when->first);
		if (far < best_far) {
			best = when;
			best_far = far;
		}
	}
	return best;
}

/* In its clause, its sentence, the next one, or the only one there is. */
static int32_t
day_of(const struct reading_text *text, enum intent intent, bool future)
{
	const struct said *said = &text->said[intent];
	const struct when *when = nearest(text, said, said->clause_first,
	    said->clause_end, future, false);

	if (!when && future)	/* "the payment run of the 15th" */
		when = nearest(text, said, said->clause_first,
		    said->clause_end, future, true);
	if (!when)
		when = nearest(text, said, said->sentence.first,
		    said->sentence.end, future, false);
	if (!when && text->whens->len == 1)
		when = nearest(text, said, 0, text->tokens->count, future,
		    false);
	return when ? span_of(when, future)->to : G_MININT32;
}

/* ---- which intent ------------------------------------------------------------------- */

static bool
is_sure(const struct reading_text *text, enum intent intent)
{
	return text->said[intent].strength == STRENGTH_SURE;
}

static void
weaken(struct reading_text *text, enum intent intent, enum strength most)
{
	struct said *said = &text->said[intent];

	said->strength = MIN(said->strength, most);
}

/* "It will be paid" is no claim, and "it was made today" no promise: of the two
 * in one clause what is sure counts. */
static void
drop_echo(struct reading_text *text, enum intent sure, enum intent other)
{
	const struct said *a = &text->said[sure], *b = &text->said[other];

	if (is_sure(text, sure) && !is_sure(text, other) &&
	    a->clause_first == b->clause_first)
		weaken(text, other, STRENGTH_NONE);
}

/* What another intent has said already: who pays in parts promises, who asks
 * for the right invoice or has paid wants no more reminders. */
static void
drop_implied(struct reading_text *text)
{
	drop_echo(text, INTENT_PROMISE, INTENT_PAID);
	drop_echo(text, INTENT_PAID, INTENT_PROMISE);
	if (is_sure(text, INTENT_INSTALMENTS))
		weaken(text, INTENT_PROMISE, STRENGTH_HINT);
	if (is_sure(text, INTENT_DISPUTE) || is_sure(text, INTENT_PAID))
		weaken(text, INTENT_STOP, STRENGTH_HINT);
	if (is_sure(text, INTENT_DISPUTE))
		weaken(text, INTENT_COPY, STRENGTH_HINT);
}

static void
list(const struct reading_text *text, struct meaning *meaning)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (int i = 0; i < INTENTS; i++) {
		enum strength strength = text->said[i].strength;

		if (strength < STRENGTH_HINT)
			continue;
		g_string_append_printf(out, "%s%s%s", out->len ? " " : "",
		    intent_name((enum intent)i),
		    strength == STRENGTH_SURE ? "" : "?");
	}
	meaning->intents = out->len ? g_strdup(out->str) : NULL;
}

/* A plain yes to what was offered: agreement and nothing else, nothing denied,
 * asked or under a condition. */
static bool
is_plain_yes(const struct reading_text *text)
{
	static const char *const against[] = {"not", "ask", "if", "maybe"};
	unsigned count = text->tokens->count;

	if (count > YES_WORDS || !intent_has(text, "accept", 0, count))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(against); i++)
		if (intent_has(text, against[i], 0, count))
			return false;
	return true;
}

static void
decide(struct reading_text *text, struct meaning *meaning)
{
	enum intent lead = INTENTS;
	unsigned sure = 0;
	bool heavier = false;

	drop_implied(text);
	list(text, meaning);
	for (int i = 0; i < INTENTS; i++) {
		if (is_sure(text, (enum intent)i)) {
			lead = lead == INTENTS ? (enum intent)i : lead;
			sure++;
		} else if (lead == INTENTS) {
			heavier |= text->said[i].strength == STRENGTH_DOUBT;
		}
	}
	meaning->intent = lead == INTENTS ? "other" : intent_name(lead);
	if (lead == INTENTS && !meaning->intents && is_plain_yes(text)) {
		meaning->intent = "accept";
		meaning->certainty = "sure";
	} else if (lead == INTENTS)
		meaning->certainty = meaning->intents ? "doubt" : NULL;
	else
		meaning->certainty = sure > 1 || heavier ? "mixed" : "sure";
	if (lead == INTENT_PROMISE || is_sure(text, INTENT_PROMISE))
		meaning->until = day_of(text, INTENT_PROMISE, true);
	if (is_sure(text, INTENT_PAID))
		meaning->paid_on = day_of(text, INTENT_PAID, false);
}

/* ---- the text in a language ---------------------------------------------------------- */

static unsigned
weight(const struct reading_text *text)
{
	unsigned sum = 0;

	for (int i = 0; i < INTENTS; i++)
		sum += (unsigned)text->said[i].strength;
	return sum;
}

static void
open_text(struct reading_text *reading, struct tongue *language,
    const char *text, int32_t today)
{
	memset(reading, 0, sizeof *reading);
	reading->language = language;
	reading->tokens = tokens_read(text);
	reading->whens = when_find(language, reading->tokens, today);
}

static void
close_text(struct reading_text *text)
{
	tokens_free(text->tokens);
	if (text->whens)
		g_array_unref(text->whens);
	g_free(text->border);
	memset(text, 0, sizeof *text);
}

/* The language in which the text says most, of those it may be written in. */
static void
read_languages(const struct words *words, const char *text, int32_t today,
    unsigned percent, struct reading_text *best)
{
	struct tokens *tokens = tokens_read(text);
	g_autoptr(GPtrArray) languages =
	    words_languages(words, tokens, percent);

	for (guint i = 0; i < languages->len; i++) {
		struct reading_text one;

		if (best->language == languages->pdata[i])
			continue;
		open_text(&one, languages->pdata[i], text, today);
		intent_find(&one);
		if (best->tokens && weight(&one) <= weight(best)) {
			close_text(&one);
			continue;
		}
		close_text(best);
		*best = one;
	}
	tokens_free(tokens);
}

/* Are there common words of the language at all? */
static bool
is_spoken(const struct reading_text *text)
{
	for (unsigned i = 0; i < text->tokens->count; i++)
		if (tongue_has(text->language, text->tokens->token[i].text))
			return true;
	return false;
}

void
words_read(const struct words *words, const char *text, int32_t today,
    struct meaning *meaning)
{
	struct reading_text best = {0};

	*meaning = (struct meaning){.intent = "other", .until = G_MININT32,
	    .paid_on = G_MININT32};
	meaning->references = g_ptr_array_new_with_free_func(g_free);
	read_languages(words, text, today, SURE_PERCENT, &best);
	if (weight(&best) == 0)
		read_languages(words, text, today, LIKELY_PERCENT, &best);
	if (best.tokens) {
		if (weight(&best) || is_spoken(&best))
			meaning->language = tongue_name(best.language);
		decide(&best, meaning);
		said_facts(&best, text, meaning);
	}
	close_text(&best);
}

void
meaning_clear(struct meaning *meaning)
{
	g_free(meaning->intents);
	g_free(meaning->method);
	g_free(meaning->amount);
	g_free(meaning->currency);
	if (meaning->references)
		g_ptr_array_unref(meaning->references);
	memset(meaning, 0, sizeof *meaning);
}

/* ---- automatic answers ----------------------------------------------------------------- */

/* The day of the return: behind its words, else the last of those that are to
 * come, which is where an absence ends. */
static int32_t
day_of_return(const struct reading_text *text)
{
	int32_t back = G_MININT32, last = G_MININT32;

	for (guint i = 0; i < text->whens->len; i++) {
		const struct when *when =
		    &g_array_index(text->whens, struct when, i);
		unsigned from = when->first > 8 ? when->first - 8 : 0;

		if (when->future.from == G_MININT32)
			continue;
		last = MAX(last, when->future.to);
		if (intent_has(text, "back", from,
		    MIN(text->tokens->count, when->end + 6)))
			back = MAX(back, when->future.to);
	}
	return back != G_MININT32 ? back : last;
}

static const char *
automatic_intent(const struct reading_text *text)
{
	static const struct {
		const char *key, *intent;
	} kinds[] = {{"left", "left"}, {"away", "out-of-office"},
	    {"ticket", "ticket"}};

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		for (unsigned s = 0; s < text->tokens->sentences; s++)
			if (intent_has(text, kinds[i].key,
			    text->tokens->sentence[s].first,
			    text->tokens->sentence[s].end))
				return kinds[i].intent;
	return "other";
}

void
words_read_automatic(const struct words *words, const char *text,
    int32_t today, struct meaning *meaning)
{
	struct tokens *tokens = tokens_read(text);
	g_autoptr(GPtrArray) languages = words_languages(words, tokens,
	    ANY_PERCENT);

	*meaning = (struct meaning){.intent = "other", .until = G_MININT32,
	    .paid_on = G_MININT32};
	for (guint i = 0; i < languages->len; i++) {
		struct reading_text one;
		const char *intent;

		open_text(&one, languages->pdata[i], text, today);
		intent = automatic_intent(&one);
		if (strcmp(meaning->intent, "other") == 0 &&
		    strcmp(intent, "other") != 0) {
			meaning->intent = intent;
			meaning->certainty = "sure";
			meaning->language = tongue_name(one.language);
		}
		if (strcmp(meaning->intent, "out-of-office") == 0 &&
		    meaning->until == G_MININT32)
			meaning->until = day_of_return(&one);
		close_text(&one);
	}
	tokens_free(tokens);
}
