/*
 * invoice_codes.c - terms whose codes or texts carry more than one thing: the
 * kind of document, conditions of payment with discounts in them, accounts,
 * the point in time of the tax, the profile.
 */
#include "invoice_terms.h"

#include <string.h>

static void
put(json_t *into, const char *key, const char *value)
{
	if (value && *value && !json_object_get(into, key))
		json_object_set_new(into, key, json_string(value));
}

/* ---- BT-3 ---------------------------------------------------------------------- */

/* UNTDID 1001: ours by a word of their own, and which of all others are
 * credit notes. */
static const struct {
	const char *code, *type;
} types[] = {
	{"380", "invoice"}, {"381", "credit-note"}, {"386", "deposit"},
	{"384", "corrected"},
};

static const char *const credits[] = {"81", "83", "261", "262", "296", "308",
    "381", "396", "420", "458", "502", "503", "532", NULL};

void
term_type(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	bool credit = reading->credit || g_strv_contains(credits, text);

	(void)term;
	node->taken = true;
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (strcmp(types[i].code, text) == 0 &&
		    credit == (strcmp(text, "381") == 0))
			put(into, "type", types[i].type);
	if (json_object_get(into, "type") || !*text)
		return;
	put(into, "type", credit ? "credit-note" : "invoice");
	put(into, "type_code", text);
}

/* ---- BT-20 --------------------------------------------------------------------- */

/* "#SKONTO#TAGE=14#PROZENT=2.25#BASISBETRAG=357.93#" */
static json_t *
read_discount(const char *line, const char *currency)
{
	static const struct {
		const char *name, *key;
	} parts[] = {{"TAGE=", "days"}, {"PROZENT=", "percent"},
	    {"BASISBETRAG=", "base"}};
	g_auto(GStrv) words = g_strsplit(line, "#", -1);
	json_t *one = json_object();
	int digits = currency ? money_digits(currency) : -1;

	for (char **word = words + 2; *word; word++)
		for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
			if (g_str_has_prefix(*word, parts[i].name)) {
				g_autofree char *value = terms_decimal(*word +
				    strlen(parts[i].name), i == 2 ? digits :
				    -1);

				put(one, parts[i].key, value);
			}
	if (json_object_get(one, "days") && json_object_get(one, "percent"))
		return one;
	json_decref(one);
	return NULL;
}

static void
add_discount(struct reading *reading, json_t *one)
{
	json_t *list = json_object_get(reading->document, "discounts");

	if (!list) {
		list = json_array();
		json_object_set_new(reading->document, "discounts", list);
	}
	json_array_append_new(list, one);
}

void
term_conditions(struct reading *reading, json_t *into,
    const struct term *term, struct invoice_node *node, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GString) rest = g_string_new(NULL);

	for (char **line = lines; *line; line++) {
		json_t *one = NULL;

		g_strstrip(*line);
		if (g_str_has_prefix(*line, "#SKONTO#"))
			one = read_discount(*line, reading->currency);
		if (one)
			add_discount(reading, one);
		else
			g_string_append_printf(rest, "%s\n", *line);
	}
	g_strstrip(rest->str);
	term_lines(reading, into, term, node, rest->str);
	node->taken |= !*rest->str;
}

/* ---- others --------------------------------------------------------------------- */

static bool
looks_like_iban(const char *text)
{
	size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

	return !text[n] && n >= 15 && n <= 34 && g_ascii_isupper(text[0]) &&
	    g_ascii_isupper(text[1]) && g_ascii_isdigit(text[2]) &&
	    g_ascii_isdigit(text[3]);
}

void
term_account(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text, " \t\r\n", -1);
	g_autofree char *joined = g_strjoinv("", parts);

	(void)reading, (void)term;
	put(into, looks_like_iban(joined) ? "iban" : "account",
	    looks_like_iban(joined) ? joined : text);
	node->taken = true;
}

/* UNTDID 2005 in UBL, 2475 in CII. */
void
term_tax_time(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	static const char *const pairs[][2] = {{"5", "3"}, {"29", "35"},
	    {"72", "432"}};

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (strcmp(pairs[i][0], text) == 0)
			text = pairs[i][1];
	term_text(reading, into, term, node, text);
}

void
term_profile(struct reading *reading, json_t *into, const struct term *term,
    struct invoice_node *node, const char *text)
{
	static const char *const profiles[][2] = {
	    {"xrechnung", "xrechnung"}, {"peppol.eu", "peppol"},
	    {"factur-x", "factur-x"}, {"zugferd", "factur-x"},
	    {"en16931", "en16931"}};
	g_autofree char *lower = g_ascii_strdown(text, -1);

	(void)reading;
	node->taken = true;
	for (size_t i = 0; i < G_N_ELEMENTS(profiles); i++)
		if (strstr(lower, profiles[i][0]))
			put(into, term->key, profiles[i][1]);
}
