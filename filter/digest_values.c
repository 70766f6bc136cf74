/*
 * digest_values.c - what the owner's digest tells: money that was matched,
 * what waits for him, reminders that were held and why, promises, accounts,
 * letters in trouble, what he said himself, and the head of the journal.
 */
#include "digest.h"

#include <string.h>

#include "letter_values.h"
#include "lookup.h"
#include "print.h"
#include "secret.h"

#define ROWS_MAX 40		/* of each part; the rest is only counted */

struct telling {
	struct context *context;
	int64_t since;
	GPtrArray *items;	/* struct digest_item */
	bool numbered;		/* items were there before */
	json_t *out;
};

/* A part with its rows, and how many more there are. Takes the rows. */
static void
put_part(const struct telling *telling, const char *name, json_t *rows,
    size_t all)
{
	json_t *part;

	if (json_array_size(rows) == 0) {
		json_decref(rows);
		return;
	}
	part = json_object();
	json_object_set_new(part, "rows", rows);
	if (all > json_array_size(rows)) {
		g_autofree char *more = g_strdup_printf("%zu",
		    all - json_array_size(rows));

		json_put(part, "more", more);
	}
	json_object_set_new(telling->out, name, part);
}

static bool
is_full(const json_t *rows)
{
	return json_array_size(rows) >= ROWS_MAX;
}

/* The number under which a row can be answered; 0: it has none. */
static int
number_for(const struct telling *telling, enum digest_subject subject,
    int64_t row)
{
	struct digest_item *item;

	for (guint i = 0; i < telling->items->len; i++) {
		item = telling->items->pdata[i];
		if (item->subject == subject && item->row == row)
			return item->number;
	}
	if (telling->numbered)
		return 0;
	item = g_new0(struct digest_item, 1);
	item->number = (int)telling->items->len + 1;
	item->subject = subject;
	item->row = row;
	g_ptr_array_add(telling->items, item);
	return item->number;
}

static void
put_number(json_t *row, int number)
{
	g_autofree char *text = g_strdup_printf("%d", number);

	json_put(row, "item", text);
}

/* ---- money ------------------------------------------------------------------- */

static enum store_status
tell_money(const struct telling *telling)
{
	g_autoptr(GPtrArray) list = NULL;
	json_t *rows = json_array();
	enum store_status status = store_money_matched(
	    telling->context->store, telling->since, telling->context->now,
	    &list);

	for (guint i = 0; status == STORE_OK && i < list->len &&
	    !is_full(rows); i++) {
		const struct matched_money *money = list->pdata[i];
		json_t *row = json_object();

		json_put(row, "name", money->customer);
		json_put(row, "number", money->number);
		json_put(row, "day", money->booked);
		values_money(row, "amount", money->amount, money->currency);
		json_array_append_new(rows, row);
	}
	put_part(telling, "matched", rows, status == STORE_OK ? list->len : 0);
	return status;
}

/* ---- what waits ---------------------------------------------------------------- */

/* "2026-017 (92 %) or 2026-018 (7 %)" */
static enum store_status
put_suggested(const struct telling *telling, int64_t payment, json_t *row)
{
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	enum store_status status = store_suggestion_list(
	    telling->context->store, payment, &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct suggestion *one = list->pdata[i];
		g_autofree char *number = NULL, *sure = NULL;

		if (one->rejected || !one->invoice)
			continue;
		number = invoice_number(telling->context, one->invoice);
		sure = sure_text(one->probability);
		g_string_append_printf(text, "%s%s (%s)",
		    text->len ? ", " : "", number, sure);
	}
	if (text->len)
		json_put(row, "suggested", text->str);
	return status == STORE_NONE ? STORE_OK : status;
}

static enum store_status
tell_questions(const struct telling *telling)
{
	g_autoptr(GPtrArray) list = NULL;
	json_t *rows = json_array();
	enum store_status status = store_question_list(
	    telling->context->store, true, &list);

	for (guint i = 0; status == STORE_OK && i < list->len &&
	    !is_full(rows); i++) {
		const struct question *question = list->pdata[i];
		int number = number_for(telling, DIGEST_QUESTION,
		    question->id);
		g_autofree char *text = print_clean(question->text);
		json_t *row;

		if (number == 0)
			continue;
		row = json_object();
		put_number(row, number);
		json_put(row, "text", text);
		if (question->payment)
			status = put_suggested(telling, question->payment,
			    row);
		json_array_append_new(rows, row);
	}
	put_part(telling, "waiting", rows, status == STORE_OK ? list->len : 0);
	return status;
}

static enum store_status
tell_words(const struct telling *telling)
{
	g_autoptr(GPtrArray) list = NULL;
	json_t *rows = json_array();
	enum store_status status = store_owner_word_list(
	    telling->context->store, telling->since, telling->context->now,
	    &list);

	for (guint i = 0; status == STORE_OK && i < list->len; i++) {
		const struct owner_word *word = list->pdata[i];
		json_t *row = json_object();
		g_autofree char *text = print_clean(word->text);
		g_autofree char *result = print_clean(word->result);
		int number = word->done && !word->undone &&
		    (word->payment || word->hold) ?
		    number_for(telling, DIGEST_WORD, word->id) : 0;

		if (number)
			put_number(row, number);
		json_put(row, "text", text);
		json_put(row, "note", result);
		json_array_append_new(rows, row);
	}
	put_part(telling, "answered", rows, status == STORE_OK ? list->len : 0);
	return status;
}

/* ---- reminders ------------------------------------------------------------------- */

static gint
by_gate(gconstpointer a, gconstpointer b)
{
	const struct held *one = *(struct held *const *)a;
	const struct held *other = *(struct held *const *)b;

	return one->gate != other->gate ? (int)one->gate - (int)other->gate :
	    (one->invoice > other->invoice) - (one->invoice < other->invoice);
}

static json_t *
held_row(const struct telling *telling, const struct held *held)
{
	json_t *row = json_object();
	g_autofree char *number = invoice_number(telling->context,
	    held->invoice);
	struct customer *customer = NULL;

	if (store_customer_get(telling->context->store, held->customer,
	    &customer) == STORE_OK)
		json_put(row, "name", customer->name);
	customer_free(customer);
	json_put(row, "number", number);
	json_put(row, "note", held->detail ? held->detail :
	    gate_words(held->gate));
	return row;
}

static enum store_status
tell_held(const struct telling *telling)
{
	g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)held_free);
	struct plan *plan = plan_new();
	json_t *rows = json_array();
	enum store_status status = remind_plan(telling->context, plan, held);

	g_ptr_array_sort(held, by_gate);
	for (guint i = 0; status == STORE_OK && i < held->len &&
	    !is_full(rows); i++)
		json_array_append_new(rows, held_row(telling,
		    held->pdata[i]));
	put_part(telling, "held", rows, held->len);
	plan_free(plan);
	return status;
}

static enum store_status
tell_promises(const struct telling *telling)
{
	struct context *context = telling->context;
	g_autoptr(GPtrArray) holds = NULL;
	json_t *rows = json_array();
	enum store_status status = store_hold_list(context->store, 0, 0,
	    context->now, &holds);

	for (guint i = 0; status == STORE_OK && i < holds->len; i++) {
		const struct hold *hold = holds->pdata[i];
		g_autofree char *number = NULL;
		char day[DAY_SIZE];
		json_t *row;

		if (hold->kind != HOLD_PROMISE || is_full(rows))
			continue;
		row = json_object();
		number = hold->invoice ? invoice_number(context,
		    hold->invoice) : customer_key(context, hold->customer);
		json_put(row, "number", number);
		json_put(row, "note", hold->why);
		if (hold->until) {
			calendar_local(hold->until, context->config->timezone,
			    day, NULL);
			json_put(row, "day", day);
		}
		json_array_append_new(rows, row);
	}
	put_part(telling, "promises", rows, json_array_size(rows));
	return status == STORE_NONE ? STORE_OK : status;
}

/* ---- what is out of order ---------------------------------------------------------- */

static json_t *
account_row(const struct context *context, const struct account *account,
    const struct feed *feed)
{
	json_t *row = json_object();
	g_autofree char *heard = moment_show(context, feed ? feed->heard : 0);

	json_put(row, "name", account->name);
	if (*heard)
		json_put(row, "note", heard);
	if (feed && feed_drifts(feed))
		json_object_set_new(row, "drifts", json_true());
	if (feed && feed->missing)
		json_put(row, "text", feed->missing);
	return row;
}

static enum store_status
tell_accounts(const struct telling *telling)
{
	const struct config *config = telling->context->config;
	g_autoptr(GPtrArray) feeds = NULL;
	json_t *rows = json_array();
	enum store_status status = store_feed_list(telling->context->store,
	    &feeds);

	for (guint i = 0; status == STORE_OK && i < config->accounts->len;
	    i++) {
		const struct account *account = config->accounts->pdata[i];
		const struct feed *feed = feed_of_account(feeds, account);

		if (feed && feed->heard && !feed_drifts(feed) &&
		    !feed->missing && calendar_add_business_days(
		    calendar_of_bank(account->currency, account->iban),
		    feed_heard_day(config, feed), account->fresh_days) >=
		    day_number(telling->context->today))
			continue;
		json_array_append_new(rows, account_row(telling->context,
		    account, feed));
	}
	put_part(telling, "accounts", rows, json_array_size(rows));
	return status;
}

static enum store_status
tell_letters(const struct telling *telling)
{
	const struct letter_filter filter = {.since = telling->since,
	    .states = 1u << LETTER_FAILED | 1u << LETTER_UNKNOWN};
	g_autoptr(GPtrArray) list = NULL;
	json_t *rows = json_array();
	enum store_status status = store_letter_list(telling->context->store,
	    &filter, &list);

	for (guint i = 0; status == STORE_OK && i < list->len &&
	    !is_full(rows); i++) {
		const struct letter *letter = list->pdata[i];
		json_t *row = json_object();

		json_put(row, "name", letter->to);
		json_put(row, "note", letter->why);
		json_array_append_new(rows, row);
	}
	put_part(telling, "trouble", rows, status == STORE_OK ? list->len : 0);
	return status == STORE_NONE ? STORE_OK : status;
}

/* ---- all of it ------------------------------------------------------------------------ */

enum store_status
digest_values(struct context *context, int64_t since, GPtrArray *items,
    json_t **out)
{
	static enum store_status (*const parts[])(const struct telling *) = {
	    tell_words, tell_questions, tell_money, tell_held, tell_promises,
	    tell_accounts, tell_letters};
	const struct telling telling = {.context = context, .since = since,
	    .items = items, .numbered = items->len > 0,
	    .out = json_object()};
	g_autofree char *head = NULL;
	enum store_status status = STORE_OK;

	for (size_t i = 0; status == STORE_OK && i < G_N_ELEMENTS(parts); i++)
		status = parts[i](&telling);
	if (status == STORE_OK)
		status = store_journal_head(context->store, &head);
	json_put(telling.out, "head", head);
	json_put(telling.out, "date", context->today);
	*out = telling.out;
	return status == STORE_NONE ? STORE_OK : status;
}

static void
put_headers(struct context *context, const struct letter *letter,
    json_t *object)
{
	const struct config *config = context->config;
	g_autofree char *date = values_time(context->now, config->timezone);
	g_autofree char *answer = tagged_address(context, TAG_REPLY,
	    config->email, letter);
	json_t *headers = json_object();

	json_put(headers, "From", config->email);
	json_put(headers, "To", letter->to);
	if (answer)
		json_put(headers, "Reply-To", answer);
	json_put(headers, "Date", date);
	json_put(headers, "Message-ID", letter->message_id);
	json_object_set_new(object, "headers", headers);
}

enum store_status
digest_letter_values(struct context *context, const struct letter *letter,
    json_t **out)
{
	const struct values values = {.context = context, .letter = letter};
	g_autoptr(GPtrArray) items = NULL;
	g_autofree char *tag = letter_tag(context, TAG_REPLY, letter);
	struct digest *digest = NULL;
	json_t *inner = NULL, *object = json_object();
	enum store_status status = store_digest_get(context->store,
	    letter->id, &digest);

	if (status == STORE_OK)
		status = store_digest_items(context->store, letter->id,
		    &items);
	if (status == STORE_OK)
		status = digest_values(context, digest->since, items, &inner);
	if (status != STORE_OK)
		goto out;
	json_put(object, "kind", letter_kind_name(letter->kind));
	json_put(object, "language", letter->language);
	json_put(inner, "tag", tag);
	json_object_set_new(inner, "owner", owner_values(context->config));
	json_object_set_new(inner, "customer", owner_values(context->config));
	json_object_set(object, "values", inner);
	put_headers(context, letter, object);
	values_dirs(&values, object);
out:
	json_decref(inner);
	digest_free(digest);
	if (status == STORE_OK)
		*out = object;
	else
		json_decref(object);
	return status;
}
