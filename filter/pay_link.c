/*
 * pay_link.c - links to a page where a card or a service pays: templates of
 * the owner with names in braces, each value escaped as RFC 3986 wants it.
 */
#include "pay.h"

#include "match.h"
#include "print.h"

#include <string.h>

#include "../parser/parser.h"

#define URL_MOST 2000

/* The values, as text; the caller frees. NULL: there is none. */
static char *
value_of(const struct pay *pay, const char *name)
{
	g_autofree char *amount = money_format(pay->amount, pay->currency);

	if (strcmp(name, "amount") == 0)
		return g_steal_pointer(&amount);
	if (strcmp(name, "amount_comma") == 0)
		return g_strdelimit(g_steal_pointer(&amount), ".", ',');
	if (strcmp(name, "amount_minor") == 0)
		return g_strdup_printf("%" G_GINT64_FORMAT, pay->amount);
	if (strcmp(name, "currency_lower") == 0)
		return g_ascii_strdown(pay->currency, -1);
	if (strcmp(name, "reference") == 0)
		return pay_tight(pay->reference ? pay->reference : "");
	return g_strdup(strcmp(name, "number") == 0 ? pay->number
	    : strcmp(name, "currency") == 0 ? pay->currency
	    : strcmp(name, "date") == 0 ? pay->date
	    : strcmp(name, "due") == 0 ? pay->due
	    : strcmp(name, "po") == 0 ? pay->po
	    : strcmp(name, "email") == 0 ? pay->email
	    : strcmp(name, "customer") == 0 ? pay->debtor.name
	    : strcmp(name, "holder") == 0 ? pay->account->holder : NULL);
}

static const char *const names[] = {"number", "amount", "amount_comma",
    "amount_minor", "currency", "currency_lower", "reference", "date", "due",
    "po", "email", "customer", "holder", NULL};

/* "Card: https://…": where the address begins, NULL: nowhere. */
static const char *
address_of(const char *link)
{
	return strstr(link, "https://");
}

static char *
title_of(const char *link)
{
	g_autofree char *head = g_strndup(link,
	    (gsize)(address_of(link) - link));
	size_t n = strlen(g_strstrip(head));

	while (n > 0 && strchr(":=", head[n - 1]))
		head[--n] = 0;
	return pay_line(g_strstrip(head), 40);
}

static bool
is_known(const char *name)
{
	return g_strv_contains(names, name);
}

/* The name in braces at p; *end: its "}". NULL, or what is wrong. */
static char *
check_name(const char *link, const char *p, const char **end)
{
	g_autofree char *name = NULL, *known = NULL;

	*end = strchr(p, '}');
	if (!*end)
		return g_strdup_printf("\"%s\": \"{\" is not closed", link);
	name = g_strndup(p + 1, (gsize)(*end - p - 1));
	if (is_known(name))
		return NULL;
	known = g_strjoinv(", ", (char **)names);
	return g_strdup_printf("there is no {%s}; known are %s", name, known);
}

char *
pay_link_check(const char *link)
{
	const char *url = address_of(link), *path;
	char *why = NULL;

	if (!url || !g_ascii_isalnum(url[8]))
		return g_strdup_printf("\"%s\" is not like \"Card: "
		    "https://pay.example/{number}?amount={amount}\"; the "
		    "address begins with https:// and a host", link);
	path = url + 8 + strcspn(url + 8, "/?#");
	for (const char *p = url; !why && *p; p++) {
		if (*p <= ' ' || strchr("\"<>\\^`|", *p))
			return g_strdup_printf("the address \"%s\" holds a "
			    "character that no address has: escape it", url);
		if (*p == '}')
			return g_strdup_printf("\"%s\": \"}\" without \"{\"",
			    link);
		if (*p == '{' && p < path)
			return g_strdup_printf("\"%s\": the host must not come "
			    "from an invoice", link);
		if (*p == '{')
			why = check_name(link, p, &p);
	}
	return why;
}

static char *
fill(const struct pay *pay, const char *url)
{
	GString *out = g_string_new(NULL);

	while (*url) {
		size_t n = strcspn(url, "{");
		const char *end = strchr(url, '}');
		g_autofree char *name = NULL, *value = NULL, *escaped = NULL;

		g_string_append_len(out, url, (gssize)n);
		url += n;
		if (!*url || !end)
			break;
		name = g_strndup(url + 1, (gsize)(end - url - 1));
		value = value_of(pay, name);
		escaped = g_uri_escape_string(value ? value : "", NULL, FALSE);
		g_string_append(out, escaped);
		url = end + 1;
	}
	return g_string_free(out, FALSE);
}

static const char *
lacks(const struct account *account)
{
	return account->links && *account->links ? NULL : "payment-link";
}

static bool
is_usual(const struct account *account, const char *country,
    const char *currency)
{
	(void)country;
	(void)currency;
	return !lacks(account);
}

static void
each(const struct pay *pay, json_t *ways)
{
	for (char **link = pay->account->links; link && *link; link++) {
		g_autofree char *title = title_of(*link);
		g_autofree char *url = fill(pay, address_of(*link));
		g_autofree char *amount = money_format(pay->amount,
		    pay->currency);
		json_t *way;

		if (strlen(url) > URL_MOST)
			continue;
		way = json_pack("{s:s, s:b, s:{s:s, s:s}}", "kind", "link",
		    "is_link", true, "amount", "amount", amount, "currency",
		    pay->currency);
		if (*title)
			json_put(way, "title", title);
		json_put(way, "url", url);
		json_put(way, "payload", url);
		json_array_append_new(ways, way);
	}
}

const struct pay_way pay_link = {
    .name = "link", .lacks = lacks, .is_usual = is_usual,
    .scheme = "https", .each = each};
