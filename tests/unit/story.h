/*
 * story.h - days of a clerk's life as text, played on a real store file. A
 * story is lines of commands; "is" compares what the last one answered.
 *
 *   at 2026-11-24T10:00        the clock (UTC)
 *   customer KEY [zone]        mail KEY@customer.example
 *   invoice NUMBER CUSTOMER AMOUNT DUE [policy]     in CZK
 *   unsent NUMBER CUSTOMER AMOUNT DUE               not mailed yet
 *   heard [hours ago]          the bank speaks
 *   pay NUMBER AMOUNT [announced] [DAY]   and what follows from it
 *   loose AMOUNT [possible] [from=ACCOUNT] [payer=NAME] [for=NUMBER]
 *   account CUSTOMER ACCOUNT   the customer's payer account
 *   hold KIND NUMBER HOURS [U] or  hold KIND CUSTOMER HOURS
 *   bounce CUSTOMER            its address is dead
 *   remind                     plan and carry out
 *   send [NUMBER]              all waiting letters leave (of one invoice)
 *   journal NUMBER             the codes "held:…" written for it
 *
 * remind answers "jana understanding+7 001#2=499.00 003#2=250.00 | held 002
 * feed-stale | call 001 | recall 1", in order; nothing is "-".
 */
#ifndef STORY_H
#define STORY_H

#include "../../filter/remind.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

struct story {
	struct context context;
	char *dir;
	GString *answer;
	int payments;
};

static const char story_config[] =
    "owner { name = \"Eva\" email = \"eva@clerk.example\" currency = CZK\n"
    "\ttimezone = \"Europe/Prague\" }\n"
    "intake { mailboxes = { \"bank@clerk.example\" } }\n"
    "account \"main\" { iban = \"CZ6508000000192000145399\" bank = cz-fio }\n"
    "policy \"legal\" { gap = 3 minimum = \"5\" steps = { \"after 2 days\",\n"
    "\t\"after 6 days\", \"after 10 days legal tone firm\",\n"
    "\t\"after 14 days escalate\" } }\n"
    "policy \"many\" { gap = 2 steps = { \"after 2 days\", \"after 4 days\",\n"
    "\t\"after 6 days tone firm\", \"after 8 days tone friendly\" } }\n";

#define must(call) g_assert_cmpint((call), ==, STORE_OK)

static void
story_open(struct story *story)
{
	g_autofree char *path = NULL, *why = NULL, *store = NULL;

	memset(story, 0, sizeof *story);
	story->dir = g_dir_make_tmp("mf.XXXXXX", NULL);
	story->answer = g_string_new(NULL);
	path = g_build_filename(story->dir, "mailfilter.conf", NULL);
	store = g_build_filename(story->dir, "store.db", NULL);
	g_assert_true(g_file_set_contents(path, story_config, -1, NULL));
	g_chmod(path, 0600);
	story->context.home = g_strdup(story->dir);
	story->context.config = config_load(path, story->dir, &why);
	g_assert_cmpstr(why, ==, NULL);
	story->context.now_is_set = true;
	must(store_open(store, STORE_CREATE, 5000, &story->context.store));
}

static void
story_close(struct story *story)
{
	GDir *dir = g_dir_open(story->dir, 0, NULL);
	const char *name;

	store_close(story->context.store);
	config_free(story->context.config);
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path =
		    g_build_filename(story->dir, name, NULL);

		g_unlink(path);
	}
	if (dir)
		g_dir_close(dir);
	g_rmdir(story->dir);
	g_free(story->dir);
	g_free(story->context.home);
	g_string_free(story->answer, TRUE);
}

/* ---- finding things ------------------------------------------------------- */

static struct invoice *
story_invoice(struct story *story, const char *number)
{
	struct invoice *invoice;

	must(store_invoice_find(story->context.store, number, &invoice));
	return invoice;
}

static const char *
story_number(struct story *story, int64_t id)
{
	static char number[32];
	struct invoice *invoice;

	must(store_invoice_get(story->context.store, id, &invoice));
	g_strlcpy(number, invoice->number, sizeof number);
	invoice_free(invoice);
	return number;
}

static int64_t
story_money(const char *text)
{
	int64_t minor;

	g_assert_true(money_parse(text, "CZK", &minor));
	return minor;
}

static const char *
story_word(char **words, const char *prefix)
{
	for (; *words; words++)
		if (g_str_has_prefix(*words, prefix))
			return *words + strlen(prefix);
	return NULL;
}

/* ---- commands -------------------------------------------------------------- */

static void
story_at(struct story *story, char **words)
{
	g_autofree char *text = g_strdup_printf("%s:00Z", words[0]);
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

	g_assert_nonnull(time);
	story->context.now = g_date_time_to_unix(time);
	calendar_local(story->context.now, "Europe/Prague",
	    story->context.today, NULL);
}

static void
story_customer(struct story *story, char **words)
{
	struct customer customer = {.key = words[0], .name = words[0],
	    .terms_days = -1, .timezone = words[1]};

	customer.email = g_strdup_printf("%s@customer.example", words[0]);
	must(store_customer_put(story->context.store, &customer));
	g_free(customer.email);
}

static void
story_add_invoice(struct story *story, char **words, bool sent)
{
	const char *const keys[] = {words[0], NULL};
	struct customer *customer;
	g_autofree char *id = g_strdup_printf("<i%s@clerk.example>", words[0]);
	struct invoice invoice = {.key = words[0], .number = words[0],
	    .state = INVOICE_OPEN, .due = words[3],
	    .date = (char *)"2026-10-20", .currency = (char *)"CZK",
	    .policy = words[4], .message_id = sent ? id : NULL,
	    .sent = sent ? 1792490400 : 0};

	must(store_customer_find(story->context.store, words[1], &customer));
	invoice.customer = customer->id;
	invoice.amount = invoice.opening = story_money(words[2]);
	must(store_invoice_add(story->context.store, &invoice, keys));
	if (sent)
		must(store_invoice_set_sent(story->context.store, invoice.id,
		    id, 1792490400));
	customer_free(customer);
}

static void
story_heard(struct story *story, char **words)
{
	int64_t ago = words[0] ? 3600 * atoi(words[0]) : 0;

	must(store_feed_heard(story->context.store,
	    "CZ6508000000192000145399", story->context.now - ago));
}

static int64_t
story_report(struct story *story, const char *amount, bool announced,
    bool possible, const char *day, char **words)
{
	g_autofree char *key = g_strdup_printf("P%d", ++story->payments);
	struct report report = {.channel = CHANNEL_NOTICE,
	    .settles = !announced, .source = key};
	enum report_result result;
	int64_t payment;

	report.payment = (struct payment){.key = key,
	    .trust = possible ? TRUST_U : TRUST_A, .currency = (char *)"CZK",
	    .amount = story_money(amount),
	    .booked = (char *)(day ? day : story->context.today),
	    .account = (char *)"CZ6508000000192000145399",
	    .payer = (char *)story_word(words, "payer="),
	    .payer_account = (char *)story_word(words, "from="),
	    .bank_reference = key, .arrived = story->context.now};
	must(store_payment_report(story->context.store, &report, &result,
	    &payment));
	g_assert_cmpint(result, ==, REPORT_NEW);
	return payment;
}

static void
story_carry_out(struct story *story, struct plan *plan)
{
	g_autofree char *conflict = plan_conflict(plan);

	g_assert_cmpstr(conflict, ==, NULL);
	must(plan_apply(plan, story->context.store, story->context.now,
	    "auto"));
}

static void G_GNUC_PRINTF(2, 3)
story_part(struct story *story, const char *format, ...)
{
	va_list arguments;

	if (story->answer->len)
		g_string_append(story->answer, " | ");
	va_start(arguments, format);
	g_string_append_vprintf(story->answer, format, arguments);
	va_end(arguments);
}

static void
story_tell_letter(struct story *story, const struct letter *letter)
{
	g_auto(GStrv) name = g_strsplit(letter->to, "@", 2);

	story_part(story, "%s %s", name[0],
	    letter->kind == LETTER_REMINDER ? letter->tone :
	    letter_kind_name(letter->kind));
	if (letter->term_days)
		g_string_append_printf(story->answer, "+%d",
		    letter->term_days);
	for (guint i = 0; i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];
		g_autofree char *money = money_format(item->balance, "CZK");

		g_string_append_printf(story->answer, " %s",
		    story_number(story, item->invoice));
		if (item->step)
			g_string_append_printf(story->answer, "#%d=%s",
			    item->step, money);
	}
	if (letter->regards)
		g_string_append_printf(story->answer, " regards %d",
		    (int)letter->regards);
}

static void
story_tell(struct story *story, const struct plan *plan)
{
	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *action = plan->actions->pdata[i];

		if (action->kind == ACTION_LETTER)
			story_tell_letter(story, action->of.letter);
		else if (action->kind == ACTION_ASK)
			story_part(story, "call %s",
			    story_number(story, action->invoice));
		else if (action->kind == ACTION_RECALL)
			story_part(story, "recall %d", (int)action->letter);
	}
}

static void
story_pay(struct story *story, char **words)
{
	bool announced = g_strv_contains((const char *const *)words,
	    "announced");
	const char *day = words[2] && !announced ? words[2] :
	    words[2] ? words[3] : NULL;
	struct invoice *invoice = story_invoice(story, words[0]);
	struct allocation allocation = {.invoice = invoice->id,
	    .kind = ALLOCATION_PAYMENT, .amount = story_money(words[1]),
	    .by = (char *)"auto", .probability = 1, .at = story->context.now};
	struct plan *plan = plan_new();

	allocation.payment = story_report(story, words[1], announced, false,
	    day, words);
	must(store_allocation_add(story->context.store, &allocation));
	must(remind_after_payment(&story->context, allocation.payment, plan));
	story_carry_out(story, plan);
	story_tell(story, plan);
	plan_free(plan);
	invoice_free(invoice);
}

static void
story_loose(struct story *story, char **words)
{
	int64_t payment = story_report(story, words[0], false,
	    g_strv_contains((const char *const *)words, "possible"), NULL,
	    words);
	const char *number = story_word(words, "for=");
	g_autoptr(GPtrArray) suggestions = NULL;
	struct suggestion *one;
	struct invoice *invoice;

	if (!number)
		return;
	invoice = story_invoice(story, number);
	suggestions = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)suggestion_free);
	one = g_new0(struct suggestion, 1);
	one->payment = payment;
	one->invoice = invoice->id;
	one->customer = invoice->customer;
	one->amount = story_money(words[0]);
	one->probability = 0.5;
	g_ptr_array_add(suggestions, one);
	must(store_suggestion_set(story->context.store, payment, suggestions));
	invoice_free(invoice);
}

static void
story_account(struct story *story, char **words)
{
	struct customer *customer;

	must(store_customer_find(story->context.store, words[0], &customer));
	must(store_customer_add_account(story->context.store, customer->id,
	    words[1], SOURCE_IMPORT));
	customer_free(customer);
}

static void
story_hold(struct story *story, char **words)
{
	struct hold hold = {.why = (char *)"as told", .origin = (char *)"test",
	    .trust = words[3] ? TRUST_U : TRUST_O, .step = words[3] ? 2 : 0,
	    .since = story->context.now,
	    .until = story->context.now + 3600 * atoi(words[2])};
	struct invoice *invoice = NULL;
	struct customer *customer = NULL;
	enum store_status status;

	g_assert_true(hold_kind_parse(words[0], &hold.kind));
	if (store_invoice_find(story->context.store, words[1], &invoice) ==
	    STORE_OK) {
		hold.invoice = invoice->id;
		hold.customer = invoice->customer;
	} else {
		must(store_customer_find(story->context.store, words[1],
		    &customer));
		hold.customer = customer->id;
	}
	status = store_hold_add(story->context.store, &hold);
	g_assert_true(status == STORE_OK || status == STORE_KNOWN);
	story_part(story, status == STORE_OK ? "held" : "known");
	invoice_free(invoice);
	customer_free(customer);
}

static void
story_bounce(struct story *story, char **words)
{
	struct customer *customer;

	must(store_customer_find(story->context.store, words[0], &customer));
	must(store_customer_set_undelivered(story->context.store,
	    customer->id, story->context.now));
	customer_free(customer);
}

static void
story_remind(struct story *story)
{
	struct plan *plan = plan_new();
	g_autoptr(GPtrArray) held =
	    g_ptr_array_new_with_free_func((GDestroyNotify)held_free);
	g_autofree char *clock = NULL;

	must(clock_check(&story->context, &clock));
	if (clock)
		story_part(story, "clock");
	must(remind_plan(&story->context, plan, held));
	story_carry_out(story, plan);
	story_tell(story, plan);
	for (guint i = 0; i < held->len; i++) {
		const struct held *one = held->pdata[i];

		g_assert_nonnull(one->detail);
		story_part(story, "held %s %s",
		    story_number(story, one->invoice), gate_name(one->gate));
	}
	plan_free(plan);
}

/* What the outbox does, with the guard's second look. */
static void
story_send_letter(struct story *story, const struct letter *letter)
{
	struct store *store = story->context.store;
	int64_t now = story->context.now;

	must(store_letter_move(store, letter->id, LETTER_RENDERED, NULL, now));
	must(store_letter_move(store, letter->id, LETTER_SENDING, NULL, now));
	must(store_letter_move(store, letter->id, LETTER_SENT, NULL, now));
	for (guint i = 0; letter->kind == LETTER_INVOICE &&
	    i < letter->items->len; i++) {
		const struct letter_item *item = letter->items->pdata[i];

		must(store_invoice_set_sent(store, item->invoice,
		    letter->message_id, now));
	}
}

static void
story_send(struct story *story, char **words)
{
	struct letter_filter filter = {.waiting_only = true};
	g_autoptr(GPtrArray) letters = NULL;

	if (words[0]) {
		struct invoice *invoice = story_invoice(story, words[0]);

		filter.invoice = invoice->id;
		invoice_free(invoice);
	}
	must(store_letter_list(story->context.store, &filter, &letters));
	for (guint i = 0; i < letters->len; i++)
		story_send_letter(story, letters->pdata[i]);
}

static void
story_journal(struct story *story, char **words)
{
	struct invoice *invoice = story_invoice(story, words[0]);
	g_autoptr(GPtrArray) entries = NULL;

	must(store_journal_list(story->context.store, SUBJECT_INVOICE,
	    invoice->id, &entries));
	for (guint i = 0; i < entries->len; i++) {
		const struct journal_entry *entry = entries->pdata[i];

		if (g_str_has_prefix(entry->code, "held:"))
			story_part(story, "%s", entry->code);
	}
	invoice_free(invoice);
}

/* ---- playing ----------------------------------------------------------------- */

static void
story_command(struct story *story, const char *name, char **words)
{
	g_string_truncate(story->answer, 0);
	if (!strcmp(name, "at"))
		story_at(story, words);
	else if (!strcmp(name, "customer"))
		story_customer(story, words);
	else if (!strcmp(name, "invoice"))
		story_add_invoice(story, words, true);
	else if (!strcmp(name, "unsent"))
		story_add_invoice(story, words, false);
	else if (!strcmp(name, "heard"))
		story_heard(story, words);
	else if (!strcmp(name, "pay"))
		story_pay(story, words);
	else if (!strcmp(name, "loose"))
		story_loose(story, words);
	else if (!strcmp(name, "account"))
		story_account(story, words);
	else if (!strcmp(name, "hold"))
		story_hold(story, words);
	else if (!strcmp(name, "bounce"))
		story_bounce(story, words);
	else if (!strcmp(name, "remind"))
		story_remind(story);
	else if (!strcmp(name, "send"))
		story_send(story, words);
	else if (!strcmp(name, "journal"))
		story_journal(story, words);
	else
		g_error("no command %s", name);
	if (!story->answer->len)
		g_string_assign(story->answer, "-");
}

/* The number of answers that were compared. */
static int
story_lines(struct story *story, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	int checks = 0;

	for (int i = 0; lines[i]; i++) {
		const char *line = lines[i];
		g_auto(GStrv) words = g_strsplit(line, " ", -1);

		if (!*line)
			continue;
		if (strcmp(words[0], "is") != 0) {
			story_command(story, words[0], words + 1);
			continue;
		}
		checks++;
		if (strcmp(story->answer->str, line + 3) != 0)
			g_error("after line %d (%s):\n  wanted %s\n     got "
			    "%s", i, lines[i - 1], line + 3,
			    story->answer->str);
	}
	return checks;
}

struct story_case {
	const char *name, *text;
};

static void
story_test(gconstpointer data)
{
	const struct story_case *c = data;

	struct story story;

	story_open(&story);
	g_assert_cmpint(story_lines(&story, c->text), >, 0);
	story_close(&story);
}

static void
story_add(const char *prefix, const struct story_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		g_autofree char *name =
		    g_strdup_printf("/%s/%s", prefix, cases[i].name);

		g_test_add_data_func(name, &cases[i], story_test);
	}
}

#endif
