/*
 * deserving.c - who deserves instalments: conditions on how a customer has
 * paid, as words of the configuration. A condition is a row of the table: its
 * words, and the figure that it looks at.
 */
#include "config_internal.h"
#include "instalments.h"
#include "phrases.h"

#include "../parser/parser.h"

#include <string.h>

typedef bool test(const struct deserving *one,
    const struct deserving_facts *facts, char **figure);

static bool
paid_invoices(const struct deserving *one,
    const struct deserving_facts *facts, char **figure)
{
	*figure = g_strdup_printf("%d paid", facts->behaviour->paid);
	return facts->behaviour->paid >= one->number;
}

static bool
median_below(const struct deserving *one,
    const struct deserving_facts *facts, char **figure)
{
	const struct behaviour *b = facts->behaviour;

	*figure = b->known == 0 ? g_strdup("not known") :
	    g_strdup_printf("%d days, of %d invoices", b->median, b->known);
	return b->known > 0 && b->median < one->number;
}

static bool
late_below(const struct deserving *one,
    const struct deserving_facts *facts, char **figure)
{
	const struct behaviour *b = facts->behaviour;

	*figure = g_strdup_printf("%d of %d paid more than %d days late",
	    b->late, b->known, BEHAVIOUR_LATE);
	return b->known > 0 && b->late * 100 < one->number * b->known;
}

static bool
unbroken(const struct deserving *one, const struct deserving_facts *facts,
    char **figure)
{
	int months = one->number ? one->number : G_MAXINT;

	*figure = facts->broken_months < 0 ? g_strdup("none was broken") :
	    g_strdup_printf("one was broken %d months ago",
	    facts->broken_months);
	return facts->broken_months < 0 || facts->broken_months >= months;
}

/* Money is compared in the owner's currency only. */
static bool
balance_figure(const struct deserving_facts *facts, char **figure)
{
	g_autofree char *text = money_text(facts->balance, facts->currency);

	*figure = facts->comparable ? g_strdup_printf("%s open", text) :
	    g_strdup_printf("what is open is not in %s", facts->currency);
	return facts->comparable;
}

static bool
balance_most(const struct deserving *one,
    const struct deserving_facts *facts, char **figure)
{
	return balance_figure(facts, figure) && facts->balance <= one->amount;
}

static bool
balance_least(const struct deserving *one,
    const struct deserving_facts *facts, char **figure)
{
	return balance_figure(facts, figure) && facts->balance >= one->amount;
}

static bool
overdue_below(const struct deserving *one,
    const struct deserving_facts *facts, char **figure)
{
	*figure = facts->overdue <= 0 ? g_strdup("nothing is overdue") :
	    g_strdup_printf("overdue since %d days", facts->overdue);
	return facts->overdue < one->number;
}

static bool
nobody(const struct deserving *one, const struct deserving_facts *facts,
    char **figure)
{
	(void)one;
	(void)facts;
	*figure = g_strdup("you decide each time");
	return false;
}

/* # a number, $ an amount; an s at a word's end may be there or not. */
static const struct {
	const char *words;
	test *holds;
} kinds[] = {
    {"paid # invoices", paid_invoices},
    {"median lateness below # days", median_below},
    {"late share below # percent", late_below},
    {"no broken plan in # months", unbroken},
    {"no broken plan", unbroken},
    {"balance at most $", balance_most},
    {"balance at least $", balance_least},
    {"oldest overdue below # days", overdue_below},
    {"nobody", nobody},
};

static bool
same_word(const char *one, const char *other)
{
	size_t n = strlen(one), m = strlen(other);

	n -= n > 1 && one[n - 1] == 's';
	m -= m > 1 && other[m - 1] == 's';
	return n == m && g_ascii_strncasecmp(one, other, n) == 0;
}

static bool
fits(const char *words, char **given, struct deserving *out, char **money)
{
	g_auto(GStrv) wanted = g_strsplit(words, " ", -1);
	guint64 number = 0;
	const char *amount = NULL;

	if (g_strv_length(wanted) != g_strv_length(given))
		return false;
	for (size_t i = 0; wanted[i]; i++) {
		if (strcmp(wanted[i], "#") == 0) {
			if (!g_ascii_string_to_unsigned(given[i], 10, 1, 1000,
			    &number, NULL))
				return false;
		} else if (strcmp(wanted[i], "$") == 0) {
			amount = given[i];
		} else if (!same_word(wanted[i], given[i])) {
			return false;
		}
	}
	out->number = (int)number;
	*money = g_strdup(amount);
	return true;
}

struct deserving *
deserving_parse(const char *text, char **money, char **why)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
	struct deserving found = {0};
	g_autoptr(GString) all = g_string_new(NULL);

	*money = NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (!fits(kinds[i].words, words, &found, money)) {
			g_string_append_printf(all, "%s\"%s\"", i ? ", " : "",
			    kinds[i].words);
			continue;
		}
		found.kind = (int)i;
		found.text = g_strdup(text);
		return g_memdup2(&found, sizeof found);
	}
	*why = g_strdup_printf("\"%s\" is no condition; there are %s "
	    "(# a number, $ an amount)", text, all->str);
	return NULL;
}

void
deserving_free(struct deserving *one)
{
	if (!one)
		return;
	g_free(one->text);
	g_free(one);
}

char *
deserving_convert(struct reading *reading, const struct field *field,
    GPtrArray **list, const char *value, int line)
{
	char *why = NULL, *money = NULL;
	struct deserving *one = deserving_parse(value, &money, &why);
	struct pending_money pending = {field, NULL, money, line, NULL};

	if (!one)
		return why;
	if (!*list)
		*list = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)deserving_free);
	g_ptr_array_add(*list, one);
	pending.target = &one->amount;
	if (money)
		g_array_append_val(reading->money, pending);
	return NULL;
}

GPtrArray *
deserving_standard(void)
{
	static const char *const standard[] = {"paid 3 invoices",
	    "median lateness below 15 days", "no broken plan in 24 months"};
	GPtrArray *out = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)deserving_free);

	for (size_t i = 0; i < G_N_ELEMENTS(standard); i++) {
		char *money, *why;

		g_ptr_array_add(out, deserving_parse(standard[i], &money,
		    &why));
	}
	return out;
}

bool
deserving_holds(const struct deserving *one,
    const struct deserving_facts *facts, char **figure)
{
	return kinds[one->kind].holds(one, facts, figure);
}
