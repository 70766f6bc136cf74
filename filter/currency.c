/*
 * currency.c - the tables of currency.h. Values are those of 2025, rounded:
 * ECB euro reference rates, and central banks' own for the others. The
 * smallest coins are those of the central banks, or of the laws on rounding.
 */
#include "currency.h"

#include "../parser/parser.h"

#include <string.h>

static const struct currency {
	const char *code;
	int64_t worth;		/* of one unit, millionths of a euro */
	int64_t cash_step;	/* minor units, 0: 1 */
} currencies[] = {
	{"EUR", 1000000, 0}, {"USD", 880000, 0}, {"GBP", 1160000, 0},
	{"CHF", 1065000, 5}, {"SEK", 90000, 100}, {"NOK", 86000, 100},
	{"DKK", 134000, 50}, {"ISK", 7000, 0}, {"PLN", 235000, 0},
	{"CZK", 40500, 100}, {"HUF", 2500, 500}, {"RON", 198000, 0},
	{"BGN", 511000, 0}, {"RSD", 8500, 100}, {"BAM", 511000, 5},
	{"MKD", 16300, 100}, {"ALL", 10200, 100}, {"MDL", 51000, 0},
	{"UAH", 21000, 50}, {"BYN", 280000, 0}, {"RUB", 10500, 0},
	{"KZT", 1700, 100}, {"GEL", 320000, 5}, {"AMD", 2300, 1000},
	{"AZN", 510000, 0}, {"UZS", 70, 10000}, {"TRY", 22000, 0},
	{"ILS", 255000, 10}, {"AED", 240000, 25}, {"SAR", 235000, 5},
	{"QAR", 242000, 25}, {"KWD", 2850000, 5}, {"BHD", 2340000, 5},
	{"OMR", 2290000, 5}, {"JOD", 1240000, 5}, {"EGP", 18000, 25},
	{"MAD", 95000, 10}, {"TND", 300000, 10}, {"DZD", 6700, 100},
	{"ZAR", 49000, 10}, {"KES", 6800, 100}, {"NGN", 590, 100},
	{"GHS", 78000, 5}, {"TZS", 350, 5000}, {"UGX", 245, 50},
	{"RWF", 610, 5}, {"ETB", 6200, 5}, {"ZMW", 37000, 5},
	{"XOF", 1524, 5}, {"XAF", 1524, 5}, {"MUR", 19300, 0},
	{"CAD", 635000, 5}, {"MXN", 47000, 50}, {"BRL", 160000, 5},
	{"ARS", 700, 1000}, {"CLP", 925, 10}, {"COP", 220, 5000},
	{"PEN", 245000, 10}, {"UYU", 22000, 100}, {"PYG", 120, 50},
	{"BOB", 127000, 10}, {"CRC", 1740, 500}, {"GTQ", 115000, 5},
	{"DOP", 14500, 100}, {"PAB", 880000, 0}, {"AUD", 570000, 5},
	{"NZD", 515000, 10}, {"FJD", 385000, 5}, {"JPY", 5900, 0},
	{"CNY", 122000, 10}, {"HKD", 113000, 10}, {"TWD", 28500, 100},
	{"KRW", 625, 10}, {"SGD", 675000, 5}, {"MYR", 207000, 5},
	{"THB", 27000, 25}, {"PHP", 15300, 5}, {"IDR", 53, 10000},
	{"VND", 33, 500}, {"INR", 10200, 100}, {"PKR", 3150, 100},
	{"BDT", 7200, 100}, {"LKR", 2950, 100}, {"NPR", 6400, 100},
};

static const struct currency *
find(const char *code)
{
	for (size_t i = 0; code &&
	    i < sizeof(currencies) / sizeof(currencies[0]); i++)
		if (strcmp(currencies[i].code, code) == 0)
			return &currencies[i];
	return NULL;
}

int64_t
currency_unit(const char *currency)
{
	int digits = currency ? money_digits(currency) : 2;
	int64_t unit = 1;

	for (int i = 0; i < digits; i++)
		unit *= 10;
	return unit;
}

int64_t
currency_cash_step(const char *currency)
{
	const struct currency *row = find(currency);

	return row && row->cash_step ? row->cash_step : 1;
}

bool
currency_rough(int64_t amount, const char *from, const char *to, int64_t *out)
{
	const struct currency *a = find(from), *b = find(to);
	int64_t top, bottom;

	if (!a || !b)
		return false;
	if (a == b) {
		*out = amount;
		return true;
	}
	if (__builtin_mul_overflow(a->worth, currency_unit(to), &top) ||
	    __builtin_mul_overflow(b->worth, currency_unit(from), &bottom) ||
	    __builtin_mul_overflow(amount, top, &top))
		return false;
	*out = top / bottom;
	return true;
}
