/*
 * evidence.c - what the bank has said: money that is not matched yet and might
 * be a customer's, and when each account last spoke.
 *
 * Only real money counts here (announced or booked). What anybody could have
 * written is kept out: it makes one hold of its own, once.
 */
#include "remind_internal.h"

#include "amounts.h"
#include "transfer.h"

#include <string.h>

static void
loose_free(gpointer pointer)
{
	struct loose *loose = pointer;

	payment_free(loose->payment);
	if (loose->suggestions)
		g_ptr_array_unref(loose->suggestions);
	if (loose->parties)
		g_ptr_array_unref(loose->parties);
	g_strfreev(loose->words);
	g_free(loose);
}

void
evidence_release(struct evidence *evidence)
{
	g_clear_pointer(&evidence->loose, g_ptr_array_unref);
	g_clear_pointer(&evidence->index, g_hash_table_unref);
	g_clear_pointer(&evidence->feeds, g_ptr_array_unref);
}

/* ---- reading ------------------------------------------------------------------ */

static enum store_status
add_loose(struct context *context, struct evidence *evidence,
    struct payment *payment)
{
	struct loose *loose = g_new0(struct loose, 1);
	enum store_status status;

	loose->payment = payment;
	g_ptr_array_add(evidence->loose, loose);
	status = store_suggestion_list(context->store, payment->id,
	    &loose->suggestions);
	if (status == STORE_OK && payment->payer_account)
		status = store_party_by_account(context->store,
		    payment->payer_account, &loose->parties);
	if (payment->payer)
		loose->words = name_words(payment->payer);
	evidence_index(evidence, loose, evidence->loose->len - 1);
	return status == STORE_NONE ? STORE_OK : status;
}

static bool
is_real(const struct payment *payment, int64_t now)
{
	return payment->state != PAYMENT_POSSIBLE && payment->amount > 0 &&
	    payment->unallocated > 0 && !payment->set_aside &&
	    payment->arrived + EVIDENCE_DAYS * DAY_SECONDS > now;
}

enum store_status
evidence_gather(struct context *context, struct evidence *out)
{
	const struct payment_filter filter = {.unallocated_only = true};
	g_autoptr(GPtrArray) payments = NULL;
	enum store_status status;

	out->loose = g_ptr_array_new_with_free_func(loose_free);
	out->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    (GDestroyNotify)g_array_unref);
	out->feeds = NULL;
	transfer_load(context);
	status = store_feed_list(context->store, &out->feeds);
	if (status == STORE_OK)
		status = store_payment_list(context->store, &filter,
		    &payments);
	for (guint i = 0; status == STORE_OK && i < payments->len; i++) {
		if (!is_real(payments->pdata[i], context->now) ||
		    transfer_provider(context->config, payments->pdata[i]))
			continue;
		status = add_loose(context, out, payments->pdata[i]);
		payments->pdata[i] = NULL;
	}
	if (status != STORE_OK)
		evidence_release(out);
	return status;
}

/* ---- whose money? ------------------------------------------------------------ */

enum voice { VOICE_NONE, VOICE_OTHER, VOICE_THEIRS };

static enum voice
suggestions_say(const struct loose *loose, const struct invoice *invoice)
{
	enum voice voice = VOICE_NONE;

	for (guint i = 0; loose->suggestions && i < loose->suggestions->len;
	    i++) {
		const struct suggestion *one = loose->suggestions->pdata[i];

		if (one->rejected)
			continue;
		if (one->invoice == invoice->id ||
		    one->customer == invoice->customer)
			return VOICE_THEIRS;
		voice = VOICE_OTHER;
	}
	return voice;
}

static bool
account_is_theirs(const struct loose *loose, int64_t customer)
{
	for (guint i = 0; loose->parties && i < loose->parties->len; i++) {
		const struct party *party = loose->parties->pdata[i];

		if (party->customer == customer)
			return true;
	}
	return false;
}

/* All words of the customer's name are in the payer's. */
static bool
name_is_theirs(const struct loose *loose, char **words)
{
	if (!loose->words || !loose->words[0] || !words || !words[0])
		return false;
	for (char **word = words; *word; word++)
		if (!g_strv_contains((const char *const *)loose->words, *word))
			return false;
	return true;
}

static bool
amount_is_theirs(const struct loose *loose, const struct invoice *invoice)
{
	const struct payment *payment = loose->payment;

	if (g_strcmp0(payment->currency, invoice->currency) != 0 ||
	    (payment->unallocated != invoice_balance(invoice) &&
	    payment->unallocated != invoice->open))
		return false;
	return day_number(payment->booked) >= day_number(invoice->date) - 10;
}

static const char *
look(const struct loose *loose, const struct invoice *invoice, char **words)
{
	enum voice suggested = suggestions_say(loose, invoice);

	if (suggested == VOICE_THEIRS)
		return "is suggested for it";
	if (account_is_theirs(loose, invoice->customer))
		return "came from their account";
	/* Whoever pays from a known account may pay for somebody else. */
	if (suggested == VOICE_OTHER)
		return NULL;
	if (name_is_theirs(loose, words))
		return "came under their name";
	if (amount_is_theirs(loose, invoice))
		return "is exactly what is open";
	return NULL;
}

const struct loose *
evidence_theirs(const struct evidence *evidence, const struct invoice *invoice,
    const struct customer *customer, int64_t now, const char **why)
{
	g_auto(GStrv) words =
	    evidence->loose->len ? name_words(customer->name) : NULL;
	g_autoptr(GArray) places = evidence_places(evidence, invoice, words);

	for (guint i = 0; i < places->len; i++) {
		const struct loose *loose = evidence->loose->pdata[
		    g_array_index(places, guint, i)];

		if (!is_real(loose->payment, now))
			continue;
		*why = look(loose, invoice, words);
		if (*why)
			return loose;
	}
	*why = NULL;
	return NULL;
}

/* ---- feeds ----------------------------------------------------------------------- */

const struct account *
invoice_account(const struct config *config, const struct invoice *invoice)
{
	const struct account *account = invoice->account ?
	    config_account(config, invoice->account) : NULL;

	return account ? account :
	    config_pay_account(config, invoice->currency);
}

const struct feed *
feed_of_account(const GPtrArray *feeds, const struct account *account)
{
	for (guint i = 0; i < feeds->len; i++) {
		const struct feed *feed = feeds->pdata[i];

		if (strcmp(feed->account, account->iban) == 0)
			return feed;
	}
	return NULL;
}

int32_t
feed_heard_day(const struct config *config, const struct feed *feed)
{
	char day[DAY_SIZE];

	calendar_local(feed->heard, config->timezone, day, NULL);
	return day_number(day);
}

bool
feed_drifts(const struct feed *feed)
{
	return feed->drift && feed->drift >= feed->heard;
}
