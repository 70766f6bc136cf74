/*
 * recurrence.c - the days of an invoice that comes again, the time that it is
 * for, and what its texts say of both. Pure.
 */
#include "recurrence.h"

#include "instalments.h"

#include <stdlib.h>
#include <string.h>

static int32_t
last_of_month(int32_t day)
{
	char text[DAY_SIZE];

	day_text(day, text);
	memcpy(text + 8, "28", 2);
	for (day = day_number(text);; day++) {
		char next[DAY_SIZE];

		day_text(day + 1, next);
		if (memcmp(next, text, 7) != 0)
			return day;
	}
}

int32_t
recurrence_day(const struct recurring *recurring, int turn)
{
	int32_t day = instalments_day(day_number(recurring->first),
	    recurring->every, turn + 1);

	return recurring->last_day ? last_of_month(day) : day;
}

int32_t
recurrence_send_day(const struct recurring *recurring, int turn,
    int closing_day, const struct holidays *days)
{
	int32_t day = recurrence_day(recurring, turn), closing;
	char text[DAY_SIZE];

	day_text(day, text);
	if (closing_day <= 0 || atoi(text + 8) < closing_day)
		return day;
	closing = MIN(day - atoi(text + 8) + closing_day, last_of_month(day));
	return calendar_add_business_days(days, closing, -1);
}

bool
recurrence_period(const struct recurring *recurring, int turn, int32_t *from,
    int32_t *to)
{
	int32_t day = recurrence_day(recurring, turn);
	/* what ends with a month's last day includes it */
	int over = recurring->last_day ? 1 : 0;

	if (recurring->period == PERIOD_AHEAD) {
		*from = day + over;
		*to = recurrence_day(recurring, turn + 1) - 1 + over;
	} else if (recurring->period == PERIOD_BEHIND) {
		*from = recurrence_day(recurring, turn - 1) + over;
		*to = day - 1 + over;
	}
	return recurring->period != PERIOD_NONE;
}

/* ---- texts ------------------------------------------------------------------- */

static void
replace(GString *text, const char *name, const char *with)
{
	g_autofree char *braced = g_strdup_printf("{%s}", name);

	g_string_replace(text, braced, with, 0);
}

char *
recurrence_text(const struct recurring *recurring, int turn, const char *text)
{
	GString *out = g_string_new(text);
	int32_t from = recurrence_day(recurring, turn), to = from;
	char first[DAY_SIZE], last[DAY_SIZE];
	g_autofree char *number = g_strdup_printf("%d", turn + 1);
	g_autofree char *month = NULL, *quarter = NULL, *year = NULL;

	recurrence_period(recurring, turn, &from, &to);
	day_text(from, first);
	day_text(to, last);
	year = g_strndup(first, 4);
	month = g_strdup_printf("%.2s/%s", first + 5, year);
	quarter = g_strdup_printf("%d/%s", (atoi(first + 5) + 2) / 3, year);
	replace(out, "n", number);
	replace(out, "from", first);
	replace(out, "to", last);
	replace(out, "month", month);
	replace(out, "quarter", quarter);
	replace(out, "year", year);
	return g_string_free(out, FALSE);
}

static json_t *
filled(const struct recurring *recurring, int turn, json_t *value)
{
	g_autofree char *text = NULL;

	if (!json_is_string(value)) {
		recurrence_fill(recurring, turn, value);
		return json_incref(value);
	}
	text = recurrence_text(recurring, turn, json_string_value(value));
	return json_string(text);
}

void
recurrence_fill(const struct recurring *recurring, int turn, json_t *document)
{
	const char *key;
	json_t *value;
	void *next;
	size_t i;

	json_object_foreach_safe(document, next, key, value)
		json_object_set_new(document, key,
		    filled(recurring, turn, value));
	json_array_foreach(document, i, value)
		json_array_set_new(document, i,
		    filled(recurring, turn, value));
}
