/*
 * tokens.c - cuts a text into tokens and sentences. A point ends a sentence
 * unless it belongs to a number or an abbreviation, a line break where the
 * line was not full.
 */
#include "tokens.h"

#include <string.h>

#include "words.h"

#define FULL_LINE 60	/* characters: a shorter line was broken by hand */
#define QUOTE_MOST 400	/* bytes between quotation marks */

struct cutter {
	const char *text, *at;
	GArray *tokens, *sentences;
	GStringChunk *chunk;
	enum mark pending;
	bool question, line;
	const char *line_start;
};

/* ---- marks ---------------------------------------------------------------------- */

static void
mark(struct cutter *cutter, enum mark found)
{
	cutter->pending = MAX(cutter->pending, found);
}

/* The tokens since the last end are a sentence. */
static void
end_sentence(struct cutter *cutter)
{
	struct sentence *last = cutter->sentences->len ?
	    &g_array_index(cutter->sentences, struct sentence,
	    cutter->sentences->len - 1) : NULL;
	struct sentence sentence = {last ? last->end : 0, cutter->tokens->len,
	    cutter->question};

	if (sentence.end > sentence.first)
		g_array_append_val(cutter->sentences, sentence);
	else if (last && cutter->question)
		last->question = true;
	cutter->question = false;
	mark(cutter, MARK_STOP);
}

static struct token *
last_token(const struct cutter *cutter)
{
	return cutter->tokens->len ? &g_array_index(cutter->tokens,
	    struct token, cutter->tokens->len - 1) : NULL;
}

/* Does a point behind the last token belong to it? */
static bool
is_short(const struct token *token)
{
	static const char *const shorts[] = {"nr", "num", "rg", "inv", "ref",
	    "mr", "mrs", "ms", "dr", "st", "str", "bzw", "ca", "usw", "ggf",
	    "evtl", "inkl", "exkl", "zzgl", "abs", "sr", "sra", "mme", "fra",
	    "fact", "fac", "bijv", "vgl", "tel", "art", "ed", "pag", "ltd",
	    "gmbh", "dtt", "sig", "rif", "fatt", "руб", "сч", "тов", "им",
	    "ул", "коп", "тыс", "янв", "фев", "мар", "апр", "авг", "сен",
	    "сент", "окт", "ноя", "нояб", "дек", "jan", "feb", "apr", "aug",
	    "sep", "sept", "oct", "okt", "nov", "dec", "dez", "janv", "fevr",
	    "juil", "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug",
	    "ott", "out", "fev", "вх", "исх", "пн", "вт", "ср", "чт", "пт",
	    NULL};

	return token && (g_utf8_strlen(token->text, -1) == 1 ||
	    g_strv_contains(shorts, token->text));
}

static const char *
skip_blanks(const char *p)
{
	return p + strspn(p, " \t");
}

/* "13.11", which a day may be. */
static bool
is_figure(const struct token *token)
{
	return g_ascii_isdigit(*token->text) && strchr(token->text, '.');
}

static void
point(struct cutter *cutter)
{
	const char *next = skip_blanks(cutter->at + 1);
	struct token *last = last_token(cutter);
	bool behind = last && cutter->text + last->end == cutter->at;

	if (behind && last->number >= 0)
		last->dot = true;
	if (next[0] == '.' || g_ascii_isalnum(cutter->at[1]))
		return;
	if (behind && (g_ascii_isdigit(*next) || (is_figure(last) &&
	    g_unichar_isupper(g_utf8_get_char(next)))))
		mark(cutter, MARK_COMMA);
	else if (behind && is_figure(last) &&
	    g_unichar_islower(g_utf8_get_char(next)))
		return;
	else if (behind && last->number >= 0 && last->number <= 31 &&
	    *next != '\n' && *next != '\0')
		return;
	else if (!behind || !is_short(last) || *next == '\0')
		end_sentence(cutter);
}

/* A line that ends here: was it broken by hand? */
static void
newline(struct cutter *cutter)
{
	const char *next = skip_blanks(cutter->at + 1);
	glong length = cutter->at - cutter->line_start > 4 * FULL_LINE ?
	    FULL_LINE : g_utf8_strlen(cutter->line_start,
	    cutter->at - cutter->line_start);
	gunichar c = g_utf8_get_char(next);

	if (*next == '\n' || *next == '\r' || strchr("-*+\xe2", *next) ||
	    (length < FULL_LINE && (g_unichar_isupper(c) ||
	    g_unichar_isdigit(c))))
		end_sentence(cutter);
	cutter->line = true;
	cutter->line_start = cutter->at + 1;
}

/* ---- quotation marks -------------------------------------------------------------- */

static void
add(struct cutter *cutter, const char *end, const char *text)
{
	struct token token = {
		.text = text, .exact = text,
		.start = (unsigned)(cutter->at - cutter->text),
		.end = (unsigned)(end - cutter->text),
		.number = -1, .before = cutter->pending, .line = cutter->line,
	};

	g_array_append_val(cutter->tokens, token);
	cutter->pending = MARK_NONE;
	cutter->line = false;
	cutter->at = end;
}

/* Behind the end of what is quoted here, or NULL: it is one word, such as a
 * name, or does not end. */
static const char *
quote_end(const char *at)
{
	static const char *const pairs[][2] = {{"\"", "\""}, {"\u201c", "\u201d"},
	    {"\u201e", "\u201c"}, {"\u201e", "\u201d"}, {"\u00ab", "\u00bb"},
	    {"\u00bb", "\u00ab"}, {"\u2018", "\u2019"}};

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		size_t length = strlen(pairs[i][0]);
		const char *end;

		if (strncmp(at, pairs[i][0], length) != 0)
			continue;
		end = g_strstr_len(at + length, QUOTE_MOST, pairs[i][1]);
		if (end && memchr(at, ' ', (size_t)(end - at)) &&
		    !g_strstr_len(at, end - at, "\n\n"))
			return end + strlen(pairs[i][1]);
	}
	return NULL;
}

/* ---- words and numbers ------------------------------------------------------------- */

static bool
is_apostrophe(gunichar c)
{
	return c == '\'' || c == 0x2019 || c == 0x2bc;
}

/* Words that leave their vowel out before another one: "j'ai", "dell'anno";
 * every other apostrophe is inside a word: "don't". */
static bool
is_elided(const char *word, size_t length)
{
	static const char *const elided[] = {"j", "l", "n", "d", "c", "s", "m",
	    "t", "qu", "un", "all", "dell", "nell", "sull", "dall", "quest",
	    "quell", "lorsqu", "jusqu", "puisqu", "aujourd", "quell", "presqu",
	    "com", "anch", "cos", "gl", "bell", NULL};
	g_autofree char *lower = g_utf8_strdown(word, (gssize)length);

	return g_strv_contains(elided, lower);
}

static const char *
word_end(const char *at)
{
	const char *p = at;

	while (*p) {
		gunichar c = g_utf8_get_char(p);
		const char *next = g_utf8_next_char(p);

		if (is_apostrophe(c)) {
			if (!g_unichar_isalpha(g_utf8_get_char(next)) ||
			    is_elided(at, (size_t)(p - at)))
				break;
		} else if (!g_unichar_isalnum(c) && !g_unichar_ismark(c)) {
			break;
		}
		p = next;
	}
	return p;
}

static const char *
number_end(const char *at)
{
	const char *p = at;

	while (g_ascii_isdigit(*p) || (*p && strchr(".,/:-'", *p) &&
	    p > at && g_ascii_isdigit(p[1])))
		p++;
	return p;
}

static void
add_number(struct cutter *cutter)
{
	const char *start = cutter->at, *end = number_end(start);
	const char *tail = word_end(end);
	size_t digits = strspn(start, "0123456789");
	struct token *token;

	if (tail - end > 8)
		tail = end;
	add(cutter, tail, g_string_chunk_insert_len(cutter->chunk, start,
	    end - start));
	token = last_token(cutter);
	if (digits == (size_t)(end - start) && digits <= 8)
		token->number = (int)g_ascii_strtoll(start, NULL, 10);
	token->exact = g_string_chunk_insert_len(cutter->chunk, start,
	    tail - start);
}

static void
add_word(struct cutter *cutter)
{
	const char *start = cutter->at, *end = word_end(start);
	g_autofree char *raw = g_strndup(start, (gsize)(end - start));
	g_autofree char *lower = g_utf8_strdown(raw, -1);
	g_autofree char *folded = words_fold(raw);
	char *inner = g_strstrip(folded);
	struct token *token;

	g_strdelimit(inner, " ", '_');
	add(cutter, end, g_string_chunk_insert_const(cutter->chunk, inner));
	token = last_token(cutter);
	token->exact = g_string_chunk_insert_const(cutter->chunk, lower);
	token->upper = g_unichar_isupper(g_utf8_get_char(start));
	if (is_apostrophe(g_utf8_get_char(cutter->at)))
		cutter->at = g_utf8_next_char(cutter->at);
}

/* ---- the whole ----------------------------------------------------------------------- */

static void
other_character(struct cutter *cutter, gunichar c)
{
	const char *next = g_utf8_next_char(cutter->at);

	if (c == '.' || c == 0x3002) {
		point(cutter);
	} else if (c == '!' || c == 0x2026) {
		end_sentence(cutter);
	} else if (c == '?' || c == 0xff1f) {
		cutter->question = true;
		end_sentence(cutter);
	} else if (c == 0xbf || c == 0xa1) {
		end_sentence(cutter);
	} else if (c == '\n') {
		newline(cutter);
	} else if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')' ||
	    c == 0x2013 || c == 0x2014 || c == '[' || c == ']' ||
	    (c == '-' && (*next == ' ' || *next == '-'))) {
		mark(cutter, MARK_COMMA);
	}
	cutter->at = next;
}

static void
step(struct cutter *cutter)
{
	gunichar c = g_utf8_get_char(cutter->at);
	const char *quoted = quote_end(cutter->at);

	if (quoted)
		add(cutter, quoted, "\"");
	else if (g_ascii_isdigit(*cutter->at))
		add_number(cutter);
	else if (g_unichar_isalnum(c))
		add_word(cutter);
	else if (g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL)
		add(cutter, g_utf8_next_char(cutter->at),
		    g_string_chunk_insert_len(cutter->chunk, cutter->at,
		    g_utf8_next_char(cutter->at) - cutter->at));
	else
		other_character(cutter, c);
}

struct tokens *
tokens_read(const char *text)
{
	struct cutter cutter = {
		.text = text, .at = text, .line_start = text, .line = true,
		.tokens = g_array_new(FALSE, FALSE, sizeof(struct token)),
		.sentences =
		    g_array_new(FALSE, FALSE, sizeof(struct sentence)),
		.chunk = g_string_chunk_new(4096),
	};
	struct tokens *tokens = g_new0(struct tokens, 1);

	while (*cutter.at && cutter.tokens->len < TOKENS_MOST)
		step(&cutter);
	end_sentence(&cutter);
	tokens->count = cutter.tokens->len;
	tokens->token =
	    (struct token *)(void *)g_array_free(cutter.tokens, FALSE);
	tokens->sentences = cutter.sentences->len;
	tokens->sentence =
	    (struct sentence *)(void *)g_array_free(cutter.sentences, FALSE);
	tokens->chunk = cutter.chunk;
	return tokens;
}

void
tokens_free(struct tokens *tokens)
{
	if (!tokens)
		return;
	g_free(tokens->token);
	g_free(tokens->sentence);
	g_string_chunk_free(tokens->chunk);
	g_free(tokens);
}
