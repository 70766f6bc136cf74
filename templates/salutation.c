/*
 * salutation.c - whom a letter greets, out of a contact's name: which titles
 * and patronymics there are is in the file salutation of each language.
 */
#include "letter.h"

#include <string.h>

/* "f Frau": what the word says of the person, and how it is written. */
static const char *
read_clue(const char *clue, enum gender *gender)
{
	if (*clue == 'f')
		*gender = GENDER_FEMININE;
	else if (*clue == 'm')
		*gender = GENDER_MASCULINE;
	clue += *clue != '\0';
	return clue + strspn(clue, " ");
}

/* A title with its full stop or, from two letters on, without. */
static const char *
look_up(const struct language *language, const char *text)
{
	g_autofree char *small = g_utf8_strdown(text, -1);
	g_autofree char *key = g_strconcat("title.", small, ".", NULL);
	const char *clue;

	key[strlen(key) - 1] = '\0';
	clue = language_title(language, key);
	if (clue || g_utf8_strlen(text, -1) < 2)
		return clue;
	if (g_str_has_suffix(key, "."))
		key[strlen(key) - 1] = '\0';
	else
		key[strlen(key)] = '.';
	return language_title(language, key);
}

/* The title that the words begin with, of two words or one; *count: how many.
 * NULL: none. */
static const char *
find_title(const struct language *language, char **words, guint *count)
{
	g_autofree char *both = words[0] && words[1] ?
	    g_strjoin(" ", words[0], words[1], NULL) : NULL;
	const char *clue = both ? look_up(language, both) : NULL;

	*count = clue ? 2 : 1;
	return clue || !words[0] ? clue : look_up(language, words[0]);
}

/* Takes the titles off; what is to be written of them goes to titles. */
static char **
take_titles(const struct language *language, char **words, GString *titles,
    enum gender *gender)
{
	const char *clue;
	guint count;

	while ((clue = find_title(language, words, &count)) != NULL) {
		const char *text = read_clue(clue, gender);

		if (*text)
			g_string_append_printf(titles, "%s ", text);
		words += count;
	}
	return words;
}

/* "m -а -я": not when the given name ends so, it is a surname then. */
static bool
is_doubtful(const char *clue, const char *given)
{
	g_auto(GStrv) endings = g_strsplit(clue, " ", -1);

	for (char **ending = endings; *ending; ending++)
		if (**ending == '-' && g_str_has_suffix(given, *ending + 1))
			return true;
	return false;
}

/* The lines patronymic.ENDING, the longest ending first. */
static const char *
find_patronymic(const struct language *language, const char *word)
{
	for (; *word; word = g_utf8_next_char(word)) {
		g_autofree char *key = g_strconcat("patronymic.", word, NULL);
		const char *clue = language_title(language, key);

		if (clue)
			return clue;
	}
	return NULL;
}

/* Given name and patronymic, or NULL. */
static char *
with_patronymic(const struct language *language, char **words,
    enum gender *gender)
{
	for (; words[0] && words[1]; words++) {
		const char *clue = find_patronymic(language, words[1]);

		if (!clue || !*words[0])
			continue;
		if (!is_doubtful(clue, words[0]))
			read_clue(clue, gender);
		return g_strjoin(" ", words[0], words[1], NULL);
	}
	return NULL;
}

static bool
is_particle(const struct language *language, const char *word)
{
	g_autofree char *small = g_utf8_strdown(word, -1);
	const char *list = language_title(language, "particles");
	g_auto(GStrv) words = g_strsplit(list ? list : "", " ", -1);

	return g_strv_contains((const char *const *)words, small);
}

static char *
with_capital(const char *text)
{
	g_autofree char *first = g_utf8_substring(text, 0, 1);
	g_autofree char *big = g_utf8_strup(first, -1);

	return g_strconcat(big, text + strlen(first), NULL);
}

/* "Anna van den Berg" -> "van den Berg", or "Van den Berg". */
static char *
surname_of(const struct language *language, char **words)
{
	guint from = g_strv_length(words) - 1;
	g_autofree char *name = NULL;

	while (from > 0 && is_particle(language, words[from - 1]))
		from--;
	name = g_strjoinv(" ", words + from);
	return language_title(language, "particle_capital") ?
	    with_capital(name) : g_steal_pointer(&name);
}

char *
salutation_name(const char *contact, const struct language *language,
    enum gender *gender)
{
	g_auto(GStrv) words = g_strsplit(contact, " ", -1);
	g_autoptr(GString) titles = g_string_new(NULL);
	g_autofree char *rest = NULL;
	char **names, *result;
	bool short_name;

	*gender = GENDER_UNKNOWN;
	names = take_titles(language, words, titles, gender);
	if (!names[0])
		return words[0] ? NULL : g_strdup(contact);
	short_name = *gender != GENDER_UNKNOWN &&
	    language_title(language, "surname");
	result = with_patronymic(language, names, gender);
	if (result)
		return result;
	rest = short_name ? surname_of(language, names) :
			    g_strjoinv(" ", names);
	return g_strconcat(titles->str, rest, NULL);
}
