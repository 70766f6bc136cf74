/*
 * letter_charges.c - interest, fixed compensation and the fee of a reminder:
 * which steps name them, for whom (businesses only), by which rule; what the
 * renderer is told of them, and what the store keeps when the letter leaves.
 */
#include "letter_charges.h"

#include "amounts.h"
#include "print.h"

#include <inttypes.h>
#include <string.h>

struct gathering {		/* one letter's charges */
	const struct values *values;
	GPtrArray *out;		/* struct named */
	char *trouble;
};

static void
named_free(gpointer pointer)
{
	struct named *named = pointer;

	g_free(named->charge.currency);
	g_free(named->charge.text);
	g_free(named->law);
	interest_release(&named->interest);
	g_free(named);
}

static struct named *
name(struct gathering *gathering, const struct invoice *invoice,
    enum charge_kind kind, int64_t amount, const char *currency)
{
	struct named *named = g_new0(struct named, 1);

	named->invoice = invoice;
	named->charge.invoice = invoice->id;
	named->charge.kind = kind;
	named->charge.amount = amount;
	named->charge.currency = g_strdup(currency);
	g_ptr_array_add(gathering->out, named);
	return named;
}

static void G_GNUC_PRINTF(2, 3)
complain(struct gathering *gathering, const char *format, ...)
{
	va_list arguments;

	if (gathering->trouble)
		return;
	va_start(arguments, format);
	gathering->trouble = g_strdup_vprintf(format, arguments);
	va_end(arguments);
}

/* ---- the debt --------------------------------------------------------------------- */

/* Money counts from the earlier of its days; a credit note as if it had never
 * been billed. */
static enum store_status
read_changes(const struct values *values, const struct invoice *invoice,
    GArray *out)
{
	struct store *store = values->context->store;
	g_autoptr(GPtrArray) allocations = NULL;
	enum store_status status = store_allocation_list(store, 0,
	    invoice->id, true, &allocations);

	for (guint i = 0; status == STORE_OK && i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];
		struct change change = {G_MININT32, one->amount};
		struct payment *payment;

		if (one->kind != ALLOCATION_CREDIT_NOTE) {
			status = store_payment_get(store, one->payment,
			    &payment);
			if (status != STORE_OK)
				break;
			change.day = payment_day(payment);
			payment_free(payment);
		}
		g_array_append_val(out, change);
	}
	return status;
}

/* "40.00 EUR x 10.15 % x 12/365 (2026-01-21 to 2026-02-01) = 0.13 EUR" */
static char *
calculation(const struct interest *interest, const char *currency)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < interest->rows->len; i++) {
		const struct interest_row *row =
		    &g_array_index(interest->rows, struct interest_row, i);
		g_autofree char *balance = money_text(row->balance, currency);
		g_autofree char *amount = money_text(row->amount, currency);
		g_autofree char *rate = interest_rate_text(row->rate);
		char from[DAY_SIZE], to[DAY_SIZE];

		day_text(row->from, from);
		day_text(row->to, to);
		g_string_append_printf(out, "%s%s x %s x %d/%d (%s to %s) = %s",
		    i ? "; " : "", balance, rate, row->days, row->year, from,
		    to, amount);
	}
	if (interest->capped)
		g_string_append(out, "; no more than the agreed part of the "
		    "invoice");
	return g_string_free(out, FALSE);
}

/* ---- one invoice ------------------------------------------------------------------- */

/* Which day of a rate is missing, for the owner. */
static void
rate_missing(struct gathering *gathering, const struct law *law,
    const struct invoice *invoice)
{
	char day[DAY_SIZE];

	day_text(law->rates->known_until, day);
	complain(gathering, "No interest is named for %s: %s is known up to %s "
	    "only. Put its next rate into laws/%s.rates of the home, as a line "
	    "\"YYYY-MM-DD PERCENT\", with a line \"known-until YYYY-MM-DD\"",
	    invoice->number, law->rates->title ? law->rates->title :
	    law->rates->name, day, law->rates->name);
}

static enum store_status
name_interest(struct gathering *gathering, const struct invoice *invoice,
    const struct law *law, const struct agreed *agreed)
{
	g_autoptr(GArray) changes =
	    g_array_new(FALSE, FALSE, sizeof(struct change));
	struct debt debt = {.amount = invoice->opening,
	    .due = day_number(invoice->due),
	    .until = gathering->values->today, .changes = changes, .law = law,
	    .agreed = *agreed};
	struct interest interest;
	struct named *named;
	enum interest_result result;
	enum store_status status =
	    read_changes(gathering->values, invoice, changes);

	if (status != STORE_OK)
		return status;
	result = interest_count(&debt, &interest);
	if (result == INTEREST_SOME) {
		named = name(gathering, invoice, CHARGE_INTEREST,
		    interest.amount, invoice->currency);
		named->charge.text = calculation(&interest, invoice->currency);
		named->interest = interest;
		named->law = agreed->rate ? NULL : g_strdup(law->title);
		return STORE_OK;
	}
	if (result == INTEREST_UNKNOWN)
		rate_missing(gathering, law, invoice);
	else if (result != INTEREST_NONE)
		complain(gathering, "No interest is named for %s: %s",
		    invoice->number, result == INTEREST_NO_RATE ?
		    "no rate is agreed, and none is by law (policy: rate)" :
		    "the amount is too large to count it");
	interest_release(&interest);
	return STORE_OK;
}

static void
name_compensation(struct gathering *gathering, const struct invoice *invoice,
    const struct law *law)
{
	int64_t amount = law ? law_compensation(law, invoice->opening,
	    invoice->currency) : 0;
	struct named *named;

	if (amount == 0)
		return;
	named = name(gathering, invoice, CHARGE_COMPENSATION, amount,
	    law->currency);
	named->charge.text = g_strdup(law->title);
	named->law = g_strdup(law->title);
}

/* The highest fee of all steps, once: with the oldest invoice of that step. */
static void
name_fee(struct gathering *gathering, const struct invoice *invoice,
    const struct policy *policy)
{
	const char *currency = gathering->values->context->config->currency;
	struct named *named = NULL;

	for (guint i = 0; i < gathering->out->len; i++) {
		struct named *one = gathering->out->pdata[i];

		if (one->charge.kind == CHARGE_FEE)
			named = one;
	}
	if (policy->fee <= 0 || (named && named->charge.amount >= policy->fee))
		return;
	if (!named) {
		named = name(gathering, invoice, CHARGE_FEE, 0, currency);
		named->charge.text = g_strdup("the policy's fee");
	}
	named->charge.amount = policy->fee;
}

/* The rule that holds for an invoice, or NULL: none is known, or it is newer
 * than the invoice. */
static struct law *
law_of(struct gathering *gathering, const struct invoice *invoice,
    const struct policy *policy)
{
	const struct context *context = gathering->values->context;
	const char *country = policy->law ? policy->law :
	    context->config->country;
	g_autofree char *own = context_path(context, "laws");
	g_autofree char *ours = place_data("laws");
	char *folders[] = {own, ours, NULL};
	g_autofree char *why = NULL;
	struct law *law = country ? law_read(folders, country, &why) : NULL;

	if (why)
		complain(gathering, "No interest and no compensation is named "
		    "for %s: %s", invoice->number, why);
	if (law && law->since != G_MININT32 && (!invoice->date ||
	    day_number(invoice->date) < law->since))
		g_clear_pointer(&law, law_free);
	return law;
}

static enum store_status
name_for(struct gathering *gathering, const struct invoice *invoice,
    const struct step *step, const struct policy *policy)
{
	const struct values *values = gathering->values;
	struct agreed agreed = {0};
	enum store_status status = STORE_OK;
	struct law *law;

	if (step->fee)
		name_fee(gathering, invoice, policy);
	if ((!step->interest && !step->compensation) || policy->consumer ||
	    !values->customer->business || invoice_balance(invoice) <= 0 ||
	    values->today <= day_number(invoice->due))
		return STORE_OK;
	law = law_of(gathering, invoice, policy);
	policy_agreed(policy, &agreed);
	if (step->interest)
		status = name_interest(gathering, invoice, law, &agreed);
	if (status == STORE_OK && step->compensation)
		name_compensation(gathering, invoice, law);
	law_free(law);
	return status;
}

enum store_status
charges_gather(const struct values *values, GPtrArray **out, char **trouble)
{
	struct gathering gathering = {.values = values};
	enum store_status status = STORE_OK;

	gathering.out = g_ptr_array_new_with_free_func(named_free);
	for (guint i = 0; status == STORE_OK &&
	    values->letter->kind == LETTER_REMINDER &&
	    i < values->invoices->len; i++) {
		const struct invoice *invoice = values->invoices->pdata[i];
		const struct policy *policy = invoice_policy(
		    values->context->config, invoice, values->customer);
		const struct letter_item *item =
		    letter_item_of(values->letter, invoice->id);
		const struct step *step = policy_step(policy, item->step);

		if (step)
			status = name_for(&gathering, invoice, step, policy);
	}
	*out = gathering.out;
	*trouble = gathering.trouble;
	return status;
}

/* ---- what the renderer is told ------------------------------------------------------- */

static void
put_rows(const struct named *named, json_t *rows)
{
	const char *currency = named->charge.currency;

	for (guint i = 0; i < named->interest.rows->len; i++) {
		const struct interest_row *row = &g_array_index(
		    named->interest.rows, struct interest_row, i);
		json_t *one = json_object();
		g_autofree char *percent = decimal_text(row->rate, 10000);
		char day[DAY_SIZE];

		json_put(one, "number", named->invoice->number);
		day_text(row->from, day);
		json_put(one, "from", day);
		day_text(row->to, day);
		json_put(one, "until", day);
		json_object_set_new(one, "days", json_integer(row->days));
		json_object_set_new(one, "year_days",
		    json_integer(row->year));
		values_money(one, "balance", row->balance, currency);
		json_put(one, "percent", percent);
		values_money(one, "amount", row->amount, currency);
		json_array_append_new(rows, one);
	}
}

/* Sums by currency, in the order in which they come. */
struct sums {
	GPtrArray *currencies;	/* borrowed */
	GArray *amounts;	/* int64_t */
};

static void
sums_add(struct sums *sums, const char *currency, int64_t amount)
{
	for (guint i = 0; i < sums->currencies->len; i++)
		if (!strcmp(sums->currencies->pdata[i], currency)) {
			g_array_index(sums->amounts, int64_t, i) += amount;
			return;
		}
	g_ptr_array_add(sums->currencies, (char *)(uintptr_t)currency);
	g_array_append_val(sums->amounts, amount);
}

static void
sums_release(struct sums *sums)
{
	g_ptr_array_unref(sums->currencies);
	g_array_unref(sums->amounts);
}

static void
sums_put(struct sums *sums, json_t *out, const char *key)
{
	json_t *list = json_array();

	for (guint i = 0; i < sums->currencies->len; i++) {
		json_t *holder = json_object();

		values_money(holder, "sum", g_array_index(sums->amounts,
		    int64_t, i), sums->currencies->pdata[i]);
		json_array_append(list, json_object_get(holder, "sum"));
		json_decref(holder);
	}
	if (json_array_size(list) == 1)
		json_object_set(out, key, json_array_get(list, 0));
	else if (json_array_size(list) > 1)
		json_object_set(out, key, list);
	json_decref(list);
	sums_release(sums);
}

static struct sums
sums_new(void)
{
	return (struct sums){g_ptr_array_new(),
	    g_array_new(FALSE, FALSE, sizeof(int64_t))};
}

/* One kind of charge of all invoices, or all kinds but the fee. */
static void
put_kind(const GPtrArray *list, int kind, json_t *out, const char *key)
{
	struct sums sums = sums_new();

	for (guint i = 0; i < list->len; i++) {
		const struct named *one = list->pdata[i];

		if (kind < 0 ? one->charge.kind != CHARGE_FEE :
		    (int)one->charge.kind == kind)
			sums_add(&sums, one->charge.currency,
			    one->charge.amount);
	}
	sums_put(&sums, out, key);
}

/* What is to be transferred: the balances and all that is named. */
static void
put_pay_amount(const struct values *values, const GPtrArray *list,
    json_t *out)
{
	json_t *pay = json_object_get(out, "pay");
	struct sums all = sums_new();

	for (guint i = 0; i < values->invoices->len; i++) {
		const struct invoice *invoice = values->invoices->pdata[i];

		sums_add(&all, invoice->currency,
		    MAX(invoice_balance(invoice), 0));
	}
	for (guint i = 0; i < list->len; i++) {
		const struct named *one = list->pdata[i];

		sums_add(&all, one->charge.currency, one->charge.amount);
	}
	if (pay)
		sums_put(&all, pay, "amount");
	else
		sums_release(&all);
}

static json_t *
charges_values(const GPtrArray *list)
{
	json_t *out = json_object(), *rows = json_array();
	bool capped = false;

	for (guint i = 0; i < list->len; i++) {
		const struct named *named = list->pdata[i];

		if (named->law && !json_object_get(out, "law"))
			json_put(out, "law", named->law);
		if (named->charge.kind == CHARGE_INTEREST)
			put_rows(named, rows);
		capped = capped || named->interest.capped;
	}
	if (json_array_size(rows) > 0) {
		json_object_set(out, "rows", rows);
		json_object_set_new(out, "rounded", json_true());
	}
	json_decref(rows);
	if (capped)
		json_object_set_new(out, "capped", json_true());
	put_kind(list, CHARGE_INTEREST, out, "interest");
	put_kind(list, CHARGE_COMPENSATION, out, "compensation");
	put_kind(list, -1, out, "amount");
	return out;
}

enum store_status
values_charges(const struct values *values, json_t *out)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autofree char *trouble = NULL;
	json_t *charges;
	enum store_status status = charges_gather(values, &list, &trouble);

	if (status != STORE_OK || list->len == 0)
		return status;
	put_kind(list, CHARGE_FEE, out, "fee");
	charges = charges_values(list);
	if (json_object_get(charges, "amount")) {
		json_object_set(out, "charges", charges);
		put_pay_amount(values, list, out);
	}
	json_decref(charges);
	return STORE_OK;
}

enum store_status
values_waived(const struct values *values, json_t *out)
{
	struct sums sums = sums_new();
	g_autoptr(GPtrArray) kept =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	enum store_status status = STORE_OK;

	for (guint i = 0; status == STORE_OK && i < values->invoices->len;
	    i++) {
		const struct invoice *invoice = values->invoices->pdata[i];
		GPtrArray *list = NULL;

		status = store_charge_list(values->context->store,
		    invoice->id, 0, 0, false, &list);
		if (status != STORE_OK)
			break;
		g_ptr_array_add(kept, list);
		for (guint j = 0; j < list->len; j++) {
			const struct charge *one = list->pdata[j];

			if (one->waived &&
			    one->waived == values->letter->planned)
				sums_add(&sums, one->currency, one->amount);
		}
	}
	sums_put(&sums, out, "waived");
	return status;
}
