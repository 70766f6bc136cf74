/*
 * Holds: after one the schedule goes on in order and without a burst, and in
 * random histories no reminder is planned inside of one, all go on again.
 */
#include "story.h"

#define BEGIN "at 2026-11-10T10:00\ncustomer jana\n" \
	"invoice 001 jana 499.00 2026-11-19 many\n"

static const struct story_case stories[] = {
    {"in-order-after-a-long-hold", BEGIN "at 2026-11-20T10:00\n"
	"hold pause 001 480\nat 2026-11-30T10:00\nheard\nremind\n"
	"is held 001 hold\nat 2026-12-15T10:00\nheard\nremind\n"
	"is jana understanding 001#1=499.00\nsend\n"
	"heard\nremind\nis held 001 customer-cap\n"},
    {"catch-up-without-one", BEGIN "at 2026-12-15T10:00\nheard\nremind\n"
	"is jana friendly 001#4=499.00\n"},
};

/* ---- random histories ----------------------------------------------------------- */

#define DAYS 60
#define WORLDS 12

static void
test_random(void)
{
	int held = 0, planned = 0;

	for (guint32 seed = 1; seed <= WORLDS; seed++) {
		g_autoptr(GRand) dice = g_rand_new_with_seed(seed);
		struct story story;

		story_open(&story);
		story_lines(&story, BEGIN);
		story.context.now = 1794477600;		/* 2026-11-12 10:00 */
		for (int day = 0; day < DAYS; day++) {
			g_autoptr(GPtrArray) holds = NULL;
			struct invoice *invoice = story_invoice(&story, "001");
			bool quiet;

			story.context.now += DAY_SECONDS;
			calendar_local(story.context.now, "Europe/Prague",
			    story.context.today, NULL);
			story_command(&story, "heard", (char *[]){NULL});
			if (day < DAYS - 25 && g_rand_int_range(dice, 0, 6) == 0) {
				g_autofree char *hours = g_strdup_printf("%d",
				    g_rand_int_range(dice, 1, 200));

				story_command(&story, "hold", (char *[]){
				    (char *)"pause", (char *)"001", hours,
				    NULL, NULL});
			}
			must(store_hold_list(story.context.store,
			    invoice->customer, invoice->id, story.context.now,
			    &holds));
			quiet = holds->len > 0;
			if (quiet && g_rand_int_range(dice, 0, 12) == 0)
				for (guint i = 0; i < holds->len; i++) {
					struct hold *one = holds->pdata[i];

					must(store_hold_release(
					    story.context.store, one->id,
					    story.context.now));
					quiet = false;
				}
			story_command(&story, "remind", (char *[]){NULL});
			if (g_str_has_prefix(story.answer->str, "jana")) {
				g_assert_false(quiet);
				planned++;
				story_command(&story, "send",
				    (char *[]){NULL});
			}
			held += quiet;
			invoice_free(invoice);
		}
		{
			int step;
			int64_t sent;
			struct invoice *invoice = story_invoice(&story, "001");

			/* no step is left when the holds are over */
			must(store_reminder_last(story.context.store,
			    invoice->id, &step, &sent));
			g_assert_cmpint(step, ==, 4);
			invoice_free(invoice);
		}
		story_close(&story);
	}
	g_assert_cmpint(held, >, 20);
	g_assert_cmpint(planned, >, WORLDS);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	story_add("holds", stories, G_N_ELEMENTS(stories));
	g_test_add_func("/holds/random", test_random);
	return g_test_run();
}
