/*
 * document_number.c - exact decimals of an invoice document: read, written,
 * multiplied and rounded as integers. Pure.
 */
#include "document_internal.h"

#include <string.h>

/* Holds every product of two int64. */
__extension__ typedef __int128 wide;

#define LONGEST 18		/* digits that int64 surely holds */

int64_t
power_of_ten(int digits)
{
	int64_t power = 1;

	while (digits-- > 0)
		power *= 10;
	return power;
}

/* The parts of "-12.50": how many digits before and behind the point, or
 * false when it is not written so. */
static bool
measure(const char *text, size_t *whole, size_t *decimals)
{
	const char *digits = text + (*text == '-');

	*whole = strspn(digits, "0123456789");
	*decimals = 0;
	if (*whole == 0)
		return false;
	if (digits[*whole] == '\0')
		return true;
	if (digits[*whole] != '.')
		return false;
	*decimals = strspn(digits + *whole + 1, "0123456789");
	return *decimals > 0 && digits[*whole + 1 + *decimals] == '\0';
}

bool
decimal_is(const char *text)
{
	size_t whole, decimals;

	return measure(text, &whole, &decimals);
}

/* One more digit; false when there are too many. */
static bool
push(int64_t *value, char digit)
{
	if (*value >= power_of_ten(LONGEST - 1))
		return false;
	*value = *value * 10 + (digit - '0');
	return true;
}

bool
decimal_read(const char *text, int decimals, int64_t *out)
{
	const char *digits = text + (*text == '-');
	size_t whole, given;
	int64_t value = 0;

	if (!measure(text, &whole, &given))
		return false;
	for (size_t i = (size_t)decimals; i < given; i++)
		if (digits[whole + 1 + i] != '0')
			return false;	/* noughts too many say nothing */
	for (size_t i = 0; i < whole; i++)
		if (!push(&value, digits[i]))
			return false;
	for (size_t i = 0; i < (size_t)decimals; i++)
		if (!push(&value, i < given ? digits[whole + 1 + i] : '0'))
			return false;
	*out = *text == '-' ? -value : value;
	return true;
}

char *
number_text(int64_t value, int decimals)
{
	bool negative = value < 0;
	uint64_t size = negative ? -(uint64_t)value : (uint64_t)value;
	uint64_t one = (uint64_t)power_of_ten(decimals);
	g_autofree char *rest = g_strdup_printf("%0*" G_GUINT64_FORMAT,
	    decimals, size % one);
	size_t length = decimals ? strlen(rest) : 0;

	while (length && rest[length - 1] == '0')
		length--;
	return g_strdup_printf("%s%" G_GUINT64_FORMAT "%s%.*s",
	    negative ? "-" : "", size / one, length ? "." : "", (int)length,
	    rest);
}

char *
amount_text(int64_t value, int digits)
{
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
	uint64_t one = (uint64_t)power_of_ten(digits);
	const char *sign = value < 0 ? "-" : "";

	if (digits == 0)
		return g_strdup_printf("%s%" G_GUINT64_FORMAT, sign, size);
	return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT,
	    sign, size / one, digits, size % one);
}

static bool
divide(wide product, wide divisor, int64_t *out)
{
	bool negative = product < 0;
	wide size = negative ? -product : product;
	wide quotient = (size + divisor / 2) / divisor;

	if (quotient > LARGEST)
		return false;
	*out = (int64_t)(negative ? -quotient : quotient);
	return true;
}

bool
mul_div(int64_t a, int64_t b, int64_t divisor, int64_t *out)
{
	return divide((wide)a * b, divisor, out);
}

/* 10^18 * 10^18 does not leave __int128; per has at most 15 digits. */
bool
line_amount(int64_t quantity, int64_t price, int64_t per, int digits,
    int64_t *out)
{
	return divide((wide)quantity * price,
	    (wide)per * power_of_ten(6 - digits), out);
}

bool
add_up(int64_t *sum, int64_t value)
{
	int64_t total;

	if (__builtin_add_overflow(*sum, value, &total) ||
	    total > LARGEST || total < -LARGEST)
		return false;
	*sum = total;
	return true;
}
