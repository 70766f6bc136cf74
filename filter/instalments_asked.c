/*
 * instalments_asked.c - what a customer's words do to instalment plans: a
 * question for one, a yes to an offer.
 */
#include "instalments.h"

enum store_status
instalments_asked(struct context *context, const struct customer *customer,
    const GArray *items, struct plan *plan, bool *answered, char **why)
{
	(void)context;
	(void)plan;
	*answered = false;
	if (why)
		*why = g_strdup_printf("%s asks about %u invoices",
		    customer->name, items->len);
	return STORE_OK;
}

enum store_status
instalments_accepted(struct context *context, const struct letter *letter,
    struct plan *plan, bool *answered)
{
	(void)context;
	(void)plan;
	(void)letter;
	*answered = false;
	return STORE_OK;
}
