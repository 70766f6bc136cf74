/*
 * budget.c - the bound of the rate of errors, the judgement against the
 * budget, and the sentence.
 */
#include "../../filter/budget.h"

#include <math.h>

static const struct {
	int64_t wrong, n;
	double least, most;	/* qbeta(.05, x, n-x+1), qbeta(.95, x+1, n-x) */
} bounds[] = {
    {0, 1, 0, 0.95}, {0, 10, 0, 0.258866}, {1, 10, 0.005116, 0.394163},
    {5, 10, 0.222441, 0.777559}, {10, 10, 0.741134, 1},
    {0, 2995, 0, 0.0009997},
};

static void
test_bounds(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);

	g_assert_cmpfloat_with_epsilon(errors_at_most(bounds[i].wrong,
	    bounds[i].n), bounds[i].most, 1e-6);
	g_assert_cmpfloat_with_epsilon(errors_at_least(bounds[i].wrong,
	    bounds[i].n), bounds[i].least, 1e-6);
}

static const struct {
	int64_t wrong, n;
	double allowed;
	const char *sentence;
} sentences[] = {
    {0, 0, 0.001, "Nothing was booked without a person."},
    {0, 20, 0.001, "0 of 20 automatic bookings were taken back (0.00 %): "
	"too few to say, but not more than the budget of 1 in 1000."},
    {3, 4210, 0.001, "3 of 4,210 automatic bookings were taken back "
	"(0.07 %; at most 0.18 %): within the budget of 1 in 1000."},
    {1, 900, 0.001, "1 of 900 automatic bookings was taken back (0.11 %; "
	"at most 0.53 %): too few to say, but more than the budget of 1 in "
	"1000."},
    {20, 1234567, 1e-5, "20 of 1,234,567 automatic bookings were taken back "
	"(0.0016 %; at most 0.0024 %): more than the budget of 1 in "
	"100000."},
    {9, 300, 1.0 / 500, "9 of 300 automatic bookings were taken back "
	"(3.00 %; at most 5.18 %): more than the budget of 1 in 500."},
    {1, 1000, 3.0 / 1000, "1 of 1,000 automatic bookings was taken back "
	"(0.10 %; at most 0.47 %): within the budget of 3 in 1000."},
};

static void
test_sentence(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *said = budget_sentence(sentences[i].wrong,
	    sentences[i].n, sentences[i].allowed);

	g_assert_cmpstr(said, ==, sentences[i].sentence);
}

/* ---- stories of one payment ------------------------------------------------------ */

#define SUGGESTED "suggested {\"probability\":\"0.9200\"," \
	"\"invoices\":[\"A\",\"B\"]}"
#define PUT(number) "settle:owner {\"by\":\"me\",\"invoices\":[\"" number "\"]}"

static const struct {
	const char *name;
	const char *entries[6];
	int booked, wrong;
	enum outcome outcome;
	int answer;		/* enum answer; -1: it is no answer */
} stories[] = {
    {"nothing", {NULL}, 0, 0, OUTCOME_WAITING, -1},
    {"automatic", {"settle:reference", "settle:discount",
	"settle:reference"}, 1, 0, OUTCOME_AUTO, -1},
    {"undone", {"settle:account", "reversed:owner"}, 1, 1, OUTCOME_WAITING,
	-1},
    {"better evidence", {"settle:name", "reversed:stronger-evidence",
	"settle:reference"}, 2, 1, OUTCOME_AUTO, -1},
    {"returned", {"settle:reference", "reversed:returned"}, 1, 0,
	OUTCOME_WAITING, -1},
    {"undone by the owner, his own", {PUT("A"), "reversed:owner"}, 0, 0,
	OUTCOME_WAITING, -1},
    {"open", {SUGGESTED}, 0, 0, OUTCOME_WAITING, ANSWER_NONE},
    {"accepted", {SUGGESTED, PUT("B"), PUT("A"), PUT("A")}, 0, 0,
	OUTCOME_OWNER, ANSWER_ACCEPTED},
    {"a part of it", {SUGGESTED, PUT("B")}, 0, 0, OUTCOME_OWNER,
	ANSWER_OTHER},
    {"more", {SUGGESTED, PUT("A"), PUT("B"), PUT("C")}, 0, 0, OUTCOME_OWNER,
	ANSWER_OTHER},
    {"refused", {SUGGESTED, "rejected:owner"}, 0, 0, OUTCOME_WAITING,
	ANSWER_REJECTED},
    {"refused, then put", {SUGGESTED, "rejected:owner", PUT("C")}, 0, 0,
	OUTCOME_OWNER, ANSWER_OTHER},
    {"no more refused", {SUGGESTED, "rejected:owner", "rejected:undone"}, 0,
	0, OUTCOME_WAITING, ANSWER_NONE},
    {"booked later", {SUGGESTED, "settle:reference"}, 1, 0, OUTCOME_AUTO,
	-1},
    {"credit", {SUGGESTED, "credit:owner"}, 0, 0, OUTCOME_OWNER,
	ANSWER_REJECTED},
};

static void
test_story(gconstpointer data)
{
	size_t s = GPOINTER_TO_SIZE(data);
	const struct payment payment = {.id = 1, .amount = 1,
	    .state = PAYMENT_BOOKED};
	struct budget budget = {0};
	int booked = 0, wrong = 0;

	if (!stories[s].entries[0])
		budget_count(&payment, NULL, &budget);
	for (int i = 0; i < 6 && stories[s].entries[i]; i++) {
		g_auto(GStrv) parts = g_strsplit(stories[s].entries[i], " ",
		    2);
		const struct journal_entry entry = {.code = parts[0],
		    .evidence = parts[1]};

		budget_count(&payment, &entry, &budget);
	}
	budget_end(&budget);
	for (int i = 0; i < WAYS; i++) {
		booked += (int)budget.booked[i];
		wrong += (int)budget.wrong[i];
	}
	g_assert_cmpint(booked, ==, stories[s].booked);
	g_assert_cmpint(wrong, ==, stories[s].wrong);
	g_assert_cmpint(budget.payments, ==, 1);
	g_assert_cmpint(budget.outcomes[stories[s].outcome], ==, 1);
	for (int i = 0; i < ANSWERS; i++)
		g_assert_cmpint(budget.answers[3][i], ==,
		    i == stories[s].answer);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(bounds); i++) {
		g_autofree char *path = g_strdup_printf("/budget/bound/%zu", i);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_bounds);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++) {
		g_autofree char *path = g_strdup_printf("/budget/sentence/%zu",
		    i);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_sentence);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(stories); i++) {
		g_autofree char *path = g_strdup_printf("/budget/story/%s",
		    stories[i].name);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_story);
	}
	return g_test_run();
}
