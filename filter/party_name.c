/*
 * party_name.c - customers whose name agrees with the payer's. Pairs of words
 * and rare words find them, common words only weigh; whether nobody else can
 * have been overlooked is told, so that a name is known to be unique.
 */
#include "names.h"
#include "party.h"

#define NAMED_MAX 6		/* customers whose whole name is compared */
#define WORDS_MAX 8		/* words of a payer's name that are looked up */
#define PAIR_WEIGHT 6
#define INITIAL_WEIGHT 3
#define GLUED_WEIGHT 8

struct search {			/* for customers of one payer's name */
	struct look *look;
	const struct name *name;
	struct party_hits *hits;
	bool complete;		/* nobody as good can have been missed */
	bool behalf;
};

/* Two words, and initials with words: few have them even where each word is
 * common. */
static void
search_pair(struct search *s, const struct name_word *a,
    const struct name_word *b)
{
	bool known = true;

	for (int i = 0; i < NAME_SPELLINGS && a->text[i]; i++)
		for (int j = 0; j < NAME_SPELLINGS && b->text[j]; j++)
			known &= party_hit(s->look, s->hits, name_key_pair(
			    a->text[i], b->text[j]), PAIR_WEIGHT);
	if (!s->name->company) {
		if (b->text[0][1])
			known &= party_hit(s->look, s->hits, name_key_initial(
			    a->initial, b->text[0]), INITIAL_WEIGHT);
		if (a->text[0][1])
			known &= party_hit(s->look, s->hits, name_key_initial(
			    b->initial, a->text[0]), INITIAL_WEIGHT);
	}
	s->complete |= known;
}

static void
search_word(struct search *s, const struct name_word *word)
{
	bool known = true;

	for (int k = 0; k < NAME_SPELLINGS && word->text[k]; k++)
		if (word->text[k][1])
			known &= party_hit(s->look, s->hits,
			    g_strdup(word->text[k]), 0);
	s->complete |= known && !word->particle && word->text[0][1];
}

static void
search_words(struct search *s)
{
	const GPtrArray *words = s->name->words;
	guint n = MIN(words->len, WORDS_MAX);

	for (guint i = 0; i < n; i++)
		search_word(s, words->pdata[i]);
	for (guint i = 0; i < n; i++) {
		const struct name_word *a = words->pdata[i];

		for (guint j = i + 1; j < n && j < i + 4; j++) {
			const struct name_word *b = words->pdata[j];

			if (!a->particle && !b->particle)
				search_pair(s, a, b);
		}
	}
	if (s->name->squeezed[0] && s->name->squeezed[1])
		party_hit(s->look, s->hits,
		    name_key_glued(s->name->squeezed), GLUED_WEIGHT);
}

static void
compare_name(const struct search *s, struct payer *payer)
{
	struct look *look = s->look;
	struct name_verdict verdict;

	name_compare(s->name, payer->own, party_weight, look, &verdict);
	if (verdict.agreement <= payer->name)
		return;
	payer->name = verdict.agreement;
	payer->name_full = verdict.full;
	payer->name_form_differs = verdict.other_form;
	payer->name_behalf = verdict.behalf || s->behalf;
	payer->name_complete = s->complete;
	payer->name_formless = s->name->forms->len == 0 &&
	    payer->own->forms->len > 0;
	if (verdict.full)
		payer->name_rarity = party_rarity(look, payer->own);
}

void
party_by_name(struct look *look, const char *text, bool behalf)
{
	struct name *name = name_read(text);
	struct search search = {.look = look, .name = name,
	    .behalf = behalf};

	search.hits = party_hits_new();
	search_words(&search);
	search.complete &= party_hits_take(look, search.hits, NAMED_MAX);
	for (guint i = 0; look->status == STORE_OK && i < look->payers->len;
	    i++)
		compare_name(&search, look->payers->pdata[i]);
	party_hits_free(search.hits);
	name_free(name);
}
