/*
 * generic_amount.c - finds what may be an amount: figures with marks between
 * them, a currency in front or behind, a sign. What they are worth is decided
 * in generic_money.c, for all together.
 */
#include "generic_text.h"

#include <string.h>

/* ---- figures ----------------------------------------------------------------- */

static bool
touches(const struct gtext *text, uint32_t left, uint32_t right)
{
	return TOKEN(text, left)->end == TOKEN(text, right)->start;
}

static bool
same_cell(const struct gtext *text, uint32_t a, uint32_t b)
{
	return a < text->tokens->len && b < text->tokens->len &&
	    TOKEN(text, a)->cell == TOKEN(text, b)->cell;
}

static uint32_t
figures(const struct gtext *text, uint32_t token)
{
	const char *p = text->text + TOKEN(text, token)->start;

	return (uint32_t)g_utf8_pointer_to_offset(p,
	    text->text + TOKEN(text, token)->end);
}

/* A mark over a figure, and wide ones among narrow ones, leave a "?", which no
 * amount has. */
static void
append_figures(const struct gtext *text, uint32_t token, GString *out)
{
	const char *p = text->text + TOKEN(text, token)->start;
	const char *end = text->text + TOKEN(text, token)->end;

	for (; p < end; p = g_utf8_next_char(p)) {
		int digit = g_unichar_digit_value(g_utf8_get_char(p));

		if ((*p & 0x80) != (text->text[TOKEN(text, token)->start] &
		    0x80))
			digit = -1;
		g_string_append_c(out, digit < 0 ? '?' : (char)('0' + digit));
	}
}

/* Figures that look like others: superscripts, circles, letters' numbers. */
static bool
is_odd_figure(const struct gtoken *t)
{
	return t->kind == LEX_SIGN && t->c >= 0x80 &&
	    (g_unichar_isdigit(t->c) ||
	    g_unichar_type(t->c) == G_UNICODE_OTHER_NUMBER ||
	    g_unichar_type(t->c) == G_UNICODE_LETTER_NUMBER);
}

static bool
is_figures(const struct gtext *text, uint32_t token, uint32_t cell)
{
	return token < text->tokens->len &&
	    TOKEN(text, token)->kind == LEX_NUMBER &&
	    TOKEN(text, token)->cell == cell;
}

/* The mark between two runs of figures, or 0: ".", ",", "'" that touch both,
 * a blank in front of exactly three figures. */
static char
mark_between(const struct gtext *text, uint32_t token, uint32_t *next)
{
	uint32_t cell = TOKEN(text, token)->cell;

	if (is_figures(text, token + 1, cell)) {
		*next = token + 1;
		return !touches(text, token, token + 1) &&
		    figures(text, token) <= 3 &&
		    figures(text, token + 1) == 3 ? ' ' : 0;
	}
	if (!is_figures(text, token + 2, cell) ||
	    !touches(text, token, token + 1) ||
	    !touches(text, token + 1, token + 2))
		return 0;
	*next = token + 2;
	for (const char *m = ".,'"; *m; m++)
		if (gtext_is_sign(text, token + 1, (gunichar)*m))
			return *m;
	return gtext_is_sign(text, token + 1, 0x66c) ? '\'' : 0;
}

/* All that belongs to the figures that begin at a token. */
static uint32_t
take_figures(const struct gtext *text, uint32_t token, GString *out)
{
	uint32_t next;
	char mark;

	append_figures(text, token, out);
	while ((mark = mark_between(text, token, &next)) && out->len < 24) {
		if (mark == ' ' && strpbrk(out->str, ".,") &&
		    !strchr(out->str, ' '))
			break;	/* decimals, and another number */
		g_string_append_c(out, mark);
		append_figures(text, next, out);
		token = next;
	}
	return token + 1;
}

/* Is there something at the figures that makes them no amount: letters, a
 * slash, a colon, a per cent sign? */
static bool
is_glued(const struct gtext *text, uint32_t first, uint32_t end)
{
	static const char signs[] = "/:#@_*%&=\\";
	const struct gtoken *t;

	if (first > 0 && touches(text, first - 1, first)) {
		t = TOKEN(text, first - 1);
		if (is_odd_figure(t))
			return true;
		if (t->kind == LEX_SIGN && t->c < 0x80 &&
		    strchr(signs, (int)t->c) && t->c != ':' && t->c != '=')
			return t->c != '/' || !ghits_before(text, first - 1,
			    LABELS_CURRENCY, LABELS_CURRENCY);
		if (t->kind == LEX_SIGN && strchr("-.,/:", (int)(t->c & 0x7f)) &&
		    first > 1 && touches(text, first - 2, first - 1) &&
		    TOKEN(text, first - 2)->kind == LEX_NUMBER)
			return true;
	}
	if (end >= text->tokens->len)
		return false;
	t = TOKEN(text, end);
	if (t->kind == LEX_SIGN && t->c == '%')
		return true;
	if (!touches(text, end - 1, end))
		return false;
	if (is_odd_figure(t))
		return true;
	if (t->kind == LEX_SIGN && t->c < 0x80 && strchr(signs, (int)t->c))
		return !(t->c == '/' && gtext_is_sign(text, end + 1, '-')) &&
		    t->c != '*';
	return t->kind == LEX_SIGN && strchr("-.,'", (int)(t->c & 0x7f)) &&
	    end + 1 < text->tokens->len && touches(text, end, end + 1) &&
	    TOKEN(text, end + 1)->kind <= LEX_NUMBER;
}

/* ---- what stands around ------------------------------------------------------ */

static bool
is_capital_code(const struct gtext *text, uint32_t token, char code[4])
{
	const struct gtoken *t = TOKEN(text, token);

	if (t->kind != LEX_WORD || t->end - t->start != 3)
		return false;
	memcpy(code, text->text + t->start, 3);
	code[3] = '\0';
	return money_digits(code) >= 0;
}

/* May a spelling of another language count? Its sign may, or the code; a word
 * like "L" or "kr" not. */
static bool
is_plain_currency(const struct gtext *text, const struct ghit *hit)
{
	const char *code = labels_code(text->labels, hit->extra);
	const struct gtoken *first = TOKEN(text, hit->first);

	for (uint32_t i = hit->first; i < hit->end; i++)
		if (TOKEN(text, i)->kind == LEX_MONEY)
			return true;
	return hit->end == hit->first + 1 && first->end - first->start == 3 &&
	    strncmp(text->text + first->start, code, 3) == 0;
}

/* Notes the currencies that the hits on the same tokens may mean, those of
 * the mail's languages if there are any; false when none. */
static bool
note_codes(const struct gtext *text, const struct ghit *hit,
    struct gamount *amount)
{
	uint64_t all = 0, spoken = 0;
	const struct ghit *one = NULL, *own = NULL;	/* the last of each */

	for (uint32_t i = ghits_index(text, hit->first); i < text->hits->len &&
	    HIT(text, i)->first == hit->first; i++) {
		const struct ghit *h = HIT(text, i);
		uint64_t bit = h->extra < 64 ? UINT64_C(1) << h->extra : 0;

		if (h->key != LABELS_CURRENCY || h->end != hit->end)
			continue;
		if (text->languages >> h->language & 1) {
			own = h;
			spoken |= bit;
		} else if (is_plain_currency(text, h)) {
			one = h;
			all |= bit;
		}
	}
	if (own)
		one = own;
	amount->codes = own ? spoken : all;
	if (one && (amount->codes & (amount->codes - 1)) == 0)
		g_strlcpy(amount->code, labels_code(text->labels, one->extra),
		    sizeof(amount->code));
	return one != NULL;
}

/* Signs between a currency and its figures: "Rs. 5", "EUR +5". */
static bool
is_between(const struct gtext *text, uint32_t token)
{
	const struct gtoken *t = TOKEN(text, token);

	return t->kind == LEX_SIGN && (t->c == '.' || t->c == '-' ||
	    t->c == '+' || t->c == '*' || (t->c == '/' && token > 0 &&
	    touches(text, token - 1, token)));	/* "S/ 5" */
}

/* A currency that ends in front of the figures, in the same cell or alone in
 * the one before. The result is the first token of it, or the figures'. */
static uint32_t
currency_before(const struct gtext *text, uint32_t first,
    struct gamount *amount)
{
	uint32_t end = first;
	const struct ghit *hit;
	char code[4];

	while (end > 0 && first - end < 2 && is_between(text, end - 1) &&
	    same_cell(text, end - 1, first))
		end--;
	if (end == 0 || CELL(text, TOKEN(text, end - 1)->cell)->line !=
	    CELL(text, TOKEN(text, first)->cell)->line)
		return first;
	hit = ghits_before(text, end, LABELS_CURRENCY, LABELS_CURRENCY);
	if (hit && !same_cell(text, end - 1, first) && hit->first !=
	    CELL(text, TOKEN(text, end - 1)->cell)->first)
		hit = NULL;
	if (hit && note_codes(text, hit, amount))
		return hit->first;
	if (same_cell(text, end - 1, first) &&
	    is_capital_code(text, end - 1, code)) {
		g_strlcpy(amount->code, code, sizeof(amount->code));
		return end - 1;
	}
	return first;
}

/* The same behind the figures; the result is the end. */
static uint32_t
currency_behind(const struct gtext *text, uint32_t end, struct gamount *amount)
{
	uint32_t at = end;
	const struct ghit *hit;
	char code[4];

	if (gtext_is_sign(text, at, '*') && same_cell(text, at, end - 1))
		at++;
	if (at >= text->tokens->len ||
	    CELL(text, TOKEN(text, at)->cell)->line !=
	    CELL(text, TOKEN(text, end - 1)->cell)->line)
		return end;
	hit = ghits_at(text, at, LABELS_CURRENCY, LABELS_CURRENCY);
	if (hit && !same_cell(text, at, end - 1) && hit->end !=
	    CELL(text, TOKEN(text, at)->cell)->end)
		hit = NULL;
	if (hit && note_codes(text, hit, amount))
		return hit->end;
	if (same_cell(text, at, end - 1) && is_capital_code(text, at, code)) {
		g_strlcpy(amount->code, code, sizeof(amount->code));
		return at + 1;
	}
	return end;
}

/* "EUR 5 USD 6" and "5 EUR 6 USD": whose is the currency between two? What
 * belongs to the amount before ends at `behind`. */
static void
take_currency(const struct gtext *text, struct gamount *a, uint32_t behind)
{
	struct gamount before = *a, after = *a;
	uint32_t first = currency_before(text, a->number, &before);
	uint32_t end = currency_behind(text, a->number_end, &after);
	bool has_before = first < a->number && first >= behind;
	bool has_after = end > a->number_end;

	if (has_before && has_after && before.codes != after.codes &&
	    end < text->tokens->len && TOKEN(text, end)->kind == LEX_NUMBER)
		has_after = false;
	if (has_before && has_after && !before.code[0])
		before = after;		/* "$ 500 MXN" */
	if (has_before || has_after) {
		const struct gamount *from = has_before ? &before : &after;

		memcpy(a->code, from->code, sizeof(a->code));
		a->codes = from->codes;
	}
	if (has_before)
		a->first = first;
	if (has_after)
		a->end = end;
}

static enum gsign
sign_of(gunichar c)
{
	return c == '+' ? SIGN_PLUS : c == '-' ? SIGN_MINUS : SIGN_NONE;
}

static bool
is_word(const struct gtext *text, uint32_t token, const char *word)
{
	g_autofree char *slice = NULL;

	if (token >= text->end || TOKEN(text, token)->kind != LEX_WORD ||
	    TOKEN(text, token)->end - TOKEN(text, token)->start !=
	    strlen(word))
		return false;
	slice = gtext_slice(text, token, token + 1);
	return g_ascii_strcasecmp(slice, word) == 0;
}

/* "-5", "EUR -5", "- EUR 5", "5-", "(5)", "5 CR", "5 Dr." */
static void
take_sign(const struct gtext *text, struct gamount *a)
{
	for (uint32_t i = a->first; i < a->number && !a->sign; i++)
		if (TOKEN(text, i)->kind == LEX_SIGN)
			a->sign = sign_of(TOKEN(text, i)->c);
	if (!a->sign && a->first > CELL(text, TOKEN(text, a->first)->cell)->first
	    && TOKEN(text, a->first - 1)->kind == LEX_SIGN) {
		uint32_t cell = TOKEN(text, a->first)->cell;
		bool alone = a->first - 1 == CELL(text, cell)->first ||
		    TOKEN(text, a->first - 2)->kind != LEX_NUMBER;

		/* "- EUR 5 paid to ...": a list of what happened. */
		if ((touches(text, a->first - 1, a->first) && alone) ||
		    (a->first - 1 == CELL(text, cell)->first && a->code[0]))
			a->sign = sign_of(TOKEN(text, a->first - 1)->c);
		if (gtext_is_sign(text, a->first - 1, '(') &&
		    gtext_is_sign(text, a->end, ')') &&
		    (a->first - 1 == CELL(text, cell)->first ||
		    TOKEN(text, a->first - 2)->kind == LEX_SIGN))
			a->sign = SIGN_MINUS;
	}
	if (!a->sign && !a->dash && a->end < text->tokens->len &&
	    same_cell(text, a->end, a->end - 1) &&
	    (gtext_is_sign(text, a->end, '-') ||
	    gtext_is_sign(text, a->end, '+')) &&
	    touches(text, a->end - 1, a->end) &&
	    (a->end + 1 >= text->tokens->len ||
	    !touches(text, a->end, a->end + 1)))
		a->sign = sign_of(TOKEN(text, a->end++)->c);
	if (!same_cell(text, a->end, a->end - 1))
		return;
	if (is_word(text, a->end, "cr") || is_word(text, a->end, "dr")) {
		if (!a->sign)
			a->sign = is_word(text, a->end, "cr") ? SIGN_PLUS :
			    SIGN_MINUS;
		a->end++;
	}
}

/* ---- one after the other ----------------------------------------------------- */

/* A word of a script that has blanks between words. */
static bool
is_glue(const struct gtext *text, uint32_t token)
{
	const struct gtoken *t = TOKEN(text, token);

	return t->kind == LEX_WORD &&
	    g_utf8_get_char(text->text + t->start) < 0x2e80;
}

/* Is a currency's word or a letter glued to the figures from the left? */
static bool
is_tail_of_word(const struct gtext *text, const struct gamount *a)
{
	return a->first == a->number && a->number > 0 &&
	    touches(text, a->number - 1, a->number) &&
	    is_glue(text, a->number - 1);
}

static bool
is_head_of_word(const struct gtext *text, const struct gamount *a)
{
	return a->end == a->number_end && a->end < text->tokens->len &&
	    touches(text, a->end - 1, a->end) && is_glue(text, a->end) &&
	    !is_word(text, a->end, "cr") && !is_word(text, a->end, "dr");
}

/* ",-", ".--" and "/-" behind whole units. */
static void
take_dash(const struct gtext *text, struct gamount *a)
{
	uint32_t at = a->number_end;

	if (at + 1 >= text->tokens->len || !touches(text, at - 1, at) ||
	    !touches(text, at, at + 1) ||
	    !(gtext_is_sign(text, at, ',') || gtext_is_sign(text, at, '.') ||
	    gtext_is_sign(text, at, '/')))
		return;
	at++;
	if (!gtext_is_sign(text, at, '-') && !gtext_is_sign(text, at, 0x2014))
		return;
	while (gtext_is_sign(text, at, '-') || gtext_is_sign(text, at, 0x2014))
		at++;
	a->dash = true;
	a->number_end = a->end = at;
}

/* "20.11.2026", "2026.11.20": a day, unless a currency stands there. */
static bool
is_day(const struct gamount *a)
{
	size_t lengths[3] = {0};
	int n = 0;

	if (a->end - a->first != a->number_end - a->number)
		return false;
	for (const char *p = a->digits; *p; p++)
		if (g_ascii_isdigit(*p))
			lengths[n]++;
		else if (*p != '.' || ++n == 3)
			return false;
	if (n != 2 || lengths[1] > 2)
		return false;
	return (lengths[0] <= 2 && (lengths[2] == 4 || lengths[2] == 2)) ||
	    (lengths[0] == 4 && lengths[2] <= 2);
}

void
gamounts_find(struct gtext *text)
{
	uint32_t behind = 0;	/* of the amount before */

	for (uint32_t i = 0; i < text->tokens->len; i++) {
		struct gamount amount = {.first = i, .number = i};
		g_autoptr(GString) figure = NULL;

		if (TOKEN(text, i)->kind != LEX_NUMBER)
			continue;
		figure = g_string_sized_new(32);
		amount.end = take_figures(text, i, figure);
		i = amount.end - 1;
		amount.number_end = amount.end;
		if (figure->len >= sizeof(amount.digits) ||
		    strchr(figure->str, '?') ||
		    is_glued(text, amount.number, amount.end))
			continue;
		memcpy(amount.digits, figure->str, figure->len + 1);
		take_dash(text, &amount);
		take_currency(text, &amount, behind);
		if (is_tail_of_word(text, &amount) ||
		    is_head_of_word(text, &amount) || is_day(&amount))
			continue;
		take_sign(text, &amount);
		behind = amount.end;
		i = amount.end - 1;
		g_array_append_val(text->amounts, amount);
	}
}

struct gamount *
gamounts_in(const struct gtext *text, uint32_t first, uint32_t end)
{
	guint low = 0, high = text->amounts->len;

	while (low < high) {
		guint middle = (low + high) / 2;

		if (AMOUNT(text, middle)->first < first)
			low = middle + 1;
		else
			high = middle;
	}
	return low < text->amounts->len && AMOUNT(text, low)->first < end ?
	    AMOUNT(text, low) : NULL;
}
