/*
 * follows.c - what follows from the values of a letter: which invoice is the
 * first, what is to be paid and when, whom to greet.
 */
#include "letter.h"

#include <string.h>

static void
add_flag(json_t *object, const char *name, bool flag)
{
	json_object_set_new(object, name, json_boolean(flag));
}

static json_t *
take_string(char *text)
{
	json_t *string = json_string(text);

	g_free(text);
	return string;
}

static const char *
text_of(const json_t *object, const char *name, const char *inner)
{
	return json_string_value(
	    json_object_get(json_object_get(object, name), inner));
}

/* Is there anything that makes its balance another than its amount? */
static bool
is_settled(const json_t *invoice)
{
	static const char *const lists[] = {
	    "received", "announced", "credited", "deducted"};
	bool settled = json_object_get(invoice, "paid_before");

	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		settled = settled || json_array_size(
		    json_object_get(invoice, lists[i])) > 0;
	return settled;
}

static void
add_invoices(json_t *out)
{
	json_t *invoices = json_object_get(out, "invoices"), *invoice;
	bool all_paid = true, overdue = json_is_true(
	    json_object_get(out, "is_overdue"));
	size_t i;

	json_array_foreach(invoices, i, invoice) {
		add_flag(invoice, "is_partly_paid", is_settled(invoice));
		all_paid = all_paid &&
		    json_is_true(json_object_get(invoice, "is_paid"));
		overdue = overdue ||
		    json_is_true(json_object_get(invoice, "is_overdue"));
	}
	add_flag(out, "is_paid", all_paid);
	add_flag(out, "is_overdue", overdue);
	add_flag(out, "any", json_array_size(invoices) > 0);
	add_flag(out, "many", json_array_size(invoices) > 1);
	json_object_set(out, "first", json_array_get(invoices, 0));
}

/* "2 556,40 € + 40,00 €" */
static json_t *
sum_of(const json_t *total, const json_t *fee)
{
	const char *one = json_string_value(total);
	const char *other = json_string_value(fee);

	return one && other ?
	    take_string(g_strconcat(one, " + ", other, NULL)) :
	    json_string(one ? one : other);
}

/* What to transfer, and until when, unless it was said. */
static void
add_payment(json_t *out)
{
	json_t *pay = json_object_get(out, "pay");
	json_t *day = json_object_get(out, "term_day");

	if (!pay)
		return;
	if (!json_object_get(pay, "amount"))
		json_object_set_new(pay, "amount",
		    sum_of(json_object_get(out, "total_balance"),
		        json_object_get(out, "fee")));
	if (!day && !json_is_true(json_object_get(out, "is_overdue")) &&
	    !json_is_true(json_object_get(out, "many")))
		day = json_object_get(json_object_get(out, "first"), "due");
	if (day && !json_object_get(pay, "day"))
		json_object_set(pay, "day", day);
}

/* A page draws the Swiss payment part instead of a transfer's details. */
static void
add_bill(json_t *out)
{
	json_t *pay = json_object_get(out, "pay"), *way, *part;
	json_t *ways = json_object_get(pay, "ways");
	size_t i;

	json_array_foreach(ways, i, way) {
		part = json_object_get(way, "part");
		if (part)
			add_flag(part, "has_debtor",
			    json_object_get(part, "debtor") != NULL);
		if (json_is_true(json_object_get(way, "is_swiss_qr")))
			add_flag(pay, "has_bill", true);
	}
}

/* Of an instalment: what of the plan is to be paid now. */
static void
add_part(json_t *out)
{
	json_t *part = json_object_get(out, "part"), *parts;
	json_t *pay = json_object_get(out, "pay");
	char size[24];

	parts = json_object_get(json_object_get(out, "plan"), "parts");
	if (parts) {
		g_snprintf(size, sizeof size, "%zu", json_array_size(parts));
		json_object_set_new(json_object_get(out, "plan"), "size",
		    json_string(size));
	}
	if (!part && json_array_size(parts) &&
	    !json_object_get(json_object_get(out, "plan"), "until"))
		part = json_array_get(parts, 0);
	if (!part)
		return;
	add_flag(out, "is_overdue",
	    json_is_true(json_object_get(part, "is_overdue")));
	if (pay && !json_object_get(pay, "amount"))
		json_object_set(pay, "amount", json_object_get(part,
		    json_object_get(part, "balance") ? "balance" : "amount"));
	if (pay && !json_is_true(json_object_get(part, "is_overdue")))
		json_object_set(pay, "day", json_object_get(part, "due"));
}

void
values_add_tone(json_t *values, const char *tone)
{
	static const char *const tones[] = {
	    "friendly", "understanding", "firm"};

	for (size_t i = 0; i < G_N_ELEMENTS(tones); i++) {
		g_autofree char *name = g_strconcat("is_", tones[i], NULL);

		add_flag(values, name, !strcmp(tones[i], tone));
	}
}

/* An invoice of which no tax is known does not speak of tax. */
static void
drop_no_tax(json_t *out, const json_t *values)
{
	if (json_object_get(out, "taxes") ||
	    !values_is_zero(json_object_get(values, "tax")))
		return;
	json_object_del(out, "tax");
	json_object_del(out, "net");
}

static void
add_greeting(json_t *out, const struct language *language)
{
	json_t *customer = json_object_get(out, "customer");
	const char *contact = text_of(out, "customer", "contact");
	enum gender gender;
	char *greet;

	if (!contact)
		return;
	greet = salutation_name(contact, language, &gender);
	if (greet)
		json_object_set_new(customer, "greet", take_string(greet));
	add_flag(customer, "feminine", gender == GENDER_FEMININE);
	add_flag(customer, "masculine", gender == GENDER_MASCULINE);
}

/* Which invoices a credit note was put on. */
static void
add_credit(json_t *out)
{
	json_t *credit = json_object_get(out, "credit");

	if (credit)
		add_flag(credit, "any", json_array_size(
		    json_object_get(credit, "invoices")) > 0);
}

void
values_follow(json_t *out, const json_t *values,
    const struct language *language)
{
	add_credit(out);
	look_follow(out);
	add_invoices(out);
	add_part(out);
	add_payment(out);
	add_bill(out);
	drop_no_tax(out, values);
	add_greeting(out, language);
}
