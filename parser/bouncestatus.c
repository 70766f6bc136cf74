/*
 * bouncestatus.c - the status of a delivery (RFC 3463): as a field gives it,
 * as a server's reply gives it ("550 5.1.1 ..."), or as its words mean it.
 */
#include "bounce.h"

#include <string.h>

/* Length of a status "C.S.D" at p, 0 when there is none: no address or
 * version of a program. */
static size_t
status_length(const char *p)
{
	size_t n = strspn(p, "0123456789.");
	const char *dot = n > 2 ? memchr(p + 2, '.', n - 2) : NULL;

	if (n > 0 && p[n - 1] == '.')
		n--;
	if (n < 5 || n > 9 || !strchr("245", p[0]) || p[1] != '.' || !dot ||
	    dot == p + 2 || dot - p > 5 || dot - p >= (ptrdiff_t)n - 1 ||
	    memchr(dot + 1, '.', (size_t)(p + n - dot - 1)))
		return 0;
	return n;
}

char *
status_of_field(const char *value)
{
	for (const char *p = value; p && *p; p++) {
		size_t n = status_length(p);

		if (n > 0)
			return g_strndup(p, n);
		p += strspn(p, "0123456789.");
		if (!*p)
			break;
	}
	return NULL;
}

/* A reply code of a failure at p: "550 ", "550-" and such. */
static bool
is_reply_code(const char *text, const char *p)
{
	return (p == text || !strchr("0123456789.-/:", p[-1])) &&
	    (*p == '4' || *p == '5') && p[1] >= '0' && p[1] <= '7' &&
	    g_ascii_isdigit(p[2]) && p[3] && strchr(" -\t\n:,;)]", p[3]) &&
	    !(p[3] == ':' && g_ascii_isdigit(p[4]));
}

/* What stands right behind a reply code. */
static const char *
behind_code(const char *p)
{
	p += 3;
	return p + strspn(p, " -\t#([:");
}

char *
status_of_reply(const char *text)
{
	char *vague = NULL;

	for (const char *p = text; p && *p; p++) {
		const char *at = is_reply_code(text, p) ? behind_code(p) :
		    strchr("#([", *p) ? p + 1 + (p[1] == '#') : NULL;
		size_t n = at ? status_length(at) : 0;

		if (n == 0 || *at == '2')
			continue;
		if (!g_str_has_prefix(at + 1, ".0.0")) {
			g_free(vague);
			return g_strndup(at, n);
		}
		if (!vague)
			vague = g_strndup(at, n);
	}
	return vague;
}

/* The class of the first reply code; '\0' when there is none. */
static char
class_of(const char *text)
{
	for (const char *p = text; *p; p++)
		if (is_reply_code(text, p))
			return *p;
	return '\0';
}

char *
status_of_text(const struct phrases *phrases, const char *text)
{
	char *status = status_of_reply(text), class = class_of(text);
	const char *meant;

	if (status)
		return status;
	meant = phrases_status(phrases, text);
	if (!meant && !class)
		return NULL;
	status = g_strdup(meant ? meant : "5.0.0");
	if (class)
		*status = class;
	return status;
}
