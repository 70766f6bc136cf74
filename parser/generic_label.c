/*
 * generic_label.c - finds "label: value", label and value in two cells, and a
 * label above its value. What the payer wrote is masked: nothing in it is a
 * label, a phrase or an amount.
 */
#include "generic_facts.h"

#include <string.h>

#define LABEL_WORDS 10		/* no label is longer */

bool
glabel_is_amount(int key)
{
	return key == LABEL_AMOUNT || key == LABEL_CREDIT_AMOUNT ||
	    key == LABEL_DEBIT_AMOUNT;
}

static bool
is_payers(int key)
{
	switch (key) {
	case LABEL_PAYER:
	case LABEL_PAYEE:
	case LABEL_COUNTERPARTY:
	case LABEL_REFERENCE:
	case LABEL_REMITTANCE:
	case LABEL_END_TO_END:
		return true;
	default:
		return false;
	}
}

void
gfacts_mask(struct gtext *text, uint32_t first, uint32_t end)
{
	for (; first < end; first++)
		TOKEN(text, first)->masked = true;
}

/* ---- what a label says ------------------------------------------------------- */

static uint32_t
skip_bullets(const struct gtext *text, uint32_t first, uint32_t end)
{
	while (first < end && TOKEN(text, first)->kind == LEX_SIGN)
		first++;
	return first;
}

/* Without closing signs, and without a closing "(...)". */
static uint32_t
trim_label(const struct gtext *text, uint32_t first, uint32_t end)
{
	while (end > first && TOKEN(text, end - 1)->kind == LEX_SIGN) {
		uint32_t open = end - 1;

		if (!gtext_is_sign(text, open, ')')) {
			end--;
			continue;
		}
		while (open > first && !gtext_is_sign(text, open, '('))
			open--;
		if (open <= first)
			break;
		end = open;
	}
	return end;
}

/* "Montant / Amount": one label in two languages, its words all known and all
 * of one key. */
static bool
is_said_twice(const struct gtext *text, uint32_t first, uint32_t end, int key)
{
	uint32_t i = first;
	unsigned labels = 0;

	while (i < end) {
		const struct ghit *hit = ghits_at(text, i,
		    (enum labels_key)key, (enum labels_key)key);

		if (TOKEN(text, i)->kind == LEX_SIGN) {
			i++;
			continue;
		}
		if (!hit || hit->end > end)
			return false;
		labels++;
		i = hit->end;
	}
	return labels >= 2;
}

int
glabel_of(const struct gtext *text, uint32_t first, uint32_t end, bool *weak)
{
	int key = -1;
	uint32_t best = 0;

	first = skip_bullets(text, first, end);
	end = trim_label(text, first, end);
	*weak = true;
	for (uint32_t i = ghits_index(text, first); i < text->hits->len &&
	    HIT(text, i)->first < end; i++) {
		const struct ghit *hit = HIT(text, i);
		bool edge = hit->first == first || hit->end == end;

		if (hit->key >= LABELS_LABELS || hit->end > end)
			continue;
		if (hit->first == first && hit->end == end) {
			*weak = false;
			return hit->key;
		}
		if (ghits_is_never((enum labels_key)hit->key)) {
			key = hit->key;
			best = UINT32_MAX;
		} else if (edge && hit->end - hit->first > best) {
			key = hit->key;
			best = hit->end - hit->first;
		}
	}
	if (key >= 0 && is_said_twice(text, first, end, key))
		*weak = false;
	return key;
}

void
glabel_unit(const struct gtext *text, uint32_t first, uint32_t end,
    char unit[4])
{
	uint32_t longest = 0;
	bool spoken = false;

	unit[0] = '\0';
	for (uint32_t i = ghits_index(text, first); i < text->hits->len &&
	    HIT(text, i)->first < end; i++) {
		const struct ghit *hit = HIT(text, i);
		uint32_t length = hit->end - hit->first;
		bool own = text->languages >> hit->language & 1;

		if (hit->key != LABELS_CURRENCY || hit->end > end ||
		    length < longest || (length == longest && spoken))
			continue;
		longest = length;
		spoken = own;
		if (own || text->text[TOKEN(text, hit->first)->start] & 0x80)
			g_strlcpy(unit, labels_code(text->labels, hit->extra),
			    4);
	}
}

int
glabel_bare(const struct gtext *text, uint32_t cell, bool *weak)
{
	const struct gcell *c = CELL(text, cell);
	uint32_t first = skip_bullets(text, c->first, c->end), words = 0;
	char unit[4];
	int key;

	for (uint32_t i = first; i < c->end; i++) {
		if (TOKEN(text, i)->kind == LEX_NUMBER)
			return -1;
		words += TOKEN(text, i)->kind == LEX_WORD;
	}
	if (words == 0 || words > LABEL_WORDS)
		return -1;
	key = glabel_of(text, first, c->end, weak);
	if (key >= 0 && *weak) {	/* "Amount in EUR" is a whole label */
		glabel_unit(text, first, c->end, unit);
		if (unit[0] && glabel_is_amount(key))
			*weak = false;
	}
	return key;
}

/* ---- taking a value ---------------------------------------------------------- */

static bool
is_used(const struct gfacts *facts, uint32_t cell)
{
	return g_array_index(facts->cell_used, bool, cell);
}

static void
set_used(struct gfacts *facts, uint32_t cell)
{
	g_array_index(facts->cell_used, bool, cell) = true;
}

/* Amounts that are not ours, or under a label that we do not know. */
static void
never(struct gtext *text, uint32_t first, uint32_t end)
{
	for (struct gamount *a = gamounts_in(text, first, end); a &&
	    a < AMOUNT(text, text->amounts->len) && a->first < end; a++)
		a->never = true;
}

static void
add_fact(struct gfacts *facts, int key, bool weak, uint32_t label,
    uint32_t label_end, uint32_t first, uint32_t end)
{
	struct gtext *text = facts->text;
	struct gfact fact = {.key = (uint8_t)key, .weak = weak,
	    .label = label, .first = first, .end = end};
	uint32_t cell_end = CELL(text, TOKEN(text, first)->cell)->end;

	if (ghits_is_never((enum labels_key)key))
		never(text, first, end);
	if (is_payers(key))
		gfacts_mask(text, first, cell_end);
	glabel_unit(text, label, label_end, fact.unit);
	for (uint32_t i = label; i < end; i++)
		TOKEN(text, i)->used = true;
	for (uint32_t i = label; i < label_end; i++)
		TOKEN(text, i)->label = !glabel_is_amount(key);
	if (key == LABEL_UNIT && !text->currency[0])
		glabel_unit(text, first, end, text->currency);
	g_array_append_val(facts->facts, fact);
}

/* Is a cell itself "label" or "label: value"? */
static bool
is_labelled(const struct gtext *text, uint32_t cell)
{
	const struct gcell *c = CELL(text, cell);
	bool weak;

	for (uint32_t i = c->first; i < c->end; i++)
		if (gtext_is_sign(text, i, ':'))
			return glabel_of(text, c->first, i, &weak) >= 0 &&
			    !weak;
	return glabel_bare(text, cell, &weak) >= 0 && !weak;
}

/* The cell with the value of a label that fills its own: beside it, else
 * below. */
static uint32_t
value_cell(const struct gfacts *facts, uint32_t cell)
{
	const struct gtext *text = facts->text;
	uint32_t line = CELL(text, cell)->line, next = cell + 1;

	if (next >= text->cells->len || CELL(text, next)->first >= text->end)
		return NO_TOKEN;
	if (CELL(text, next)->line != line &&
	    (LINE(text, line)->end - LINE(text, line)->first > 2 ||
	    LINE(text, line + 1)->end - LINE(text, line + 1)->first > 2))
		return NO_TOKEN;
	return is_used(facts, next) || is_labelled(text, next) ? NO_TOKEN :
	    next;
}

static void
take_value_cell(struct gfacts *facts, int key, bool weak, uint32_t cell,
    uint32_t label, uint32_t label_end)
{
	struct gtext *text = facts->text;
	uint32_t value = value_cell(facts, cell);
	const struct gcell *c;

	if (value == NO_TOKEN)
		return;
	c = CELL(text, value);
	if (CELL(text, value)->line != CELL(text, cell)->line &&
	    (glabel_is_amount(key) || ghits_is_never((enum labels_key)key)) &&
	    !gvalue_amount(text, c->first, c->end))
		return;		/* a heading, and no value below it */
	if (weak && CELL(text, value)->line != CELL(text, cell)->line)
		return;
	set_used(facts, value);
	add_fact(facts, key, weak, label, label_end, c->first, c->end);
}

/* ---- "label: value" ---------------------------------------------------------- */

/* A colon that may stand behind a label: none of a time or an address. */
static bool
is_colon(const struct gtext *text, uint32_t token)
{
	const char *p;

	if (!gtext_is_sign(text, token, ':'))
		return false;
	p = text->text + TOKEN(text, token)->end;
	return strncmp(p, "//", 2) != 0 && !(token > 0 &&
	    TOKEN(text, token - 1)->kind == LEX_NUMBER && g_ascii_isdigit(*p));
}

static uint32_t
next_colon(const struct gtext *text, uint32_t first, uint32_t end)
{
	while (first < end && !is_colon(text, first))
		first++;
	return first;
}

/* Where the label in front of a later colon begins: a label's words end right
 * there. The colon itself when there is none. */
static uint32_t
inner_label(const struct gtext *text, uint32_t first, uint32_t colon)
{
	uint32_t end = trim_label(text, first, colon);
	const struct ghit *hit = end > first ?
	    ghits_before(text, end, LABEL_AMOUNT, LABEL_OTHER) : NULL;

	for (const struct ghit *more = hit; more && more->first >= first;) {
		hit = more;	/* "Sender Bank IFSC:" */
		more = hit->first > first ? ghits_before(text, hit->first,
		    LABEL_AMOUNT, LABEL_OTHER) : NULL;
		if (more && more->end - more->first < 2)
			break;
	}
	return hit && hit->first >= first ? hit->first : colon;
}

static uint32_t
trim_value(const struct gtext *text, uint32_t first, uint32_t end)
{
	while (end > first && (gtext_is_sign(text, end - 1, ',') ||
	    gtext_is_sign(text, end - 1, ';') ||
	    (gtext_is_sign(text, end - 1, '-') && end - 1 > first &&
	    TOKEN(text, end - 1)->start > TOKEN(text, end - 2)->end)))
		end--;
	return end;
}

static unsigned
count_words(const struct gtext *text, uint32_t first, uint32_t end)
{
	unsigned words = 0;

	for (; first < end; first++)
		words += gtext_is_said(text, first);
	return words;
}

/* Words in front of a colon that are no label known: what stands behind has
 * no amount of ours, unless they say that money came or went. */
static void
take_unknown(struct gtext *text, uint32_t label, uint32_t colon, uint32_t end)
{
	for (uint32_t i = ghits_index(text, label); i < text->hits->len &&
	    HIT(text, i)->first < colon; i++)
		if (HIT(text, i)->key >= PHRASE_CREDIT &&
		    HIT(text, i)->key <= PHRASE_RETURN)
			return;
	for (uint32_t i = ghits_index(text, colon); i < text->hits->len &&
	    HIT(text, i)->first < end; i++)
		if (HIT(text, i)->key >= PHRASE_CREDIT &&
		    HIT(text, i)->key <= PHRASE_RETURN)
			return;		/* "Some Bank: 5 EUR credited" */
	never(text, colon, end);
}

/* Label, colon, value up to the next label; then that one. */
static void
read_colons(struct gfacts *facts, uint32_t cell, uint32_t colon)
{
	struct gtext *text = facts->text;
	uint32_t stop = CELL(text, cell)->end;
	uint32_t label = CELL(text, cell)->first, next, end, inner;

	label = skip_bullets(text, label, colon);
	if (count_words(text, label, colon) > LABEL_WORDS)
		label = inner_label(text, label, colon);
	while (colon < stop) {
		bool weak = false, inner_weak;
		int key = label < colon ?
		    glabel_of(text, label, colon, &weak) : -1;

		if (key == LABEL_OTHER && weak)
			key = -1;
		next = colon + 1;
		do {		/* the next colon with a label in front */
			next = next_colon(text, next, stop);
			inner = next < stop ?
			    inner_label(text, colon + 1, next) : stop;
		} while (next < stop && inner == next && ++next);
		end = trim_value(text, colon + 1, next < stop ? inner : stop);
		if (key >= 0 && is_payers(key) && next < stop &&
		    glabel_is_amount(glabel_of(text, inner, next,
		    &inner_weak)))
			next = inner = end = stop;	/* the payer's words */
		if (key < 0 && label < colon)
			take_unknown(text, label, colon, end);
		else if (key >= 0 && end > colon + 1)
			add_fact(facts, key, weak, label, colon, colon + 1,
			    end);
		else if (key >= 0 && next >= stop)
			take_value_cell(facts, key, weak, cell, label, colon);
		label = inner;
		colon = next;
	}
}

/* ---- "label value" ----------------------------------------------------------- */

/* A cell that begins with a label, and goes on: only where the value cannot
 * be mistaken. */
static void
read_begun(struct gfacts *facts, uint32_t cell)
{
	struct gtext *text = facts->text;
	const struct gcell *c = CELL(text, cell);
	uint32_t first = skip_bullets(text, c->first, c->end);
	const struct ghit *hit = ghits_at(text, first, LABEL_AMOUNT,
	    LABEL_OTHER);
	struct gamount *amount;

	if (!hit)
		return;
	amount = gvalue_amount(text, hit->end, c->end);
	if (!amount || !(glabel_is_amount(hit->key) ||
	    ghits_is_never((enum labels_key)hit->key)))
		return;
	if (ghits_is_never((enum labels_key)hit->key))
		amount->never = true;
	else if (c->end - amount->end <= 2)
		add_fact(facts, hit->key, false, first, hit->end, hit->end,
		    c->end);
}

static void
read_cell(struct gfacts *facts, uint32_t cell)
{
	struct gtext *text = facts->text;
	const struct gcell *c = CELL(text, cell);
	uint32_t colon = next_colon(text, c->first, c->end);
	bool weak;
	int key;

	if (colon < c->end) {
		read_colons(facts, cell, colon);
		return;
	}
	key = glabel_bare(text, cell, &weak);
	if (key >= 0)
		take_value_cell(facts, key, weak, cell, c->first, c->end);
	else
		read_begun(facts, cell);
}

void
gfacts_labels(struct gfacts *facts)
{
	struct gtext *text = facts->text;

	for (uint32_t cell = 0; cell < text->cells->len; cell++) {
		const struct gcell *c = CELL(text, cell);

		if (c->first < text->body || is_used(facts, cell))
			continue;
		if (c->first >= text->end)
			break;
		read_cell(facts, cell);
	}
}
