/*
 * review.c - decisions shown to a person, and the person's answers: yes (the
 * suggested parts are booked), no (never suggested again for this payment),
 * undo (what was booked is reversed and the invoice open again).
 */
#include "review.h"
#include "lookup.h"
#include "match.h"
#include "print.h"
#include "remind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- showing ------------------------------------------------------------------ */

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static char *
join(const json_t *array, const char *name)
{
	GString *out = g_string_new(NULL);
	const json_t *one;
	size_t i;

	json_array_foreach(array, i, one)
	{
		const char *text = name ? text_of(one, name)
					: json_string_value(one);

		if (!text || strstr(out->str, text))
			continue;
		if (out->len)
			g_string_append(out, ", ");
		g_string_append(out, text);
	}
	return g_string_free(out, FALSE);
}

static const struct payment *
payment_by_key(GHashTable *by_key, const json_t *line)
{
	return g_hash_table_lookup(by_key, text_of(line, "payment"));
}

/* A decision for a person; the probability of none says nothing to one. */
static const char *
decision_words(const char *decision)
{
	static const struct {
		const char *decision, *words;
	} rows[] = {{"auto", "book"}, {"suggest", "confirm?"},
	    {"none", "whose?"}, {"duplicate", "known"}};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].decision, decision) == 0)
			return rows[i].words;
	return decision;
}

static void
show_line(struct table *table, const struct payment *p, const json_t *line)
{
	const char *decision = text_of(line, "decision");
	const char *payer = !p ? "" : p->payer ? p->payer :
	    p->payer_account ? p->payer_account : "";
	g_autofree char *money = p ? money_text(p->amount, p->currency)
				   : g_strdup("");
	g_autofree char *right = g_strconcat(">", money, NULL);
	g_autofree char *invoices =
	    join(json_object_get(line, "allocations"), "number");
	g_autofree char *codes = join(json_object_get(line, "reasons"), NULL);
	g_autofree char *why = why_words(codes);
	g_autofree char *probability = *invoices ? g_strdup_printf(
	    ">%.1f %%", 100 * json_real_value(json_object_get(line,
	    "probability"))) : g_strdup("");
	const char *cells[] = {text_of(line, "payment"),
	    p && p->booked ? p->booked : "", right, payer,
	    decision_words(decision), invoices, probability, why};

	table_row(table, cells);
}

void
review_print(const struct context *context, const GPtrArray *payments,
    const GPtrArray *lines)
{
	static const char *const headings[] = {"Payment", "Day", ">Amount",
	    "Payer", "Decision", "Invoice", ">Sure", "Why"};
	g_autoptr(GHashTable) by_key =
	    g_hash_table_new(g_str_hash, g_str_equal);
	struct table *table;
	unsigned booked = 0, suggested = 0;

	if (lines->len == 0) {
		printf("No money waits for an invoice.\n");
		return;
	}
	for (guint i = 0; i < payments->len; i++) {
		struct payment *p = payments->pdata[i];

		g_hash_table_insert(by_key, p->key, p);
	}
	table = table_new(context, G_N_ELEMENTS(headings), headings);
	for (guint i = 0; i < lines->len; i++) {
		const json_t *line = lines->pdata[i];

		booked += strcmp(text_of(line, "decision"), "auto") == 0;
		suggested += strcmp(text_of(line, "decision"), "suggest") == 0;
		show_line(table, payment_by_key(by_key, line), line);
	}
	table_print(table);
	printf("%s%u booked, %u to be confirmed, %u left on account\n",
	    context->dry_run ? "Nothing was changed. It would be: " : "",
	    booked, suggested, lines->len - booked - suggested);
	if (suggested)
		puts("'mailfilter reconcile --accept PAYMENT' books what is to "
		    "be confirmed, --reject says no.");
	if (lines->len > booked + suggested)
		puts("'mailfilter payment add --invoice NUMBER ...' says whose "
		    "money it is, 'mailfilter\npayment set-aside PAYMENT' that "
		    "it is for no invoice.");
}

static void
drop_suggestion(void *data)
{
	suggestion_free(data);
}

/* ---- the answers ------------------------------------------------------------------ */

int
review_find(struct context *context, const char *text, struct payment **out)
{
	enum store_status status =
	    store_payment_find(context->store, text, out);
	char *end;

	if (status == STORE_NONE && g_ascii_isdigit(*text)) {
		int64_t id = strtoll(text, &end, 10);

		if (*end == '\0')
			status = store_payment_get(context->store, id, out);
	}
	if (status == STORE_OK)
		return EX_OK;
	if (status != STORE_NONE)
		return store_failed(context, status);
	say_error(context, "there is no payment '%s' ('mailfilter payment "
	    "list' shows them)", text);
	return EX_NOINPUT;
}

/* What the owner's word did. */
static void
print_plan(const struct context *context, const struct plan *plan,
    const char *key)
{
	g_autofree char *text = plan_words(plan);

	if (!context->json) {
		if (!context->quiet)
			fputs(text, stdout);
		return;
	}
	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *a = plan->actions->pdata[i];

		print_json(json_pack("{s:s, s:s, s:s, s:s}", "payment", key,
		    "action", action_kind_name(a->kind), "code", a->code,
		    "text", a->text));
	}
}

static int
carry_out(struct context *context, struct plan *plan,
    const struct payment *payment, bool money)
{
	struct plan *after = NULL;
	enum store_status status = plan_apply(plan, context->store,
	    context->now, owner_name(context));

	if (status == STORE_OK && money) {
		after = plan_new();
		status = remind_after_payment(context, payment->id, after);
		if (status == STORE_OK)
			status = plan_apply(after, context->store,
			    context->now, owner_name(context));
	}
	if (status == STORE_OK)
		print_plan(context, plan, payment->key);
	plan_free(after);
	plan_free(plan);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

int
review_accept(struct context *context, const struct payment *payment)
{
	g_autoptr(GPtrArray) list = NULL;
	enum store_status status = store_suggestion_list(context->store,
	    payment->id, &list);
	g_auto(GStrv) numbers = NULL;
	struct plan *plan;

	if (status != STORE_OK && status != STORE_NONE)
		return store_failed(context, status);
	numbers = g_new0(char *, (list ? list->len : 0) + 1);
	for (guint i = 0; list && i < list->len; i++)
		numbers[i] = invoice_number(context,
		    ((struct suggestion *)list->pdata[i])->invoice);
	plan = list ? decide_accept(payment, list,
			  (const char *const *)numbers, owner_name(context))
		    : plan_new();
	if (plan->actions->len == 0) {
		plan_free(plan);
		say_error(context, "nothing is suggested for payment '%s'",
		    payment->key);
		return EX_DATAERR;
	}
	return carry_out(context, plan, payment, true);
}

int
review_reject(struct context *context, const struct payment *payment)
{
	struct plan *plan = plan_new();
	enum store_status status = store_suggestion_reject(context->store,
	    payment->id, context->now);

	if (status == STORE_NONE) {
		plan_free(plan);
		say_error(context, "nothing is suggested for payment '%s'",
		    payment->key);
		return EX_DATAERR;
	}
	if (status == STORE_OK)
		status = store_question_answer_payment(context->store,
		    payment->id, context->now);
	if (status != STORE_OK && status != STORE_NONE) {
		plan_free(plan);
		return store_failed(context, status);
	}
	plan_add(plan, ACTION_RELEASE, "rejected:owner",
	    "payment %s is not for what was suggested, says %s", payment->key,
	    owner_name(context))->payment = payment->id;
	return carry_out(context, plan, payment, false);
}

/* What was undone is not to be booked again by itself. */
static enum store_status
remember_undone(struct context *context, const struct payment *payment,
    const GPtrArray *allocations)
{
	g_autoptr(GPtrArray) undone =
	    g_ptr_array_new_with_free_func(drop_suggestion);
	enum store_status status;

	for (guint i = 0; i < allocations->len; i++) {
		const struct allocation *a = allocations->pdata[i];
		struct suggestion *s = g_new0(struct suggestion, 1);

		s->payment = payment->id;
		s->invoice = a->invoice;
		s->amount = a->amount;
		s->kind = a->kind;
		s->why = g_strdup("undone");
		g_ptr_array_add(undone, s);
	}
	status = store_suggestion_set(context->store, payment->id, undone);
	if (status == STORE_OK)
		status = store_suggestion_reject(context->store, payment->id,
		    context->now);
	return status == STORE_NONE ? STORE_OK : status;
}

int
review_undo(struct context *context, const struct payment *payment)
{
	g_autoptr(GPtrArray) list = NULL;
	g_auto(GStrv) numbers = NULL;
	enum store_status status = store_allocation_list(context->store,
	    payment->id, 0, true, &list);
	struct plan *plan;

	if (status != STORE_OK && status != STORE_NONE)
		return store_failed(context, status);
	if (!list || list->len == 0) {
		say_error(context, "payment '%s' is on no invoice",
		    payment->key);
		return EX_DATAERR;
	}
	numbers = g_new0(char *, list->len + 1);
	for (guint i = 0; i < list->len; i++)
		numbers[i] = invoice_number(context,
		    ((struct allocation *)list->pdata[i])->invoice);
	plan = decide_undo(payment, list, (const char *const *)numbers,
	    owner_name(context));
	status = remember_undone(context, payment, list);
	if (status == STORE_OK)
		return carry_out(context, plan, payment, false);
	plan_free(plan);
	return store_failed(context, status);
}

/* ---- asking on the terminal ---------------------------------------------------------- */

static void
show_suggestion(struct context *context, const struct payment *payment,
    const GPtrArray *list)
{
	g_autofree char *money =
	    money_text(payment->unallocated, payment->currency);
	g_autofree char *payer = print_clean(
	    payment->payer ? payment->payer : "an unnamed payer");
	g_autofree char *words = print_clean(
	    payment->remittance ? payment->remittance : "");

	printf("\n%s%s%s from %s, %s\n  “%s”\n", paint(context, PAINT_BOLD),
	    money, paint(context, PAINT_NONE), payer, payment->booked, words);
	for (guint i = 0; i < list->len; i++) {
		const struct suggestion *s = list->pdata[i];
		struct invoice *invoice = NULL;

		if (!s->invoice || store_invoice_get(context->store,
			s->invoice, &invoice) != STORE_OK)
			continue;
		{
			g_autofree char *open =
			    money_text(invoice->open, invoice->currency);
			g_autofree char *why = why_words(s->why);

			printf("  %c %s, %s open (%.0f %%: %s)\n",
			    i == 0 ? '>' : ' ', invoice->number, open,
			    100 * s->probability, why);
		}
		invoice_free(invoice);
	}
}

static int
answer(struct context *context, const struct payment *payment, char key)
{
	enum store_status status = store_begin(context->store);
	int code;

	if (status != STORE_OK)
		return store_failed(context, status);
	code = key == 'a' ? review_accept(context, payment)
			  : review_reject(context, payment);
	if (code != EX_OK) {
		store_rollback(context->store);
		return code;
	}
	status = store_commit(context->store);
	return status == STORE_OK ? EX_OK : store_failed(context, status);
}

/* false: the person has had enough. */
static bool
ask_one(struct context *context, const struct payment *payment,
    const GPtrArray *list, int *code)
{
	char line[32];

	show_suggestion(context, payment, list);
	for (;;) {
		printf("[a]ccept, [s]kip, [r]eject, [q]uit? ");
		fflush(stdout);
		if (!fgets(line, sizeof(line), stdin) || line[0] == 'q')
			return false;
		if (line[0] == 's' || line[0] == '\n')
			return true;
		if (line[0] == 'a' || line[0] == 'r') {
			*code = answer(context, payment, line[0]);
			return *code == EX_OK;
		}
	}
}

int
review_ask(struct context *context)
{
	const struct payment_filter filter = {.unallocated_only = true};
	g_autoptr(GPtrArray) payments = NULL;
	enum store_status status =
	    store_payment_list(context->store, &filter, &payments);
	int code = EX_OK;
	bool more = true;

	if (status != STORE_OK)
		return status == STORE_NONE ? EX_OK
					    : store_failed(context, status);
	for (guint i = 0; i < payments->len && more; i++) {
		const struct payment *p = payments->pdata[i];
		g_autoptr(GPtrArray) list = NULL;

		if (p->state != PAYMENT_POSSIBLE &&
		    store_suggestion_list(context->store, p->id, &list) ==
			STORE_OK && list->len)
			more = ask_one(context, p, list, &code);
	}
	return code;
}
