/*
 * learn_line.c - what a value stands in: a line that a label begins, a line
 * below its label, or a sentence.
 */
#include "learn.h"

#include <string.h>

#define LABEL_WORDS 6	/* of a label, at most */
#define NEAR_WORDS 4	/* between a label and its value */
#define WRAPPED 50	/* characters: a longer line may go on below */

bool
lline_is_blank(const struct lpage *page, glong start, glong end)
{
	for (; start < end; start++)
		if (page->text[start] != ' ' && page->text[start] != '\t')
			return false;
	return true;
}

void
llabel_free(gpointer data)
{
	struct llabel *label = data;

	g_free(label->key);
	g_free(label->text);
	g_array_unref(label->value);
	g_free(label);
}

/* Words as one text, as written or folded. */
static char *
joined(const GArray *tokens, guint to, bool folded)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < to; i++) {
		const struct ltoken *token = TOKEN(tokens, i);

		g_string_append_printf(out, "%s%s",
		    i > 0 && token->gap ? " " : "",
		    folded ? token->fold : token->word);
	}
	return g_string_free(out, FALSE);
}

/* May the first tokens be a label's text? */
static bool
is_text(const GArray *tokens, guint to)
{
	unsigned words = 0;

	for (guint i = 0; i < to; i++) {
		if (TOKEN(tokens, i)->type != TOKEN_WORD ||
		    strchr("{}", *TOKEN(tokens, i)->word))
			return false;
		words += ltokens_is_word(TOKEN(tokens, i));
	}
	return words > 0 && (words <= LABEL_WORDS ||
	    g_unichar_iswide(g_utf8_get_char(TOKEN(tokens, 0)->word)));
}

static bool
is_colon(const struct ltoken *token)
{
	return token->type == TOKEN_WORD && strcmp(token->word, ":") == 0;
}

static struct llabel *
new_label(const GArray *tokens, guint text, guint value, bool colon)
{
	struct llabel *label = g_new0(struct llabel, 1);

	label->key = joined(tokens, text, true);
	label->text = joined(tokens, text, false);
	label->colon = !colon ? COLON_NONE :
	    TOKEN(tokens, text)->gap ? COLON_APART : COLON_TIGHT;
	label->count = 1;
	label->value = g_array_new(FALSE, TRUE, sizeof(struct ltoken));
	g_array_append_vals(label->value, TOKEN(tokens, value),
	    tokens->len - value);
	return label;
}

/* Where the label's text ends: before a colon, or a wide gap. */
static struct llabel *
on_line(const GArray *tokens)
{
	guint near_words = 0, first = 0;

	while (first < tokens->len && TOKEN(tokens, first)->type != TOKEN_FIELD)
		first++;
	for (guint i = 1; i <= first && i < tokens->len; i++) {
		bool colon = is_colon(TOKEN(tokens, i));

		if (!colon && TOKEN(tokens, i)->gap < 2)
			continue;
		if (!is_text(tokens, i))
			return NULL;
		for (guint j = i; j < first; j++)
			near_words += ltokens_is_word(TOKEN(tokens, j));
		if (near_words > NEAR_WORDS || i + colon >= tokens->len)
			return NULL;
		return new_label(tokens, i, i + colon, colon);
	}
	return NULL;
}

/* The start of the line before, empty ones left out; -1. */
static glong
line_above(const struct lpage *page, glong start, glong *end)
{
	while (start > 0) {
		*end = --start;
		while (start > 0 && page->text[start - 1] != '\n')
			start--;
		if (!lline_is_blank(page, start, *end))
			return start;
	}
	return -1;
}

static struct llabel *
above(const struct lpage *page, glong start, const GArray *tokens)
{
	g_autoptr(GArray) words = NULL;
	struct llabel *label;
	glong end, from = line_above(page, start, &end);
	bool colon;

	if (from < 0 || TOKEN(tokens, 0)->type != TOKEN_FIELD ||
	    ltokens_words(tokens) > 1)
		return NULL;
	words = ltokens_of(page, from, end);
	colon = words->len && is_colon(TOKEN(words, words->len - 1));
	if (words->len <= colon || !is_text(words, words->len - colon) ||
	    strchr(".,;!?", *TOKEN(words, words->len - 1)->word))
		return NULL;
	label = new_label(tokens, 0, 0, false);
	label->colon = colon ? COLON_TIGHT : COLON_NONE;
	g_free(label->key);
	g_free(label->text);
	label->key = joined(words, words->len - colon, true);
	label->text = joined(words, words->len - colon, false);
	label->below = true;
	return label;
}

struct llabel *
lline_label(const struct lpage *page, glong start, glong end)
{
	g_autoptr(GArray) tokens = ltokens_of(page, start, end);
	struct llabel *label;
	bool value = false;

	for (guint i = 0; i < tokens->len; i++)
		value |= TOKEN(tokens, i)->type == TOKEN_FIELD;
	if (!value)
		return NULL;
	label = on_line(tokens);
	return label ? label : above(page, start, tokens);
}

/* ---- sentences ----------------------------------------------------------------- */

/* Does the line that ends here go on below? */
static bool
goes_on(const struct lpage *page, glong start, glong end)
{
	glong next = lpage_line_end(page, MIN(end + 1, page->length));

	return end - start >= WRAPPED && end < page->length &&
	    !lline_is_blank(page, end + 1, next) &&
	    !strchr(".!?:", (int)MIN(page->text[end - 1], 126u));
}

GArray *
lline_sentence(const struct lpage *page, glong at)
{
	glong start = at, end, before;

	while (start > 0 && page->text[start - 1] != '\n')
		start--;
	end = lpage_line_end(page, at);
	for (before = start; before > 0;) {
		glong line = before - 1;

		while (line > 0 && page->text[line - 1] != '\n')
			line--;
		if (!goes_on(page, line, before - 1))
			break;
		start = before = line;
	}
	for (glong line = start; goes_on(page, MAX(line,
	    start), end);) {
		line = end + 1;
		end = lpage_line_end(page, line);
	}
	return ltokens_of(page, start, end);
}

/* ---- labels that begin several lines -------------------------------------------- */

/* Do the tokens begin with the words of a label? */
static bool
begins(const GArray *tokens, const char *key)
{
	for (guint i = 1; i <= tokens->len; i++) {
		g_autofree char *text = joined(tokens, i, true);

		if (strcmp(text, key) == 0)
			return true;
		if (!g_str_has_prefix(key, text))
			return false;
	}
	return false;
}

unsigned
lline_count(const struct lpage *page, const struct llabel *label,
    GPtrArray *longer)
{
	unsigned count = 0;

	for (glong start = 0; start < page->length;) {
		glong end = lpage_line_end(page, start);
		g_autoptr(GArray) tokens = ltokens_of(page, start, end);
		struct llabel *own = begins(tokens, label->key) ?
		    on_line(tokens) : NULL;

		if (own && strcmp(own->key, label->key) != 0 &&
		    !label->colon) {
			g_ptr_array_add(longer, own);
			own = NULL;
		} else if (begins(tokens, label->key) && (!label->colon ||
		    (own && strcmp(own->key, label->key) == 0)))
			count++;
		if (own)
			llabel_free(own);
		start = end + 1;
	}
	return count;
}
