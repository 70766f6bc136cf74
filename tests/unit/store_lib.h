/*
 * store_lib.h - what the tests of the store share: a scratch store, short
 * ways to make customers, invoices and reports, the ledger as text.
 */
#ifndef STORE_LIB_H
#define STORE_LIB_H

#include "../../store/internal.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct scratch {
	char *folder, *path;
	struct store *store;
};

/* Statuses by name, so that a failure says what happened. */
#define CALL(store, call) G_STMT_START { \
	enum store_status status_ = (call); \
	if (status_ != STORE_OK) \
		g_error("%s: status %d, %s", #call, (int)status_, \
		    store_error(store)); \
} G_STMT_END

static G_GNUC_UNUSED void
scratch_open(struct scratch *scratch)
{
	scratch->folder = g_dir_make_tmp("store.XXXXXX", NULL);
	g_assert_nonnull(scratch->folder);
	scratch->path = g_build_filename(scratch->folder, "store.db", NULL);
	CALL(scratch->store, store_open(scratch->path, STORE_CREATE, 5000,
	    &scratch->store));
}

static G_GNUC_UNUSED void
scratch_close(struct scratch *scratch)
{
	static const char *const names[] = {
		"store.db", "store.db-journal", "store.db.lock", "copy.db",
		"copy.db-journal", "copy.db.lock"
	};

	store_close(scratch->store);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(scratch->folder,
		    names[i], NULL);

		g_unlink(path);
	}
	g_rmdir(scratch->folder);
	g_free(scratch->folder);
	g_free(scratch->path);
}

static G_GNUC_UNUSED int64_t
make_customer(struct store *store, const char *key)
{
	struct customer customer = {
		.key = (char *)key, .name = (char *)key, .terms_days = -1
	};
	enum store_status status = store_customer_put(store, &customer);

	g_assert_cmpint(status, <=, STORE_KNOWN);
	return customer.id;
}

static G_GNUC_UNUSED int64_t
make_invoice(struct store *store, int64_t customer, const char *key,
    int64_t amount)
{
	const char *const keys[] = { key, NULL };
	struct invoice invoice = {
		.key = (char *)key, .number = (char *)key, .customer = customer,
		.state = INVOICE_OPEN, .date = (char *)"2026-10-01",
		.due = (char *)"2026-10-31", .currency = (char *)"EUR",
		.amount = amount, .opening = amount
	};

	CALL(store, store_invoice_add(store, &invoice, keys));
	return invoice.id;
}

/* A report with what a payment needs; the test fills in the rest. */
static G_GNUC_UNUSED struct report
make_report(enum channel channel, enum trust trust, int64_t amount,
    const char *booked, const char *source)
{
	return (struct report){
		.payment = {
			.trust = trust, .currency = (char *)"EUR",
			.amount = amount, .booked = (char *)booked,
			.account = (char *)"DE02120300000000202051",
			.arrived = 1000
		},
		.channel = channel, .source = source
	};
}

static G_GNUC_UNUSED int
count_payments(struct store *store)
{
	const struct payment_filter all = { 0 };
	g_autoptr(GPtrArray) list = NULL;

	CALL(store, store_payment_list(store, &all, &list));
	return (int)list->len;
}

static int
compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All payments, one line each, sorted: the same whenever the ledger is. */
static G_GNUC_UNUSED char *
ledger_text(struct store *store)
{
	const struct payment_filter all = { 0 };
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

	CALL(store, store_payment_list(store, &all, &list));
	for (guint i = 0; i < list->len; i++) {
		const struct payment *p = list->pdata[i];

		g_ptr_array_add(lines, g_strdup_printf("%s %" PRId64
		    " %s trust %d state %d account %s payer %s/%s text %s/%s "
		    "ids %s/%s arrived %" PRId64 " key %s", p->currency,
		    p->amount, p->booked, (int)p->trust, (int)p->state,
		    p->account, p->payer, p->payer_account, p->remittance,
		    p->reference, p->bank_reference, p->end_to_end_id,
		    p->arrived, p->key));
	}
	g_ptr_array_sort(lines, compare_lines);
	g_ptr_array_add(lines, NULL);
	return g_strjoinv("\n", (char **)lines->pdata);
}

static G_GNUC_UNUSED void
assert_sound(struct store *store)
{
	g_autoptr(GPtrArray) problems = NULL;

	CALL(store, store_check(store, &problems));
	for (guint i = 0; i < problems->len; i++)
		g_test_message("%s", (char *)problems->pdata[i]);
	g_assert_cmpuint(problems->len, ==, 0);
}

#endif
