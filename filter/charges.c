/*
 * charges.c - what banks on the way may have kept. In euro inside the SEPA
 * area, and inside one country, the amount arrives in full (Regulation (EU)
 * 260/2012; Directive (EU) 2015/2366, art. 62 and 81; SEPA credit transfer
 * rulebook, 4.3). Pure.
 */
#include "amounts.h"
#include "currency.h"

#include <string.h>

#define MOST 5000		/* minor units of EUR that a chain of banks takes */
#define SHARE 50		/* or one part in so many of what was paid */

/* Countries of the SEPA schemes (EPC409-09). */
static const char *const sepa[] = {
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES",
    "FI", "FR", "GB", "GF", "GG", "GI", "GP", "GR", "HR", "HU", "IE", "IM",
    "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MQ",
    "MT", "NL", "NO", "PL", "PM", "PT", "RE", "RO", "RS", "SE", "SI", "SK",
    "SM", "VA", "XK", "YT",
};

static bool
in_sepa(const char *country)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sepa); i++)
		if (strncmp(sepa[i], country, 2) == 0)
			return true;
	return false;
}

/* The country of an IBAN, or the other one, or NULL. */
static const char *
country_of(const char *account, const char *other)
{
	if (account && strlen(account) > 10 && g_ascii_isupper(account[0]) &&
	    g_ascii_isupper(account[1]) && g_ascii_isdigit(account[2]) &&
	    g_ascii_isdigit(account[3]))
		return account;
	return other && strlen(other) == 2 ? other : NULL;
}

int64_t
charges_told(const struct payment *payment)
{
	return payment->unallocated == payment->amount ? payment->charges : 0;
}

bool
charges_are_likely(int64_t charges, int64_t amount, const char *currency)
{
	int64_t most = MAX(charges_most(currency), amount / SHARE);

	return charges > 0 && charges <= most && charges <= amount / 2;
}

enum way
charges_way(const struct payment *payment, const struct customer *customer,
    const struct config *config)
{
	const char *from = country_of(payment->payer_account,
	    customer ? customer->country : NULL);
	const char *to = country_of(payment->account,
	    config ? config->country : NULL);

	if (!from || !to)
		return WAY_UNKNOWN;
	if (strncmp(from, to, 2) == 0 || (in_sepa(from) && in_sepa(to) &&
	    g_strcmp0(payment->currency, "EUR") == 0))
		return WAY_DIRECT;
	return WAY_ABROAD;
}

int64_t
charges_tolerance(const struct config *config, const char *currency)
{
	int64_t scaled;

	if (!config)
		return 0;
	if (!config->currency || !currency_rough(config->fee_tolerance,
		config->currency, currency, &scaled))
		return config->fee_tolerance;
	return scaled;
}

int64_t
charges_most(const char *currency)
{
	int64_t scaled;

	return currency_rough(MOST, "EUR", currency, &scaled) ? scaled : 0;
}
