/*
 * lately.c - was money like this one, with the same words, put on an invoice
 * some days ago? Whoever sends a transfer twice writes the same text again,
 * and another open invoice of that amount is not what is meant. A standing
 * order comes once a month and is none.
 */
#include "amounts.h"
#include "book.h"

#include <string.h>

#define LATELY_DAYS 20
#define DIGITS_MIN 4
#define NAMED_MIN 0.5

static bool
has_number(const char *squeezed)
{
	int digits = 0;

	for (; *squeezed; squeezed++)
		digits += g_ascii_isdigit(*squeezed);
	return digits >= DIGITS_MIN;
}

static bool
is_again(const struct payment *now, const char *words,
    const struct payment *before)
{
	int32_t a = day_number(now->booked), b = day_number(before->booked);
	g_autofree char *same = token_squeeze(before->remittance
		? before->remittance : "");

	return a != G_MININT32 && b != G_MININT32 && ABS(a - b) <= LATELY_DAYS &&
	    before->unallocated < before->amount && strcmp(words, same) == 0;
}

static bool
is_named(const struct facts *facts)
{
	for (guint i = 0; i < facts->candidates->len; i++) {
		const struct candidate *c = facts->candidates->pdata[i];

		if (c->mention >= NAMED_MIN)
			return true;
	}
	return facts->candidates->len == 0;
}

enum store_status
lately_gather(struct store *store, struct facts *facts)
{
	const struct payment *payment = facts->payment;
	g_autofree char *words = token_squeeze(payment->remittance
		? payment->remittance : "");
	g_autoptr(GPtrArray) similar = NULL;
	enum store_status status;

	if (is_named(facts) || !has_number(words))
		return STORE_OK;
	status = store_payment_find_similar(store, payment->id, LATELY_DAYS,
	    &similar);
	for (guint i = 0; status == STORE_OK && i < similar->len; i++)
		facts->told_again |= is_again(payment, words,
		    similar->pdata[i]);
	return status == STORE_NONE ? STORE_OK : status;
}
