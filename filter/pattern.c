/*
 * pattern.c - wildcards. Pattern and text are folded once to arrays of
 * characters, in two spellings ("Müller" as MULLER and as MUELLER). Pairs of
 * neighbouring characters set bits: a text without a pair of the pattern is
 * none of its texts.
 */
#include "pattern.h"
#include "match.h"

#include <string.h>

#define TEXT_MAX 2000
#define SPELLINGS 2
#define GRAM_WORDS 8
#define ANY_RUN 1		/* for '*' and '?', which folded text may contain */
#define ANY_ONE 2

struct folded {
	gunichar *text;
	size_t length;
	uint64_t grams[GRAM_WORDS];
};

struct pattern {
	char *written;
	struct folded as[SPELLINGS];
};

struct haystack {
	struct folded as[SPELLINGS];
};

/* ---- folding ------------------------------------------------------------------- */

static const struct {
	gunichar from;
	const char *to;
} digraphs[] = {
    {0x00C4, "AE"}, {0x00D6, "OE"}, {0x00DC, "UE"}, {0x00D8, "OE"},
    {0x00C5, "AA"}, {0x00C6, "AE"}, {0x0152, "OE"},
};

/* Letters with strokes, which are not taken for marks. */
static gunichar
without_stroke(gunichar c)
{
	switch (c) {
	case 0x00D8:
		return 'O';
	case 0x0141:
		return 'L';
	case 0x0110:
	case 0x00D0:
		return 'D';
	case 0x0126:
		return 'H';
	default:
		return c;
	}
}

/* Umlauts and their like in two letters. */
static char *
spell_out(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *whole = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
	GString *out = g_string_new(NULL);

	for (const char *p = whole; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		gunichar upper = g_unichar_toupper(c);
		size_t i = 0;

		while (i < G_N_ELEMENTS(digraphs) && digraphs[i].from != upper)
			i++;
		if (i < G_N_ELEMENTS(digraphs))
			g_string_append(out, digraphs[i].to);
		else
			g_string_append_unichar(out, c);
	}
	return g_string_free(out, FALSE);
}

static bool
is_wild(gunichar c)
{
	return c == ANY_RUN || c == ANY_ONE;
}

static void
note_gram(struct folded *folded, gunichar a, gunichar b)
{
	uint32_t hash = (a * 2654435761u) ^ (b * 2246822519u);

	hash ^= hash >> 15;
	folded->grams[hash / 64 % GRAM_WORDS] |= (uint64_t)1 << (hash % 64);
}

/* One blank for white space, none at the ends; "ß" is two letters in both
 * spellings. wild: '*' and '?' are marks. */
static void
fold(const char *text, bool wild, struct folded *out)
{
	g_autofree char *flat = token_fold(text);
	size_t n = 0;
	gunichar *to = g_new(gunichar, TEXT_MAX + 2);

	*out = (struct folded){.text = to};
	for (const char *p = flat; *p && n < TEXT_MAX;
	    p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isspace(c) || c < 0x20) {
			if (n && to[n - 1] != ' ')
				to[n++] = ' ';
		} else if (c == 0x00DF || c == 0x1E9E) {
			to[n++] = 'S';
			to[n++] = 'S';
		} else if (wild && c == '*') {
			if (!n || to[n - 1] != ANY_RUN)
				to[n++] = ANY_RUN;
		} else {
			to[n++] = wild && c == '?' ? ANY_ONE :
			    without_stroke(c);
		}
	}
	while (n && to[n - 1] == ' ')
		n--;
	out->length = n;
	for (size_t i = 1; i < n; i++)
		if (!is_wild(to[i - 1]) && !is_wild(to[i]))
			note_gram(out, to[i - 1], to[i]);
}

static void
fold_all(const char *text, bool wild, struct folded *out)
{
	g_autofree char *spelt = spell_out(text);

	fold(text, wild, &out[0]);
	fold(spelt, wild, &out[1]);
}

struct pattern *
pattern_new(const char *text)
{
	struct pattern *pattern = g_new0(struct pattern, 1);

	pattern->written = g_strdup(text);
	fold_all(text, true, pattern->as);
	return pattern;
}

void
pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	for (int i = 0; i < SPELLINGS; i++)
		g_free(pattern->as[i].text);
	g_free(pattern->written);
	g_free(pattern);
}

const char *
pattern_text(const struct pattern *pattern)
{
	return pattern->written;
}

struct haystack *
haystack_new(const char *text)
{
	struct haystack *subject = g_new0(struct haystack, 1);

	fold_all(text ? text : "", false, subject->as);
	return subject;
}

void
haystack_free(struct haystack *subject)
{
	if (!subject)
		return;
	for (int i = 0; i < SPELLINGS; i++)
		g_free(subject->as[i].text);
	g_free(subject);
}

/* ---- matching --------------------------------------------------------------------- */

/* A mark of the text (there are some when it is a pattern itself) is met by
 * nothing narrower than itself. */
static bool
meets(gunichar wide, gunichar c)
{
	return wide == c ? c != ANY_RUN : wide == ANY_ONE && c != ANY_RUN;
}

/* The last run is the only one that ever has to grow: what those before it
 * took first leaves the most. */
static bool
folded_matches(const struct folded *p, const struct folded *t)
{
	size_t i = 0, j = 0, run = SIZE_MAX, from = 0;

	while (j < t->length) {
		if (i < p->length && p->text[i] == ANY_RUN) {
			run = i++;
			from = j;
		} else if (i < p->length && meets(p->text[i], t->text[j])) {
			i++;
			j++;
		} else if (run != SIZE_MAX) {
			i = run + 1;
			j = ++from;
		} else {
			return false;
		}
	}
	while (i < p->length && p->text[i] == ANY_RUN)
		i++;
	return i == p->length;
}

static bool
may_match(const struct folded *p, const struct folded *t)
{
	for (int i = 0; i < GRAM_WORDS; i++)
		if (p->grams[i] & ~t->grams[i])
			return false;
	return true;
}

bool
pattern_matches(const struct pattern *pattern, const struct haystack *subject)
{
	for (int i = 0; i < SPELLINGS; i++)
		if (may_match(&pattern->as[i], &subject->as[i]) &&
		    folded_matches(&pattern->as[i], &subject->as[i]))
			return true;
	return false;
}

bool
pattern_covers(const struct pattern *wide, const struct pattern *narrow)
{
	for (int i = 0; i < SPELLINGS; i++)
		if (!folded_matches(&wide->as[i], &narrow->as[i]))
			return false;
	return true;
}
