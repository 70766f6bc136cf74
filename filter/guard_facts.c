/*
 * guard_facts.c - reads what the guard decides on, and keeps for each gate the
 * sentence that tells a person why it is shut and until when.
 */
#include "experiment.h"
#include "phrases.h"
#include "remind_internal.h"
#include "amounts.h"

#include <string.h>

#define CREDIT_PART 20
#define POSSIBLE_SECONDS (48 * 3600)	/* what anybody's word is worth */

struct look {			/* one reading */
	struct context *context;
	const struct grounds *grounds;
	const struct invoice *invoice;
	const struct customer *customer;
	const struct step *step;
	const char *zone;
	int32_t today;
	struct guard_facts *facts;
	char *sentences[GATE_RECIPIENT + 1];
	int64_t until[GATE_RECIPIENT + 1];
};

const char *
customer_zone(const struct config *config, const struct customer *customer)
{
	return customer->timezone ? customer->timezone : config->timezone;
}

const struct holidays *
customer_days(const struct config *config, const struct customer *customer)
{
	return calendar_of_country(
	    customer->country ? customer->country : config->country);
}

const struct policy *
invoice_policy(const struct config *config, const struct invoice *invoice,
    const struct customer *customer)
{
	return config_policy(config, invoice->policy ? invoice->policy :
	    customer->policy ? customer->policy :
	    experiment_policy(config, invoice, customer));
}

static void G_GNUC_PRINTF(4, 5)
note(struct look *look, enum gate gate, int64_t until, const char *format, ...)
{
	va_list arguments;

	if (look->sentences[gate])
		return;
	va_start(arguments, format);
	look->sentences[gate] = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	look->until[gate] = until;
}

/* ---- money ----------------------------------------------------------------- */

static void
look_at_balance(struct look *look)
{
	const struct invoice *invoice = look->invoice;
	struct guard_facts *facts = look->facts;
	g_autofree char *rest = money_text(
	    invoice_balance(invoice), invoice->currency);
	g_autofree char *least = NULL;

	facts->open = invoice->open;
	facts->announced = invoice->announced;
	facts->minimum = policy_minimum(look->context->config,
	    invoice_policy(look->context->config, invoice, look->customer),
	    invoice->currency);
	least = money_text(facts->minimum, invoice->currency);
	note(look, GATE_PAID, 0, "nothing is open");
	note(look, GATE_ANNOUNCED, 0, "the bank has announced the money; the "
	    "statement will book it");
	note(look, GATE_MINIMUM, 0, "%s is less than the minimum of %s",
	    rest, least);
}

static void
look_for_money(struct look *look)
{
	const char *why;
	const struct loose *loose = evidence_theirs(look->grounds->evidence,
	    look->invoice, look->customer, look->context->now, &why);
	const struct payment *payment;
	g_autofree char *amount = NULL;

	if (!loose)
		return;
	payment = loose->payment;
	amount = money_text(payment->unallocated, payment->currency);
	look->facts->possible_payment = true;
	note(look, GATE_POSSIBLE_PAYMENT,
	    payment->arrived + EVIDENCE_DAYS * DAY_SECONDS,
	    "%s from %s of %s %s", amount,
	    payment->payer ? payment->payer : payment->payer_account ?
	    payment->payer_account : "an unnamed payer", payment->booked, why);
}

/* A credit note that nobody has set off yet is money of theirs. Small ones do
 * not silence a reminder: CREDIT_PART of the balance is the least. */
static void
look_for_credit(struct look *look)
{
	const GPtrArray *credits = look->grounds->past->credits;
	int64_t balance = look->invoice->open - look->invoice->announced;
	const struct invoice *first = NULL;
	int64_t sum = 0;
	g_autofree char *amount = NULL;

	for (guint i = 0; credits && i < credits->len; i++) {
		const struct invoice *one = credits->pdata[i];

		if (strcmp(one->currency, look->invoice->currency) != 0)
			continue;
		if (!first)
			first = one;
		sum += one->open;
	}
	if (!first || sum < balance / CREDIT_PART)
		return;
	amount = money_format(sum, first->currency);
	look->facts->possible_payment = true;
	note(look, GATE_POSSIBLE_PAYMENT, 0, "%s %s of credit (%s) are not "
	    "set off yet; do: mailfilter invoice credit %s %s", amount,
	    first->currency, first->number, look->invoice->number,
	    first->number);
}

/* ---- holds ------------------------------------------------------------------- */

static void
take_hold(struct look *look, const struct hold *hold)
{
	int64_t until = hold->until;
	enum gate gate = GATE_HOLD;

	if (hold->kind == HOLD_POSSIBLE_PAYMENT) {
		gate = GATE_POSSIBLE_PAYMENT;
		if (hold->trust == TRUST_U && (until == 0 ||
		    until > hold->since + POSSIBLE_SECONDS))
			until = hold->since + POSSIBLE_SECONDS;
		if (until && until <= look->context->now)
			return;
		look->facts->possible_payment = true;
	} else {
		look->facts->on_hold = true;
	}
	if (gate == GATE_POSSIBLE_PAYMENT && hold->why)
		note(look, gate, until, "%s", hold->why);
	else
		note(look, gate, until, "%s%s%s%s", hold_kind_name(hold->kind),
		    hold->why ? ": " : "", hold->why ? hold->why : "",
		    until ? "" : ", until you release it");
}

/* Who wants no more mail is written nothing, until the owner has decided. */
static enum store_status
look_for_stop(struct look *look)
{
	g_autoptr(GPtrArray) holds = NULL;
	enum store_status status = store_hold_list(look->context->store,
	    look->customer->id, 0, look->context->now, &holds);

	for (guint i = 0; status == STORE_OK && i < holds->len; i++) {
		const struct hold *one = holds->pdata[i];

		if (one->kind != HOLD_STOP)
			continue;
		take_hold(look, one);
		look->facts->stopped = true;
	}
	return status;
}

static enum store_status
look_for_holds(struct look *look)
{
	g_autoptr(GPtrArray) holds = NULL;
	enum store_status status = store_hold_list(look->context->store,
	    look->customer->id, look->invoice->id, look->context->now, &holds);

	for (guint i = 0; status == STORE_OK && i < holds->len; i++) {
		const struct hold *hold = holds->pdata[i];

		if (!look->grounds->instalment ||
		    hold->kind != HOLD_INSTALMENTS)
			take_hold(look, hold);
	}
	return status;
}

/* ---- the bank ------------------------------------------------------------------ */

static bool
feed_is_known(struct look *look, const struct account *account,
    const struct feed *feed)
{
	if (!account) {
		note(look, GATE_STALE_FEED, 0, "no bank account is configured: "
		    "nobody can tell who has paid");
		return false;
	}
	if (!feed || (!feed->heard && !feed->drift)) {
		note(look, GATE_STALE_FEED, 0, "account \"%s\" was never heard "
		    "of: no notice and no statement", account->name);
		return false;
	}
	return true;
}

static bool
feed_is_fresh(struct look *look, const struct account *account,
    const struct feed *feed, int32_t heard)
{
	const char *zone = look->context->config->timezone;
	g_autofree char *last = calendar_text(feed->heard, zone);

	if (feed_drifts(feed)) {
		g_autofree char *since = calendar_text(feed->drift, zone);

		note(look, GATE_STALE_FEED, 0, "the mails of account \"%s\" "
		    "are not understood since %s ('mailfilter status' tells "
		    "which)", account->name, since);
		return false;
	}
	if (heard <= day_number(look->invoice->due)) {
		note(look, GATE_STALE_FEED, 0, "account \"%s\" has not spoken "
		    "since the due date (last on %s)", account->name, last);
		return false;
	}
	if (calendar_add_business_days(calendar_of_bank(account->currency,
	    account->iban), heard, account->fresh_days) < look->today) {
		note(look, GATE_STALE_FEED, 0, "account \"%s\" is silent for "
		    "more than %d business days (last on %s)", account->name,
		    account->fresh_days, last);
		return false;
	}
	return true;
}

/* Money sent on the last day, of the invoice or of the term that the last
 * reminder set, has had its time to show, and the bank has spoken after it. */
static bool
lag_is_over(struct look *look, const struct account *account, int32_t heard)
{
	const char *zone = look->context->config->timezone;
	struct reached reached;
	int32_t due = day_number(look->invoice->due), end;
	char last_day[DAY_SIZE], end_day[DAY_SIZE];

	past_reached(look->grounds->past, look->invoice, look->zone,
	    &reached);
	due = MAX(due, reached.term_end);
	end = calendar_add_business_days(calendar_of_bank(
	    look->invoice->currency, account->iban), due,
	    look->context->config->bank_lag_days);
	if (look->today > end && heard > end)
		return true;
	day_text(due, last_day);
	day_text(end, end_day);
	if (look->today <= end)
		note(look, GATE_BANK_LAG, calendar_moment(end + 1, 0, zone),
		    "money sent on %s may show until %s", last_day, end_day);
	else
		note(look, GATE_BANK_LAG, 0, "money sent on %s may show until "
		    "%s, and account \"%s\" has not spoken after that day",
		    last_day, end_day, account->name);
	return false;
}

static void
look_at_feed(struct look *look)
{
	const struct config *config = look->context->config;
	const struct account *account = invoice_account(config, look->invoice);
	const struct feed *feed = account ?
	    feed_of_account(look->grounds->evidence->feeds, account) : NULL;
	int32_t heard;

	if (look->facts->before_due || !feed_is_known(look, account, feed))
		return;
	heard = feed_heard_day(config, feed);
	look->facts->feed_known = true;
	look->facts->feed_fresh = feed_is_fresh(look, account, feed, heard);
	look->facts->lag_over = lag_is_over(look, account, heard);
}

/* ---- the customer ------------------------------------------------------------- */

static bool
address_is_safe(const struct config *config, const char *address)
{
	const char *at = strchr(address, '@');

	if (!at || at == address || !at[1] || strchr(at + 1, '@') ||
	    strlen(address) > 254 || strstr(at, "..") || at[1] == '.')
		return false;
	for (const char *p = address; *p; p++)
		if (!g_ascii_isgraph(*p) || strchr("<>()[]\\,;:\"", *p))
			return false;
	if (g_ascii_strcasecmp(address, config->email) == 0 ||
	    (config->bounce && g_ascii_strcasecmp(address, config->bounce) == 0))
		return false;
	for (char **mailbox = config->mailboxes; *mailbox; mailbox++)
		if (g_ascii_strcasecmp(address, *mailbox) == 0)
			return false;
	return true;
}

bool
recipient_is_safe(const struct config *config, const char *address)
{
	g_auto(GStrv) parts = NULL;

	if (!address || !*address)
		return false;
	parts = g_strsplit(address, ",", -1);
	for (char **part = parts; *part; part++)
		if (!address_is_safe(config, g_strstrip(*part)))
			return false;
	return true;
}

static void
look_at_recipient(struct look *look)
{
	const struct config *config = look->context->config;
	const struct customer *customer = look->customer;
	struct guard_facts *facts = look->facts;

	if (look->step && look->step->escalate) {	/* no mail */
		facts->recipient_safe = facts->in_window = true;
		facts->daily_cap = 1;
		return;
	}
	facts->undelivered = customer->undelivered != 0;
	facts->recipient_safe = recipient_is_safe(config, customer->email) &&
	    (!customer->copy || recipient_is_safe(config, customer->copy));
	note(look, GATE_UNDELIVERED, 0, "mail to %s came back: find the right "
	    "address", customer->email ? customer->email : customer->name);
	if (customer->email)
		note(look, GATE_RECIPIENT, 0, "\"%s\" is no address that a "
		    "letter can go to", customer->email);
	else
		note(look, GATE_RECIPIENT, 0, "%s has no e-mail address",
		    customer->name);
}

static void
look_at_time(struct look *look)
{
	const struct context *context = look->context;
	struct guard_facts *facts = look->facts;
	int64_t open = calendar_next_open(context->config,
	    customer_days(context->config, look->customer), context->now,
	    look->zone);
	g_autofree char *when = calendar_text(open, look->zone);

	if (look->step && look->step->escalate)
		return;
	facts->in_window = open == context->now;
	facts->sent_today = past_sent_on(look->grounds->past, look->today,
	    look->zone);
	facts->daily_cap = context->config->daily_cap;
	note(look, GATE_WINDOW, open, "letters may go from %s (%s)", when,
	    look->zone);
	note(look, GATE_CUSTOMER_CAP,
	    calendar_moment(look->today + 1, 0, look->zone),
	    "%s was sent a reminder today already", look->customer->name);
}

/* ---- all of it ------------------------------------------------------------------ */

static enum store_status
look_at_reminder(struct look *look)
{
	enum store_status status = STORE_OK;

	look->facts->is_reminder = true;
	look->facts->before_due = step_is_note(look->step) &&
	    look->today <= day_number(look->invoice->due);
	status = look_for_holds(look);
	if (status != STORE_OK)
		return status;
	look_for_money(look);
	look_for_credit(look);
	look_at_feed(look);
	look_at_time(look);
	return STORE_OK;
}

static void
conclude(struct look *look, char **detail)
{
	enum gate gate = guard_check(look->facts);

	look->facts->until = look->until[gate];
	if (detail)
		*detail = gate == GATE_OPEN ? NULL :
		    g_steal_pointer(&look->sentences[gate]);
	for (size_t i = 0; i < G_N_ELEMENTS(look->sentences); i++)
		g_free(look->sentences[i]);
}

enum store_status
guard_facts_read(struct context *context, const struct grounds *grounds,
    const struct invoice *invoice, const struct customer *customer,
    const struct step *step, struct guard_facts *out, char **detail)
{
	struct look look = {.context = context, .grounds = grounds,
	    .invoice = invoice, .customer = customer, .step = step,
	    .facts = out, .zone = customer_zone(context->config, customer)};
	char day[DAY_SIZE];
	enum store_status status;

	*out = (struct guard_facts){0};
	if (detail)
		*detail = NULL;
	calendar_local(context->now, look.zone, day, NULL);
	look.today = day_number(day);
	look_at_balance(&look);
	look_at_recipient(&look);
	status = step ? look_at_reminder(&look) : look_for_stop(&look);
	conclude(&look, detail);
	return status;
}

enum store_status
guard_facts_gather(struct context *context, const struct invoice *invoice,
    const struct customer *customer, const struct step *step,
    struct guard_facts *out, char **detail)
{
	struct evidence evidence = {0};
	struct past past = {0};
	const struct grounds grounds = {&evidence, &past, false};
	enum store_status status = evidence_gather(context, &evidence);

	if (status == STORE_OK)
		status = past_gather(context, customer->id, &past);
	if (status == STORE_OK)
		status = guard_facts_read(context, &grounds, invoice, customer,
		    step, out, detail);
	past_release(&past);
	evidence_release(&evidence);
	return status;
}

/* Only what is known of the money and of the customer's word counts against
 * another program's reminder; when it writes and how often is its own affair. */
static enum store_status
read_others(struct look *look, char **detail)
{
	struct guard_facts *facts = look->facts;
	enum store_status status;

	look_at_balance(look);
	status = look_for_holds(look);
	if (status == STORE_OK) {
		look_for_money(look);
		look_for_credit(look);
	}
	facts->is_reminder = facts->before_due = true;
	facts->in_window = facts->recipient_safe = true;
	facts->minimum = 0;
	facts->daily_cap = 1;
	conclude(look, detail);
	return status;
}

enum store_status
guard_facts_others(struct context *context, const struct invoice *invoice,
    const struct customer *customer, struct guard_facts *out, char **detail)
{
	struct evidence evidence = {0};
	struct past past = {0};
	const struct grounds grounds = {&evidence, &past, false};
	struct look look = {.context = context, .grounds = &grounds,
	    .invoice = invoice, .customer = customer, .facts = out,
	    .zone = customer_zone(context->config, customer)};
	enum store_status status = evidence_gather(context, &evidence);

	*out = (struct guard_facts){0};
	*detail = NULL;
	if (status == STORE_OK)
		status = past_gather(context, customer->id, &past);
	if (status == STORE_OK)
		status = read_others(&look, detail);
	past_release(&past);
	evidence_release(&evidence);
	return status;
}
