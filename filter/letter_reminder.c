/*
 * letter_reminder.c - what a reminder says beside its invoices: the new term,
 * and what its steps add; and how far the bank's word goes.
 */
#include "letter_values.h"

#include "print.h"

/* When the account of an invoice was last heard, or 0. */
static enum store_status
heard_of(const struct values *values, const struct invoice *invoice,
    int64_t *heard)
{
	const struct account *account =
	    invoice_account(values->context->config, invoice);
	struct feed *feed = NULL;
	enum store_status status = account ? store_feed_get(
	    values->context->store, account->iban, &feed) : STORE_NONE;

	*heard = status == STORE_OK ? feed->heard : 0;
	feed_free(feed);
	return status == STORE_NONE ? STORE_OK : status;
}

/* The moment up to which the word of every account is known. Before one was
 * heard there is none, and nothing is claimed: only a note before the due date
 * can leave then. */
enum store_status
values_as_of(const struct values *values, json_t *out)
{
	int64_t known = values->context->now;
	g_autofree char *text = NULL;

	for (guint i = 0; i < values->invoices->len; i++) {
		int64_t heard;
		enum store_status status = heard_of(values,
		    values->invoices->pdata[i], &heard);

		if (status != STORE_OK || heard == 0)
			return status;
		known = MIN(known, heard);
	}
	text = values_time(known, values->zone);
	json_put(out, "as_of", text);
	return STORE_OK;
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

/* What all the steps permit (legal), what any offers (instalments). */
static void
put_steps(const struct values *values, json_t *out)
{
	const struct config *config = values->context->config;
	bool legal = values->letter->items->len > 0, instalments = false;
	bool final = legal, stops = false;

	for (guint i = 0; i < values->letter->items->len; i++) {
		const struct letter_item *item =
		    values->letter->items->pdata[i];
		const struct policy *policy = invoice_policy(config,
		    find_invoice_of(values, item), values->customer);
		const struct step *step = policy_step(policy, item->step);

		legal = legal && step && step->legal;
		final = final && step && step->final;
		stops = stops || (policy->work_stops && step &&
		    !step_is_note(step));
		instalments = instalments || (step && step->instalments &&
		    (!step->if_deserving || values->letter->instalments));
	}
	if (legal)
		json_object_set_new(out, "legal", json_true());
	if (final)
		json_object_set_new(out, "final", json_true());
	if (stops)
		json_object_set_new(out, "work_stops", json_true());
	if (instalments)
		json_object_set_new(out, "instalments", json_true());
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
	enum store_status status;

	if (values->letter->term_days > 0) {
		char day[DAY_SIZE];

		day_text(values->today + values->letter->term_days, day);
		json_put(out, "term_day", day);
	}
	put_steps(values, out);
	status = put_last_reminder(values, out);
	return status == STORE_OK ? values_charges(values, out) : status;
}
