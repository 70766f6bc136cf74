/*
 * pay_text.c - text as payment codes want it: one line, bounded, in the
 * characters that banks take; and references as people read them. Pure.
 */
#include "pay.h"

#include "match.h"
#include "names.h"

#include <string.h>

char *
pay_line(const char *text, size_t most)
{
	g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
	GString *out = g_string_new(NULL);
	size_t n = 0;
	bool blank = false;

	for (const char *p = valid; *p && n < most; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isspace(c) || g_unichar_iscntrl(c) ||
		    g_unichar_type(c) == G_UNICODE_FORMAT) {
			blank = out->len > 0;
			continue;
		}
		if (blank && ++n >= most)
			break;
		if (blank)
			g_string_append_c(out, ' ');
		blank = false;
		g_string_append_unichar(out, c);
		n++;
	}
	return g_string_free(out, FALSE);
}

/* One character in ASCII letters, small ones small. */
static void
append_ascii(GString *out, gunichar c)
{
	char word[7] = {0};
	gsize from = out->len;

	g_unichar_to_utf8(c, word);
	translit_word(word, 0, out);
	if (!g_unichar_isupper(c) && !g_unichar_istitle(c))
		for (gsize i = from; i < out->len; i++)
			out->str[i] = g_ascii_tolower(out->str[i]);
}

char *
pay_ascii(const char *text, size_t most, const char *kept)
{
	g_autofree char *line = pay_line(text, G_MAXSIZE);
	g_autoptr(GString) plain = g_string_new(NULL);

	for (const char *p = line; *p; p = g_utf8_next_char(p)) {
		gsize from = plain->len;

		if (*p > 0)
			g_string_append_c(plain, *p);
		else
			append_ascii(plain, g_utf8_get_char(p));
		for (gsize i = from; i < plain->len; i++)
			if (!g_ascii_isalnum(plain->str[i]) &&
			    (plain->str[i] < 0 ||
			    !strchr(kept, plain->str[i])))
				plain->str[i] = ' ';
	}
	return pay_line(plain->str, most);
}

char *
pay_tight(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; text && *text; text++)
		if (g_ascii_isgraph(*text))
			g_string_append_c(out, *text);
	return g_string_free(out, FALSE);
}

/* In groups of "each", the first may be shorter. */
static char *
grouped(const char *text, size_t first, size_t each)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; text[i]; i++) {
		if (i >= first && (i - first) % each == 0 && i > 0)
			g_string_append_c(out, ' ');
		g_string_append_c(out, text[i]);
	}
	return g_string_free(out, FALSE);
}

char *
pay_reference_shown(const char *reference)
{
	g_autofree char *tight = pay_tight(reference);
	size_t n = strlen(tight);

	if (reference_is_rf(tight))
		return grouped(tight, 4, 4);
	if (n == 27 && reference_is_qrr(tight))
		return grouped(tight, 2, 5);
	return g_strdup(reference);
}

char *
pay_message(const struct pay *pay, size_t most)
{
	g_autofree char *all = pay_line(pay->reference ? pay->reference
						       : pay->number, 1000);
	char *end;

	if (strlen(all) <= most)
		return g_steal_pointer(&all);
	/* whole numbers only: half a number is another one */
	all[most + 1] = 0;
	end = strrchr(all, ' ');
	if (!end)
		return g_strdup("");
	*end = 0;
	return g_steal_pointer(&all);
}
