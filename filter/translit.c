/*
 * translit.c - words of any script in Latin capitals. Banks send Latin
 * letters, and each country, passport office and clerk writes Cyrillic and
 * Greek in its own way: a word has several spellings. GLib's g_str_to_ascii
 * turns Cyrillic into question marks without the right locale, so the tables
 * are our own; accents are taken off by Unicode's decompositions. Pure.
 */
#include "names.h"

#include <string.h>

/*
 * Schemes: 0 passports (ICAO 9303) and ELOT 743; 1 ISO 9 and Serbian Latin
 * without accents, Greek by ear; 2 German transcription, Greek by shape;
 * 3 Bulgarian; 4 Ukrainian. NULL: as in scheme 0. Sorted by letter.
 */
static const struct letter {
	gunichar from;
	const char *to[NAME_SPELLINGS];
} letters[] = {
    {0x00DF, {"SS"}},				/* ß */
    {0x00E6, {"AE"}}, {0x00F0, {"D"}},		/* æ ð */
    {0x00F8, {"OE"}}, {0x00FE, {"TH"}},		/* ø þ */
    {0x0111, {"D", "DJ"}}, {0x0127, {"H"}},	/* đ ħ */
    {0x0131, {"I"}}, {0x0138, {"K"}},		/* ı ĸ */
    {0x0142, {"L"}}, {0x014B, {"N"}},		/* ł ŋ */
    {0x0153, {"OE"}}, {0x0167, {"T"}},		/* œ ŧ */
    {0x0180, {"B"}}, {0x0192, {"F"}},		/* ƀ ƒ */
    {0x01A1, {"O"}}, {0x01B0, {"U"}},		/* ơ ư */
    {0x0253, {"B"}}, {0x0254, {"O"}},		/* ɓ ɔ */
    {0x0257, {"D"}}, {0x0259, {"A"}},		/* ɗ ə */
    {0x025B, {"E"}}, {0x0268, {"I"}},		/* ɛ ɨ */
    {L'α', {"A"}}, {L'β', {"V", "B", "B"}}, {L'γ', {"G", NULL, "Y"}},
    {L'δ', {"D"}}, {L'ε', {"E"}}, {L'ζ', {"Z"}}, {L'η', {"I", NULL, "H"}},
    {L'θ', {"TH", "T"}}, {L'ι', {"I"}}, {L'κ', {"K", "C"}}, {L'λ', {"L"}},
    {L'μ', {"M"}}, {L'ν', {"N"}}, {L'ξ', {"X"}}, {L'ο', {"O"}},
    {L'π', {"P"}}, {L'ρ', {"R"}}, {L'ς', {"S"}}, {L'σ', {"S"}},
    {L'τ', {"T"}}, {L'υ', {"Y", "I", "U"}}, {L'φ', {"F", NULL, "PH"}},
    {L'χ', {"CH", "H", "X"}}, {L'ψ', {"PS"}}, {L'ω', {"O", NULL, "W"}},
    {L'а', {"A"}}, {L'б', {"B"}}, {L'в', {"V", NULL, "W"}},
    {L'г', {"G", NULL, NULL, NULL, "H"}}, {L'д', {"D"}},
    {L'е', {"E", NULL, "JE"}}, {L'ж', {"ZH", "Z", "SCH"}},
    {L'з', {"Z", NULL, "S"}}, {L'и', {"I"}}, {L'й', {"I"}}, {L'к', {"K"}},
    {L'л', {"L"}}, {L'м', {"M"}}, {L'н', {"N"}}, {L'о', {"O"}},
    {L'п', {"P"}}, {L'р', {"R"}}, {L'с', {"S"}}, {L'т', {"T"}},
    {L'у', {"U"}}, {L'ф', {"F"}}, {L'х', {"KH", "H", "CH", "H"}},
    {L'ц', {"TS", "C", "Z"}}, {L'ч', {"CH", "C", "TSCH"}},
    {L'ш', {"SH", "S", "SCH"}}, {L'щ', {"SHCH", "SC", "SCHTSCH", "SHT"}},
    {L'ъ', {"", NULL, NULL, "A"}}, {L'ы', {"Y"}}, {L'ь', {""}},
    {L'э', {"E"}}, {L'ю', {"IU"}}, {L'я', {"IA"}},
    {L'ѐ', {"E"}}, {L'ё', {"E", "JO", "JO", "JO", "JO"}},
    {L'ђ', {"DJ", "D"}}, {L'ѓ', {"GJ", "G"}},
    {L'є', {"IE", "E", NULL, NULL, "IE"}}, {L'ѕ', {"DZ"}},
    {L'і', {"I"}}, {L'ї', {"I"}}, {L'ј', {"J"}}, {L'љ', {"LJ"}},
    {L'њ', {"NJ"}}, {L'ћ', {"C", "C"}}, {L'ќ', {"KJ", "K"}},
    {L'ѝ', {"I"}}, {L'ў', {"U"}}, {L'џ', {"DZ", "DZ"}},
    {L'ґ', {"G"}}, {L'ғ', {"GH", "G"}}, {L'қ', {"K", "Q"}},
    {L'ң', {"NG", "N"}}, {L'ү', {"U"}}, {L'ұ', {"U"}}, {L'һ', {"H"}},
    {L'ә', {"A"}}, {L'ө', {"O"}},
    {L'ა', {"A"}}, {L'ბ', {"B"}}, {L'გ', {"G"}}, {L'დ', {"D"}},
    {L'ე', {"E"}}, {L'ვ', {"V"}}, {L'ზ', {"Z"}}, {L'თ', {"T"}},
    {L'ი', {"I"}}, {L'კ', {"K"}}, {L'ლ', {"L"}}, {L'მ', {"M"}},
    {L'ნ', {"N"}}, {L'ო', {"O"}}, {L'პ', {"P"}}, {L'ჟ', {"ZH"}},
    {L'რ', {"R"}}, {L'ს', {"S"}}, {L'ტ', {"T"}}, {L'უ', {"U"}},
    {L'ფ', {"P"}}, {L'ქ', {"K"}}, {L'ღ', {"GH"}}, {L'ყ', {"Q"}},
    {L'შ', {"SH"}}, {L'ჩ', {"CH"}}, {L'ც', {"TS"}}, {L'ძ', {"DZ"}},
    {L'წ', {"TS"}}, {L'ჭ', {"CH"}}, {L'ხ', {"KH"}}, {L'ჯ', {"J"}},
    {L'ჰ', {"H"}},
};

/* Two Greek letters that are written as one sound. */
static const struct pair {
	gunichar first, second;
	const char *to[NAME_SPELLINGS];
} pairs[] = {
    {L'ο', L'υ', {"OU", "U", "OY"}}, {L'α', L'υ', {"AV", "AF", "AU"}},
    {L'ε', L'υ', {"EV", "EF", "EU"}}, {L'γ', L'γ', {"NG", "GG", "GG"}},
    {L'γ', L'κ', {"GK", "G", "GK"}}, {L'μ', L'π', {"MP", "B", "MP"}},
    {L'ν', L'τ', {"NT", "D", "NT"}}, {L'α', L'ι', {"AI", "E", "AI"}},
    {L'ε', L'ι', {"EI", "I", "EI"}}, {L'ο', L'ι', {"OI", "I", "OI"}},
};

static const char *
in_scheme(const char *const to[NAME_SPELLINGS], int scheme)
{
	return to[scheme] ? to[scheme] : to[0];
}

static const struct letter *
find_letter(gunichar c)
{
	size_t low = 0, high = G_N_ELEMENTS(letters);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (letters[middle].from == c)
			return &letters[middle];
		if (letters[middle].from < c)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Lower case without its accent, but for letters with a row of their own;
 * 0 for a mark that stands alone. */
static gunichar
plain(gunichar c)
{
	gunichar out[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

	c = g_unichar_tolower(c);
	if (c < 0x80 || find_letter(c))
		return c;
	if (g_unichar_ismark(c))
		return 0;
	g_unichar_fully_decompose(c, TRUE, out, G_N_ELEMENTS(out));
	return g_unichar_tolower(out[0]);
}

bool
translit_needed(const char *text)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p))
		if (g_utf8_get_char(p) >= 0x0370)
			return true;
	return false;
}

static void
append_plain(gunichar c, int scheme, GString *out)
{
	const struct letter *letter = c < 0x80 ? NULL : find_letter(c);

	if (letter)
		g_string_append(out, in_scheme(letter->to, scheme));
	else if (c < 0x80)
		g_string_append_c(out, g_ascii_toupper((char)c));
	else
		g_string_append_unichar(out, g_unichar_toupper(c));
}

void
translit_word(const char *word, int scheme, GString *out)
{
	/* nearly all are plain */
	for (; *word > 0; word++)
		g_string_append_c(out, g_ascii_toupper(*word));
	for (const char *p = word; *p; p = g_utf8_next_char(p)) {
		gunichar c = plain(g_utf8_get_char(p));
		const char *next = g_utf8_next_char(p);
		const char *both = NULL;

		if (c >= 0x0370 && c < 0x0400 && *next) {
			gunichar d = plain(g_utf8_get_char(next));

			for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
				if (pairs[i].first == c &&
				    pairs[i].second == d)
					both = in_scheme(pairs[i].to, scheme);
		}
		if (both) {
			g_string_append(out, both);
			p = next;
		} else if (c) {
			append_plain(c, scheme, out);
		}
	}
}

/* Longer before shorter. */
static const struct {
	const char *from, *to;
} sounds[] = {
    {"SCHTSCH", "SC"}, {"SHTCH", "SC"}, {"SHCH", "SC"}, {"TSCH", "C"},
    {"TCH", "C"}, {"SCH", "S"}, {"SH", "S"}, {"CH", "C"}, {"ZH", "Z"},
    {"KH", "H"}, {"PH", "F"}, {"TH", "T"}, {"CK", "K"}, {"KS", "X"},
    {"TZ", "TS"}, {"AE", "A"}, {"OE", "O"}, {"UE", "U"}, {"AA", "A"},
    {"OU", "U"}, {"OY", "U"}, {"W", "V"}, {"Y", "I"}, {"J", "I"},
};

void
translit_same(GString *word)
{
	char *to = word->str;

	for (const char *p = word->str; *p;) {
		const char *sound = NULL;

		for (size_t i = 0; i < G_N_ELEMENTS(sounds); i++) {
			size_t n;

			if (sounds[i].from[0] != *p)
				continue;
			n = strlen(sounds[i].from);
			if ((word->len > 2 || n < 2) &&
			    strncmp(p, sounds[i].from, n) == 0) {
				sound = sounds[i].to;
				p += n;
				break;
			}
		}
		/* never longer than what was read: in place */
		if (!sound)
			*to++ = *p++;
		for (; sound && *sound; sound++)
			*to++ = *sound;
		while (to - word->str >= 2 && to[-1] == 'I' && to[-2] == 'I')
			to--;
	}
	g_string_truncate(word, (gsize)(to - word->str));
}
