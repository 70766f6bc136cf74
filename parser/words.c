/*
 * words.c - loads the phrase lists and finds phrases in folded text.
 */
#include "words.h"

#include <string.h>

/* What a key is for; the intents in the order in which they are asked, the
 * one that stops more first. */
static const char *const intents[] = {"dispute", "paid-claim", "promise",
    "stop"};
static const char *const other_keys[] = {
	"not",		/* words that void an intent's phrase behind them */
	"re",		/* marks of an answer in a subject: "re", "aw" */
	"auto",		/* subjects of automatic answers begin so */
	"wrote",	/* the line above a quote ends so */
	"wrote-start",	/* and begins so, when it is broken in two */
	"original",	/* a line above a whole quoted mail begins so */
	"from",		/* first line of its header */
	"subject",	/* and another one, some lines below */
};

struct phrase {
	const char *key;	/* interned: one of the above */
	char *text;
	bool is_folded;		/* not before it is asked for: most are never */
};

struct words {
	GPtrArray *phrases;
};

/* ---- folding ------------------------------------------------------------------- */

/* The same for ASCII, which most lines are. */
static char *
fold_ascii(const char *text)
{
	char *out = g_malloc(strlen(text) + 3), *to = out;

	*to++ = ' ';
	for (; *text; text++) {
		if (g_ascii_isalnum(*text))
			*to++ = g_ascii_tolower(*text);
		else if (*text != '\'' && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to[-1] != ' ')
		*to++ = ' ';
	*to = '\0';
	return out;
}

static char *
fold_unicode(const char *text)
{
	g_autofree char *lower = g_utf8_casefold(text, -1);
	g_autofree char *split =
	    g_utf8_normalize(lower, -1, G_NORMALIZE_ALL);
	GString *out = g_string_new(" ");

	for (const char *p = split ? split : ""; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_ismark(c) || c == 0x27 || c == 0x2019)
			continue;	/* accents, and the one in "don't" */
		if (g_unichar_isalnum(c))
			g_string_append_unichar(out, c);
		else if (out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	if (out->str[out->len - 1] != ' ')
		g_string_append_c(out, ' ');
	return g_string_free(out, FALSE);
}

char *
words_fold(const char *text)
{
	return g_str_is_ascii(text) ? fold_ascii(text) : fold_unicode(text);
}

/* ---- loading ------------------------------------------------------------------- */

static void
free_phrase(gpointer data)
{
	struct phrase *phrase = data;

	g_free(phrase->text);
	g_free(phrase);
}

static const char *
intern_key(const char *key, size_t length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(intents); i++)
		if (strlen(intents[i]) == length &&
		    strncmp(intents[i], key, length) == 0)
			return intents[i];
	for (size_t i = 0; i < G_N_ELEMENTS(other_keys); i++)
		if (strlen(other_keys[i]) == length &&
		    strncmp(other_keys[i], key, length) == 0)
			return other_keys[i];
	return NULL;
}

/* NULL or why the line is bad. */
static const char *
add_line(struct words *words, const char *line)
{
	size_t length = strcspn(line, " \t");
	const char *key = intern_key(line, length);
	struct phrase *phrase;

	if (!key)
		return "unknown key in front of the phrase";
	if (!g_utf8_validate(line, -1, NULL))
		return "not UTF-8 text";
	phrase = g_new0(struct phrase, 1);
	phrase->key = key;
	phrase->text = g_strdup(line + length);
	g_ptr_array_add(words->phrases, phrase);
	return line[length] ? NULL : "no phrase behind the key";
}

static void
load_file(struct words *words, const char *path, GPtrArray *problems)
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
		why = add_line(words, lines[i]);
		if (why && problems)
			g_ptr_array_add(problems, g_strdup_printf(
			    "%s:%u: %s", path, i + 1, why));
	}
}

struct words *
words_load(const char *const *dirs, GPtrArray *problems)
{
	struct words *words = g_new0(struct words, 1);

	words->phrases = g_ptr_array_new_with_free_func(free_phrase);
	for (; dirs && *dirs; dirs++) {
		g_autoptr(GDir) dir = g_dir_open(*dirs, 0, NULL);
		const char *name;

		while (dir && (name = g_dir_read_name(dir))) {
			g_autofree char *path =
			    g_build_filename(*dirs, name, NULL);

			if (g_str_has_suffix(name, ".replies"))
				load_file(words, path, problems);
		}
	}
	return words;
}

void
words_free(struct words *words)
{
	if (!words)
		return;
	g_ptr_array_unref(words->phrases);
	g_free(words);
}

/* ---- finding ------------------------------------------------------------------- */

static const char *
folded_text(struct phrase *phrase)
{
	if (!phrase->is_folded) {
		char *folded = words_fold(phrase->text);

		g_free(phrase->text);
		phrase->text = folded;
		phrase->is_folded = true;
	}
	return phrase->text;
}

static bool
begins(const char *folded, const char *phrase)
{
	return g_str_has_prefix(folded, phrase);
}

static bool
ends(const char *folded, const char *phrase)
{
	return g_str_has_suffix(folded, phrase);
}

static bool
find(const struct words *words, const char *key, const char *folded,
    bool (*is_there)(const char *, const char *))
{
	for (guint i = 0; i < words->phrases->len; i++) {
		struct phrase *phrase = words->phrases->pdata[i];

		if (strcmp(phrase->key, key) == 0 &&
		    is_there(folded, folded_text(phrase)))
			return true;
	}
	return false;
}

bool
words_begin(const struct words *words, const char *key, const char *folded)
{
	return find(words, key, folded, begins);
}

bool
words_end(const struct words *words, const char *key, const char *folded)
{
	return find(words, key, folded, ends);
}

/* Does the text up to a place end with a word that denies what follows? */
static bool
is_denied(const struct words *words, const char *folded, const char *at)
{
	g_autofree char *before =
	    g_strndup(folded, (gsize)(at - folded) + 1);

	return words_end(words, "not", before);
}

/* Does a text say a phrase of an intent without denying it? */
static bool
means(const struct words *words, const char *intent, const char *folded)
{
	for (guint i = 0; i < words->phrases->len; i++) {
		struct phrase *phrase = words->phrases->pdata[i];
		const char *at = folded;

		if (strcmp(phrase->key, intent) != 0)
			continue;
		while ((at = strstr(at, folded_text(phrase)))) {
			if (!is_denied(words, folded, at))
				return true;
			at++;
		}
	}
	return false;
}

const char *
words_intent(const struct words *words, const char *text)
{
	g_autofree char *folded = words_fold(text);

	for (size_t i = 0; i < G_N_ELEMENTS(intents); i++)
		if (means(words, intents[i], folded))
			return intents[i];
	return "other";
}
