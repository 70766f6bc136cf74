/*
 * check_rules.c - the owner's rules: those that can never apply, and those
 * that name a customer who is not there.
 */
#include "check.h"
#include "rules.h"

#include <string.h>

static void
check_customer(struct context *context, const struct rule *rule,
    struct findings *findings)
{
	struct customer *found = NULL;
	enum store_status status;

	if (!rule->customer ||
	    context_store(context, STORE_READ) != EX_OK)
		return;
	status = store_customer_find(context->store, rule->customer, &found);
	if (status == STORE_OK && strcmp(found->key, rule->customer) != 0)
		check_note(findings->problems, "%s:%d: rule \"%s\": the "
		    "customer's id is '%s', not '%s'", context->config->path,
		    rule->line, rule->name, found->key, rule->customer);
	else if (status != STORE_OK)
		check_note(findings->problems, "%s:%d: rule \"%s\": there is "
		    "no customer '%s'", context->config->path, rule->line,
		    rule->name, rule->customer);
	customer_free(found);
}

/* The account's money is in one currency, the rule is for another. */
static void
check_possible(const struct context *context, const struct rule *rule,
    struct findings *findings)
{
	const char *currency = rule->amount ? rule->money_currency :
	    rule->currency;

	if (rule->own && currency && rule->own->currency &&
	    strcmp(rule->own->currency, currency) != 0)
		check_note(findings->hints, "%s:%d: rule \"%s\": account %s "
		    "is in %s, the rule asks for %s: does money in %s come "
		    "there?", context->config->path, rule->line, rule->name,
		    rule->own->name, rule->own->currency, currency, currency);
}

static void
check_order(const struct context *context, guint at,
    struct findings *findings)
{
	const GPtrArray *rules = context->config->rules;
	const struct rule *rule = rules->pdata[at];

	for (guint i = 0; i < at; i++) {
		const struct rule *earlier = rules->pdata[i];

		if (!rule_shadows(earlier, rule))
			continue;
		check_note(findings->problems, "%s:%d: rule \"%s\" never "
		    "applies: rule \"%s\" of line %d takes all of its "
		    "payments before it", context->config->path, rule->line,
		    rule->name, earlier->name, earlier->line);
		return;
	}
}

void
check_rules(struct context *context, struct findings *findings)
{
	const struct config *config = context->config;

	for (guint i = 0; config && i < config->rules->len; i++) {
		const struct rule *rule = config->rules->pdata[i];

		check_customer(context, rule, findings);
		check_possible(context, rule, findings);
		check_order(context, i, findings);
	}
}
