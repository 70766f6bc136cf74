/*
 * letter_reminder.c - what a reminder says beside its invoices: how far the
 * bank's word goes, the new term, and what its steps add.
 */
#include "letter_values.h"

#include "print.h"

/* The moment up to which the bank's word is known. Before anything was heard
 * there is none, and nothing is claimed: only a note before the due date can
 * leave then. */
static enum store_status
put_as_of(const struct values *values, json_t *out)
{
	const struct invoice *first = values->invoices->pdata[0];
	const struct account *account =
	    invoice_account(values->context->config, first);
	struct feed *feed = NULL;
	enum store_status status = account ? store_feed_get(
	    values->context->store, account->iban, &feed) : STORE_NONE;

	if (status == STORE_OK && feed->heard) {
		g_autofree char *text = values_time(MIN(feed->heard,
		    values->context->now), values->zone);

		json_put(out, "as_of", text);
	}
	feed_free(feed);
	return status == STORE_NONE ? STORE_OK : status;
}

static const struct invoice *
find_invoice_of(const struct values *values, const struct letter_item *item)
{
	for (guint i = 0; i < values->invoices->len; i++) {
		const struct invoice *invoice = values->invoices->pdata[i];

		if (invoice->id == item->invoice)
			return invoice;
	}
	return values->invoices->pdata[0];
}

/* What all the steps permit (legal), what any offers (instalments), and the
 * highest fee. */
static void
put_steps(const struct values *values, json_t *out)
{
	const struct config *config = values->context->config;
	bool legal = values->letter->items->len > 0, instalments = false;
	int64_t fee = 0;

	for (guint i = 0; i < values->letter->items->len; i++) {
		const struct letter_item *item =
		    values->letter->items->pdata[i];
		const struct policy *policy = invoice_policy(config,
		    find_invoice_of(values, item), values->customer);
		const struct step *step = policy_step(policy, item->step);

		legal = legal && step && step->legal;
		instalments = instalments || (step && step->instalments);
		if (step && step->fee)
			fee = MAX(fee, policy->fee);
	}
	if (legal)
		json_object_set_new(out, "legal", json_true());
	if (instalments)
		json_object_set_new(out, "instalments", json_true());
	if (fee > 0)
		values_money(out, "fee", fee, config->currency);
}

static enum store_status
put_last_reminder(const struct values *values, json_t *out)
{
	int64_t last = 0;
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < values->invoices->len;
	    i++) {
		const struct invoice *invoice = values->invoices->pdata[i];
		const struct letter_filter filter = {.invoice = invoice->id,
		    .kinds = 1u << LETTER_REMINDER,
		    .states = 1u << LETTER_SENT};
		g_autoptr(GPtrArray) letters = NULL;

		status = store_letter_list(values->context->store, &filter,
		    &letters);
		for (guint j = 0; status == STORE_OK && j < letters->len; j++) {
			const struct letter *one = letters->pdata[j];

			if (one->id != values->letter->id)
				last = MAX(last, one->sent);
		}
	}
	if (status == STORE_OK && last)
		values_day(values, out, "last_reminder", last);
	return status;
}

enum store_status
values_reminder(const struct values *values, json_t *out)
{
	enum store_status status = put_as_of(values, out);

	if (values->letter->term_days > 0) {
		char day[DAY_SIZE];

		day_text(values->today + values->letter->term_days, day);
		json_put(out, "term_day", day);
	}
	put_steps(values, out);
	return status == STORE_OK ? put_last_reminder(values, out) : status;
}
