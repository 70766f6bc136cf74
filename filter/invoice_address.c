/*
 * invoice_address.c - a postal address in lines as street, postcode, city: only
 * where the country's own form of the last line leaves no doubt. Pure.
 */
#include "invoice_party.h"

#include <string.h>

#define PREFIX "(?:[A-Z]{1,3}[- ])?"
#define CITY "\\s+(?<city>\\p{L}.*)$"

/* How the line with the city looks, by country. */
static const struct {
	const char *countries, *pattern;
} forms[] = {
	{"AT BE BG CH CY DK HU LI LU LV NO SI AU NZ ZA TN",
	    "^" PREFIX "(?<postcode>\\d{4})" CITY},
	{"DE ES FR IT FI EE HR LT MX TR UA MC RS BA ME SM VA MA",
	    "^" PREFIX "(?<postcode>\\d{5})" CITY},
	{"CZ SK GR SE", "^" PREFIX "(?<postcode>\\d{3} ?\\d{2})" CITY},
	{"RO RU KZ BY IN SG CN", "^" PREFIX "(?<postcode>\\d{6}),?" CITY},
	{"NL", "^" PREFIX "(?<postcode>\\d{4} ?[A-Z]{2})" CITY},
	{"PL", "^" PREFIX "(?<postcode>\\d{2}-\\d{3})" CITY},
	{"PT", "^" PREFIX "(?<postcode>\\d{4}-\\d{3})" CITY},
	{"BR", "^" PREFIX "(?<postcode>\\d{5}-\\d{3})" CITY},
	{"GB GG IM JE", "^(?<city>\\p{L}[^\\d]*?),?\\s+(?<postcode>[A-Z]{1,2}"
	    "\\d[A-Z\\d]? \\d[A-Z]{2})$"},
	{"US PR", "^(?<city>\\p{L}[^\\d,]*),?\\s+(?<region>[A-Z]{2})\\s+"
	    "(?<postcode>\\d{5}(?:-\\d{4})?)$"},
	{"CA", "^(?<city>\\p{L}[^\\d,]*),?\\s+(?<region>[A-Z]{2})\\s+"
	    "(?<postcode>[A-Z]\\d[A-Z] ?\\d[A-Z]\\d)$"},
};

static const char *
form_of(const char *country)
{
	for (size_t i = 0; country && i < G_N_ELEMENTS(forms); i++)
		if (strlen(country) == 2 && strstr(forms[i].countries, country))
			return forms[i].pattern;
	return NULL;
}

static void
put_match(json_t *address, const GMatchInfo *match, const char *name)
{
	g_autofree char *text = g_match_info_fetch_named(match, name);

	if (text && *text && !json_object_get(address, name))
		json_object_set_new(address, name, json_string(text));
}

static bool
take_city(const char *line, const char *country, json_t *address)
{
	static const char *const names[] = {"postcode", "city", "region"};
	const char *form = form_of(country);
	g_autoptr(GRegex) regex = form ? g_regex_new(form, G_REGEX_OPTIMIZE, 0,
	    NULL) : NULL;
	g_autoptr(GMatchInfo) match = NULL;

	if (!regex || !g_regex_match(regex, line, 0, &match))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (i < 2 || strstr(form, "<region>"))
			put_match(address, match, names[i]);
	return true;
}

/* The lines that say something, without the name on top of them. */
static GPtrArray *
lines_of(const char *text, const char *name, char ***store)
{
	GPtrArray *lines = g_ptr_array_new();
	const char *marks = strchr(text, '\n') ? "\n" : ",";

	*store = g_strsplit(text, marks, -1);
	for (char **line = *store; *line; line++) {
		g_strstrip(*line);
		if (**line && (lines->len || g_strcmp0(*line, name) != 0))
			g_ptr_array_add(lines, *line);
	}
	return lines;
}

void
address_split(const char *text, const char *name, const char *country,
    json_t *address)
{
	static const char *const keys[] = {"street", "street2", "street3"};
	g_auto(GStrv) store = NULL;
	g_autoptr(GPtrArray) lines = lines_of(text, name, &store);
	guint count = lines->len;

	if (count > 1 && take_city(lines->pdata[count - 1], country, address))
		count--;
	for (guint i = 0; i < count && i < G_N_ELEMENTS(keys); i++)
		if (!json_object_get(address, keys[i]))
			json_object_set_new(address, keys[i],
			    json_string(lines->pdata[i]));
}

static const char *
part_of(const json_t *address, const char *name)
{
	const char *text = json_string_value(json_object_get(address, name));

	return text ? text : "";
}

static void
add_line(GString *out, const char *text)
{
	g_autofree char *line = g_strstrip(g_strdup(text));

	if (*line)
		g_string_append_printf(out, "%s%s", out->len ? "\n" : "", line);
}

char *
address_lines(const json_t *address)
{
	const char *country = part_of(address, "country");
	const char *postcode = part_of(address, "postcode");
	const char *city = part_of(address, "city");
	const char *region = part_of(address, "region");
	bool last = *country && strstr("US CA AU GB IE", country);
	g_autofree char *place = last ? g_strdup_printf("%s %s %s", city,
	    region, postcode) : g_strdup_printf("%s %s", postcode, city);
	GString *out = g_string_new(NULL);

	add_line(out, part_of(address, "street"));
	add_line(out, part_of(address, "street2"));
	add_line(out, part_of(address, "street3"));
	add_line(out, place);
	if (!last)
		add_line(out, region);
	return g_string_free(out, out->len == 0);
}
