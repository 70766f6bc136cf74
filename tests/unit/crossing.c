/*
 * Money and letters: waiting reminders are recalled, one that left although
 * the money was on its way is excused once; and what the renderer is told of
 * a letter (story.h; all due on Thursday 19 November 2026).
 */
#include "story.h"

#define BEGIN "at 2026-11-10T10:00\ncustomer jana\ncustomer marta\n" \
	"invoice 001 jana 499.00 2026-11-19\n" \
	"invoice 002 jana 100.00 2026-11-19\n" \
	"invoice 003 marta 250.00 2026-11-19\n" \
	"at 2026-11-24T10:00\nheard\nremind\n" \
	"is jana understanding+7 001#2=499.00 002#2=100.00 | " \
	"marta understanding+7 003#2=250.00\n"

static const struct story_case stories[] = {
    {"recall", BEGIN "pay 003 250.00\nis recall 2 | marta receipt 003\nsend\n"
        "at 2026-11-25T10:00\nheard\nremind\nis -\n"},
    {"recall-announced", BEGIN "pay 003 250.00 announced\nis recall 2\n"},
    {"recall-one-of-two", BEGIN "pay 001 499.00\n"
        "is recall 1 | jana understanding+7 002#2=100.00 | "
        "jana receipt 001\nremind\nis -\n"
        "pay 002 100.00\nis recall 3 | jana receipt 002\nremind\nis -\n"},
    {"recall-part", BEGIN "pay 003 200.00\n"
        "is recall 2 | marta understanding+7 003#2=50.00\n"},
    {"receipt", BEGIN "send\nat 2026-11-30T10:00\n"
        "pay 003 250.00 2026-11-30\nis marta receipt 003\n"},
    {"no-receipt-for-announced", BEGIN "send\nat 2026-11-30T10:00\n"
        "pay 003 250.00 announced 2026-11-30\nis -\n"},
    {"no-receipt-for-old-money", "at 2026-11-10T10:00\ncustomer jana\n"
        "invoice 001 jana 50.00 2026-11-19\npay 001 50.00 2026-11-02\nis -\n"},
    {"no-receipt-for-a-part", BEGIN "send\nat 2026-11-30T10:00\n"
        "pay 003 50.00 2026-11-30\nis -\n"
        "pay 003 200.00 2026-11-30\nis marta receipt 003\n"},
    {"crossed", BEGIN "send\nat 2026-11-24T15:00\npay 003 250.00 2026-11-24\n"
        "is marta crossed 003 regards 2\nsend\nremind\nis -\n"},
    {"crossed-from-before", BEGIN "send\nat 2026-11-26T15:00\n"
        "pay 003 250.00 2026-11-23\nis marta crossed 003 regards 2\n"},
    {"crossed-announced", BEGIN "send\nat 2026-11-26T15:00\n"
        "pay 003 250.00 announced 2026-11-23\n"
        "is marta crossed 003 regards 2\n"},
    {"answered", BEGIN "send\nat 2026-11-26T15:00\n"
        "pay 003 250.00 2026-11-25\nis marta receipt 003\n"},
    {"crossed-once", BEGIN "send\nat 2026-11-26T15:00\n"
        "pay 001 499.00 2026-11-23\nis jana crossed 001 regards 1\n"
        "pay 002 100.00 2026-11-23\nis jana receipt 002\n"},
    {"crossed-in-part", BEGIN "send\nat 2026-11-26T15:00\n"
        "pay 003 100.00 2026-11-23\nis marta crossed 003 regards 2\n"
        "pay 003 150.00 2026-11-24\nis marta receipt 003\n"},
    {"crossed-the-last", BEGIN "send\nat 2026-12-08T10:00\nheard\nremind\n"
        "is jana firm+7 001#3=499.00 002#3=100.00 | "
        "marta firm+7 003#3=250.00\nsend\nat 2026-12-09T10:00\n"
        "pay 003 250.00 2026-12-08\nis marta crossed 003 regards 4\n"},
    {"answered-the-first", BEGIN "send\nat 2026-12-08T10:00\nheard\nremind\n"
        "send\nat 2026-12-09T10:00\npay 003 250.00 2026-12-09\n"
        "is marta receipt 003\n"},
    {"no-mail-to-dead-address", BEGIN "send\nbounce marta\n"
        "at 2026-11-24T15:00\npay 003 250.00 2026-11-24\nis -\n"},
    {"too-old", BEGIN "send\nat 2027-02-24T15:00\n"
        "pay 003 250.00 2026-11-24\nis -\n"},
};

/* ---- what the renderer is told ---------------------------------------------------- */

static char *
value(const json_t *json, const char *path)
{
	g_auto(GStrv) keys = g_strsplit(path, ".", -1);

	for (char **key = keys; *key && json; key++)
		json = g_ascii_isdigit(**key) ?
		    json_array_get(json, (size_t)atoi(*key)) :
		    json_object_get(json, *key);
	if (!json)
		return g_strdup("(none)");
	return json_is_string(json) ? g_strdup(json_string_value(json)) :
	    json_dumps(json, JSON_ENCODE_ANY);
}

static const struct value_case {
	const char *story;
	int letter;
	const char *path, *wanted;
} value_cases[] = {
#define REMINDER BEGIN
    {REMINDER, 1, "kind", "reminder"},
    {REMINDER, 1, "tone", "understanding"},
    {REMINDER, 1, "language", "en"},
    {REMINDER, 1, "headers.From", "Eva <eva@clerk.example>"},
    {REMINDER, 1, "headers.To", "jana <jana@customer.example>"},
    {REMINDER, 1, "headers.Cc", "(none)"},
    {REMINDER, 1, "headers.Date", "2026-11-24T11:00:00+01:00"},
    {REMINDER, 1, "headers.In-Reply-To", "<i001@clerk.example>"},
    {REMINDER, 1, "headers.References",
        "<i002@clerk.example> <i001@clerk.example>"},
    /* with a tag of its own behind "r1-" */
    {REMINDER, 1, "headers.List-Unsubscribe",
        "<mailto:eva@clerk.example?subject=unsubscribe%20r1-*"},
    {REMINDER, 1, "values.as_of", "2026-11-24T11:00:00+01:00"},
    {REMINDER, 1, "values.term_day", "2026-12-01"},
    {REMINDER, 1, "values.last_reminder", "(none)"},
    {REMINDER, 1, "values.legal", "(none)"},
    {REMINDER, 1, "values.is_overdue", "true"},
    {REMINDER, 1, "values.total_balance.amount", "599.00"},
    {REMINDER, 1, "values.pay.iban", "CZ6508000000192000145399"},
    {REMINDER, 1, "values.pay.holder", "Eva"},
    {REMINDER, 1, "values.pay.reference", "(none)"},
    {REMINDER, 2, "values.pay.reference", "RF2000000003"},
    {REMINDER, 1, "values.invoices.0.number", "001"},
    {REMINDER, 1, "values.invoices.0.balance.amount", "499.00"},
    {REMINDER, 1, "values.invoices.0.days_overdue", "5"},
    {REMINDER, 1, "values.invoices.0.received", "(none)"},
    {REMINDER, 1, "values.customer.name", "jana"},
    {REMINDER, 1, "values.owner.email", "eva@clerk.example"},
    /* a letter that waited says the balance of now */
    {REMINDER "pay 003 50.00 2026-11-23\n", 3,
        "values.invoices.0.balance.amount", "200.00"},
    {REMINDER "pay 003 50.00 2026-11-23\n", 3,
        "values.invoices.0.received.0.amount.amount", "50.00"},
    {REMINDER "pay 003 50.00 2026-11-23\n", 3,
        "values.invoices.0.received.0.day", "2026-11-23"},
    {REMINDER "send\nat 2026-12-08T10:00\nheard\nremind\n", 3,
        "values.last_reminder", "2026-11-24"},
    {REMINDER "send\nat 2026-12-08T10:00\nheard\nremind\n"
        "at 2026-12-08T11:00\n", 3, "values.as_of",
        "2026-12-08T11:00:00+01:00"},
#define CROSSED BEGIN "send\nat 2026-11-26T15:00\npay 003 250.00 2026-11-23\n"
    {CROSSED, 3, "kind", "crossed"},
    {CROSSED, 3, "tone", "(none)"},
    {CROSSED, 3, "values.regards.day", "2026-11-24"},
    {CROSSED, 3, "values.payment.amount.amount", "250.00"},
    {CROSSED, 3, "values.payment.day", "2026-11-23"},
    {CROSSED, 3, "values.invoices.0.balance.amount", "0.00"},
    {CROSSED, 3, "values.invoices.0.applied.amount", "250.00"},
    {CROSSED, 3, "values.pay", "(none)"},
    {CROSSED, 3, "values.total_balance", "(none)"},
    {CROSSED, 3, "values.is_overdue", "false"},
    {CROSSED, 3, "headers.List-Unsubscribe", "(none)"},
#define INVOICE "at 2026-11-10T10:00\ncustomer jana\n" \
	"unsent 001 jana 499.00 2026-11-19\nremind\nis jana invoice 001\n"
    {INVOICE, 1, "kind", "invoice"},
    {INVOICE, 1, "headers.In-Reply-To", "(none)"},
    {INVOICE, 1, "values.amount.amount", "499.00"},
    {INVOICE, 1, "values.invoices.0.is_overdue", "false"},
    {INVOICE, 1, "values.as_of", "(none)"},
};

static void
test_value(gconstpointer data)
{
	const struct value_case *c = data;
	struct story story;
	struct letter *letter;
	json_t *json;
	g_autofree char *got = NULL;

	story_open(&story);
	story_lines(&story, c->story);
	must(store_letter_get(story.context.store, c->letter, &letter));
	must(letter_values(&story.context, letter, &json));
	got = value(json, c->path);
	if (g_str_has_suffix(c->wanted, "*") && strlen(got) > strlen(c->wanted))
		got[strlen(c->wanted) - 1] = '*', got[strlen(c->wanted)] = '\0';
	g_assert_cmpstr(got, ==, c->wanted);
	json_decref(json);
	letter_free(letter);
	story_close(&story);
}

/* A crossed letter stands in the thread of the reminder that it excuses, and
 * no two letters share a name. */
static void
test_thread(void)
{
	struct story story;
	struct letter *reminder, *crossed;
	json_t *json;
	g_autofree char *answers = NULL;

	story_open(&story);
	story_lines(&story, CROSSED);
	must(store_letter_get(story.context.store, 2, &reminder));
	must(store_letter_get(story.context.store, 3, &crossed));
	must(letter_values(&story.context, crossed, &json));
	answers = value(json, "headers.In-Reply-To");
	g_assert_cmpstr(answers, ==, reminder->message_id);
	g_assert_cmpstr(crossed->message_id, !=, reminder->message_id);
	g_assert_true(g_str_has_prefix(crossed->message_id, "<crossed.003."));
	g_assert_true(g_str_has_suffix(crossed->message_id,
	    "@clerk.example>"));
	json_decref(json);
	letter_free(reminder);
	letter_free(crossed);
	story_close(&story);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	story_add("crossing", stories, G_N_ELEMENTS(stories));
	for (size_t i = 0; i < G_N_ELEMENTS(value_cases); i++) {
		g_autofree char *name = g_strdup_printf("/crossing/value/%zu-%s",
		    i, value_cases[i].path);

		g_test_add_data_func(name, &value_cases[i], test_value);
	}
	g_test_add_func("/crossing/thread", test_thread);
	return g_test_run();
}
