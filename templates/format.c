/*
 * format.c - writes amounts, days, times and numbers from their plain forms.
 * Digits are only ever copied: no number is computed, so none can change.
 */
#include "format.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

char *
format_fill(const char *pattern, const char *const *parts, int count)
{
	GString *out = g_string_new(NULL);

	for (; *pattern; pattern++) {
		int part = *pattern == '@' ? pattern[1] - '1' : -1;

		if (part >= 0 && part < count)
			g_string_append(out, parts[part]);
		else
			g_string_append_c(out, *pattern);
		pattern += part >= 0 && part < count;
	}
	return g_string_free(out, FALSE);
}

bool
format_is_decimal(const char *text)
{
	size_t whole, part;

	text += *text == '-';
	whole = strspn(text, "0123456789");
	if (!whole || whole > 30)
		return false;
	if (!text[whole])
		return true;
	part = strspn(text + whole + 1, "0123456789");
	return text[whole] == '.' && part && part <= 30 &&
	    !text[whole + 1 + part];
}

bool
format_is_day(const char *text)
{
	int year, month, day;

	if (strlen(text) != 10 || strspn(text, "0123456789-") != 10 ||
	    text[4] != '-' || text[7] != '-' ||
	    sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3)
		return false;
	return year > 0 && month > 0 && day > 0 &&
	    g_date_valid_dmy((GDateDay)day, (GDateMonth)month,
	        (GDateYear)year);
}

/* Does a group end after this digit of so many? The sizes are counted from
 * the right, the last one repeats: "3", in India "3 2". */
static bool
ends_group(size_t left, const char *sizes)
{
	size_t size = 3;

	while (left > 0) {
		if (g_ascii_isdigit(*sizes))
			size = (size_t)(*sizes++ - '0');
		sizes += *sizes == ' ';
		if (!size || left < size)
			return false;
		left -= size;
	}
	return true;
}

char *
format_decimal(const char *decimal, const struct language *language)
{
	const char *sizes = language_text(language, "grouping_sizes", "3");
	const char *least = language_text(language, "grouped_from", "4");
	GString *out;
	size_t whole;

	if (!format_is_decimal(decimal))
		return g_strdup(decimal);
	out = g_string_new(*decimal == '-' ? "-" : "");
	decimal += *decimal == '-';
	whole = strspn(decimal, "0123456789");
	for (size_t i = 0; i < whole; i++) {
		if (i && whole >= (size_t)g_ascii_strtoull(least, NULL, 10) &&
		    ends_group(whole - i, sizes))
			g_string_append(out,
			    language_text(language, "grouping", ""));
		g_string_append_c(out, decimal[i]);
	}
	if (decimal[whole])
		g_string_append(out, language_text(language, "decimal", "."));
	if (decimal[whole])
		g_string_append(out, decimal + whole + 1);
	return g_string_free(out, FALSE);
}

char *
format_percent(const char *decimal, const struct language *language)
{
	g_autofree char *number = format_decimal(decimal, language);

	return format_fill(language_text(language, "percent", "@1%"),
	    (const char *const[]){number}, 1);
}

char *
format_money(const char *decimal, const char *currency,
    const struct language *language)
{
	g_autofree char *key = g_strconcat("symbol.", currency, NULL);
	const char *symbol = language_text(language, key, NULL);
	bool negative = format_is_decimal(decimal) && *decimal == '-';
	g_autofree char *number = format_decimal(decimal + negative, language);
	g_autofree char *money = format_fill(
	    language_text(language, symbol ? "money" : "money_code", "@1 @2"),
	    (const char *const[]){number, symbol ? symbol : currency}, 2);

	return g_strconcat(negative ? "-" : "", money, NULL);
}

/* Is the number one of those in the list? */
static bool
is_listed(const char *number, const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	return g_strv_contains((const char *const *)words, number);
}

char *
format_day(const char *day, const struct language *language)
{
	char year[5] = "", number[3] = "";
	const char *elided = language_text(language, "elided", "");
	g_autofree char *month = NULL, *first = NULL, *written = NULL;

	if (!format_is_day(day))
		return g_strdup(day);
	g_strlcpy(year, day, sizeof year);
	g_strlcpy(number, day + 8 + (day[8] == '0'), sizeof number);
	month = g_strdup_printf("month.%d", g_ascii_digit_value(day[5]) * 10 +
	    g_ascii_digit_value(day[6]));
	first = g_strconcat("day.", number, NULL);
	written = format_fill(language_text(language, "day", "@3-@2-@1"),
	    (const char *const[]){language_text(language, first, number),
	        language_text(language, month, ""), year}, 3);
	return g_strconcat(is_listed(number, elided) ? ELISION_MARK : "",
	    written, NULL);
}

/* "Z" or "+01:00" */
static bool
is_zone(const char *text)
{
	return !strcmp(text, "Z") ||
	    (strlen(text) == 6 && strchr("+-", text[0]) &&
	        g_ascii_isdigit(text[1]) && g_ascii_isdigit(text[2]) &&
	        text[3] == ':' && g_ascii_isdigit(text[4]) &&
	        g_ascii_isdigit(text[5]));
}

char *
format_time(const char *time, const struct language *language)
{
	g_autofree char *day = g_strndup(time, 10), *clock = NULL;
	g_autofree char *written = NULL, *result = NULL;
	const char *zone;
	int hour, minute, second;

	if (!format_is_day(day) || strlen(time) < 20 || time[10] != 'T' ||
	    strspn(time + 11, "0123456789:") != 8 ||
	    sscanf(time + 11, "%2d:%2d:%2d", &hour, &minute, &second) != 3 ||
	    hour > 23 || minute > 59 || second > 60)
		return NULL;
	zone = time + 19;
	if (!is_zone(zone))
		return NULL;
	clock = g_strdup_printf("%02d:%02d", hour, minute);
	written = format_day(day, language);
	result = format_fill(language_text(language, "time", "@1, @2"),
	    (const char *const[]){written, clock}, 2);
	return *zone == 'Z' ? g_strconcat(result, " UTC", NULL) :
			      g_steal_pointer(&result);
}

char *
format_iban(const char *iban)
{
	GString *out = g_string_new(NULL);
	int count = 0;

	for (; *iban; iban++) {
		if (*iban == ' ')
			continue;
		if (count && count % 4 == 0)
			g_string_append_c(out, ' ');
		g_string_append_c(out, *iban);
		count++;
	}
	return g_string_free(out, FALSE);
}
