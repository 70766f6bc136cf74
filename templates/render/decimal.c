/*
 * decimal.c - decimal texts as millionths and back.
 */
#include "decimal.h"

#include <glib.h>

bool
decimal_read(const char *text, decimal_wide *value)
{
	bool negative = text && *text == '-', point = false;
	int whole = 0, fraction = 0;

	*value = 0;
	if (!text || !*(text += negative))
		return false;
	for (; *text; text++) {
		if (*text == '.' && !point && whole) {
			point = true;
			continue;
		}
		if (!g_ascii_isdigit(*text))
			return false;
		if (fraction == 6 && *text != '0')
			return false;
		if (fraction == 6)
			continue;
		*value = *value * 10 + (*text - '0');
		if ((point ? ++fraction : ++whole) > 18)
			return false;
	}
	if (!whole || (point && !fraction))
		return false;
	for (; fraction < 6; fraction++)
		*value *= 10;
	if (negative)
		*value = -*value;
	return true;
}

char *
decimal_text(decimal_wide value, int decimals)
{
	decimal_wide absolute = value < 0 ? -value : value;
	guint64 whole = (guint64)(absolute / DECIMAL_ONE);
	guint64 below = (guint64)(absolute % DECIMAL_ONE);
	const char *sign = value < 0 ? "-" : "";

	for (int i = decimals; i < 6; i++) {
		if (below % 10)
			return NULL;
		below /= 10;
	}
	if (decimals == 0)
		return g_strdup_printf("%s%" G_GUINT64_FORMAT, sign, whole);
	return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT,
	    sign, whole, decimals, below);
}

char *
decimal_short(decimal_wide value)
{
	char *text = NULL;

	for (int decimals = 0; !text; decimals++)
		text = decimal_text(value, decimals);
	return text;
}
