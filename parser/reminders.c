/*
 * reminders.c - is it a reminder of a payment? The subject says so, or a
 * heading and a text that speaks of a debt, or the text alone when it says
 * more than once that money is late.
 */
#include "reminders.h"
#include "words.h"

#include <string.h>

#define HEADING 60		/* characters of a line that may be one */
#define HEADINGS 8		/* lines with something in them from the top */
#define TOKENS_MAX 6000		/* words of a text that are looked at */

enum key { SUBJECT, TITLE, LATE, DEBT, PAID, SORRY, OTHER, NOT, KEYS };

static const char *const keys[KEYS] = {
	[SUBJECT] = "subject", [TITLE] = "title", [LATE] = "late",
	[DEBT] = "debt", [PAID] = "paid", [SORRY] = "sorry",
	[OTHER] = "other", [NOT] = "not",
};

struct phrase {
	enum key key;
	char **words;		/* folded; "overdu*" keeps its star */
	guint count;
	bool said;		/* in the text of now */
};

struct reminders {
	GPtrArray *phrases;
	GHashTable *first;	/* first word → GPtrArray of struct phrase */
	GPtrArray *open;	/* those whose first word has a star */
};

/* ---- loading -------------------------------------------------------------- */

static void
phrase_free(gpointer data)
{
	struct phrase *phrase = data;

	g_strfreev(phrase->words);
	g_free(phrase);
}

static char **
fold_words(const char *text)
{
	g_autofree char *folded = words_fold(text);

	g_strstrip(folded);
	return g_strsplit(folded, " ", TOKENS_MAX);
}

/* Each word is folded by itself, so that its star is not lost. */
static char **
phrase_words(const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text, " \t", -1);
	GPtrArray *out = g_ptr_array_new();

	for (char **part = parts; *part; part++) {
		g_auto(GStrv) folded = fold_words(*part);
		bool star = g_str_has_suffix(*part, "*");

		for (char **word = folded; *word; word++)
			if (**word)
				g_ptr_array_add(out, g_strconcat(*word,
				    star && !word[1] ? "*" : "", NULL));
	}
	g_ptr_array_add(out, NULL);
	return (char **)g_ptr_array_free(out, FALSE);
}

static void
index_phrase(struct reminders *reminders, struct phrase *phrase)
{
	const char *word = phrase->words[0];
	GPtrArray *list = reminders->open;

	if (!g_str_has_suffix(word, "*")) {
		list = g_hash_table_lookup(reminders->first, word);
		if (!list) {
			list = g_ptr_array_new();
			g_hash_table_insert(reminders->first, g_strdup(word),
			    list);
		}
	}
	g_ptr_array_add(list, phrase);
}

/* NULL or why the line is bad. */
static const char *
add_line(struct reminders *reminders, const char *line)
{
	size_t length = strcspn(line, " \t");
	struct phrase *phrase;
	int key = 0;

	while (key < KEYS && (strlen(keys[key]) != length ||
	    strncmp(keys[key], line, length) != 0))
		key++;
	if (key == KEYS)
		return "unknown key in front of the phrase";
	if (!g_utf8_validate(line, -1, NULL))
		return "not UTF-8 text";
	phrase = g_new0(struct phrase, 1);
	phrase->key = (enum key)key;
	phrase->words = phrase_words(line + length);
	phrase->count = g_strv_length(phrase->words);
	if (!phrase->count) {
		phrase_free(phrase);
		return "no phrase behind the key";
	}
	g_ptr_array_add(reminders->phrases, phrase);
	index_phrase(reminders, phrase);
	return NULL;
}

static void
load_file(struct reminders *reminders, const char *path, GPtrArray *problems)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL)) {
		if (problems)
			g_ptr_array_add(problems, g_strdup_printf(
			    "%s:0: cannot be read", path));
		return;
	}
	lines = g_strsplit(text, "\n", -1);
	for (unsigned i = 0; lines[i]; i++) {
		const char *why;

		g_strstrip(lines[i]);
		if (!*lines[i] || *lines[i] == '#')
			continue;
		why = add_line(reminders, lines[i]);
		if (why && problems)
			g_ptr_array_add(problems, g_strdup_printf(
			    "%s:%u: %s", path, i + 1, why));
	}
}

static void
free_list(gpointer list)
{
	g_ptr_array_unref(list);
}

struct reminders *
reminders_load(const char *const *dirs, GPtrArray *problems)
{
	struct reminders *reminders = g_new0(struct reminders, 1);

	reminders->phrases = g_ptr_array_new_with_free_func(phrase_free);
	reminders->first = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, free_list);
	reminders->open = g_ptr_array_new();
	for (; dirs && *dirs; dirs++) {
		g_autoptr(GDir) dir = g_dir_open(*dirs, 0, NULL);
		const char *name;

		while (dir && (name = g_dir_read_name(dir))) {
			g_autofree char *path =
			    g_build_filename(*dirs, name, NULL);

			if (g_str_has_suffix(name, ".reminders"))
				load_file(reminders, path, problems);
		}
	}
	return reminders;
}

void
reminders_free(struct reminders *reminders)
{
	if (!reminders)
		return;
	g_hash_table_unref(reminders->first);
	g_ptr_array_unref(reminders->open);
	g_ptr_array_unref(reminders->phrases);
	g_free(reminders);
}

/* ---- finding ----------------------------------------------------------------- */

struct found {			/* how many different phrases of each key */
	int count[KEYS];
	GString *why;		/* or NULL */
};

static bool
word_is(const char *word, const char *wanted)
{
	size_t length = strlen(wanted);

	if (wanted[length - 1] == '*')
		return strncmp(word, wanted, length - 1) == 0;
	return strcmp(word, wanted) == 0;
}

static bool
stands_at(const struct phrase *phrase, char *const *words)
{
	for (guint i = 0; i < phrase->count; i++)
		if (!words[i] || !word_is(words[i], phrase->words[i]))
			return false;
	return true;
}

/* Is one of two words before it a word that voids? */
static bool
is_denied(const struct reminders *reminders, char *const *words, guint at)
{
	for (guint back = 1; back <= 2 && back <= at; back++) {
		const GPtrArray *list = g_hash_table_lookup(reminders->first,
		    words[at - back]);

		for (guint i = 0; list && i < list->len; i++) {
			const struct phrase *phrase = list->pdata[i];

			if (phrase->key == NOT && phrase->count == 1)
				return true;
		}
	}
	return false;
}

static void
note(const struct reminders *reminders, GPtrArray *list, char *const *words,
    guint at, struct found *found)
{
	for (guint i = 0; list && i < list->len; i++) {
		struct phrase *phrase = list->pdata[i];

		if (phrase->said || phrase->key == NOT ||
		    !stands_at(phrase, words + at) ||
		    is_denied(reminders, words, at))
			continue;
		phrase->said = true;
		found->count[phrase->key]++;
		if (found->why) {
			g_autofree char *text =
			    g_strjoinv(" ", phrase->words);

			g_string_append_printf(found->why, "%s%s: %s",
			    found->why->len ? ", " : "", keys[phrase->key],
			    text);
		}
	}
}

static void
look_at_sentence(const struct reminders *reminders, const char *text,
    struct found *found)
{
	g_auto(GStrv) words = fold_words(text);

	for (guint at = 0; words[at]; at++) {
		note(reminders, g_hash_table_lookup(reminders->first,
		    words[at]), words, at, found);
		note(reminders, reminders->open, words, at, found);
	}
}

/* No phrase goes on behind the end of a sentence. */
static void
look(const struct reminders *reminders, const char *text, struct found *found)
{
	for (guint i = 0; i < reminders->phrases->len; i++)
		((struct phrase *)reminders->phrases->pdata[i])->said = false;
	while (*text) {
		size_t length = 0;
		g_autofree char *sentence = NULL;

		do
			length += strcspn(text + length, ".!?;") + 1;
		while (text[length - 1] && text[length] &&
		    !g_ascii_isspace(text[length]));
		length -= !text[length - 1];
		sentence = g_strndup(text, length);
		look_at_sentence(reminders, sentence, found);
		text += length;
	}
}

/* The short lines at the top of a text: one of them may be its title. */
static char *
headings(const char *text)
{
	GString *out = g_string_new(NULL);
	int left = HEADINGS;

	while (*text && left > 0) {
		size_t length = strcspn(text, "\n");
		g_autofree char *line = g_strndup(text, length);

		g_strstrip(line);
		if (*line && left-- && g_utf8_strlen(line, -1) <= HEADING &&
		    !strchr(".,;?!", line[strlen(line) - 1]))
			g_string_append_printf(out, "%s\n", line);
		text += length + (text[length] == '\n');
	}
	return g_string_free(out, FALSE);
}

bool
reminders_recognise(const struct reminders *reminders, const char *subject,
    const char *text, char **why)
{
	g_autofree char *top = headings(text);
	g_autoptr(GString) said = g_string_new(NULL);
	struct found subjects = {.why = said}, tops = {{0}, NULL},
	    texts = {.why = said};
	bool is = false;

	look(reminders, subject, &subjects);
	look(reminders, top, &tops);
	look(reminders, text, &texts);
	if (texts.count[SORRY] || subjects.count[SORRY])
		is = false;
	else if (subjects.count[SUBJECT] || subjects.count[LATE])
		is = !subjects.count[OTHER];
	else if (subjects.count[PAID] || subjects.count[OTHER])
		is = false;
	else if (subjects.count[TITLE] || tops.count[SUBJECT])
		is = texts.count[LATE] + texts.count[DEBT] > 0 &&
		    (!texts.count[PAID] || texts.count[LATE]);
	else if (!texts.count[PAID])
		is = (tops.count[TITLE] && texts.count[LATE]) ||
		    (texts.count[LATE] &&
		    texts.count[LATE] + texts.count[DEBT] >= 2);
	if (why)
		*why = g_strdup(said->str);
	return is;
}
