/*
 * recurrence.c - the days of an invoice that comes again, before a closing
 * day, the time it is for, and what its texts say.
 */
#include "../../filter/recurrence.h"

#include <string.h>

static const struct day_row {
	const char *name, *first, *every;
	bool last_day;
	int period, turn, closing;
	const char *day, *send, *text;
} rows[] = {
	{"month ahead", "2026-12-01", "month", false, PERIOD_AHEAD, 1, 0,
	    "2027-01-01", "2027-01-01", "2 01/2027 2027-01-01 2027-01-31"},
	{"month behind", "2026-12-01", "month", false, PERIOD_BEHIND, 0, 0,
	    "2026-12-01", "2026-12-01", "1 11/2026 2026-11-01 2026-11-30"},
	{"behind over the year", "2027-01-01", "month", false, PERIOD_BEHIND,
	    0, 0, "2027-01-01", "2027-01-01",
	    "1 12/2026 2026-12-01 2026-12-31"},
	{"last day behind", "2027-01-31", "month", true, PERIOD_BEHIND, 1, 0,
	    "2027-02-28", "2027-02-28", "2 02/2027 2027-02-01 2027-02-28"},
	{"last day ahead", "2026-11-30", "month", true, PERIOD_AHEAD, 2, 0,
	    "2027-01-31", "2027-01-31", "3 02/2027 2027-02-01 2027-02-28"},
	{"last day after a short month", "2027-02-28", "month", true,
	    PERIOD_NONE, 1, 0, "2027-03-31", "2027-03-31",
	    "2 03/2027 2027-03-31 2027-03-31"},
	{"31st keeps its day", "2026-12-31", "month", false, PERIOD_NONE, 3, 0,
	    "2027-03-31", "2027-03-31", "4 03/2027 2027-03-31 2027-03-31"},
	{"quarter ahead", "2026-10-01", "quarter", false, PERIOD_AHEAD, 1, 0,
	    "2027-01-01", "2027-01-01", "2 01/2027 2027-01-01 2027-03-31"},
	{"year", "2026-02-28", "year", false, PERIOD_AHEAD, 1, 0,
	    "2027-02-28", "2027-02-28", "2 02/2027 2027-02-28 2028-02-27"},
	{"leap day", "2028-02-29", "year", false, PERIOD_NONE, 1, 0,
	    "2029-02-28", "2029-02-28", "2 02/2029 2029-02-28 2029-02-28"},
	{"two weeks", "2026-12-21", "2 weeks", false, PERIOD_AHEAD, 1, 0,
	    "2027-01-04", "2027-01-04", "2 01/2027 2027-01-04 2027-01-17"},
	/* 25 November 2026 is a Wednesday, 25 January 2027 a Monday */
	{"before the 25th", "2026-11-30", "month", false, PERIOD_NONE, 0, 25,
	    "2026-11-30", "2026-11-24", "1 11/2026 2026-11-30 2026-11-30"},
	{"before a Monday", "2027-01-31", "month", true, PERIOD_NONE, 0, 25,
	    "2027-01-31", "2027-01-22", "1 01/2027 2027-01-31 2027-01-31"},
	{"on the closing day itself", "2026-11-25", "month", false,
	    PERIOD_NONE, 0, 25, "2026-11-25", "2026-11-24",
	    "1 11/2026 2026-11-25 2026-11-25"},
	{"early enough", "2026-11-20", "month", false, PERIOD_NONE, 0, 25,
	    "2026-11-20", "2026-11-20", "1 11/2026 2026-11-20 2026-11-20"},
	/* neither 1 January nor 31 December is a day of banks there */
	{"before the second", "2027-01-05", "month", false, PERIOD_NONE, 0, 2,
	    "2027-01-05", "2026-12-30", "1 01/2027 2027-01-05 2027-01-05"},
};

static void
test_row(gconstpointer data)
{
	const struct day_row *row = data;
	const struct recurring recurring = {.every = (char *)(uintptr_t)
	    row->every, .first = (char *)(uintptr_t)row->first,
	    .last_day = row->last_day,
	    .period = (enum recurring_period)row->period};
	char day[DAY_SIZE], send[DAY_SIZE];
	g_autofree char *text = recurrence_text(&recurring, row->turn,
	    "{n} {month} {from} {to}");

	day_text(recurrence_day(&recurring, row->turn), day);
	day_text(recurrence_send_day(&recurring, row->turn, row->closing,
	    calendar_of_country("DE")), send);
	g_assert_cmpstr(day, ==, row->day);
	g_assert_cmpstr(send, ==, row->send);
	g_assert_cmpstr(text, ==, row->text);
}

static void
test_fill(void)
{
	const struct recurring recurring = {.every = (char *)(uintptr_t)
	    "quarter", .first = (char *)(uintptr_t)"2026-10-01",
	    .period = PERIOD_AHEAD};
	json_t *document = json_pack("{s:s, s:[{s:s, s:{s:s}}, s], s:i}",
	    "memo", "{quarter}", "lines", "text", "Hosting {from}", "deep",
	    "note", "{year} {other}", "{n}", "count", 3);
	char *text;

	recurrence_fill(&recurring, 0, document);
	text = json_dumps(document, JSON_SORT_KEYS | JSON_COMPACT);
	g_assert_cmpstr(text, ==, "{\"count\":3,\"lines\":[{\"deep\":{\"note\""
	    ":\"2026 {other}\"},\"text\":\"Hosting 2026-10-01\"},\"1\"],"
	    "\"memo\":\"4/2026\"}");
	free(text);
	json_decref(document);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/recurrence/%s",
		    rows[i].name);

		g_test_add_data_func(path, &rows[i], test_row);
	}
	g_test_add_func("/recurrence/fill", test_fill);
	return g_test_run();
}
