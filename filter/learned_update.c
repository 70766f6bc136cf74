/*
 * learned_update.c - the lessons of a payment, made from the allocations that
 * stand: who paid for whom, when after the invoice, and in which way.
 */
#include "learned.h"
#include "names.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define OWN_NAME 0.7		/* agreement from which a name is the customer's */
#define AGE_MIN (-400)
#define AGE_MAX 1000
#define ALIAS_MAX 100		/* characters */

/* ---- the payer ------------------------------------------------------------------ */

bool
learned_is_service(const char *payer)
{
	return name_is_service(payer) != SERVICE_NONE;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char *
learned_alias(const char *payer)
{
	g_auto(GStrv) words = name_words(payer);
	guint n = g_strv_length(words);
	g_autofree char *text = NULL;

	if (n == 0)
		return NULL;
	qsort(words, n, sizeof(char *), by_text);
	text = g_strjoinv(" ", words);
	return g_utf8_strlen(text, -1) < 4 ? NULL :
	    g_utf8_substring(text, 0, MIN(ALIAS_MAX,
	    g_utf8_strlen(text, -1)));
}

/* An account that is masked is nobody's. */
static void
fill_account(struct lesson *lesson, const char *account)
{
	if (account && *account && !strchr(account, '*'))
		lesson->account = account_normalise(account);
	if (lesson->account && !*lesson->account)
		g_clear_pointer(&lesson->account, g_free);
}

/* Whose account and name it is from now on. */
static void
fill_payer(struct lesson *lesson, const char *payer, const char *account,
    const char *name)
{
	g_auto(GStrv) of_payer = name_words(payer);
	g_auto(GStrv) of_customer = g_strcmp0(payer, name) ?
	    name_words(name) : g_strdupv(of_payer);

	if (payer && learned_is_service(payer))
		return;
	lesson->own = !payer || name_agreement(
	    (const char *const *)of_payer, NULL,
	    (const char *const *)of_customer, NULL) >= OWN_NAME;
	fill_account(lesson, account);
	if (!lesson->own)
		lesson->alias = learned_alias(payer);
}

static void
fill_age(struct lesson *lesson, const char *invoiced)
{
	int32_t from = invoiced ? day_number(invoiced) : G_MININT32;
	int32_t to = day_number(lesson->day);

	if (from == G_MININT32 || to == G_MININT32)
		return;
	lesson->invoiced = g_strdup(invoiced);
	if (lesson->habits & HABIT_PART || to - from < AGE_MIN ||
	    to - from > AGE_MAX)
		return;
	lesson->aged = true;
	lesson->age = to - from;
}

static void
drop_lesson(void *data)
{
	lesson_free(data);
}

/* ---- a payment ---------------------------------------------------------------------- */

struct study {			/* a payment and what stands of it */
	struct store *store;
	struct payment *payment;
	GPtrArray *allocations, *before;	/* before: its lessons so far */
	bool named;
	GPtrArray *lessons;
	GHashTable *chief;	/* lesson → the invoice that most of it paid */
};

static struct lesson *
lesson_for(GPtrArray *list, int64_t customer)
{
	for (guint i = 0; list && i < list->len; i++) {
		struct lesson *one = list->pdata[i];

		if (one->customer == customer)
			return one;
	}
	return NULL;
}

static bool
is_owners(const struct allocation *allocation)
{
	return g_strcmp0(allocation->by, "auto") != 0;
}

/* Does the whole of the customer's part stand on the owner's word or on
 * numbers in the text? */
static bool
is_taught(const struct study *study, const struct allocation *a,
    int64_t customer)
{
	return is_owners(a) || study->named ||
	    lesson_for(study->before, customer) != NULL;
}

static int
habit_of(const struct study *study, const struct allocation *a,
    const struct invoice *invoice)
{
	const char *day = study->payment->value ? study->payment->value :
	    study->payment->booked;

	switch (a->kind) {
	case ALLOCATION_FEE:
		return is_owners(a) ? HABIT_CHARGES : 0;
	case ALLOCATION_ROUNDING:
		return is_owners(a) ? HABIT_ROUNDED : 0;
	case ALLOCATION_DISCOUNT:
		if (!invoice->discount_until ||
		    strcmp(day, invoice->discount_until) <= 0)
			return HABIT_DISCOUNT;
		return is_owners(a) ? HABIT_LATE_DISCOUNT : 0;
	default:
		return 0;
	}
}

/* One allocation more of a customer's lesson; the invoice is the lesson's when
 * it is the greatest, of equals the oldest. */
static void
meet(struct study *study, const struct allocation *a,
    struct invoice *invoice)
{
	struct lesson *lesson = lesson_for(study->lessons, invoice->customer);
	struct invoice *chief;

	if (!lesson) {
		lesson = g_new0(struct lesson, 1);
		lesson->customer = invoice->customer;
		lesson->day = g_strdup(study->payment->value ?
		    study->payment->value : study->payment->booked);
		lesson->pending = true;
		g_ptr_array_add(study->lessons, lesson);
	}
	lesson->pending &= !is_owners(a) && study->payment->trust < TRUST_S;
	lesson->habits |= habit_of(study, a, invoice);
	chief = g_hash_table_lookup(study->chief, lesson);
	if (chief && a->kind == ALLOCATION_PAYMENT && chief->id != invoice->id)
		lesson->habits |= HABIT_SEVERAL;
	if (!chief || invoice->amount > chief->amount ||
	    (invoice->amount == chief->amount &&
	    g_strcmp0(invoice->date, chief->date) < 0))
		g_hash_table_insert(study->chief, lesson, invoice);
	else
		invoice_free(invoice);
}

static enum store_status
read_allocations(struct study *study)
{
	for (guint i = 0; i < study->allocations->len; i++) {
		const struct allocation *a = study->allocations->pdata[i];
		struct invoice *invoice = NULL;
		enum store_status status = store_invoice_get(study->store,
		    a->invoice, &invoice);

		if (status != STORE_OK)
			return status;
		if (a->amount > 0 && a->kind != ALLOCATION_CREDIT_NOTE &&
		    is_taught(study, a, invoice->customer))
			meet(study, a, invoice);
		else
			invoice_free(invoice);
	}
	return STORE_OK;
}

/* A part: the money was all that there was, and left some of it open. */
static bool
is_part(const struct study *study, const struct invoice *chief)
{
	int64_t paid = 0;

	for (guint i = 0; i < study->allocations->len; i++) {
		const struct allocation *a = study->allocations->pdata[i];

		if (a->invoice == chief->id)
			paid += a->amount;
	}
	return paid < chief->opening;
}

static enum store_status
finish(struct study *study)
{
	const struct payment *p = study->payment;

	for (guint i = 0; i < study->lessons->len; i++) {
		struct lesson *lesson = study->lessons->pdata[i];
		const struct invoice *chief =
		    g_hash_table_lookup(study->chief, lesson);
		struct customer *customer = NULL;
		enum store_status status = store_customer_get(study->store,
		    lesson->customer, &customer);

		if (status != STORE_OK)
			return status;
		if (is_part(study, chief))
			lesson->habits |= HABIT_PART;
		fill_payer(lesson, p->payer, p->payer_account,
		    customer->name);
		fill_age(lesson, chief->date);
		customer_free(customer);
	}
	return STORE_OK;
}

static void
drop_invoice(void *data)
{
	invoice_free(data);
}

static enum store_status
study_payment(struct study *study)
{
	enum store_status status = STORE_OK;

	study->lessons = g_ptr_array_new_with_free_func(drop_lesson);
	study->chief = g_hash_table_new_full(NULL, NULL, NULL, drop_invoice);
	if (study->payment->amount > 0 &&
	    study->payment->state != PAYMENT_POSSIBLE)
		status = read_allocations(study);
	if (status == STORE_OK)
		status = finish(study);
	if (status == STORE_OK)
		status = store_lesson_set(study->store, study->payment->id,
		    study->lessons);
	g_hash_table_unref(study->chief);
	g_ptr_array_unref(study->lessons);
	return status == STORE_KNOWN ? STORE_OK : status;
}

enum store_status
learned_update(struct store *store, int64_t payment, bool named)
{
	struct study study = {.store = store, .named = named};
	g_autoptr(GPtrArray) allocations = NULL, before = NULL;
	enum store_status status = store_allocation_list(store, payment, 0,
	    true, &allocations);

	if (status == STORE_OK)
		status = store_lesson_of(store, payment, &before);
	if (status != STORE_OK)
		return status;
	if (allocations->len == 0 && before->len == 0)
		return STORE_OK;
	study.allocations = allocations;
	study.before = before;
	status = store_payment_get(store, payment, &study.payment);
	if (status == STORE_OK)
		status = study_payment(&study);
	payment_free(study.payment);
	return status;
}

/* ---- the history ---------------------------------------------------------------------- */

#define NAMES_MAX 200000

struct learner {
	GHashTable *names;	/* customer and payer → struct lesson */
};

struct learner *
learner_new(void)
{
	struct learner *learner = g_new0(struct learner, 1);

	learner->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    drop_lesson);
	return learner;
}

void
learner_free(struct learner *learner)
{
	if (!learner)
		return;
	g_hash_table_unref(learner->names);
	g_free(learner);
}

/* What this name says of the customer's payments: own, alias, and whether an
 * account beside it means anything. */
static enum store_status
read_name(struct learner *learner, struct store *store, const char *payer,
    int64_t id, const struct lesson **out)
{
	g_autofree char *key = g_strdup_printf("%" PRId64 " %s", id,
	    payer ? payer : "");
	struct customer *customer = NULL;
	struct lesson *said = g_hash_table_lookup(learner->names, key);
	enum store_status status = STORE_OK;

	if (!said)
		status = store_customer_get(store, id, &customer);
	if (status != STORE_OK)
		return status;
	if (!said) {
		said = g_new0(struct lesson, 1);
		fill_payer(said, payer, "1", customer->name);
		customer_free(customer);
		if (g_hash_table_size(learner->names) >= NAMES_MAX)
			g_hash_table_remove_all(learner->names);
		g_hash_table_insert(learner->names, g_steal_pointer(&key),
		    said);
	}
	*out = said;
	return STORE_OK;
}

enum store_status
learned_history(struct learner *learner, struct store *store,
    const struct history *history, int64_t customer)
{
	const struct lesson *said;
	struct lesson *lesson;
	enum store_status status = read_name(learner, store, history->payer,
	    customer, &said);

	if (status != STORE_OK)
		return status;
	lesson = g_new0(struct lesson, 1);
	lesson->customer = customer;
	lesson->history = store_history_name(history);
	lesson->day = g_strdup(history->paid);
	lesson->own = said->own;
	lesson->alias = g_strdup(said->alias);
	if (said->account)
		fill_account(lesson, history->payer_account);
	fill_age(lesson, history->invoiced);
	status = store_lesson_add(store, lesson);
	lesson_free(lesson);
	return status;
}
