/*
 * config_lookup.c - finding an account or a policy in a loaded configuration,
 * and letting go of it.
 *
 * Banks write an account in their own ways: with spaces, as the domestic
 * number of a Czech or Slovak IBAN, or masked down to its last digits.
 */
#include "config_internal.h"
#include "currency.h"

#include <stdlib.h>
#include <string.h>

static void
field_release(const struct field *field, void *place)
{
	switch (field->type) {
	case FIELD_NUMBER:
	case FIELD_BOOLEAN:
	case FIELD_MONEY:
	case FIELD_PROBABILITY:
	case FIELD_RATE:
	case FIELD_WINDOW:
	case FIELD_HOUR:
	case FIELD_SETTLES:
	case FIELD_MINIMUM:
		break;
	case FIELD_CLOSED:
		g_clear_pointer((GArray **)place, g_array_unref);
		break;
	case FIELD_STEP:
		break;
	case FIELD_DESERVING:
		g_clear_pointer((GPtrArray **)place, g_ptr_array_unref);
		break;
	default:
		if (field->list)
			g_strfreev(*(char ***)place);
		else
			g_free(*(char **)place);
	}
}

void
config_release(const char *section, void *base)
{
	for (const struct field *field = config_fields; field->section;
	    field++)
		if (strcmp(field->section, section) == 0)
			field_release(field, (char *)base + field->offset);
}

void
account_free(struct account *account)
{
	if (!account)
		return;
	config_release("account", account);
	g_free(account->name);
	g_strfreev(account->transfers);
	g_free(account);
}

void
config_free(struct config *config)
{
	static const char *const own[] = {
	    "owner", "intake", "match", "reminders", "digest", "send",
	    "gate", "instalments", "numbers", "documents"};

	if (!config)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
		config_release(own[i], config);
	g_free(config->path);
	g_ptr_array_unref(config->accounts);
	g_ptr_array_unref(config->boxes);
	g_ptr_array_unref(config->policies);
	g_ptr_array_unref(config->rules);
	g_ptr_array_unref(config->experiments);
	g_free(config);
}

/* Upper case, no white space. */
static char *
plain(const char *number)
{
	GString *out = g_string_new(NULL);

	for (; *number; number++)
		if (!g_ascii_isspace(*number))
			g_string_append_c(out, g_ascii_toupper(*number));
	return g_string_free(out, FALSE);
}

/* "19-2000145399/0800" of CZ6508000000192000145399 (and SK alike). */
static bool
is_domestic_of(const char *number, const char *iban)
{
	const char *slash = strchr(number, '/');
	const char *dash = strchr(number, '-');
	guint64 prefix = 0, base, bank, of_iban[3];
	char part[3][11] = {{0}};

	if ((!g_str_has_prefix(iban, "CZ") && !g_str_has_prefix(iban, "SK")) ||
	    strlen(iban) != 24 || !slash || strlen(slash + 1) != 4)
		return false;
	memcpy(part[0], iban + 4, 4);
	memcpy(part[1], iban + 8, 6);
	memcpy(part[2], iban + 14, 10);
	for (int i = 0; i < 3; i++)
		of_iban[i] = strtoull(part[i], NULL, 10);
	if (dash && dash < slash)
		prefix = strtoull(number, NULL, 10);
	else
		dash = number - 1;
	base = strtoull(dash + 1, NULL, 10);
	bank = strtoull(slash + 1, NULL, 10);
	return bank == of_iban[0] && prefix == of_iban[1] && base == of_iban[2];
}

/* Letters and digits in upper case, without noughts in front. */
static char *
bare(const char *text, size_t length)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < length; i++)
		if (g_ascii_isalnum(text[i]) &&
		    (out->len > 0 || text[i] != '0'))
			g_string_append_c(out, g_ascii_toupper(text[i]));
	return g_string_free(out, FALSE);
}

static bool
bare_is(const char *text, const char *iban, size_t from, size_t length)
{
	g_autofree char *one = bare(text, strlen(text));
	g_autofree char *other = strlen(iban) > from ?
	    bare(iban + from, MIN(length, strlen(iban) - from)) : NULL;

	return *one && g_strcmp0(one, other) == 0;
}

/* Where bank and account stand in the IBANs of a country. */
static const struct {
	const char *country;
	size_t bank, bank_length, account, account_length;
} layouts[] = {{"DE", 4, 8, 12, 10}, {"AT", 4, 5, 9, 11}, {"CH", 4, 5, 9, 12},
    {"NL", 4, 4, 8, 10}, {"DK", 4, 4, 8, 10}, {"GB", 8, 6, 14, 8},
    {"IE", 8, 6, 14, 8}, {"CZ", 4, 4, 8, 16}, {"SK", 4, 4, 8, 16}};

/* As older formats have it: all behind the country's code or the check
 * digits; "BANK/ACCOUNT" with the bank's number or its BIC; or the account
 * alone when it is long enough to be no other. */
static bool
is_national_of(const char *number, const char *iban)
{
	const char *slash = strchr(number, '/');
	const char *account = slash ? slash + 1 : number;
	g_autofree char *bank = slash ?
	    g_strndup(number, (size_t)(slash - number)) : NULL;
	g_autofree char *plain_account = bare(account, strlen(account));

	if (strlen(iban) < 15 || bare_is(number, iban, 4, 34) ||
	    bare_is(number, iban, 2, 34))
		return strlen(iban) >= 15;
	for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++) {
		if (strncmp(layouts[i].country, iban, 2) != 0 ||
		    !bare_is(account, iban, layouts[i].account,
		    layouts[i].account_length))
			continue;
		if (!bank)
			return strlen(plain_account) >= 7;
		/* A BIC has the country in it. */
		return bare_is(bank, iban, layouts[i].bank,
		    layouts[i].bank_length) || (strlen(bank) >= 8 &&
		    strncmp(bank + 4, iban, 2) == 0);
	}
	return false;
}

/* "...1234", "****1234", "XX1234": the tail of a masked number, at least four
 * characters of it, or NULL when it is not masked. */
static const char *
masked_tail(const char *number)
{
	const char *tail = number + strspn(number, "X*.");

	return tail - number >= 2 && strlen(tail) >= 4 ? tail : NULL;
}

/* The domestic number of a Czech or Slovak IBAN, or the number itself. */
static char *
domestic_number(const char *iban)
{
	char part[3][11] = {{0}};
	guint64 prefix;

	if ((!g_str_has_prefix(iban, "CZ") && !g_str_has_prefix(iban, "SK")) ||
	    strlen(iban) != 24)
		return g_strdup(iban);
	memcpy(part[0], iban + 4, 4);
	memcpy(part[1], iban + 8, 6);
	memcpy(part[2], iban + 14, 10);
	prefix = strtoull(part[1], NULL, 10);
	return prefix ? g_strdup_printf("%" G_GUINT64_FORMAT "-%"
	    G_GUINT64_FORMAT "/%s", prefix, (guint64)strtoull(part[2], NULL,
	    10), part[0]) : g_strdup_printf("%" G_GUINT64_FORMAT "/%s",
	    (guint64)strtoull(part[2], NULL, 10), part[0]);
}

/* "301***544/0600": stars within a number of which enough is to be seen. */
static bool
fits_mask(const struct account *account, const char *number)
{
	g_autofree char *domestic = domestic_number(account->iban);
	size_t seen = 0;

	for (const char *p = number; *p && *p != '/'; p++)
		seen += g_ascii_isalnum(*p) != 0;
	return strchr(number, '*') && !strchr(number, '?') && seen >= 4 &&
	    (g_pattern_match_simple(number, domestic) ||
	    g_pattern_match_simple(number, account->iban));
}

static bool
account_is(const struct account *account, const char *number)
{
	if (strcmp(account->iban, number) == 0 ||
	    g_strcmp0(account->qr_iban, number) == 0 ||
	    is_domestic_of(number, account->iban))
		return true;
	return account->aliases && g_strv_contains(
	    (const char *const *)account->aliases, number);
}

const struct account *
config_account(const struct config *config, const char *number)
{
	const struct account *found = NULL;
	g_autofree char *wanted = number ? plain(number) : NULL;
	const char *tail;

	if (!wanted || !*wanted)
		return NULL;
	for (guint i = 0; i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		if (account_is(account, wanted) ||
		    strcmp(account->name, number) == 0)
			return account;
	}
	tail = masked_tail(wanted);
	for (guint i = 0; i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		if (tail ? !g_str_has_suffix(account->iban, tail)
		    : !fits_mask(account, wanted) &&
			!is_national_of(wanted, account->iban))
			continue;
		if (found)
			return NULL;
		found = account;
	}
	return found;
}

const struct account *
config_pay_account(const struct config *config, const char *currency)
{
	const struct account *first = NULL;

	for (guint i = 0; i < config->accounts->len; i++) {
		const struct account *account = config->accounts->pdata[i];

		if (account->provider)
			continue;
		if (!account->currency ||
		    g_strcmp0(account->currency, currency) == 0)
			return account;
		first = first ? first : account;
	}
	return first;
}

const struct policy *
config_policy(const struct config *config, const char *name)
{
	const struct policy *standard = NULL;

	for (guint i = 0; i < config->policies->len; i++) {
		const struct policy *policy = config->policies->pdata[i];

		if (name && strcmp(policy->name, name) == 0)
			return policy;
		if (strcmp(policy->name, config->policy) == 0)
			standard = policy;
	}
	return standard;
}

int64_t
policy_minimum(const struct config *config, const struct policy *policy,
    const char *currency)
{
	int64_t rough;

	for (guint i = 0; policy->minimums && i < policy->minimums->len; i++) {
		const struct minimum *one =
		    &g_array_index(policy->minimums, struct minimum, i);

		if (strcmp(one->currency, currency) == 0)
			return one->amount;
	}
	if (strcmp(config->currency, currency) == 0 ||
	    !currency_rough(policy->minimum, config->currency, currency,
	    &rough))
		return policy->minimum;
	return rough;
}

const struct step *
policy_step(const struct policy *policy, int number)
{
	return number >= 1 && (guint)number <= policy->steps->len
	    ? policy->steps->pdata[number - 1] : NULL;
}

const char *
smtp_secret_command(const struct config *config)
{
	return strcmp(config->smtp_auth, "password") == 0 ?
	    config->smtp_password_command : config->smtp_token_command;
}
