/*
 * tax.h - taxes that a payer keeps back and pays for the seller, and usual
 * rates of value added tax, by country (pure data).
 */
#ifndef TAX_H
#define TAX_H

#include <stddef.h>

#define TAX_RATES_MAX 12

enum tax_base {
	TAX_OF_NET,		/* what is charged without value added tax */
	TAX_OF_GROSS,		/* with it */
	TAX_OF_TAX		/* a part of the value added tax itself */
};

struct tax_row {
	const char *country;	/* of the payer, ISO 3166 */
	enum tax_base base;
	int rates[TAX_RATES_MAX];	/* hundredths of a percent, 0 ends */
};

/* The row after `last` (NULL: the first) of a payer's country, or NULL. */
const struct tax_row *tax_withheld(const char *country,
    const struct tax_row *last);
/* Usual rates of value added tax, hundredths of a percent, 0 ends; none for a
 * country that is not known. Never NULL. */
const int *tax_usual(const char *country);
/* Standard rates of any country, for a seller whose country is not known. */
const int *tax_all(void);

#endif
