/*
 * tax_id_world.c - tax numbers outside Europe, and the Russian INN. Pure.
 */
#include "tax_id_internal.h"

#include <string.h>

/* ---- Brazil ------------------------------------------------------------------- */

/* Both check digits: weights fall to 2 at the end and, for firms, begin again
 * after 9. Since 2026 a firm's number may have letters: their value is the
 * character's less that of 0. */
static bool
brazilian_digits(const char *id, size_t n, int most)
{
	for (size_t end = n - 2; end < n; end++) {
		int sum = 0, check;

		for (size_t i = 0; i < end; i++)
			sum += (id[i] - '0') * (2 + (int)(end - 1 - i) %
			    (most - 1));
		check = sum % 11 < 2 ? 0 : 11 - sum % 11;
		if (id[end] - '0' != check)
			return false;
	}
	return true;
}

const char *
id_brazil(const char *id)
{
	size_t n = strlen(id);
	bool same = n > 0 && strspn(id, "0") == n;

	if (id_digits(id, 11) && !same)
		return brazilian_digits(id, 11, 11) ? NULL : WRONG_DIGIT;
	if (n != 14 || same || !id_digits(id + 12, 2) ||
	    strspn(id, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != n)
		return "a CPF has 11 digits, a CNPJ 14 characters";
	return brazilian_digits(id, 14, 9) ? NULL : WRONG_DIGIT;
}

/* ---- Russia ---------------------------------------------------------------------- */

const char *
id_russia(const char *id)
{
	static const signed char firm[] = {2, 4, 10, 3, 5, 9, 4, 6, 8};
	static const signed char person[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};

	if (id_digits(id, 10))
		return id_sum(id, firm, 9) % 11 % 10 == id[9] - '0' ? NULL
								: WRONG_DIGIT;
	if (!id_digits(id, 12))
		return "an INN has ten or twelve digits";
	return id_sum(id, person + 1, 10) % 11 % 10 == id[10] - '0' &&
	    id_sum(id, person, 11) % 11 % 10 == id[11] - '0' ? NULL
							     : WRONG_DIGIT;
}

/* ---- India ------------------------------------------------------------------------- */

static int
base36(char c)
{
	return g_ascii_isdigit(c) ? c - '0' : c - 'A' + 10;
}

static bool
indian_shape(const char *id)
{
	static const char shape[] = "00AAAAA0000AXXX";

	if (strlen(id) != 15)
		return false;
	for (int i = 0; i < 15; i++) {
		bool digit = g_ascii_isdigit(id[i]);
		bool letter = g_ascii_isupper(id[i]);

		if (shape[i] == '0' ? !digit : shape[i] == 'A' ? !letter
		    : !digit && !letter)
			return false;
	}
	return strchr("ABCFGHLJPTK", id[5]) && id[12] != '0' &&
	    id[13] == 'Z' && strncmp(id + 7, "0000", 4) != 0;
}

const char *
id_india(const char *id)
{
	int sum = 0, state;

	if (!indian_shape(id))
		return "a GSTIN has 15 characters: state, PAN, a character, Z "
		    "and a check character";
	state = id_number(id, 2);
	if ((state < 1 || state > 38) && state != 97 && state != 99)
		return "its first two digits are no state";
	for (int i = 0; i < 15; i++) {
		int value = base36(id[14 - i]) * (i % 2 ? 2 : 1);

		sum += value / 36 + value % 36;
	}
	return sum % 36 ? "its check character is wrong" : NULL;
}

/* ---- Australia, United States ----------------------------------------------------- */

const char *
id_australia(const char *id)
{
	static const signed char weights[] = {10, 1, 3, 5, 7, 9, 11, 13, 15,
		17, 19};

	if (!id_digits(id, 11) || *id == '0')
		return "an ABN has eleven digits";
	return (id_sum(id, weights, 11) - 10) % 89 ? WRONG_DIGIT : NULL;
}

/* An EIN has no check digit; some beginnings are not given. */
const char *
id_america(const char *id)
{
	static const char free_ones[] = "00 07 08 09 17 18 19 28 29 49 69 70 "
	    "78 79 89 96 97 ";
	char start[4] = {0};

	if (!id_digits(id, 9))
		return "an EIN has nine digits";
	memcpy(start, id, 2);
	start[2] = ' ';
	return strstr(free_ones, start) ? "no EIN begins so" : NULL;
}
