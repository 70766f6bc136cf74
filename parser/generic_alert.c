/*
 * generic_alert.c - sentences that no pattern knows: an amount and words that
 * say where it went, with what stands around them ("from ACME on 3/4 Ref 7");
 * and the amounts that are balances and fees in running text.
 */
#include "generic_facts.h"

#include <string.h>

#define NEAR_TOKENS 12		/* from "balance" to its amount */

static bool
is_direction(int key)
{
	return key == PHRASE_CREDIT || key == PHRASE_DEBIT ||
	    key == PHRASE_RETURN;
}

/* ---- never ours -------------------------------------------------------------- */

/* The last word in front of an amount, in its sentence, that says what it is. */
static int
word_before(const struct gtext *text, const struct gamount *amount)
{
	uint32_t from = amount->first > NEAR_TOKENS ?
	    amount->first - NEAR_TOKENS : 0;
	uint32_t sentence = TOKEN(text, amount->first)->sentence;
	int key = -1;

	for (uint32_t i = ghits_index(text, from); i < text->hits->len &&
	    HIT(text, i)->first < amount->first; i++) {
		const struct ghit *hit = HIT(text, i);

		if (hit->end > amount->first + 1 ||
		    TOKEN(text, hit->first)->sentence != sentence)
			continue;
		if (hit->key <= LABEL_OTHER || is_direction(hit->key)) {
			const struct gamount *between =
			    gamounts_in(text, hit->end, amount->first);

			/* Its words went to an amount in between. */
			if (!between || between == amount ||
			    !ghits_is_never((enum labels_key)hit->key))
				key = hit->key;
		}
	}
	return key;
}

/* "5.00 EUR fee": a label right behind, which has no amount of its own. */
static bool
is_named_behind(const struct gtext *text, const struct gamount *amount)
{
	uint32_t sentence = TOKEN(text, amount->first)->sentence;

	for (uint32_t i = amount->end; i < amount->end + 3 && i < text->end &&
	    TOKEN(text, i)->sentence == sentence; i++) {
		const struct ghit *hit = ghits_at(text, i, LABEL_BALANCE,
		    LABEL_OTHER);
		const struct gamount *next;

		if (TOKEN(text, i)->kind == LEX_SIGN)
			return false;
		if (!hit)
			continue;
		next = gamounts_in(text, hit->end, hit->end + 6);
		return hit->key != LABEL_OTHER && hit->key != LABEL_CARD &&
		    !gtext_is_sign(text, hit->end, ':') &&
		    !(next && TOKEN(text, next->first)->sentence == sentence);
	}
	return false;
}

static void
note_never(struct gtext *text)
{
	for (guint i = 0; i < text->amounts->len; i++) {
		struct gamount *amount = AMOUNT(text, i);
		int key;

		if (TOKEN(text, amount->number)->masked ||
		    amount->first >= text->end)
			amount->never = true;
		if (amount->never || TOKEN(text, amount->number)->used)
			continue;
		key = word_before(text, amount);
		amount->never = (key >= 0 &&
		    ghits_is_never((enum labels_key)key)) ||
		    is_named_behind(text, amount);
	}
}

/* ---- what stands around ------------------------------------------------------ */

/* May a label stand inside a sentence, in front of its value? Texts only with
 * a colon, the others in front of a figure. */
static bool
is_inline(const struct gtext *text, const struct ghit *label)
{
	uint32_t next = label->end;

	if (glabel_is_amount(label->key) || label->key == LABEL_TYPE ||
	    label->key == LABEL_UNIT ||
	    ghits_is_never((enum labels_key)label->key))
		return false;
	if (gtext_is_sign(text, next, ':'))
		return true;
	if (label->key == LABEL_REMITTANCE || label->key == LABEL_REFERENCE ||
	    label->key == LABEL_PAYER || label->key == LABEL_PAYEE ||
	    label->key == LABEL_COUNTERPARTY)
		return label->key == LABEL_REFERENCE &&
		    next < text->tokens->len &&
		    TOKEN(text, next)->kind == LEX_NUMBER;
	for (uint32_t i = next; i < next + 5 && i < text->tokens->len; i++)
		if (TOKEN(text, i)->kind == LEX_NUMBER)
			return true;
	return false;
}

/* "by UPI from ACME": a short word in capitals is the way that the money took
 * when another name follows. */
static void
add_payer(const struct gtext *text, struct gmove *move, uint32_t first,
    uint32_t end)
{
	for (guint i = 0; i < move->facts->len; i++) {
		struct gfact *old = FACT(move->facts, i);

		if (old->key == LABEL_PAYER && old->end == old->first + 1 &&
		    gtext_is_capital(text, old->first) &&
		    TOKEN(text, old->first)->end -
		    TOKEN(text, old->first)->start <= 5) {
			old->first = first;
			old->end = end;
			return;
		}
	}
	gmove_add(move, LABEL_PAYER, first, end);
	FACT(move->facts, move->facts->len - 1)->weak = move->kind > 0 &&
	    move->first < move->end && first >= move->end;
}

/* "from ACME SL", "a/c XX99", "Ref 7", "on 3/4": inside one sentence. */
static void
take_around(struct gfacts *facts, struct gmove *move, uint32_t i,
    uint32_t stop)
{
	struct gtext *text = facts->text;

	while (i < stop) {
		const struct ghit *label = ghits_at(text, i,
		    LABEL_AMOUNT, LABEL_OTHER);
		const struct ghit *from = ghits_at(text, i, PHRASE_FROM,
		    PHRASE_FROM);
		uint32_t end;
		char day[DAY_SIZE];

		if (label && is_inline(text, label)) {
			i = label->end;
			if (gtext_is_sign(text, i, ':') ||
			    gtext_is_sign(text, i, '.'))
				i++;
			if (i >= stop)
				break;
			end = label->key == LABEL_REMITTANCE ||
			    label->key == LABEL_PAYER ?
			    gsentence_name_end(text, i) :
			    MIN(stop, i + 6);
			if (label->key == LABEL_PAYER)
				add_payer(text, move, i, end);
			else
				gmove_add(move, label->key, i, end);
			continue;
		}
		if (from && from->end < stop &&
		    TOKEN(text, from->end)->kind <= LEX_NUMBER) {
			end = MIN(gsentence_name_end(text, from->end),
			    stop);
			if (!ghits_at(text, from->end, LABEL_AMOUNT,
			    LABEL_OTHER)) {
				add_payer(text, move, from->end, end);
				gfacts_mask(text, from->end, end);
				i = end;
				continue;
			}
		}
		if (ghits_at(text, i, PHRASE_ON, PHRASE_ON) &&
		    i + 1 < stop && gvalue_day(text, i + 1, MIN(stop,
		    i + 9), day, &end)) {
			gmove_add(move, LABEL_BOOKED, i + 1, end);
			i = end;
			continue;
		}
		i++;
	}
}

static uint32_t
sentence_begin(const struct gtext *text, uint32_t token)
{
	uint32_t sentence = TOKEN(text, token)->sentence;

	while (token > 0 && TOKEN(text, token - 1)->sentence == sentence)
		token--;
	return token;
}

static uint32_t
sentence_end(const struct gtext *text, uint32_t token)
{
	uint32_t sentence = TOKEN(text, token)->sentence;

	while (token < text->end && TOKEN(text, token)->sentence == sentence)
		token++;
	return token;
}

/* The directions that a sentence speaks of: a set of bits by key. */
static unsigned
directions(const struct gtext *text, uint32_t first, uint32_t end)
{
	unsigned set = 0;

	for (uint32_t i = ghits_index(text, first); i < text->hits->len &&
	    HIT(text, i)->first < end; i++)
		if (is_direction(HIT(text, i)->key) &&
		    !TOKEN(text, HIT(text, i)->first)->masked)
			set |= 1u << (HIT(text, i)->key - PHRASE_CREDIT);
	return set;
}

static bool
is_taken(const struct gfacts *facts, const struct gamount *amount)
{
	for (guint i = 0; i < facts->sentences->len; i++) {
		const struct gmove *move = facts->sentences->pdata[i];

		if (amount->first >= move->first && amount->end <= move->end)
			return true;
	}
	return TOKEN(facts->text, amount->number)->used;
}

/* Figures with decimals, in the currency of the mail: no day, no number. */
static bool
is_readable(const struct gtext *text, const struct gamount *amount)
{
	struct gamount copy = *amount;

	return strpbrk(amount->digits, ".,") &&
	    gamount_read_as(text, &copy, gamounts_currency(text));
}

/* An amount of ours in a sentence of its own. Two in one sentence: both are
 * noted, and the event refuses. */
static void
take_plain(struct gfacts *facts, struct gamount *amount)
{
	struct gtext *text = facts->text;
	uint32_t first = sentence_begin(text, amount->first);
	uint32_t end = sentence_end(text, amount->first);
	unsigned set = directions(text, first, end);
	struct gmove *move;

	if (!amount->code[0] && !(set && is_readable(text, amount)))
		return;
	move = gmove_new(facts->sentences, first, end);
	if (set && (set & (set - 1)) == 0)
		move->kind = PHRASE_CREDIT + __builtin_ctz(set);
	else if (set)
		move->kind = -1;	/* both: it contradicts itself */
	gmove_add(move, LABEL_AMOUNT, amount->first, amount->end);
	take_around(facts, move, first, end);
	if (set)
		for (uint32_t i = amount->first; i < amount->end; i++)
			TOKEN(text, i)->used = true;
}

static bool
has_figure(const struct gtext *text, uint32_t first, uint32_t end)
{
	for (; first < end; first++)
		if (TOKEN(text, first)->kind == LEX_NUMBER)
			return true;
	return false;
}

/* "VS 2026000519", "Ref: 7": a label of a code and its code, anywhere. */
static void
take_codes(struct gfacts *facts)
{
	struct gtext *text = facts->text;

	for (guint i = 0; i < text->hits->len; i++) {
		const struct ghit *hit = HIT(text, i);
		struct gfact fact = {.key = hit->key, .label = hit->first,
		    .first = hit->end};

		if (hit->key < LABEL_REFERENCE ||
		    hit->key == LABEL_REMITTANCE ||
		    hit->key > LABEL_SPECIFIC_SYMBOL ||
		    hit->end >= text->end || hit->first < text->body ||
		    TOKEN(text, hit->first)->masked ||
		    TOKEN(text, hit->first)->used)
			continue;
		if (TOKEN(text, fact.first)->kind == LEX_SIGN)
			fact.first++;
		if (fact.first >= text->end ||
		    TOKEN(text, fact.first)->kind > LEX_NUMBER)
			continue;
		fact.end = fact.first + 1;
		while (fact.end < text->end && TOKEN(text, fact.end)->start ==
		    TOKEN(text, fact.end - 1)->end)
			fact.end++;
		if (hit->key != LABEL_REFERENCE ||
		    has_figure(text, fact.first, fact.end))
			g_array_append_val(facts->facts, fact);
	}
}

void
gfacts_alerts(struct gfacts *facts)
{
	struct gtext *text = facts->text;

	note_never(text);
	take_codes(facts);
	for (guint i = 0; i < facts->sentences->len; i++) {
		struct gmove *move = facts->sentences->pdata[i];

		if (move->kind <= PHRASE_RETURN)
			take_around(facts, move, move->end,
			    sentence_end(text, move->end - 1));
	}
	for (guint i = 0; i < text->amounts->len; i++) {
		struct gamount *amount = AMOUNT(text, i);

		if (!amount->never && !is_taken(facts, amount))
			take_plain(facts, amount);
	}
}
