/*
 * money.c - exact money: decimal text to int64 minor units and back.
 *
 * No double anywhere. The table is ISO 4217 (list one: active codes and
 * their minor units; "N.A." codes such as XAU are not money here), typed in
 * from the published standard. Nothing above MONEY_MAX is read, so that the
 * sum of some hundred amounts cannot overflow.
 */
#include "parser.h"

#include <string.h>

#define MONEY_MAX INT64_C(10000000000000000)	/* 1e16 minor units */

static const struct {
	int digits;
	const char *codes;	/* each three letters and a space */
} minor_units[] = {
	{2, "EUR USD GBP CHF CZK PLN INR SGD ZAR RUB "
	    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD "
	    "BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHW CNY COP "
	    "COU CRC CUP CVE DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP "
	    "GMD GTQ GYD HKD HNL HTG HUF IDR ILS IRR JMD KES KGS KHR KPW "
	    "KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU "
	    "MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN "
	    "PGK PHP PKR QAR RON RSD SAR SBD SCR SDG SEK SHP SLE SOS SRD "
	    "SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USN "
	    "UYU UZS VED VES WST XCD XCG YER ZMW ZWG "
	    /* Withdrawn (list three), in older statements. */
	    "ATS CYP DEM EEK FIM FRF HRK IEP LTL LVL MTL NLG SIT SKK "},
	{0, "JPY BIF CLP DJF GNF ISK KMF KRW PYG RWF UGX UYI VND VUV XAF "
	    "XOF XPF "},
	{3, "BHD IQD JOD KWD LYD OMR TND "},
	{4, "CLF UYW "},
};

int
money_digits(const char *currency)
{
	if (!currency || strlen(currency) != 3)
		return -1;
	for (int i = 0; i < 3; i++)
		if (!g_ascii_isupper(currency[i]))
			return -1;
	for (size_t i = 0; i < G_N_ELEMENTS(minor_units); i++)
		for (const char *p = minor_units[i].codes; *p; p += 4)
			if (memcmp(p, currency, 3) == 0)
				return minor_units[i].digits;
	return -1;
}

/* One more digit behind a value; false when it grows too big. */
static bool
push_digit(int64_t *value, char digit)
{
	if (*value > MONEY_MAX / 10)
		return false;
	*value = *value * 10 + (digit - '0');
	return *value <= MONEY_MAX;
}

/* Appends the decimals in text (only digits up to end, at most `digits`, all
 * that the currency has are filled up with noughts). */
static bool
push_decimals(int64_t *value, const char *text, const char *end, int digits)
{
	int count = 0;

	for (; text < end; text++, count++)
		if (!g_ascii_isdigit(*text) || count == digits ||
		    !push_digit(value, *text))
			return false;
	for (; count < digits; count++)
		if (!push_digit(value, '0'))
			return false;
	return true;
}

bool
money_parse(const char *text, const char *currency, int64_t *minor)
{
	int digits = money_digits(currency);
	int64_t value = 0;
	bool negative;
	const char *p = text;

	if (digits < 0 || !text)
		return false;
	negative = *p == '-';
	p += negative;
	if (!g_ascii_isdigit(*p))
		return false;
	for (; g_ascii_isdigit(*p); p++)
		if (!push_digit(&value, *p))
			return false;
	if (*p == '.' && (digits == 0 || !p[1]))
		return false;
	if (*p && *p++ != '.')
		return false;
	if (!push_decimals(&value, p, p + strlen(p), digits))
		return false;
	*minor = negative ? -value : value;
	return true;
}

char *
money_format(int64_t minor, const char *currency)
{
	int digits = money_digits(currency);
	uint64_t value = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
	uint64_t unit = 1;
	const char *sign = minor < 0 ? "-" : "";

	if (digits <= 0)
		return g_strdup_printf("%s%" G_GUINT64_FORMAT, sign, value);
	for (int i = 0; i < digits; i++)
		unit *= 10;
	return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT,
	    sign, value / unit, digits, value % unit);
}

/* ---- as banks and people write it ---------------------------------------- */

/* The kind of space that may group digits, folded to one. */
static gunichar
fold_space(gunichar c)
{
	return c == 0xa0 || c == 0x2009 || c == 0x202f || c == 0x2007 ? ' ' : c;
}

static bool
is_grouping(const struct number_habit *habit, gunichar c)
{
	if (!habit->grouping || !c)
		return false;
	for (const char *p = habit->grouping; *p; p = g_utf8_next_char(p))
		if (fold_space(g_utf8_get_char(p)) == fold_space(c))
			return true;
	return false;
}

/* Are the groups' lengths (in order) those of thousands, or Indian ones? */
static bool
groups_stand_right(const int *length, int count)
{
	int inner = count > 2 ? length[1] : 3;

	if (count == 1)
		return true;
	if (length[count - 1] != 3 || length[0] < 1 || length[0] > inner)
		return false;
	for (int i = 1; i < count - 1; i++)
		if (length[i] != inner)
			return false;
	return inner == 3 || inner == 2;
}

/* The whole part with its groups; *end is behind it. */
static bool
read_whole(const char *text, const struct number_habit *habit,
    int64_t *value, const char **end)
{
	int length[16] = {0}, count = 1;
	gunichar separator = 0;
	const char *p = text;

	if (*p == '0' && g_ascii_isdigit(p[1]))
		return false;
	for (; *p; p = g_utf8_next_char(p)) {
		gunichar c = fold_space(g_utf8_get_char(p));

		if (c < 0x80 && g_ascii_isdigit((char)c)) {
			if (!push_digit(value, (char)c))
				return false;
			length[count - 1]++;
			continue;
		}
		if (!is_grouping(habit, c) || (separator && c != separator))
			break;
		separator = c;
		if (length[count - 1] == 0 || count == 16)
			return false;
		count++;
	}
	*end = p;
	if (count > 1 && *text == '0')
		return false;
	return length[0] > 0 && groups_stand_right(length, count);
}

/* What stands behind the decimal mark: all the decimals of the currency; a
 * dash ("50.-", "50,\u2014") and, where it has none, "00" mean nought. */
static bool
read_decimals(const char *text, int digits, int64_t *value)
{
	static const char *const dashes[] = {"-", "--", "\u2013", "\u2014"};
	size_t length = strlen(text);

	for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++)
		if (strcmp(text, dashes[i]) == 0)
			return push_decimals(value, text, text, digits);
	if (digits == 0)
		return strcmp(text, "00") == 0;
	if (length != (size_t)digits)
		return false;
	return push_decimals(value, text, text + length, digits);
}

bool
money_read(const char *text, const struct number_habit *habit,
    const char *currency, int64_t *minor)
{
	int digits = money_digits(currency);
	int64_t value = 0;
	bool negative = false;
	const char *rest;
	size_t mark = habit->decimal ? strlen(habit->decimal) : 0;

	if (digits < 0 || !text || !g_utf8_validate(text, -1, NULL))
		return false;
	if (g_str_has_prefix(text, "\u2212")) {
		negative = true;
		text += strlen("\u2212");
	} else if (*text == '-' || *text == '+') {
		negative = *text++ == '-';
	}
	if (!read_whole(text, habit, &value, &rest))
		return false;
	if (!*rest) {
		if (!push_decimals(&value, rest, rest, digits))
			return false;
	} else if (mark == 0 || strncmp(rest, habit->decimal, mark) != 0 ||
	    !read_decimals(rest + mark, digits, &value)) {
		return false;
	}
	*minor = negative ? -value : value;
	return true;
}
