/*
 * period_shapes.c - the shapes in which a day, a month or another period is
 * written in digits or with its name: "5.11.2026", "2026-11", "5 de
 * noviembre", "Nov 26". Pure.
 */
#include "period_read.h"

#include <stdlib.h>
#include <string.h>

#define FAR 4			/* characters between words that go together */
#define YEARS_BACK 5		/* that two digits may mean */

const struct token *
reader_at(const struct reader *reader, guint i)
{
	return i < reader->tokens->len ? reader->tokens->pdata[i] : NULL;
}

int
reader_number(const struct reader *reader, guint i, size_t most)
{
	const struct token *t = reader_at(reader, i);

	return t && t->digits && strlen(t->text) <= most ? atoi(t->text) : -1;
}

bool
reader_near(const struct reader *reader, guint i)
{
	const struct token *t = reader_at(reader, i);

	return t && t->gap <= FAR;
}

bool
reader_tied(const struct reader *reader, guint i)
{
	const struct token *t = reader_at(reader, i);

	if (i == 0 || !t || t->blank)
		return false;
	if (t->gap == 0)
		return true;
	return t->gap == 1 && t->before && strchr("-./_", t->before) != NULL;
}

/* Do tokens i to j stand by themselves, and not within a longer number? What
 * is tied to them must not be digits. */
static bool
is_free(const struct reader *reader, guint i, guint j)
{
	const struct token *before = i > 0 ? reader_at(reader, i - 1) : NULL;
	const struct token *after = reader_at(reader, j + 1);

	if (before && reader_tied(reader, i) && !(reader_at(reader, i)->gap > 0 &&
		reader_at(reader, i)->before == '.' && !before->digits))
		return false;
	return !after || !reader_tied(reader, j + 1) ||
	    (after->gap > 0 && after->before == '.' && !after->digits);
}

int
reader_year(const struct reader *reader, guint i, bool brief)
{
	const struct token *t = reader_at(reader, i);
	int year = t && t->digits ? atoi(t->text) : 0;

	if (t && t->digits && strlen(t->text) == 4)
		return year >= 2000 && year < 2100 ? year : 0;
	if (!t || !t->digits || strlen(t->text) != 2 || !brief)
		return 0;
	year += 2000;
	return year <= reader->this_year + 1 &&
	    year >= reader->this_year - YEARS_BACK ? year : 0;
}

static bool
is_valid(int year, int month, int day)
{
	char text[32];

	/* a leap year when it is not told */
	g_snprintf(text, sizeof(text), "%04d-%02d-%02d",
	    year > 0 ? year : 2024, month, day);
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
	    day_number(text) != G_MININT32;
}

void
reader_add_day(struct reader *reader, int year, int month, int day, guint i,
    guint n)
{
	struct said said = {.year = year, .month = month, .day = day,
	    .item = reader->items, .from = i, .upto = i + n - 1};

	if (is_valid(year, month, day))
		g_array_append_val(reader->said, said);
}

void
reader_add_months(struct reader *reader, int year, int month, int months, guint i,
    guint n, bool loose)
{
	struct said said = {.year = year, .month = month, .months = months,
	    .item = reader->items, .from = i, .upto = i + n - 1,
	    .loose = loose, .plain = reader_at(reader, i)->digits};

	g_array_append_val(reader->said, said);
}

static void
add_each_month(struct reader *reader, int year, unsigned months, guint i,
    guint n)
{
	for (int m = 0; m < 12; m++)
		if (months & 1U << m)
			reader_add_months(reader, year, m + 1, 1, i, n, false);
}

/* ---- digits alone ----------------------------------------------------------- */

/* "5.11.2026", "2026-11-05", "5. 11. 26", "11/05/2026". */
static guint
read_date(struct reader *reader, guint i)
{
	const struct token *b = reader_at(reader, i + 1);
	const struct token *c = reader_at(reader, i + 2);
	int x = reader_number(reader, i, 4), y = reader_number(reader, i + 1, 2);
	int z = reader_number(reader, i + 2, 4);
	int year;

	if (x < 0 || y < 0 || z < 0 || b->gap > 2 || c->gap > 2 ||
	    b->joint != c->joint || !b->joint || !strchr("./-", b->joint) ||
	    !is_free(reader, i, i + 2))
		return 0;
	if (strlen(reader_at(reader, i)->text) == 4) {
		if (!reader_year(reader, i, false) || strlen(c->text) > 2)
			return 0;
		reader_add_day(reader, x, y, z, i, 3);
		return 3;
	}
	year = reader_year(reader, i + 2, true);
	if (year && x <= 31) {
		reader_add_day(reader, year, y, x, i, 3);
		if (x != y && b->joint != '.')
			reader_add_day(reader, year, x, y, i, 3);
	} else if ((year = reader_year(reader, i, true)) > 0 && b->joint == '-') {
		reader_add_day(reader, year, y, z, i, 3);
	}
	return 3;
}

/* "20261105". */
static guint
read_packed(struct reader *reader, guint i)
{
	const struct token *t = reader_at(reader, i);
	int all = reader_number(reader, i, 8), year = all / 10000;

	if (all < 0 || strlen(t->text) != 8 || !is_free(reader, i, i) ||
	    abs(year - reader->this_year) > YEARS_BACK)
		return 0;
	reader_add_day(reader, year, all / 100 % 100, all % 100, i, 1);
	return 1;
}

/* "05.11.", "5/11": loose. */
static guint
read_short_date(struct reader *reader, guint i)
{
	const struct token *b = reader_at(reader, i + 1);
	int x = reader_number(reader, i, 2), y = reader_number(reader, i + 1, 2);
	guint had = reader->said->len;

	if (x < 0 || y < 0 || b->gap > 2 || !b->joint ||
	    !strchr("./-", b->joint) || (b->blank && b->joint != '.') ||
	    !is_free(reader, i, i + 1))
		return 0;
	reader_add_day(reader, 0, y, x, i, 2);
	if (x != y && b->joint != '.')
		reader_add_day(reader, 0, x, y, i, 2);
	/* "10/26" */
	if (b->joint == '/' && x >= 1 && x <= 12 &&
	    reader_year(reader, i + 1, true))
		reader_add_months(reader, reader_year(reader, i + 1, true), x, 1, i, 2,
		    true);
	for (guint k = had; k < reader->said->len; k++)
		g_array_index(reader->said, struct said, k).loose = true;
	return reader->said->len > had ? 2 : 0;
}

/* "10/2026", "2026-10", "10.2026". */
static guint
read_month_year(struct reader *reader, guint i)
{
	const struct token *b = reader_at(reader, i + 1);
	int x = reader_number(reader, i, 4), y = reader_number(reader, i + 1, 4);
	int year;

	if (x < 0 || y < 0 || b->gap > 2 || !b->joint ||
	    !strchr("./-", b->joint) || !is_free(reader, i, i + 1))
		return 0;
	if ((year = reader_year(reader, i, false)) > 0 && y >= 1 && y <= 12 &&
	    strlen(b->text) <= 2)
		reader_add_months(reader, year, y, 1, i, 2, false);
	else if ((year = reader_year(reader, i + 1, false)) > 0 && x >= 1 &&
	    x <= 12 && strlen(reader_at(reader, i)->text) <= 2)
		reader_add_months(reader, year, x, 1, i, 2, false);
	else
		return 0;
	return 2;
}

/* ---- months by their names ------------------------------------------------------ */

bool
reader_word(const struct reader *reader, guint i, unsigned kinds)
{
	const struct token *t = reader_at(reader, i);

	return t && !t->digits && (period_word(t->text) & kinds);
}

static unsigned
month_at(const struct reader *reader, guint i, bool *full)
{
	const struct token *t = reader_at(reader, i);

	if (!t || t->digits || g_utf8_strlen(t->text, -1) < 2 ||
	    (reader->skip && g_strv_contains((const char *const *)reader->skip,
		t->text)))
		return 0;
	return period_month(t->text, full);
}

int
reader_year_behind(const struct reader *reader, guint i, guint *n)
{
	guint at = i + 1;
	int year;

	if (reader_word(reader, at, PERIOD_OF) && reader_near(reader, at))
		at++;
	if (!reader_near(reader, at))
		return 0;
	year = reader_year(reader, at, true);
	if (!year || (reader_at(reader, at + 1) &&
		reader_at(reader, at + 1)->digits && reader_tied(reader, at + 1)))
		return 0;
	*n = at - i;
	return year;
}

/* "5. November", "5 de noviembre de 2026", "1st Oct", "5-Nov-26". */
static guint
read_day_month(struct reader *reader, guint i)
{
	int day = reader_number(reader, i, 2), year;
	guint at = i + 1, more = 0;
	bool full;
	unsigned months;

	if (day < 1 || day > 31 || (reader_tied(reader, i) && i > 0 &&
		reader_at(reader, i - 1)->digits))
		return 0;
	while (at < i + 3 && reader_near(reader, at) &&
	    !month_at(reader, at, &full) &&
	    reader_word(reader, at, PERIOD_ORDINAL | PERIOD_OF))
		at++;
	months = reader_near(reader, at) ? month_at(reader, at, &full) : 0;
	if (!months)
		return 0;
	year = reader_year_behind(reader, at, &more);
	for (int m = 0; m < 12; m++)
		if (months & 1U << m)
			reader_add_day(reader, year, m + 1, day, i, at + more - i + 1);
	return at + more - i + 1;
}

/* "2026 October", "2026. október 5." */
static guint
read_year_month(struct reader *reader, guint i)
{
	int year = reader_year(reader, i, false), day;
	guint at = i + 1, n;
	bool full;
	unsigned months;

	if (reader_word(reader, at, PERIOD_OF) && reader_near(reader, at) &&
	    !month_at(reader, at, &full))
		at++;
	months = year && reader_near(reader, at) ? month_at(reader, at, &full) : 0;
	if (!months)
		return 0;
	n = at - i + 1;
	day = reader_near(reader, at + 1) ? reader_number(reader, at + 1, 2) : -1;
	if (day >= 1 && day <= 31 && is_free(reader, at + 1, at + 1)) {
		for (int m = 0; m < 12; m++)
			if (months & 1U << m)
				reader_add_day(reader, year, m + 1, day, i, n + 1);
		return n + 1;
	}
	add_each_month(reader, year, months, i, n);
	return n;
}

/* Is the month's short name all, or beside another month? */
static bool
may_be_brief(const struct reader *reader, guint i)
{
	bool full;

	return reader->tokens->len == 1 ||
	    (i > 0 && reader_near(reader, i) && month_at(reader, i - 1, &full)) ||
	    (reader_near(reader, i + 1) && month_at(reader, i + 1, &full));
}

/* "October", "Nov 2026", "Nov 26", "November 5, 2026". */
static guint
read_month(struct reader *reader, guint i)
{
	bool full = false;
	unsigned months = month_at(reader, i, &full);
	guint more = 0, days = 0;
	int year, day, day_year = 0;

	if (!months)
		return 0;
	year = reader_year_behind(reader, i, &more);
	day = reader_near(reader, i + 1) ? reader_number(reader, i + 1, 2) : -1;
	if (day >= 1 && day <= 31 && !(reader_at(reader, i + 2) &&
		reader_at(reader, i + 2)->digits && reader_tied(reader, i + 2))) {
		days = 1;
		if (reader_word(reader, i + 2, PERIOD_ORDINAL) &&
		    reader_at(reader, i + 2)->gap == 0)
			days++;
		if (reader_near(reader, i + days + 1))
			day_year = reader_year(reader, i + days + 1, false);
		days += day_year > 0;
	}
	if (!days && !year && !full && !may_be_brief(reader, i))
		return 0;
	for (int m = 0; days && m < 12; m++)
		if (months & 1U << m)
			reader_add_day(reader, day_year, m + 1, day, i, days + 1);
	if (year || !days)
		add_each_month(reader, year, months, i, more + 1);
	return MAX(more, days) + 1;
}

guint
shape_read(struct reader *reader, guint i)
{
	static guint (*const shapes[])(struct reader *reader, guint i) = {
	    shape_eastern, read_date, read_packed, read_month_year,
	    read_day_month, read_year_month, shape_number_word,
	    shape_word_number, read_short_date, read_month};
	guint n = 0;

	for (size_t k = 0; !n && k < G_N_ELEMENTS(shapes); k++)
		n = shapes[k](reader, i);
	return n;
}
