/*
 * invoice_number.c - numbers of invoices by a pattern of the configuration
 * ("{YYYY}-{NNNN}"). What a number would be but for its counter is its series;
 * the store counts each series on. Pure.
 */
#include "invoice_number.h"

#include <string.h>

enum part { PART_TEXT, PART_YEAR, PART_YEAR2, PART_MONTH, PART_COUNTER, PART_CUSTOMER };

/* One part of a pattern; *text goes on behind it. False: a brace is wrong. */
static bool
next_part(const char **text, enum part *part, size_t *length)
{
	static const struct { const char *name; enum part part; } names[] = {
		{"{YYYY}", PART_YEAR}, {"{YY}", PART_YEAR2},
		{"{MM}", PART_MONTH}, {"{CUSTOMER}", PART_CUSTOMER},
	};
	const char *p = *text;
	size_t n;

	*part = PART_TEXT;
	*length = strcspn(p, "{}");
	if (*length) {
		*text += *length;
		return true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		*length = strlen(names[i].name);
		if (strncmp(p, names[i].name, *length) == 0) {
			*part = names[i].part;
			*text += *length;
			return true;
		}
	}
	n = *p == '{' ? strspn(p + 1, "N") : 0;
	*part = PART_COUNTER;
	*length = n;
	*text += n + 2;
	return n > 0 && n <= 12 && p[n + 1] == '}';
}

char *
series_pattern_check(const char *pattern, const char *reset)
{
	bool has[PART_CUSTOMER + 1] = {false};
	bool year, monthly = strcmp(reset, "month") == 0;
	int counters = 0;

	if (!*pattern || strlen(pattern) > 60)
		return g_strdup("has to be 1 to 60 characters");
	for (const char *p = pattern; *p;) {
		enum part part;
		size_t length;

		if (!next_part(&p, &part, &length))
			return g_strdup_printf("\"%s\" has a brace that is none "
			    "of {YYYY} {YY} {MM} {NNNN} {CUSTOMER}", pattern);
		has[part] = true;
		counters += part == PART_COUNTER;
	}
	year = has[PART_YEAR] || has[PART_YEAR2];
	if (counters != 1)
		return g_strdup_printf("\"%s\" needs one counter, such as "
		    "{NNNN}", pattern);
	if (strcmp(reset, "never") != 0 && has[PART_MONTH] && !year)
		return g_strdup_printf("\"%s\" has {MM} but no year: its "
		    "numbers would come again a year later", pattern);
	if ((monthly || strcmp(reset, "year") == 0) &&
	    (!year || (monthly && !has[PART_MONTH])))
		return g_strdup_printf("\"%s\" cannot begin anew each %s "
		    "without {YYYY}%s: its numbers would come again", pattern,
		    reset, monthly ? " and {MM}" : "");
	return NULL;
}

/* Does a part of the date stay open in the series, because its counter goes
 * on over it? */
static bool
goes_on(enum part part, const char *reset)
{
	bool year = part == PART_YEAR || part == PART_YEAR2;

	if (strcmp(reset, "never") == 0)
		return year || part == PART_MONTH;
	return strcmp(reset, "year") == 0 && part == PART_MONTH;
}

static void
append_part(GString *out, enum part part, const char *text, size_t length,
    const struct series_facts *facts)
{
	switch (part) {
	case PART_YEAR:
		g_string_append_len(out, facts->date, 4);
		break;
	case PART_YEAR2:
		g_string_append_len(out, facts->date + 2, 2);
		break;
	case PART_MONTH:
		g_string_append_len(out, facts->date + 5, 2);
		break;
	case PART_CUSTOMER:
		g_string_append(out, facts->customer);
		break;
	default:
		g_string_append_len(out, text, (gssize)length);
	}
}

char *
series_of(const char *pattern, const char *reset,
    const struct series_facts *facts, int *width)
{
	GString *out = g_string_new(NULL);

	for (const char *p = pattern; *p;) {
		const char *start = p;
		enum part part;
		size_t length;

		if (!next_part(&p, &part, &length))
			break;
		if (part == PART_COUNTER) {
			*width = (int)length;
			g_string_append(out, "{N}");
		} else if (goes_on(part, reset)) {
			g_string_append_len(out, start, p - start);
		} else {
			append_part(out, part, start, length, facts);
		}
	}
	return g_string_free(out, FALSE);
}

char *
series_number(const char *series, int width, const char *date, int64_t counter)
{
	const struct series_facts facts = {date, ""};
	GString *out = g_string_new(NULL);

	for (const char *p = series; *p;) {
		const char *start = p;
		enum part part;
		size_t length;

		if (!next_part(&p, &part, &length)) {
			p = start + 1;		/* a brace of a customer's key */
			g_string_append_c(out, *start);
		} else if (part == PART_COUNTER) {
			g_string_append_printf(out, "%0*" G_GINT64_FORMAT,
			    width, counter);
		} else {
			append_part(out, part, start, length, &facts);
		}
	}
	return g_string_free(out, FALSE);
}

static bool
read_digits(const char **text, size_t length, int64_t *value)
{
	const char *p = *text;

	*value = 0;
	for (; length && g_ascii_isdigit(*p); length--)
		*value = *value * 10 + (*p++ - '0');
	*text = p;
	return length == 0;
}

int64_t
series_counter(const char *series, int width, const char *number)
{
	int64_t counter = 0, ignored;

	for (const char *p = series; *p;) {
		const char *start = p;
		enum part part;
		size_t length, digits;

		if (!next_part(&p, &part, &length)) {
			p = start + 1;
			length = 1;
			part = PART_TEXT;
		}
		if (part == PART_COUNTER) {
			digits = strspn(number, "0123456789");
			if (digits == 0 || digits > 12 ||
			    (width && digits < (size_t)width) ||
			    (width && digits > (size_t)width && *number == '0'))
				return 0;
			read_digits(&number, digits, &counter);
		} else if (part == PART_TEXT) {
			if (strncmp(number, start, length) != 0)
				return 0;
			number += length;
		} else if (!read_digits(&number, part == PART_YEAR ? 4 : 2,
		    &ignored)) {
			return 0;
		}
	}
	return *number ? 0 : counter;
}
