/*
 * profile.c - the table of profiles, and the order in which their demands are
 * looked at.
 */
#include "demand.h"

#include <string.h>

#define EN "urn:cen.eu:en16931:2017"
#define BILLING "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
#define XRECHNUNG EN "#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
#define BIS EN "#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"

static const struct profile profiles[] = {
    {"ubl", EN, NULL, 0},
    {"en16931", EN, NULL, 0},
    {"cii", EN, NULL, PROFILE_CII},
    {"xrechnung", XRECHNUNG, BILLING, PROFILE_GERMAN | PROFILE_PAIRED},
    {"xrechnung-cii", XRECHNUNG, BILLING,
	PROFILE_CII | PROFILE_GERMAN | PROFILE_PAIRED},
    {"peppol", BIS, BILLING, PROFILE_NETWORK | PROFILE_PAIRED},
    {"factur-x", EN, NULL, PROFILE_CII | PROFILE_MANY},
    {"zugferd", EN, NULL, PROFILE_CII | PROFILE_MANY},
};

const struct profile *
profile_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(profiles); i++)
		if (!strcmp(profiles[i].name, name))
			return &profiles[i];
	return NULL;
}

char *
profile_demand(const json_t *view, const struct profile *profile)
{
	char *why = demand_core(view, profile);

	if (!why && profile->traits & PROFILE_GERMAN)
		why = demand_german(view, "XRechnung");
	if (!why && profile->traits & PROFILE_GERMAN)
		why = demand_each(view, "lines", demand_period);
	if (!why && profile->traits & PROFILE_NETWORK)
		why = demand_network(view);
	if (!why && profile->traits & PROFILE_NETWORK && both_german(view))
		why = demand_german(view, "Peppol between two German parties");
	if (!why && profile->traits & PROFILE_NETWORK)
		why = demand_nation(view);
	return why;
}

char *
demand_say(const char *path, const char *who, const char *say)
{
	return g_strdup_printf("%s: %s %s", path, who, say);
}

char *
demand_fields(const json_t *view, const char *who, const struct wanted *rows)
{
	for (; rows->path; rows++)
		if (!*view_text(view, rows->path))
			return demand_say(rows->path, who, rows->say);
	return NULL;
}

char *
demand_each(const json_t *view, const char *list, demand_item *check)
{
	const json_t *items = json_object_get(view, list);

	for (size_t i = 0; i < json_array_size(items); i++) {
		g_autofree char *path = g_strdup_printf("%s[%zu]", list, i);
		char *why = check(view, json_array_get(items, i), path);

		if (why)
			return why;
	}
	return NULL;
}

bool
demand_iban(const char *iban)
{
	size_t length = strlen(iban);
	unsigned rest = 0;

	if (length < 5 || length > 34 || !g_ascii_isupper(iban[0]) ||
	    !g_ascii_isupper(iban[1]) || !g_ascii_isdigit(iban[2]) ||
	    !g_ascii_isdigit(iban[3]))
		return false;
	for (size_t i = 0; i < length; i++) {
		char c = iban[(i + 4) % length];

		if (!g_ascii_isdigit(c) && !g_ascii_isupper(c))
			return false;
		rest = g_ascii_isdigit(c) ? rest * 10 + (unsigned)(c - '0') :
		    rest * 100 + (unsigned)(c - 'A' + 10);
		rest %= 97;
	}
	return rest == 1;
}

/* The periods of the lines are within that of the invoice (R110, R111). */
char *
demand_period(const json_t *view, const json_t *line, const char *path)
{
	const char *from = view_text(view, "period.from");
	const char *to = view_text(view, "period.to");
	const char *start = view_text(line, "period.from");
	const char *end = view_text(line, "period.to");

	if ((*from && *start && strcmp(start, from) < 0) ||
	    (*to && *end && strcmp(end, to) > 0))
		return g_strdup_printf("%s.period: %s to %s is not within the "
		    "period of the invoice, %s to %s: --period FROM..TO", path,
		    start, end, from, to);
	return NULL;
}
