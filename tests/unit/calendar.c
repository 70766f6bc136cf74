/*
 * The calendar: business days and TARGET2 closing days, civil arithmetic over
 * clock changes and leap days, local days of moments, the sending window.
 */
#include "../../filter/remind.h"

static int64_t
moment(const char *text)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

	g_assert_nonnull(time);
	return g_date_time_to_unix(time);
}

/* ---- business days --------------------------------------------------------- */

static const struct day_case {
	const char *day;
	bool business;
} day_cases[] = {
    {"2026-11-20", true}, {"2026-11-21", false}, {"2026-11-22", false},
    {"2026-11-23", true}, {"2026-01-01", false}, {"2026-01-02", true},
    {"2026-04-03", false}, {"2026-04-06", false}, {"2026-04-07", true},
    {"2026-05-01", false}, {"2026-12-24", true}, {"2026-12-25", false},
    {"2026-12-26", false}, {"2024-03-29", false}, {"2024-04-01", false},
    {"2025-04-18", false}, {"2025-04-21", false}, {"2027-03-26", false},
    {"2027-03-29", false}, {"2038-04-23", false}, {"2038-04-26", false},
    {"2000-04-21", false}, {"2000-04-24", false}, {"2019-04-19", false},
    {"2019-04-22", false}, {"2024-02-29", true}, {"2026-10-26", true},
    {"1969-12-31", true}, {"1969-12-28", false}, {"2099-12-25", false},
};

static void
test_day(gconstpointer data)
{
	const struct day_case *c = data;

	g_assert_cmpint(calendar_is_business_day(holidays_of("TARGET"),
	    day_number(c->day)), ==,
	    c->business);
}

static const struct add_case {
	const char *from;
	int count;
	const char *to;
} add_cases[] = {
    {"2026-11-20", 0, "2026-11-20"}, {"2026-11-21", 0, "2026-11-21"},
    {"2026-11-20", 1, "2026-11-23"}, {"2026-11-20", 2, "2026-11-24"},
    {"2026-11-21", 1, "2026-11-23"}, {"2026-04-02", 1, "2026-04-07"},
    {"2026-12-24", 1, "2026-12-28"}, {"2026-12-31", 1, "2027-01-04"},
    {"2026-11-23", -1, "2026-11-20"}, {"2026-04-07", -1, "2026-04-02"},
    {"2024-02-28", 2, "2024-03-01"},
};

static void
test_add(gconstpointer data)
{
	const struct add_case *c = data;
	char text[DAY_SIZE];

	day_text(calendar_add_business_days(holidays_of("TARGET"),
	    day_number(c->from), c->count),
	    text);
	g_assert_cmpstr(text, ==, c->to);
}

/* Every day from 2000 to 2040, plus fourteen: civil, whatever clocks do. */
static void
test_civil(void)
{
	int32_t last = day_number("2040-12-31"), count = 0;

	for (int32_t day = day_number("2000-01-01"); day <= last; day++) {
		char text[DAY_SIZE], sum[DAY_SIZE];
		g_autoptr(GDate) date = NULL;
		g_autofree char *wanted = NULL;
		int year, month, of_month;

		day_text(day, text);
		day_text(day + 14, sum);
		year = atoi(text);
		month = atoi(text + 5);
		of_month = atoi(text + 8);
		date = g_date_new_dmy((GDateDay)of_month, (GDateMonth)month,
		    (GDateYear)year);
		g_date_add_days(date, 14);
		wanted = g_strdup_printf("%04d-%02d-%02d",
		    g_date_get_year(date), g_date_get_month(date),
		    g_date_get_day(date));
		g_assert_cmpstr(sum, ==, wanted);
		g_assert_cmpint(calendar_is_business_day(
		    holidays_of("TARGET"), day), <=,
		    g_date_get_weekday(date) < G_DATE_SATURDAY);
		count++;
	}
	g_assert_cmpint(count, ==, 14976);
}

/* ---- zones -------------------------------------------------------------------- */

static const struct local_case {
	const char *moment, *zone, *day;
	int minute;
} local_cases[] = {
    {"2026-11-22T09:00:00Z", NULL, "2026-11-22", 540},
    {"2026-11-22T09:00:00Z", "Europe/Prague", "2026-11-22", 600},
    {"2026-07-22T09:00:00Z", "Europe/Prague", "2026-07-22", 660},
    {"2026-11-22T23:30:00Z", "Europe/Prague", "2026-11-23", 30},
    {"2026-11-22T03:30:00Z", "America/New_York", "2026-11-21", 1350},
    {"2026-11-22T09:00:00Z", "Asia/Kolkata", "2026-11-22", 870},
    /* the night in which clocks go forward, and back */
    {"2026-03-29T00:59:59Z", "Europe/Berlin", "2026-03-29", 119},
    {"2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29", 180},
    {"2026-10-25T00:59:59Z", "Europe/Berlin", "2026-10-25", 179},
    {"2026-10-25T01:00:00Z", "Europe/Berlin", "2026-10-25", 120},
    {"2024-02-29T23:30:00Z", "Europe/Berlin", "2024-03-01", 30},
    {"2024-02-29T22:30:00Z", "Europe/Berlin", "2024-02-29", 1410},
    {"2026-12-31T10:30:00Z", "Pacific/Kiritimati", "2027-01-01", 30},
    {"1969-12-31T23:59:59Z", "UTC", "1969-12-31", 1439},
    /* a zone this machine has no data of is UTC */
    {"2026-11-22T09:00:00Z", "Mars/Olympus", "2026-11-22", 540},
};

static bool
have_zones(void)
{
	if (calendar_zone_known("Europe/Berlin"))
		return true;
	g_test_skip("no time zone data on this machine");
	return false;
}

static void
test_local(gconstpointer data)
{
	const struct local_case *c = data;
	char day[DAY_SIZE];
	int minute;

	if (!have_zones())
		return;
	calendar_local(moment(c->moment), c->zone, day, &minute);
	g_assert_cmpstr(day, ==, c->day);
	g_assert_cmpint(minute, ==, c->minute);
}

static void
test_known(void)
{
	g_assert_true(calendar_zone_known(NULL));
	g_assert_true(calendar_zone_known("UTC"));
	g_assert_false(calendar_zone_known("Mars/Olympus"));
}

/* ---- the window ----------------------------------------------------------------- */

static const struct window_case {
	const char *name, *zone;
	bool weekends;
	int from, to;
	const char *at, *open;
} window_cases[] = {
    {"inside", "Europe/Prague", false, 480, 1080, "2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00Z"},
    {"first-minute", "Europe/Prague", false, 480, 1080,
        "2026-11-23T07:00:00Z", "2026-11-23T07:00:00Z"},
    {"early", "Europe/Prague", false, 480, 1080, "2026-11-23T06:59:59Z",
        "2026-11-23T07:00:00Z"},
    {"last-second", "Europe/Prague", false, 480, 1080,
        "2026-11-23T16:59:59Z", "2026-11-23T16:59:59Z"},
    {"late", "Europe/Prague", false, 480, 1080, "2026-11-23T17:00:00Z",
        "2026-11-24T07:00:00Z"},
    {"friday-evening", "Europe/Prague", false, 480, 1080,
        "2026-11-20T18:00:00Z", "2026-11-23T07:00:00Z"},
    {"saturday", "Europe/Prague", false, 480, 1080, "2026-11-21T10:00:00Z",
        "2026-11-23T07:00:00Z"},
    {"saturday-allowed", "Europe/Prague", true, 480, 1080,
        "2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z"},
    {"easter", "Europe/Prague", false, 480, 1080, "2026-04-02T18:00:00Z",
        "2026-04-07T06:00:00Z"},
    {"christmas", "UTC", false, 480, 1080, "2026-12-24T18:00:00Z",
        "2026-12-28T08:00:00Z"},
    {"their-day-is-another", "Asia/Tokyo", false, 480, 1080,
        "2026-11-22T23:30:00Z", "2026-11-22T23:30:00Z"},
    {"our-friday-is-their-saturday", "Pacific/Auckland", false, 480, 1080,
        "2026-11-20T20:00:00Z", "2026-11-22T19:00:00Z"},
    {"clocks-go-back", "Europe/Berlin", false, 480, 1080,
        "2026-10-23T18:00:00Z", "2026-10-26T07:00:00Z"},
    {"clocks-go-forward", "Europe/Berlin", false, 480, 1080,
        "2026-03-27T18:00:00Z", "2026-03-30T06:00:00Z"},
    {"a-time-left-out", "Europe/Berlin", true, 150, 1080,
        "2026-03-28T22:00:00Z", "2026-03-29T01:00:00Z"},
    {"all-day", "UTC", true, 0, 1440, "2026-11-21T23:59:59Z",
        "2026-11-21T23:59:59Z"},
};

static void
test_window(gconstpointer data)
{
	const struct window_case *c = data;
	struct config config = {.window_from = c->from, .window_to = c->to,
	    .weekends = c->weekends};
	int64_t open;

	if (!have_zones())
		return;
	open = calendar_next_open(&config, holidays_of("TARGET"), moment(c->at),
	    c->zone);
	g_assert_cmpint(open, ==, moment(c->open));
	g_assert_cmpint(calendar_next_open(&config, holidays_of("TARGET"),
	    open, c->zone), ==, open);
}

#define ADD_TABLE(table, prefix, label, function) \
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) { \
		g_autofree char *name = \
		    g_strdup_printf(prefix "/%zu-%s", i, table[i].label); \
		g_strdelimit(name + sizeof prefix, "/", '-'); \
		g_test_add_data_func(name, &table[i], function); \
	}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD_TABLE(day_cases, "/calendar/day", day, test_day);
	ADD_TABLE(add_cases, "/calendar/add", from, test_add);
	ADD_TABLE(local_cases, "/calendar/local", moment, test_local);
	ADD_TABLE(window_cases, "/calendar/window", name, test_window);
	g_test_add_func("/calendar/civil", test_civil);
	g_test_add_func("/calendar/known", test_known);
	return g_test_run();
}
