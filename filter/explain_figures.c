/*
 * explain_figures.c - what `explain` tells of a customer beside the journal:
 * how it pays, when money is to be expected, whether it deserves instalments
 * and why.
 */
#include "explain_figures.h"

#include "instalments_show.h"
#include "print.h"

#include <stdio.h>

struct figures {
	struct context *context;
	struct customer *customer;
	struct invoice *invoice;	/* or NULL */
	struct behaviour behaviour;
	GPtrArray *lines;		/* struct deserving_line */
	bool deserves;
	int overdue;
};

static char *
pays_text(const struct figures *f)
{
	const struct behaviour *b = &f->behaviour;
	g_autofree char *why = behaviour_rating_text(b, f->overdue);

	if (b->known == 0)
		return g_strdup_printf("rating -: no paid invoice with a due "
		    "date is known");
	return g_strdup_printf("%d days after the due date in the middle (%d "
	    "to %d), %d of %d invoices more than %d days late; rating %c: %s",
	    b->median, b->low, b->high, b->late, b->known, BEHAVIOUR_LATE,
	    behaviour_rating(b, f->overdue), why);
}

static char *
expected_text(const struct figures *f)
{
	struct expected day;
	char on[DAY_SIZE], from[DAY_SIZE], until[DAY_SIZE];

	if (!f->invoice || f->invoice->state != INVOICE_OPEN ||
	    !f->invoice->due)
		return NULL;
	behaviour_expect(&f->behaviour, day_number(f->invoice->due),
	    day_number(f->context->today), &day);
	if (day.beyond)
		return g_strdup("it is later than any invoice before");
	if (day.day == G_MININT32)
		return NULL;
	day_text(day.day, on);
	day_text(day.from, from);
	day_text(day.until, until);
	return g_strdup_printf("%s, most likely between %s and %s", on, from,
	    until);
}

static char *
deserving_text(const struct figures *f)
{
	GString *out = g_string_new(f->deserves ? "deserves them: " :
	    "does not deserve them: ");

	for (guint i = 0; i < f->lines->len; i++) {
		const struct deserving_line *line = f->lines->pdata[i];

		g_string_append_printf(out, "%s%s: %s (%s)", i ? "; " : "",
		    line->text, line->holds ? "yes" : "no", line->figure);
	}
	return g_string_free(out, FALSE);
}

static void
show(const char *label, const char *text)
{
	g_autofree char *first = g_strdup_printf("  %s", label);
	g_autofree char *clean = text ? print_clean(text) : NULL;

	if (clean)
		print_hanging(20, first, clean);
}

static int
print(const struct figures *f)
{
	g_autofree char *pays = pays_text(f), *expected = expected_text(f);
	g_autofree char *deserving = deserving_text(f);
	const struct behaviour *b = &f->behaviour;
	char rating[2] = {behaviour_rating(b, f->overdue)};
	json_t *json;

	if (!f->context->json) {
		show("pays", pays);
		show("expected", expected);
		show("instalments", deserving);
		return EX_OK;
	}
	json = json_pack("{s:s, s:i, s:i, s:i, s:i, s:i, s:s, s:b}", "record",
	    "figures", "paid", b->paid, "median", b->median, "low", b->low,
	    "high", b->high, "late", b->late, "rating", rating, "deserves",
	    f->deserves);
	json_put(json, "pays", pays);
	json_put(json, "expected", expected);
	json_put(json, "instalments", deserving);
	print_json(json);
	return EX_OK;
}

static enum store_status
read_overdue(struct figures *f)
{
	g_autoptr(GPtrArray) open = NULL;
	int32_t today = day_number(f->context->today);
	enum store_status status = store_invoice_find_open(f->context->store,
	    f->customer->id, 0x7fffffff, &open);

	for (guint i = 0; status == STORE_OK && i < open->len; i++) {
		const struct invoice *one = open->pdata[i];

		if (one->type != INVOICE_CREDIT_NOTE && one->due)
			f->overdue = MAX(f->overdue,
			    today - day_number(one->due));
	}
	return status == STORE_NONE ? STORE_OK : status;
}

int
explain_figures(struct context *context, int64_t customer, int64_t invoice)
{
	struct figures f = {.context = context};
	enum store_status status = STORE_OK;
	int code = EX_OK;

	if (!context->config)
		return EX_OK;
	if (invoice)
		status = store_invoice_get(context->store, invoice,
		    &f.invoice);
	if (status == STORE_OK)
		status = store_customer_get(context->store,
		    f.invoice ? f.invoice->customer : customer, &f.customer);
	if (status == STORE_OK)
		status = behaviour_of(context, f.customer->id, &f.behaviour);
	if (status == STORE_OK)
		status = read_overdue(&f);
	if (status == STORE_OK)
		status = instalments_deserve(context, f.customer, &f.deserves,
		    &f.lines);
	code = status == STORE_OK ? print(&f) : store_failed(context, status);
	behaviour_clear(&f.behaviour);
	g_clear_pointer(&f.lines, g_ptr_array_unref);
	invoice_free(f.invoice);
	customer_free(f.customer);
	return code;
}

int
explain_plan(struct context *context, int64_t id)
{
	struct instalments_case one;
	enum store_status status = instalments_case_of(context, id, &one);

	if (status != STORE_OK)
		return store_failed(context, status);
	if (context->json)
		print_json(instalments_json(context, &one));
	else
		instalments_print(context, &one);
	instalments_case_clear(&one);
	return EX_OK;
}
