/*
 * columns.c - lines of fixed columns.
 */
#include "columns.h"
#include "statement.h"

#include <stdlib.h>
#include <string.h>

char *
columns_exact(const char *line, unsigned first, unsigned last)
{
	GString *out = g_string_new(NULL);

	for (unsigned i = 1; *line && i < first; i++)
		line = g_utf8_next_char(line);
	for (unsigned i = first; i <= last; i++) {
		if (*line) {
			g_string_append_unichar(out, g_utf8_get_char(line));
			line = g_utf8_next_char(line);
		} else {
			g_string_append_c(out, ' ');
		}
	}
	return g_string_free(out, FALSE);
}

char *
columns_text(const char *line, unsigned first, unsigned last)
{
	return g_strstrip(columns_exact(line, first, last));
}

char
columns_char(const char *line, unsigned column)
{
	g_autofree char *text = columns_exact(line, column, column);

	return g_ascii_isprint(*text) ? *text : '?';
}

bool
columns_amount(const char *line, unsigned first, unsigned last,
    unsigned decimals, const char *currency, int64_t *minor)
{
	g_autofree char *text = columns_text(line, first, last);
	g_autofree char *plain = NULL;
	size_t length = strlen(text);

	*minor = 0;
	if (length == 0)
		return true;
	if (length <= decimals || strspn(text, "0123456789") != length)
		return false;
	plain = g_strdup_printf("%.*s.%s", (int)(length - decimals), text,
	    text + length - decimals);
	return statement_amount(plain, strlen(plain), currency, minor);
}

long
columns_number(const char *line, unsigned first, unsigned last)
{
	g_autofree char *text = columns_text(line, first, last);

	return text[strspn(text, "0123456789")] ? -1 : strtol(text, NULL, 10);
}

bool
columns_day(const char *line, unsigned first, unsigned last,
    char day[DAY_SIZE])
{
	g_autofree char *text = columns_text(line, first, last);
	char turned[9];

	day[0] = '\0';
	if (strlen(text) != last + 1 - first ||
	    (strlen(text) != 6 && strlen(text) != 8))
		return false;
	g_snprintf(turned, sizeof turned, "%s%.2s%.2s", text + 4, text + 2,
	    text);
	return statement_day(turned, strlen(turned), day);
}

char *
columns_squeeze(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (*from != ' ' || (to > text && to[-1] != ' '))
			*to++ = *from;
	*to = '\0';
	return g_strchomp(text);
}

void
columns_reference(struct event *event, const char *text)
{
	text += strspn(text, "0 ");
	if (strpbrk(text, "123456789"))
		event_add_reference(event, text);
}
