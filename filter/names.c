/*
 * names.c - names of parties as compared. Banks send Latin letters, cut at
 * 27, 35 or 70, without accents or with "ae" for "ä", with the legal form or
 * without. Both sides are folded to the same plain words. GLib turns Cyrillic
 * into question marks when it transliterates, so the table is our own. Pure.
 */
#include "match.h"

#include <string.h>

/* Lower-case letters of other scripts; the case is folded before. */
static const struct {
	gunichar from;
	const char *to;
} letters[] = {
    {L'а', "A"}, {L'б', "B"}, {L'в', "V"}, {L'г', "G"}, {L'д', "D"},
    {L'е', "E"}, {L'ж', "ZH"}, {L'з', "Z"}, {L'и', "I"}, {L'к', "K"},
    {L'л', "L"}, {L'м', "M"}, {L'н', "N"}, {L'о', "O"}, {L'п', "P"},
    {L'р', "R"}, {L'с', "S"}, {L'т', "T"}, {L'у', "U"}, {L'ф', "F"},
    {L'х', "KH"}, {L'ц', "TS"}, {L'ч', "CH"}, {L'ш', "SH"}, {L'щ', "SHCH"},
    {L'ъ', ""}, {L'ы', "Y"}, {L'ь', ""}, {L'э', "E"}, {L'ю', "YU"},
    {L'я', "YA"}, {L'і', "I"}, {L'є', "E"}, {L'ґ', "G"}, {L'ў', "U"},
    {L'ђ', "DJ"}, {L'ј', "J"}, {L'љ', "LJ"}, {L'њ', "NJ"}, {L'ћ', "C"},
    {L'џ', "DZ"}, {L'ѕ', "DZ"},
    {L'α', "A"}, {L'β', "V"}, {L'γ', "G"}, {L'δ', "D"}, {L'ε', "E"},
    {L'ζ', "Z"}, {L'η', "I"}, {L'θ', "TH"}, {L'ι', "I"}, {L'κ', "K"},
    {L'λ', "L"}, {L'μ', "M"}, {L'ν', "N"}, {L'ξ', "X"}, {L'ο', "O"},
    {L'π', "P"}, {L'ρ', "R"}, {L'σ', "S"}, {L'ς', "S"}, {L'τ', "T"},
    {L'υ', "Y"}, {L'φ', "F"}, {L'χ', "CH"}, {L'ψ', "PS"}, {L'ω', "O"},
    {L'ß', "SS"}, {L'ø', "O"}, {L'ł', "L"}, {L'đ', "D"}, {L'ð', "D"},
    {L'þ', "TH"}, {L'æ', "AE"}, {L'œ', "OE"}, {L'ı', "I"},
};

/* Spellings of one sound that different writers choose, both to the same. */
static const struct {
	const char *from, *to;
} spellings[] = {
    {"SHCH", "SCH"}, {"KH", "H"}, {"CH", "H"}, {"AE", "A"}, {"OE", "O"},
    {"UE", "U"}, {"OY", "OU"}, {"Y", "I"}, {"J", "I"}, {"II", "I"},
};

/* Legal forms (folded), and what is no part of a name. */
static const char *const legal_forms[] = {
    "BV", "NV", "VOF", "CV", "SARL", "SAS", "SASU", "SA", "EURL", "SCI",
    "GMBH", "MBH", "AG", "KG", "OHG", "OG", "UG", "HAFTUNGSBESHRANKT", "EK",
    "GBR", "SE", "EV", "EG", "PARTG", "LTD", "LIMITED", "LLP", "PLC", "INC",
    "INCORPORATED", "LLC", "CORP", "CORPORATION", "CO", "SL", "SLU", "SLNE",
    "SAU", "SRL", "SRLS", "SPA", "SNC", "SAPA", "SPZOO", "ZOO", "OO", "SPI",
    "SPK", "SRO", "SPOLSRO", "AS", "ASA", "OY", "OI", "KY", "AB", "HB", "KB",
    "ANS", "APS", "OU", "DOO", "IDOO", "DD", "KFT", "ZRT", "NIRT", "BT",
    "PVT", "PRIVATE", "PTI", "OOO", "AO", "PAO", "OAO", "ZAO", "OOD", "EOOD",
    "AD", "EAD", "EPE", "IKE", "LDA", "LTDA", "SIA", "UAB", "SP",
    "SAGL", "BVBA", "SPRL", "ASBL", "VZW", "AE", "OE", "EE",
};
static const char *const no_name[] = {
    "HR", "HERR", "FRAU", "MR", "MRS", "MS", "MISS", "DR", "MME", "MLLE",
    "DON", "DONA", "SR", "SRA", "DHR", "MEVR", "SIG", "PAN", "PANI", "AND",
    "UND", "EN", "ET", "EO", "THE",
};

static void
append_letter(GString *out, gunichar c)
{
	c = g_unichar_tolower(c);
	if (c < 0x80 && g_ascii_isalnum((char)c)) {
		g_string_append_c(out, g_ascii_toupper((char)c));
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(letters); i++) {
		if (letters[i].from == c) {
			g_string_append(out, letters[i].to);
			return;
		}
	}
	if (g_unichar_isalnum(c))
		g_string_append_unichar(out, g_unichar_toupper(c));
}

static void
one_spelling(GString *word)
{
	/* an initial stands for what the word would be */
	if (word->len == 1 && (word->str[0] == 'Y' || word->str[0] == 'J'))
		word->str[0] = 'I';
	if (word->len < 3)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++)
		g_string_replace(word, spellings[i].from, spellings[i].to, 0);
}

/* A dot and an apostrophe join ("B.V.", "O'Brien"), so do the slashes of
 * "A/S"; everything else separates. */
static bool
joins(const char *p, size_t so_far)
{
	gunichar c = g_utf8_get_char(p);

	if (c == '.') {
		/* "B.V." but not "J.Jansen" */
		return so_far == 0 || !g_unichar_isalpha(g_utf8_get_char(p + 1)) ||
		    !g_unichar_isalpha(g_utf8_get_char(
			g_utf8_next_char(p + 1)));
	}
	if (c == '/')
		return so_far == 1 && g_ascii_isalpha(p[1]) &&
		    !g_ascii_isalnum(p[2]);
	return c == '\'' || c == 0x2019 || c == '`';
}

static void
end_word(GPtrArray *words, GString *word)
{
	if (word->len) {
		one_spelling(word);
		g_ptr_array_add(words, g_strdup(word->str));
		g_string_truncate(word, 0);
	}
}

static GPtrArray *
all_words(const char *name)
{
	g_autofree char *valid = g_utf8_make_valid(name ? name : "", -1);
	g_autofree char *flat = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) word = g_string_new(NULL);

	for (const char *p = flat; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isalnum(c))
			append_letter(word, c);
		else if (!g_unichar_ismark(c) && !joins(p, word->len))
			end_word(words, word);
	}
	end_word(words, word);
	return words;
}

static bool
is_legal_form(const char *word)
{
	return token_in_list(legal_forms, G_N_ELEMENTS(legal_forms), word);
}

bool
name_is_company(const char *name)
{
	g_autoptr(GPtrArray) words = all_words(name);

	for (guint i = 0; i < words->len; i++)
		if (is_legal_form(words->pdata[i]))
			return true;
	return false;
}

char **
name_words(const char *name)
{
	g_autoptr(GPtrArray) words = all_words(name);
	GPtrArray *out = g_ptr_array_new();

	for (guint i = 0; i < words->len; i++) {
		const char *w = words->pdata[i];

		/* "Sp. z o.o." */
		if (strcmp(w, "Z") == 0 && i + 1 < words->len &&
		    strcmp(words->pdata[i + 1], "OO") == 0)
			continue;
		if (!is_legal_form(w) &&
		    !token_in_list(no_name, G_N_ELEMENTS(no_name), w))
			g_ptr_array_add(out, g_strdup(w));
	}
	/* A name of nothing but such words is that name. */
	if (out->len == 0)
		for (guint i = 0; i < words->len; i++)
			g_ptr_array_add(out, g_strdup(words->pdata[i]));
	g_ptr_array_add(out, NULL);
	return (char **)g_ptr_array_free(out, FALSE);
}

/* How much of a customer's word the payer's words show: all, an initial's
 * half, or most when the payer's last word was cut. */
static double
shown(const char *word, const char *const *payer, bool *used)
{
	double best = 0;

	for (size_t i = 0; payer[i]; i++) {
		double here = 0;

		if (strcmp(payer[i], word) == 0)
			here = 1;
		else if ((!word[1] || !payer[i][1]) && word[0] == payer[i][0])
			here = 0.5;
		else if (!payer[i + 1] && strlen(payer[i]) > 3 &&
		    g_str_has_prefix(word, payer[i]))
			here = 0.8;
		if (here > 0)
			used[i] = true;
		best = MAX(best, here);
	}
	return best;
}

double
name_agreement(const char *const *payer, const double *payer_weights,
    const char *const *customer, const double *customer_weights)
{
	double hit = 0, total = 0, over = 0;
	size_t n = g_strv_length((char **)(uintptr_t)payer);
	g_autofree bool *used = g_new0(bool, n + 1);

	for (size_t i = 0; customer[i]; i++) {
		double w = customer_weights ? customer_weights[i] : 1;

		hit += w * shown(customer[i], payer, used);
		total += w;
	}
	for (size_t i = 0; payer[i]; i++)
		if (!used[i] && payer[i][1])
			over += payer_weights ? payer_weights[i] : 1;
	return total > 0 ? hit / (total + 0.35 * over) : 0;
}

char *
account_normalise(const char *text)
{
	GString *out = g_string_new(NULL);
	bool domestic;

	if (!text)
		return g_string_free(out, FALSE);
	/* "123-45/0800": the separators tell the prefix and the bank apart. */
	domestic = strchr(text, '/') != NULL &&
	    strspn(text, "0123456789-/ ") == strlen(text);
	for (const char *p = text; *p; p++)
		if (g_ascii_isalnum(*p) || *p == '*' ||
		    (domestic && (*p == '-' || *p == '/')))
			g_string_append_c(out, g_ascii_toupper(*p));
	return g_string_free(out, FALSE);
}
