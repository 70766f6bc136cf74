/*
 * customer_learned.c - `customer show` and `customer forget`: what was learned
 * about a customer, from which payments, and taking it out again.
 */
#include "customer.h"
#include "learned.h"
#include "lookup.h"
#include "print.h"

#include <stdio.h>
#include <string.h>

#define NAMED 3			/* payments that are named for one fact */

/* ---- showing ------------------------------------------------------------------ */

static bool
says(const struct lesson *lesson, enum lesson_part part, const char *text)
{
	const char *own = part == LESSON_ACCOUNT ? lesson->account :
	    lesson->alias;

	return !lesson->pending && !(lesson->forgot & (int)part) && own &&
	    strcmp(own, text) == 0;
}

/* "P7, earlier payment of 2025-03-01 and 4 more" as an array of names. */
static json_t *
origins(struct context *context, const GPtrArray *lessons,
    enum lesson_part part, const char *text)
{
	json_t *out = json_array();

	for (guint i = 0; i < lessons->len; i++) {
		const struct lesson *lesson = lessons->pdata[i];
		g_autofree char *name = NULL;

		if (!says(lesson, part, text))
			continue;
		name = lesson->payment ? payment_key(context, lesson->payment) :
		    lesson->history ? g_strdup_printf("earlier payment of %s",
		    lesson->day) : g_strdup("an earlier confirmation");
		json_array_append_new(out, json_string(name));
	}
	return out;
}

static const char *
source_name(const struct known *known)
{
	static const char *const names[] = {
	    [SOURCE_OWNER] = "owner", [SOURCE_IMPORT] = "import",
	    [SOURCE_LEARNED] = "learned"};

	return names[known->source];
}

static json_t *
known_json(struct context *context, const GPtrArray *list,
    const GPtrArray *lessons, enum lesson_part part)
{
	json_t *out = json_array();

	for (guint i = 0; i < list->len; i++) {
		const struct known *known = list->pdata[i];

		json_array_append_new(out, json_pack("{s:s, s:s, s:i, s:o}",
		    part == LESSON_ACCOUNT ? "account" : "name", known->text,
		    "source", source_name(known), "payments", known->count,
		    "from", origins(context, lessons, part, known->text)));
	}
	return out;
}

static json_t *
habits_json(const struct learned *learned)
{
	const struct {
		const char *name;
		int percent;
	} rows[] = {
	    {"less charges", learned->charges}, {"rounded", learned->rounds},
	    {"discount", learned->discount},
	    {"late discount", learned->late_discount},
	    {"several in one", learned->several}, {"parts", learned->parts},
	    {"wrong number", learned->misnamed},
	    {"in order", learned->in_order},
	};
	json_t *out = json_pack("{s:i}", "payments", learned->payments);

	if (learned->aged)
		json_object_set_new(out, "days", json_pack("{s:i, s:f, s:f}",
		    "payments", learned->aged, "mean",
		    learned->age_mean / 10.0, "spread",
		    learned->age_spread / 10.0));
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].percent > 0)
			json_object_set_new(out, rows[i].name,
			    json_integer(rows[i].percent));
	if (learned->month_share >= 70)
		json_object_set_new(out, "day of month",
		    json_integer(learned->month_day));
	return out;
}

enum store_status
customer_learned_json(struct context *context, int64_t customer, json_t **out)
{
	struct store *store = context->store;
	g_autoptr(GPtrArray) accounts = NULL, aliases = NULL, lessons = NULL;
	struct learned learned = {.payments = 0};
	struct habits sums;
	enum store_status status = store_customer_accounts(store, customer,
	    &accounts);

	if (status == STORE_OK)
		status = store_customer_aliases(store, customer, &aliases);
	if (status == STORE_OK)
		status = store_lesson_list(store, customer, 0, &lessons);
	if (status != STORE_OK)
		return status;
	status = store_habits_get(store, customer, &sums);
	if (status == STORE_OK)
		learned_habits(&sums, &learned);
	else if (status != STORE_NONE)
		return status;
	*out = json_pack("{s:o, s:o, s:o}",
	    "accounts", known_json(context, accounts, lessons, LESSON_ACCOUNT),
	    "names", known_json(context, aliases, lessons, LESSON_ALIAS),
	    "habits", habits_json(&learned));
	return STORE_OK;
}

static void
print_known(const json_t *list, const char *kind)
{
	const json_t *one, *name;
	size_t i, j;

	json_array_foreach(list, i, one) {
		const json_t *from = json_object_get(one, "from");
		const char *source = json_string_value(
		    json_object_get(one, "source"));

		printf("  %-16s %s", i ? "" : kind,
		    json_string_value(json_object_get(one, kind)));
		if (strcmp(source, "learned") != 0)
			printf(" (%s)", source);
		json_array_foreach(from, j, name)
			if (j < NAMED)
				printf("%s%s", j ? ", " : ", from ",
				    json_string_value(name));
		if (json_array_size(from) > NAMED)
			printf(" and %zu more", json_array_size(from) - NAMED);
		putchar('\n');
	}
}

static void
print_habits(const json_t *habits)
{
	const json_t *days = json_object_get(habits, "days"), *value;
	const char *name;
	void *it = json_object_iter((json_t *)(uintptr_t)habits);

	if (days) {
		int n = (int)json_integer_value(json_object_get(days,
		    "payments"));

		printf("  %-16s %.0f days after the invoice, give or take "
		    "%.0f (%d payment%s)\n", "pays",
		    json_real_value(json_object_get(days, "mean")),
		    json_real_value(json_object_get(days, "spread")), n,
		    n == 1 ? "" : "s");
	}
	for (; it; it = json_object_iter_next((json_t *)(uintptr_t)habits,
	    it)) {
		name = json_object_iter_key(it);
		value = json_object_iter_value(it);
		if (json_is_integer(value) && strcmp(name, "payments") != 0)
			printf("  %-16s %d%s\n", name,
			    (int)json_integer_value(value),
			    strcmp(name, "day of month") == 0 ? "" :
			    " of 100 payments");
	}
}

void
customer_learned_print(const json_t *learned)
{
	print_known(json_object_get(learned, "accounts"), "account");
	print_known(json_object_get(learned, "names"), "name");
	print_habits(json_object_get(learned, "habits"));
}

/* ---- forgetting ---------------------------------------------------------------- */

/* An account, else a name under which others paid; "habits". */
static enum store_status
forget(struct context *context, const struct customer *customer,
    const char *what)
{
	g_autofree char *account = account_normalise(what);
	g_autofree char *alias = learned_alias(what);
	enum store_status status = STORE_NONE;

	if (strcmp(what, "habits") == 0)
		return store_lesson_forget(context->store, customer->id,
		    LESSON_HABITS, NULL);
	if (*account)
		status = store_lesson_forget(context->store, customer->id,
		    LESSON_ACCOUNT, account);
	if (status == STORE_NONE && alias)
		status = store_lesson_forget(context->store, customer->id,
		    LESSON_ALIAS, alias);
	return status;
}

int
customer_forget(struct context *context, const struct customer *customer,
    const char *what)
{
	enum store_status status = store_begin(context->store);
	int code;

	if (status == STORE_OK)
		status = forget(context, customer, what);
	if (status == STORE_NONE) {
		store_rollback(context->store);
		say_error(context, "nothing is known of %s by '%s' ('mailfilter "
		    "customer show %s' says what is)", customer->name, what,
		    customer->key);
		return EX_DATAERR;
	}
	if (status == STORE_OK)
		status = owner_note(context, SUBJECT_CUSTOMER, customer->id,
		    "forgotten", "%s: “%s” is forgotten; what is confirmed "
		    "from now on teaches anew.", customer->key, what);
	code = owner_finish(context, status);
	if (code == EX_OK && !context->quiet && !context->json)
		printf("%s %s of %s.\n", context->dry_run ? "Would forget" :
		    "Forgot", what, customer->name);
	return code;
}
