/*
 * intent.c - what a person's own text means: patterns of each intent, judged
 * by what stands around them in their clause and sentence. A denied, asked,
 * conditional or reported phrase is none; what is only likely is in doubt.
 */
#include "intent.h"

#include <string.h>

#include "parser.h"

#define JUDGED 500	/* phrases: a person's text has far fewer */

/* The one that holds most first. */
static const struct {
	const char *name;
	bool asked;		/* a question may mean it */
	bool conditional;	/* "if you could send ..." may mean it */
} intents[INTENTS] = {
	[INTENT_DISPUTE] = {"dispute", false, false},
	[INTENT_PAID] = {"paid-claim", false, false},
	[INTENT_PROMISE] = {"promise", false, false},
	[INTENT_INSTALMENTS] = {"instalments", true, true},
	[INTENT_STOP] = {"stop", true, true},
	[INTENT_COPY] = {"copy", true, false},
	[INTENT_STATEMENT] = {"statement", true, true},
};

const char *
intent_name(enum intent intent)
{
	return intents[intent].name;
}

/* ---- boundaries --------------------------------------------------------------------- */

enum border { BORDER_NONE, BORDER_AND, BORDER_CLAUSE, BORDER_SENTENCE };

static unsigned
slot_of(void *user, const char *slot, unsigned at, unsigned end, int *value)
{
	const struct reading_text *text = user;

	*value = -1;
	if (strcmp(slot, "@number") == 0 || strcmp(slot, "N") == 0)
		return g_ascii_isdigit(*text->tokens->token[at].text);
	for (guint i = 0; i < text->whens->len; i++) {
		const struct when *when =
		    &g_array_index(text->whens, struct when, i);
		bool past = when->past.from != G_MININT32;
		bool future = when->future.from != G_MININT32;

		if (when->first != at || when->end > end)
			continue;
		if (strcmp(slot, "@day") == 0 ||
		    (past && strcmp(slot, "@past") == 0) ||
		    (future && strcmp(slot, "@future") == 0))
			return when->end - at;
	}
	return 0;
}

static struct search
search_of(const struct reading_text *text)
{
	return (struct search){.tokens = text->tokens, .slot = slot_of,
	    .user = (void *)text, .over_marks = true};
}

/* Calls take for each place in [first, end) where a pattern of a key is. */
typedef bool found_fn(void *user, const struct hit *hit);

static bool
each_hit(const struct reading_text *text, const char *key, unsigned first,
    unsigned end, found_fn *take, void *user)
{
	const GPtrArray *patterns = tongue_patterns(text->language, key);
	struct search search = search_of(text);

	for (guint i = 0; i < patterns->len; i++)
		for (unsigned at = first; at < end; at++) {
			struct hit hit;

			if (idiom_at(patterns->pdata[i], &search, first, at,
			    end, &hit) && take(user, &hit))
				return true;
		}
	return false;
}

static bool
any(void *user, const struct hit *hit)
{
	(void)user;
	(void)hit;
	return true;
}

bool
intent_has(const struct reading_text *text, const char *key, unsigned first,
    unsigned end)
{
	return first < end && each_hit(text, key, first, end, any, NULL);
}

struct borders {
	unsigned char *border;
	enum border kind;
};

static bool
set_border(void *user, const struct hit *hit)
{
	struct borders *borders = user;

	if (hit->first > 0)
		borders->border[hit->first] =
		    MAX(borders->border[hit->first],
		    (unsigned char)borders->kind);
	return false;
}

static bool
join(void *user, const struct hit *hit)
{
	struct borders *borders = user;

	if (borders->border[hit->first] == BORDER_CLAUSE)
		borders->border[hit->first] = BORDER_NONE;
	return false;
}

/* What is said out of politeness says nothing. */
static bool
silence(void *user, const struct hit *hit)
{
	struct tokens *tokens = user;

	for (unsigned i = hit->first; i < hit->end; i++)
		tokens->token[i].text = tokens->token[i].exact = "_";
	return false;
}

static void
find_borders(struct reading_text *text)
{
	struct tokens *tokens = text->tokens;
	struct borders borders = {g_malloc0(tokens->count + 1), BORDER_AND};

	for (unsigned s = 0; s < tokens->sentences; s++) {
		const struct sentence *sentence = &tokens->sentence[s];

		for (unsigned i = sentence->first; i < sentence->end; i++)
			if (tokens->token[i].before != MARK_NONE)
				borders.border[i] = BORDER_CLAUSE;
		each_hit(text, "that", sentence->first, sentence->end, join,
		    &borders);
		borders.kind = BORDER_AND;
		each_hit(text, "and", sentence->first, sentence->end,
		    set_border, &borders);
		borders.kind = BORDER_CLAUSE;
		each_hit(text, "cut", sentence->first, sentence->end,
		    set_border, &borders);
		borders.border[sentence->first] = BORDER_SENTENCE;
	}
	borders.border[tokens->count] = BORDER_SENTENCE;
	text->border = borders.border;
}

/* ---- what stands around a phrase ------------------------------------------------------- */

struct place {
	const struct reading_text *text;
	const struct sentence *sentence;
	unsigned first, end;	/* of the clause */
	const struct hit *hit;
};

static unsigned
border_before(const struct reading_text *text, unsigned at, enum border least)
{
	while (at > 0 && text->border[at] < least)
		at--;
	return at;
}

static unsigned
border_behind(const struct reading_text *text, unsigned at, enum border least)
{
	while (at < text->tokens->count && text->border[at] < least)
		at++;
	return at;
}

static bool
is_not_own(void *user, const struct hit *hit)
{
	const struct hit *phrase = user;

	for (unsigned i = hit->first; i < hit->end; i++) {
		bool own = false;

		for (unsigned k = 0; k < phrase->owned; k++)
			own |= phrase->own[k] == i;
		if (!own)
			return true;
	}
	return false;
}

static bool
is_own(void *user, const struct hit *hit)
{
	return !is_not_own(user, hit);
}

/* Is there a word of denial near it that does not belong to it? One that has
 * its own may have it twice: "non ho mai ...". */
static bool
is_denied(const struct place *place)
{
	bool denies = each_hit(place->text, "not", place->hit->first,
	    place->hit->end, is_own, (void *)place->hit);
	unsigned first = MAX(place->first, border_before(place->text,
	    place->hit->first, BORDER_AND));
	unsigned end = MIN(place->end, border_behind(place->text,
	    place->hit->end, BORDER_AND));

	return !denies && each_hit(place->text, "not", first, end,
	    is_not_own, (void *)place->hit);
}

static bool
is_around(const struct place *place, const char *key)
{
	return each_hit(place->text, key, place->first, place->end,
	    is_not_own, (void *)place->hit);
}

/* The same, also in a short clause beside its own: "I think, ...". */
static bool
is_beside(const struct place *place, const char *key)
{
	const struct reading_text *text = place->text;
	const struct sentence *sentence = place->sentence;
	unsigned first = place->first > sentence->first ?
	    border_before(text, place->first - 1, BORDER_CLAUSE) :
	    place->first;
	unsigned end = place->end < sentence->end ?
	    border_behind(text, place->end + 1, BORDER_CLAUSE) : place->end;

	return is_around(place, key) ||
	    (place->first - first <= 4 && intent_has(text, key, first,
	    place->first)) || (end - place->end <= 4 && intent_has(text, key,
	    place->end, MIN(end, sentence->end)));
}

/* Is its clause asked, not told? */
static bool
is_asked(const struct place *place)
{
	if (intent_has(place->text, "ask", place->first,
	    MIN(place->end, place->first + 5)))
		return true;
	return place->sentence->question &&
	    place->end == place->sentence->end;
}

/* "..., haven't we?" */
static bool
has_tag(const struct place *place)
{
	unsigned last = border_before(place->text, place->sentence->end - 1,
	    BORDER_CLAUSE);

	return place->sentence->question && last >= place->end &&
	    place->sentence->end - last <= 3;
}

/* A promise hangs on every condition of its sentence, what has happened on
 * none that stands behind it, a complaint only on its own clause's. */
static bool
is_conditional(const struct place *place, enum intent intent)
{
	const struct sentence *sentence = place->sentence;

	if (is_around(place, "if"))
		return true;
	if (intent == INTENT_DISPUTE)
		return false;
	return intent_has(place->text, "if", sentence->first, place->first) ||
	    (intent == INTENT_PROMISE && intent_has(place->text, "if",
	    place->end, sentence->end));
}

static bool
is_of_direction(const struct place *place, bool future)
{
	bool found = false, other = false;

	for (guint i = 0; i < place->text->whens->len; i++) {
		const struct when *when =
		    &g_array_index(place->text->whens, struct when, i);

		if (when->first < place->first || when->end > place->end ||
		    when_is_dated(place->text, when))
			continue;
		if ((future ? when->future : when->past).from != G_MININT32)
			found = true;
		else
			other = true;
	}
	return found || !other;
}

static enum strength
judge(const struct place *place, enum intent intent, bool weak)
{
	g_autofree char *void_key =
	    g_strconcat("void-", intents[intent].name, NULL);
	bool is_claim = intent == INTENT_PAID || intent == INTENT_PROMISE;

	if (is_denied(place))
		return STRENGTH_DENIED;
	if (is_beside(place, "says"))
		return STRENGTH_NONE;
	if (!intents[intent].asked && is_asked(place))
		return STRENGTH_HINT;
	if (!intents[intent].conditional && is_conditional(place, intent))
		return STRENGTH_HINT;
	if (weak || is_around(place, void_key) ||
	    (is_claim && is_beside(place, "maybe")) || has_tag(place))
		return STRENGTH_DOUBT;
	if (is_claim && !is_of_direction(place, intent == INTENT_PROMISE))
		return STRENGTH_DOUBT;
	return STRENGTH_SURE;
}

/* ---- finding ------------------------------------------------------------------------ */

struct taker {
	struct reading_text *text;
	const struct sentence *sentence;
	unsigned first, end;
	enum intent intent;
	bool weak;
};

static bool
take_intent(void *user, const struct hit *hit)
{
	const struct taker *taker = user;
	struct place place = {taker->text, taker->sentence, taker->first,
	    taker->end, hit};
	struct said *said = &taker->text->said[taker->intent];
	enum strength strength;

	if (taker->text->judged++ > JUDGED)
		return true;
	strength = judge(&place, taker->intent, taker->weak);
	if (strength == STRENGTH_DENIED && !is_around(&place, "says") &&
	    !is_conditional(&place, INTENT_PAID) && !is_asked(&place))
		said->denied = true;
	if (strength > said->strength) {
		said->strength = strength;
		said->first = hit->first;
		said->end = hit->end;
		said->clause_first = taker->first;
		said->clause_end = taker->end;
		said->sentence = *taker->sentence;
	}
	return false;
}

static bool
take_denial(void *user, const struct hit *hit)
{
	const struct taker *taker = user;
	struct place place = {taker->text, taker->sentence, taker->first,
	    taker->end, hit};

	if (!is_around(&place, "says") && !is_conditional(&place, INTENT_PAID) &&
	    !is_asked(&place))
		taker->text->said[INTENT_PAID].denied = true;
	return false;
}

static void
read_clause(struct taker *taker)
{
	for (int i = 0; i < INTENTS; i++) {
		g_autofree char *weak =
		    g_strconcat(intents[i].name, "?", NULL);

		taker->intent = (enum intent)i;
		taker->weak = false;
		each_hit(taker->text, intents[i].name, taker->first,
		    taker->end, take_intent, taker);
		taker->weak = true;
		each_hit(taker->text, weak, taker->first, taker->end,
		    take_intent, taker);
	}
	each_hit(taker->text, "unpaid", taker->first, taker->end, take_denial,
	    taker);
}

void
intent_find(struct reading_text *text)
{
	struct tokens *tokens = text->tokens;

	for (unsigned s = 0; s < tokens->sentences; s++)
		each_hit(text, "skip", tokens->sentence[s].first,
		    tokens->sentence[s].end, silence, tokens);
	find_borders(text);
	for (unsigned s = 0; s < tokens->sentences; s++) {
		const struct sentence *sentence = &tokens->sentence[s];
		struct taker taker = {.text = text, .sentence = sentence};

		for (unsigned at = sentence->first; at < sentence->end;
		    at = taker.end) {
			taker.first = at;
			taker.end = MIN(sentence->end, border_behind(text,
			    at + 1, BORDER_CLAUSE));
			read_clause(&taker);
		}
	}
	if (text->said[INTENT_PAID].denied &&
	    text->said[INTENT_PAID].strength == STRENGTH_SURE)
		text->said[INTENT_PAID].strength = STRENGTH_DOUBT;
}

bool
when_is_dated(const struct reading_text *text, const struct when *when)
{
	for (unsigned back = 1; back <= 2 && back <= when->first; back++)
		if (intent_has(text, "dated", when->first - back,
		    when->first))
			return true;
	return false;
}
