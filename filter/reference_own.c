/*
 * reference_own.c - names that only a likely payer's own open invoices have:
 * the purchase order of one of them, whatever word is before it, and its
 * number as the end-to-end id. For anybody else the same digits are nothing.
 * Pure.
 */
#include "references.h"

#include <string.h>

#define NAME_MIN 0.6
#define LONG 6			/* characters that no counter has by chance */
#define WINDOW 5		/* runs of one purchase order */
#define ORDER_MIN 5		/* … of a purchase order */
#define SURE 0.85
#define LIKELY 0.6

static bool
is_likely(const struct candidate *c)
{
	return (c->account || c->name >= NAME_MIN ||
		   c->learned.alias >= LEARNED_KNOWN) &&
	    c->invoice->state == INVOICE_OPEN &&
	    c->invoice->type != INVOICE_CREDIT_NOTE;
}

static size_t
digits_in(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += g_ascii_isdigit(*text) != 0;
	return n;
}

/* How sure a name of that length is the invoice's, 0: too short. */
static double
strength(const char *key)
{
	if (digits_in(key) < 3 || strlen(key) < 4)
		return 0;
	return strlen(key) >= LONG || digits_in(key) < strlen(key) ? SURE
								   : LIKELY;
}

/* ---- the purchase order ------------------------------------------------------- */

/* Do runs of the text make that key? whole: and no longer number. *places gets
 * which. */
static bool
find(const struct marked *marked, const char *key, bool whole,
    uint64_t *places)
{
	for (guint i = 0; i < marked->tokens->len; i++) {
		const char *rest = key;
		uint64_t at = 0;

		for (guint j = i; j < marked->tokens->len && j - i < WINDOW;
		    j++) {
			const struct token *t = marked_at(marked, j);

			if ((j > i && t->gap > 1) ||
			    !g_str_has_prefix(rest, t->text))
				break;
			rest += strlen(t->text);
			if (t->digits && j < 64)
				at |= UINT64_C(1) << j;
			if (!*rest && (!whole ||
				marked_is_whole(marked, i, j))) {
				*places = at;
				return true;
			}
		}
	}
	return false;
}

static bool
has_order(const struct marked *marked, const char *id, const char *po,
    uint64_t *places)
{
	const char *digits = po;

	*places = 0;
	while (g_ascii_isalpha(*digits))
		digits++;
	if (find(marked, po, true, places))
		return true;
	/* "PO-4711" and "4711" */
	if (strlen(digits) < LONG)
		return strcmp(id, po) == 0;
	return find(marked, digits, true, places) ||
	    g_str_has_suffix(id, digits);
}

/* ---- the end-to-end id ------------------------------------------------------------ */

/* Is the number all of the id, but for three letters before it? A long one
 * may have more around it, but no digits beside its own. */
static bool
is_id(const struct marked *id, const char *flat, const char *number)
{
	size_t n = strlen(number), all = strlen(flat);

	if (n >= LONG) {
		uint64_t places;

		return find(id, number, false, &places);
	}
	return all >= n && all - n <= 3 && g_str_has_suffix(flat, number) &&
	    digits_in(flat) == digits_in(number);
}

static void
name(struct candidate *c, double how, enum number_reading reading,
    uint64_t places)
{
	if (how <= c->mention)
		return;
	c->mention = how;
	c->reading = reading;
	c->places = places;
	c->reference = true;
}

/* A name that several of the customer's have says little. */
static bool
is_only(const struct facts *facts, const struct candidate *c, const char *po)
{
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *other = facts->candidates->pdata[i];
		g_autofree char *theirs = token_squeeze(other->invoice->po);

		if (other != c && is_likely(other) && strcmp(theirs, po) == 0)
			return false;
	}
	return true;
}

static void
look_at_id(struct candidate *c, const struct marked *marked, const char *id)
{
	g_autofree char *number = token_squeeze(c->invoice->number);

	if (strength(number) > 0 && is_id(marked, id, number))
		name(c, strength(number), READ_WHOLE, 0);
}

static void
look_for_order(const struct facts *facts, struct candidate *c,
    const struct marked *marked, const char *id)
{
	g_autofree char *po = token_squeeze(c->invoice->po);
	uint64_t places;

	if (strlen(po) >= ORDER_MIN && strength(po) > 0 &&
	    has_order(marked, id, po, &places))
		name(c, is_only(facts, c, po) ? strength(po) : LIKELY,
		    READ_OTHER, places);
}

void
reference_own(struct facts *facts, const struct marked *marked)
{
	const char *text = facts->payment->end_to_end_id;
	g_autofree char *id = token_squeeze(text);
	struct marked parts;

	marked_read(&parts, text, 0, NULL);
	for (guint i = 0; i < facts->candidates->len; i++) {
		struct candidate *c = facts->candidates->pdata[i];

		if (!is_likely(c) || c->mention >= SURE)
			continue;
		if (*id)
			look_at_id(c, &parts, id);
		if (c->invoice->po && (*id || marked->tokens->len))
			look_for_order(facts, c, marked, id);
	}
	marked_release(&parts);
}
