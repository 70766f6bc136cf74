/*
 * decide_owner.c - plans for the owner's own word: money put on invoices or
 * put away, and all of it taken back. Whatever the owner says, no invoice gets
 * more than is open on it and no payment gives more than it has. Pure.
 */
#include "words.h"
#include "amounts.h"
#include "lookup.h"
#include "phrases.h"

#include <string.h>

/* ---- what may be booked ------------------------------------------------------ */

static char *
payment_refusal(const struct payment *payment)
{
	if (payment->amount < 0)
		return g_strdup("money that went back (a negative amount) is "
		    "not put on an invoice; 'mailfilter reconcile --undo' "
		    "takes the payment off that it undoes");
	if (payment->state == PAYMENT_POSSIBLE)
		return g_strdup_printf("payment %s is known from unverified "
		    "mail only: it settles nothing; 'mailfilter payment add' "
		    "enters money that you have seen", payment->key);
	if (payment->set_aside)
		return g_strdup_printf("payment %s is set aside; 'mailfilter "
		    "reconcile --undo' takes that back", payment->key);
	return NULL;
}

static char *
invoice_refusal(const struct payment *payment, const struct invoice *invoice)
{
	if (strcmp(payment->currency, invoice->currency) != 0)
		return g_strdup_printf("invoice %s is in %s, not in %s",
		    invoice->number, invoice->currency, payment->currency);
	if (invoice->state == INVOICE_DRAFT || invoice->state == INVOICE_VOID)
		return g_strdup_printf("invoice %s is a draft or void: no "
		    "money can be put on it", invoice->number);
	if (invoice->type == INVOICE_CREDIT_NOTE)
		return g_strdup_printf("%s is a credit note: no money is put "
		    "on it", invoice->number);
	if (invoice_balance(invoice) <= 0)
		return g_strdup_printf("nothing is open on invoice %s",
		    invoice->number);
	return NULL;
}

static bool
same_target(const struct part *a, const struct part *b)
{
	return a->invoice->id == b->invoice->id && a->kind == b->kind &&
	    (a->credit_note ? a->credit_note->id : 0) ==
	    (b->credit_note ? b->credit_note->id : 0);
}

/* What a document has left once the first n parts have drawn on it, or less
 * than nothing. */
static int64_t
left_of(const struct invoice *invoice, const struct part *parts, size_t n)
{
	int64_t left = invoice_balance(invoice);

	for (size_t i = 0; i < n && left >= 0; i++)
		if (parts[i].invoice->id == invoice->id ||
		    (parts[i].credit_note &&
			parts[i].credit_note->id == invoice->id))
			left -= parts[i].amount;
	return left;
}

static char *
over_text(const struct invoice *invoice, int64_t over)
{
	g_autofree char *money = money_text(over, invoice->currency);

	return g_strdup_printf("%s more than is open on %s", money,
	    invoice->number);
}

static char *
part_refusal(const struct payment *payment, const struct part *parts,
    size_t at)
{
	const struct part *part = &parts[at];
	char *why = invoice_refusal(payment, part->invoice);
	int64_t left;

	if (why)
		return why;
	if (part->amount <= 0)
		return g_strdup_printf("an amount above zero is needed for %s",
		    part->invoice->number);
	for (size_t i = 0; i < at; i++)
		if (same_target(&parts[i], part))
			return g_strdup_printf("%s is named twice",
			    part->invoice->number);
	left = left_of(part->invoice, parts, at + 1);
	if (left < 0)
		return over_text(part->invoice, -left);
	if ((part->kind == ALLOCATION_CREDIT_NOTE) != !!part->credit_note)
		return g_strdup_printf("the credit note for %s is not known",
		    part->invoice->number);
	left = part->credit_note ?
	    left_of(part->credit_note, parts, at + 1) : 0;
	return left < 0 ? over_text(part->credit_note, -left) : NULL;
}

char *
parts_refusal(const struct payment *payment, const struct part *parts,
    size_t n, int64_t *rest)
{
	char *why = payment_refusal(payment);
	int64_t left = payment->unallocated;

	if (!why && n == 0)
		why = g_strdup("say which invoice");
	for (size_t i = 0; i < n; i++) {
		if (!why)
			why = part_refusal(payment, parts, i);
		if (parts[i].kind == ALLOCATION_PAYMENT &&
		    parts[i].amount > 0 && left >= 0)
			left -= parts[i].amount;
	}
	if (!why && left < 0) {
		g_autofree char *money = money_text(-left, payment->currency);

		why = g_strdup_printf("%s more than payment %s has left",
		    money, payment->key);
	}
	if (rest)
		*rest = left;
	return why;
}

/* ---- booking ------------------------------------------------------------------ */

static char *
evidence_of(const struct customer *customer, const char *by)
{
	json_t *out = json_pack("{s:s}", "by", by);
	char *text;

	if (customer)
		json_object_set_new(out, "customer",
		    json_string(customer->key));
	text = json_dumps(out, JSON_COMPACT);
	json_decref(out);
	return text;
}

static char *
part_evidence(const struct part *part, const char *by)
{
	json_t *out = json_pack("{s:s, s:[s]}", "by", by, "invoices",
	    part->invoice->number);
	char *text = json_dumps(out, JSON_COMPACT);

	json_decref(out);
	return text;
}

struct plan *
decide_parts(const struct payment *payment, const struct part *parts,
    size_t n, const char *by)
{
	struct plan *plan = plan_new();

	for (size_t i = 0; i < n; i++) {
		const struct part *part = &parts[i];
		struct allocation *allocation =
		    g_new0(struct allocation, 1);
		g_autofree char *money =
		    money_text(part->amount, payment->currency);
		struct action *a = part->kind == ALLOCATION_PAYMENT ?
		    plan_add(plan, ACTION_SETTLE, "settle:owner",
			"%s is put on %s by %s", money,
			part->invoice->number, by) :
		    plan_add(plan, ACTION_SETTLE, "settle:owner",
			"%s of %s is closed as %s%s%s by %s", money,
			part->invoice->number,
			allocation_kind_name(part->kind),
			part->credit_note ? " " : "",
			part->credit_note ? part->credit_note->number : "",
			by);

		allocation->payment = a->payment = payment->id;
		allocation->invoice = a->invoice = part->invoice->id;
		allocation->credit_note =
		    part->credit_note ? part->credit_note->id : 0;
		allocation->kind = part->kind;
		allocation->amount = part->amount;
		allocation->probability = 1;
		a->customer = part->invoice->customer;
		a->of.settle = allocation;
		a->evidence = part_evidence(part, by);
	}
	return plan;
}

/* ---- putting away -------------------------------------------------------------- */

/* Its reminders go on. */
static void
add_release(struct plan *plan, const struct payment *payment,
    const char *code, const char *by)
{
	plan_add(plan, ACTION_RELEASE, code,
	    "payment %s holds no reminder any more, says %s", payment->key,
	    by)->payment = payment->id;
}

struct plan *
decide_reject(const struct payment *payment, const char *by)
{
	struct plan *plan = plan_new();

	plan_add(plan, ACTION_RELEASE, "rejected:owner",
	    "payment %s is not for what was suggested, says %s", payment->key,
	    by)->payment = payment->id;
	return plan;
}

struct plan *
decide_aside(const struct payment *payment, enum aside aside, const char *by)
{
	static const struct {
		const char *code, *says;
	} rows[] = {
	    [ASIDE_NO_INVOICE] = {"set-aside", "is for no invoice"},
	    [ASIDE_FOR_NOW] = {"set-aside:for-now", "is put away for now"},
	};
	struct plan *plan = plan_new();
	struct action *a = plan_add(plan, ACTION_SET_ASIDE, rows[aside].code,
	    "payment %s %s, says %s", payment->key, rows[aside].says, by);

	a->payment = payment->id;
	a->evidence = evidence_of(NULL, by);
	add_release(plan, payment, "release:set-aside", by);
	return plan;
}

void
decide_credit(struct plan *plan, const struct payment *payment,
    const struct customer *customer, const char *by)
{
	g_autofree char *money =
	    money_text(payment->unallocated, payment->currency);
	struct action *a = plan_add(plan, ACTION_NOTE, "credit:owner",
	    "%s of payment %s is credit of %s, says %s", money, payment->key,
	    customer->name, by);

	a->payment = payment->id;
	a->customer = customer->id;
	a->evidence = evidence_of(customer, by);
	add_release(plan, payment, "release:credit", by);
}

/* ---- taking back --------------------------------------------------------------- */

struct plan *
decide_undo(const struct payment *payment, const GPtrArray *allocations,
    const char *const *numbers, const char *by)
{
	struct plan *plan = plan_new();

	for (guint i = 0; i < allocations->len; i++) {
		const struct allocation *one = allocations->pdata[i];
		g_autofree char *money = NULL;
		struct action *a;

		if (one->reversed)
			continue;
		money = money_text(one->amount, payment->currency);
		a = plan_add(plan, ACTION_REVERSE, "reversed:owner",
		    "%s of payment %s is taken off %s by %s", money,
		    payment->key, numbers[i], by);
		a->allocation = one->id;
		a->payment = payment->id;
		a->invoice = one->invoice;
	}
	return plan;
}

void
decide_take_back(struct plan *plan, const struct payment *payment,
    const char *what, const char *by)
{
	static const struct {
		const char *what, *says;
		enum action_kind kind;
	} rows[] = {
	    {"aside", "is not set aside any more", ACTION_TAKE_UP},
	    {"credit", "is no credit any more", ACTION_NOTE},
	    {"rejected", "may be for what was refused, after all",
		ACTION_NOTE},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *code = NULL;

		if (strcmp(rows[i].what, what) != 0)
			continue;
		code = g_strconcat(what, ":undone", NULL);
		plan_add(plan, rows[i].kind, code, "payment %s %s, says %s",
		    payment->key, rows[i].says, by)->payment = payment->id;
	}
}
