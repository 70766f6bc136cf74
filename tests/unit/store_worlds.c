/*
 * store_worlds.c - random worlds: the number of payments is the maximum over
 * channels, twins stay two, and the order of arrival does not matter.
 */
#include "store_lib.h"

#define WORLDS 500
#define ORDERED_WORLDS 60

static int looked_at;

static void
say(struct store *store, const struct report *report)
{
	enum report_result result;
	int64_t id;

	CALL(store, store_payment_report(store, report, &result, &id));
	g_assert_cmpint(result, !=, REPORT_CONFLICT);
	looked_at++;
}

static void
shuffle(GRand *rand, GArray *array, guint size)
{
	for (guint i = array->len; i > 1; i--) {
		guint j = (guint)g_rand_int_range(rand, 0, (gint32)i);
		g_autofree char *swap = g_memdup2(array->data +
		    (i - 1) * size, size);

		memcpy(array->data + (i - 1) * size, array->data + j * size,
		    size);
		memcpy(array->data + j * size, swap, size);
	}
}

/* ---- maximum over channels --------------------------------------------------- */

struct sight {			/* one channel sees one payment */
	enum channel channel;
	int group;
	char source[16];
};

static void
see(GRand *rand, GArray *sights, enum channel channel, const int *groups,
    int count, double chance, int seen[2])
{
	for (int i = 0; i < count; i++) {
		struct sight sight = { channel, groups[i], "" };

		if (g_rand_double(rand) >= chance)
			continue;
		seen[groups[i]]++;
		if (channel == CHANNEL_NOTICE)
			g_snprintf(sight.source, sizeof(sight.source),
			    "mail%d", i);
		else
			g_snprintf(sight.source, sizeof(sight.source),
			    "day#%d", i);
		g_array_append_val(sights, sight);
		if (g_rand_double(rand) < 0.2)
			g_array_append_val(sights, sight);
	}
}

static void
one_world(struct store *store, GRand *rand)
{
	static const int sizes[] = { 1, 1, 1, 2, 2, 3 };
	g_autoptr(GArray) sights = g_array_new(FALSE, FALSE,
	    sizeof(struct sight));
	int seen[2][2] = { { 0, 0 }, { 0, 0 } }, groups[3];
	int count = sizes[g_rand_int_range(rand, 0, 6)];

	for (int i = 0; i < count; i++)
		groups[i] = g_rand_int_range(rand, 0, 2);
	see(rand, sights, CHANNEL_NOTICE, groups, count, 0.95, seen[0]);
	see(rand, sights, CHANNEL_STATEMENT, groups, count, 1.0, seen[1]);
	shuffle(rand, sights, sizeof(struct sight));
	for (guint i = 0; i < sights->len; i++) {
		const struct sight *sight = &g_array_index(sights,
		    struct sight, i);
		struct report report = make_report(sight->channel,
		    sight->channel == CHANNEL_NOTICE ? TRUST_A : TRUST_S,
		    10000, "2026-11-10", sight->source);

		report.payment.remittance = (char *)(sight->group ?
		    "Invoice 2026-17" : "Invoice 2026-18");
		say(store, &report);
	}
	g_assert_cmpint(count_payments(store), ==,
	    MAX(seen[0][0], seen[1][0]) + MAX(seen[0][1], seen[1][1]));
}

static void
test_worlds(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(17);
	struct scratch scratch;

	scratch_open(&scratch);
	looked_at = 0;
	for (int i = 0; i < WORLDS; i++) {
		CALL(scratch.store, store_begin(scratch.store));
		one_world(scratch.store, rand);
		store_rollback(scratch.store);
	}
	g_assert_cmpint(looked_at, >, WORLDS * 2);
	scratch_close(&scratch);
}

/* ---- any order ----------------------------------------------------------------- */

struct truth {			/* a payment as it really was */
	int64_t amount;
	int day;
	const char *payer, *payer_account, *text;
	char bank_id[16];
};

struct world {
	struct truth truths[6];
	int count;
	bool ids, ids_in_mail, masked, payer_in_mail, text_in_mail, cut, lag;
	GArray *sources[4];	/* struct report: mails, two statements, forged */
	GPtrArray *strings;
};

static char *
keep(struct world *world, char *text)
{
	g_ptr_array_add(world->strings, text);
	return text;
}

static void
make_truths(struct world *world, GRand *rand)
{
	static const char *const payers[] = { "Ada Lovelace Engines Ltd",
		"Grace Hopper GmbH", "Bob & Söhne" };
	static const char *const accounts[] = { "GB33BUKB20201555555555",
		"DE75512108001245126199", "AT611904300234573201" };
	static const char *const texts[] = { "Invoice 2026-0017",
		"Invoice 2026-0018", "2026-0019 thank you" };

	world->count = g_rand_int_range(rand, 1, 7);
	for (int i = 0; i < world->count; i++) {
		struct truth *truth = &world->truths[i];
		int who = g_rand_int_range(rand, 0, 3);

		truth->amount = g_rand_boolean(rand) ? 10000 : 49900;
		truth->day = g_rand_int_range(rand, 10, 13);
		truth->payer = payers[who];
		truth->payer_account = accounts[who];
		truth->text = texts[g_rand_int_range(rand, 0, 3)];
		g_snprintf(truth->bank_id, sizeof(truth->bank_id), "FT26%03d",
		    i);
	}
}

static void
tell(struct world *world, int source, struct report report,
    const struct truth *truth, bool details)
{
	report.payment.payer = (char *)truth->payer;
	report.payment.payer_account = details ?
	    (char *)truth->payer_account : NULL;
	report.payment.remittance = (char *)truth->text;
	if (details && world->ids)
		report.payment.bank_reference = (char *)truth->bank_id;
	g_array_append_val(world->sources[source], report);
}

static void
tell_mail(struct world *world, int i, bool forged)
{
	const struct truth *truth = &world->truths[i];
	struct report report = make_report(CHANNEL_NOTICE,
	    forged ? TRUST_U : TRUST_A, truth->amount,
	    keep(world, g_strdup_printf("2026-11-%02d", truth->day)),
	    keep(world, g_strdup_printf("%s%d", forged ? "forged" : "mail",
		i)));

	if (world->masked)
		report.payment.account = (char *)"...2051";
	tell(world, forged ? 3 : 0, report, truth, false);
	report = g_array_index(world->sources[forged ? 3 : 0], struct report,
	    world->sources[forged ? 3 : 0]->len - 1);
	if (!world->payer_in_mail)
		report.payment.payer = NULL;
	else if (world->cut)
		report.payment.payer = keep(world,
		    g_utf8_substring(truth->payer, 0, 11));
	if (!world->text_in_mail)
		report.payment.remittance = NULL;
	if (world->ids && world->ids_in_mail)
		report.payment.bank_reference = (char *)truth->bank_id;
	report.payment.arrived = 500 + i;
	g_array_index(world->sources[forged ? 3 : 0], struct report,
	    world->sources[forged ? 3 : 0]->len - 1) = report;
}

static void
tell_statement(struct world *world, int source, int i)
{
	const struct truth *truth = &world->truths[i];
	struct report report = make_report(CHANNEL_STATEMENT, TRUST_S,
	    truth->amount, keep(world, g_strdup_printf("2026-11-%02d",
	    truth->day + world->lag)),
	    keep(world, g_strdup_printf("file%d#%d", source, i + 1)));

	tell(world, source, report, truth, true);
}

static void
world_init(struct world *world, GRand *rand)
{
	*world = (struct world){ .strings =
	    g_ptr_array_new_with_free_func(g_free) };
	world->ids = g_rand_boolean(rand);
	world->ids_in_mail = g_rand_boolean(rand);
	world->masked = g_rand_boolean(rand);
	world->payer_in_mail = g_rand_boolean(rand);
	world->text_in_mail = g_rand_boolean(rand);
	world->cut = g_rand_boolean(rand);
	world->lag = g_rand_boolean(rand);
	for (int i = 0; i < 4; i++)
		world->sources[i] = g_array_new(FALSE, FALSE,
		    sizeof(struct report));
	make_truths(world, rand);
	for (int i = 0; i < world->count; i++) {
		int day = world->truths[i].day;

		if (g_rand_double(rand) < 0.9)
			tell_mail(world, i, false);
		if (day <= 11)
			tell_statement(world, 1, i);
		if (day >= 11)
			tell_statement(world, 2, i);
		if (g_rand_double(rand) < 0.3)
			tell_mail(world, i, true);
	}
}

static void
world_release(struct world *world)
{
	for (int i = 0; i < 4; i++)
		g_array_unref(world->sources[i]);
	g_ptr_array_unref(world->strings);
}

static char *
play(struct store *store, const struct world *world, const int order[4])
{
	char *text;

	CALL(store, store_begin(store));
	for (int i = 0; i < 4; i++) {
		const GArray *source = world->sources[order[i]];

		for (guint j = 0; j < source->len; j++)
			say(store, &g_array_index(source, struct report, j));
	}
	g_assert_cmpint(count_payments(store), ==, world->count);
	text = ledger_text(store);
	store_rollback(store);
	return text;
}

static void
all_orders(struct store *store, const struct world *world)
{
	g_autofree char *first = NULL;
	int order[4];

	for (int i = 0; i < 256; i++) {
		g_autofree char *text = NULL;
		int used = 0;

		for (int k = 0; k < 4; k++) {
			order[k] = i >> 2 * k & 3;
			used |= 1 << order[k];
		}
		if (used != 15)
			continue;
		text = play(store, world, order);
		if (!first)
			first = g_steal_pointer(&text);
		else
			g_assert_cmpstr(text, ==, first);
	}
}

static void
test_orders(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(18);
	struct scratch scratch;

	scratch_open(&scratch);
	looked_at = 0;
	for (int i = 0; i < ORDERED_WORLDS; i++) {
		struct world world;

		world_init(&world, rand);
		all_orders(scratch.store, &world);
		world_release(&world);
	}
	g_assert_cmpint(looked_at, >, ORDERED_WORLDS * 24);
	scratch_close(&scratch);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/worlds/maximum-over-channels", test_worlds);
	g_test_add_func("/worlds/any-order", test_orders);
	return g_test_run();
}
