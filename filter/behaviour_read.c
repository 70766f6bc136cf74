/*
 * behaviour_read.c - a customer's paid invoices out of the store, as the
 * figures want them.
 */
#include "behaviour.h"

static int32_t
day_or_none(const char *day)
{
	return day ? day_number(day) : G_MININT32;
}

struct paid_sample
paid_sample(const struct paid *paid)
{
	return (struct paid_sample){day_or_none(paid->invoiced),
	    day_or_none(paid->due), day_or_none(paid->day)};
}

static void
take(const struct paid *paid, void *data)
{
	const struct paid_sample sample = paid_sample(paid);

	g_array_append_val((GArray *)data, sample);
}

enum store_status
behaviour_of(struct context *context, int64_t customer, struct behaviour *out)
{
	g_autoptr(GArray) samples = g_array_new(FALSE, FALSE,
	    sizeof(struct paid_sample));
	enum store_status status = store_paid_of(context->store, customer,
	    take, samples);

	if (status == STORE_OK)
		behaviour_compute(samples, day_number(context->today), out);
	return status;
}
