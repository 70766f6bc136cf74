/*
 * rules.c - the owner's rules: their words, and which one applies to a
 * payment. Pure.
 */
#include "rules.h"
#include "match.h"

#include <string.h>

struct rule *
rule_new(const char *name, int line)
{
	struct rule *rule = g_new0(struct rule, 1);

	rule->name = g_strdup(name);
	rule->line = line;
	rule->to = G_MAXINT64;
	rule->charges = rule->discount_days = -1;
	return rule;
}

void
rule_free(struct rule *rule)
{
	if (!rule)
		return;
	pattern_free(rule->payer);
	pattern_free(rule->payer_account);
	pattern_free(rule->text);
	g_free(rule->name);
	g_free(rule->account);
	g_free(rule->currency);
	g_free(rule->customer);
	g_free(rule);
}

/* ---- what to do ---------------------------------------------------------------- */

static char *
do_customer(struct rule *rule, const char *key)
{
	if (!*key)
		return g_strdup("customer: say which, by its id: \"customer "
		    "C7\"");
	if (rule->customer)
		return g_strdup("names a second customer");
	rule->customer = g_strdup(key);
	return NULL;
}

static char *
do_discount_days(struct rule *rule, const char *text)
{
	gint64 days;

	if (!g_ascii_string_to_signed(text, 10, 0, 365, &days, NULL))
		return g_strdup_printf("discount-days: \"%s\" is not a number "
		    "from 0 to 365", text);
	rule->discount_days = (int)days;
	return NULL;
}

char *
rule_do(struct rule *rule, const char *value, const char **money)
{
	static const struct {
		const char *word;
		unsigned action;
	} words[] = {{"oldest-first", RULE_OLDEST}, {"ignore", RULE_IGNORE},
	    {"ask", RULE_ASK}};

	*money = NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (strcmp(value, words[i].word) == 0) {
			rule->actions |= words[i].action;
			return NULL;
		}
	}
	if (g_str_has_prefix(value, "customer "))
		return do_customer(rule, value + strspn(value + 9, " ") + 9);
	if (g_str_has_prefix(value, "discount-days "))
		return do_discount_days(rule, value + 14);
	if (g_str_has_prefix(value, "charges ")) {
		*money = value + 8;
		return NULL;
	}
	return g_strdup_printf("\"%s\" is not one of oldest-first, ignore, "
	    "ask, customer ID, charges AMOUNT, discount-days N", value);
}

static bool
has_condition(const struct rule *rule)
{
	return rule->payer || rule->payer_account || rule->text ||
	    rule->account || rule->currency || rule->amount;
}

char *
rule_complete(struct rule *rule)
{
	bool more = rule->customer || rule->charges >= 0 ||
	    rule->discount_days >= 0;

	if (!*rule->name || strpbrk(rule->name, ",\"\n\t") ||
	    g_utf8_strlen(rule->name, -1) > 60)
		return g_strdup("its name must be of 1 to 60 characters, none "
		    "of them a comma or a quotation mark");
	if (!has_condition(rule))
		return g_strdup("no condition: payer, payer-account, text, "
		    "account, currency or amount");
	if (!rule->actions && !more)
		return g_strdup("do is missing: what is to be done?");
	if (rule->actions & RULE_IGNORE &&
	    (more || rule->actions != RULE_IGNORE))
		return g_strdup("what is ignored cannot be something else "
		    "too");
	if (rule->actions & RULE_ASK && rule->actions & RULE_OLDEST)
		return g_strdup("oldest-first books without asking: it does "
		    "not go with ask");
	return NULL;
}

char *
rule_resolve(struct rule *rule, const struct config *config)
{
	if (rule->account) {
		rule->own = config_account(config, rule->account);
		if (!rule->own)
			return g_strdup_printf("account: none of the accounts "
			    "is \"%s\"", rule->account);
	}
	rule->money_currency = rule->currency ? rule->currency :
	    config->currency;
	if (rule->from > rule->to)
		return g_strdup("amount: the first is more than the second, "
		    "so it is never met");
	return NULL;
}

/* ---- which one applies ------------------------------------------------------------ */

struct prepared {		/* a payment, folded when first needed */
	const struct payment *payment;
	const struct account *own;
	struct haystack *payer, *payer_account, *text;
	struct remittance told;
	bool read;
};

static void
release(struct prepared *prepared)
{
	haystack_free(prepared->payer);
	haystack_free(prepared->payer_account);
	haystack_free(prepared->text);
	if (prepared->read)
		remittance_release(&prepared->told);
}

/* Banks without fields for the payer write him into the text. */
static void
prepare(struct prepared *prepared)
{
	const struct payment *p = prepared->payment;
	g_autofree char *text = g_strdup_printf("%s%s%s",
	    p->remittance ? p->remittance : "",
	    p->remittance && p->reference ? " " : "",
	    p->reference ? p->reference : "");
	g_autofree char *account = NULL;

	if (prepared->read)
		return;
	remittance_read(p->remittance, &prepared->told);
	prepared->read = true;
	account = account_normalise(p->payer_account ? p->payer_account :
	    prepared->told.payer_account);
	prepared->payer = haystack_new(p->payer ? p->payer :
	    prepared->told.payer);
	prepared->payer_account = haystack_new(account);
	prepared->text = haystack_new(text);
}

static bool
amount_is(const struct rule *rule, const struct payment *payment)
{
	return payment->amount >= rule->from && payment->amount <= rule->to &&
	    g_strcmp0(payment->currency, rule->money_currency) == 0;
}

static bool
applies(const struct rule *rule, struct prepared *prepared)
{
	const struct payment *p = prepared->payment;

	if (rule->amount && !amount_is(rule, p))
		return false;
	if (rule->currency && g_strcmp0(rule->currency, p->currency) != 0)
		return false;
	if (rule->account && rule->own != prepared->own)
		return false;
	if (rule->payer || rule->payer_account || rule->text)
		prepare(prepared);
	return (!rule->payer || pattern_matches(rule->payer,
	    prepared->payer)) && (!rule->payer_account ||
	    pattern_matches(rule->payer_account, prepared->payer_account)) &&
	    (!rule->text || pattern_matches(rule->text, prepared->text));
}

const struct rule *
rules_find(const struct config *config, const struct payment *payment)
{
	struct prepared prepared = {.payment = payment};
	const struct rule *found = NULL;

	if (!config || !config->rules || config->rules->len == 0)
		return NULL;
	prepared.own = payment->account ?
	    config_account(config, payment->account) : NULL;
	for (guint i = 0; !found && i < config->rules->len; i++)
		if (applies(config->rules->pdata[i], &prepared))
			found = config->rules->pdata[i];
	release(&prepared);
	return found;
}

static bool
covers(const struct pattern *wide, const struct pattern *narrow)
{
	return !wide || (narrow && pattern_covers(wide, narrow));
}

bool
rule_shadows(const struct rule *earlier, const struct rule *later)
{
	const char *currency = later->amount ? later->money_currency :
	    later->currency;

	if (earlier->currency && g_strcmp0(earlier->currency, currency) != 0)
		return false;
	if (earlier->account && earlier->own != later->own)
		return false;
	if (earlier->amount && (!later->amount ||
	    g_strcmp0(earlier->money_currency, later->money_currency) != 0 ||
	    earlier->from > later->from || earlier->to < later->to))
		return false;
	return covers(earlier->payer, later->payer) &&
	    covers(earlier->payer_account, later->payer_account) &&
	    covers(earlier->text, later->text);
}
