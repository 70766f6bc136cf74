/*
 * tax_id_north.c - VAT ids of northern Europe. Pure.
 */
#include "tax_id_internal.h"

#include <string.h>

#define EIGHT_DIGITS "it has eight digits"
#define NINE_DIGITS "it has nine digits"

const char *
id_denmark(const char *id)
{
	static const signed char weights[] = {2, 7, 6, 5, 4, 3, 2, 1};

	if (!id_digits(id, 8) || *id == '0')
		return EIGHT_DIGITS;
	return id_sum(id, weights, 8) % 11 ? WRONG_DIGIT : NULL;
}

const char *
id_estonia(const char *id)
{
	static const signed char weights[] = {3, 7, 1, 3, 7, 1, 3, 7, 1};

	if (!id_digits(id, 9))
		return NINE_DIGITS;
	return id_sum(id, weights, 9) % 10 ? WRONG_DIGIT : NULL;
}

const char *
id_finland(const char *id)
{
	static const signed char weights[] = {7, 9, 10, 5, 8, 4, 2, 1};

	if (!id_digits(id, 8))
		return EIGHT_DIGITS;
	return id_sum(id, weights, 8) % 11 ? WRONG_DIGIT : NULL;
}

const char *
id_lithuania(const char *id)
{
	size_t length = strlen(id);
	int first = 0, second = 0;

	if (!id_digits(id, 0) || (length != 9 && length != 12))
		return "it has nine or twelve digits";
	if (id[length - 2] != '1')
		return "its last digit but one is a 1";
	for (size_t i = 0; i + 1 < length; i++) {
		first += (id[i] - '0') * (int)(1 + i % 9);
		second += (id[i] - '0') * (int)(1 + (i + 2) % 9);
	}
	return id[length - 1] - '0' == (first % 11 == 10 ? second % 11 % 10
	    : first % 11) ? NULL : WRONG_DIGIT;
}

const char *
id_latvia(const char *id)
{
	static const signed char firm[] = {9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1};
	static const signed char person[] = {10, 5, 8, 4, 2, 1, 6, 3, 7, 9};

	if (!id_digits(id, 11))
		return "it has eleven digits";
	if (*id > '3')
		return id_sum(id, firm, 11) % 11 == 3 ? NULL : WRONG_DIGIT;
	if (!id_is_day(1800 + (id[6] - '0') * 100 + id_number(id + 4, 2),
	    id_number(id + 2, 2), id_number(id, 2)))
		return "it begins with a day of birth";
	return (1 + id_sum(id, person, 10)) % 11 % 10 == id[10] - '0' ? NULL
								: WRONG_DIGIT;
}

const char *
id_norway(const char *id)
{
	static const signed char weights[] = {3, 2, 7, 6, 5, 4, 3, 2, 1};
	g_autofree char *number = g_strndup(id, 9);

	if (!id_digits(number, 9) ||
	    (id[9] && strcmp(id + 9, "MVA") != 0))
		return "it has nine digits, and MVA behind them";
	return id_sum(id, weights, 9) % 11 ? WRONG_DIGIT : NULL;
}

/* The last two digits number the branches of one organisation. */
const char *
id_sweden(const char *id)
{
	if (!id_digits(id, 12))
		return "it has twelve digits, the last two 01";
	if (id_number(id + 10, 2) < 1 || id_number(id + 10, 2) > 94)
		return "its last two digits are 01 to 94";
	return id_luhn(id, 10) ? NULL : WRONG_DIGIT;
}

/* Letters stand for numbers from W = 0, A = 1 to V = 22. */
static int
irish_letter(char letter)
{
	static const char letters[] = "WABCDEFGHIJKLMNOPQRSTUV";
	const char *at = letter ? strchr(letters, letter) : NULL;

	return at ? (int)(at - letters) : -1;
}

const char *
id_ireland(const char *id)
{
	static const signed char weights[] = {8, 7, 6, 5, 4, 3, 2};
	size_t length = strlen(id);
	char digits[8] = {0};
	int extra = length == 9 ? irish_letter(id[8]) : 0;

	if ((length != 8 && length != 9) || extra < 0 ||
	    irish_letter(id[7]) < 0 || !g_ascii_isdigit(id[0]))
		return "it has seven digits and one or two letters";
	memcpy(digits, id, 7);
	if (!g_ascii_isdigit(id[1])) {	/* until 2013: a letter or + or * */
		if (!g_ascii_isupper(id[1]) && !strchr("+*", id[1]))
			return "its second character is a letter or a digit";
		digits[0] = '0';
		memcpy(digits + 1, id + 2, 5);
		digits[6] = id[0];
	}
	if (!id_digits(digits, 7))
		return "it has seven digits and one or two letters";
	return (id_sum(digits, weights, 7) + 9 * extra) % 23 ==
	    irish_letter(id[7]) ? NULL : "its check letter is wrong";
}

/* Of government departments and health authorities: GD and a number below
 * 500, HA and one above; in long form with two check digits. */
static const char *
british_authority(const char *id)
{
	bool department = g_str_has_prefix(id, "GD");
	bool full = strlen(id) == 11;
	const char *number = id + (full ? 6 : 2);

	if ((strlen(id) != 5 && !full) || !id_digits(number, full ? 5 : 3) ||
	    (full && strncmp(id + 2, "8888", 4) != 0))
		return "behind GD or HA stand three digits";
	if ((id_number(number, 3) < 500) != department)
		return "GD has numbers below 500, HA from 500";
	return !full || id_number(number, 3) % 97 == id_number(number + 3, 2)
	    ? NULL : WRONG_DIGIT;
}

const char *
id_britain(const char *id)
{
	static const signed char weights[] = {8, 7, 6, 5, 4, 3, 2, 10, 1};
	int rest;

	if (g_str_has_prefix(id, "GD") || g_str_has_prefix(id, "HA"))
		return british_authority(id);
	if (!id_digits(id, 9) && !id_digits(id, 12))
		return "it has nine or twelve digits";
	rest = id_sum(id, weights, 9) % 97;
	return rest == 0 || (id_number(id, 3) >= 100 && (rest == 42 ||
	    rest == 55)) ? NULL : WRONG_DIGIT;
}
