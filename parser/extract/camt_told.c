/*
 * camt_told.c - what the bank says about the way of the money: the charges
 * that were taken off it (Chrgs; ISO 20022 camt.053.001.02 repeats the element,
 * from .04 on it holds records), what was instructed, and the rate.
 */
#include "camt.h"
#include "told.h"

#include <string.h>

struct charges {
	const char *currency;	/* of the entry */
	int64_t sum;
	bool left_out;		/* some of it was not taken off the amount */
	bool unsure;		/* or nobody knows how much it was */
};

static void
add_amount(struct charges *charges, const struct node *amount)
{
	const char *currency;
	int64_t minor;

	if (!camt_read_amount(amount, &minor, &currency) ||
	    strcmp(currency, charges->currency) != 0 ||
	    __builtin_add_overflow(charges->sum, minor, &charges->sum))
		charges->unsure = true;
}

/* A record of charges: those that the payer bears, that were given back, or
 * that are booked apart, were not taken off the amount. */
static void
add_record(const struct node *record, void *user)
{
	struct charges *charges = user;
	const char *included = node_text(record, "ChrgInclInd");
	const char *sign = node_text(record, "CdtDbtInd");
	const char *bearer = node_text(record, "Br");

	if ((included && (strcmp(included, "false") == 0 ||
	    strcmp(included, "0") == 0)) || g_strcmp0(sign, "CRDT") == 0 ||
	    g_strcmp0(bearer, "DEBT") == 0)
		charges->left_out = true;
	else
		add_amount(charges, node_find(record, "Amt"));
}

static void
add_charges(const struct node *node, void *user)
{
	struct charges *all = user;
	struct charges one = {.currency = all->currency}, sum = one;
	const struct node *total = node_find(node, "TtlChrgsAndTaxAmt");
	bool records = node_find(node, "Rcrd") != NULL;

	node_each(node, "Rcrd", add_record, &one);
	if (!records && node_find(node, "Amt"))
		add_record(node, &one);
	else if (total && !one.left_out) {
		add_amount(&sum, total);
		one = sum;
	}
	all->unsure |= one.unsure ||
	    __builtin_add_overflow(all->sum, one.sum, &all->sum);
}

static void
set_charges(struct event *event, const struct node *node)
{
	struct charges charges = {.currency = event_get(event, EVENT_CURRENCY)};

	node_each(node, "Chrgs", add_charges, &charges);
	if (!charges.unsure)
		told_charges(event, charges.sum, charges.currency);
}

static void
set_instructed(struct event *event, const struct node *node, bool details)
{
	static const char *const paths[] = {"AmtDtls/InstdAmt/Amt",
	    "AmtDtls/TxAmt/Amt", "Amt"};

	for (size_t i = 0; i < G_N_ELEMENTS(paths) - !details; i++) {
		const char *currency;
		int64_t minor;

		if (!camt_read_amount(node_find(node, paths[i]), &minor,
		    &currency))
			continue;
		told_instructed(event, minor, currency);
		return;
	}
}

static void
set_rate(struct event *event, const struct node *node)
{
	static const char *const paths[] = {"AmtDtls/InstdAmt/CcyXchg/XchgRate",
	    "AmtDtls/TxAmt/CcyXchg/XchgRate",
	    "AmtDtls/CntrValAmt/CcyXchg/XchgRate"};

	for (size_t i = 0; i < G_N_ELEMENTS(paths) &&
	    !event_get(event, EVENT_EXCHANGE_RATE); i++)
		told_rate(event, node_text(node, paths[i]));
}

void
camt_told(struct event *event, const struct node *entry,
    const struct node *details, bool whole)
{
	const struct node *const nodes[] = {details, whole ? entry : NULL};

	for (size_t i = 0; i < G_N_ELEMENTS(nodes); i++) {
		if (!nodes[i])
			continue;
		if (!event_get(event, EVENT_CHARGES))
			set_charges(event, nodes[i]);
		if (!event_get(event, EVENT_INSTRUCTED_AMOUNT))
			set_instructed(event, nodes[i], i == 0);
		set_rate(event, nodes[i]);
	}
}
