/*
 * statement.c - the door: which format is it, and the two passes over it.
 * A format is one row of the table.
 */
#include "statement.h"

#include <string.h>

static const struct format *const formats[] = {
	&format_camt,
	&format_mt940,
	&format_ofx,
	&format_coda,
	&format_norma43,
	&format_bai2,
	&format_cnab,
	&format_csv,	/* last: it asks the mappings */
};

static const struct format *
find_format(struct input *input)
{
	char head[INPUT_HEAD + 1];
	size_t length = input_head(input, head);

	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (formats[i]->probe(head, length))
			return formats[i];
	return NULL;
}

/* One pass. NULL, or why it cannot be read. */
static char *
pass(const struct format *format, struct input *input, struct sink *sink)
{
	char *why = format->read(input, sink);

	if (!input_why(input))
		return why;
	g_free(why);
	return g_strdup(input_why(input));
}

static char *
read_twice(const struct format *format, struct input *input,
    struct sink *sink)
{
	char *why = pass(format, input, sink);

	if (why)
		return why;
	if (sink_statements(sink) == 0)
		return g_strdup("it holds no statement");
	sink_second_pass(sink);
	input_rewind(input);
	why = pass(format, input, sink);
	if (!why && sink_failed(sink))
		why = g_strdup("the events cannot be written");
	return why;
}

char *
statement_read(int fd, statement_write_fn *write, void *user, bool *known)
{
	struct input *input = input_open(fd);
	struct sink *sink = sink_new(write, user);
	const struct format *format = find_format(input);
	char *why = format ? read_twice(format, input, sink) :
	    g_strdup("no statement of a format that is known");

	*known = format != NULL;
	sink_free(sink);
	input_free(input);
	return why;
}

/* ---- help for formats ------------------------------------------------------------ */

static bool
all_digits(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isdigit(text[i]))
			return false;
	return true;
}

bool
statement_day(const char *digits, size_t length, char day[DAY_SIZE])
{
	day[0] = '\0';
	if ((length != 6 && length != 8) || !all_digits(digits, length))
		return false;
	if (length == 8)
		g_snprintf(day, DAY_SIZE, "%.4s-%.2s-%.2s", digits, digits + 4,
		    digits + 6);
	else
		g_snprintf(day, DAY_SIZE, "%s%.2s-%.2s-%.2s",
		    digits[0] >= '8' ? "19" : "20", digits, digits + 2,
		    digits + 4);
	if (day_number(day) == G_MININT32)
		day[0] = '\0';
	return day[0] != '\0';
}

bool
statement_amount(const char *text, size_t length, const char *currency,
    int64_t *minor)
{
	g_autofree char *plain = g_strndup(text, length);
	char *mark = strpbrk(plain, ",.");
	int digits = money_digits(currency);

	if (digits < 0 || !g_ascii_isdigit(*plain))
		return false;
	if (mark) {
		size_t keep = (size_t)digits + 1, n = strlen(mark);

		*mark = '.';
		while (n > keep && n > 1 && mark[n - 1] == '0')
			mark[--n] = '\0';
		if (n == 1)
			*mark = '\0';
	}
	return money_parse(plain, currency, minor);
}
