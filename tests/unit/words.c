/*
 * words.c - the owner's words: which parts may be booked (a table of sums),
 * and random dialogues on a real store, where every word that is taken back
 * leaves the ledger as it was before.
 */
#include "../../filter/review_talk.h"

#include "store_lib.h"

/* ---- sums ---------------------------------------------------------------------- */

static const struct row {
	const char *name;
	const char *parts;	/* "A=10.00 B=5.00": of payment P, 100.00 */
	const char *why;	/* a part of the sentence, or NULL */
	const char *rest;
} rows[] = {
    {"one", "A=60.00", NULL, "40.00"},
    {"all of it on two", "A=60.00 B=40.00", NULL, "0.00"},
    {"nothing", "", "say which invoice", "100.00"},
    {"zero", "A=0.00", "above zero", "100.00"},
    {"less than nothing", "A=-1.00", "above zero", "100.00"},
    {"a cent more than is open", "A=60.01", "0.01 EUR more than is open on A",
	"39.99"},
    {"a cent more than the payment has", "A=60.00 B=40.01",
	"0.01 EUR more than payment P has left", "-0.01"},
    {"twice", "A=10.00 A=20.00", "A is named twice", "70.00"},
    {"another currency", "D=1.00", "in USD, not in EUR", "99.00"},
    {"a credit note", "N=1.00", "is a credit note", "99.00"},
    {"a void one", "V=1.00", "draft or void", "99.00"},
    {"paid", "Z=1.00", "nothing is open", "99.00"},
    {"with a credit note", "A=40.00 A/N=20.00", NULL, "60.00"},
    {"more than the credit note has", "A=30.00 A/N=20.01",
	"0.01 EUR more than is open on N", "70.00"},
    {"money and note together too much", "A=41.00 A/N=20.00",
	"1.00 EUR more than is open on A", "59.00"},
    {"the largest amount there is", "B=99999999999999.99 A=1.00",
	"more than is open on B", NULL},
};

static struct invoice documents[] = {
    {.id = 1, .number = (char[]){"A"}, .currency = (char[]){"EUR"},
	.state = INVOICE_OPEN, .amount = 6000, .open = 6000},
    {.id = 2, .number = (char[]){"B"}, .currency = (char[]){"EUR"},
	.state = INVOICE_OPEN, .amount = 10000, .open = 10000,
	.announced = 5000},
    {.id = 3, .number = (char[]){"D"}, .currency = (char[]){"USD"},
	.state = INVOICE_OPEN, .amount = 10000, .open = 10000},
    {.id = 4, .number = (char[]){"N"}, .currency = (char[]){"EUR"},
	.state = INVOICE_OPEN, .amount = 2000, .open = 2000,
	.type = INVOICE_CREDIT_NOTE},
    {.id = 5, .number = (char[]){"V"}, .currency = (char[]){"EUR"},
	.state = INVOICE_VOID, .amount = 2000, .open = 2000},
    {.id = 6, .number = (char[]){"Z"}, .currency = (char[]){"EUR"},
	.state = INVOICE_PAID, .amount = 2000},
};

static const struct invoice *
document(char letter)
{
	for (size_t i = 0; i < G_N_ELEMENTS(documents); i++)
		if (*documents[i].number == letter)
			return &documents[i];
	g_assert_not_reached();
}

static GArray *
read_parts(const char *text)
{
	GArray *parts = g_array_new(FALSE, TRUE, sizeof(struct part));
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (char **word = words; *word && **word; word++) {
		bool note = (*word)[1] == '/';
		struct part part = {.invoice = document(**word),
		    .kind = note ? ALLOCATION_CREDIT_NOTE
				 : ALLOCATION_PAYMENT,
		    .credit_note = note ? document('N') : NULL};

		g_assert_true(money_parse(strchr(*word, '=') + 1, "EUR",
		    &part.amount));
		g_array_append_val(parts, part);
	}
	return parts;
}

static void
test_sums(gconstpointer data)
{
	const struct row *row = data;
	const struct payment payment = {.id = 7, .key = (char[]){"P"},
	    .currency = (char[]){"EUR"}, .amount = 12000,
	    .unallocated = 10000, .state = PAYMENT_BOOKED};
	g_autoptr(GArray) parts = read_parts(row->parts);
	int64_t rest = 0;
	g_autofree char *why = parts_refusal(&payment,
	    (const struct part *)(void *)parts->data, parts->len, &rest);
	g_autofree char *left = money_format(rest, "EUR");

	if (row->why)
		g_assert_nonnull(strstr(why ? why : "", row->why));
	else
		g_assert_cmpstr(why, ==, NULL);
	if (row->rest)
		g_assert_cmpstr(left, ==, row->rest);
}

static void
test_plan(void)
{
	const struct payment payment = {.id = 7, .key = (char[]){"P"},
	    .currency = (char[]){"EUR"}, .amount = 10000,
	    .unallocated = 10000, .state = PAYMENT_BOOKED};
	g_autoptr(GArray) parts = read_parts("A=40.00 A/N=20.00 B=1.00");
	struct plan *plan = decide_parts(&payment,
	    (const struct part *)(void *)parts->data, parts->len, "anna");
	g_autofree char *text = plan_text(plan);

	g_assert_cmpstr(text, ==,
	    "settle  settle:owner  40.00 EUR is put on A by anna\n"
	    "settle  settle:owner  20.00 EUR of A is closed as credit-note N "
	    "by anna\n"
	    "settle  settle:owner  1.00 EUR is put on B by anna\n");
	plan_free(plan);
}

/* An unverified message, money that went back, what is set aside. */
static void
test_payments(void)
{
	static const struct {
		enum payment_state state;
		int64_t amount, set_aside;
		const char *why;
	} cases[] = {
	    {PAYMENT_POSSIBLE, 10000, 0, "unverified"},
	    {PAYMENT_BOOKED, -10000, 0, "went back"},
	    {PAYMENT_BOOKED, 10000, 5, "set aside"},
	    {PAYMENT_ANNOUNCED, 10000, 0, NULL},
	};
	g_autoptr(GArray) parts = read_parts("A=1.00");

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct payment payment = {.id = 7,
		    .key = (char[]){"P"}, .currency = (char[]){"EUR"},
		    .amount = cases[i].amount,
		    .unallocated = cases[i].amount,
		    .state = cases[i].state,
		    .set_aside = cases[i].set_aside};
		g_autofree char *why = parts_refusal(&payment,
		    (const struct part *)(void *)parts->data, parts->len,
		    NULL);

		if (cases[i].why)
			g_assert_nonnull(strstr(why, cases[i].why));
		else
			g_assert_cmpstr(why, ==, NULL);
	}
}

/* ---- random dialogues ------------------------------------------------------------- */

#define CUSTOMERS 3
#define INVOICES 9
#define PAYMENTS 6

static void
fill(struct store *store)
{
	char key[16];

	for (int i = 0; i < CUSTOMERS; i++) {
		g_snprintf(key, sizeof key, "C%d", i);
		make_customer(store, key);
	}
	for (int i = 0; i < INVOICES; i++) {
		g_snprintf(key, sizeof key, "2026-%04d", i);
		make_invoice(store, 1 + i % CUSTOMERS, key,
		    1000 * (1 + i % 4));
	}
	for (int i = 0; i < PAYMENTS; i++) {
		enum report_result result;
		int64_t id;
		g_autofree char *text = g_strdup_printf("2026-%04d", i);
		g_autofree char *name = g_strdup_printf("P%d", i);
		g_autofree char *source = g_strdup_printf("doc#%d", i);
		struct report report = {.channel = CHANNEL_STATEMENT,
		    .settles = true, .source = source,
		    .payment = {.key = name, .trust = TRUST_S,
			.currency = (char[]){"EUR"},
			.amount = 500 + 700 * i,
			.booked = (char[]){"2026-11-20"},
			.payer = (char[]){"C1"}, .remittance = text,
			.arrived = 100 + i}};

		CALL(store, store_payment_report(store, &report, &result,
		    &id));
	}
}

/* What counts: balances, what stands aside, whose credit it is. */
static char *
ledger(struct store *store)
{
	const struct invoice_filter all = {0};
	const struct payment_filter every = {0};
	g_autoptr(GPtrArray) invoices = NULL, payments = NULL;
	GString *out = g_string_new(NULL);

	CALL(store, store_invoice_list(store, &all, &invoices));
	for (guint i = 0; i < invoices->len; i++) {
		const struct invoice *v = invoices->pdata[i];

		g_string_append_printf(out, "%s %d %" G_GINT64_FORMAT "\n",
		    v->number, v->state, v->open);
	}
	CALL(store, store_payment_list(store, &every, &payments));
	for (guint i = 0; i < payments->len; i++) {
		const struct payment *p = payments->pdata[i];
		struct customer *owner = NULL;

		CALL(store, credit_owner(store, p->id, &owner));
		g_string_append_printf(out, "%s %" G_GINT64_FORMAT " %d %s\n",
		    p->key, p->unallocated, p->set_aside != 0,
		    owner ? owner->key : "-");
		customer_free(owner);
	}
	return g_string_free(out, FALSE);
}

static void
random_split(struct talk *talk, GRand *random, GArray *parts)
{
	for (int i = 0; i < 3; i++) {
		struct option_part part = {.kind = ALLOCATION_PAYMENT,
		    .invoice = g_rand_int_range(random, 1, INVOICES + 1),
		    .amount = g_rand_int_range(random, 1, 1500)};

		if (talk_look(talk, part.invoice) >= 0)
			g_array_append_val(parts, part);
	}
}

/* One random word; the ledger before it is remembered when it was done. */
static bool
random_word(struct talk *talk, GRand *random, GPtrArray *ledgers)
{
	struct store *store = talk->context->store;
	g_autofree char *before = ledger(store), *note = NULL;
	g_autoptr(GArray) parts =
	    g_array_new(FALSE, TRUE, sizeof(struct option_part));
	struct saying saying = {.word = (enum talk_word)
	    g_rand_int_range(random, TALK_ACCEPT, TALK_ACCEPT_CREDIT + 1),
	    .option = (guint)g_rand_int_range(random, 0, 3),
	    .customer = g_rand_int_range(random, 0, CUSTOMERS + 1)};
	enum talk_end end;

	if (saying.word == TALK_SPLIT)
		random_split(talk, random, parts);
	saying.parts = parts;
	end = talk_say(talk, &saying, &note);
	g_assert_nonnull(note);
	g_assert_cmpint(end, !=, TALK_CHANGED);
	if (end == TALK_DONE) {
		g_ptr_array_add(ledgers, g_steal_pointer(&before));
	} else {
		g_autofree char *after = ledger(store);

		g_assert_cmpstr(after, ==, before);
	}
	return end == TALK_DONE;
}

static void
random_undo(struct talk *talk, GPtrArray *ledgers)
{
	g_autofree char *note = NULL, *after = NULL;
	g_autofree char *before = NULL;

	if (ledgers->len == 0)
		return;
	before = g_ptr_array_steal_index(ledgers, ledgers->len - 1);
	if (talk_undo(talk, &note) != TALK_DONE)
		g_error("undo: %s", note);
	after = ledger(talk->context->store);
	g_assert_cmpstr(after, ==, before);
}

static guint
play(guint seed)
{
	struct scratch scratch;
	struct context context = {.now = 1795338000, .now_is_set = true,
	    .pipeline = true};
	g_autoptr(GRand) random = g_rand_new_with_seed(seed);
	g_autoptr(GPtrArray) ledgers =
	    g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) problems = NULL;
	g_autofree char *why = NULL;
	struct talk *talk;
	int code;
	guint said = 0;

	scratch_open(&scratch);
	fill(scratch.store);
	context.store = scratch.store;
	context.config = config_load("/dev/null", scratch.folder, &why);
	memcpy(context.today, "2026-11-22", DAY_SIZE);
	talk = talk_open(&context, &code);
	g_assert_nonnull(talk);
	for (int i = 0; i < 40; i++) {
		int what = g_rand_int_range(random, 0, 8);

		if (what < 4)
			said += random_word(talk, random, ledgers);
		else if (what < 6)
			random_undo(talk, ledgers);
		else
			CALL(scratch.store, talk_move(talk,
			    what == 6 ? 1 : -1));
	}
	while (ledgers->len)
		random_undo(talk, ledgers);
	CALL(scratch.store, store_check(scratch.store, &problems));
	g_assert_cmpuint(problems->len, ==, 0);
	talk_free(talk);
	config_free(context.config);
	scratch_close(&scratch);
	return said;
}

static void
test_random(void)
{
	guint said = 0;

	for (guint seed = 1; seed <= 25; seed++)
		said += play(seed);
	g_assert_cmpuint(said, >, 75);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	if (access("/dev/shm", W_OK) == 0)	/* many small transactions */
		g_setenv("TMPDIR", "/dev/shm", true);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name =
		    g_strdup_printf("/words/%s", rows[i].name);

		g_test_add_data_func(name, &rows[i], test_sums);
	}
	g_test_add_func("/words/plan", test_plan);
	g_test_add_func("/words/payments", test_payments);
	g_test_add_func("/words/random", test_random);
	return g_test_run();
}
