/*
 * references.c - check digits of structured references. A check digit is a
 * filter: it tells what cannot be a reference, never what a payment is for.
 * Pure.
 */
#include "match.h"

#include <string.h>

/* Copies the letters and digits of text, upper case, without what people put
 * between; false when there is another character or no room. */
static bool
compact(const char *text, const char *between, char *out, size_t room)
{
	size_t n = 0;

	for (const char *p = text ? text : ""; *p; p++) {
		if (strchr(between, *p))
			continue;
		if (!g_ascii_isalnum(*p) || n + 1 >= room)
			return false;
		out[n++] = g_ascii_toupper(*p);
	}
	out[n] = 0;
	return n > 0;
}

static bool
all_digits(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

/* ISO 7064 MOD 97-10 going on from a remainder, A=10 .. Z=35. */
static int
mod97(const char *text, int remainder)
{
	for (; *text; text++) {
		int value = g_ascii_isdigit(*text) ? *text - '0'
						   : *text - 'A' + 10;

		remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
	}
	return remainder;
}

/* The first four characters count as the last. */
static bool
mod97_turned(const char *text)
{
	char head[5] = {text[0], text[1], text[2], text[3], 0};

	return mod97(head, mod97(text + 4, 0)) == 1;
}

bool
reference_is_rf(const char *text)
{
	char s[64];

	return compact(text, " ", s, sizeof(s)) && strlen(s) >= 5 &&
	    strlen(s) <= 25 && s[0] == 'R' && s[1] == 'F' &&
	    g_ascii_isdigit(s[2]) && g_ascii_isdigit(s[3]) && mod97_turned(s);
}

/* Lengths of ISO 13616 accounts; a country that is not listed may have any
 * length from 15 to 34. "RF" is no country: ISO 11649 has the same check. */
static const struct {
	char country[3];
	unsigned char length;
} iban_lengths[] = {
    {"AD", 24}, {"AT", 20}, {"BE", 16}, {"BG", 22}, {"CH", 21}, {"CY", 28},
    {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"EE", 20}, {"ES", 24}, {"FI", 18},
    {"FR", 27}, {"GB", 22}, {"GR", 27}, {"HR", 21}, {"HU", 28}, {"IE", 22},
    {"IS", 26}, {"IT", 27}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21},
    {"MC", 27}, {"MT", 31}, {"NL", 18}, {"NO", 15}, {"PL", 28}, {"PT", 25},
    {"RO", 24}, {"RS", 22}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27},
    {"TR", 26}, {"UA", 29},
};

bool
reference_is_iban(const char *text)
{
	char s[64];
	size_t n;

	if (!compact(text, " -", s, sizeof(s)))
		return false;
	n = strlen(s);
	if (n < 15 || n > 34 || !g_ascii_isalpha(s[0]) ||
	    g_str_has_prefix(s, "RF") || !g_ascii_isalpha(s[1]) || !g_ascii_isdigit(s[2]) ||
	    !g_ascii_isdigit(s[3]))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(iban_lengths); i++)
		if (strncmp(s, iban_lengths[i].country, 2) == 0 &&
		    n != iban_lengths[i].length)
			return false;
	return mod97_turned(s);
}

bool
reference_is_ogm(const char *text)
{
	char s[32];
	int rest;

	if (!compact(text, "+*/ .", s, sizeof(s)) || strlen(s) != 12 ||
	    !all_digits(s) || strspn(s, "0") == 12)
		return false;
	rest = (s[10] - '0') * 10 + s[11] - '0';
	s[10] = 0;
	return rest == (mod97(s, 0) ? mod97(s, 0) : 97);
}

bool
reference_is_qrr(const char *text)
{
	static const char next[] = {0, 9, 4, 6, 8, 2, 7, 1, 3, 5};
	char s[64];
	int carry = 0;
	size_t n;

	if (!compact(text, " ", s, sizeof(s)) || !all_digits(s))
		return false;
	n = strlen(s);
	if (n < 2 || n > 27 || strspn(s, "0") == n)
		return false;
	for (size_t i = 0; i + 1 < n; i++)
		carry = next[(carry + s[i] - '0') % 10];
	return (10 - carry) % 10 == s[n - 1] - '0';
}

char *
reference_make_rf(const char *core)
{
	char s[32];

	if (!compact(core, " -/.", s, sizeof(s)) || strlen(s) > 21)
		return NULL;
	return g_strdup_printf("RF%02d%s", 98 - mod97("RF00", mod97(s, 0)), s);
}
