/*
 * document_party.c - seller and buyer of a document: the address as it stands
 * on an envelope of its country, and what identifies them.
 */
#include "document.h"

#include "format.h"

#include <glib.h>
#include <string.h>

/* Where a country writes the postcode otherwise than before the city: @1 the
 * postcode, @2 the city, @3 the region; '|' ends a line. */
static const struct {
	const char *country, *pattern;
} patterns[] = {{"AU", "@2 @3 @1"}, {"BR", "@2 - @3|@1"}, {"CA", "@2 @3 @1"},
    {"CL", "@1 @2|@3"}, {"CN", "@1 @2|@3"}, {"CO", "@2, @3|@1"},
    {"GB", "@2|@3|@1"}, {"HK", "@2|@3"}, {"IE", "@2|@3|@1"},
    {"IN", "@2 @1|@3"}, {"IT", "@1 @2 @3"}, {"JP", "@3 @2 @1"},
    {"KZ", "@2|@3|@1"}, {"MX", "@1 @2, @3"}, {"NZ", "@2 @1"},
    {"RU", "@2|@3|@1"}, {"BY", "@1 @2|@3"}, {"SG", "@2 @1"},
    {"UA", "@2|@3|@1"}, {"US", "@2, @3 @1"}, {"ZA", "@2|@3|@1"},
    {"NL", "@1  @2"}};

static void
add_line(GString *out, const char *line)
{
	g_autofree char *text = g_strstrip(g_strdup(line));

	if (*text && out->len)
		g_string_append_c(out, '\n');
	g_string_append(out, text);
}

/* A pattern with parts that are not there leaves no mark behind. */
static void
add_city(GString *out, const json_t *address)
{
	const char *country = document_text(address, "country");
	const char *pattern = "@1 @2|@3";
	g_autofree char *filled = NULL;
	g_auto(GStrv) lines = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
		if (!strcmp(patterns[i].country, country))
			pattern = patterns[i].pattern;
	filled = format_fill(pattern, (const char *const[]){
	    document_text(address, "postcode"), document_text(address, "city"),
	    document_text(address, "region")}, 3);
	lines = g_strsplit(filled, "|", -1);
	for (char **line = lines; *line; line++) {
		char *end;

		g_strstrip(*line);
		end = *line + strlen(*line);
		while (end > *line && strchr(" ,-", end[-1]))
			*--end = '\0';
		add_line(out, *line + strspn(*line, " ,-"));
	}
}

char *
document_address(const json_t *address, const char *home,
    const struct document_words *words)
{
	static const char *const streets[] = {"street", "street2", "street3"};
	const char *country = document_text(address, "country");
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(streets); i++)
		add_line(out, document_text(address, streets[i]));
	add_city(out, address);
	if (*country && home && *home && strcmp(country, home) != 0) {
		const char *name = document_text(words->countries, country);

		add_line(out, *name ? name : country);
	}
	return g_string_free(out, FALSE);
}

/* The lines in one, as over the window of an envelope. */
static char *
in_one_line(const char *name, const char *address)
{
	GString *out = g_string_new(name);

	if (*address)
		g_string_append_printf(out, "%s%s", out->len ? " · " : "",
		    address);
	g_string_replace(out, "\n", " · ", 0);
	return g_string_free(out, FALSE);
}

json_t *
document_party(const json_t *party, const char *home,
    const struct document_words *words)
{
	static const char *const copied[] = {"name", "trading_name",
	    "legal_id", "legal_info", "tax_id", "tax_number", "endpoint"};
	g_autofree char *address = document_address(
	    json_object_get(party, "address"), home, words);
	g_autofree char *line = in_one_line(document_text(party, "name"), address);
	json_t *out = json_object();
	json_t *contact = json_object_get(party, "contact");

	for (size_t i = 0; i < G_N_ELEMENTS(copied); i++)
		document_set(out, copied[i], document_text(party, copied[i]));
	document_set(out, "address", address);
	document_set(out, "address_line", line);
	if (contact) {
		document_set(out, "contact", document_text(contact, "name"));
		document_set(out, "phone", document_text(contact, "phone"));
		document_set(out, "email", document_text(contact, "email"));
	}
	return out;
}
