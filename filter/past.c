/*
 * past.c - the reminders that a customer was sent or that wait: which step an
 * invoice has reached, and when the customer last heard from us.
 */
#include "remind_internal.h"

#define STATE(state) (1u << LETTER_##state)

void
past_release(struct past *past)
{
	g_clear_pointer(&past->credits, g_ptr_array_unref);
	g_clear_pointer(&past->letters, g_ptr_array_unref);
}

static enum store_status
gather_credits(struct context *context, int64_t customer, GPtrArray **out)
{
	enum store_status status = store_invoice_find_open(context->store,
	    customer, G_MAXINT, out);

	for (guint i = *out ? (*out)->len : 0; i > 0; i--) {
		const struct invoice *one = (*out)->pdata[i - 1];

		if (one->type != INVOICE_CREDIT_NOTE)
			g_ptr_array_remove_index(*out, i - 1);
	}
	return status;
}

enum store_status
past_gather(struct context *context, int64_t customer, struct past *out)
{
	const struct letter_filter filter = {.customer = customer,
	    .kinds = LETTER_REMINDERS,
	    .states = STATE(PLANNED) | STATE(RENDERED) | STATE(SENDING) |
	    STATE(SENT) | STATE(FAILED) | STATE(UNKNOWN)};

	enum store_status status;

	*out = (struct past){0};
	status = store_letter_list(context->store, &filter, &out->letters);
	return status == STORE_OK ? gather_credits(context, customer,
	    &out->credits) : status;
}

static bool
waits(const struct letter *letter)
{
	return letter_waits(letter) || letter->state == LETTER_SENDING;
}

static bool
left(const struct letter *letter)
{
	return letter->state == LETTER_SENT || letter->state == LETTER_UNKNOWN;
}

/* An unknown outcome has no moment of its own. */
static int32_t
day_of(const struct letter *letter, const char *zone_name)
{
	char day[DAY_SIZE];

	calendar_local(letter->sent ? letter->sent : letter->planned,
	    zone_name, day, NULL);
	return day_number(day);
}

void
past_reached(const struct past *past, const struct invoice *invoice,
    const char *zone_name, struct reached *out)
{
	int32_t due = day_number(invoice->due);

	*out = (struct reached){.term_end = G_MININT32};
	for (guint i = 0; i < past->letters->len; i++) {
		const struct letter *letter = past->letters->pdata[i];
		const struct letter_item *item = letter_item_of(letter, invoice->id);
		int32_t day;

		if (!item || letter->kind != LETTER_REMINDER ||
		    (!left(letter) && !waits(letter)))
			continue;
		out->last_step = MAX(out->last_step, item->step);
		day = day_of(letter, zone_name);
		if (day <= due || !left(letter))
			continue;
		out->reminders++;
		if (letter->term_days)
			out->term_end = MAX(out->term_end,
			    day + letter->term_days);
	}
}

int
past_sent_on(const struct past *past, int32_t day, const char *zone_name)
{
	int count = 0;

	for (guint i = 0; i < past->letters->len; i++) {
		const struct letter *letter = past->letters->pdata[i];

		if (!waits(letter) && day_of(letter, zone_name) == day)
			count++;
	}
	return count;
}

/* Up to the due dates of all its invoices a letter was only a note, whatever
 * policy each of them has. */
static bool
is_note(struct context *context, const struct letter *letter, int32_t day)
{
	bool note = true;

	if (letter->kind == LETTER_INSTALMENT)
		return g_strcmp0(letter->tone, "friendly") == 0;
	for (guint i = 0; note && letter->items && i < letter->items->len;
	    i++) {
		const struct letter_item *item = letter->items->pdata[i];
		struct invoice *invoice;

		if (store_invoice_get(context->store, item->invoice,
		    &invoice) != STORE_OK)
			continue;
		note = invoice->due && day <= day_number(invoice->due);
		invoice_free(invoice);
	}
	return note;
}

/* Asked for each invoice of a customer, answered once. */
int32_t
past_last_day(struct context *context, const struct past *constant,
    const char *zone_name)
{
	struct past *past = (struct past *)constant;

	if (past->last_is_known)
		return past->last_day;
	past->last_is_known = true;
	past->last_day = G_MININT32;
	for (guint i = past->letters->len; i > 0; i--) {
		const struct letter *letter = past->letters->pdata[i - 1];
		int32_t day = left(letter) ? day_of(letter, zone_name)
					   : G_MININT32;

		if (day > past->last_day && !is_note(context, letter, day))
			past->last_day = day;
	}
	return past->last_day;
}

bool
past_waits(const struct past *past)
{
	for (guint i = 0; i < past->letters->len; i++)
		if (waits(past->letters->pdata[i]))
			return true;
	return false;
}
