/*
 * review_explain.c - more about what a payment may be for: each reason, what
 * else is open of the customer, and what the journal tells of the payment.
 */
#include "review_case.h"
#include "amounts.h"
#include "phrases.h"

#include <string.h>

#define OPEN_SHOWN 8
#define STORY 8			/* latest entries of the journal */

static void G_GNUC_PRINTF(2, 3)
tell(json_t *lines, const char *format, ...)
{
	g_autofree char *text = NULL, *clean = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	clean = show_clean(text);
	json_array_append_new(lines, json_string(clean));
}

static void
tell_reasons(json_t *lines, const struct case_option *option)
{
	g_auto(GStrv) codes = g_strsplit(option->why, ",", -1);

	if (option->probability < 0) {
		tell(lines, "You have looked for it; the match did not offer "
		    "it.");
		return;
	}
	tell(lines, "Of decisions that are this sure, %d of 100 are right.",
	    (int)(option->probability * 100));
	for (char **code = codes; *code; code++) {
		g_autofree char *words = why_words(*code);
		g_autofree char *against = why_side(*code, true);

		tell(lines, "%c %s", *against ? '-' : '+', words);
	}
}

static void
tell_open(struct context *context, json_t *lines,
    const struct review_case *one, const struct case_option *option)
{
	const struct customer *customer =
	    case_customer(one, option->customer);
	g_autoptr(GPtrArray) open = NULL;

	if (!customer || store_invoice_find_open(context->store,
		customer->id, OPEN_SHOWN + 1, &open) != STORE_OK)
		return;
	tell(lines, "Open invoices of %s:", customer->name);
	for (guint i = 0; i < open->len && i < OPEN_SHOWN; i++) {
		const struct invoice *v = open->pdata[i];
		g_autofree char *money =
		    money_text(invoice_balance(v), v->currency);

		tell(lines, "· %s, %s%s%s", v->number, money,
		    v->due ? ", due " : "", v->due ? v->due : "");
	}
	if (open->len > OPEN_SHOWN)
		tell(lines, "· and more");
}

static void
tell_story(struct context *context, json_t *lines,
    const struct review_case *one)
{
	g_autoptr(GPtrArray) entries = NULL;

	if (store_journal_list(context->store, SUBJECT_PAYMENT,
		one->payment->id, &entries) != STORE_OK || !entries->len)
		return;
	tell(lines, "What the journal tells of the payment:");
	for (guint i = entries->len > STORY ? entries->len - STORY : 0;
	    i < entries->len; i++) {
		const struct journal_entry *entry = entries->pdata[i];
		g_autofree char *at = moment_text(entry->at);

		tell(lines, "· %.10s  %s", at, entry->text);
	}
}

json_t *
show_more(struct context *context, const struct review_case *one,
    guint index)
{
	json_t *lines = json_array();

	if (one->payment->remittance)
		tell(lines, "The payer's text: “%s”",
		    one->payment->remittance);
	if (index < one->options->len) {
		const struct case_option *option =
		    one->options->pdata[index];

		tell_reasons(lines, option);
		tell_open(context, lines, one, option);
	} else if (one->nothing) {
		g_autofree char *words = why_words(one->nothing);

		tell(lines, "Nothing is suggested: %s.", words);
	}
	tell_story(context, lines, one);
	return lines;
}
