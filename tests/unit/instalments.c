/*
 * instalments.c - instalment plans: parts that are exactly the sum, dates at
 * equal steps, money that counts in order; and a property: whatever is paid,
 * taken back and announced, the plan says what a ledger of single pennies
 * says.
 */
#include "../../filter/instalments.h"
#include "../../parser/parser.h"

#include <string.h>

/* ---- dates -------------------------------------------------------------------- */

static const struct day_row {
	const char *name, *first, *every;
	int number;
	const char *wanted;
} day_rows[] = {
	{"first", "2026-01-31", "month", 1, "2026-01-31"},
	{"short month", "2026-01-31", "month", 2, "2026-02-28"},
	{"long again", "2026-01-31", "month", 3, "2026-03-31"},
	{"leap year", "2027-12-30", "month", 3, "2028-02-29"},
	{"over the year", "2026-11-15", "month", 3, "2027-01-15"},
	{"two months", "2026-11-30", "2 months", 3, "2027-03-30"},
	{"week", "2026-12-28", "week", 2, "2027-01-04"},
	{"two weeks", "2026-12-01", "2 weeks", 3, "2026-12-29"},
	{"days", "2026-12-01", "10 days", 4, "2026-12-31"},
};

static void
test_day(gconstpointer data)
{
	const struct day_row *row = data;
	char day[DAY_SIZE];

	day_text(instalments_day(day_number(row->first), row->every,
	    row->number), day);
	g_assert_cmpstr(day, ==, row->wanted);
}

static const struct every_row {
	const char *text;
	bool good;
} every_rows[] = {
	{"month", true}, {"3 months", true}, {"week", true}, {"1 week", true},
	{"14 days", true}, {"day", true}, {"", false}, {"0 days", false},
	{"fortnight", false}, {"two weeks", false}, {"2", false},
	{"2 weeks long", false}, {"367 days", false},
};

static void
test_every(gconstpointer data)
{
	const struct every_row *row = data;

	g_assert_cmpint(every_check(row->text), ==, row->good);
}

/* ---- amounts -------------------------------------------------------------------- */

static const struct part_row {
	int64_t total;
	int parts;
	int64_t minimum;
	const char *wanted;
} part_rows[] = {
	{49900, 3, 0, "16633 16633 16634"}, {100, 3, 0, "33 33 34"},
	{300, 3, 0, "100 100 100"}, {1, 3, 0, "1"}, {2, 3, 0, "1 1"},
	{10000, 4, 3000, "3333 3333 3334"}, {10000, 4, 6000, "10000"},
	{INT64_C(900000000000000001), 2, 0,
	    "450000000000000000 450000000000000001"},
};

static void
test_parts(gconstpointer data)
{
	const struct part_row *row = data;
	g_autoptr(GPtrArray) parts = instalments_parts(row->total, row->parts,
	    row->minimum, day_number("2026-12-01"), "month");
	g_autoptr(GString) got = g_string_new(NULL);

	for (guint i = 0; i < parts->len; i++)
		g_string_append_printf(got, "%s%" G_GINT64_FORMAT,
		    i ? " " : "", ((struct instalment *)parts->pdata[i])
		    ->amount);
	g_assert_cmpstr(got->str, ==, row->wanted);
}

/* ---- money against parts: the property --------------------------------------------- */

#define PARTS 6

struct world {			/* one plan on one invoice, and its ledger */
	struct instalment_plan plan;
	struct instalment_invoice row;
	GPtrArray *money;
	int64_t paid, covered;	/* the model: running sums, never below 0 */
};

static void
world_open(struct world *world, GRand *rand)
{
	int64_t total = g_rand_int_range(rand, PARTS, 100000);

	*world = (struct world){.row = {.invoice = 1, .base = total,
	    .open = total, .state = INVOICE_OPEN}};
	world->plan.parts = instalments_parts(total, PARTS, 0,
	    day_number("2026-12-01"), "week");
	world->plan.invoices = g_ptr_array_new();
	g_ptr_array_add(world->plan.invoices, &world->row);
	world->money = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)instalment_money_free);
}

static void
world_close(struct world *world)
{
	g_ptr_array_unref(world->plan.parts);
	g_ptr_array_unref(world->plan.invoices);
	g_ptr_array_unref(world->money);
}

/* Something is paid, goes back, or is taken off again. */
static void
world_step(struct world *world, GRand *rand)
{
	struct instalment_money *one;

	if (world->money->len && g_rand_int_range(rand, 0, 5) == 0) {
		g_ptr_array_remove_index(world->money,
		    (guint)g_rand_int_range(rand, 0,
		    (int)world->money->len));
		return;
	}
	one = g_new0(struct instalment_money, 1);
	one->invoice = 1;
	one->announced = g_rand_int_range(rand, 0, 4) == 0;
	one->amount = g_rand_int_range(rand, 1, (int)world->row.base + 1);
	if (g_rand_int_range(rand, 0, 6) == 0)
		one->amount = -one->amount;
	g_ptr_array_add(world->money, one);
}

static void
world_model(struct world *world)
{
	int64_t total = world->row.base;

	world->paid = world->covered = 0;
	for (guint i = 0; i < world->money->len; i++) {
		const struct instalment_money *one = world->money->pdata[i];

		world->covered += one->amount;
		if (world->covered < 0)
			world->covered = 0;
		if (one->announced)
			continue;
		world->paid += one->amount;
		if (world->paid < 0)
			world->paid = 0;
	}
	world->paid = MIN(world->paid, total);
	world->covered = MIN(world->covered, total);
}

/* The model lays pennies on the parts, one part after the other. */
static void
world_check(struct world *world)
{
	struct instalments_progress got;
	int64_t purse = world->paid, sum = 0, overdue = 0;
	int full = 0;

	instalments_count(&world->plan, world->money, &got);
	g_assert_cmpint(got.total, ==, world->row.base);
	g_assert_cmpint(got.paid, ==, world->paid);
	g_assert_cmpint(got.covered, ==, world->covered);
	for (guint i = 0; i < world->plan.parts->len; i++) {
		const struct instalment *part = world->plan.parts->pdata[i];
		int64_t laid = MIN(purse, part->amount);

		purse -= laid;
		full += laid == part->amount && full == (int)i;
		sum += part->amount - laid;
		if (i < 3)
			overdue += part->amount - laid;
		g_assert_cmpint(instalments_left(&world->plan, part->number,
		    world->paid), ==, part->amount - laid);
	}
	g_assert_cmpint(got.parts_paid, ==, full);
	g_assert_cmpint(sum, ==, world->row.base - world->paid);
	g_assert_cmpint(instalments_overdue(&world->plan, day_number(
	    "2026-12-16"), world->paid), ==, overdue);
}

static void
test_property(void)
{
	GRand *rand = g_rand_new_with_seed(20261122);

	for (int round = 0; round < 400; round++) {
		struct world world;

		world_open(&world, rand);
		for (int i = 0; i < 25; i++) {
			world_step(&world, rand);
			world_model(&world);
			world_check(&world);
		}
		world_close(&world);
	}
	g_rand_free(rand);
}

/* A void invoice is owed by nobody, but what was paid on it counts once. */
static void
test_void(void)
{
	GRand *rand = g_rand_new_with_seed(1);
	struct world world;
	struct instalments_progress got;
	struct instalment_money *one = g_new0(struct instalment_money, 1);

	world_open(&world, rand);
	one->invoice = 1;
	one->amount = world.row.base / 2;
	g_ptr_array_add(world.money, one);
	world.row.state = INVOICE_VOID;
	instalments_count(&world.plan, world.money, &got);
	g_assert_cmpint(got.paid, ==, world.row.base);
	g_assert_cmpint(got.forgiven, ==,
	    world.row.base - world.row.base / 2);
	g_assert_cmpint(got.beyond, ==, 0);
	world_close(&world);
	g_rand_free(rand);
}

/* More is open than the plan knows of. */
static void
test_beyond(void)
{
	GRand *rand = g_rand_new_with_seed(2);
	struct world world;
	struct instalments_progress got;

	world_open(&world, rand);
	world.row.open += 700;
	instalments_count(&world.plan, world.money, &got);
	g_assert_cmpint(got.beyond, ==, 700);
	world.row.announced = 700;
	instalments_count(&world.plan, world.money, &got);
	g_assert_cmpint(got.beyond, ==, 0);
	world_close(&world);
	g_rand_free(rand);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(day_rows); i++) {
		g_autofree char *path = g_strdup_printf("/instalments/day/%s",
		    day_rows[i].name);

		g_test_add_data_func(path, &day_rows[i], test_day);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(every_rows); i++) {
		g_autofree char *path = g_strdup_printf(
		    "/instalments/every/%zu", i);

		g_test_add_data_func(path, &every_rows[i], test_every);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(part_rows); i++) {
		g_autofree char *path = g_strdup_printf(
		    "/instalments/parts/%zu", i);

		g_test_add_data_func(path, &part_rows[i], test_parts);
	}
	g_test_add_func("/instalments/property", test_property);
	g_test_add_func("/instalments/void", test_void);
	g_test_add_func("/instalments/beyond", test_beyond);
	return g_test_run();
}
