/*
 * lex.c - cuts text into words, figures and signs.
 */
#include "lex.h"

#include <string.h>

#define TABLE 0x600	/* Latin, Greek, Cyrillic: folded by a table */

/* Letters whose accent Unicode does not take apart. */
static gunichar
fold_stroke(gunichar c)
{
	switch (c) {
	case 0xdf:	return 's';
	case 0xe6:	return 'e';
	case 0xf8:	return 'o';
	case 0x111:	return 'd';
	case 0x131:	return 'i';
	case 0x142:	return 'l';
	case 0x153:	return 'e';
	case 0x2019: case 0x2018: case 0x2bc: return '\'';
	case 0x2010: case 0x2011: case 0x2012: return '-';
	case 0x2013: case 0x2212: return '-';
	case 0x3001: return ',';
	case 0x3002: return '.';
	default:	return c;
	}
}

static gunichar
fold_slowly(gunichar c)
{
	gunichar base[8];

	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	else if (c == 0xffe5)
		c = 0xa5;
	if (g_unichar_fully_decompose(c, FALSE, base, 8) > 1 &&
	    !g_unichar_ismark(base[0]))
		c = base[0];
	if (g_unichar_ismark(c))
		return 0;
	return fold_stroke(g_unichar_tolower(c));
}

gunichar
lex_fold(gunichar c)
{
	static uint16_t table[TABLE];
	static bool made;

	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c >= TABLE)
		return fold_slowly(c);
	for (gunichar i = 0; !made && i < TABLE; i++)
		table[i] = (uint16_t)fold_slowly(i);
	made = true;
	return table[c];
}

/* Chinese, Japanese, Thai: no blanks between words. */
static bool
stands_alone(gunichar c)
{
	return (c >= 0x0e00 && c <= 0x0e7f) || (c >= 0x3040 && c <= 0x30ff) ||
	    (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	    (c >= 0xff66 && c <= 0xff9f);
}

static enum lex_kind
kind_of(gunichar c)
{
	if (c < 0x80) {
		if (g_ascii_isalpha((char)c))
			return LEX_WORD;
		if (g_ascii_isdigit((char)c))
			return LEX_NUMBER;
		return c == '$' ? LEX_MONEY : c == '\t' ? LEX_TAB :
		    c == '\n' ? LEX_LINE : LEX_SIGN;
	}
	if (g_unichar_isalpha(c))
		return LEX_WORD;
	return g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL ? LEX_MONEY :
	    LEX_SIGN;
}

static bool
is_blank(gunichar c)
{
	return c == ' ' || c == '\r' || c == 0xa0 ||
	    (c >= 0x80 && g_unichar_type(c) == G_UNICODE_SPACE_SEPARATOR);
}

static gunichar
peek(const char *p, const char **next)
{
	if ((unsigned char)*p < 0x80) {
		*next = p + (*p != '\0');
		return (unsigned char)*p;
	}
	*next = g_utf8_next_char(p);
	return g_utf8_get_char(p);
}

static void
append(struct lex_token *token, gunichar c)
{
	if (token->length + 4 > LEX_WORD_MAX)
		return;
	if (c < 0x80)
		token->folded[token->length++] = (char)c;
	else
		token->length += (unsigned)g_unichar_to_utf8(c,
		    token->folded + token->length);
}

/* The rest of a word or number; p is behind its first character. */
static const char *
take_rest(const char *p, struct lex_token *token)
{
	while (*p) {
		const char *next;
		gunichar c = lex_fold(peek(p, &next));

		if (c && (kind_of(c) != token->kind || stands_alone(c)))
			break;
		if (c)
			append(token, c);
		p = next;
	}
	return p;
}

void
lex_next(const char *text, uint32_t *at, struct lex_token *token)
{
	const char *p = text + *at, *next = p;
	gunichar c = 0;

	token->blank = false;
	token->length = 0;
	for (; *p; p = next) {
		gunichar raw = peek(p, &next);

		c = lex_fold(raw);
		if (is_blank(raw))
			token->blank = true;
		else if (c)
			break;
	}
	token->start = (uint32_t)(p - text);
	token->c = c;
	token->kind = LEX_END;
	if (*p) {
		token->kind = kind_of(c);
		if (token->kind <= LEX_MONEY)
			append(token, c);
		p = next;
		if ((token->kind == LEX_WORD && !stands_alone(c)) ||
		    token->kind == LEX_NUMBER)
			p = take_rest(p, token);
	}
	token->end = (uint32_t)(p - text);
	*at = token->end;
}
