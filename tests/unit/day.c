/* day.c - civil days and the Date field of mails. */
#include "../../parser/header.h"
#include "../../parser/parser.h"

#include <string.h>

#define NONE G_MININT32

static const struct {
	const char *day;
	int32_t number;
} days[] = {
	{"1970-01-01", 0}, {"1970-01-02", 1}, {"1969-12-31", -1},
	{"2000-02-29", 11016}, {"2000-03-01", 11017}, {"2026-11-22", 20779},
	{"2024-02-29", 19782}, {"0001-01-01", -719162},
	{"9999-12-31", 2932896}, {"1900-02-28", -25509},
	{"1900-02-29", NONE}, {"2026-02-29", NONE}, {"2026-13-01", NONE},
	{"2026-00-10", NONE}, {"2026-10-00", NONE}, {"2026-04-31", NONE},
	{"2026-1-1", NONE}, {"2026-01-1", NONE}, {"26-01-01", NONE},
	{"2026/01/01", NONE}, {"2026-01-01T", NONE}, {" 2026-01-01", NONE},
	{"2026-01-0a", NONE}, {"0000-01-01", NONE}, {"", NONE},
	{"20260101", NONE}, {"-026-01-01", NONE}, {"2026-+1-01", NONE},
};

static void
test_day(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	char text[DAY_SIZE];

	g_assert_cmpint(day_number(days[i].day), ==, days[i].number);
	if (days[i].number == NONE)
		return;
	day_text(days[i].number, text);
	g_assert_cmpstr(text, ==, days[i].day);
}

/* Every day of a thousand years is followed by the next one. */
static void
test_all_days(void)
{
	char before[DAY_SIZE] = "1599-12-31", text[DAY_SIZE];
	int32_t first = day_number(before);

	g_assert_cmpint(first, !=, NONE);
	for (int32_t n = first + 1; n < first + 366000; n++) {
		day_text(n, text);
		g_assert_cmpint(day_number(text), ==, n);
		g_assert_cmpint(strcmp(text, before), >, 0);
		memcpy(before, text, sizeof text);
	}
}

static void
test_out_of_range(void)
{
	char text[DAY_SIZE];

	day_text(G_MAXINT32, text);
	g_assert_cmpstr(text, ==, "");
	day_text(G_MININT32, text);
	g_assert_cmpstr(text, ==, "");
	g_assert_cmpint(day_number(NULL), ==, NONE);
}

/* Seconds since the epoch, and the day in the mail's own zone. */
static const struct {
	const char *date;
	int64_t seconds;	/* -1: not valid */
	const char *day;
} dates[] = {
	{"Sun, 22 Nov 2026 10:00:00 +0200", 1795334400, "2026-11-22"},
	{"22 Nov 2026 10:00:00 +0200", 1795334400, "2026-11-22"},
	{"22 Nov 2026 08:00 GMT", 1795334400, "2026-11-22"},
	{"Sun, 22 Nov 2026 00:30:00 +0200", 1795300200, "2026-11-22"},
	{"Sun, 22 Nov 2026 03:00:00 -0500 (EST)", 1795334400, "2026-11-22"},
	{"Sun, 22 Nov 2026 03:00:00 EST", 1795334400, "2026-11-22"},
	{"Sun,22 Nov 26 08:00:00 Z", 1795334400, "2026-11-22"},
	{"Sun, (a (b) c) 22 Nov 2026 08:00:00 +0000", 1795334400, "2026-11-22"},
	{"sun, 22 NOV 2026 08:00:00 ut", 1795334400, "2026-11-22"},
	{"1 Jan 1970 00:00:00 +0000", 0, "1970-01-01"},
	{"31 Dec 1969 23:00:00 -0100", 0, "1969-12-31"},
	{"Mon, 6 Jul 99 10:00:00 +0000", 931255200, "1999-07-06"},
	{"Sun, 22 Nov 2026 23:59:60 +0000", 1795392000, "2026-11-22"},
	{"Sun, 22 Nov 2026 10:00:00 +1400", 1795291200, "2026-11-22"},
	{"Sun, 22 Nov 2026 24:00:00 +0000", -1, NULL},
	{"Sun, 22 Nov 2026 10:60:00 +0000", -1, NULL},
	{"Sun, 32 Nov 2026 10:00:00 +0000", -1, NULL},
	{"Sun, 31 Nov 2026 10:00:00 +0000", -1, NULL},
	{"Sun, 22 Foo 2026 10:00:00 +0000", -1, NULL},
	{"99 Foo 99999999999 77:88:99 +9999", -1, NULL},
	{"Sun, 22 Nov 99999 10:00:00 +0000", -1, NULL},
	{"Sun, 22 Nov 2026 10:00:00 +9999", -1, NULL},
	{"Sun, 22 Nov 2026 10:00:00 +02", -1, NULL},
	{"Sun, 22 Nov 2026 10:00:00 +0000 x", -1, NULL},
	{"Sun, 22 Nov 2026", -1, NULL},
	{"2026-11-22T10:00:00Z", -1, NULL},
	{"Sun 22 Nov 2026 10:00:00 +0000", -1, NULL},
	{"", -1, NULL},
};

static void
test_date(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	int64_t seconds = -1;
	char day[DAY_SIZE];
	bool good = header_date(dates[i].date, &seconds, day);

	g_assert_cmpint(good, ==, dates[i].day != NULL);
	g_assert_cmpint(seconds, ==, dates[i].seconds);
	if (good)
		g_assert_cmpstr(day, ==, dates[i].day);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/day/all", test_all_days);
	g_test_add_func("/day/out-of-range", test_out_of_range);
	for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
		g_autofree char *name = g_strdup_printf("/day/text/%zu", i);

		g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_day);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
		g_autofree char *name = g_strdup_printf("/day/date/%zu", i);

		g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_date);
	}
	return g_test_run();
}
