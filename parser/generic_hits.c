/*
 * generic_hits.c - finds the phrases of all vocabularies in one walk over the
 * tokens, decides which languages the mail is written in, and drops what the
 * others would say.
 */
#include "generic_text.h"

#include <string.h>

/* ---- walking ----------------------------------------------------------------- */

/* May a phrase go on over this token? */
static bool
is_break(const struct gtext *text, uint32_t token)
{
	const struct gtoken *t = TOKEN(text, token);

	return t->kind == LEX_SIGN && (t->c == ':' || t->c == ';' ||
	    t->c == '!' || t->c == '?' || t->c == '(' || t->c == ')');
}

/* The next word of the same cell, or of the next line when the text only
 * wraps there; NO_TOKEN when a phrase cannot go on. */
static uint32_t
next_word(const struct gtext *text, uint32_t token, bool *wrapped)
{
	uint32_t cell = TOKEN(text, token)->cell, line;

	for (token++; token < text->tokens->len; token++) {
		if (TOKEN(text, token)->cell != cell) {
			line = CELL(text, TOKEN(text, token)->cell)->line;
			if (line != CELL(text, cell)->line + 1 || *wrapped ||
			    LINE(text, line)->gap || line <= 1)
				return NO_TOKEN;
			cell = TOKEN(text, token)->cell;
			*wrapped = true;
		}
		if (TOKEN(text, token)->kind < LEX_SIGN)
			return token;
		if (is_break(text, token))
			return NO_TOKEN;
	}
	return NO_TOKEN;
}

static void
add_hits(struct gtext *text, uint32_t first, uint32_t end, unsigned node,
    bool wrapped)
{
	const struct labels_entry *entry = labels_first(text->labels, node);

	for (; entry; entry = labels_next(text->labels, entry)) {
		struct ghit hit = {first, end, entry->extra, entry->key,
		    entry->language};

		if (!wrapped || entry->key >= LABELS_LABELS)
			g_array_append_val(text->hits, hit);
	}
}

static void
walk(struct gtext *text, uint32_t first)
{
	unsigned node = LABELS_ROOT;
	bool wrapped = false;

	for (uint32_t i = first; i != NO_TOKEN;
	    i = next_word(text, i, &wrapped)) {
		node = labels_step(text->labels, node, TOKEN(text, i)->word);
		if (!node)
			return;
		add_hits(text, first, i + 1, node, wrapped);
	}
}

/* ---- languages --------------------------------------------------------------- */

/* What a hit says about the language: long phrases more, prepositions and
 * currencies nothing. */
static unsigned
weight(const struct ghit *hit)
{
	if (hit->key >= PHRASE_FROM && hit->key < LABELS_SENTENCE)
		return 0;
	return hit->end - hit->first;
}

/* The best one, and those that come near it: a mail may be bilingual. */
static void
decide_languages(struct gtext *text)
{
	unsigned score[LABELS_LANGUAGES] = {0}, best = 0;
	uint32_t last[LABELS_LANGUAGES] = {0};

	for (guint i = 0; i < text->hits->len; i++) {
		const struct ghit *hit = HIT(text, i);
		uint8_t l = hit->language;

		/* Once a place, however many keys list it. */
		if (hit->end <= last[l])
			continue;
		score[l] += MIN(weight(hit), hit->end - last[l]);
		if (weight(hit))
			last[l] = hit->end;
		best = MAX(best, score[l]);
	}
	for (unsigned l = 0; best && l < LABELS_LANGUAGES; l++)
		if (score[l] * 5 >= best * 3)
			text->languages |= UINT64_C(1) << l;
}

static bool
is_spoken(const struct gtext *text, const struct ghit *hit)
{
	return text->languages >> hit->language & 1 ||
	    hit->key == LABELS_CURRENCY || hit->key == LABELS_HINT;
}

/* ---- which of them count ----------------------------------------------------- */

/* May a hit hide one that is a part of it? "credited to", the label of an
 * account, still says that something was credited. */
static bool
hides(const struct ghit *hit, enum labels_key part)
{
	if (hit->key >= PHRASE_FROM)
		return false;
	if (part < LABELS_LABELS)
		return hit->key < LABELS_LABELS;
	return hit->key >= LABELS_LABELS ||
	    hit->key <= LABEL_DEBIT_AMOUNT || part >= PHRASE_FROM ||
	    ghits_is_never((enum labels_key)hit->key);
}

/* Those that begin together: the longest first. They come in order, nearly
 * (and qsort() asks the system for its memory, which a sandbox forbids). */
static void
sort_hits(struct gtext *text)
{
	for (guint i = 1; i < text->hits->len; i++) {
		struct ghit hit = *HIT(text, i);
		guint at = i;

		for (; at > 0 && HIT(text, at - 1)->first == hit.first &&
		    HIT(text, at - 1)->end < hit.end; at--)
			*HIT(text, at) = *HIT(text, at - 1);
		*HIT(text, at) = hit;
	}
}

/* Drops those of other languages, and labels and phrases that are part of a
 * longer one. */
static bool
is_hidden(const struct ghit *hit, const struct ghit *longest)
{
	return hit->key <= PHRASE_ON && hit->end <= longest->end &&
	    (hit->first > longest->first || hit->end < longest->end) &&
	    hides(longest, (enum labels_key)hit->key);
}

static void
keep_longest(struct gtext *text)
{
	struct ghit label = {0}, phrase = {.key = LABELS_LABELS}, hit;
	guint kept = 0;

	sort_hits(text);
	for (guint i = 0; i < text->hits->len; i++) {
		hit = *HIT(text, i);
		if (!is_spoken(text, &hit) || is_hidden(&hit, &label) ||
		    is_hidden(&hit, &phrase))
			continue;
		if (hit.key < LABELS_LABELS && hit.end > label.end)
			label = hit;
		else if (hit.key >= LABELS_LABELS && hit.key < PHRASE_FROM &&
		    hit.end > phrase.end)
			phrase = hit;
		*HIT(text, kept) = hit;
		kept++;
	}
	g_array_set_size(text->hits, kept);
}

static void
index_hits(struct gtext *text)
{
	uint32_t hit = 0;

	for (uint32_t i = 0; i < text->tokens->len; i++) {
		while (hit < text->hits->len && HIT(text, hit)->first < i)
			hit++;
		g_array_append_val(text->hit_at, hit);
	}
}

/* ---- the footer -------------------------------------------------------------- */

/* Its sentence, when no money is in it. */
static void
mask_sentence(struct gtext *text, uint32_t token)
{
	uint32_t sentence = TOKEN(text, token)->sentence, end = token;

	while (token > 0 && TOKEN(text, token - 1)->sentence == sentence)
		token--;
	while (end < text->tokens->len &&
	    TOKEN(text, end)->sentence == sentence)
		end++;
	for (const struct gamount *a = gamounts_in(text, token, end); a &&
	    a < AMOUNT(text, text->amounts->len) && a->first < end; a++)
		if (a->code[0] || a->codes)
			return;
	for (; token < end; token++)
		TOKEN(text, token)->masked = true;
}

/* The first amount with a currency in the body. */
static uint32_t
first_money(const struct gtext *text)
{
	for (guint i = 0; i < text->amounts->len; i++)
		if (AMOUNT(text, i)->first >= text->body &&
		    (AMOUNT(text, i)->code[0] || AMOUNT(text, i)->codes))
			return AMOUNT(text, i)->first;
	return text->amounts->len ? AMOUNT(text, 0)->first : NO_TOKEN;
}

/* Words in the middle of a sentence may be a payer's. */
static bool
begins_sentence(const struct gtext *text, uint32_t token)
{
	return token == CELL(text, TOKEN(text, token)->cell)->first ||
	    TOKEN(text, token - 1)->kind == LEX_SIGN;
}

/* A footer's words above the facts only void their own sentence. */
static void
find_footer(struct gtext *text)
{
	uint32_t facts = first_money(text);

	for (guint i = 0; i < text->hits->len; i++) {
		const struct ghit *hit = HIT(text, i);
		uint32_t line = CELL(text, TOKEN(text, hit->first)->cell)->line;

		if (hit->key != PHRASE_FOOTER || hit->first < text->body ||
		    !begins_sentence(text, hit->first) ||
		    LINE(text, line)->end - LINE(text, line)->first > 2)
			continue;
		if (hit->first > facts) {
			text->end = CELL(text, LINE(text, line)->first)->first;
			if (text->end <= facts)	/* on the facts' own line */
				text->end = hit->first;
			return;
		}
		mask_sentence(text, hit->first);
	}
}

void
ghits_find(struct gtext *text)
{
	for (uint32_t i = 0; i < text->tokens->len; i++)
		if (TOKEN(text, i)->word)
			walk(text, i);
	decide_languages(text);
	keep_longest(text);
	index_hits(text);
	gamounts_find(text);
	find_footer(text);
}

/* ---- asking ------------------------------------------------------------------ */

uint32_t
ghits_index(const struct gtext *text, uint32_t token)
{
	return token < text->hit_at->len ?
	    g_array_index(text->hit_at, uint32_t, token) : text->hits->len;
}

const struct ghit *
ghits_at(const struct gtext *text, uint32_t token, enum labels_key from,
    enum labels_key to)
{
	for (uint32_t i = ghits_index(text, token); i < text->hits->len &&
	    HIT(text, i)->first == token; i++)
		if (HIT(text, i)->key >= from && HIT(text, i)->key <= to)
			return HIT(text, i);
	return NULL;
}

#define PHRASE_WORDS 12

const struct ghit *
ghits_before(const struct gtext *text, uint32_t end, enum labels_key from,
    enum labels_key to)
{
	for (uint32_t t = end > PHRASE_WORDS ? end - PHRASE_WORDS : 0; t < end;
	    t++)
		for (uint32_t i = ghits_index(text, t); i < text->hits->len &&
		    HIT(text, i)->first == t; i++)
			if (HIT(text, i)->end == end &&
			    HIT(text, i)->key >= from &&
			    HIT(text, i)->key <= to)
				return HIT(text, i);
	return NULL;
}

bool
ghits_is_never(enum labels_key key)
{
	return key >= LABEL_BALANCE && key <= LABEL_OTHER;
}
