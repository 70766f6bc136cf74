/*
 * store_sources.c - random worlds of one account: true transactions, twins
 * among them, and what mails, reports of the day, statements and lists
 * without ids tell of them, each in its own broken way, in any order and more
 * than once. The ledger is the truth, and the same in every order.
 */
#include "store_lib.h"

#include <stdlib.h>

#define WORLDS 300
#define ORDERS 5
#define TRUTHS 7

enum { MAILS, DAY_REPORT, MORNING, EVENING, FIRST, SECOND, LIST, LONGER,
	FORGED, SOURCES };

static int looked_at;
static guint32 seed;

struct truth {			/* a transaction as it really was */
	int64_t amount;
	int day;
	const char *payer, *payer_account, *text;
	char bank_id[16], end_id[16];
};

struct world {
	struct truth truths[TRUTHS];
	int count;
	/* what this bank's mails, reports and lists say, and how */
	bool ids, end_ids, ids_in_mail, masked, payer_in_mail, text_in_mail,
	    cut, text_in_list, account_in_list, day_before;
	int lag;
	bool told[SOURCES];
	GPtrArray *mails;	/* struct tale, one report each */
	GPtrArray *strings, *tales;
};

struct tale {			/* a document: its reports, in its own order */
	GArray *reports;	/* struct report */
};

static void
tale_free(void *data)
{
	struct tale *tale = data;

	g_array_unref(tale->reports);
	g_free(tale);
}

static char *
keep(struct world *world, char *text)
{
	g_ptr_array_add(world->strings, text);
	return text;
}

static bool
chance(GRand *rand, double how)
{
	return g_rand_double(rand) < how;
}

/* ---- the truth ---------------------------------------------------------------- */

static void
make_truths(struct world *world, GRand *rand)
{
	static const char *const payers[] = { "Ada Lovelace Engines Ltd",
		"Grace Hopper GmbH", "Bob & Söhne" };
	static const char *const accounts[] = { "GB33BUKB20201555555555",
		"DE75512108001245126199", "AT611904300234573201" };
	static const char *const texts[][3] = {
		{ "Invoice 2026-0017", "Invoice 2026-0018", "Rent" },
		{ "Invoice 2026-0020", "2026-0021 thank you", "Rent" },
		{ "Invoice 2026-0030", "Rent", "2026-0031" } };

	world->count = g_rand_int_range(rand, 1, TRUTHS + 1);
	for (int i = 0; i < world->count; i++) {
		struct truth *truth = &world->truths[i];
		int who = g_rand_int_range(rand, 0, 3);

		truth->amount = chance(rand, 0.5) ? 10000 : 49900;
		truth->day = g_rand_int_range(rand, 10, 14);
		truth->payer = payers[who];
		truth->payer_account = accounts[who];
		truth->text = texts[who][g_rand_int_range(rand, 0, 3)];
		if (i && chance(rand, 0.3))	/* a twin */
			*truth = world->truths[i - 1];
		g_snprintf(truth->bank_id, 16, "FT26%03d", i);
		g_snprintf(truth->end_id, 16, "E2E-%d", i);
	}
}

static void
make_habits(struct world *world, GRand *rand)
{
	bool *const habits[] = { &world->ids, &world->end_ids,
		&world->ids_in_mail, &world->masked, &world->payer_in_mail,
		&world->text_in_mail, &world->cut, &world->text_in_list,
		&world->account_in_list, &world->day_before };

	for (size_t i = 0; i < G_N_ELEMENTS(habits); i++)
		*habits[i] = chance(rand, 0.5);
	world->lag = g_rand_int_range(rand, 0, 3);
	for (int i = 0; i < SOURCES; i++)
		world->told[i] = chance(rand, 0.6);
}

/* ---- what is told of it ---------------------------------------------------------- */

static struct report
base(struct world *world, const struct truth *truth, enum channel channel,
    enum trust trust, int day)
{
	struct report report = make_report(channel, trust, truth->amount,
	    keep(world, g_strdup_printf("2026-11-%02d", day)), NULL);

	report.payment.payer = (char *)truth->payer;
	report.payment.payer_account = (char *)truth->payer_account;
	report.payment.remittance = (char *)truth->text;
	return report;
}

static struct report
in_mail(struct world *world, int i, bool forged)
{
	const struct truth *truth = &world->truths[i];
	struct report report = base(world, truth, CHANNEL_NOTICE,
	    forged ? TRUST_U : TRUST_A, truth->day);

	report.source = keep(world, g_strdup_printf("%s%d",
	    forged ? "forged" : "mail", i));
	report.payment.payer_account = NULL;
	report.payment.arrived = 500 + i;
	if (world->masked)
		report.payment.account = (char *)"...2051";
	if (!world->payer_in_mail)
		report.payment.payer = NULL;
	else if (world->cut)
		report.payment.payer = keep(world,
		    g_utf8_substring(truth->payer, 0, 11));
	if (!world->text_in_mail)
		report.payment.remittance = NULL;
	if (world->ids && world->ids_in_mail)
		report.payment.bank_reference = (char *)truth->bank_id;
	return report;
}

static struct report
in_entry(struct world *world, int source, int i)
{
	const struct truth *truth = &world->truths[i];
	bool list = source == LIST || source == LONGER;
	bool report_of_day = source < FIRST;
	struct report report = base(world, truth, CHANNEL_STATEMENT,
	    report_of_day ? TRUST_A : TRUST_S, truth->day + world->lag -
	    (report_of_day && world->day_before && world->lag));

	report.source = keep(world, g_strdup_printf("file%d#%d", source, i));
	if (!list && world->ids)
		report.payment.bank_reference = (char *)truth->bank_id;
	if (!list && world->end_ids)
		report.payment.end_to_end_id = (char *)truth->end_id;
	if (list && !world->text_in_list)
		report.payment.remittance = NULL;
	if (list && !world->account_in_list)
		report.payment.payer_account = NULL;
	return report;
}

static bool
tells(const struct world *world, int source, int i)
{
	int day = world->truths[i].day;

	switch (source) {
	case MORNING: return day == 11 && i % 2;
	case EVENING: return day == 11;
	case FIRST: return day <= 11;
	case SECOND: return day >= 11;
	case LIST: return day <= 12;
	case LONGER: return day >= 12;
	default: return true;
	}
}

static void
tell(struct world *world, GRand *rand)
{
	for (int source = 0; source < SOURCES; source++) {
		bool single = source == MAILS || source == FORGED;
		struct tale *tale = NULL;

		/* The statements are complete, or nobody knows the truth. */
		if (!world->told[source] && source != FIRST &&
		    source != SECOND)
			continue;
		for (int i = 0; i < world->count; i++) {
			struct report report;

			if (!tells(world, source, i) ||
			    (single && chance(rand, 0.2)))
				continue;
			report = single ? in_mail(world, i, source == FORGED) :
			    in_entry(world, source, i);
			if (!tale || single) {
				tale = g_new0(struct tale, 1);
				tale->reports = g_array_new(FALSE, FALSE,
				    sizeof report);
				g_ptr_array_add(world->tales, tale);
			}
			g_array_append_val(tale->reports, report);
		}
	}
}

static void
world_init(struct world *world, GRand *rand)
{
	*world = (struct world){
		.strings = g_ptr_array_new_with_free_func(g_free),
		.tales = g_ptr_array_new_with_free_func(tale_free),
	};
	make_habits(world, rand);
	make_truths(world, rand);
	tell(world, rand);
}

static void
world_release(struct world *world)
{
	g_ptr_array_unref(world->tales);
	g_ptr_array_unref(world->strings);
}

/* ---- playing it -------------------------------------------------------------------- */

static void
say_all(struct store *store, const struct tale *tale, int64_t at)
{
	for (guint i = 0; i < tale->reports->len; i++) {
		struct report report = g_array_index(tale->reports,
		    struct report, i);
		enum report_result result;
		int64_t id;

		if (at && report.payment.arrived == 1000)
			report.payment.arrived = at;
		CALL(store, store_payment_report(store, &report, &result,
		    &id));
		g_assert_cmpint(result, !=, REPORT_CONFLICT);
		looked_at++;
	}
}

/* Each document at least once, some again, in an order of its own. */
static GArray *
make_order(const struct world *world, GRand *rand)
{
	GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint i = 0; i < world->tales->len; i++) {
		g_array_append_val(order, i);
		if (chance(rand, 0.3))
			g_array_append_val(order, i);
	}
	for (guint i = order->len; i > 1; i--) {
		guint j = (guint)g_rand_int_range(rand, 0, (gint32)i);
		guint *list = (guint *)(void *)order->data, swap = list[i - 1];

		list[i - 1] = list[j];
		list[j] = swap;
	}
	return order;
}

static int
compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *
truth_text(const struct world *world)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

	for (int i = 0; i < world->count; i++) {
		const struct truth *t = &world->truths[i];

		g_ptr_array_add(lines, g_strdup_printf("%" PRId64
		    " %d %s %s %s", t->amount, t->day + world->lag, t->payer,
		    t->text, world->ids ? t->bank_id : "-"));
	}
	g_ptr_array_sort(lines, compare_words);
	g_ptr_array_add(lines, NULL);
	return g_strjoinv("\n", (char **)lines->pdata);
}

static char *
books_text(struct store *store)
{
	const struct payment_filter all = { 0 };
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

	CALL(store, store_payment_list(store, &all, &list));
	for (guint i = 0; i < list->len; i++) {
		const struct payment *p = list->pdata[i];

		if (p->state == PAYMENT_POSSIBLE)
			continue;	/* no money */
		g_ptr_array_add(lines, g_strdup_printf("%" PRId64
		    " %d %s %s %s", p->amount, atoi(p->booked + 8), p->payer,
		    p->remittance, p->bank_reference ? p->bank_reference :
		    "-"));
	}
	g_ptr_array_sort(lines, compare_words);
	g_ptr_array_add(lines, NULL);
	return g_strjoinv("\n", (char **)lines->pdata);
}

/* The ledger without what is only possible. */
static char *
known_text(struct store *store)
{
	g_autofree char *all = ledger_text(store);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
	GString *out = g_string_new(NULL);

	for (char **line = lines; *line; line++)
		if (!strstr(*line, " state 0 "))
			g_string_append_printf(out, "%s\n", *line);
	return g_string_free(out, FALSE);
}

static char *
play(struct store *store, const struct world *world, GRand *rand)
{
	g_autoptr(GArray) order = make_order(world, rand);
	g_autofree char *truth = truth_text(world), *books = NULL;
	char *text;

	CALL(store, store_begin(store));
	for (guint i = 0; i < order->len; i++)
		say_all(store, world->tales->pdata[g_array_index(order, guint,
		    i)], 0);
	books = books_text(store);
	text = known_text(store);
	g_test_message("%s", text);
	g_assert_cmpstr(books, ==, truth);
	g_assert_null(strstr(text, " state 1 "));
	store_rollback(store);
	return text;
}

static void
test_complete(void)
{
	struct scratch scratch;
	const char *more = g_getenv("WORLDS");
	int worlds = more ? atoi(more) : WORLDS;

	scratch_open(&scratch);
	looked_at = 0;
	for (int i = 0; i < worlds; i++) {
		g_autoptr(GRand) rand = g_rand_new_with_seed(seed + (guint)i);
		g_autofree char *first = NULL;
		struct world world;

		g_test_message("seed %u", seed + (guint)i);
		world_init(&world, rand);
		for (int k = 0; k < ORDERS; k++) {
			g_autofree char *text = play(scratch.store, &world,
			    rand);

			if (!first)
				first = g_steal_pointer(&text);
			else
				g_assert_cmpstr(text, ==, first);
		}
		world_release(&world);
	}
	g_assert_cmpint(looked_at, >, worlds * 10);
	scratch_close(&scratch);
}

int
main(int argc, char **argv)
{
	const char *given = g_getenv("SEED");

	g_test_init(&argc, &argv, NULL);
	seed = given ? (guint32)strtoul(given, NULL, 10) : 20261;
	g_test_add_func("/sources/any-order", test_complete);
	return g_test_run();
}
