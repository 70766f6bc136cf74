/*
 * slips.c - what a slip of the finger makes of a number. Never a reference by
 * itself: it only explains why the text of a payment that is known by payer
 * and amount names something else. Pure.
 */
#include "match.h"

#include <string.h>

#define DIGITS_MIN 4

static bool
one_wrong_or_swapped(const char *a, const char *b)
{
	size_t n = strlen(a), first = n, wrong = 0;

	for (size_t i = 0; i < n; i++) {
		if (a[i] == b[i])
			continue;
		if (wrong++ == 0)
			first = i;
	}
	return wrong == 1 ||
	    (wrong == 2 && a[first] == b[first + 1] &&
		a[first + 1] == b[first]);
}

bool
reference_is_slip(const char *written, const char *number)
{
	g_autofree char *a = token_squeeze(written);
	g_autofree char *b = token_squeeze(number);
	size_t n = strlen(a), m = strlen(b);

	if (n < DIGITS_MIN || strcmp(a, b) == 0)
		return false;
	if (n == m)
		return one_wrong_or_swapped(a, b);
	return n < m && m - n <= 2 && g_str_has_prefix(b, a);
}
