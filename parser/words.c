/*
 * words.c - loads the phrase lists and finds phrases in folded text.
 */
#include "words.h"

#include <string.h>

#include "tongue.h"
#include "tokens.h"

#define SCORE 60		/* of a word that one language has */
#define FEW 12			/* words: so few may be of any language */

/* Keys of phrases that are compared as they are; all others are patterns
 * (tongue.c). */
static const char *const phrase_keys[] = {
	"re",		/* marks of an answer in a subject: "re", "aw" */
	"auto",		/* subjects of automatic answers begin so */
	"wrote",	/* the line above a quote ends so */
	"wrote-start",	/* and begins so, when it is broken in two */
	"original",	/* a line above a whole quoted mail begins so */
	"from",		/* first line of its header */
	"subject",	/* and other ones, some lines below */
	"sent",
	"bye",		/* what stands above a name at the end */
	"mobile",	/* a signature that a telephone writes begins so */
	"legal",	/* a notice of who may read this, at the end, has */
};

struct phrase {
	const char *key;	/* interned: one of the above */
	char *text;
	bool is_folded;		/* not before it is asked for: most are never */
};

struct words {
	GPtrArray *phrases;
	GPtrArray *languages;	/* struct tongue */
	GPtrArray *texts;	/* of the files: the lines point into them */
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
phrase_key(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(phrase_keys); i++)
		if (strcmp(phrase_keys[i], key) == 0)
			return phrase_keys[i];
	return NULL;
}

static void
add_phrases(struct words *words, const char *key, const char *text)
{
	g_auto(GStrv) all = g_strsplit(text, ",", -1);

	for (char **one = all; *one; one++) {
		struct phrase *phrase = g_new0(struct phrase, 1);

		phrase->key = key;
		phrase->text = g_strdup(*one);
		g_ptr_array_add(words->phrases, phrase);
	}
}

/* Adds a line that has no blank at its ends; cuts it behind the key. last: the
 * key of the line before, which is known, or NULL. NULL, or why it is bad. */
static const char *
add_line(struct words *words, struct tongue *language, char *line,
    const char **last)
{
	size_t length = strcspn(line, " \t");
	char *text = line + length;
	const char *phrases;

	if (!*text)
		return phrase_key(line) || tongue_knows_key(line)
		    ? "no phrase behind the key"
		    : "unknown key in front of the phrase";
	*text++ = '\0';
	if (*last && strcmp(*last, line) == 0) {
		tongue_add(language, *last, text);
		return NULL;
	}
	phrases = phrase_key(line);
	if (phrases) {
		add_phrases(words, phrases, text);
		return NULL;
	}
	if (!tongue_knows_key(line))
		return "unknown key in front of the phrase";
	*last = line;
	tongue_add(language, line, text);
	return NULL;
}

/* The language of a file LANG.replies or LANG.days. */
static struct tongue *
language_of(struct words *words, const char *path)
{
	g_autofree char *base = g_path_get_basename(path);
	struct tongue *language;

	*strrchr(base, '.') = '\0';
	language = words_language(words, base);
	if (!language) {
		language = tongue_new(base);
		g_ptr_array_add(words->languages, language);
	}
	return language;
}

static void
complain(GPtrArray *problems, const char *path, unsigned line,
    const char *why)
{
	if (problems && why)
		g_ptr_array_add(problems, g_strdup_printf("%s:%u: %s", path,
		    line, why));
}

/* Lines stay where they were read to: most are never asked for. */
static void
load_lines(struct words *words, struct tongue *language, char *text,
    const char *path, GPtrArray *problems)
{
	const char *last = NULL;
	unsigned number = 0;

	for (char *line = text, *next; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		number++;
		line = g_strstrip(line);
		if (!*line || *line == '#')
			continue;
		complain(problems, path, number, g_utf8_validate(line, -1,
		    NULL) ? add_line(words, language, line, &last) :
		    "not UTF-8 text");
	}
}

static void
load_file(struct words *words, const char *path, GPtrArray *problems)
{
	struct tongue *language = language_of(words, path);
	g_autofree char *bad = NULL;
	char *text;

	if (!g_file_get_contents(path, &text, NULL, NULL)) {
		complain(problems, path, 0, "cannot be read");
		return;
	}
	g_ptr_array_add(words->texts, text);
	load_lines(words, language, text, path, problems);
	bad = problems ? tongue_check(language) : NULL;
	complain(problems, path, 0, bad);
}

static void
free_language(gpointer language)
{
	tongue_free(language);
}

struct words *
words_load(const char *const *dirs, GPtrArray *problems)
{
	struct words *words = g_new0(struct words, 1);

	words->phrases = g_ptr_array_new_with_free_func(free_phrase);
	words->languages = g_ptr_array_new_with_free_func(free_language);
	words->texts = g_ptr_array_new_with_free_func(g_free);
	for (; dirs && *dirs; dirs++) {
		g_autoptr(GDir) dir = g_dir_open(*dirs, 0, NULL);
		const char *name;

		while (dir && (name = g_dir_read_name(dir))) {
			g_autofree char *path =
			    g_build_filename(*dirs, name, NULL);

			if (g_str_has_suffix(name, ".replies") ||
			    g_str_has_suffix(name, ".days"))
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
	g_ptr_array_unref(words->languages);
	g_ptr_array_unref(words->texts);
	g_free(words);
}

struct tongue *
words_language(const struct words *words, const char *name)
{
	for (guint i = 0; i < words->languages->len; i++)
		if (strcmp(tongue_name(words->languages->pdata[i]),
		    name) == 0)
			return words->languages->pdata[i];
	return NULL;
}

/* Adds what a word tells to the languages' scores: one that few of them have
 * tells more. */
static void
score_word(const struct words *words, const char *word, unsigned *score)
{
	unsigned having = 0;

	for (guint i = 0; i < words->languages->len; i++)
		if (tongue_has(words->languages->pdata[i], word))
			having++;
	for (guint i = 0; having && i < words->languages->len; i++)
		if (tongue_has(words->languages->pdata[i], word))
			score[i] += SCORE / having;
}

GPtrArray *
words_languages(const struct words *words, const struct tokens *tokens,
    unsigned percent)
{
	GPtrArray *spoken = g_ptr_array_new();
	g_autofree unsigned *score =
	    g_new0(unsigned, words->languages->len + 1);
	unsigned best = 0;

	for (unsigned i = 0; i < tokens->count; i++)
		score_word(words, tokens->token[i].text, score);
	for (guint i = 0; i < words->languages->len; i++)
		best = MAX(best, score[i]);
	if (best == 0 && tokens->count > FEW)
		return spoken;
	for (guint i = 0; i < words->languages->len; i++)
		if (!tongue_is_known(words->languages->pdata[i]))
			continue;
		else if (score[i] == best)
			g_ptr_array_insert(spoken, 0,
			    words->languages->pdata[i]);
		else if (score[i] * 100 >= best * percent)
			g_ptr_array_add(spoken, words->languages->pdata[i]);
	return spoken;
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
has(const char *folded, const char *phrase)
{
	return strstr(folded, phrase) != NULL;
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

bool
words_have(const struct words *words, const char *key, const char *folded)
{
	return find(words, key, folded, has);
}
