/*
 * The guard: each gate alone, every pair of gates in the order of the ladder,
 * and what other letters than reminders pass.
 */
#include "../../filter/remind.h"

static struct guard_facts
all_open(void)
{
	return (struct guard_facts){.open = 10000, .minimum = 500,
	    .feed_known = true, .feed_fresh = true, .lag_over = true,
	    .in_window = true, .recipient_safe = true, .daily_cap = 1,
	    .is_reminder = true};
}

/* Shuts one gate. */
static void
shut(struct guard_facts *facts, enum gate gate)
{
	switch (gate) {
	case GATE_PAID:
		facts->open = 0;
		break;
	case GATE_ANNOUNCED:
		facts->announced = facts->open > 0 ? facts->open : 1;
		break;
	case GATE_POSSIBLE_PAYMENT:
		facts->possible_payment = true;
		break;
	case GATE_STALE_FEED:
		facts->feed_fresh = false;
		break;
	case GATE_BANK_LAG:
		facts->lag_over = false;
		break;
	case GATE_HOLD:
		facts->on_hold = true;
		break;
	case GATE_UNDELIVERED:
		facts->undelivered = true;
		break;
	case GATE_WINDOW:
		facts->in_window = false;
		break;
	case GATE_CUSTOMER_CAP:
		facts->sent_today = facts->daily_cap;
		break;
	case GATE_MINIMUM:
		facts->minimum = 10001;
		break;
	case GATE_RECIPIENT:
		facts->recipient_safe = false;
		break;
	case GATE_OPEN:
		break;
	}
}

#define GATES (GATE_RECIPIENT + 1)

static bool
passes_before_due(enum gate gate)
{
	return gate == GATE_STALE_FEED || gate == GATE_BANK_LAG;
}

/* index = kind * GATES * GATES + a * GATES + b; kinds: after the due date,
 * before it, no reminder at all. */
static void
test_pair(gconstpointer data)
{
	unsigned index = GPOINTER_TO_UINT(data);
	unsigned kind = index / (GATES * GATES);
	enum gate gates[2] = {index / GATES % GATES, index % GATES};
	enum gate wanted = GATE_OPEN;
	struct guard_facts facts = all_open();

	facts.before_due = kind == 1;
	facts.is_reminder = kind != 2;
	for (int i = 0; i < 2; i++) {
		shut(&facts, gates[i]);
		if ((kind == 1 && passes_before_due(gates[i])) ||
		    (kind == 2 && gates[i] != GATE_UNDELIVERED &&
		    gates[i] != GATE_RECIPIENT))
			continue;
		if (wanted == GATE_OPEN ||
		    (gates[i] != GATE_OPEN && gates[i] < wanted))
			wanted = gates[i];
	}
	g_assert_cmpstr(gate_name(guard_check(&facts)), ==, gate_name(wanted));
}

struct one_case {
	const char *name;
	int64_t open, announced, minimum;
	bool feed_known;
	int sent, cap;
	enum gate gate;
};

static const struct one_case one_cases[] = {
    {"all-open", 10000, 0, 500, true, 0, 1, GATE_OPEN},
    {"overpaid", -1, 0, 500, true, 0, 1, GATE_PAID},
    {"announced-part", 10000, 9000, 500, true, 0, 1, GATE_OPEN},
    {"announced-all-but-a-bit", 10000, 9501, 500, true, 0, 1, GATE_MINIMUM},
    {"announced-more", 10000, 10001, 0, true, 0, 1, GATE_ANNOUNCED},
    {"at-the-minimum", 500, 0, 500, true, 0, 1, GATE_OPEN},
    {"below-the-minimum", 499, 0, 500, true, 0, 1, GATE_MINIMUM},
    {"never-heard", 10000, 0, 500, false, 0, 1, GATE_STALE_FEED},
    {"second-of-two", 10000, 0, 500, true, 1, 2, GATE_OPEN},
    {"third-of-two", 10000, 0, 500, true, 2, 2, GATE_CUSTOMER_CAP},
};

static void
test_one(gconstpointer data)
{
	const struct one_case *c = data;
	struct guard_facts facts = all_open();

	facts.open = c->open;
	facts.announced = c->announced;
	facts.minimum = c->minimum;
	facts.feed_known = c->feed_known;
	facts.sent_today = c->sent;
	facts.daily_cap = c->cap;
	g_assert_cmpstr(gate_name(guard_check(&facts)), ==,
	    gate_name(c->gate));
}

static void
test_names(void)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (int gate = GATE_OPEN; gate <= GATE_RECIPIENT; gate++)
		g_assert_true(g_hash_table_add(seen,
		    (gpointer)gate_name((enum gate)gate)));
	g_assert_cmpstr(gate_name(GATE_STALE_FEED), ==, "feed-stale");
	g_assert_cmpstr(gate_name((enum gate)99), ==, "unknown");
}

int
main(int argc, char **argv)
{
	static const char *const kinds[] = {"after", "before", "other"};

	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < 3 * GATES * GATES; i++) {
		g_autofree char *name = g_strdup_printf("/guard/%s/%s+%s",
		    kinds[i / (GATES * GATES)],
		    gate_name((enum gate)(i / GATES % GATES)),
		    gate_name((enum gate)(i % GATES)));

		g_test_add_data_func(name, GUINT_TO_POINTER(i), test_pair);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(one_cases); i++) {
		g_autofree char *name =
		    g_strdup_printf("/guard/one/%s", one_cases[i].name);

		g_test_add_data_func(name, &one_cases[i], test_one);
	}
	g_test_add_func("/guard/names", test_names);
	return g_test_run();
}
