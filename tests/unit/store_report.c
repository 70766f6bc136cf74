/*
 * store_report.c - reports become payments: a table of pairs (what the second
 * report does after the first), and what the payment then says.
 */
#include "store_lib.h"

struct one {			/* a report in short */
	enum channel channel;
	enum trust trust;
	int64_t amount;
	const char *booked, *source, *message_id, *signature;
	const char *payer, *payer_account, *text, *bank_id, *end_id, *account,
	    *key;
	bool settles;
};

struct pair {
	const char *name;
	struct one first, second;
	enum report_result result;
	int payments;
	int64_t amount;		/* of the payment reported last */
	enum payment_state state;
	int conflicts;
	const char *payer;	/* of the payment reported last */
};

#define N CHANNEL_NOTICE
#define T CHANNEL_STATEMENT
#define D "2026-11-10"
#define SAYS(who, class, money, day, where) .channel = who, \
	.trust = TRUST_##class, .amount = money, .booked = day, .source = where
static const struct pair pairs[] = {
	{ "same source", { SAYS(N, A, 500, D, "m#1") },
	    { SAYS(N, A, 500, D, "m#1") },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "twin notices", { SAYS(N, A, 500, D, "m1") },
	    { SAYS(N, A, 500, D, "m2") },
	    REPORT_NEW, 2, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "twins in one message", { SAYS(N, A, 500, D, "m#1") },
	    { SAYS(N, A, 500, D, "m#2") },
	    REPORT_NEW, 2, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "same signature", { SAYS(N, A, 500, D, "m1"), .signature = "b" },
	    { SAYS(N, A, 500, D, "m2"), .signature = "b" },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "same Message-ID, equal content",
	    { SAYS(N, A, 500, D, "m1"), .message_id = "x@y.example" },
	    { SAYS(N, A, 500, D, "m2"), .message_id = "x@y.example" },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "same Message-ID, other amount",
	    { SAYS(N, A, 500, D, "m1"), .message_id = "x@y.example" },
	    { SAYS(N, A, 700, D, "m2"), .message_id = "x@y.example" },
	    REPORT_NEW, 2, 700, PAYMENT_ANNOUNCED, 0, NULL },
	{ "squatted Message-ID, genuine second",
	    { SAYS(N, U, 500, D, "m1"), .message_id = "x@y.example" },
	    { SAYS(N, A, 500, D, "m2"), .message_id = "x@y.example" },
	    REPORT_MERGED, 1, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "squatted with another amount",
	    { SAYS(N, U, 900, D, "m1"), .message_id = "x@y.example" },
	    { SAYS(N, A, 500, D, "m2"), .message_id = "x@y.example" },
	    REPORT_NEW, 2, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "forged after genuine",
	    { SAYS(N, A, 500, D, "m1"), .message_id = "x@y.example",
		.payer = "Ada" },
	    { SAYS(N, U, 500, D, "m2"), .message_id = "x@y.example" },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_ANNOUNCED, 0, "Ada" },
	{ "forged signature first", { SAYS(N, U, 900, D, "m1"),
		.signature = "b" },
	    { SAYS(N, A, 500, D, "m2"), .signature = "b" },
	    REPORT_NEW, 2, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "a forged payer is forgotten",
	    { SAYS(N, U, 500, D, "m1"), .payer = "Mallory" },
	    { SAYS(N, A, 500, D, "m2") },
	    REPORT_MERGED, 1, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "more forged mail", { SAYS(N, U, 500, D, "m1") },
	    { SAYS(N, U, 500, D, "m2") },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_POSSIBLE, 0, NULL },
	{ "same bank id, same amount",
	    { SAYS(N, A, 500, D, "m1"), .bank_id = "FT1" },
	    { SAYS(N, A, 500, D, "m2"), .bank_id = "FT1" },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "same bank id, other amount",
	    { SAYS(N, A, 500, D, "m1"), .bank_id = "FT1" },
	    { SAYS(N, A, 50000, D, "m2"), .bank_id = "FT1" },
	    REPORT_CONFLICT, 1, 500, PAYMENT_ANNOUNCED, 1, NULL },
	{ "the statement corrects the amount",
	    { SAYS(N, A, 500, D, "m1"), .bank_id = "FT1" },
	    { SAYS(T, S, 480, D, "s#1"), .bank_id = "FT1" },
	    REPORT_MERGED, 1, 480, PAYMENT_BOOKED, 0, NULL },
	{ "a notice does not correct the statement",
	    { SAYS(T, S, 480, D, "s#1"), .bank_id = "FT1" },
	    { SAYS(N, A, 500, D, "m1"), .bank_id = "FT1" },
	    REPORT_MERGED, 1, 480, PAYMENT_BOOKED, 0, NULL },
	{ "same bank id on another account",
	    { SAYS(T, S, 500, D, "s#1"), .bank_id = "FT1" },
	    { SAYS(T, S, 500, D, "t#1"), .bank_id = "FT1",
		.account = "CZ6508000000192000145399" },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, NULL },
	{ "no id is no id", { SAYS(T, S, 500, D, "s#1"),
		.end_id = "NOTPROVIDED" },
	    { SAYS(T, S, 700, D, "t#1"), .end_id = "NOTPROVIDED" },
	    REPORT_NEW, 2, 700, PAYMENT_BOOKED, 0, NULL },
	{ "mail, then statement", { SAYS(N, A, 500, D, "m1"),
		.payer = "ADA LTD" },
	    { SAYS(T, S, 500, "2026-11-11", "s#1"), .payer = "Ada Ltd" },
	    REPORT_MERGED, 1, 500, PAYMENT_BOOKED, 0, "Ada Ltd" },
	{ "statement, then mail",
	    { SAYS(T, S, 500, "2026-11-11", "s#1"), .payer = "Ada Ltd" },
	    { SAYS(N, A, 500, D, "m1"), .payer = "ADA LTD" },
	    REPORT_MERGED, 1, 500, PAYMENT_BOOKED, 0, "Ada Ltd" },
	{ "outside the window", { SAYS(N, A, 500, D, "m1") },
	    { SAYS(T, S, 500, "2026-11-16", "s#1") },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, NULL },
	{ "inside the window", { SAYS(N, A, 500, D, "m1") },
	    { SAYS(T, S, 500, "2026-11-15", "s#1") },
	    REPORT_MERGED, 1, 500, PAYMENT_BOOKED, 0, NULL },
	{ "another payer", { SAYS(N, A, 500, D, "m1"), .payer = "Ada" },
	    { SAYS(T, S, 500, D, "s#1"), .payer = "Bob" },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, "Bob" },
	{ "another spelling, same account",
	    { SAYS(N, A, 500, D, "m1"), .payer = "Mueller",
		.payer_account = "GB33BUKB20201555555555" },
	    { SAYS(T, S, 500, D, "s#1"), .payer = "Müller",
		.payer_account = "GB33BUKB20201555555555" },
	    REPORT_MERGED, 1, 500, PAYMENT_BOOKED, 0, "Müller" },
	{ "a cut payer", { SAYS(N, A, 500, D, "m1"),
		.payer = "Lovelace Engines" },
	    { SAYS(T, S, 500, D, "s#1"), .payer = "Lovelace Engines Ltd" },
	    REPORT_MERGED, 1, 500, PAYMENT_BOOKED, 0, "Lovelace Engines Ltd" },
	{ "another invoice in the text",
	    { SAYS(N, A, 500, D, "m1"), .text = "INV-1" },
	    { SAYS(T, S, 500, D, "s#1"), .text = "INV-10" },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, NULL },
	{ "masked account", { SAYS(N, A, 500, D, "m1"), .account = "XX2051" },
	    { SAYS(T, S, 500, D, "s#1") },
	    REPORT_MERGED, 1, 500, PAYMENT_BOOKED, 0, NULL },
	{ "another masked account", { SAYS(N, A, 500, D, "m1"),
		.account = "XX2052" },
	    { SAYS(T, S, 500, D, "s#1") },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, NULL },
	{ "overlapping statements", { SAYS(T, S, 500, D, "s#1") },
	    { SAYS(T, S, 500, D, "t#9") },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_BOOKED, 0, NULL },
	{ "the statement once more in another format, with other ids",
	    { SAYS(T, S, 500, D, "camt!s#1"), .bank_id = "R1",
		.payer = "Ann", .payer_account = "DE89370400440532013000" },
	    { SAYS(T, S, 500, D, "mt940!t#1"), .bank_id = "Q1",
		.payer = "Ann", .payer_account = "DE89370400440532013000" },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_BOOKED, 0, "Ann" },
	{ "two statements in one format, with two ids",
	    { SAYS(T, S, 500, D, "camt!s#1"), .bank_id = "R1",
		.payer = "Ann", .payer_account = "DE89370400440532013000" },
	    { SAYS(T, S, 500, D, "camt!t#1"), .bank_id = "R2",
		.payer = "Ann", .payer_account = "DE89370400440532013000" },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, "Ann" },
	{ "twins in one statement", { SAYS(T, S, 500, D, "s#1") },
	    { SAYS(T, S, 500, D, "s#2") },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, NULL },
	{ "next day's twin", { SAYS(T, S, 500, D, "s#1") },
	    { SAYS(T, S, 500, "2026-11-11", "t#1") },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, NULL },
	{ "a return is a payment of its own", { SAYS(N, A, 500, D, "m1") },
	    { SAYS(N, A, -500, D, "m2") },
	    REPORT_NEW, 2, -500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "a notice settles", { SAYS(N, U, 500, D, "m1") },
	    { SAYS(N, A, 500, D, "m2"), .settles = true },
	    REPORT_MERGED, 1, 500, PAYMENT_BOOKED, 0, NULL },
	{ "class U settles nothing", { SAYS(N, A, 500, D, "m1") },
	    { SAYS(N, U, 900, D, "m2"), .settles = true },
	    REPORT_NEW, 2, 900, PAYMENT_POSSIBLE, 0, NULL },
	{ "the owner's word on the same bytes",
	    { SAYS(N, A, 500, D, "m1") }, { SAYS(N, O, 500, D, "m1") },
	    REPORT_MERGED, 1, 500, PAYMENT_BOOKED, 0, NULL },
	{ "the caller's id", { SAYS(N, O, 500, D, "f#1"), .key = "P1" },
	    { SAYS(N, O, 500, D, "g#7"), .key = "P1" },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_BOOKED, 0, NULL },
	{ "the caller's id, other amount",
	    { SAYS(N, O, 500, D, "f#1"), .key = "P1" },
	    { SAYS(N, O, 700, D, "g#7"), .key = "P1" },
	    REPORT_CONFLICT, 1, 500, PAYMENT_BOOKED, 1, NULL },
	{ "other ids of the caller",
	    { SAYS(N, O, 500, D, "f#1"), .key = "P1" },
	    { SAYS(N, O, 500, D, "g#7"), .key = "P2" },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, NULL },
	{ "same end-to-end id, twice in mail",
	    { SAYS(N, A, 500, D, "m1"), .end_id = "E1" },
	    { SAYS(N, A, 500, D, "m2"), .end_id = "E1" },
	    REPORT_DUPLICATE, 1, 500, PAYMENT_ANNOUNCED, 0, NULL },
	{ "same end-to-end id, other text",
	    { SAYS(N, A, 500, D, "m1"), .end_id = "E1", .text = "one" },
	    { SAYS(T, S, 500, D, "s#1"), .end_id = "E1", .text = "two" },
	    REPORT_MERGED, 1, 500, PAYMENT_BOOKED, 0, NULL },
	{ "other end-to-end ids", { SAYS(N, A, 500, D, "m1"), .end_id = "E1" },
	    { SAYS(T, S, 500, D, "s#1"), .end_id = "E2" },
	    REPORT_NEW, 2, 500, PAYMENT_BOOKED, 0, NULL },
};

static void
report_one(struct store *store, const struct one *one,
    enum report_result *result, int64_t *payment)
{
	struct report report = make_report(one->channel, one->trust,
	    one->amount, one->booked, one->source);

	report.settles = one->settles;
	report.message_id = one->message_id;
	report.signature = one->signature;
	report.payment.payer = (char *)one->payer;
	report.payment.payer_account = (char *)one->payer_account;
	report.payment.remittance = (char *)one->text;
	report.payment.bank_reference = (char *)one->bank_id;
	report.payment.end_to_end_id = (char *)one->end_id;
	report.payment.key = (char *)one->key;
	if (one->account)
		report.payment.account = (char *)one->account;
	CALL(store, store_payment_report(store, &report, result, payment));
}

static void
test_pair(const void *data)
{
	const struct pair *pair = data;
	struct scratch scratch;
	struct payment *payment = NULL;
	struct store_counts counts;
	enum report_result result;
	int64_t id;

	scratch_open(&scratch);
	CALL(scratch.store, store_begin(scratch.store));
	report_one(scratch.store, &pair->first, &result, &id);
	g_assert_cmpint(result, ==, REPORT_NEW);
	report_one(scratch.store, &pair->second, &result, &id);
	g_assert_cmpint(result, ==, pair->result);
	g_assert_cmpint(count_payments(scratch.store), ==, pair->payments);
	CALL(scratch.store, store_payment_get(scratch.store, id, &payment));
	g_assert_cmpint(payment->amount, ==, pair->amount);
	g_assert_cmpint(payment->unallocated, ==, pair->amount);
	g_assert_cmpint(payment->state, ==, pair->state);
	g_assert_cmpstr(payment->payer, ==, pair->payer);
	payment_free(payment);
	/* Once more changes nothing, whatever it was. */
	report_one(scratch.store, &pair->second, &result, &id);
	g_assert_cmpint(count_payments(scratch.store), ==, pair->payments);
	CALL(scratch.store, store_count(scratch.store, D, 0, &counts));
	g_assert_cmpint(counts.conflicts, ==, pair->conflicts);
	assert_sound(scratch.store);
	store_rollback(scratch.store);
	scratch_close(&scratch);
}

static void
test_refused(void)
{
	struct scratch scratch;
	enum report_result result;
	int64_t id;
	struct report report = make_report(N, TRUST_A, 0, D, "m1");

	scratch_open(&scratch);
	g_assert_cmpint(store_payment_report(scratch.store, &report, &result,
	    &id), ==, STORE_INVALID);
	report = make_report(N, TRUST_A, 5, "10.11.2026", "m1");
	g_assert_cmpint(store_payment_report(scratch.store, &report, &result,
	    &id), ==, STORE_INVALID);
	report = make_report(N, TRUST_A, 5, D, NULL);
	g_assert_cmpint(store_payment_report(scratch.store, &report, &result,
	    &id), ==, STORE_INVALID);
	g_assert_cmpint(count_payments(scratch.store), ==, 0);
	scratch_close(&scratch);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autofree char *path = g_strdup_printf("/report/%s",
		    pairs[i].name);

		g_test_add_data_func(path, &pairs[i], test_pair);
	}
	g_test_add_func("/report/refused", test_refused);
	return g_test_run();
}
