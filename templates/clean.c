/*
 * clean.c - what may go into a letter: the last gate before the MIME library,
 * which would let control characters and foreign grammar through.
 */
#include "letter.h"

#include <string.h>

#define MAX_ADDRESS 254		/* RFC 5321 4.5.3.1, with RFC 3696 errata */
#define MAX_LOCAL 64
#define MAX_LABEL 63
#define MAX_MESSAGE_ID 250

/* Controls, marks and overrides of direction, separators of lines, tags, and
 * code points that are no characters. */
static bool
is_hidden(gunichar c)
{
	static const struct { gunichar from, to; } ranges[] = {
	    {0x0000, 0x001f}, {0x007f, 0x009f}, {0x061c, 0x061c},
	    {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x206f},
	    {0xfdd0, 0xfdef}, {0xfff9, 0xfffb}, {0xfffe, 0xffff},
	    {0xe0000, 0xe007f}};

	for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	return false;
}

bool
text_is_clean(const char *text, bool lines)
{
	if (!g_utf8_validate(text, -1, NULL))
		return false;
	for (; *text; text = g_utf8_next_char(text)) {
		if (lines && *text == '\n')
			continue;
		if (is_hidden(g_utf8_get_char(text)))
			return false;
	}
	return true;
}

/* Dot-atom: atoms of these characters with single dots between them. */
static bool
is_dot_atom(const char *text, size_t length, const char *more, size_t limit)
{
	size_t atom = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.' && !atom)
			return false;
		if (text[i] == '.') {
			atom = 0;
			continue;
		}
		if (!g_ascii_isalnum(text[i]) &&
		    (!text[i] || !strchr(more, text[i])))
			return false;
		if (++atom > limit)
			return false;
	}
	return atom > 0;
}

static bool
domain_is_valid(const char *domain, size_t length)
{
	if (!is_dot_atom(domain, length, "-", MAX_LABEL))
		return false;
	for (size_t i = 0; i < length; i++)
		if (domain[i] == '-' &&
		    (i == 0 || i == length - 1 || domain[i - 1] == '.' ||
		        domain[i + 1] == '.'))
			return false;
	return memchr(domain, '.', length) ||
	    (length == 9 && !memcmp(domain, "localhost", 9));
}

bool
address_is_valid(const char *address, size_t length)
{
	const char *at = memchr(address, '@', length);
	size_t local = at ? (size_t)(at - address) : 0;

	return length <= MAX_ADDRESS && local && local <= MAX_LOCAL &&
	    is_dot_atom(address, local, "!#$%&'*+-/=?^_`{|}~", MAX_LOCAL) &&
	    domain_is_valid(at + 1, length - local - 1);
}

bool
message_id_is_valid(const char *text, size_t length)
{
	int ats = 0;

	if (length < 5 || length > MAX_MESSAGE_ID || text[0] != '<' ||
	    text[length - 1] != '>' || text[1] == '@' ||
	    text[length - 2] == '@')
		return false;
	for (size_t i = 1; i < length - 1; i++) {
		if (!g_ascii_isgraph(text[i]) || strchr("<>()[]\\,;:\"", text[i]))
			return false;
		ats += text[i] == '@';
	}
	return ats == 1;
}
