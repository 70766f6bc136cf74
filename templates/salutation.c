/*
 * salutation.c - whom a letter greets, out of a contact's name: titles and
 * patronymics are tables.
 */
#include "letter.h"

#include <string.h>

struct clue {
	const char *language, *text;
	enum gender gender;
};

/* First word of the name. */
static const struct clue titles[] = {
    {"es", "Sra.", GENDER_FEMININE}, {"es", "Sra", GENDER_FEMININE},
    {"es", "Srta.", GENDER_FEMININE}, {"es", "Doña", GENDER_FEMININE},
    {"es", "Dña.", GENDER_FEMININE}, {"es", "D.ª", GENDER_FEMININE},
    {"es", "Dra.", GENDER_FEMININE}, {"es", "Sr.", GENDER_MASCULINE},
    {"es", "Sr", GENDER_MASCULINE}, {"es", "Don", GENDER_MASCULINE},
    {"es", "D.", GENDER_MASCULINE}, {"es", "Dr.", GENDER_MASCULINE},
    {"en", "Ms", GENDER_FEMININE}, {"en", "Mrs", GENDER_FEMININE},
    {"en", "Mr", GENDER_MASCULINE}};

/* End of a word that follows a given name: one greets with these two. */
static const struct clue patronymics[] = {
    {"ru", "вна", GENDER_FEMININE}, {"ru", "чна", GENDER_FEMININE},
    {"ru", "ич", GENDER_MASCULINE}};

static const struct clue *
find_patronymic(const char *word, const char *language)
{
	for (size_t i = 0; i < G_N_ELEMENTS(patronymics); i++)
		if (!strcmp(patronymics[i].language, language) &&
		    g_str_has_suffix(word, patronymics[i].text))
			return &patronymics[i];
	return NULL;
}

char *
salutation_name(const char *contact, const char *language,
    enum gender *gender)
{
	g_auto(GStrv) words = g_strsplit(contact, " ", -1);

	*gender = GENDER_UNKNOWN;
	for (size_t i = 0; words[0] && i < G_N_ELEMENTS(titles); i++)
		if (!strcmp(titles[i].language, language) &&
		    !strcmp(titles[i].text, words[0]))
			*gender = titles[i].gender;
	for (char **word = words; *word && word[1]; word++) {
		const struct clue *clue = find_patronymic(word[1], language);

		if (!clue || !**word)
			continue;
		*gender = clue->gender;
		return g_strdup_printf("%s %s", word[0], word[1]);
	}
	return g_strdup(contact);
}
