/*
 * habits.c - days as banks write them, and the folding that makes "Částka",
 * "ČÁSTKA" and "Castka" one word.
 */
#include "habits.h"

#include <string.h>

#define WEEK 7

/* Three figures; or a day, a month's name and perhaps a year; or the name
 * first. A number followed by a colon is a time, not a year. */
const char *const habits_day_shape =
    "(?:[0-9]{1,4}[./-]\\h?[0-9]{1,2}[./-]\\h?[0-9]{2,4}(?![0-9:])"
    "|[0-9]{1,2}(?:st|nd|rd|th|er|\\.)?(?:\\h?|[-/]|\\hde\\h)\\p{L}{3,12}\\.?"
    "(?:(?:,?\\h?|[-/]|\\hdel?\\h)[0-9]{2,4}(?![0-9:]))?"
    "|\\p{L}{3,12}\\.?\\h[0-9]{1,2}(?![0-9:])(?:,?\\h[0-9]{4}(?![0-9:]))?)";

struct day_parts {
	int numbers[3];
	int digits[3];
	int count;
	int month;	/* by its name, or 0 */
	int month_at;	/* how many numbers stood before it */
};

char *
habits_fold(const char *text, bool lower)
{
	size_t length = strlen(text);
	GString *out = g_string_sized_new(length + 16);

	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c, base[8];

		if ((unsigned char)*p < 0x80) {
			g_string_append_c(out, lower ? g_ascii_tolower(*p) :
			    *p);
			continue;
		}
		c = g_utf8_get_char(p);
		if (g_unichar_fully_decompose(c, FALSE, base, 8))
			c = base[0];
		g_string_append_unichar(out, lower ? g_unichar_tolower(c) : c);
	}
	return g_string_free(out, FALSE);
}

static const struct month_names *
find_language(const char *language)
{
	for (const struct month_names *m = month_names; m->language; m++)
		if (strcmp(m->language, language) == 0)
			return m;
	return NULL;
}

bool
habits_know_language(const char *language)
{
	return find_language(language) != NULL;
}

/* Each form of a language's months, folded, with the month's number. */
static GHashTable *
fold_months(const struct month_names *names)
{
	GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);

	for (int i = 12; i > 0; i--) {
		g_autofree char *folded =
		    habits_fold(names->months[i - 1], true);
		g_autofree char **forms = g_strsplit(folded, " ", -1);

		for (char **form = forms; *form; form++)
			g_hash_table_insert(table, *form, GINT_TO_POINTER(i));
	}
	return table;
}

/* 1 to 12, or 0. The word is folded. A language's months are folded when the
 * first day is read in it, and kept. */
static int
month_of(const char *language, const char *word)
{
	static GHashTable *languages;
	const struct month_names *names = find_language(language);
	GHashTable *months;

	if (!names)
		return 0;
	if (!languages)
		languages = g_hash_table_new(NULL, NULL);
	months = g_hash_table_lookup(languages, names);
	if (!months) {
		months = fold_months(names);
		g_hash_table_insert(languages, (gpointer)(uintptr_t)names,
		    months);
	}
	return GPOINTER_TO_INT(g_hash_table_lookup(months, word));
}

static bool
is_filler(const char *word)
{
	static const char *const fillers[] = {"st", "nd", "rd", "th", "er",
	    "de", "del", NULL};

	return g_strv_contains(fillers, word);
}

static bool
take_word(struct day_parts *parts, const char *word, const char *language)
{
	if (is_filler(word))
		return true;
	if (parts->month)
		return false;
	parts->month = month_of(language, word);
	if (!parts->month)
		parts->month = month_of("en", word);
	parts->month_at = parts->count;
	return parts->month != 0;
}

static bool
take_number(struct day_parts *parts, const char *text, const char *end)
{
	int value = 0;

	if (parts->count == 3 || end - text > 4)
		return false;
	for (const char *p = text; p < end; p++)
		value = value * 10 + (*p - '0');
	parts->digits[parts->count] = (int)(end - text);
	parts->numbers[parts->count++] = value;
	return true;
}

/* Cuts a folded text into numbers and the name of a month. */
static bool
split_day(const char *text, const char *language, struct day_parts *parts)
{
	const char *p = text;

	while (*p) {
		const char *start = p;

		if (g_ascii_isdigit(*p)) {
			while (g_ascii_isdigit(*p))
				p++;
			if (!take_number(parts, start, p))
				return false;
		} else if (g_unichar_isalpha(g_utf8_get_char(p))) {
			g_autofree char *word = NULL;

			while (*p && g_unichar_isalpha(g_utf8_get_char(p)))
				p = g_utf8_next_char(p);
			word = g_strndup(start, (size_t)(p - start));
			if (!take_word(parts, word, language))
				return false;
		} else if (strchr(" \t.,/-", *p)) {
			p++;
		} else {
			return false;
		}
	}
	return true;
}

/* Full years only from 1900 on; two digits are of this century. */
static int
full_year(int number, int digits)
{
	if (digits == 2)
		return 2000 + number;
	return digits == 4 && number >= 1900 ? number : 0;
}

static bool
write_day(int year, int month, int day, char out[DAY_SIZE])
{
	if (year <= 0 || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	g_snprintf(out, DAY_SIZE, "%04d-%02d-%02d", year % 10000, month % 100,
	    day % 100);
	return day_number(out) != G_MININT32;
}

/* The latest such day that is not more than a week after near_day. */
static bool
day_without_year(int month, int day, const char *near_day, char out[DAY_SIZE])
{
	int32_t limit = day_number(near_day ? near_day : "");
	int year;

	if (limit == G_MININT32)
		return false;
	year = (int)g_ascii_strtoll(near_day, NULL, 10) + 1;
	for (int tries = 0; tries < 10; tries++, year--)
		if (write_day(year, month, day, out) &&
		    day_number(out) <= limit + WEEK)
			return true;
	return false;
}

static bool
day_in_figures(const struct day_parts *p, enum day_order order,
    char out[DAY_SIZE])
{
	const int *n = p->numbers, *d = p->digits;

	if (p->count != 3)
		return false;
	if (order == ORDER_YMD || d[0] == 4)
		return d[0] == 4 &&
		    write_day(full_year(n[0], d[0]), n[1], n[2], out);
	if (d[0] > 2 || d[1] > 2)
		return false;
	if (order == ORDER_MDY)
		return write_day(full_year(n[2], d[2]), n[0], n[1], out);
	return write_day(full_year(n[2], d[2]), n[1], n[0], out);
}

bool
habits_read_day(const char *text, const struct day_habit *habit,
    const char *near_day, char day[DAY_SIZE])
{
	g_autofree char *folded = habits_fold(text, true);
	struct day_parts p = {.count = 0};

	if (!split_day(folded, habit->language, &p))
		return false;
	if (!p.month)
		return day_in_figures(&p, habit->order, day);
	if (p.count < 1 || p.count > 2 || p.month_at > 1 || p.digits[0] > 2)
		return false;
	if (p.count == 1)
		return day_without_year(p.month, p.numbers[0], near_day, day);
	return write_day(full_year(p.numbers[1], p.digits[1]), p.month,
	    p.numbers[0], day);
}
