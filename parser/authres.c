/*
 * authres.c - reads one Authentication-Results field (RFC 8601, 2.2): nested
 * comments, quoted strings, versions. Whatever is not in the grammar makes
 * the whole field void; only the values of properties may hold more than
 * their grammar allows (a base64 slash in header.b).
 */
#include "auth.h"

#include <string.h>

static void
free_property(gpointer data)
{
	struct authres_property *property = data;

	g_free(property->ptype);
	g_free(property->name);
	g_free(property->value);
	g_free(property);
}

static void
free_result(gpointer data)
{
	struct authres_result *result = data;

	g_free(result->method);
	g_free(result->result);
	g_ptr_array_unref(result->properties);
	g_free(result);
}

void
authres_free(struct authres *authres)
{
	if (!authres)
		return;
	g_free(authres->id);
	g_ptr_array_unref(authres->results);
	g_free(authres);
}

/* ---- tokens: each moves *p on and is false (or NULL) when it is not there -- */

/* [CFWS] */
static bool
skip_cfws(const char **p)
{
	int depth = 0;

	for (;; (*p)++) {
		if (depth > 0 && **p == '\\' && (*p)[1])
			(*p)++;
		else if (**p == '(')
			depth++;
		else if (depth > 0 && **p == ')')
			depth--;
		else if (**p == '\0')
			return depth == 0;
		else if (depth == 0 && **p != ' ' && **p != '\t')
			return true;
	}
}

static bool
is_token_char(char c)
{
	return c > 32 && c < 127 && !strchr("()<>@,;:\\\"/[]?=", c);
}

static bool
is_keyword_char(char c)
{
	return g_ascii_isalnum(c) || c == '-';
}

static bool
is_value_char(char c)
{
	return c > 32 && c < 127 && !strchr("();\"", c);
}

static char *
read_run(const char **p, bool (*is_part)(char))
{
	const char *from = *p;

	while (is_part(**p))
		(*p)++;
	return *p > from ? g_strndup(from, (gsize)(*p - from)) : NULL;
}

static char *
read_keyword(const char **p)
{
	char *word = skip_cfws(p) ? read_run(p, is_keyword_char) : NULL;
	char *lower = word ? g_ascii_strdown(word, -1) : NULL;

	g_free(word);
	return lower;
}

static char *
read_quoted(const char **p)
{
	GString *out = g_string_new(NULL);

	for ((*p)++; **p && **p != '"'; (*p)++) {
		if (**p == '\\' && (*p)[1])
			(*p)++;
		g_string_append_c(out, **p);
	}
	if (**p != '"') {
		g_string_free(out, TRUE);
		return NULL;
	}
	(*p)++;
	return g_string_free(out, FALSE);
}

static char *
read_value(const char **p, bool (*is_part)(char))
{
	if (!skip_cfws(p))
		return NULL;
	return **p == '"' ? read_quoted(p) : read_run(p, is_part);
}

static bool
read_sign(const char **p, char sign)
{
	if (!skip_cfws(p) || **p != sign)
		return false;
	(*p)++;
	return true;
}

static bool
read_number(const char **p, unsigned *out)
{
	int digits = 0;

	*out = 0;
	for (; g_ascii_isdigit(**p) && digits < 6; (*p)++, digits++)
		*out = *out * 10 + (unsigned)(**p - '0');
	return digits > 0 && !g_ascii_isdigit(**p);
}

static bool
at_end(const char **p)
{
	return skip_cfws(p) && (**p == '\0' || **p == ';');
}

/* ---- the grammar ----------------------------------------------------------- */

/* propspec, or reasonspec in the first place */
static bool
read_property(const char **p, bool first, struct authres_result *result)
{
	g_autofree char *ptype = read_keyword(p), *name = NULL, *value = NULL;
	struct authres_property *property;

	if (!ptype)
		return false;
	if (first && strcmp(ptype, "reason") == 0 && skip_cfws(p) &&
	    **p == '=') {
		(*p)++;
		value = read_value(p, is_token_char);
		return value != NULL;
	}
	if (!read_sign(p, '.') || !(name = read_keyword(p)) ||
	    !read_sign(p, '=') || !(value = read_value(p, is_value_char)))
		return false;
	property = g_new0(struct authres_property, 1);
	property->ptype = g_steal_pointer(&ptype);
	property->name = g_steal_pointer(&name);
	property->value = g_steal_pointer(&value);
	g_ptr_array_add(result->properties, property);
	return true;
}

/* A blank or a comment must stand between two specs. */
static bool
is_separated(const char *p)
{
	return *p == ' ' || *p == '\t' || *p == '(' || *p == ';' || *p == '\0';
}

/* resinfo, behind its semicolon */
static bool
read_result(const char **p, struct authres *authres)
{
	struct authres_result *result = g_new0(struct authres_result, 1);

	result->version = 1;
	result->properties = g_ptr_array_new_with_free_func(free_property);
	g_ptr_array_add(authres->results, result);
	result->method = read_keyword(p);
	if (!result->method || !skip_cfws(p))
		return false;
	if (**p == '/') {
		(*p)++;
		if (!skip_cfws(p) || !read_number(p, &result->version))
			return false;
	}
	if (!read_sign(p, '='))
		return false;
	result->result = read_keyword(p);
	if (!result->result || !is_separated(*p))
		return false;
	for (bool first = true; !at_end(p); first = false)
		if (!read_property(p, first, result) ||
		    !is_separated(*p))
			return false;
	return true;
}

static bool
is_none(const char **p)
{
	const char *at = *p;
	g_autofree char *word = read_keyword(&at);

	if (!word || strcmp(word, "none") != 0 || !at_end(&at) || *at)
		return false;
	*p = at;
	return true;
}

static bool
read_payload(const char *p, struct authres *authres)
{
	authres->id = read_value(&p, is_token_char);
	if (!authres->id || !is_separated(p) || !skip_cfws(&p))
		return false;
	if (g_ascii_isdigit(*p) && (!read_number(&p, &authres->version) ||
	    !at_end(&p)))
		return false;
	if (*p != ';')
		return false;
	p++;
	if (is_none(&p))
		return true;
	for (;;) {
		if (!read_result(&p, authres))
			return false;
		if (*p == '\0')
			return true;
		p++;
	}
}

struct authres *
authres_parse(const char *value)
{
	struct authres *authres = g_new0(struct authres, 1);

	authres->version = 1;
	authres->results = g_ptr_array_new_with_free_func(free_result);
	if (read_payload(value, authres))
		return authres;
	authres_free(authres);
	return NULL;
}

const char *
authres_property(const struct authres_result *result, const char *ptype,
    const char *name)
{
	const char *found = NULL;

	for (guint i = 0; i < result->properties->len; i++) {
		const struct authres_property *property =
		    result->properties->pdata[i];

		if (strcmp(property->ptype, ptype) != 0 ||
		    strcmp(property->name, name) != 0)
			continue;
		if (found)
			return NULL;
		found = property->value;
	}
	return found;
}
