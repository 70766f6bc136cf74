/*
 * report_matching.c - the page of `report matching`: where the payments
 * stand, whether automatic bookings were right, how money was recognised, and
 * how the owner answered suggestions.
 */
#include "report_matching.h"
#include "budget.h"
#include "lookup.h"
#include "print.h"

#include <stdio.h>

static int64_t
sum(const int64_t *counts, int n)
{
	int64_t total = 0;

	for (int i = 0; i < n; i++)
		total += counts[i];
	return total;
}

static int64_t
answered(const struct budget *budget, int band)
{
	return sum(budget->answers[band], ANSWERS) -
	    budget->answers[band][ANSWER_NONE];
}

/* "95 to 99 %" */
static char *
band_text(int band)
{
	return g_strdup_printf("%d to %d %%",
	    (int)(band_from(band) * 100 + 0.5),
	    (int)(band_from(band + 1) * 100 + 0.5));
}

static char *
part_text(int64_t part, int64_t whole)
{
	return whole ? percent_text((double)part / (double)whole)
		     : g_strdup("");
}

/* ---- for a person ------------------------------------------------------------ */

/* Frees the cells; those from the second on are numbers. */
static void
add_cells(struct table *table, int n, char **cells)
{
	for (int i = 1; i < n; i++) {
		char *cell = cells[i];

		cells[i] = g_strconcat(">", cell, NULL);
		g_free(cell);
	}
	table_row(table, (const char *const *)cells);
	for (int i = 0; i < n; i++)
		g_free(cells[i]);
}

static void
print_outcomes(struct context *context, const struct budget *budget)
{
	static const char *const headings[] = {
	    "Payments", ">Count", ">Share"};
	struct table *table = table_new(context, 3, headings);

	for (int i = 0; i < OUTCOMES; i++)
		add_cells(table, 3, (char *[]){
		    g_strdup(outcome_words((enum outcome)i)),
		    count_text(budget->outcomes[i]),
		    part_text(budget->outcomes[i], budget->payments)});
	table_end(table, "");
}

static void
print_ways(struct context *context, const struct budget *budget)
{
	static const char *const headings[] = {
	    "Recognised", ">Bookings", ">Taken back", ">Rate"};
	struct table *table = table_new(context, 4, headings);

	for (int i = 0; i < WAYS; i++)
		add_cells(table, 4, (char *[]){
		    g_strdup(way_words((enum way)i)),
		    count_text(budget->booked[i]),
		    count_text(budget->wrong[i]),
		    part_text(budget->wrong[i], budget->booked[i])});
	table_end(table, "");
}

static void
print_answers(struct context *context, const struct budget *budget)
{
	static const char *const headings[] = {
	    "Suggested at", ">Said", ">Accepted", ">Other", ">Rejected",
	    ">No answer", ">Right"};
	struct table *table = table_new(context, 7, headings);

	for (int i = 0; i < BANDS; i++) {
		const int64_t *row = budget->answers[i];
		int64_t n = answered(budget, i);

		if (sum(row, ANSWERS) == 0)
			continue;
		add_cells(table, 7, (char *[]){
		    band_text(i), n ? percent_text(budget->said[i] / (double)n)
				    : g_strdup(""),
		    count_text(row[ANSWER_ACCEPTED]),
		    count_text(row[ANSWER_OTHER]),
		    count_text(row[ANSWER_REJECTED]),
		    count_text(row[ANSWER_NONE]),
		    part_text(row[ANSWER_ACCEPTED], n)});
	}
	table_end(table, "Nothing was suggested.");
}

static void
print_advice(const struct budget *budget, enum verdict verdict)
{
	int worst = 0;

	if (verdict != VERDICT_ABOVE)
		return;
	for (int i = 1; i < WAYS; i++)
		if (budget->wrong[i] > budget->wrong[worst])
			worst = i;
	print_hanging(0, "", "What to do: make auto-errors in section match of the "
	    "configuration stricter, such as \"1 in 2000\"; or, when it is "
	    "always the same payers, write a rule with do = ask for them.");
	printf("Most of them were recognised %s.\n",
	    way_words((enum way)worst));
}

static void
print_page(struct context *context, const struct budget *budget)
{
	double allowed = context->config->auto_errors;
	int64_t n = sum(budget->booked, WAYS), wrong = sum(budget->wrong, WAYS);
	g_autofree char *sentence = budget_sentence(wrong, n, allowed);

	print_outcomes(context, budget);
	putchar('\n');
	print_hanging(0, "", sentence);
	print_advice(budget, budget_verdict(wrong, n, allowed));
	putchar('\n');
	print_ways(context, budget);
	putchar('\n');
	print_answers(context, budget);
}

/* ---- for a program ----------------------------------------------------------- */

/* Rates are text, as money is: no reader rounds them. */
static void
put_rate(json_t *object, const char *key, double rate)
{
	char text[32];

	json_put(object, key, g_ascii_formatd(text, sizeof text, "%.6f",
	    rate));
}

static json_t *
automatic_json(const struct budget *budget, double allowed)
{
	static const char *const verdicts[] = {
	    [VERDICT_NOTHING] = "nothing", [VERDICT_WITHIN] = "within",
	    [VERDICT_CHANCE] = "chance", [VERDICT_ABOVE] = "above"};
	int64_t n = sum(budget->booked, WAYS), wrong = sum(budget->wrong, WAYS);
	json_t *out = json_pack("{s:I, s:I}", "bookings", (json_int_t)n,
	    "taken_back", (json_int_t)wrong), *ways = json_array();

	if (n) {
		put_rate(out, "rate", (double)wrong / (double)n);
		put_rate(out, "at_most", errors_at_most(wrong, n));
	}
	put_rate(out, "budget", allowed);
	json_put(out, "verdict", verdicts[budget_verdict(wrong, n, allowed)]);
	for (int i = 0; i < WAYS; i++)
		json_array_append_new(ways, json_pack("{s:s, s:I, s:I}",
		    "recognised", way_words((enum way)i),
		    "bookings", (json_int_t)budget->booked[i],
		    "taken_back", (json_int_t)budget->wrong[i]));
	json_object_set_new(out, "ways", ways);
	return out;
}

static json_t *
band_json(const struct budget *budget, int band)
{
	const int64_t *row = budget->answers[band];
	json_t *out = json_pack("{s:I, s:I, s:I, s:I}",
	    "accepted", (json_int_t)row[ANSWER_ACCEPTED],
	    "other", (json_int_t)row[ANSWER_OTHER],
	    "rejected", (json_int_t)row[ANSWER_REJECTED],
	    "no_answer", (json_int_t)row[ANSWER_NONE]);
	int64_t n = answered(budget, band);

	put_rate(out, "from", band_from(band));
	put_rate(out, "to", band_from(band + 1));
	if (n)
		put_rate(out, "said", budget->said[band] / (double)n);
	return out;
}

static void
print_object(const struct context *context, const struct budget *budget,
    const char *since)
{
	json_t *out = json_object(), *bands = json_array();
	json_t *payments = json_pack("{s:I}", "all",
	    (json_int_t)budget->payments);

	json_put(out, "since", since);
	for (int i = 0; i < OUTCOMES; i++) {
		g_autofree char *key = g_strdelimit(g_strdup(
		    outcome_words((enum outcome)i)), " ", '_');

		json_object_set_new(payments, key,
		    json_integer(budget->outcomes[i]));
	}
	json_object_set_new(out, "payments", payments);
	json_object_set_new(out, "automatic", automatic_json(budget,
	    context->config->auto_errors));
	for (int i = 0; i < BANDS; i++)
		if (sum(budget->answers[i], ANSWERS))
			json_array_append_new(bands, band_json(budget, i));
	json_object_set_new(out, "suggestions", bands);
	print_json(out);
}

int
report_matching(struct context *context, const char *since, bool json)
{
	struct budget budget = {0};
	int code = open_store(context, STORE_READ);
	enum store_status status;

	if (code != EX_OK)
		return code;
	status = store_journal_payments(context->store, since ? since : "",
	    budget_count, &budget);
	budget_end(&budget);
	if (status != STORE_OK)
		return store_failed(context, status);
	if (json)
		print_object(context, &budget, since);
	else
		print_page(context, &budget);
	return EX_OK;
}
