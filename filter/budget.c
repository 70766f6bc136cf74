/*
 * budget.c - counts from the journal how money was matched, and judges the
 * bookings without a person against the owner's error budget. Pure.
 */
#include "budget.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#define ENOUGH 100		/* bookings; with fewer a bound says nothing */

struct tally {			/* the story of one payment */
	int64_t payment;
	bool set_aside;
	bool counts;		/* it is money */
	bool automatic;		/* stands, booked without a person */
	bool owner;		/* stands, by the owner; or is a credit */
	bool ignored;		/* the last time by a rule */
	enum way way;
	double probability;	/* of the last suggestion, 0: none */
	GHashTable *suggested, *chosen;	/* its invoices, and the owner's */
	enum answer answer;
};

static const struct {
	const char *code;
	enum way way;
} ways[] = {
    {"settle:reference", WAY_NUMBER}, {"settle:account", WAY_ACCOUNT},
    {"settle:name", WAY_NAME}, {"settle:rule", WAY_RULE},
};

static const double bands[BANDS + 1] = {0, 0.5, 0.8, 0.9, 0.95, 0.99, 1};

const char *
outcome_words(enum outcome outcome)
{
	static const char *const words[] = {
	    [OUTCOME_AUTO] = "booked without a person",
	    [OUTCOME_OWNER] = "booked by the owner",
	    [OUTCOME_WAITING] = "waiting",
	    [OUTCOME_ASIDE] = "set aside",
	    [OUTCOME_IGNORED] = "ignored by a rule",
	};

	return words[outcome];
}

const char *
way_words(enum way way)
{
	static const char *const words[] = {
	    [WAY_NUMBER] = "by number", [WAY_ACCOUNT] = "by account",
	    [WAY_NAME] = "by name", [WAY_RULE] = "by rule",
	};

	return words[way];
}

double
band_from(int band)
{
	return bands[band];
}

/* ---- one payment --------------------------------------------------------------- */

static GHashTable *
numbers_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void
tally_free(struct tally *tally)
{
	g_hash_table_unref(tally->suggested);
	g_hash_table_unref(tally->chosen);
	g_free(tally);
}

static void
add_numbers(GHashTable *numbers, const json_t *evidence)
{
	const json_t *list = json_object_get(evidence, "invoices"), *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (json_is_string(one))
			g_hash_table_add(numbers,
			    g_strdup(json_string_value(one)));
}

static bool
same_numbers(GHashTable *a, GHashTable *b)
{
	GHashTableIter iter;
	gpointer number;

	if (g_hash_table_size(a) != g_hash_table_size(b))
		return false;
	g_hash_table_iter_init(&iter, a);
	while (g_hash_table_iter_next(&iter, &number, NULL))
		if (!g_hash_table_contains(b, number))
			return false;
	return true;
}

static void
read_suggested(struct tally *tally, const json_t *evidence)
{
	const char *text = json_string_value(
	    json_object_get(evidence, "probability"));

	g_hash_table_remove_all(tally->suggested);
	g_hash_table_remove_all(tally->chosen);
	add_numbers(tally->suggested, evidence);
	tally->probability = text ? g_ascii_strtod(text, NULL) : 0;
	tally->answer = ANSWER_NONE;
}

static void
read_owner(struct tally *tally, const json_t *evidence)
{
	tally->owner = true;
	if (tally->answer == ANSWER_REJECTED)
		g_hash_table_remove_all(tally->chosen);
	add_numbers(tally->chosen, evidence);
	tally->answer = same_numbers(tally->chosen, tally->suggested)
	    ? ANSWER_ACCEPTED : ANSWER_OTHER;
}

/* A booking has an entry for each invoice; the first says how it came. */
static void
read_booked(struct budget *budget, struct tally *tally, enum way way)
{
	if (tally->automatic)
		return;
	tally->automatic = true;
	tally->way = way;
	tally->probability = 0;		/* no answer of a person */
	budget->booked[way]++;
}

/* What went back was booked right. */
static void
read_reversed(struct budget *budget, struct tally *tally, const char *code)
{
	if (tally->automatic && (strcmp(code, "reversed:owner") == 0 ||
	    strcmp(code, "reversed:stronger-evidence") == 0))
		budget->wrong[tally->way]++;
	tally->automatic = tally->owner = false;
	tally->answer = ANSWER_NONE;
	g_hash_table_remove_all(tally->chosen);
}

static void
read_no(struct tally *tally, const json_t *evidence)
{
	(void)evidence;
	tally->ignored = false;
	tally->answer = ANSWER_REJECTED;
}

static void
read_credit(struct tally *tally, const json_t *evidence)
{
	tally->owner = true;
	read_no(tally, evidence);
}

static void
read_ignored(struct tally *tally, const json_t *evidence)
{
	(void)evidence;
	tally->ignored = true;
}

static void
read_undone(struct tally *tally, const json_t *evidence)
{
	(void)evidence;
	tally->owner = tally->ignored = false;
	tally->answer = ANSWER_NONE;
}

static const struct {
	const char *code;
	void (*read)(struct tally *tally, const json_t *evidence);
} readers[] = {
    {"suggested", read_suggested}, {"settle:owner", read_owner},
    {"rejected:owner", read_no}, {"set-aside", read_no},
    {"set-aside:rule", read_ignored}, {"credit:owner", read_credit},
    {"rejected:undone", read_undone}, {"aside:undone", read_undone},
    {"credit:undone", read_undone},
};

static void
read_entry(struct budget *budget, struct tally *tally,
    const struct journal_entry *entry)
{
	json_t *evidence;

	if (g_str_has_prefix(entry->code, "reversed:")) {
		read_reversed(budget, tally, entry->code);
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++)
		if (strcmp(entry->code, ways[i].code) == 0)
			read_booked(budget, tally, ways[i].way);
	for (size_t i = 0; i < G_N_ELEMENTS(readers); i++) {
		if (strcmp(entry->code, readers[i].code) != 0)
			continue;
		evidence = entry->evidence ?
		    json_loads(entry->evidence, 0, NULL) : NULL;
		readers[i].read(tally, evidence);
		json_decref(evidence);
	}
}

/* ---- all of them --------------------------------------------------------------- */

static enum outcome
outcome_of(const struct tally *tally)
{
	if (tally->set_aside)
		return tally->ignored ? OUTCOME_IGNORED : OUTCOME_ASIDE;
	if (tally->automatic)
		return OUTCOME_AUTO;
	return tally->owner ? OUTCOME_OWNER : OUTCOME_WAITING;
}

void
budget_end(struct budget *budget)
{
	struct tally *tally = g_steal_pointer(&budget->open);
	int band = 0;

	if (!tally)
		return;
	if (tally->counts) {
		budget->payments++;
		budget->outcomes[outcome_of(tally)]++;
	}
	if (tally->probability > 0 && g_hash_table_size(tally->suggested)) {
		while (band < BANDS - 1 &&
		    tally->probability >= bands[band + 1])
			band++;
		budget->answers[band][tally->answer]++;
		if (tally->answer != ANSWER_NONE)
			budget->said[band] += tally->probability;
	}
	tally_free(tally);
}

/* What only unverified mail tells of is no money yet. */
void
budget_count(const struct payment *payment,
    const struct journal_entry *entry, void *data)
{
	struct budget *budget = data;

	if (!budget->open || budget->open->payment != payment->id) {
		budget_end(budget);
		budget->open = g_new0(struct tally, 1);
		budget->open->payment = payment->id;
		budget->open->set_aside = payment->set_aside != 0;
		budget->open->counts = payment->state != PAYMENT_POSSIBLE;
		budget->open->suggested = numbers_new();
		budget->open->chosen = numbers_new();
	}
	if (entry)
		read_entry(budget, budget->open, entry);
}

/* ---- how sure ------------------------------------------------------------------ */

/* That at most so many of n are wrong, when p of all are. */
static double
at_most(int64_t wrong, int64_t n, double p)
{
	double sum = 0, all = lgamma((double)n + 1);

	for (int64_t k = 0; k <= wrong; k++)
		sum += exp(all - lgamma((double)k + 1) -
		    lgamma((double)(n - k) + 1) + (double)k * log(p) +
		    (double)(n - k) * log1p(-p));
	return sum;
}

/* Where at_most() falls below a limit. */
static double
falls_below(int64_t wrong, int64_t n, double limit)
{
	double low = 0, high = 1;

	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;

		if (at_most(wrong, n, middle) > limit)
			low = middle;
		else
			high = middle;
	}
	return high;
}

double
errors_at_most(int64_t wrong, int64_t n)
{
	return wrong >= n ? 1 : falls_below(wrong, n, 0.05);
}

double
errors_at_least(int64_t wrong, int64_t n)
{
	return wrong <= 0 ? 0 : falls_below(wrong - 1, n, 0.95);
}

enum verdict
budget_verdict(int64_t wrong, int64_t n, double allowed)
{
	if (n == 0)
		return VERDICT_NOTHING;
	if ((double)wrong <= allowed * (double)n)
		return VERDICT_WITHIN;
	return errors_at_least(wrong, n) <= allowed ? VERDICT_CHANCE
						    : VERDICT_ABOVE;
}

/* ---- in words ------------------------------------------------------------------ */

char *
count_text(int64_t count)
{
	GString *out = g_string_new(NULL);

	g_string_printf(out, "%" PRId64, count);
	for (gssize at = (gssize)out->len - 3; at > 0; at -= 3)
		g_string_insert_c(out, at, ',');
	return g_string_free(out, FALSE);
}

char *
percent_text(double part)
{
	char text[32];

	return g_strconcat(g_ascii_formatd(text, sizeof text,
	    part > 0 && part < 0.0001 ? "%.4f" : "%.2f", part * 100), " %",
	    NULL);
}

char *
rate_text(double rate)
{
	for (int64_t part = 1; part < 1000; part++) {
		double whole = (double)part / rate;

		if (fabs(whole - round(whole)) < 1e-6 * whole)
			return g_strdup_printf("%" PRId64 " in %" PRId64,
			    part, (int64_t)round(whole));
	}
	return percent_text(rate);
}

char *
budget_sentence(int64_t wrong, int64_t n, double allowed)
{
	const char *const words[] = {
	    [VERDICT_WITHIN] = n < ENOUGH
		? "too few to say, but not more than the budget of"
		: "within the budget of",
	    [VERDICT_CHANCE] = "too few to say, but more than the budget of",
	    [VERDICT_ABOVE] = "more than the budget of",
	};
	enum verdict verdict = budget_verdict(wrong, n, allowed);
	g_autofree char *some = count_text(wrong);
	g_autofree char *all = count_text(n);
	g_autofree char *rate = percent_text(n ? (double)wrong / (double)n
					       : 0);
	g_autofree char *most = percent_text(errors_at_most(wrong, n));
	g_autofree char *budget = rate_text(allowed);

	if (verdict == VERDICT_NOTHING)
		return g_strdup("Nothing was booked without a person.");
	return g_strdup_printf("%s of %s automatic bookings %s taken back "
	    "(%s%s%s): %s %s.", some, all, wrong == 1 ? "was" : "were", rate,
	    n >= ENOUGH ? "; at most " : "", n >= ENOUGH ? most : "",
	    words[verdict], budget);
}
