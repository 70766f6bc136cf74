/*
 * transfer.c - a payout is told by the provider and by the bank. Whichever
 * comes first waits for the other; then the bank's credit is set aside. What
 * waits is matched to no invoice and holds no reminder: the customers' money
 * was counted when it came to the provider.
 */
#include "transfer.h"
#include "match.h"
#include "phrases.h"

#include <string.h>

#define DAYS_BEFORE 14	/* that a payout may be older than the bank's credit */
#define DAYS_AFTER 3

/* ---- names ------------------------------------------------------------------- */

static char **
strings_of(const json_t *array)
{
	size_t count = json_array_size(array);
	char **out = g_new0(char *, count + 1);

	for (size_t i = 0; i < count; i++)
		out[i] = g_strdup(json_string_value(json_array_get(array, i)));
	return out;
}

char *
transfer_names(struct config *config, const struct parser *parser)
{
	for (guint i = 0; i < config->accounts->len; i++) {
		struct account *account = config->accounts->pdata[i];
		json_t *bank;

		if (!account->provider || account->transfers)
			continue;
		bank = parser_bank_describe(parser, account->bank);
		account->transfers =
		    strings_of(json_object_get(bank, "transfers"));
		json_decref(bank);
		if (!account->transfers[0])
			return g_strdup_printf("account \"%s\" has no iban, "
			    "and %s is no payment provider", account->name,
			    account->bank);
	}
	return NULL;
}

void
transfer_load(struct context *context)
{
	const struct config *config = context->config;

	for (guint i = 0; config && i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		if (!account->provider || account->transfers)
			continue;
		parser_free(context_parser(context, false));
		return;
	}
}

/* Do the words of a name stand in the text, one after the other? */
static bool
has_words(const GPtrArray *text, const char *name)
{
	g_autoptr(GPtrArray) words = token_split(name);

	for (guint i = 0; words->len && i + words->len <= text->len; i++) {
		guint same = 0;

		while (same < words->len) {
			const struct token *a = text->pdata[i + same];
			const struct token *b = words->pdata[same];

			if (strcmp(a->text, b->text) != 0)
				break;
			same++;
		}
		if (same == words->len)
			return true;
	}
	return false;
}

static bool
names_provider(const char *text, const struct account *account)
{
	g_autoptr(GPtrArray) tokens = NULL;

	if (!text || !account->transfers)
		return false;
	tokens = token_split(text);
	for (char **name = account->transfers; *name; name++)
		if (has_words(tokens, *name))
			return true;
	return false;
}

/* Could the payment be money that comes from outside to one of our banks? */
static bool
is_credit_at_bank(const struct config *config, const struct payment *payment)
{
	const struct account *account = payment->account ?
	    config_account(config, payment->account) : NULL;

	return payment->amount > 0 && !(account && account->provider);
}

const struct account *
transfer_provider(const struct config *config, const struct payment *payment)
{
	const char *text =
	    payment->payer ? payment->payer : payment->remittance;

	if (!config || !is_credit_at_bank(config, payment))
		return NULL;
	for (guint i = 0; i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		if (account->provider && names_provider(text, account))
			return account;
	}
	return NULL;
}

/* Anywhere at all: enough where a payout of this very sum is known. */
static bool
mentions(const struct payment *payment, const struct account *account)
{
	return names_provider(payment->payer, account) ||
	    names_provider(payment->remittance, account);
}

/* ---- both are there ------------------------------------------------------------ */

static enum store_status
carry_out(struct context *context, struct plan *plan, GPtrArray *done)
{
	enum store_status status = plan_apply(plan, context->store,
	    context->now, "auto");

	if (status == STORE_OK && done)
		g_ptr_array_add(done, plan);
	else
		plan_free(plan);
	return status;
}

/* The bank's credit is the payout: for no invoice, nothing waits for it. */
static enum store_status
pair(struct context *context, const struct payout *payout,
    const struct payment *payment, GPtrArray *done)
{
	g_autofree char *money = money_text(payment->amount,
	    payment->currency);
	struct plan *plan;
	enum store_status status = store_payout_arrived(context->store,
	    payout->id, payment->id);

	if (status == STORE_OK)
		status = store_question_answer_payment(context->store,
		    payment->id, context->now);
	if (status != STORE_OK && status != STORE_NONE)
		return status;
	plan = plan_new();
	plan_add(plan, ACTION_RELEASE, "transfer:released",
	    "nothing waits for payment %s", payment->key)
	    ->payment = payment->id;
	plan_add(plan, ACTION_SET_ASIDE, "transfer:payout",
	    "%s is the payout %s of %s: no customer's payment", money,
	    payout->batch, payout->account)->payment = payment->id;
	return carry_out(context, plan, done);
}

/* ---- the provider's side -------------------------------------------------------- */

static bool
is_the_credit(const struct config *config, const struct account *account,
    const struct payout *payout, const struct payment *payment)
{
	int32_t days = day_number(payment->booked) -
	    day_number(payout->booked);

	return payment->state != PAYMENT_POSSIBLE && !payment->set_aside &&
	    payment->unallocated == payment->amount &&
	    payment->amount == payout->amount &&
	    strcmp(payment->currency, payout->currency) == 0 &&
	    days <= DAYS_BEFORE && days >= -DAYS_AFTER &&
	    is_credit_at_bank(config, payment) && mentions(payment, account);
}

static enum store_status
find_credit(struct context *context, const struct account *account,
    const struct payout *payout, GPtrArray *done)
{
	const struct payment_filter filter = {.unallocated_only = true};
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_payment_list(context->store, &filter,
	    &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++)
		if (is_the_credit(context->config, account, payout,
		    list->pdata[i]))
			return pair(context, payout, list->pdata[i], done);
	return status == STORE_NONE ? STORE_OK : status;
}

static bool
read_payout(const struct context *context, const struct event *event,
    const struct account *account, struct payout *payout)
{
	const char *booked = event_get(event, EVENT_BOOKED);

	*payout = (struct payout){.account = account->iban,
	    .batch = (char *)(uintptr_t)event_get(event, EVENT_BATCH),
	    .currency = (char *)(uintptr_t)event_get(event, EVENT_CURRENCY),
	    .booked = (char *)(uintptr_t)(booked ? booked : context->today),
	    .at = context->now};
	return payout->batch && event_money(event, &payout->amount);
}

enum store_status
transfer_payout(struct context *context, const struct event *event,
    GPtrArray *done)
{
	const char *number = event_get(event, EVENT_ACCOUNT);
	const struct account *account =
	    number ? config_account(context->config, number) : NULL;
	g_autofree char *money = NULL;
	enum store_status status;
	struct payout payout;
	struct plan *plan;

	if (!account || !account->provider ||
	    !read_payout(context, event, account, &payout))
		return STORE_OK;
	status = store_payout_add(context->store, &payout);
	if (status != STORE_OK)
		return status == STORE_KNOWN ? STORE_OK : status;
	transfer_load(context);
	money = money_text(payout.amount, payout.currency);
	plan = plan_new();
	plan_add(plan, ACTION_NOTE, "transfer:announced",
	    "%s sends %s to the bank (payout %s)", account->name, money,
	    payout.batch);
	status = carry_out(context, plan, done);
	return status == STORE_OK ?
	    find_credit(context, account, &payout, done) : status;
}

/* ---- the bank's side ------------------------------------------------------------- */

static enum store_status
find_payout(struct context *context, const struct payment *payment,
    struct payout **out)
{
	const struct config *config = context->config;
	enum store_status status = STORE_NONE;

	for (guint i = 0; status == STORE_NONE && i < config->accounts->len;
	    i++) {
		const struct account *account = config->accounts->pdata[i];
		struct payout like = {.account = account->iban,
		    .currency = payment->currency, .amount = payment->amount,
		    .booked = payment->booked};

		if (account->provider && mentions(payment, account))
			status = store_payout_find(context->store, &like,
			    DAYS_BEFORE, DAYS_AFTER, out);
	}
	return status;
}

static enum store_status
wait(struct context *context, const struct payment *payment,
    const struct account *account, GPtrArray *done)
{
	g_autofree char *money = money_text(payment->amount,
	    payment->currency);
	struct plan *plan = plan_new();

	plan_add(plan, ACTION_NOTE, "transfer:expected",
	    "%s comes from %s and waits for its report of the payout", money,
	    account->name)->payment = payment->id;
	return carry_out(context, plan, done);
}

enum store_status
transfer_credit(struct context *context, const struct payment *payment,
    json_t **json, GPtrArray *done, bool *taken)
{
	const struct account *account;
	struct payout *payout = NULL;
	enum store_status status = STORE_NONE;

	transfer_load(context);
	account = transfer_provider(context->config, payment);
	if (payment->state != PAYMENT_POSSIBLE &&
	    payment->unallocated == payment->amount &&
	    is_credit_at_bank(context->config, payment))
		status = find_payout(context, payment, &payout);
	*taken = account || payout;
	if (json && *taken)
		*json = json_pack("{s:s, s:s, s:f, s:[], s:[s], s:[]}",
		    "payment", payment->key, "decision", "none",
		    "probability", 1.0, "allocations", "reasons",
		    payout ? "transfer:payout" : "transfer:expected",
		    "candidates");
	if (status == STORE_OK)
		status = pair(context, payout, payment, done);
	else if (status == STORE_NONE)
		status = account && !json ?
		    wait(context, payment, account, done) : STORE_OK;
	payout_free(payout);
	return status;
}
