/*
 * rules.h - rules of the owner: what mailfilter.conf says about payments that
 * can be told by payer, account, text or amount. The first rule whose
 * conditions all hold applies, no other.
 */
#ifndef RULES_H
#define RULES_H

#include "config.h"
#include "pattern.h"

enum rule_action {
	RULE_OLDEST = 1,	/* settle the oldest invoices first */
	RULE_IGNORE = 2,	/* set aside, never ask */
	RULE_ASK = 4		/* never book without a person */
};

struct rule {
	char *name;		/* title of the section */
	int line;		/* of its first option */
	/* conditions; absent ones always hold */
	struct pattern *payer, *payer_account, *text;
	char *account;		/* ours: name or IBAN, as written */
	char *currency;
	int64_t from, to;	/* minor units, both included */
	bool amount;		/* there is such a condition */
	/* what to do */
	unsigned actions;	/* enum rule_action */
	char *customer;		/* key: whose money it is, or NULL */
	int64_t charges;	/* tolerance in minor units, -1 not said */
	int discount_days;	/* of grace, -1 not said */
	/* found when the whole file is read */
	const struct account *own;	/* `account` */
	const char *money_currency;	/* of the amounts above */
};

struct rule *rule_new(const char *name, int line);
void rule_free(struct rule *rule);	/* NULL allowed */
/* One of the owner's words: "oldest-first", "customer C7", "charges 15.00".
 * *money gets the text of an amount, whose currency is not known yet, or
 * NULL. NULL, or what is wrong (the caller frees). */
char *rule_do(struct rule *rule, const char *value, const char **money);
/* When the section ends, and when the file has. NULL, or what is wrong. */
char *rule_complete(struct rule *rule);
char *rule_resolve(struct rule *rule, const struct config *config);

/* The rule that applies to a payment, or NULL. Pure; nearly nothing when there
 * are no rules. */
struct payment;
const struct rule *rules_find(const struct config *config,
    const struct payment *payment);
/* Does the earlier rule take everything that the later one could? Pure. */
bool rule_shadows(const struct rule *earlier, const struct rule *later);

#endif
