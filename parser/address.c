/*
 * address.c - mailboxes and message identifiers out of raw fields: one
 * grammar that is strict (whom do we trust?), one that is sloppy (could it be
 * for us? could somebody take it for the bank?).
 */
#include "header.h"

#include <string.h>

static bool
is_atom_char(char c)
{
	return g_ascii_isalnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* ---- strict ------------------------------------------------------------------ */

/* Past a dot-atom; NULL when there is none. */
static const char *
skip_dot_atom(const char *p)
{
	for (;;) {
		if (!is_atom_char(*p))
			return NULL;
		while (is_atom_char(*p))
			p++;
		if (*p != '.')
			return p;
		p++;
	}
}

/* Past a domain of at least two labels of letters, digits and hyphens. */
static const char *
skip_domain(const char *p)
{
	int labels = 0;

	for (;;) {
		const char *label = p;

		while (g_ascii_isalnum(*p) || *p == '-')
			p++;
		if (p == label || p - label > 63 || *label == '-' ||
		    p[-1] == '-')
			return NULL;
		labels++;
		if (*p != '.')
			return labels > 1 ? p : NULL;
		p++;
	}
}

static const char *
skip_addr_spec(const char *p)
{
	p = skip_dot_atom(p);
	return p && *p == '@' ? skip_domain(p + 1) : NULL;
}

/* Past a phrase of atoms (with dots, as people write "J. Doe"), encoded words
 * and quoted strings. */
static const char *
skip_phrase(const char *p)
{
	for (;;) {
		p += strspn(p, " \t");
		if (*p == '"') {
			for (p++; *p && *p != '"'; p++)
				if (*p == '\\' && *++p == '\0')
					return NULL;
			if (*p++ != '"')
				return NULL;
		} else if (is_atom_char(*p)) {
			while (is_atom_char(*p) || *p == '.')
				p++;
		} else {
			return p;
		}
	}
}

static char *
copy_address(const char *from, const char *end)
{
	char *copy = g_strndup(from, (gsize)(end - from));

	for (char *p = strrchr(copy, '@'); *p; p++)
		*p = g_ascii_tolower(*p);
	return copy;
}

char *
header_strict_mailbox(const char *value, const char **why)
{
	const char *p = value, *end;

	*why = "From is not one plain mailbox";
	for (; *p; p++)
		if ((unsigned char)*p >= 127 ||
		    ((unsigned char)*p < 32 && *p != '\t')) {
			*why = "From holds bytes that are not ASCII text";
			return NULL;
		}
	p = value + strspn(value, " \t");
	end = skip_addr_spec(p);
	if (end && end[strspn(end, " \t")] == '\0')
		return copy_address(p, end);
	p = skip_phrase(p);
	if (!p || *p != '<')
		return NULL;
	p++;
	end = skip_addr_spec(p);
	if (!end || *end != '>' || end[1 + strspn(end + 1, " \t")] != '\0')
		return NULL;
	return copy_address(p, end);
}

/* ---- sloppy ------------------------------------------------------------------ */

static bool
is_address_char(char c)
{
	return is_atom_char(c) || c == '.' || c == '@' || (c & 0x80);
}

/* Every run of address characters with an at sign in it, quoted ones too: who
 * asks wants to know of all that might be read. */
GPtrArray *
header_addresses(const char *value)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);

	for (const char *p = value; p && *p;) {
		size_t n = 0;

		while (is_address_char(p[n]))
			n++;
		if (n > 2 && n < 320 && memchr(p + 1, '@', n - 2))
			g_ptr_array_add(found,
			    g_ascii_strdown(p, (gssize)n));
		p += n ? n : 1;
	}
	return found;
}

/* Without comments; quoted strings become Q, so that no sign in them counts. */
static char *
plain_list(const char *value)
{
	GString *out = g_string_new(NULL);
	int depth = 0;

	for (const char *p = value; *p; p++) {
		if (*p == '"' && depth == 0) {
			for (p++; *p && *p != '"'; p++)
				if (*p == '\\' && p[1])
					p++;
			g_string_append_c(out, 'Q');
			if (!*p)
				break;
		} else if (*p == '\\' && p[1]) {
			p++;
		} else if (*p == '(') {
			depth++;
		} else if (*p == ')' && depth > 0) {
			depth--;
		} else if (depth == 0) {
			g_string_append_c(out, *p);
		}
	}
	return g_string_free(out, FALSE);
}

GPtrArray *
header_recipients(const char *value)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *plain = plain_list(value);
	g_auto(GStrv) items = g_strsplit_set(plain, ",;", -1);

	for (char **item = items; *item; item++) {
		char *open = strrchr(*item, '<');
		char *one = open ? open + 1 : *item;
		const char *end;

		g_strstrip(one);
		end = skip_addr_spec(one);
		if (end && (open ? strcmp(end, ">") == 0 : *end == '\0'))
			g_ptr_array_add(found,
			    g_ascii_strdown(one, (gssize)(end - one)));
	}
	return found;
}

GPtrArray *
header_message_ids(const char *value)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	const char *p = value;

	while (p && (p = strchr(p, '<'))) {
		size_t n = strcspn(p, " \t>");

		if (p[n] == '>' && n > 3 && n < 990 && memchr(p, '@', n))
			g_ptr_array_add(found, g_strndup(p, n + 1));
		p++;
	}
	return found;
}
