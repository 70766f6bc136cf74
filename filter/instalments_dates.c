/*
 * instalments_dates.c - the parts of a plan: amounts that are exactly the sum
 * (what cannot be divided stands on the last), and due dates at equal steps.
 * Pure.
 */
#include "instalments.h"

#include "../parser/parser.h"

#include <stdlib.h>
#include <string.h>

#define PARTS_MOST 60

/* "month", "2 months", "week", "14 days", "quarter", "year": how many of which. */
static bool
every_parse(const char *text, int *count, char *unit)
{
	g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
	guint n = g_strv_length(words);
	static const struct {
		const char *name;
		int count;
		char unit;
	} units[] = {{"day", 1, 'd'}, {"week", 1, 'w'}, {"month", 1, 'm'},
	    {"quarter", 3, 'm'}, {"year", 12, 'm'}};
	guint64 number = 1;

	if (n < 1 || n > 2 || (n == 2 && !g_ascii_string_to_unsigned(words[0],
	    10, 1, 366, &number, NULL)))
		return false;
	if (g_str_has_suffix(words[n - 1], "s"))
		words[n - 1][strlen(words[n - 1]) - 1] = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		if (g_ascii_strcasecmp(words[n - 1], units[i].name) != 0)
			continue;
		*count = (int)number * units[i].count;
		*unit = units[i].unit;
		return true;
	}
	return false;
}

bool
every_check(const char *text)
{
	int count;
	char unit;

	return every_parse(text, &count, &unit);
}

/* The same day of a later month, or that month's last. */
static int32_t
add_months(int32_t day, int months)
{
	char text[DAY_SIZE], later[DAY_SIZE];
	int year, month, of_month;
	int32_t found = G_MININT32;

	day_text(day, text);
	month = atoi(text) * 12 + atoi(text + 5) - 1 + months;
	of_month = atoi(text + 8);
	year = month / 12;
	month = month % 12 + 1;
	for (; of_month > 0 && found == G_MININT32; of_month--) {
		g_snprintf(later, sizeof later, "%04d-%02d-%02d", year, month,
		    of_month);
		found = day_number(later);
	}
	return found;
}

int32_t
instalments_day(int32_t first, const char *every, int number)
{
	int count = 1;
	char unit = 'm';

	every_parse(every, &count, &unit);
	count *= number - 1;
	if (unit == 'm')
		return add_months(first, count);
	return first + count * (unit == 'w' ? 7 : 1);
}

GPtrArray *
instalments_parts(int64_t total, int parts, int64_t minimum, int32_t first,
    const char *every)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)instalment_free);
	int64_t each, last;

	parts = MIN(parts, PARTS_MOST);
	while (parts > 1 && total / parts < MAX(minimum, 1))
		parts--;
	each = total / MAX(parts, 1);
	last = total - each * (parts - 1);
	for (int i = 1; i <= parts; i++) {
		char due[DAY_SIZE];

		day_text(instalments_day(first, every, i), due);
		g_ptr_array_add(out, instalment_new(i, due,
		    i < parts ? each : last));
	}
	return out;
}

GPtrArray *
instalments_amounts(const GArray *amounts, int32_t first, const char *every)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)instalment_free);

	for (guint i = 0; i < amounts->len; i++) {
		char due[DAY_SIZE];

		day_text(instalments_day(first, every, (int)i + 1), due);
		g_ptr_array_add(out, instalment_new((int)i + 1, due,
		    g_array_index(amounts, int64_t, i)));
	}
	return out;
}
