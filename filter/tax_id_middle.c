/*
 * tax_id_middle.c - VAT ids of western and central Europe. Pure.
 */
#include "tax_id_internal.h"

#include <string.h>

const char *
id_austria(const char *id)
{
	int sum = 4;

	if (*id != 'U' || !id_digits(id + 1, 8))
		return "it is U and eight digits";
	for (int i = 1; i < 8; i++) {
		int digit = (id[i] - '0') * (i % 2 ? 1 : 2);

		sum += digit > 9 ? digit - 9 : digit;
	}
	return (10 - sum % 10) % 10 == id[8] - '0' ? NULL : WRONG_DIGIT;
}

/* Nine digits are an old number without its nought. */
const char *
id_belgium(const char *id)
{
	g_autofree char *full = strlen(id) == 9 ? g_strconcat("0", id, NULL)
						: g_strdup(id);

	if (!id_digits(full, 10) || strspn(full, "0") == 10)
		return "it has ten digits";
	return 97 - id_number(full, 8) % 97 == id_number(full + 8, 2) ? NULL
								: WRONG_DIGIT;
}

const char *
id_germany(const char *id)
{
	if (!id_digits(id, 9) || *id == '0')
		return "it has nine digits";
	return id_mod11_10(id, 9) ? NULL : WRONG_DIGIT;
}

/* The key before the SIREN: two digits, or one or two letters (no I, no O). */
static bool
french_key(const char *id)
{
	static const char letters[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
	int first = (int)(strchr(letters, id[0]) - letters);
	int second = (int)(strchr(letters, id[1]) - letters);
	int number = id_number(id + 2, 9);
	int key;

	if (first < 10 && second < 10)
		return (int)(((gint64)number * 100 + 12) % 97) ==
		    first * 10 + second;
	key = first < 10 ? first * 24 + second - 10
			 : first * 34 + second - 100;
	return (number + 1 + key / 11) % 11 == key % 11;
}

const char *
id_france(const char *id)
{
	static const char letters[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

	if (strlen(id) != 11 || !strchr(letters, id[0]) ||
	    !strchr(letters, id[1]) || !id_digits(id + 2, 9))
		return "it is a key of two characters and nine digits (SIREN)";
	if (strncmp(id + 2, "000", 3) != 0 && !id_luhn(id + 2, 9))
		return "the check digit of its SIREN is wrong";
	return french_key(id) ? NULL : "its key is wrong";
}

const char *
id_luxembourg(const char *id)
{
	if (!id_digits(id, 8))
		return "it has eight digits";
	return id_number(id, 6) % 89 == id_number(id + 6, 2) ? NULL
							     : WRONG_DIGIT;
}

/* Of firms: nine digits with a check digit; of persons since 2020: all
 * characters together with mod 97. */
const char *
id_netherlands(const char *id)
{
	static const signed char weights[] = {9, 8, 7, 6, 5, 4, 3, 2, -1};
	g_autofree char *digits = g_strndup(id, 9);
	g_autofree char *all = NULL;

	if (strlen(id) != 12 || !id_digits(digits, 9) || id[9] != 'B' ||
	    !id_digits(id + 10, 2) || id_number(id + 10, 2) == 0 ||
	    id_number(digits, 9) == 0)
		return "it is nine digits, B and two digits";
	if (id_sum(id, weights, 9) % 11 == 0)
		return NULL;
	all = g_strdup_printf("2321%.9s11%s", id, id + 10);
	return id_modulo(all, strlen(all), 97) == 1 ? NULL : WRONG_DIGIT;
}

const char *
id_switzerland(const char *id)
{
	static const signed char weights[] = {5, 4, 3, 2, 7, 6, 5, 4};
	static const char *const tails[] = {"", "MWST", "TVA", "IVA", "TPV",
		"HR", NULL};
	g_autofree char *digits = *id == 'E' ? g_strndup(id + 1, 9) : NULL;
	int check;

	if (!digits || !id_digits(digits, 9) ||
	    !g_strv_contains(tails, id + 10))
		return "it is CHE and nine digits, and MWST, TVA or IVA";
	check = (11 - id_sum(digits, weights, 8) % 11) % 11;
	return check == digits[8] - '0' ? NULL : WRONG_DIGIT;
}

const char *
id_poland(const char *id)
{
	static const signed char weights[] = {6, 5, 7, 2, 3, 4, 5, 6, 7, -1};

	if (!id_digits(id, 10))
		return "it has ten digits";
	return id_sum(id, weights, 10) % 11 ? WRONG_DIGIT : NULL;
}

/* A number of birth: YYMMDD (women: month + 50, later also + 20), three digits
 * and, since 1954, a check digit. */
static bool
is_birth_number(const char *id)
{
	size_t length = strlen(id);
	int year = 1900 + id_number(id, 2);
	int check;

	if (length == 9 && year >= 1980)
		year -= 100;
	if (length == 10 && year < 1954)
		year += 100;
	if ((length == 9 && year > 1953) || !id_is_day(year,
	    id_number(id + 2, 2) % 50 % 20, id_number(id + 4, 2)))
		return false;
	if (length == 9)
		return true;
	check = id_modulo(id, 9, 11);
	if (year < 1985)
		check %= 10;
	return check == id[9] - '0';
}

const char *
id_czechia(const char *id)
{
	static const signed char weights[] = {8, 7, 6, 5, 4, 3, 2};
	size_t length = strlen(id);
	int check;

	if (!id_digits(id, 0) || length < 8 || length > 10)
		return "it has eight to ten digits";
	if (length == 8 && *id == '9')
		return "of eight digits the first is no 9";
	if (length == 8) {
		check = (11 - id_sum(id, weights, 7) % 11) % 11;
		return (check ? check : 1) % 10 == id[7] - '0' ? NULL
							       : WRONG_DIGIT;
	}
	if (length == 9 && *id == '6') {
		check = id_sum(id + 1, weights, 7) % 11;
		check = (8 - ((10 - check) % 11 + 11) % 11) % 10;
		return (check + 10) % 10 == id[8] - '0' ? NULL : WRONG_DIGIT;
	}
	return is_birth_number(id) ? NULL : "it is no number of birth";
}

const char *
id_slovakia(const char *id)
{
	if (!id_digits(id, 10))
		return "it has ten digits";
	if (is_birth_number(id))
		return NULL;
	if (*id == '0' || !strchr("234789", id[2]))
		return "its third digit is 2, 3, 4, 7, 8 or 9";
	return id_modulo(id, 10, 11) ? WRONG_DIGIT : NULL;
}

const char *
id_hungary(const char *id)
{
	static const signed char weights[] = {9, 7, 3, 1, 9, 7, 3, 1};

	if (!id_digits(id, 8))
		return "it has eight digits";
	return id_sum(id, weights, 8) % 10 ? WRONG_DIGIT : NULL;
}

const char *
id_slovenia(const char *id)
{
	static const signed char weights[] = {8, 7, 6, 5, 4, 3, 2};
	int check;

	if (!id_digits(id, 8) || *id == '0')
		return "it has eight digits";
	check = 11 - id_sum(id, weights, 7) % 11;
	return (check == 10 ? 0 : check) == id[7] - '0' ? NULL : WRONG_DIGIT;
}
