/*
 * landmark.c - words that stand in every text that a pattern can match, found
 * without compiling it. A bank has some twenty templates and a mail is read
 * by one; compiling all of them would cost more than all the rest.
 */
#include "bankfile.h"

#include <string.h>

#define SHORTEST 4	/* letters of a word that is worth a search */

/* Behind the class that begins at p. */
static const char *
skip_class(const char *p)
{
	p += p[1] == '^' ? 2 : 1;
	if (*p == ']')
		p++;
	while (*p && *p != ']')
		p += *p == '\\' && p[1] ? 2 : 1;
	return *p ? p + 1 : p;
}

/* Behind {field} or {n,m}. */
static const char *
skip_braces(const char *p)
{
	p += strcspn(p, "}");
	return *p ? p + 1 : p;
}

/* Behind the group that begins at p. */
static const char *
skip_group(const char *p)
{
	unsigned depth = 0;

	while (*p) {
		if (*p == '[') {
			p = skip_class(p);
			continue;
		}
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return p + 1;
		p++;
	}
	return p;
}

/* Behind anything that is no plain character. */
static const char *
skip_special(const char *p)
{
	switch (*p) {
	case '(':
		return skip_group(p);
	case '[':
		return skip_class(p);
	case '{':
		return skip_braces(p);
	case '\\':
		return p[1] ? p + 2 : p + 1;
	default:
		return p + 1;
	}
}

static bool
has_word(const char *text, const char *word, size_t length)
{
	char copy[40];

	g_strlcpy(copy, word, MIN(length + 1, sizeof(copy)));
	return strcasestr(text, copy) != NULL;
}

/* Is there a choice on the top level? Then no word must be there. */
static bool
is_choice(const char *pattern)
{
	for (const char *p = pattern; *p; p = skip_special(p))
		if (*p == '|')
			return true;
	return false;
}

bool
landmark_missing(const char *pattern, const char *text)
{
	const char *p = pattern;

	if (is_choice(pattern))
		return false;
	while (*p) {
		const char *word = p;
		size_t length;

		while (g_ascii_isalnum(*p))
			p++;
		length = (size_t)(p - word);
		/* The last letter may be optional, or get a mark. */
		if (length > 0 && *p && (strchr("?*+{", *p) || (*p & 0x80)))
			length--;
		if (length >= SHORTEST && !has_word(text, word, length))
			return true;
		if (*p && !g_ascii_isalnum(*p))
			p = skip_special(p);
	}
	return false;
}
