/*
 * period.c - which days, months and other periods a text names. Years that
 * are not told are the last ones that can be; "Sept-Nov" and "1.10. to
 * 31.10." are one period each. Pure.
 */
#include "period_read.h"

#include <stdlib.h>
#include <string.h>

#define AHEAD 45		/* days that a period may begin after the payment */
#define LONGEST 400		/* days from its first to its last */
#define YEARS_BACK 5
#define BACK 5			/* words that are looked at before it */

/* ---- what it is introduced as ------------------------------------------------ */

static bool
is_dated_word(const struct token *token)
{
	return !token->digits && ((period_word(token->text) & PERIOD_DATED) ||
		(reference_word(token->text) & WORD_FROM));
}

/* False: the day of something else. */
static bool
is_introduced(const struct reader *reader, const struct said *said,
    bool *introduced)
{
	const struct token *after = reader_at(reader, said->upto + 1);
	bool dated = after && is_dated_word(after) && said->day;
	bool invoice = false;

	for (guint k = 1; k <= BACK && k <= said->from; k++) {
		const struct token *t = reader_at(reader, said->from - k);
		unsigned kinds = t->digits ? 0 : reference_word(t->text);

		if (t->digits)
			continue;
		if (k == 1 && is_dated_word(t)) {
			dated = true;
			continue;
		}
		if (said->day && ((period_word(t->text) & PERIOD_NEVER) ||
			(kinds & (WORD_OTHER | WORD_INVOICE | WORD_NUMBER)) ==
			    WORD_OTHER))
			return false;
		if (kinds & WORD_INVOICE) {
			invoice = true;
			break;
		}
	}
	*introduced = invoice || (dated && said->day);
	return true;
}

/* ---- from words to days ----------------------------------------------------------- */

static int32_t
day_of(int year, int month, int day)
{
	char text[32];

	g_snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	return day_number(text);
}

static int32_t
first_of_week(int year, int week)
{
	int32_t fourth = day_of(year, 1, 4);	/* is in week 1 */
	int32_t monday = day_of(2024, 1, 1);

	return fourth - (((fourth - monday) % 7 + 7) % 7) + 7 * (week - 1);
}

static int32_t
first_in(const struct said *said, int year)
{
	if (said->week)
		return first_of_week(year, said->week);
	return day_of(year, said->month, said->day ? said->day : 1);
}

static int32_t
last_in(const struct said *said, int year)
{
	int month = said->month + said->months;

	if (said->week)
		return first_in(said, year) + 6;
	if (said->day)
		return first_in(said, year);
	return month > 12 ? day_of(year + 1, month - 12, 1) - 1
			  : day_of(year, month, 1) - 1;
}

/* The year in which it begins nearest to a day, and no later than the other;
 * 0: none, 29 February in ordinary years. */
static int
nearest_year(const struct said *said, int year, int32_t near, int32_t latest)
{
	int32_t least = G_MAXINT32;
	int best = 0;

	for (int y = year + 1; y > year - YEARS_BACK; y--) {
		int32_t first = first_in(said, y);

		if (first == G_MININT32 || first > latest ||
		    ABS(first - near) >= least)
			continue;
		least = ABS(first - near);
		best = y;
	}
	return best;
}

/* Years that are not told: the last ones, or what is next to the words that
 * follow ("Aug/Sept 2026", "Dec/Jan"). */
static void
tell_years(struct reader *reader, int32_t day)
{
	int32_t latest = day + AHEAD, near = latest, begins = latest;

	for (guint k = reader->said->len; k-- > 0;) {
		struct said *said = &g_array_index(reader->said, struct said, k);
		struct said *next = k + 1 < reader->said->len ? said + 1 : NULL;

		if (next && next->item != said->item)
			near = next->from > said->upto + 2 ? latest : begins;
		if (!said->year)
			said->year = nearest_year(said, reader->this_year, near,
			    latest);
		if (said->year)
			begins = first_in(said, said->year);
	}
}

static void
make_periods(const struct reader *reader, GArray *out)
{
	for (guint k = 0; k < reader->said->len; k++) {
		const struct said *said =
		    &g_array_index(reader->said, struct said, k);
		struct period period = {.item = said->item,
		    .loose = said->loose, .plain = said->plain};

		if (!said->year ||
		    !is_introduced(reader, said, &period.introduced))
			continue;
		period.first = first_in(said, said->year);
		period.last = last_in(said, said->year);
		if (period.first != G_MININT32 && period.last >= period.first)
			g_array_append_val(out, period);
	}
}

/* ---- from one to another ------------------------------------------------------------- */

static bool
is_to(const struct reader *reader, const struct said *a, const struct said *b)
{
	const struct token *first = reader_at(reader, b->from);
	const struct token *word = reader_at(reader, b->from - 1);

	if (b->from == a->upto + 1)
		return first->joint == '-';
	return b->from == a->upto + 2 && !word->digits &&
	    (reference_word(word->text) & WORD_TO);
}

static bool
is_alone(const struct reader *reader, guint k)
{
	const struct said *all = (const struct said *)reader->said->data;

	return (k == 0 || all[k - 1].item != all[k].item) &&
	    (k + 1 >= reader->said->len || all[k + 1].item != all[k].item);
}

/* Which items are the beginnings of one that goes on to the next. */
static void
join(const struct reader *reader, GArray *out)
{
	for (guint k = 0; k + 1 < reader->said->len; k++) {
		const struct said *a =
		    &g_array_index(reader->said, struct said, k);
		const struct said *b = a + 1;
		struct period *from = NULL, *to = NULL;

		if (!is_alone(reader, k) || !is_alone(reader, k + 1) ||
		    !is_to(reader, a, b))
			continue;
		for (guint i = 0; i < out->len; i++) {
			struct period *p =
			    &g_array_index(out, struct period, i);

			from = p->item == a->item ? p : from;
			to = p->item == b->item ? p : to;
		}
		if (!from || !to || to->last <= from->first ||
		    to->last - from->first > LONGEST)
			continue;
		to->first = from->first;
		to->introduced |= from->introduced;
		to->loose &= from->loose;
		g_array_remove_index(out,
		    (guint)(from - (struct period *)out->data));
	}
}

GArray *
periods_read(const char *text, int32_t day, char *const *skip)
{
	GArray *out = g_array_new(FALSE, TRUE, sizeof(struct period));
	char today[DAY_SIZE];
	struct reader reader = {.skip = skip};

	day_text(day, today);
	if (!text || !*today)
		return out;
	reader.this_year = atoi(today);
	reader.tokens = token_split(text);
	reader.said = g_array_new(FALSE, TRUE, sizeof(struct said));
	for (guint i = 0; i < reader.tokens->len;) {
		guint n = shape_read(&reader, i);

		reader.items += n > 0;
		i += MAX(n, 1);
	}
	tell_years(&reader, day);
	make_periods(&reader, out);
	join(&reader, out);
	g_array_unref(reader.said);
	g_ptr_array_unref(reader.tokens);
	return out;
}
