/*
 * review_show.c - a case in plain rows: what the payment says, what the
 * invoice says, why, and what else it may be. One form for the screen and for
 * line by line. All text is clean of what would act on a terminal.
 */
#include "review_case.h"
#include "amounts.h"
#include "lookup.h"
#include "print.h"

#include <string.h>


char *
show_clean(const char *text)
{
	g_autofree char *plain = g_strdelimit(g_strdup(text ? text : ""),
	    "\033\n\r\t", ' ');
	g_autofree char *valid = print_clean(plain);
	GString *out = g_string_new(NULL);

	for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		GUnicodeType type = g_unichar_type(c);

		if (type == G_UNICODE_FORMAT || type == G_UNICODE_SURROGATE ||
		    type == G_UNICODE_LINE_SEPARATOR ||
		    type == G_UNICODE_PARAGRAPH_SEPARATOR ||
		    type == G_UNICODE_PRIVATE_USE)
			g_string_append_c(out, ' ');
		else
			g_string_append_unichar(out, c);
	}
	return g_strstrip(g_string_free(out, FALSE));
}

static void
put(json_t *object, const char *name, const char *text)
{
	g_autofree char *clean = show_clean(text);

	if (*clean)
		json_object_set_new(object, name, json_string(clean));
}

static void
add_row(json_t *rows, const char *label, const char *text, bool same)
{
	g_autofree char *clean = show_clean(text);
	json_t *row;

	if (!*clean)
		return;
	row = json_pack("{s:s, s:s}", "label", label, "text", clean);
	if (same)
		json_object_set_new(row, "same", json_true());
	json_array_append_new(rows, row);
}

/* ---- what agrees ---------------------------------------------------------------- */

/* Which side of the evidence speaks for an option. */
static bool
agrees(const struct case_option *option, const char *family)
{
	g_auto(GStrv) codes = g_strsplit(option ? option->why : "", ",", -1);
	size_t size = strlen(family);

	for (char **code = codes; *code; code++)
		if (strncmp(*code, family, size) == 0)
			return true;
	return false;
}

static bool
amount_agrees(const struct case_option *option)
{
	static const char *const whole[] = {"amount:open-balance",
	    "amount:sum-of", "amount:all-open", "amount:netted",
	    "amount:discount", "amount:rounding"};

	for (size_t i = 0; i < G_N_ELEMENTS(whole); i++)
		if (agrees(option, whole[i]))
			return true;
	return false;
}

/* Does one word of a customer's name, as it is written, stand in a name whose
 * words are folded? */
static bool
word_among(const char *word, char *const *folded)
{
	g_auto(GStrv) same = name_words(word);

	for (char **one = same; *one; one++)
		if (g_strv_contains((const char *const *)folded, *one))
			return true;
	return false;
}

/* "Acme Tools": what both names have in common, as the customer writes it. */
static char *
common_words(const char *payer, const char *customer)
{
	g_auto(GStrv) folded = name_words(payer ? payer : "");
	g_auto(GStrv) words = g_strsplit_set(customer, " \t", -1);
	GString *out = g_string_new(NULL);

	for (char **word = words; *word; word++)
		if (word_among(*word, folded))
			g_string_append_printf(out, "%s%s",
			    out->len ? " " : "", *word);
	return g_string_free(out, FALSE);
}

/* ---- the payment ------------------------------------------------------------------ */

static const char *
told_by(const struct payment *payment)
{
	static const char *const words[] = {
	    [TRUST_U] = "unverified mail (class U)",
	    [TRUST_A] = "the bank's mail (class A)",
	    [TRUST_S] = "a statement (class S)",
	    [TRUST_O] = "you (class O)",
	};

	return words[payment->trust];
}

/* What the bank says about the way of the money. */
static void
add_told_rows(json_t *rows, const struct payment *p,
    const struct case_option *option)
{
	g_autofree char *charges = money_text(p->charges, p->currency);
	g_autofree char *instructed = p->instructed ?
	    money_text(p->instructed, p->instructed_currency) : NULL;

	if (p->charges)
		add_row(rows, "Charges", charges,
		    agrees(option, "amount:fee-told"));
	add_row(rows, "Instructed", instructed, agrees(option, "told:"));
	add_row(rows, "Rate", p->exchange_rate, false);
}

static json_t *
payment_rows(const struct payment *p, const struct case_option *option)
{
	json_t *rows = json_array();
	g_autofree char *amount = money_text(p->amount, p->currency);
	g_autofree char *left = money_text(p->unallocated, p->currency);
	bool named = agrees(option, "reference:");

	add_row(rows, "Amount", amount, amount_agrees(option) &&
	    p->unallocated == p->amount);
	if (p->unallocated != p->amount)
		add_row(rows, "Left", left, amount_agrees(option));
	add_told_rows(rows, p, option);
	add_row(rows, "Payer", p->payer, agrees(option, "payer:name"));
	add_row(rows, "Text", p->remittance, named);
	add_row(rows, "Reference", p->reference, named);
	add_row(rows, "Day", p->booked, false);
	add_row(rows, "Account", p->payer_account,
	    agrees(option, "payer:account"));
	add_row(rows, "Told by", told_by(p), false);
	add_row(rows, "Payment", p->key, false);
	add_row(rows, "Into", p->account, false);
	add_row(rows, "End to end", p->end_to_end_id, false);
	add_row(rows, "Bank's id", p->bank_reference, false);
	return rows;
}

/* ---- the invoice ------------------------------------------------------------------ */

static const char *
customer_name(const struct review_case *one, int64_t id)
{
	const struct customer *customer = case_customer(one, id);

	return customer ? customer->name : "";
}

static json_t *
invoice_rows(const struct review_case *one, const struct case_option *option,
    const struct invoice *v)
{
	json_t *rows = json_array();
	const char *name = customer_name(one, v->customer);
	bool named = agrees(option, "reference:");
	g_autofree char *amount = money_text(v->amount, v->currency);
	g_autofree char *open =
	    money_text(invoice_balance(v), v->currency);
	g_autofree char *common = common_words(one->payment->payer, name);

	add_row(rows, "Open", open, amount_agrees(option));
	if (invoice_balance(v) != v->amount)
		add_row(rows, "Amount", amount, false);
	add_row(rows, "Customer", name, agrees(option, "payer:name"));
	add_row(rows, "Number", v->number, named);
	add_row(rows, "Reference", v->reference, named && v->reference);
	add_row(rows, "Due", v->due, false);
	add_row(rows, "Dated", v->date, false);
	if (agrees(option, "payer:account"))
		add_row(rows, "Account", "known as theirs", true);
	add_row(rows, "Same words", common, agrees(option, "payer:name"));
	add_row(rows, "Order", v->po, false);
	return rows;
}

static char *
part_text(const struct review_case *one, const struct option_part *part)
{
	const struct invoice *v = case_document(one, part->invoice);
	const struct invoice *note = case_document(one, part->credit_note);
	g_autofree char *money = money_text(part->amount, v->currency);

	if (part->kind == ALLOCATION_PAYMENT)
		return g_strdup(money);
	return g_strdup_printf("%s as %s%s%s", money,
	    allocation_kind_name(part->kind), note ? " " : "",
	    note ? note->number : "");
}

/* Several invoices, or one that is closed with more than money. */
static json_t *
several_rows(const struct review_case *one, const struct case_option *option)
{
	json_t *rows = json_array();

	add_row(rows, "Customer", customer_name(one, option->customer),
	    agrees(option, "payer:name"));
	if (agrees(option, "payer:account"))
		add_row(rows, "Account", "known as theirs", true);
	for (guint i = 0; i < option->parts->len; i++) {
		const struct option_part *part =
		    &g_array_index(option->parts, struct option_part, i);
		const struct invoice *v = case_document(one, part->invoice);
		g_autofree char *money = part_text(one, part);
		g_autofree char *text = v->due && part->kind ==
		    ALLOCATION_PAYMENT ? g_strdup_printf("%s, due %s", money,
		    v->due) : g_strdup(money);
		g_autofree char *number = show_clean(v->number);

		add_row(rows, number, text, false);
	}
	return rows;
}

/* ---- the options ---------------------------------------------------------------------- */

static char *
option_title(const struct review_case *one, const struct case_option *option)
{
	GString *out = g_string_new(NULL);
	int64_t last = 0;
	guint more = 0;

	for (guint i = 0; i < option->parts->len; i++) {
		int64_t id = g_array_index(option->parts, struct option_part,
		    i).invoice;

		if (id == last)
			continue;
		last = id;
		if (out->len > 30)
			more++;
		else
			g_string_append_printf(out, "%s%s", out->len ? " + "
			    : "", case_document(one, id)->number);
	}
	if (more)
		g_string_append_printf(out, " + %u more", more);
	return g_string_free(out, FALSE);
}

static int64_t
paid_by(const struct case_option *option)
{
	int64_t sum = 0;

	for (guint i = 0; i < option->parts->len; i++) {
		const struct option_part *part =
		    &g_array_index(option->parts, struct option_part, i);

		if (part->kind == ALLOCATION_PAYMENT)
			sum += part->amount;
	}
	return sum;
}

static char *
percent_text(double probability)
{
	int percent = (int)(probability * 100);

	if (probability < 0)
		return g_strdup("found");
	return percent < 1 ? g_strdup("< 1 %")
	    : g_strdup_printf("%d %%", MIN(percent, 99));
}

/* What stays open of its invoices when it is booked. */
static int64_t
stays_open(const struct review_case *one, const struct case_option *option)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	int64_t sum = 0;

	for (guint i = 0; i < option->parts->len; i++) {
		const struct option_part *part =
		    &g_array_index(option->parts, struct option_part, i);
		const struct invoice *v = case_document(one, part->invoice);

		if (g_hash_table_add(seen, (void *)(uintptr_t)v))
			sum += invoice_balance(v);
		sum -= part->amount;
	}
	return sum;
}

static void
put_money_over(json_t *out, const char *name, int64_t amount,
    const char *currency)
{
	g_autofree char *text = money_text(amount, currency);

	if (amount > 0)
		put(out, name, text);
}

/* Ids, for a split that begins with them. */
static json_t *
paid_invoices(const struct case_option *option)
{
	json_t *out = json_array();

	for (guint i = 0; i < option->parts->len; i++) {
		const struct option_part *part =
		    &g_array_index(option->parts, struct option_part, i);

		if (part->kind == ALLOCATION_PAYMENT)
			json_array_append_new(out,
			    json_integer((json_int_t)part->invoice));
	}
	return out;
}

static json_t *
show_option(const struct review_case *one, const struct case_option *option)
{
	const struct option_part *first =
	    &g_array_index(option->parts, struct option_part, 0);
	const struct invoice *v = case_document(one, first->invoice);
	g_autofree char *title = option_title(one, option);
	g_autofree char *money = money_text(paid_by(option), v->currency);
	g_autofree char *open = money_text(invoice_balance(v), v->currency);
	g_autofree char *percent = percent_text(option->probability);
	g_autofree char *in_favour = why_side(option->why, false);
	g_autofree char *against = why_side(option->why, true);
	json_t *out = json_object();

	put(out, "title", title);
	put(out, "customer", customer_name(one, option->customer));
	put(out, "money", money);
	put(out, "percent", percent);
	put(out, "for", option->probability < 0 ? "you have looked for it"
						: in_favour);
	put(out, "against", against);
	put(out, "refused", option->refused);
	put(out, "open", open);
	json_object_set_new(out, "parts", paid_invoices(option));
	if (!option->refused) {
		put_money_over(out, "rest", option->rest,
		    one->payment->currency);
		put_money_over(out, "stays", stays_open(one, option),
		    v->currency);
	}
	json_object_set_new(out, "rows", option->parts->len == 1
	    ? invoice_rows(one, option, v) : several_rows(one, option));
	json_object_set_new(out, "left",
	    payment_rows(one->payment, option));
	return out;
}

json_t *
show_case(struct context *context, const struct review_case *one)
{
	const struct payment *p = one->payment;
	g_autofree char *money = money_text(p->unallocated, p->currency);
	g_autofree char *head = g_strdup_printf("%s from %s, %s", money,
	    p->payer ? p->payer : p->payer_account ? p->payer_account
	    : "an unnamed payer", p->booked);
	json_t *out = json_object(), *options = json_array();

	(void)context;
	put(out, "head", head);
	put(out, "money", money);
	put(out, "key", p->key);
	json_object_set_new(out, "rows", payment_rows(p, NULL));
	for (guint i = 0; i < one->options->len; i++)
		json_array_append_new(options,
		    show_option(one, one->options->pdata[i]));
	json_object_set_new(out, "options", options);
	json_object_set_new(out, "suggested", json_boolean(one->suggested));
	if (one->nothing) {
		g_autofree char *words = why_words(one->nothing);

		put(out, "nothing", words);
	}
	return out;
}

char *
show_invoice(struct context *context, const struct invoice *invoice)
{
	struct customer *customer = NULL;
	g_autofree char *open = money_text(invoice_balance(invoice),
	    invoice->currency);
	g_autofree char *text = NULL;

	if (store_customer_get(context->store, invoice->customer,
		&customer) != STORE_OK)
		customer = NULL;
	text = g_strdup_printf("%s  %s  %s open%s%s", invoice->number,
	    customer ? customer->name : "", open,
	    invoice->due ? ", due " : "", invoice->due ? invoice->due : "");
	customer_free(customer);
	return show_clean(text);
}
