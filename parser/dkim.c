/*
 * dkim.c - the tag list of a DKIM-Signature field (RFC 6376, 3.2 and 3.5).
 * Nothing is verified here: our mail server did, we look at what was signed.
 */
#include "auth.h"

#include <string.h>

static char *
without_blanks(const char *from, size_t length)
{
	GString *out = g_string_sized_new(length);

	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isspace(from[i]))
			g_string_append_c(out, from[i]);
	return g_string_free(out, FALSE);
}

static bool
is_tag_name(const char *name)
{
	if (!g_ascii_isalpha(*name))
		return false;
	for (; *name; name++)
		if (!g_ascii_isalnum(*name) && *name != '_')
			return false;
	return true;
}

GHashTable *
dkim_parse(const char *value)
{
	g_autoptr(GHashTable) tags =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_auto(GStrv) specs = g_strsplit(value, ";", 64);

	for (char **spec = specs; *spec; spec++) {
		const char *equals;
		char *name;

		g_strstrip(*spec);
		if (!**spec && !spec[1])
			break;	/* a semicolon may end the list */
		equals = strchr(*spec, '=');
		if (!equals)
			return NULL;
		name = g_strndup(*spec, (gsize)(equals - *spec));
		g_strstrip(name);
		if (!is_tag_name(name) || g_hash_table_contains(tags, name)) {
			g_free(name);
			return NULL;
		}
		g_hash_table_insert(tags, name,
		    without_blanks(equals + 1, strlen(equals + 1)));
	}
	return g_steal_pointer(&tags);
}

bool
dkim_covers(GHashTable *tags, const char *field)
{
	const char *h = g_hash_table_lookup(tags, "h");
	g_auto(GStrv) names = g_strsplit(h ? h : "", ":", -1);

	for (char **name = names; *name; name++)
		if (g_ascii_strcasecmp(*name, field) == 0)
			return true;
	return false;
}
