/*
 * csvrows.c - rows of a CSV file (RFC 4180, with any delimiter), and the
 * cells of amounts and days as banks write them.
 */
#include "csv.h"

#include <string.h>

#define ROW_LINES 200u		/* of one row, through quoted line ends */
#define ROW_CELLS 200u

/* ---- rows ------------------------------------------------------------------- */

/* One more cell. False: its quote is not closed on this line. */
static bool
take_cell(const char **at, char delimiter, GString *cell)
{
	const char *p = *at;
	bool quoted = *p == '"';

	p += quoted;
	for (; *p; p++) {
		if (quoted && *p == '"') {
			if (p[1] != '"') {
				quoted = false;
				continue;	/* what follows is odd, but is */
			}
			p++;
		} else if (!quoted && *p == delimiter) {
			break;
		}
		g_string_append_c(cell, *p);
	}
	*at = p;
	return !quoted;
}

bool
csv_split(const char *line, char delimiter, GPtrArray *cells)
{
	g_ptr_array_set_size(cells, 0);
	for (;;) {
		GString *cell = g_string_new(NULL);
		bool whole = take_cell(&line, delimiter, cell);

		g_ptr_array_add(cells,
		    g_strstrip(g_string_free(cell, FALSE)));
		if (!whole)
			return false;
		if (*line++ == '\0' || cells->len >= ROW_CELLS)
			return true;
	}
}

bool
csv_next(struct input *input, char delimiter, GPtrArray *cells, char **why)
{
	const char *line = input_line(input);
	g_autoptr(GString) text = NULL;
	unsigned lines = 1;

	if (!line)
		return false;
	if (csv_split(line, delimiter, cells))
		return true;
	text = g_string_new(line);
	while (lines++ < ROW_LINES && (line = input_line(input))) {
		g_string_append_c(text, '\n');
		g_string_append(text, line);
		if (csv_split(text->str, delimiter, cells))
			return true;
	}
	*why = input_problem(input, "a quote is never closed");
	return false;
}

/* ---- amounts ---------------------------------------------------------------- */

/* What may stand around the figures: a currency, blanks, signs. */
static bool
is_dressing(gunichar c)
{
	return g_unichar_isalpha(c) || g_unichar_isspace(c) || c == '.' ||
	    g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL ||
	    g_unichar_type(c) == G_UNICODE_FORMAT || c == '\'' ||
	    (c < 0x80 && strchr("+-()", (int)c)) || c == 0x2212;
}

static bool
is_dressed(const char *text, const char *end, bool *negative)
{
	for (; text < end; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (!is_dressing(c))
			return false;
		if (c == '-' || c == 0x2212 || c == '(')
			*negative = true;
	}
	return true;
}

bool
csv_amount(const struct csvmap *map, const char *text, const char *currency,
    int64_t *minor)
{
	const struct number_habit habit = {map->decimal, map->grouping};
	size_t start = strcspn(text, "0123456789");
	const char *end = text + strlen(text);
	g_autofree char *core = NULL;
	bool negative = false, good;

	while (end > text && !g_ascii_isdigit(end[-1]))
		end--;
	if (!text[start] || !is_dressed(text, text + start, &negative) ||
	    !is_dressed(end, end + strlen(end), &negative))
		return false;
	core = g_strndup(text + start, (size_t)(end - text) - start);
	if (start > 0 && text[start - 1] == *map->decimal)
		core = g_strconcat("0", map->decimal, core, NULL);
	good = money_read(core, &habit, currency, minor);
	if (!good) {	/* fewer decimals than the currency has: "7.5" */
		char *mark = strstr(core, map->decimal);

		if (mark && strpbrk(mark + 1, ".,' "))
			return false;
		if (mark)
			*mark = '.';
		good = strspn(core, "0123456789.") == strlen(core) &&
		    statement_amount(core, strlen(core), currency, minor);
	}
	if (good && negative)
		*minor = -*minor;
	return good;
}

/* ---- days ------------------------------------------------------------------- */

bool
csv_day(const struct csvmap *map, const char *text, char day[DAY_SIZE])
{
	g_autofree char *part = g_strdup(text);
	size_t digits = strspn(text, "0123456789");
	char *last;

	if (digits == 8 && text[digits] == '\0')
		return statement_day(text, 8, day);
	for (;;) {	/* a time behind it is cut off */
		size_t length = strlen(part);

		while (length && strchr("., ", part[length - 1]))
			part[--length] = '\0';
		if (length && habits_read_day(part, &map->day, NULL, day))
			return true;
		last = strrchr(part, ' ');
		if (!last)
			last = strchr(part, 'T');
		if (!last)
			break;
		*last = '\0';
	}
	day[0] = '\0';
	return false;
}
