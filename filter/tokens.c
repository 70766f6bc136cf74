/*
 * tokens.c - text as it is compared: folded to plain upper-case characters
 * and cut into runs of letters and runs of digits. Payers type a number with
 * a Cyrillic A or a Greek O, and banks cut it anywhere; after folding and
 * joining the runs it is the same again. Pure.
 */
#include "match.h"

#include <string.h>

/* Letters that look like Latin capitals. */
static const struct {
	gunichar from;
	char to;
} looks_like[] = {
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'},
    {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'},
    {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x0405, 'S'},
    {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'},
    {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'},
    {0x0421, 'C'}, {0x0422, 'T'}, {0x0423, 'Y'}, {0x0425, 'X'}, {0x0474, 'V'},
    {0x04AE, 'Y'}, {0x04BA, 'H'}, {0x04C0, 'I'}, {0x051A, 'Q'}, {0x051C, 'W'},
};

static gunichar
fold_character(gunichar c)
{
	c = g_unichar_toupper(c);
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2043)
		return '-';
	if (c < 0x0391)
		return c;
	if (g_unichar_isdigit(c))
		return (gunichar)('0' + g_unichar_digit_value(c));
	for (size_t i = 0; i < G_N_ELEMENTS(looks_like); i++)
		if (looks_like[i].from == c)
			return (gunichar)looks_like[i].to;
	return c;
}

/* Most texts are plain ASCII: nothing to resolve. */
static bool
is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static char *
fold_any(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *flat =
	    g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
	GString *out = g_string_new(NULL);

	for (const char *p = flat; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_ismark(c) ||
		    g_unichar_type(c) == G_UNICODE_FORMAT)
			continue;
		g_string_append_unichar(out, fold_character(c));
	}
	return g_string_free(out, FALSE);
}

char *
token_fold(const char *text)
{
	text = text ? text : "";
	return is_ascii(text) ? g_ascii_strup(text, -1) : fold_any(text);
}

static bool
is_alnum(gunichar c)
{
	return c < 0x80 ? g_ascii_isalnum((char)c) : g_unichar_isalnum(c);
}

static bool
is_digit(gunichar c)
{
	return c < 0x80 ? g_ascii_isdigit((char)c) : g_unichar_isdigit(c);
}

char *
token_squeeze(const char *text)
{
	char *out = token_fold(text), *to = out;

	for (const char *p = out; *p;) {
		const char *next = g_utf8_next_char(p);

		if (is_alnum(g_utf8_get_char(p)))
			while (p < next)
				*to++ = *p++;
		p = next;
	}
	*to = '\0';
	return out;
}

/* One block with its text. */
static struct token *
token_new(const char *text, size_t n)
{
	struct token *token = g_malloc0(sizeof(*token) + n + 1);

	token->text = (char *)(token + 1);
	memcpy(token->text, text, n);
	return token;
}

GPtrArray *
token_split(const char *text)
{
	g_autofree char *folded = token_fold(text);
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	const char *p = folded;
	int gap = 0;
	bool blank = false;
	char before = 0, joint = 0;

	while (*p) {
		gunichar c = g_utf8_get_char(p);
		bool digits = is_digit(c);
		const char *end = p;
		struct token *token;

		if (!is_alnum(c)) {
			gap++;
			blank |= g_unichar_isspace(c);
			before = c < 0x80 ? (char)c : 0;
			joint = before && before != ' ' && before != '\n'
			    ? before : joint;
			p = g_utf8_next_char(p);
			continue;
		}
		do {
			end = g_utf8_next_char(end);
			c = g_utf8_get_char(end);
		} while (is_alnum(c) && is_digit(c) == digits);
		token = token_new(p, (size_t)(end - p));
		token->gap = gap;
		token->blank = blank;
		token->digits = digits;
		token->before = before;
		token->joint = joint;
		g_ptr_array_add(out, token);
		gap = 0;
		blank = false;
		before = joint = 0;
		p = end;
	}
	return out;
}

bool
token_in_list(const char *const *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

const char *
token_skip_zeros(const char *digits)
{
	while (*digits == '0' && digits[1])
		digits++;
	return digits;
}
