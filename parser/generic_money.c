/*
 * generic_money.c - what amounts are worth. "1.234" can be a thousand or a
 * unit, "$" five currencies: decided by what the mail proves elsewhere, by the
 * habits of its languages, by the sender's country; or not at all.
 */
#include "generic_text.h"

#include <string.h>

/* ---- marks ------------------------------------------------------------------- */

struct figure {
	int groups;		/* runs of figures */
	size_t last;		/* figures behind the last mark */
	char mark, other;	/* the last mark; another one before it */
	int count;		/* how often the last mark stands */
	bool odd;		/* three kinds of mark */
};

static struct figure
look(const char *digits)
{
	struct figure f = {.groups = 1};

	for (const char *p = digits; *p; p++) {
		if (g_ascii_isdigit(*p)) {
			f.last++;
			continue;
		}
		if (f.mark && *p != f.mark) {
			f.odd |= f.other != 0;
			f.other = f.mark;
			f.count = 0;
		}
		f.mark = *p;
		f.count++;
		f.groups++;
		f.last = 0;
	}
	return f;
}

static bool
can_be_decimal(char mark)
{
	return mark == '.' || mark == ',';
}

/* Do figures alone prove which mark is which? */
static void
note_proof(struct gtext *text, const struct gamount *a)
{
	struct figure f = look(a->digits);
	char decimal = 0, grouping = 0;

	if (f.odd || (!a->code[0] && !a->codes))
		return;
	if (f.other && f.count == 1 && can_be_decimal(f.mark) && f.last <= 2) {
		decimal = f.mark;
		grouping = f.other;
	} else if (!f.other && f.count == 1 && can_be_decimal(f.mark) &&
	    f.last <= 2) {
		decimal = f.mark;
	} else if (!f.other && f.count > 1) {
		grouping = f.mark;
	}
	if ((decimal && text->decimal && decimal != text->decimal) ||
	    (decimal && decimal == text->grouping) ||
	    (grouping && grouping == text->decimal))
		text->is_contrary = true;
	if (decimal)
		text->decimal = decimal;
	if (can_be_decimal(grouping))
		text->grouping = grouping;
}

/* Does a language of the mail group with it, or use it for decimals? */
static bool
is_habit(const struct gtext *text, char mark, bool grouping)
{
	for (unsigned l = 0; l < labels_count_languages(text->labels); l++) {
		const struct labels_language *language =
		    labels_language(text->labels, l);

		if (text->languages >> l & 1 && strchr(grouping ?
		    language->grouping : language->decimal, mark))
			return true;
	}
	return false;
}

/* The mark of "1.234": decimal (true), grouping (false), or no answer. */
static bool
decide_mark(const struct gtext *text, char mark, int digits, bool *decimal)
{
	*decimal = false;
	if (digits == 0 || text->grouping == mark)
		return digits == 0 || text->decimal != mark;
	if (text->decimal == mark || text->is_contrary) {
		*decimal = true;
		return digits == 3 && !text->is_contrary;
	}
	if (text->decimal && text->decimal != mark)
		return true;	/* the other one is proven */
	if (is_habit(text, mark, true) && (digits == 2 ||
	    !is_habit(text, mark, false)))
		return true;
	*decimal = true;
	return digits == 3 && is_habit(text, mark, false);
}

/* ---- values ------------------------------------------------------------------ */

/* Groups of three, or Indian groups, in front of the decimals. */
static bool
groups_are_right(const char *digits, const char *end)
{
	size_t lengths[16] = {0};
	int n = 0, inner;

	for (const char *p = digits; p < end; p++)
		if (g_ascii_isdigit(*p))
			lengths[n]++;
		else if (++n == 16)
			return false;
	if (n == 0)
		return true;
	if (lengths[n] != 3 || *digits == '0')
		return false;
	inner = n > 1 ? (int)lengths[1] : 3;
	for (int i = 1; i < n; i++)
		if ((int)lengths[i] != inner)
			return false;
	return (inner == 3 || inner == 2) && lengths[0] >= 1 &&
	    (int)lengths[0] <= inner;
}

/* Where the decimals begin (the mark), or the end; NULL when it is unclear. */
static const char *
find_decimals(const struct gtext *text, const struct gamount *a, int digits)
{
	struct figure f = look(a->digits);
	const char *end = a->digits + strlen(a->digits);
	const char *mark = end - f.last - 1;
	bool decimal;

	if (f.odd)
		return NULL;
	if (!f.mark || f.count > 1)
		return f.other ? NULL : end;
	if (!can_be_decimal(f.mark))
		return end;
	if (a->dash || (f.last == 3 && f.other && digits != 3))
		return a->dash && !f.other && f.last == 3 ? end : NULL;
	if (f.other || f.last != 3)
		return mark;
	if (mark - a->digits > 3 || *a->digits == '0')
		return digits == 3 ? mark : NULL;
	if (!decide_mark(text, f.mark, digits, &decimal))
		return NULL;
	return decimal ? mark : end;
}

bool
gamount_read_as(const struct gtext *text, struct gamount *a, const char *code)
{
	int digits = money_digits(code);
	const char *decimals;
	g_autoptr(GString) plain = NULL;

	if (digits < 0)
		return false;
	decimals = find_decimals(text, a, digits);
	if (!decimals || !groups_are_right(a->digits, decimals))
		return false;
	plain = g_string_new(NULL);
	for (const char *p = a->digits; p < decimals; p++)
		if (g_ascii_isdigit(*p))
			g_string_append_c(plain, *p);
	if (digits == 0 && *decimals && strspn(decimals + 1, "0") ==
	    strlen(decimals + 1))
		decimals = "";
	if (*decimals)
		g_string_append_printf(plain, ".%s", decimals + 1);
	if (!money_parse(plain->str, code, &a->minor))
		return false;
	memmove(a->code, code, sizeof(a->code));
	a->read = true;
	return true;
}

/* Without noughts behind the mark, which some currencies have. */
static char *
bare_number(int64_t minor, const char *code)
{
	char *number = money_format(minor, code);
	char *mark = strchr(number, '.');

	if (mark && strspn(mark + 1, "0") == strlen(mark + 1))
		*mark = '\0';
	return number;
}

bool
gamount_read_any(const struct gtext *text, struct gamount *a)
{
	struct figure f = look(a->digits);
	struct gamount first = *a;

	/* "1,250.00", and no currency anywhere */
	if (!a->codes && can_be_decimal(f.mark) && f.last == 2)
		gamount_read_as(text, &first, "EUR");
	for (unsigned i = 0; i < 64; i++) {
		struct gamount other = *a;
		g_autofree char *x = NULL, *y = NULL;

		if (!(a->codes >> i & 1))
			continue;
		if (!gamount_read_as(text, &other, labels_code(text->labels,
		    i)))
			return false;
		if (!first.read) {
			first = other;
			continue;
		}
		x = bare_number(first.minor, first.code);
		y = bare_number(other.minor, other.code);
		if (strcmp(x, y) != 0)
			return false;
	}
	*a = first;
	a->unsure = true;
	return a->read;
}

/* ---- currencies -------------------------------------------------------------- */

static unsigned
code_index(const struct gtext *text, uint64_t codes, const char *prefix)
{
	for (unsigned i = 0; i < 64; i++)
		if (codes >> i & 1 && g_ascii_strncasecmp(
		    labels_code(text->labels, i), prefix, 2) == 0)
			return i;
	return 64;
}

/* Which of the codes stands at a token ("Currency: AUD")? As a set. */
static uint64_t
code_at(const struct gtext *text, uint32_t token, uint64_t codes)
{
	const struct gtoken *t = TOKEN(text, token);

	if (t->kind != LEX_WORD || t->masked || t->end - t->start != 3)
		return 0;
	for (unsigned i = 0; i < 64; i++)
		if (codes >> i & 1 && memcmp(text->text + t->start,
		    labels_code(text->labels, i), 3) == 0)
			return UINT64_C(1) << i;
	return 0;
}

/* The candidates that the mail says elsewhere: by another spelling, by words
 * that only mails about one currency have. */
static uint64_t
said_elsewhere(const struct gtext *text, uint64_t codes)
{
	uint64_t said = 0;

	for (guint i = 0; i < text->hits->len; i++) {
		const struct ghit *hit = HIT(text, i);
		uint64_t bit = hit->extra < 64 ? UINT64_C(1) << hit->extra : 0;

		if ((hit->key != LABELS_HINT && hit->key != LABELS_CURRENCY) ||
		    !(bit & codes))
			continue;
		if (hit->key == LABELS_CURRENCY) {
			struct ghit *other = &g_array_index(text->hits,
			    struct ghit, i);
			bool shared = false;

			for (guint k = ghits_index(text, other->first);
			    k < text->hits->len &&
			    HIT(text, k)->first == other->first; k++)
				shared |= HIT(text, k)->key == hit->key &&
				    HIT(text, k)->end == hit->end &&
				    HIT(text, k)->extra != hit->extra;
			if (shared)
				continue;
		}
		said |= bit;
	}
	for (uint32_t i = 0; i < text->tokens->len; i++)
		said |= code_at(text, i, codes);
	return said;
}

/* The currency of the sender's country: codes begin with the country's. */
static uint64_t
sender_says(const struct gtext *text, uint64_t codes)
{
	const char *dot = text->mail->from ? strrchr(text->mail->from, '.') :
	    NULL;
	unsigned i;

	if (!dot || strlen(dot + 1) != 2)
		return 0;
	i = code_index(text, codes, dot + 1);
	return i < 64 ? UINT64_C(1) << i : 0;
}

static bool
is_one(uint64_t codes)
{
	return codes && (codes & (codes - 1)) == 0;
}

/* A lone "$" in English is the American one, unless the sender's country has
 * one of its own. */
static uint64_t
usual(const struct gtext *text, uint64_t codes)
{
	for (unsigned i = 0; i < 64; i++)
		if (codes >> i & 1 && strcmp(labels_code(text->labels, i),
		    "USD") == 0)
			return UINT64_C(1) << i;
	return 0;
}

static void
decide_code(const struct gtext *text, struct gamount *a)
{
	uint64_t said;

	if (a->code[0] || !a->codes)
		return;
	said = said_elsewhere(text, a->codes);
	if (!is_one(said))
		said = sender_says(text, said ? said : a->codes);
	if (!said)
		said = usual(text, a->codes);
	if (is_one(said))
		g_strlcpy(a->code, labels_code(text->labels,
		    (unsigned)__builtin_ctzll(said)), sizeof(a->code));
}

/* The only currency of all amounts. */
static void
find_only(struct gtext *text)
{
	for (guint i = 0; i < text->amounts->len; i++) {
		const char *code = AMOUNT(text, i)->code;

		if (!*code)
			continue;
		if (text->currency[0] && strcmp(text->currency, code) != 0) {
			text->currency[0] = '\0';
			return;
		}
		memcpy(text->currency, code, sizeof(text->currency));
	}
}

const char *
gamounts_currency(const struct gtext *text)
{
	const char *home = "";

	if (text->currency[0])
		return text->currency;
	for (guint i = 0; i < text->amounts->len; i++)
		if (AMOUNT(text, i)->code[0])
			return "";	/* several */
	for (unsigned l = 0; l < labels_count_languages(text->labels); l++) {
		const char *own = labels_language(text->labels, l)->home;

		if (!(text->languages >> l & 1) || !*own)
			continue;
		if (*home && strcmp(home, own) != 0)
			return "";
		home = own;
	}
	return home;
}

void
gamounts_read(struct gtext *text)
{
	for (guint i = 0; i < text->amounts->len; i++) {
		decide_code(text, AMOUNT(text, i));
		note_proof(text, AMOUNT(text, i));
	}
	find_only(text);
	for (guint i = 0; i < text->amounts->len; i++) {
		struct gamount *a = AMOUNT(text, i);

		if (a->code[0])
			gamount_read_as(text, a, a->code);
	}
}
