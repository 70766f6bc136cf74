/*
 * generic_sentence.c - the sentences of the vocabularies, slot by slot.
 */
#include "generic_facts.h"

#include <string.h>

#define SLOT_TOKENS 18		/* no value is longer */
#define SKIP_WORDS 8		/* that {_} stands for */
#define BEFORE_TOKENS 40	/* from the start of a sentence to its anchor */

struct match {
	struct gtext *text;
	const struct labels_sentence *sentence;
	const struct labels_part *parts;
	uint32_t stop;		/* tokens from here on are out of reach */
	uint32_t first[32], end[32];	/* of each part */
};

static bool match_from(struct match *m, unsigned part, uint32_t at);

struct gmove *
gmove_new(GPtrArray *moves, uint32_t first, uint32_t end)
{
	struct gmove *move = g_new0(struct gmove, 1);

	move->first = first;
	move->end = end;
	move->facts = g_array_new(FALSE, TRUE, sizeof(struct gfact));
	g_ptr_array_add(moves, move);
	return move;
}

void
gmove_add(struct gmove *move, int key, uint32_t first, uint32_t end)
{
	struct gfact fact = {.key = (uint8_t)key, .label = first,
	    .first = first, .end = end};

	g_array_append_val(move->facts, fact);
}

/* ---- slots ------------------------------------------------------------------- */

static uint32_t
skip_signs(const struct match *m, uint32_t at)
{
	while (at < m->stop && TOKEN(m->text, at)->kind == LEX_SIGN)
		at++;
	return at;
}

static bool
is_word_part(const struct match *m, unsigned part)
{
	return part < m->sentence->count &&
	    m->parts[part].slot == SLOT_WORD;
}

static bool
is_there(const struct match *m, unsigned part, uint32_t at)
{
	return at < m->stop &&
	    TOKEN(m->text, at)->word == m->parts[part].word;
}

/* A payer ends where a name does: "ACME via InstaPay on" 3 May. */
static uint32_t
slot_end(const struct match *m, unsigned part, uint32_t end)
{
	if (m->parts[part].slot != SLOT_PAYER)
		return end;
	return MIN(end, gsentence_name_end(m->text, m->first[part]));
}

/* A slot of text: up to where the rest matches, else to its own end. */
static bool
match_open(struct match *m, unsigned part, uint32_t at)
{
	bool any = m->parts[part].slot == SLOT_ANY;
	uint32_t from = any ? at : at + 1, limit;

	limit = MIN(m->stop, at + (any ? SKIP_WORDS + 6 : SLOT_TOKENS));
	if (at >= m->stop)
		return false;
	m->first[part] = at;
	if (part + 1 == m->sentence->count) {
		m->end[part] = any ? at : gsentence_name_end(m->text, at);
		return true;
	}
	for (uint32_t i = from; i <= limit; i++) {
		if (is_word_part(m, part + 1) && !is_there(m, part + 1, i))
			continue;
		m->end[part] = i;
		if (match_from(m, part + 1, i)) {
			m->end[part] = slot_end(m, part, i);
			return true;
		}
	}
	return false;
}

static bool
match_amount(struct match *m, unsigned part, uint32_t at)
{
	struct gamount *amount = gamounts_in(m->text, at, at + 2);

	if (!amount || amount->end > m->stop ||
	    (!amount->code[0] && !strpbrk(amount->digits, ".,")))
		return false;
	for (uint32_t i = at; i < amount->first; i++)
		if (TOKEN(m->text, i)->kind != LEX_SIGN)
			return false;
	m->first[part] = amount->first;
	m->end[part] = amount->end;
	return match_from(m, part + 1, amount->end);
}

static bool
match_day(struct match *m, unsigned part, uint32_t at)
{
	char day[DAY_SIZE];
	uint32_t behind;

	if (!gvalue_day(m->text, at, MIN(m->stop, at + 10), day, &behind))
		return false;
	m->first[part] = at;
	m->end[part] = behind;
	return match_from(m, part + 1, behind);
}

/* A number or code: to the next word of the pattern, else to a blank. */
static bool
match_code(struct match *m, unsigned part, uint32_t at)
{
	uint32_t end = at;
	bool figure = false;

	m->first[part] = at;
	for (; end < m->stop && end < at + SLOT_TOKENS &&
	    TOKEN(m->text, end)->sentence == TOKEN(m->text, at)->sentence;
	    end++) {
		bool blank = end > at && TOKEN(m->text, end)->start >
		    TOKEN(m->text, end - 1)->end;

		if (figure && (blank || end == at)) {
			m->end[part] = end;
			if (match_from(m, part + 1, end))
				return true;
		}
		figure |= TOKEN(m->text, end)->kind == LEX_NUMBER;
	}
	m->end[part] = end;
	return figure && match_from(m, part + 1, end);
}

static bool
match_from(struct match *m, unsigned part, uint32_t at)
{
	if (part == m->sentence->count)
		return true;
	at = skip_signs(m, at);
	switch (m->parts[part].slot) {
	case SLOT_WORD:
		return is_there(m, part, at) &&
		    match_from(m, part + 1, at + 1);
	case SLOT_AMOUNT:
		return match_amount(m, part, at);
	case SLOT_DATE:
		return match_day(m, part, at);
	case SLOT_ACCOUNT: case SLOT_PAYER_ACCOUNT:
	case SLOT_REFERENCE: case SLOT_BANK_REFERENCE:
		return match_code(m, part, at);
	default:
		return match_open(m, part, at);
	}
}

/* ---- a sentence -------------------------------------------------------------- */

static const uint8_t slot_keys[] = {
	[SLOT_AMOUNT] = LABEL_AMOUNT, [SLOT_PAYER] = LABEL_PAYER,
	[SLOT_PAYEE] = LABEL_PAYEE, [SLOT_ACCOUNT] = LABEL_ACCOUNT,
	[SLOT_PAYER_ACCOUNT] = LABEL_PAYER_ACCOUNT,
	[SLOT_REFERENCE] = LABEL_REFERENCE,
	[SLOT_REMITTANCE] = LABEL_REMITTANCE,
	[SLOT_BANK_REFERENCE] = LABEL_BANK_REFERENCE,
	[SLOT_DATE] = LABEL_BOOKED,
};

/* A name in front of the anchor begins behind "Hi Dana,". */
static uint32_t
name_begin(const struct gtext *text, uint32_t from, uint32_t anchor)
{
	for (uint32_t i = from; i < anchor; i++)
		if (TOKEN(text, i)->sentence != TOKEN(text, anchor)->sentence ||
		    gtext_is_sign(text, i, ',') || gtext_is_sign(text, i, ':'))
			from = i + 1;
	return from;
}

/* Where the pattern's first part may begin, when the anchor is not first. */
static bool
match_around(struct match *m, const struct ghit *hit)
{
	struct gtext *text = m->text;
	uint32_t from = hit->first;
	uint32_t sentence = TOKEN(text, hit->first)->sentence;

	if (m->sentence->anchor == 0)
		return match_from(m, 0, hit->first);
	while (from > 0 && hit->first - from < BEFORE_TOKENS &&
	    TOKEN(text, from - 1)->sentence + 1 >= sentence)
		from--;
	if (m->parts[0].slot != SLOT_WORD)
		from = name_begin(text, from, hit->first);
	for (; from < hit->first; from++) {
		if (TOKEN(text, from)->masked || (is_word_part(m, 0) &&
		    !is_there(m, 0, from)))
			continue;
		if (match_from(m, 0, from))
			return true;
	}
	return false;
}

static uint32_t
sentence_stop(const struct gtext *text, uint32_t token)
{
	uint32_t sentence = TOKEN(text, token)->sentence, stop = token;

	while (stop < text->end && TOKEN(text, stop)->sentence <= sentence + 1 &&
	    !TOKEN(text, stop)->masked)
		stop++;
	return stop;
}

static void
take_slots(struct gfacts *facts, const struct match *m, uint32_t first,
    uint32_t end)
{
	struct gtext *text = facts->text;
	struct gmove *move = gmove_new(facts->sentences, first, end);

	move->kind = (int)m->sentence->kind;
	for (unsigned i = 0; i < m->sentence->count; i++) {
		enum labels_slot slot = m->parts[i].slot;

		if (slot == SLOT_WORD || slot == SLOT_ANY ||
		    m->end[i] <= m->first[i])
			continue;
		gmove_add(move, slot_keys[slot], m->first[i], m->end[i]);
		for (uint32_t t = m->first[i]; t < m->end[i]; t++)
			TOKEN(text, t)->used = true;
		if (slot == SLOT_PAYER || slot == SLOT_PAYEE ||
		    slot == SLOT_REMITTANCE || slot == SLOT_REFERENCE)
			gfacts_mask(text, m->first[i], m->end[i]);
	}
}

/* A sentence that matched, and how much of the text it explains. */
struct found {
	struct match match;
	uint32_t first, end, weight;
};

static bool
try_sentence(struct gtext *text, const struct ghit *hit, struct found *found)
{
	struct match *m = &found->match;

	*m = (struct match){.text = text, .sentence =
	    labels_sentence(text->labels, hit->extra)};
	m->parts = labels_parts(text->labels, m->sentence);
	if (m->sentence->count > G_N_ELEMENTS(m->first))
		return false;
	m->stop = sentence_stop(text, hit->first);
	if (!match_around(m, hit))
		return false;
	found->first = hit->first;
	found->end = hit->end;
	found->weight = 0;
	for (unsigned i = 0; i < m->sentence->count; i++) {
		enum labels_slot slot = m->parts[i].slot;

		found->weight += slot == SLOT_WORD ? 1 :
		    slot == SLOT_ANY ? 0 : 4;
		if (slot == SLOT_WORD)
			continue;
		found->first = MIN(found->first, m->first[i]);
		found->end = MAX(found->end, m->end[i]);
	}
	return true;
}

static void
take_found(struct gfacts *facts, const struct found *found)
{
	enum labels_key kind = found->match.sentence->kind;
	struct gsaid said = {(uint8_t)kind, found->first, found->end};

	g_array_append_val(facts->said, said);
	if (kind <= PHRASE_RETURN || kind == PHRASE_ADVICE)
		take_slots(facts, &found->match, found->first, found->end);
}

#define FOUND_MAX 64

/* Of those that overlap, the one that explains most. */
static unsigned
keep_found(struct found *all, unsigned count, const struct found *fresh)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < count; i++)
		if (all[i].first < fresh->end && fresh->first < all[i].end &&
		    all[i].weight >= fresh->weight)
			return count;
	for (unsigned i = 0; i < count; i++)
		if (all[i].first >= fresh->end || fresh->first >= all[i].end)
			all[kept++] = all[i];
	if (kept < FOUND_MAX)
		all[kept++] = *fresh;
	return kept;
}

void
gfacts_sentences(struct gfacts *facts)
{
	struct gtext *text = facts->text;
	g_autofree struct found *all = g_new(struct found, FOUND_MAX);
	struct found fresh;
	unsigned count = 0;

	for (guint i = 0; i < text->hits->len; i++) {
		const struct ghit *hit = HIT(text, i);

		if (hit->key == LABELS_SENTENCE && hit->end <= text->end &&
		    !TOKEN(text, hit->first)->masked &&
		    try_sentence(text, hit, &fresh))
			count = keep_found(all, count, &fresh);
	}
	for (unsigned i = 0; i < count; i++)
		take_found(facts, &all[i]);
}
