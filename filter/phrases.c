/*
 * phrases.c - tables from codes to plain words. Pure.
 */
#include "phrases.h"

#include "../parser/parser.h"

#include <jansson.h>
#include <string.h>

char *
money_text(int64_t minor, const char *currency)
{
	g_autofree char *plain = money_format(minor, currency);
	const char *point = strchr(plain, '.');
	const char *first = plain + (*plain == '-');
	long digits = point ? point - first : (long)strlen(first);
	GString *out = g_string_new(*plain == '-' ? "-" : "");

	for (const char *p = first; *p; p++, digits--) {
		if (p != first && digits > 0 && digits % 3 == 0)
			g_string_append_c(out, ' ');
		g_string_append_c(out, *p);
	}
	g_string_append_printf(out, " %s", currency);
	return g_string_free(out, FALSE);
}

/* Nothing is quite sure, so never 100. */
char *
sure_text(double probability)
{
	int tenths = CLAMP((int)(probability * 1000), 0, 999);

	return g_strdup_printf("%d.%d %%", tenths / 10, tenths % 10);
}

static char *
words_joined(const char *const *words, guint n)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < n; i++) {
		if (i > 0)
			g_string_append(out, i + 1 < n ? ", " : " and ");
		g_string_append(out, words[i]);
	}
	return g_string_free(out, FALSE);
}

/* ---- reasons ------------------------------------------------------------------ */

static const struct {
	const char *code, *words;
	bool against;
} reasons[] = {
    {"reference:structured", "reference", false},
    {"reference:exact", "number", false},
    {"reference:partial", "a part of the number", false},
    {"reference:weak", "perhaps the number", false},
    {"payer:account", "account", false},
    {"payer:shared-account", "an account that customers share", false},
    {"payer:name", "name", false},
    {"payer:similar-name", "a similar name", false},
    {"dated:day", "the day of the invoice", false},
    {"dated:month", "the month of the invoice", false},
    {"dated:perhaps", "perhaps the time of the invoice", false},
    {"amount:open-balance", "exact amount", false},
    {"amount:discount", "amount less discount", false},
    {"amount:rounding", "amount but for cents", false},
    {"amount:fee", "amount less a bank's fee", false},
    {"amount:late-discount", "the discount taken too late", false},
    {"amount:partial", "part of the amount", false},
    {"amount:over", "more than the amount", false},
    {"amount:sum-of-named", "sum of those named", false},
    {"amount:sum-of-listed", "sum of those listed", false},
    {"amount:not-sum-of-named", "not the sum of those named", false},
    {"amount:netted", "sum less the credit note", false},
    {"amount:netted-unnamed", "sum less a credit note nobody named", false},
    {"amount:all-open", "sum of all that is open", false},
    {"amount:sum-of-open", "sum of some open invoices", false},
    {"amount:by-rule", "the oldest first", false},
    {"amount:other-currency", "another currency", false},
    {"amount:withholding", "amount less a tax withheld", false},
    {"amount:instalment", "one of equal parts", false},
    {"amount:fee-told", "amount less the charges that the bank tells", false},
    {"amount:exchanged", "the amount before it was exchanged", false},
    {"amount:sum-of-dated", "sum of the invoices whose days or months are told",
	false},
    {"amount:sum-of-group", "sum of what is due together", false},
    {"amount:sum-with-others", "the sum, with others that are open", false},
    {"amount:oldest-first", "a round sum, the oldest first", false},
    {"rest:withholding", "what is missing may be a tax withheld", true},
    {"rest:fee", "what is missing may be bank charges", true},
    {"rest:discount", "what is missing may be a discount", true},
    {"rest:rounding", "what is missing may be rounding", true},
    {"rest:fits-another", "the rest fits other open invoices", true},
    {"prepaid", "paid in advance, no invoice is named", false},
    {"several:oldest-first", "several invoices fit alike", true},
    {"class:unverified", "the message is not verified", true},
    {"contradiction:names-another", "the text names another invoice", true},
    {"contradiction:another-fits", "another invoice fits as well", true},
    {"contradiction:rest-may-be-another",
	"the rest may be meant for another invoice", true},
    {"contradiction:another-fits",
	"other open invoices are exactly that amount", true},
    {"contradiction:far-more", "several times the balance", true},
    {"contradiction:another-purpose", "the text tells another purpose", true},
    {"contradiction:paid-lately",
	"a payment like it was put on the invoice days ago", true},
    {"contradiction:payer-is-another",
	"the payer looks like another customer", true},
    {"contradiction:invoice-is-younger",
	"the invoice is younger than the money", true},
    {"contradiction:you-said-no", "you said no, or took it back", true},
    {"contradiction:namesakes", "several customers have this name", true},
    {"amount:negative", "money that went out", false},
    {"paid-twice", "what it names is paid already, by the same payer", false},
    {"already-paid", "what it names is paid already", false},
    {"credit:owner", "a customer's credit, as you said", false},
    {"refused", "what it fits you have refused or taken back", false},
    {"unclear", "it fits no open invoice", false},
    {"unknown", "no known customer, no invoice named", false},
    {"ignored", "left aside", false},
    {"undone", "taken back by you before", true},
    {"returned", "money that went back", false},
    {"returned:unknown", "money that went back, of no known payment", false},
    {"transfer:payout", "a payment provider's payout", false},
    {"transfer:expected", "a payout that its provider has not told of", false},
};

static size_t
find_reason(const char *code)
{
	size_t i = 0;

	while (i < G_N_ELEMENTS(reasons) && strcmp(reasons[i].code, code) != 0)
		i++;
	return i;
}

/* "told:1000.00 USD" has the bank's figures in it. The caller frees. */
static char *
reason_words(const char *reason)
{
	size_t i = find_reason(reason);

	if (g_str_has_prefix(reason, "rule:"))
		return g_strdup_printf("your rule “%s”", reason + 5);
	if (g_str_has_prefix(reason, "told:"))
		return g_strdup_printf("the bank was told %s", reason + 5);
	return g_strdup(i < G_N_ELEMENTS(reasons) ? reasons[i].words : reason);
}

/* Those that speak for it, or those against. */
static char *
one_side(char *const *codes, guint n, bool against)
{
	g_auto(GStrv) words = g_new0(char *, n + 1);
	guint count = 0;

	for (guint i = 0; i < n; i++) {
		size_t row = find_reason(codes[i]);

		if ((row < G_N_ELEMENTS(reasons) && reasons[row].against) ==
		    against)
			words[count++] = reason_words(codes[i]);
	}
	return words_joined((const char *const *)words, count);
}

static char *
words_of(char *const *codes, guint n)
{
	g_autofree char *in_favour = one_side(codes, n, false);
	g_autofree char *against = one_side(codes, n, true);

	return g_strconcat(in_favour, *in_favour && *against ? ", but " : "",
	    against, NULL);
}

char *
reasons_words(const GPtrArray *list)
{
	return words_of((char *const *)list->pdata, list->len);
}

char *
why_words(const char *why)
{
	g_auto(GStrv) codes = g_strsplit(why ? why : "", ",", -1);

	for (char **code = codes; *code; code++)
		g_strstrip(*code);
	return words_of(codes, g_strv_length(codes));
}

char *
why_side(const char *why, bool against)
{
	g_auto(GStrv) codes = why && *why ? g_strsplit(why, ",", -1) : NULL;

	for (char **code = codes; codes && *code; code++)
		g_strstrip(*code);
	return codes ? one_side(codes, g_strv_length(codes), against)
		     : g_strdup("");
}

/* ---- plans -------------------------------------------------------------------- */

char *
evidence_reasons(const char *evidence)
{
	json_t *object = evidence ? json_loads(evidence, 0, NULL) : NULL;
	const json_t *rules = json_object_get(object, "rules"), *rule;
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	char *text;
	size_t i;

	json_array_foreach(rules, i, rule)
		if (json_is_string(rule))
			g_ptr_array_add(codes,
			    (char *)(uintptr_t)json_string_value(rule));
	text = reasons_words(codes);
	json_decref(object);
	return text;
}

char *
plan_words(const struct plan *plan)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < plan->actions->len; i++) {
		const struct action *a = plan->actions->pdata[i];
		g_autofree char *why = a->kind == ACTION_SETTLE &&
		    a->of.settle->kind == ALLOCATION_PAYMENT
		    ? evidence_reasons(a->evidence) : g_strdup("");

		g_string_append_printf(out, "%-8s  %s%s%s\n",
		    action_kind_name(a->kind), a->text, *why ? ", by " : "",
		    why);
	}
	return g_string_free(out, FALSE);
}

/* ---- letters -------------------------------------------------------------------- */

const char *
gate_words(enum gate gate)
{
	static const char *const words[] = {
	    [GATE_OPEN] = "nothing holds it",
	    [GATE_PAID] = "paid",
	    [GATE_ANNOUNCED] = "announced by the bank",
	    [GATE_POSSIBLE_PAYMENT] = "perhaps paid",
	    [GATE_STALE_FEED] = "bank not heard",
	    [GATE_BANK_LAG] = "money may be under way",
	    [GATE_HOLD] = "on hold",
	    [GATE_UNDELIVERED] = "mail came back",
	    [GATE_WINDOW] = "not at this hour",
	    [GATE_CUSTOMER_CAP] = "enough for today",
	    [GATE_MINIMUM] = "too little",
	    [GATE_RECIPIENT] = "no good address",
	};

	return (size_t)gate < G_N_ELEMENTS(words) ? words[gate] : "unknown";
}

const char *
letter_words(enum letter_kind kind)
{
	return kind == LETTER_CROSSED ? "apology" : letter_kind_name(kind);
}
