/*
 * period_counted.c - periods that are counted: "Q3", "3. Quartal", "KW 42",
 * "mois 10", and the days of the East, "10月5日". Pure.
 */
#include "period_read.h"

#include <string.h>

/* ---- quarters, halves, weeks ------------------------------------------------------ */

static int
roman(const char *text)
{
	static const char *const numbers[] = {"I", "II", "III", "IV"};

	for (int n = 0; n < 4; n++)
		if (strcmp(text, numbers[n]) == 0)
			return n + 1;
	return -1;
}

static int
count_at(const struct reader *reader, guint i)
{
	const struct token *t = reader_at(reader, i);

	return t && !t->digits ? roman(t->text) : reader_number(reader, i, 2);
}

/* kinds: of the word; "IV kw." is a quarter, "kw. 42" a week. */
static guint
add_counted(struct reader *reader, unsigned kinds, bool digits, int n,
    guint i, guint used)
{
	guint more = 0;
	int year = reader_year_behind(reader, i + used - 1, &more);

	if (!year && i > 0 && reader_near(reader, i))
		year = reader_year(reader, i - 1, false);
	if (n < 1)
		return 0;
	if (kinds == PERIOD_WEEK && !digits)
		kinds = PERIOD_QUARTER;
	if ((kinds & PERIOD_WEEK) && n <= 53) {
		struct said said = {.year = year, .week = n,
		    .item = reader->items, .from = i, .upto = i + used - 1};

		g_array_append_val(reader->said, said);
	} else if ((kinds & PERIOD_QUARTER) && n <= 4) {
		reader_add_months(reader, year, 3 * n - 2, 3, i, used, false);
	} else if ((kinds & PERIOD_HALF) && n <= 2) {
		reader_add_months(reader, year, 6 * n - 5, 6, i, used, false);
	} else if ((kinds & PERIOD_MONTH) && n <= 12) {
		reader_add_months(reader, year, n, 1, i, used, false);
	} else {
		return 0;
	}
	return used + more;
}

#define COUNTED (PERIOD_WEEK | PERIOD_QUARTER | PERIOD_HALF | PERIOD_MONTH)

/* Letters that mean it only right before their digit: "Q3", "H1". */
static bool
needs_digit(const struct token *word)
{
	return g_utf8_strlen(word->text, -1) == 1 && *word->text > 0;
}

/* "Q3", "KW 42", "mois 10", "kwartał III". */
guint
shape_word_number(struct reader *reader, guint i)
{
	const struct token *t = reader_at(reader, i);
	const struct token *next = reader_at(reader, i + 1);
	guint n = 1;

	if (t->digits || !reader_word(reader, i, COUNTED) || !next ||
	    (needs_digit(t) && (next->gap > 0 || !next->digits)))
		return 0;
	if (!next->digits && roman(next->text) < 0 && reader_near(reader, i + 2) &&
	    (reference_word(next->text) & WORD_NUMBER))
		n++;
	if (!reader_near(reader, i + n))
		return 0;
	return add_counted(reader, period_word(t->text),
	    reader_at(reader, i + n)->digits, count_at(reader, i + n), i,
	    n + 1);
}

/* "3. Quartal", "3Q26", "42. Woche", "10月", "2026年10月5日". */
guint
shape_number_word(struct reader *reader, guint i)
{
	const struct token *t = reader_at(reader, i);
	guint at = i + 1;
	unsigned kinds;

	if (count_at(reader, i) < 1 || (reader_tied(reader, i) && i > 0 &&
		reader_at(reader, i - 1)->digits))
		return 0;
	if (t->digits && reader_word(reader, at, PERIOD_ORDINAL) &&
	    reader_near(reader, at) && !reader_word(reader, at, COUNTED))
		at++;
	if (!reader_near(reader, at) || !reader_word(reader, at, COUNTED) ||
	    (needs_digit(reader_at(reader, at)) &&
		reader_at(reader, at)->gap > 0))
		return 0;
	kinds = period_word(reader_at(reader, at)->text);
	/* "3 months" is how long */
	if ((kinds & PERIOD_MONTH) && *reader_at(reader, at)->text > 0)
		return 0;
	return add_counted(reader, kinds, t->digits, count_at(reader, i), i,
	    at - i + 1);
}

/* "2026年10月5日", "10月5日", and the same of Korea. */
guint
shape_eastern(struct reader *reader, guint i)
{
	int year = reader_year(reader, i, false), month, day;
	guint at = i;

	if (year && reader_word(reader, i + 1, PERIOD_OF) &&
	    reader_at(reader, i + 1)->gap == 0)
		at += 2;
	else
		year = 0;
	month = reader_number(reader, at, 2);
	day = reader_number(reader, at + 2, 2);
	if (month < 1 || month > 12 || !reader_word(reader, at + 1, PERIOD_MONTH) ||
	    *reader_at(reader, at + 1)->text > 0)
		return 0;
	if (day >= 1 && day <= 31 &&
	    reader_word(reader, at + 3, PERIOD_ORDINAL)) {
		reader_add_day(reader, year, month, day, i, at + 4 - i);
		return at + 4 - i;
	}
	reader_add_months(reader, year, month, 1, i, at + 2 - i, false);
	return at + 2 - i;
}
