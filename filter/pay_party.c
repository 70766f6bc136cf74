/*
 * pay_party.c - names and addresses in parts, as payment codes want them: from
 * a party of an invoice document, or out of the lines of an address. Pure.
 */
#include "pay.h"

#include <string.h>

void
pay_party_release(struct pay_party *party)
{
	g_free(party->name);
	g_free(party->street);
	g_free(party->building);
	g_free(party->postcode);
	g_free(party->city);
	g_free(party->country);
	*party = (struct pay_party){0};
}

bool
pay_party_is_whole(const struct pay_party *party)
{
	return party->name && party->postcode && party->city && party->country;
}

/* "Lindenweg 4a": the house's number goes into its own part. */
static void
split_building(struct pay_party *party)
{
	char *space = party->street ? strrchr(party->street, ' ') : NULL;

	if (!space || !g_ascii_isdigit(space[1]) || strlen(space + 1) > 8)
		return;
	party->building = g_strdup(space + 1);
	*space = 0;
	g_strchomp(party->street);
}

static char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	g_autofree char *line = pay_line(text, G_MAXSIZE);

	return *line ? g_steal_pointer(&line) : NULL;
}

void
pay_party_read(struct pay_party *out, const json_t *party)
{
	const json_t *address = json_object_get(party, "address");

	*out = (struct pay_party){
	    .name = text_of(party, "name"),
	    .street = text_of(address, "street"),
	    .postcode = text_of(address, "postcode"),
	    .city = text_of(address, "city"),
	    .country = text_of(address, "country")};
	split_building(out);
}

/* "8000 Zürich", "CH-8000 Zürich", "1016 AB Amsterdam", "110 00 Praha 1": how
 * long the postcode is, 0: the line has none. */
static size_t
postcode_length(const char *line)
{
	size_t digits = strspn(line, "0123456789"), n = digits;

	if (digits < 3 || digits > 6)
		return 0;
	if (digits == 3) {
		if (line[3] != ' ' || strspn(line + 4, "0123456789") != 2)
			return 0;
		n = 6;
	} else if (digits == 4 && line[4] == ' ' &&
	    g_ascii_isupper(line[5]) && g_ascii_isupper(line[6]) &&
	    line[7] == ' ') {
		n = 7;
	}
	return line[n] == ' ' && line[n + 1] ? n : 0;
}

static const char *
skip_country(const char *line)
{
	size_t n = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return n >= 1 && n <= 3 && line[n] == '-' ? line + n + 1 : line;
}

void
pay_party_read_lines(struct pay_party *out, const char *name,
    const char *address, const char *country)
{
	g_auto(GStrv) lines = g_strsplit(address ? address : "", "\n", -1);

	*out = (struct pay_party){.name = g_strdup(name),
	    .country = g_strdup(country)};
	for (guint i = 0; lines[i]; i++) {
		const char *line = skip_country(g_strstrip(lines[i]));
		size_t n = postcode_length(line);

		if (!n)
			continue;
		out->postcode = g_strndup(line, n);
		out->city = pay_line(line + n, 35);
		if (i > 0)
			out->street = pay_line(lines[i - 1], 70);
		split_building(out);
		return;
	}
}
