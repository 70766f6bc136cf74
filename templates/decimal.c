/*
 * decimal.c - sums that a page shows and no document holds: what is carried
 * over, what a discount saves. Integers throughout; decimals come and go as
 * text.
 */
#include "document.h"

#include "format.h"

#include <glib.h>
#include <string.h>

#define MAX_DIGITS 18

int
decimal_digits(const char *decimal)
{
	const char *point = strchr(decimal, '.');

	return point ? (int)strlen(point + 1) : 0;
}

char *
decimal_pad(const char *decimal, int digits)
{
	g_autofree char *trimmed = decimal_trim(decimal);
	GString *out = g_string_new(trimmed);
	int have = decimal_digits(trimmed);

	if (have < digits && !have)
		g_string_append_c(out, '.');
	for (; have < digits; have++)
		g_string_append_c(out, '0');
	return g_string_free(out, FALSE);
}

char *
decimal_trim(const char *decimal)
{
	char *out = g_strdup(decimal);
	size_t length = strlen(out);

	if (!strchr(out, '.'))
		return out;
	while (length && out[length - 1] == '0')
		out[--length] = '\0';
	if (length && out[length - 1] == '.')
		out[length - 1] = '\0';
	return out;
}

/* In units of the last of so many digits. */
static bool
read_decimal(const char *decimal, int digits, int64_t *value)
{
	g_autofree char *padded = NULL;
	bool negative = *decimal == '-';
	int64_t number = 0;

	if (!format_is_decimal(decimal))
		return false;
	padded = decimal_pad(decimal + negative, digits);
	if (strlen(padded) > MAX_DIGITS || decimal_digits(padded) > digits)
		return false;
	for (const char *at = padded; *at; at++)
		if (*at != '.')
			number = number * 10 + (*at - '0');
	*value = negative ? -number : number;
	return true;
}

static char *
write_decimal(int64_t value, int digits)
{
	g_autofree char *text = g_strdup_printf("%0*" G_GINT64_FORMAT,
	    digits + 1, value < 0 ? -value : value);
	size_t whole = strlen(text) - (size_t)digits;

	return g_strdup_printf("%s%.*s%s%s", value < 0 ? "-" : "", (int)whole,
	    text, digits ? "." : "", text + whole);
}

static char *
combine(const char *a, const char *b, int sign)
{
	int digits = MAX(decimal_digits(a), decimal_digits(b));
	int64_t one, other;

	if (!read_decimal(a, digits, &one) || !read_decimal(b, digits, &other))
		return NULL;
	return write_decimal(one + sign * other, digits);
}

char *
decimal_add(const char *a, const char *b)
{
	return combine(a, b, 1);
}

char *
decimal_subtract(const char *a, const char *b)
{
	return combine(a, b, -1);
}

char *
decimal_percent(const char *amount, const char *percent)
{
	int digits = decimal_digits(amount), parts = decimal_digits(percent);
	int64_t base, rate;
	__extension__ __int128 product, unit = 100;

	if (!read_decimal(amount, digits, &base) ||
	    !read_decimal(percent, parts, &rate) || parts > 6)
		return NULL;
	for (int i = 0; i < parts; i++)
		unit *= 10;
	product = base;
	product *= rate;
	product = product < 0 ? -((-product * 2 + unit) / (2 * unit)) :
				(product * 2 + unit) / (2 * unit);
	if (product > INT64_MAX / 100 || product < -(INT64_MAX / 100))
		return NULL;
	return write_decimal((int64_t)product, digits);
}
