/*
 * reference_kinds.c - the structured references of Europe's payment forms: for
 * each what its check digits must be and what is left of it when a bank or a
 * payer takes its wrapping off. A check digit is a filter: it says what cannot
 * be a reference, never what a payment is for. Pure.
 */
#include "match.h"

#include <string.h>

#define REFERENCE_MAX 64

/* Copies letters, digits and "keep" of text, upper case, leaving out what
 * people put between; false when there is another character or no room. */
static bool
strip(const char *text, const char *between, const char *keep, char *out)
{
	size_t n = 0;

	for (const char *p = text ? text : ""; *p; p++) {
		if (strchr(between, *p))
			continue;
		if ((!g_ascii_isalnum(*p) && !strchr(keep, *p)) ||
		    n + 1 >= REFERENCE_MAX)
			return false;
		out[n++] = g_ascii_toupper(*p);
	}
	out[n] = 0;
	return n > 0;
}

static bool
digits_between(const char *s, size_t least, size_t most)
{
	size_t n = strlen(s);

	return n >= least && n <= most && strspn(s, "0123456789") == n;
}

static bool
only_digits(const char *text, size_t least, size_t most, char *out)
{
	return strip(text, " ", "", out) && digits_between(out, least, most);
}

/* The sum of digits times weights, which repeat from the right; the last
 * "skip" digits do not count. */
static int
weighted(const char *digits, size_t skip, const int *weights, size_t cycle)
{
	size_t n = strlen(digits) - skip;
	int sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (digits[n - 1 - i] - '0') * weights[i % cycle];
	return sum;
}

static int
last_digit(const char *s)
{
	return s[strlen(s) - 1] - '0';
}

/* Mod 10 after Luhn: each second digit from the right twice, digits added. */
static bool
luhn(const char *s)
{
	size_t n = strlen(s);
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int value = (s[n - 1 - i] - '0') * (i % 2 ? 2 : 1);

		sum += value > 9 ? value - 9 : value;
	}
	return n > 1 && sum % 10 == 0;
}

/* Weights 7, 3, 1 from the right, filled up to ten: Finland, Estonia. */
static bool
seven_three_one(const char *s)
{
	static const int weights[] = {7, 3, 1};

	return (weighted(s, 1, weights, 3) + last_digit(s)) % 10 == 0;
}

static bool
is_finnish(const char *text)
{
	char s[REFERENCE_MAX];

	return only_digits(text, 4, 20, s) && seven_three_one(s);
}

static bool
is_estonian(const char *text)
{
	char s[REFERENCE_MAX];

	return only_digits(text, 2, 20, s) && seven_three_one(s);
}

/* Luhn, or mod 11 with weights 2 to 7 where a rest of 1 is written "-". */
static bool
is_kid(const char *text)
{
	static const int weights[] = {2, 3, 4, 5, 6, 7};
	char s[REFERENCE_MAX], last;
	size_t n;
	int check;

	if (!strip(text, " ", "-", s) || (n = strlen(s)) < 2 || n > 25 ||
	    strspn(s, "0123456789") < n - 1)
		return false;
	last = s[n - 1];
	if (g_ascii_isdigit(last) && luhn(s))
		return true;
	check = (11 - weighted(s, 1, weights, 6) % 11) % 11;
	return check == 10 ? last == '-' : last == '0' + check;
}

static bool
is_swedish(const char *text)
{
	char s[REFERENCE_MAX];

	return only_digits(text, 2, 25, s) && luhn(s);
}

/* The digit before the last is the length of all, modulo 10. */
static bool
is_swedish_long(const char *text)
{
	char s[REFERENCE_MAX];

	return only_digits(text, 3, 25, s) && luhn(s) &&
	    s[strlen(s) - 2] - '0' == (int)strlen(s) % 10;
}

/* "+71<" 15 digits "+" creditor "<"; cards 04, 15 and 75 have 16 digits. The
 * identification alone is what many banks hand on. */
static const struct {
	char card[3];
	unsigned char length;
} danish_cards[] = {{"71", 15}, {"75", 16}, {"04", 16}, {"15", 16}};

/* The identification inside, or false. */
static bool
danish_identification(const char *text, char *out)
{
	char s[REFERENCE_MAX];
	const char *p = s;

	if (!strip(text, " ", "+<>", s))
		return false;
	if (*p == '+' || *p == '>')
		p++;
	for (size_t i = 0; i < G_N_ELEMENTS(danish_cards); i++) {
		size_t n = danish_cards[i].length;
		const char *creditor;

		if (strncmp(p, danish_cards[i].card, 2) != 0 || p[2] != '<' ||
		    strspn(p + 3, "0123456789") != n || p[3 + n] != '+')
			continue;
		creditor = p + 4 + n;
		n = strspn(creditor, "0123456789");
		if ((n != 7 && n != 8) || strcmp(creditor + n, "<") != 0)
			return false;
		memcpy(out, p + 3, danish_cards[i].length);
		out[danish_cards[i].length] = 0;
		return true;
	}
	return false;
}

static bool
is_danish(const char *text)
{
	char s[REFERENCE_MAX];

	return danish_identification(text, s) && luhn(s);
}

static char *
danish_core(const char *text)
{
	char s[REFERENCE_MAX];

	return danish_identification(text, s) ? g_strdup(s) : NULL;
}

/* 7 digits without check; 16 with a check digit before; 9 to 14 with a check
 * digit and the length of what follows, which the check covers. */
static bool
is_dutch(const char *text)
{
	static const int weights[] = {2, 4, 8, 5, 10, 9, 7, 3, 6, 1};
	char s[REFERENCE_MAX];
	size_t n;
	int check;

	if (!only_digits(text, 7, 16, s) || (n = strlen(s)) == 8 || n == 15)
		return false;
	if (n == 7)
		return true;
	if (n < 16 && s[1] - '0' != (int)(n - 2) % 10)
		return false;
	check = 11 - weighted(s + 1, 0, weights, 10) % 11;
	check = check == 11 ? 0 : check == 10 ? 1 : check;
	return s[0] - '0' == check;
}

/* Mod 11 over all groups, weights from 2 upwards; 10 and 11 are 0. */
static bool
rising_mod11(const char *groups)
{
	char s[REFERENCE_MAX];
	int sum = 0, check;
	size_t n;

	if (!strip(groups, "-", "", s) || (n = strlen(s)) < 2)
		return false;
	for (size_t i = 0; i + 1 < n; i++)
		sum += (s[n - 2 - i] - '0') * (int)(i + 2);
	check = 11 - sum % 11;
	return s[n - 1] - '0' == (check > 9 ? 0 : check);
}

/* "HR01" or "SI01" and up to three groups of digits. */
static bool
in_groups(const char *text, const char *model, size_t most, char *groups)
{
	char s[REFERENCE_MAX];
	g_auto(GStrv) parts = NULL;

	if (!strip(text, " ", "-", s) || strncmp(s, model, 4) != 0)
		return false;
	parts = g_strsplit(s + 4, "-", -1);
	if (g_strv_length(parts) > 3)
		return false;
	for (guint i = 0; parts[i]; i++)
		if (!digits_between(parts[i], 1, most))
			return false;
	g_strlcpy(groups, s + 4, REFERENCE_MAX);
	return true;
}

static bool
is_slovenian(const char *text)
{
	char groups[REFERENCE_MAX];

	return in_groups(text, "SI01", 20, groups) && strlen(groups) <= 22 &&
	    rising_mod11(groups);
}

static bool
is_slovenian12(const char *text)
{
	char s[REFERENCE_MAX];

	return strip(text, " -", "", s) && g_str_has_prefix(s, "SI12") &&
	    digits_between(s + 4, 2, 13) && rising_mod11(s + 4);
}

static bool
is_croatian(const char *text)
{
	char groups[REFERENCE_MAX];

	return in_groups(text, "HR01", 12, groups) && strlen(groups) <= 22 &&
	    rising_mod11(groups);
}

/* "HR00" has groups and no check, "SI00" up to 20 characters. */
static bool
is_unchecked(const char *text)
{
	char groups[REFERENCE_MAX];

	return in_groups(text, "HR00", 12, groups) ||
	    in_groups(text, "SI00", 20, groups);
}

/* What stands behind the model's four characters. */
static char *
behind_model(const char *text)
{
	char s[REFERENCE_MAX];

	return strip(text, " -", "", s) && strlen(s) > 4 ? g_strdup(s + 4)
							 : NULL;
}

/* The variable symbol: ten digits at most, no check. */
static bool
is_symbol(const char *text)
{
	char s[REFERENCE_MAX];

	return only_digits(text, 1, 10, s);
}

/* 23 digits and Luhn's: the payer's id on Hungary's yellow forms. */
static bool
is_hungarian(const char *text)
{
	char s[REFERENCE_MAX];

	return only_digits(text, 24, 24, s) && luhn(s);
}

/* The national id by which Icelandic claims are known. */
static bool
is_icelandic(const char *text)
{
	static const int weights[] = {2, 3, 4, 5, 6, 7, 2, 3};
	char s[REFERENCE_MAX];

	return strip(text, " -", "", s) && digits_between(s, 10, 10) &&
	    (weighted(s, 2, weights, 8) + s[8] - '0') % 11 == 0;
}

/* The order is that of the strength of the check, then of the alphabet. */
static const struct reference_kind kinds[] = {
    {"iban", reference_is_iban, NULL, false},
    {"rf", reference_is_rf, behind_model, true},
    {"ogm", reference_is_ogm, NULL, true},
    {"fik", is_danish, danish_core, true},
    {"hr01", is_croatian, behind_model, true},
    {"si01", is_slovenian, behind_model, true},
    {"si12", is_slovenian12, behind_model, true},
    {"model00", is_unchecked, behind_model, false},
    {"ee", is_estonian, NULL, false},
    {"fi", is_finnish, NULL, false},
    {"hu", is_hungarian, NULL, false},
    {"kennitala", is_icelandic, NULL, false},
    {"kid", is_kid, NULL, false},
    {"nl", is_dutch, NULL, false},
    {"qrr", reference_is_qrr, NULL, false},
    {"se_ocr", is_swedish, NULL, false},
    {"se_ocr_long", is_swedish_long, NULL, false},
    {"vs", is_symbol, NULL, false},
};

const struct reference_kind *
reference_kind(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

const struct reference_kind *
reference_recognise(const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i].unmistakable && kinds[i].validate(text))
			return &kinds[i];
	return NULL;
}

char *
reference_unwrap(const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i].core && kinds[i].validate(text))
			return kinds[i].core(text);
	return NULL;
}
