/*
 * accounts.c - account numbers as they are compared: separators off, masks
 * kept, and what two ways of writing one account have in common. Pure.
 */
#include "match.h"

#include <string.h>

#define TAIL 4			/* digits that a mask leaves at the end */

/* What stands for hidden characters, beside runs of X. */
static bool
is_mask(gunichar c)
{
	return c == '*' || c == '#' || c == 0x2022 || c == 0x2026 ||
	    c == 0x00B7 || c == 0x25CF || c == 0x2217 || c == 0x2731 ||
	    c == 0x00D7;
}

/* "XX1234", "NL12XXXX3456": two X or more, digits after; but "XX" of an
 * IBAN's country has none before it. */
static size_t
run_of_x(const char *p)
{
	size_t n = strspn(p, "Xx");

	return n >= 2 && (p[n] == ' ' || p[n] == '-' || g_ascii_isdigit(p[n]))
	    ? n
	    : 0;
}

char *
account_normalise(const char *text)
{
	GString *out = g_string_new(NULL);
	bool domestic;

	if (!text)
		return g_string_free(out, FALSE);
	/* "123-45/0800": the separators tell the prefix and the bank apart. */
	domestic = strchr(text, '/') != NULL &&
	    strspn(text, "0123456789-/ ") == strlen(text);
	for (const char *p = text; *p;) {
		gunichar c = g_utf8_get_char_validated(p, -1);
		size_t hidden = run_of_x(p);

		if (hidden || (c < (gunichar)-2 && is_mask(c))) {
			if (c == 0x2026)
				g_string_append(out, "**");
			g_string_append(out, "*");
			p += hidden ? 1 : g_utf8_skip[*(const guchar *)p];
			for (; hidden > 1; hidden--, p++)
				g_string_append_c(out, '*');
			continue;
		}
		if (strncmp(p, "...", 3) == 0) {
			g_string_append(out, "***");
			p += strspn(p, ".");
			continue;
		}
		if (g_ascii_isalnum(*p) ||
		    (domestic && (*p == '-' || *p == '/')))
			g_string_append_c(out, g_ascii_toupper(*p));
		p++;
	}
	return g_string_free(out, FALSE);
}

bool
account_is_masked(const char *account)
{
	return strchr(account, '*') != NULL;
}

char *
account_tail(const char *account)
{
	size_t n = strlen(account);

	return n < TAIL || strchr(account + n - TAIL, '*')
	    ? NULL
	    : g_strdup(account + n - TAIL);
}

/* What is legible at both ends fits the other. */
static bool
fits_mask(const char *masked, const char *account)
{
	size_t head = strcspn(masked, "*");
	const char *tail = strrchr(masked, '*') + 1;

	if (head + strlen(tail) > strlen(account))
		return false;
	return strncmp(masked, account, head) == 0 &&
	    g_str_has_suffix(account, tail);
}

bool
account_same(const char *a, const char *b)
{
	const char *longer = strlen(a) >= strlen(b) ? a : b;
	const char *shorter = longer == a ? b : a;

	if (strcmp(a, b) == 0)
		return true;
	if (account_is_masked(a) || account_is_masked(b)) {
		const char *masked = account_is_masked(a) ? a : b;
		const char *other = masked == a ? b : a;

		return !account_is_masked(other) && fits_mask(masked, other);
	}
	/* the domestic number inside the IBAN, with leading zeros or not */
	shorter = token_skip_zeros(shorter);
	return strlen(shorter) >= 6 && g_ascii_isalpha(longer[0]) &&
	    strspn(shorter, "0123456789") == strlen(shorter) &&
	    g_str_has_suffix(longer, shorter);
}

/* ISO 13616: the two check digits of a country's account. */
static int
check_digits(const char *country, const char *bban)
{
	int rest = 0;

	for (int pass = 0; pass < 3; pass++) {
		const char *p = pass == 0 ? bban : pass == 1 ? country : "00";

		for (; *p; p++) {
			int value = g_ascii_isdigit(*p) ? *p - '0'
							: *p - 'A' + 10;

			rest = (value > 9 ? rest * 100 : rest * 10) + value;
			rest %= 97;
		}
	}
	return 98 - rest;
}

static char *
from_czech(const char *account, const char *country)
{
	const char *slash = strchr(account, '/');
	const char *dash = strchr(account, '-');
	g_autofree char *prefix = dash && dash < slash
	    ? g_strndup(account, (gsize)(dash - account))
	    : g_strdup("");
	const char *number = dash && dash < slash ? dash + 1 : account;
	g_autofree char *digits = g_strndup(number, (gsize)(slash - number));
	g_autofree char *bban = NULL;

	if (strlen(slash + 1) != 4 || strlen(prefix) > 6 ||
	    strlen(digits) > 10 || !*digits)
		return NULL;
	bban = g_strdup_printf("%s%06" G_GINT64_FORMAT "%010" G_GINT64_FORMAT,
	    slash + 1, g_ascii_strtoll(prefix, NULL, 10),
	    g_ascii_strtoll(digits, NULL, 10));
	return g_strdup_printf("%s%02d%s", country,
	    check_digits(country, bban), bban);
}

static char *
to_czech(const char *iban)
{
	g_autofree char *prefix = g_strndup(iban + 8, 6);
	const char *number = token_skip_zeros(iban + 14);
	const char *short_prefix = token_skip_zeros(prefix);

	return strcmp(short_prefix, "0") == 0
	    ? g_strdup_printf("%s/%.4s", number, iban + 4)
	    : g_strdup_printf("%s-%s/%.4s", short_prefix, number, iban + 4);
}

char **
account_forms(const char *account)
{
	GPtrArray *out = g_ptr_array_new();

	g_ptr_array_add(out, g_strdup(account));
	if (strchr(account, '/')) {
		static const char *const countries[] = {"CZ", "SK"};

		for (size_t i = 0; i < G_N_ELEMENTS(countries); i++) {
			char *iban = from_czech(account, countries[i]);

			if (iban)
				g_ptr_array_add(out, iban);
		}
	} else if ((g_str_has_prefix(account, "CZ") ||
		       g_str_has_prefix(account, "SK")) &&
	    strlen(account) == 24 && !account_is_masked(account)) {
		g_ptr_array_add(out, to_czech(account));
	}
	g_ptr_array_add(out, NULL);
	return (char **)g_ptr_array_free(out, FALSE);
}
