/*
 * store_desk.h - a store in the middle of a transaction, with one customer,
 * one invoice of 10.00 and one announced payment of 6.00.
 */
#ifndef STORE_DESK_H
#define STORE_DESK_H

#include "store_lib.h"

struct desk {			/* a customer, an invoice, a payment */
	struct scratch scratch;
	struct store *store;
	int64_t customer, invoice, payment;
};

static G_GNUC_UNUSED int64_t
pay(struct store *store, enum trust trust, int64_t amount, const char *source)
{
	struct report report = make_report(trust == TRUST_S ?
	    CHANNEL_STATEMENT : CHANNEL_NOTICE, trust, amount, "2026-11-10",
	    source);
	enum report_result result;
	int64_t id;

	CALL(store, store_payment_report(store, &report, &result, &id));
	return id;
}

static G_GNUC_UNUSED void
desk_open(struct desk *desk)
{
	scratch_open(&desk->scratch);
	desk->store = desk->scratch.store;
	CALL(desk->store, store_begin(desk->store));
	desk->customer = make_customer(desk->store, "C1");
	desk->invoice = make_invoice(desk->store, desk->customer, "I1", 1000);
	desk->payment = pay(desk->store, TRUST_A, 600, "m1");
}

static G_GNUC_UNUSED void
desk_close(struct desk *desk)
{
	assert_sound(desk->store);
	CALL(desk->store, store_commit(desk->store));
	scratch_close(&desk->scratch);
}

static G_GNUC_UNUSED enum store_status
allocate(struct store *store, int64_t payment, int64_t invoice,
    enum allocation_kind kind, int64_t credit_note, int64_t amount,
    int64_t *id)
{
	struct allocation allocation = { .payment = payment,
		.invoice = invoice, .credit_note = credit_note, .kind = kind,
		.amount = amount, .by = (char *)"auto", .at = 5 };
	enum store_status status = store_allocation_add(store, &allocation);

	if (id)
		*id = allocation.id;
	return status;
}

#endif
