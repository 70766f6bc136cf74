/*
 * format.c - writes amounts, days, times and numbers from their plain forms.
 * Digits are only ever copied: no number is computed, so none can change.
 */
#include "format.h"
#include "templates.h"

#include <stdio.h>
#include <string.h>

/* Puts parts[0] in the place of @1, and so on. */
static char *
fill(const char *pattern, const char *const *parts)
{
	GString *out = g_string_new(NULL);

	for (; *pattern; pattern++)
		if (*pattern == '@')
			g_string_append(out, parts[*++pattern - '1']);
		else
			g_string_append_c(out, *pattern);
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

char *
format_decimal(const char *decimal, const struct language *language)
{
	GString *out;
	size_t whole;

	if (!format_is_decimal(decimal))
		return g_strdup(decimal);
	out = g_string_new(*decimal == '-' ? "-" : "");
	decimal += *decimal == '-';
	whole = strspn(decimal, "0123456789");
	for (size_t i = 0; i < whole; i++) {
		if (i && (whole - i) % 3 == 0 &&
		    whole >= (size_t)language->least_grouped)
			g_string_append(out, language->grouping);
		g_string_append_c(out, decimal[i]);
	}
	if (decimal[whole])
		g_string_append(out, language->decimal);
	if (decimal[whole])
		g_string_append(out, decimal + whole + 1);
	return g_string_free(out, FALSE);
}

char *
format_percent(const char *decimal, const struct language *language)
{
	g_autofree char *number = format_decimal(decimal, language);

	return fill(language->percent, (const char *const[]){number});
}

char *
format_money(const char *decimal, const char *currency, const char *code)
{
	const struct language *language = language_find(code);
	const char *pattern = language->money_code, *symbol = currency;
	bool negative = format_is_decimal(decimal) && *decimal == '-';
	g_autofree char *number = format_decimal(decimal + negative, language);
	g_autofree char *money = NULL;

	for (const struct symbol *s = language->symbols; s->currency; s++) {
		if (strcmp(s->currency, currency) != 0)
			continue;
		symbol = s->text;
		pattern = language->money;
	}
	money = fill(pattern, (const char *const[]){number, symbol});
	return g_strconcat(negative ? "-" : "", money, NULL);
}

char *
format_day(const char *day, const char *code)
{
	const struct language *language = language_find(code);
	char year[5] = "", number[3] = "";
	int month;

	if (!format_is_day(day) || sscanf(day + 5, "%2d", &month) != 1)
		return g_strdup(day);
	g_strlcpy(year, day, sizeof year);
	g_strlcpy(number, day + 8 + (day[8] == '0'), sizeof number);
	return fill(language->day, (const char *const[]){number,
	    language->months[month - 1], year});
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
	written = format_day(day, language->code);
	result = fill(language->time, (const char *const[]){written, clock});
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
