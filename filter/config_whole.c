/*
 * config_whole.c - what only the whole of mailfilter.conf can tell: whether
 * its sections fit each other, and whether others may read or write it.
 */
#include "config_internal.h"
#include "gate.h"
#include "invoice_number.h"
#include "look.h"
#include "pay.h"

#include <string.h>
#include <sys/stat.h>

const struct policy *
config_policy_named(const struct config *config, const char *name)
{
	for (guint i = 0; name && i < config->policies->len; i++) {
		const struct policy *policy = config->policies->pdata[i];

		if (strcmp(policy->name, name) == 0)
			return policy;
	}
	return NULL;
}

static void
complete_accounts(struct config *config)
{
	for (guint i = 0; i < config->accounts->len; i++) {
		struct account *account = config->accounts->pdata[i];

		if (!account->currency)
			account->currency = g_strdup(config->currency);
		if (!account->holder)
			account->holder = g_strdup(
			    config->company ? config->company : config->name);
		for (guint j = 0; j < i; j++) {
			const struct account *other = config->accounts->pdata[j];

			if (strcmp(account->iban, other->iban) == 0)
				config_complain(0, "accounts \"%s\" and \"%s\" have "
				    "the same iban", other->name, account->name);
		}
	}
}

/* How invoices are paid to them. */
static void
check_payable(const struct config *config)
{
	for (guint i = 0; i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];
		g_autofree char *why = pay_account_check(account, config);

		if (why)
			config_complain(account->line, "account \"%s\": %s",
			    account->name, why);
	}
}

static void
check_whole(struct config *config)
{
	g_autofree char *reinject = NULL;

	if (!config->email)
		config_complain(0, "section owner: email is missing (the address "
		    "that letters come from)");
	if (!config_policy_named(config, config->policy))
		config_complain(0, "section reminders: there is no policy \"%s\"",
		    config->policy);
	if (strcmp(config->transport, "smtp") == 0 && !config->smtp_host)
		config_complain(0, "section send: transport smtp needs smtp-host");
	if (strcmp(config->smtp_tls, "none") == 0 && config->smtp_host &&
	    !host_is_here(config->smtp_host))
		config_complain(0, "section send: smtp-tls none is only for this very "
		    "machine (127.0.0.1), not for \"%s\"", config->smtp_host);
	if (strcmp(config->sign, "none") != 0 && (!config->sign_key ||
	    *config->sign_key == '-'))
		config_complain(0, "section send: sign needs sign-key, the "
		    "key's fingerprint or address");
	if (config->unsubscribe_url && (!g_str_has_prefix(
	    config->unsubscribe_url, "https://") ||
	    !strstr(config->unsubscribe_url, "{tag}")))
		config_complain(0, "section send: unsubscribe-url must begin "
		    "with https:// and have {tag} in it");
	if (config->smtp_user && !smtp_secret_command(config))
		config_complain(0, "section send: smtp-user needs %s",
		    strcmp(config->smtp_auth, "password") == 0 ?
		    "smtp-password-command" : "smtp-token-command");
	if (!config->smtp_user && strcmp(config->smtp_auth, "password") != 0)
		config_complain(0, "section send: smtp-auth %s needs smtp-user "
		    "and smtp-token-command", config->smtp_auth);
	if (!config->instalments.deserving)
		config->instalments.deserving = deserving_standard();
	reinject = gate_reinject_check(config->reinject);
	if (reinject)
		config_complain(0, "section gate: reinject: %s", reinject);
}

static void
check_numbers(const struct config *config)
{
	const struct { const char *name, *pattern; } patterns[] = {
		{"invoice", config->number_invoice},
		{"credit-note", config->number_credit},
		{"deposit", config->number_deposit},
		{"corrected", config->number_corrected},
	};

	if (!config->number_invoice)
		config_complain(0, "section numbers: invoice: a pattern is "
		    "missing, such as \"{YYYY}-{NNNN}\"");
	for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++) {
		g_autofree char *why = patterns[i].pattern ?
		    series_pattern_check(patterns[i].pattern,
		    config->number_reset) : NULL;

		if (why)
			config_complain(0, "section numbers: %s: %s",
			    patterns[i].name, why);
	}
}

/* Who may write the file may run commands as us; who may read it learns how
 * to get the password. */
static void
check_mode(const struct config *config, mode_t mode)
{
	if (mode & S_IWOTH)
		config_complain(0, "everybody may write this file; do: chmod 600 %s",
		    config->path);
	if ((smtp_secret_command(config) || config->boxes->len) &&
	    (mode & (S_IRWXG | S_IRWXO)))
		config_complain(0, "holds a password command and may be read by "
		    "others; do: chmod 600 %s", config->path);
}

static void
resolve_rules(struct config *config)
{
	for (guint i = 0; i < config->rules->len; i++) {
		struct rule *rule = config->rules->pdata[i];
		g_autofree char *why = rule_resolve(rule, config);

		if (why)
			config_complain(rule->line, "rule \"%s\": %s",
			    rule->name, why);
	}
}

static void
resolve_experiments(const struct config *config)
{
	for (guint i = 0; i < config->experiments->len; i++) {
		const struct experiment *one = config->experiments->pdata[i];
		g_autofree char *why = experiment_resolve(one, config);

		if (why)
			config_complain(0, "experiment \"%s\": %s", one->name,
			    why);
	}
}

bool
config_resolve_money(struct reading *reading)
{
	bool good = true;

	for (guint i = 0; i < reading->money->len; i++) {
		struct pending_money *money = &g_array_index(
		    reading->money, struct pending_money, i);
		const char *currency = reading->config->currency;

		if (money->currency && *money->currency)
			currency = *money->currency;
		/* our own value in hundredths, in a currency without them */
		if (money->line == 0 && !money_parse(money->text, currency,
		    money->target)) {
			*money->target = 0;
		} else if (good && (!money_parse(money->text, currency,
		    money->target) || *money->target < 0)) {
			config_complain(money->line, "%s: \"%s\" is not an amount in "
			    "%s", money->field->name, money->text, currency);
			good = false;
		}
		g_free(money->text);
	}
	g_array_set_size(reading->money, 0);
	return good;
}

void
config_check_whole(struct config *config, mode_t mode)
{
	complete_accounts(config);
	look_check(config);
	check_payable(config);
	check_whole(config);
	resolve_experiments(config);
	resolve_rules(config);
	check_numbers(config);
	check_mode(config, mode);
}
