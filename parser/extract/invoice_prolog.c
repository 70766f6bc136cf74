/*
 * invoice_prolog.c - does a file begin as an e-invoice does? Declarations and
 * comments (some programs put pages of them there) are passed by, then the
 * root element has its name.
 */
#include "invoice.h"

#include <string.h>

#define LOOK 65536u		/* bytes in which the root element must come */

static const char *const roots[] = {"Invoice", "CreditNote",
    "CrossIndustryInvoice", "CrossIndustryDocument", NULL};

/* Behind one declaration or comment; NULL: it does not end here. */
static const char *
pass_by(const char *text)
{
	const char *end = g_str_has_prefix(text, "<!--") ? "-->" : ">";
	const char *found = strstr(text + (end[0] == '-' ? 4 : 2), end);

	return found ? found + strlen(end) : NULL;
}

/* UTF-16 looks like this without its zeros, too. */
static char *
start_of(const char *bytes, size_t length)
{
	char *start = g_malloc(MIN(length, LOOK) + 1);
	size_t n = 0;

	for (size_t i = 0; i < MIN(length, LOOK); i++)
		if (bytes[i])
			start[n++] = bytes[i];
	start[n] = '\0';
	return start;
}

enum meaning
invoice_meaning(const char *bytes, size_t length)
{
	g_autofree char *start = start_of(bytes, length), *name = NULL;
	enum meaning unsure = length < LOOK ? MEANING_OPEN : MEANING_OTHER;
	const char *at = start, *colon;

	if (g_str_has_prefix(at, "\xef\xbb\xbf"))
		at += 3;
	else if (g_str_has_prefix(at, "\xff\xfe") ||
	    g_str_has_prefix(at, "\xfe\xff"))
		at += 2;
	for (;;) {
		while (g_ascii_isspace(*at))
			at++;
		if (*at && *at != '<')
			return MEANING_OTHER;
		if (!*at || !at[1])
			return unsure;
		if (at[1] != '?' && at[1] != '!')
			break;
		at = pass_by(at);
		if (!at)
			return unsure;
	}
	name = g_strndup(at + 1, strcspn(at + 1, " \t\r\n/>"));
	if (!at[1 + strlen(name)])
		return unsure;
	colon = strchr(name, ':');
	return g_strv_contains(roots, colon ? colon + 1 : name) ?
	    MEANING_INVOICE : MEANING_OTHER;
}
