/*
 * tax_id_south.c - VAT ids and personal tax numbers of southern and eastern
 * Europe. Pure.
 */
#include "tax_id_internal.h"

#include <string.h>

/* ---- Bulgaria, Cyprus, Greece ------------------------------------------------- */

static bool
bulgarian_person(const char *id)
{
	static const signed char weights[] = {2, 4, 8, 5, 10, 9, 7, 3, 6};
	int year = 1900 + id_number(id, 2), month = id_number(id + 2, 2);

	if (month > 40) {
		year += 100;
		month -= 40;
	} else if (month > 20) {
		year -= 100;
		month -= 20;
	}
	return id_is_day(year, month, id_number(id + 4, 2)) &&
	    id_sum(id, weights, 9) % 11 % 10 == id[9] - '0';
}

const char *
id_bulgaria(const char *id)
{
	static const signed char first[] = {1, 2, 3, 4, 5, 6, 7, 8};
	static const signed char second[] = {3, 4, 5, 6, 7, 8, 9, 10};
	static const signed char foreign[] = {21, 19, 17, 13, 11, 9, 7, 3, 1};
	static const signed char other[] = {4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
	int check;

	if (id_digits(id, 10))
		return bulgarian_person(id) ||
		    id_sum(id, foreign, 9) % 10 == id[9] - '0' ||
		    id_sum(id, other, 10) % 11 == 0 ? NULL : WRONG_DIGIT;
	if (!id_digits(id, 9))
		return "it has nine or ten digits";
	check = id_sum(id, first, 8) % 11;
	if (check == 10)
		check = id_sum(id, second, 8) % 11 % 10;
	return check == id[8] - '0' ? NULL : WRONG_DIGIT;
}

const char *
id_cyprus(const char *id)
{
	static const int odd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
	g_autofree char *digits = g_strndup(id, 8);
	int sum = 0;

	if (strlen(id) != 9 || !id_digits(digits, 8) ||
	    strncmp(id, "12", 2) == 0)
		return "it is eight digits and a letter";
	for (int i = 0; i < 8; i++)
		sum += i % 2 ? id[i] - '0' : odd[id[i] - '0'];
	return id[8] == 'A' + sum % 26 ? NULL : "its check letter is wrong";
}

const char *
id_greece(const char *id)
{
	int sum = 0;

	if (!id_digits(id, 9))
		return "it has nine digits";
	for (int i = 0; i < 8; i++)
		sum += (id[i] - '0') << (8 - i);
	return sum % 11 % 10 == id[8] - '0' ? NULL : WRONG_DIGIT;
}

/* ---- Spain ---------------------------------------------------------------------------- */

static bool
spanish_letter(const char *digits, char letter)
{
	return "TRWAGMYFPDXBNJZSQVHLCKE"[id_number(digits,
	    strlen(digits)) % 23] == letter;
}

/* Firms: a letter, seven digits, a check digit or a letter for it. */
static const char *
spanish_firm(const char *id)
{
	int check = -1;
	char trial[9] = {0};

	if (!strchr("ABCDEFGHJNPQRSUVW", id[0]))
		return "its first letter is none that NIFs begin with";
	memcpy(trial, id + 1, 7);
	for (trial[7] = '0'; trial[7] <= '9'; trial[7]++)
		if (id_luhn(trial, 8))
			check = trial[7] - '0';
	return id[8] == '0' + check || id[8] == "JABCDEFGHI"[check] ? NULL
								: WRONG_DIGIT;
}

const char *
id_spain(const char *id)
{
	g_autofree char *middle = strlen(id) == 9 ? g_strndup(id + 1, 7)
						  : NULL;
	g_autofree char *digits = NULL;
	const char *foreigner;

	if (!middle || !id_digits(middle, 7))
		return "it has nine characters, a letter first or last";
	foreigner = strchr("XYZ", id[0]);
	if (strchr("KLM", id[0]))
		digits = g_strdup(middle);
	else if (foreigner)
		digits = g_strdup_printf("%d%s", (int)(*foreigner - 'X'),
		    middle);
	else if (g_ascii_isdigit(id[0]))
		digits = g_strndup(id, 8);
	else
		return spanish_firm(id);
	return spanish_letter(digits, id[8]) ? NULL
					     : "its check letter is wrong";
}

/* ---- Croatia, Italy, Malta, Portugal ------------------------------------------- */

const char *
id_croatia(const char *id)
{
	if (!id_digits(id, 11))
		return "it has eleven digits";
	return id_mod11_10(id, 11) ? NULL : WRONG_DIGIT;
}

/* Digits that were taken before are written as letters (omocodia). */
static int
fiscal_digit(char c)
{
	static const char letters[] = "LMNPQRSTUV";
	const char *at = g_ascii_isalpha(c) ? strchr(letters, c) : NULL;

	return g_ascii_isdigit(c) ? c - '0' : at ? (int)(at - letters) : -1;
}

static bool
fiscal_shape(const char *id)
{
	static const char shape[] = "AAAAAA00A00A000A";

	for (int i = 0; i < 16; i++)
		if (shape[i] == 'A' ? !g_ascii_isupper(id[i])
		    : fiscal_digit(id[i]) < 0)
			return false;
	return true;
}

static const char *
fiscal_code(const char *id)
{
	/* by value 0-9 and A-J, then K-Z */
	static const int odd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18,
		20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
	static const char months[] = "ABCDEHLMPRST";
	int sum = 0, day, year;
	const char *month;

	if (!fiscal_shape(id))
		return "it has 16 letters and digits in a fixed order";
	for (int i = 0; i < 15; i++) {
		int value = g_ascii_isdigit(id[i]) ? id[i] - '0'
						   : id[i] - 'A';

		sum += i % 2 ? value : odd[value];
	}
	if (id[15] != 'A' + sum % 26)
		return "its check letter is wrong";
	day = (fiscal_digit(id[9]) * 10 + fiscal_digit(id[10])) % 40;
	year = 1900 + fiscal_digit(id[6]) * 10 + fiscal_digit(id[7]);
	month = strchr(months, id[8]);
	return month && (id_is_day(year, (int)(month - months) + 1, day) ||
	    id_is_day(year + 100, (int)(month - months) + 1, day)) ? NULL
	    : "it holds no day of birth";
}

const char *
id_italy(const char *id)
{
	int province;

	if (strlen(id) == 16)
		return fiscal_code(id);
	if (!id_digits(id, 11) || strspn(id, "0") >= 7)
		return "it has eleven digits (a codice fiscale 16 characters)";
	province = id_number(id + 7, 3);
	if ((province < 1 || province > 100) && province != 120 &&
	    province != 121 && province != 888 && province != 999)
		return "its digits 8 to 10 are no tax office";
	return id_luhn(id, 11) ? NULL : WRONG_DIGIT;
}

const char *
id_malta(const char *id)
{
	static const signed char weights[] = {3, 4, 6, 7, 8, 9, 10, 1};

	if (!id_digits(id, 8) || *id == '0')
		return "it has eight digits";
	return id_sum(id, weights, 8) % 37 ? WRONG_DIGIT : NULL;
}

const char *
id_portugal(const char *id)
{
	static const signed char weights[] = {9, 8, 7, 6, 5, 4, 3, 2};

	if (!id_digits(id, 9) || *id == '0')
		return "it has nine digits";
	return (11 - id_sum(id, weights, 8) % 11) % 11 % 10 == id[8] - '0'
	    ? NULL : WRONG_DIGIT;
}

/* ---- Romania --------------------------------------------------------------------------- */

static const char *
romanian_person(const char *id)
{
	static const signed char weights[] = {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7,
		9};
	static const int centuries[] = {1900, 1900, 1900, 1800, 1800, 2000,
		2000, 1900, 1900, 1900};
	int check = id_sum(id, weights, 12) % 11;

	if (*id == '0' || !id_is_day(centuries[*id - '0'] +
	    id_number(id + 1, 2), id_number(id + 3, 2), id_number(id + 5, 2)))
		return "it holds no day of birth";
	return (check == 10 ? 1 : check) == id[12] - '0' ? NULL : WRONG_DIGIT;
}

const char *
id_romania(const char *id)
{
	static const signed char weights[] = {7, 5, 3, 2, 1, 7, 5, 3, 2};
	size_t n = strlen(id);

	if (id_digits(id, 13))
		return romanian_person(id);
	if (!id_digits(id, 0) || n < 2 || n > 10 || *id == '0')
		return "it has two to ten digits";
	return 10 * id_sum(id, weights + 10 - n, n - 1) % 11 % 10 ==
	    id[n - 1] - '0' ? NULL : WRONG_DIGIT;
}
