/*
 * party_text.c - customers whose name stands in the payment's text: the payer
 * is somebody who pays for them (a parent, a service, a relative), or the
 * payer's field has nothing of use. Neighbouring words and rare words only.
 */
#include "names.h"
#include "party.h"

#include <string.h>

#define LOOKED_AT 24		/* words of a text */
#define NAMED_MAX 3
#define RARE 3			/* customers of a word that stands for a name */
#define LETTERS_MIN 5		/* … and its letters */
#define NAMED_MIN 0.8

static bool
is_plain(const struct name_word *word)
{
	return word->text[0][1] && !strpbrk(word->text[0], "0123456789");
}

static void
search_text(struct look *look, const struct name *text,
    struct party_hits *hits)
{
	const struct name_word *last = NULL;

	for (guint i = 0; i < text->words->len && i < LOOKED_AT; i++) {
		const struct name_word *word = text->words->pdata[i];

		if (word->particle)
			continue;
		if (!is_plain(word)) {
			last = NULL;
			continue;
		}
		if (strlen(word->text[0]) >= LETTERS_MIN &&
		    party_word_get(look, word->text[0])->customers->len <=
			RARE)
			party_hit(look, hits, g_strdup(word->text[0]), 0);
		if (last)
			party_hit(look, hits, name_key_pair(last->text[0],
			    word->text[0]), 6);
		last = word;
	}
}

void
party_by_text(struct look *look, const char *text)
{
	struct name *read = name_read(text);
	struct party_hits *hits = party_hits_new();
	guint first = look->payers->len;

	search_text(look, read, hits);
	party_hits_take(look, hits, NAMED_MAX);
	for (guint i = look->payers->len; i > 0 && look->status == STORE_OK;
	    i--) {
		struct payer *payer = look->payers->pdata[i - 1];

		payer->text_name = name_within(read, payer->own, party_weight,
		    look);
		/* only looked at for this */
		if (payer->text_name < NAMED_MIN) {
			payer->text_name = 0;
			if (i > first)
				g_ptr_array_remove_index(look->payers, i - 1);
		}
	}
	party_hits_free(hits);
	name_free(read);
}
