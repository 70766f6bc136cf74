/*
 * when.c - finds the days that a text tells: the longest pattern of a
 * language's "day" lines at each token, and days in figures.
 */
#include "when.h"

#include <string.h>

#include "words.h"

struct finder {
	struct tongue *language;
	const struct tokens *tokens;
	struct day_style style;
	int32_t today;
	struct search plain;	/* for the words of slots */
};

/* ---- slots -------------------------------------------------------------------------- */

/* The value of the first pattern of a key that fits; its length. */
static unsigned
value_of(const struct finder *finder, const char *key, unsigned at,
    unsigned end, int *value)
{
	const GPtrArray *patterns = tongue_patterns(finder->language, key);
	unsigned longest = 0;

	for (guint i = 0; i < patterns->len; i++) {
		const struct idiom *pattern = patterns->pdata[i];
		struct hit hit;

		if (!idiom_at(pattern, &finder->plain, at, at, end, &hit) ||
		    hit.end - at <= longest)
			continue;
		longest = hit.end - at;
		*value = (int)g_ascii_strtoll(pattern->value, NULL, 10);
	}
	return longest;
}

static unsigned
any_of(const struct finder *finder, const char *key, unsigned at, unsigned end)
{
	const GPtrArray *patterns = tongue_patterns(finder->language, key);

	for (guint i = 0; at < end && i < patterns->len; i++) {
		struct hit hit;

		if (idiom_at(patterns->pdata[i], &finder->plain, at, at,
		    end, &hit))
			return hit.end - at;
	}
	return 0;
}

static unsigned
no_slot(void *user, const char *slot, unsigned at, unsigned end, int *value)
{
	(void)user;
	(void)slot;
	(void)at;
	(void)end;
	(void)value;
	return 0;
}

/* "2-3 days": the later one. */
static int
last_number(const struct token *token)
{
	const char *dash = strrchr(token->text, '-');

	if (token->number >= 0)
		return token->number;
	if (dash && strspn(token->text, "0123456789-") ==
	    strlen(token->text) && strlen(dash) <= 3 &&
	    strchr(token->text, '-') == dash)
		return (int)g_ascii_strtoll(dash + 1, NULL, 10);
	return -1;
}

static bool
has_tail(const struct token *token)
{
	return token->dot || strcmp(token->text, token->exact) != 0;
}

static unsigned
day_slot(const struct finder *finder, char slot, unsigned at, unsigned end,
    int *value)
{
	const struct token *token = &finder->tokens->token[at];
	int number = last_number(token);
	unsigned tail;

	if (number < 0)
		return slot == 'O' ? value_of(finder, "number", at, end,
		    value) : 0;
	if (number < 1 || number > 31)
		return 0;
	tail = any_of(finder, "ordinal", at + 1, end);
	if (slot == 'T' && !tail && !has_tail(token))
		return 0;
	*value = number;
	return 1 + tail;
}

static unsigned
find_slot(void *user, const char *slot, unsigned at, unsigned end, int *value)
{
	const struct finder *finder = user;
	const struct token *token = &finder->tokens->token[at];

	switch (*slot) {
	case 'D': case 'O': case 'T':
		return day_slot(finder, *slot, at, end, value);
	case 'N':
		*value = last_number(token);
		return *value >= 0 ? 1 : value_of(finder, "number", at, end,
		    value);
	case 'M':
		return value_of(finder, "month", at, end, value);
	case 'W':
		return value_of(finder, "weekday", at, end, value);
	case 'Y':
		*value = token->number;
		return *value >= 2000 && *value < 2100;
	default:
		return 0;
	}
}

/* ---- finding ------------------------------------------------------------------------ */

static bool
is_meant(const struct when *when)
{
	return when->past.from != G_MININT32 ||
	    when->future.from != G_MININT32;
}

static bool
find_words(const struct finder *finder, unsigned at, struct when *when)
{
	const GPtrArray *patterns = tongue_patterns(finder->language, "day");
	struct search search = finder->plain;
	const struct idiom *best = NULL;
	struct hit found = {0};

	search.slot = find_slot;
	for (guint i = 0; i < patterns->len; i++) {
		struct hit hit;

		if (!idiom_at(patterns->pdata[i], &search, 0, at,
		    MIN(finder->tokens->count, at + 14), &hit) ||
		    (best && hit.end <= found.end))
			continue;
		best = patterns->pdata[i];
		found = hit;
	}
	if (!best)
		return false;
	when->first = at;
	when->end = found.end;
	when_resolve(best->value, found.slot, finder->today, false,
	    &when->past);
	when_resolve(best->value, found.slot, finder->today, true,
	    &when->future);
	return true;
}

/* Money, and numbers of invoices, look like days in figures. */
static bool
is_money_or_number(const struct finder *finder, unsigned at)
{
	const struct tokens *tokens = finder->tokens;
	static const char *const marks[] = {"eur", "euro", "euros", "usd",
	    "gbp", "chf", "rub", "руб", "рублей", "\u20ac", "$", "\u00a3",
	    "\u20bd", "no", "nr", "n", "num", "numero", "nummer", "number",
	    "invoice", "rechnung", "factura", "facture", "factuur",
	    "fattura", "fatura", "счет", "inv", "номер", NULL};

	return (at > 0 && g_strv_contains(marks,
	    tokens->token[at - 1].text)) || (at + 1 < tokens->count &&
	    g_strv_contains(marks, tokens->token[at + 1].text));
}

static bool
find_figures(const struct finder *finder, unsigned at, struct when *when)
{
	const struct token *token = &finder->tokens->token[at];

	if (!g_ascii_isdigit(*token->text) || token->number >= 0 ||
	    is_money_or_number(finder, at))
		return false;
	when->first = at;
	when->end = at + 1;
	when_figures(token->text, &finder->style, finder->today, false,
	    &when->past);
	when_figures(token->text, &finder->style, finder->today, true,
	    &when->future);
	return is_meant(when);
}

/* Does "after" stand in front? */
static bool
is_after(const struct finder *finder, unsigned at)
{
	for (unsigned back = 1; back <= 3 && back <= at; back++)
		if (any_of(finder, "after", at - back, at) == back)
			return true;
	return false;
}

/* Or is it part of it: "después del 20"? */
static bool
begins_after(const struct finder *finder, const struct when *when)
{
	bool number = false;

	for (unsigned i = when->first; i < when->end; i++)
		number |= finder->tokens->token[i].number >= 0;
	return number && any_of(finder, "after", when->first, when->end) > 0;
}

static void
make_after(struct when *when)
{
	if (when->future.from == G_MININT32)
		return;
	when->future.from = when->future.to = when->future.to + 1;
	when->past.from = when->past.to = G_MININT32;
}

/* "Friday, 5 December" is one day, and so is "5/12 (Friday)". */
static bool
is_weekday_of(const struct when *before, const struct when *when)
{
	return when->first == before->end && before->end - before->first <= 2
	    && when->future.from >= before->future.from &&
	    (when->future.from - before->future.from) % 7 == 0 &&
	    when->future.from == when->future.to &&
	    before->future.from != G_MININT32;
}

static struct day_style
style_of(struct tongue *language)
{
	const GPtrArray *order = tongue_patterns(language, "order");
	static const char *const names[] = {"both", "point", "dash"};
	bool has[3] = {false, false, false};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		struct tokens *one = tokens_read(names[i]);
		struct search search = {.tokens = one, .slot = no_slot};
		struct hit hit;

		for (guint k = 0; k < order->len; k++)
			has[i] |= idiom_at(order->pdata[k], &search, 0, 0,
			    1, &hit);
		tokens_free(one);
	}
	return (struct day_style){has[0], has[1], has[2]};
}

/* The day that begins at a token, or one that begins a little later and goes
 * on further: "am 1." in "am 1. Januar". */
static bool
find_day(const struct finder *finder, unsigned at, struct when *when)
{
	bool found = find_words(finder, at, when) ||
	    find_figures(finder, at, when);

	for (unsigned more = 1; found && more <= 2 &&
	    at + more < MIN(when->end, finder->tokens->count); more++) {
		struct when later = {0, 0, {G_MININT32, 0}, {G_MININT32, 0}};

		if ((find_words(finder, at + more, &later) ||
		    find_figures(finder, at + more, &later)) &&
		    later.end > when->end && is_meant(&later)) {
			later.first = at;
			*when = later;
		}
	}
	return found;
}

GArray *
when_find(struct tongue *language, const struct tokens *tokens,
    int32_t today)
{
	GArray *all = g_array_new(FALSE, TRUE, sizeof(struct when));
	struct finder finder = {.language = language, .tokens = tokens,
	    .today = today, .style = style_of(language)};

	finder.plain = (struct search){.tokens = tokens, .slot = no_slot,
	    .user = &finder, .over_marks = true};
	for (unsigned at = 0; at < tokens->count;) {
		struct when when = {0, 0, {G_MININT32, 0}, {G_MININT32, 0}};

		if (!find_day(&finder, at, &when)) {
			at++;
			continue;
		}
		if (is_after(&finder, at) || begins_after(&finder, &when))
			make_after(&when);
		if (all->len && is_weekday_of(&g_array_index(all, struct when,
		    all->len - 1), &when)) {
			when.first = g_array_index(all, struct when,
			    all->len - 1).first;
			g_array_set_size(all, all->len - 1);
		}
		if (is_meant(&when))
			g_array_append_val(all, when);
		at = when.end;
	}
	return all;
}
