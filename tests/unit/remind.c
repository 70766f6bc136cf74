/*
 * Reminders: which step is due (a table), and days of a clerk's life on a real
 * store (story.h). All invoices are due on Thursday 19 November 2026; with two
 * days for the bank the first reminder may leave on Tuesday the 24th.
 */
#include "story.h"

/* ---- the ladder of steps ----------------------------------------------------- */

static const struct ladder_case {
	const char *name;
	const char *steps;	/* separated by ; */
	int today;		/* days after the due date */
	int last, reminders;
	int wanted;		/* number of the step, 0 none */
} ladder_cases[] = {
#define STANDARD "before 3 days;after 3 days;after 14 days;after 30 days escalate"
    {"early", STANDARD, -4, 0, 0, 0},
    {"note", STANDARD, -3, 0, 0, 1},
    {"note-late", STANDARD, -1, 0, 0, 1},
    {"note-over", STANDARD, 0, 0, 0, 0},
    {"note-once", STANDARD, -2, 1, 0, 0},
    {"first", STANDARD, 3, 1, 0, 2},
    {"first-without-note", STANDARD, 3, 0, 0, 2},
    {"between", STANDARD, 13, 2, 1, 0},
    {"second", STANDARD, 14, 2, 1, 3},
    {"escalate", STANDARD, 30, 3, 2, 4},
    {"never-again", STANDARD, 300, 4, 2, 0},
    {"late-start-first", STANDARD, 60, 0, 0, 2},
    {"late-start-second", STANDARD, 60, 2, 1, 3},
    {"late-start-third", STANDARD, 60, 3, 2, 4},
    {"escalate-needs-two", STANDARD, 60, 3, 1, 0},
#define MANY "after 2 days;after 4 days;after 6 days;after 8 days"
    {"catch-up-latest", MANY, 9, 0, 0, 4},
    {"catch-up-two", MANY, 5, 0, 0, 2},
    {"catch-up-from-two", MANY, 7, 2, 1, 3},
#define GENTLE "before 5 days;after 5 days;after 20 days;after 40 days;after 60 days escalate"
    {"skip-what-may-be", GENTLE, 25, 0, 0, 3},
    {"not-the-last-two", GENTLE, 50, 0, 0, 3},
    {"not-the-last-one", GENTLE, 70, 3, 1, 4},
#define LEGAL "after 1 day;after 8 days;after 16 days legal;after 21 days escalate"
    {"legal-after-two", LEGAL, 16, 2, 2, 3},
    {"legal-late", LEGAL, 30, 0, 0, 1},
    {"legal-late-second", LEGAL, 30, 1, 1, 2},
    {"legal-before-escalate", LEGAL, 30, 2, 2, 3},
    {"legal-then-escalate", LEGAL, 30, 3, 3, 4},
    {"on-the-day", "on the due date;after 5 days", 0, 0, 0, 1},
    {"on-the-day-is-over", "on the due date;after 5 days", 1, 0, 0, 0},
    {"not-before-the-day", "on the due date;after 5 days", -1, 0, 0, 0},
};

/* The same where the days of a country matter. */
static const struct dated_case {
	struct ladder_case c;
	const char *due, *country;
	bool weekends;
} dated_cases[] = {
    /* working days of the customer's country: Friday, Monday, Tuesday … */
#define BUSINESS "before 2 business days;after 3 business days"
    {{"business-before", BUSINESS, -4, 0, 0, 0},
        "2026-11-19", "CZ", false},
    {{"business-over-a-holiday", BUSINESS, -3, 0, 0, 1},
        "2026-11-19", "CZ", false},
    {{"business-elsewhere", BUSINESS, -3, 0, 0, 0},
        "2026-11-19", "DE", false},
    {{"business-elsewhere-day", BUSINESS, -2, 0, 0, 1},
        "2026-11-19", "DE", false},
    {{"business-after", BUSINESS, 4, 0, 0, 0},
        "2026-11-19", "DE", false},
    {{"business-after-day", BUSINESS, 5, 0, 0, 2},
        "2026-11-19", "DE", false},
    {{"business-christmas", "after 2 business days", 5, 0, 0, 0},
        "2026-12-23", "CZ", false},
    {{"business-christmas-day", "after 2 business days", 6, 0, 0, 1},
        "2026-12-23", "CZ", false},
    {{"business-easter", "after 1 business day", 4, 0, 0, 0},
        "2026-04-09", "GR", false},
    {{"business-easter-day", "after 1 business day", 5, 0, 0, 1},
        "2026-04-09", "GR", false},
    /* due on a Monday: the note of Sunday goes on Friday */
    {{"note-before-weekend", "before 1 day;after 5 days", -3, 0, 0, 1},
        "2026-11-23", "DE", false},
    {{"note-before-weekend-not-earlier", "before 1 day;after 5 days", -4, 0, 0, 0},
        "2026-11-23", "DE", false},
    {{"note-on-a-sunday-if-said", "before 1 day;after 5 days", -3, 0, 0, 0},
        "2026-11-23", "DE", true},
    {{"note-has-a-later-day", "before 3 days;after 5 days", -4, 0, 0, 0},
        "2026-11-24", "DE", false},
    {{"on-a-sunday", "on the due date;after 5 days", -2, 0, 0, 1},
        "2026-11-22", "DE", false},
    {{"note-before-christmas", "before 2 days;after 5 days", -5, 0, 0, 1},
        "2026-12-28", "CZ", false},
};

static void
check_ladder(const struct ladder_case *c, const struct schedule *schedule)
{
	g_auto(GStrv) texts = g_strsplit(c->steps, ";", -1);
	struct policy policy = {.steps = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)step_free)};
	const struct step *step;

	for (int i = 0; texts[i]; i++) {
		struct step *one = step_parse(texts[i], NULL);

		g_assert_nonnull(one);
		one->number = i + 1;
		g_ptr_array_add(policy.steps, one);
	}
	step = step_due(&policy, schedule, schedule->due + c->today, c->last,
	    c->reminders);
	g_assert_cmpint(step ? step->number : 0, ==, c->wanted);
	g_ptr_array_unref(policy.steps);
}

/* Due on Thursday 19 November 2026, and letters go on all days. */
static void
test_ladder(gconstpointer data)
{
	const struct schedule schedule = {day_number("2026-11-19"),
	    holidays_of("CZ"), NULL, 0};

	check_ladder(data, &schedule);
}

static void
test_dated(gconstpointer data)
{
	const struct dated_case *c = data;
	const struct config config = {.weekends = c->weekends};
	const struct schedule schedule = {day_number(c->due),
	    holidays_of(c->country), &config, 0};

	check_ladder(&c->c, &schedule);
}

/* ---- stories ------------------------------------------------------------------- */

#define BEGIN "at 2026-11-10T10:00\ncustomer jana\ncustomer marta\n" \
	"invoice 001 jana 499.00 2026-11-19\n" \
	"invoice 002 marta 100.00 2026-11-19\n"

static const struct story_case stories[] = {
    {"nothing-yet", BEGIN "remind\nis -\n"},
    {"note-needs-no-feed", BEGIN "at 2026-11-16T10:00\nremind\n"
        "is jana friendly 001#1=499.00 | marta friendly 002#1=100.00\n"
        "remind\nis -\nsend\nat 2026-11-17T10:00\nremind\nis -\n"},
    {"first-reminder", BEGIN "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\n"
        "send\nheard\nremind\nis -\nat 2026-11-25T10:00\nheard\nremind\nis -\n"},
    {"bank-lag", BEGIN "at 2026-11-23T10:00\nheard\nremind\n"
        "is held 001 bank-lag | held 002 bank-lag\n"
        "at 2026-11-24T10:00\nremind\n"
        "is held 001 bank-lag | held 002 bank-lag\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\n"},
    {"paid", BEGIN "at 2026-11-18T10:00\npay 001 499.00\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is marta understanding+7 002#2=100.00\n"},
    {"announced", BEGIN "at 2026-11-18T10:00\npay 001 499.00 announced\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is marta understanding+7 002#2=100.00 | held 001 announced\n"},
    {"partial", BEGIN "at 2026-11-18T10:00\npay 001 400.00\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=99.00 | "
        "marta understanding+7 002#2=100.00\n"},
    {"partly-announced", BEGIN "at 2026-11-18T10:00\n"
        "pay 001 400.00 announced\nat 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=99.00 | "
        "marta understanding+7 002#2=100.00\n"},
    {"minimum", BEGIN "at 2026-11-18T10:00\npay 001 494.01\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is marta understanding+7 002#2=100.00 | held 001 minimum\n"},
    {"never-heard", BEGIN "at 2026-11-24T10:00\nremind\n"
        "is held 001 feed-stale | held 002 feed-stale\n"},
    {"silent-since-due", BEGIN "at 2026-11-19T10:00\nheard\n"
        "at 2026-11-24T10:00\nremind\n"
        "is held 001 feed-stale | held 002 feed-stale\n"},
    {"silent-too-long", BEGIN "at 2026-11-24T10:00\nheard\n"
        "at 2026-12-02T10:00\nremind\n"
        "is held 001 feed-stale | held 002 feed-stale\n"
        "at 2026-12-01T10:00\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\n"},
    {"weekend", BEGIN "at 2026-11-28T10:00\nheard\nremind\n"
        "is held 001 window | held 002 window\n"
        "at 2026-11-29T10:00\nheard\nremind\n"
        "is held 001 window | held 002 window\n"
        "at 2026-11-30T05:59\nremind\nis held 001 window | held 002 window\n"
        "at 2026-11-30T07:00\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\n"},
    {"their-hours", "at 2026-11-10T10:00\ncustomer yuki Asia/Tokyo\n"
        "invoice 001 yuki 10.00 2026-11-19\nat 2026-11-24T10:00\nheard\n"
        "remind\nis held 001 window\nat 2026-11-24T23:30\nremind\n"
        "is yuki understanding+7 001#2=10.00\n"},
    {"missed-runs-one-letter", "at 2026-11-10T10:00\ncustomer jana\n"
        "invoice 001 jana 50.00 2026-11-19 many\nat 2026-11-30T10:00\n"
        "heard\nremind\nis jana friendly 001#4=50.00\nsend\n"
        "at 2026-12-03T10:00\nheard\nremind\nis -\n"},
    {"gap", "at 2026-11-10T10:00\ncustomer jana\n"
        "invoice 001 jana 50.00 2026-11-19 many\nat 2026-11-24T10:00\n"
        "heard\nremind\nis jana understanding 001#2=50.00\nsend\n"
        "at 2026-11-25T10:00\nheard\nremind\nis held 001 customer-cap\n"
        "at 2026-11-26T10:00\nheard\nremind\nis jana firm 001#3=50.00\n"},
    {"gap-is-the-customers", BEGIN "invoice 003 jana 250.00 2026-11-24\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\nsend\n"
        "at 2026-11-30T10:00\nheard\nremind\nis held 003 customer-cap\n"
        "at 2026-12-01T10:00\nheard\nremind\n"
        "is jana understanding+7 003#2=250.00\n"},
    {"one-letter-for-all", BEGIN "invoice 003 jana 250.00 2026-11-18\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 003#2=250.00 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\n"},
    {"the-farthest-speaks", "at 2026-11-10T10:00\ncustomer jana\n"
        "invoice 001 jana 50.00 2026-11-19 many\n"
        "invoice 002 jana 60.00 2026-11-23 many\nat 2026-11-26T10:00\n"
        "heard\nremind\nis jana firm 001#3=50.00 002#1=60.00\n"},
    {"notes-wait-for-reminders", BEGIN "invoice 003 jana 250.00 2026-11-26\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00 | held 003 customer-cap\nsend\n"
        "remind\nis held 003 customer-cap\nat 2026-11-25T10:00\nremind\n"
        "is jana friendly 003#1=250.00\n"},
    {"cap", BEGIN "invoice 003 jana 20.00 2026-11-19 many\n"
        "at 2026-11-24T10:00\nheard\nhold pause 003 1\nis held\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00 | held 003 hold\nsend\n"
        "at 2026-11-24T12:00\nremind\nis held 003 customer-cap\n"},
    {"waiting-letter", BEGIN "invoice 003 jana 20.00 2026-11-19 many\n"
        "hold pause 003 340\nis held\nat 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00 | held 003 hold\n"
        "at 2026-11-25T10:00\nheard\nremind\nis held 003 customer-cap\n"},
    {"hold-expires", BEGIN "at 2026-11-24T10:00\nheard\n"
        "hold dispute 001 24\nis held\nhold promise marta 24\nis held\n"
        "remind\nis held 001 hold | held 002 hold\n"
        "at 2026-11-25T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\n"},
    {"bounced", BEGIN "bounce marta\nat 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | held 002 undelivered\n"},
    {"own-address", "at 2026-11-10T10:00\ncustomer jana\n"
        "invoice 001 jana 50.00 2026-11-19\nat 2026-11-24T10:00\nheard\n"
        "remind\nis jana understanding+7 001#2=50.00\n"},
    {"not-sent-yet", "at 2026-11-22T22:00\ncustomer jana\n"
        "unsent 001 jana 50.00 2026-11-26\nremind\nis jana invoice 001\n"
        "remind\nis -\nsend\nremind\nis -\nat 2026-11-23T10:00\nremind\n"
        "is jana friendly 001#1=50.00\n"},
    {"not-sent-not-reminded", "at 2026-11-10T10:00\ncustomer jana\n"
        "unsent 001 jana 50.00 2026-11-19\nat 2026-11-30T10:00\nheard\n"
        "remind\nis jana invoice 001\nheard\nremind\nis -\n"},
    {"two-then-legal-then-call", "at 2026-11-10T10:00\ncustomer jana\n"
        "invoice 001 jana 50.00 2026-11-19 legal\nat 2026-12-14T10:00\n"
        "heard\nremind\nis jana understanding 001#1=50.00\nsend\n"
        "at 2026-12-16T10:00\nheard\nremind\nis held 001 customer-cap\n"
        "at 2026-12-17T10:00\nheard\nremind\n"
        "is jana understanding 001#2=50.00\nsend\n"
        "at 2026-12-21T10:00\nheard\nremind\nis jana firm 001#3=50.00\n"
        "send\nat 2026-12-28T10:00\nheard\nremind\nis call 001\nremind\nis -\n"
        "at 2026-12-29T10:00\nheard\nremind\nis -\n"},
    {"call-not-when-paid", "at 2026-11-10T10:00\ncustomer jana\n"
        "invoice 001 jana 50.00 2026-11-19 legal\nat 2026-12-14T10:00\n"
        "heard\nremind\nsend\nat 2026-12-17T10:00\nheard\nremind\nsend\n"
        "at 2026-12-21T10:00\nheard\nremind\nsend\n"
        "at 2026-12-28T10:00\nheard\nloose 50.00 payer=jana\nremind\n"
        "is held 001 possible-payment\n"},
    {"new-term-is-kept", BEGIN "at 2026-12-08T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\nsend\n"
        "at 2026-12-16T10:00\nheard\nremind\n"
        "is held 001 bank-lag | held 002 bank-lag\n"
        "at 2026-12-18T10:00\nheard\nremind\n"
        "is jana firm+7 001#3=499.00 | marta firm+7 002#3=100.00\n"},
    {"loose-exact-amount", BEGIN "at 2026-11-20T10:00\nloose 100.00\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | held 002 possible-payment\n"},
    {"loose-other-amount", BEGIN "at 2026-11-20T10:00\nloose 33.33\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\n"},
    {"loose-from-account", BEGIN "account marta CZ99\n"
        "at 2026-11-20T10:00\nloose 33.33 from=CZ99\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | held 002 possible-payment\n"},
    {"loose-known-payer", BEGIN "account jana CZ99\n"
        "at 2026-11-20T10:00\nloose 100.00 from=CZ99\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is held 001 possible-payment | held 002 possible-payment\n"},
    {"loose-by-name", BEGIN "at 2026-11-20T10:00\nloose 33.33 payer=MARTA\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | held 002 possible-payment\n"},
    {"loose-suggested", BEGIN "at 2026-11-20T10:00\nloose 80.00 for=002\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | held 002 possible-payment\n"},
    {"loose-not-for-ever", BEGIN "at 2026-11-20T10:00\nloose 100.00\n"
        "at 2026-12-21T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\n"},
    /* What anybody can write holds once, 48 hours at most (R24). */
    {"forged", BEGIN "at 2026-11-23T12:00\nloose 100.00 possible\n"
        "hold possible-payment 002 400 U\nis held\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00 | held 002 possible-payment\n"
        "loose 100.00 possible\nhold possible-payment 002 48 U\nis known\n"
        "at 2026-11-25T12:00\nheard\nremind\n"
        "is marta understanding+7 002#2=100.00\n"},
    /* A clock that stands before what has happened (R56). */
    {"clock-went-back", BEGIN "at 2026-11-24T10:00\nheard\n"
        "at 2026-11-24T09:00\nremind\nis clock\nat 2026-11-24T09:55\n"
        "remind\nis jana understanding+7 001#2=499.00 | "
        "marta understanding+7 002#2=100.00\n"},
    {"clock-went-ahead", BEGIN "at 2026-11-24T10:00\nheard\n"
        "at 2026-12-03T11:00\nremind\n"
        "is held 001 feed-stale | held 002 feed-stale\n"},
    {"journal-without-flood", BEGIN "at 2026-11-23T10:00\nheard\nremind\n"
        "remind\nat 2026-11-24T10:00\nremind\njournal 001\n"
        "is held:bank-lag\nheard\nhold dispute 001 30\nremind\nremind\n"
        "journal 001\nis held:bank-lag | held:hold\n"
        "at 2026-11-26T10:00\nheard\nremind\n"
        "is jana understanding+7 001#2=499.00\nsend\n"
        "hold dispute 001 400\nat 2026-12-09T10:00\nheard\nremind\n"
        "is marta firm+7 002#3=100.00 | held 001 hold\njournal 001\n"
        "is held:bank-lag | held:hold | held:hold\n"},
    {"stuck-note-is-recalled", BEGIN "at 2026-11-18T10:00\nremind\n"
        "is jana friendly 001#1=499.00 | marta friendly 002#1=100.00\n"
        "at 2026-11-24T10:00\nheard\nremind\n"
        "is recall 1 | jana understanding+7 001#2=499.00 | recall 2 | "
        "marta understanding+7 002#2=100.00\n"},
};

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(ladder_cases); i++) {
		g_autofree char *name = g_strdup_printf("/remind/ladder/%s",
		    ladder_cases[i].name);

		g_test_add_data_func(name, &ladder_cases[i], test_ladder);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(dated_cases); i++) {
		g_autofree char *name = g_strdup_printf("/remind/dated/%s",
		    dated_cases[i].c.name);

		g_test_add_data_func(name, &dated_cases[i], test_dated);
	}
	story_add("remind", stories, G_N_ELEMENTS(stories));
	return g_test_run();
}
