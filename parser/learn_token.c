/*
 * learn_token.c - text as words, signs and values, and what several samples
 * have in common: the words that stay, the values, and gaps where they vary.
 */
#include "learn.h"

#include <string.h>

#define LONGEST 300	/* tokens of one text that are compared */

/* ---- cutting ----------------------------------------------------------------- */

static void
set_word(struct ltoken *token, const struct lpage *page, glong start,
    glong end)
{
	g_autofree char *word = g_ucs4_to_utf8(page->text + start,
	    end - start, NULL, NULL, NULL);
	g_autofree char *fold = g_ucs4_to_utf8(page->fold + start,
	    end - start, NULL, NULL, NULL);

	g_strlcpy(token->word, word ? word : "", sizeof(token->word));
	g_strlcpy(token->fold, fold ? fold : "", sizeof(token->fold));
	token->type = strpbrk(token->fold, "0123456789") || !word ||
	    strlen(word) >= sizeof(token->word) ? TOKEN_CODE : TOKEN_WORD;
}

static bool
is_letter(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* The value that begins at a character, or NULL. */
static const struct lspan *
span_at(const struct lpage *page, glong at)
{
	for (guint i = 0; i < page->spans->len; i++)
		if (g_array_index(page->spans, struct lspan, i).start == at)
			return &g_array_index(page->spans, struct lspan, i);
	return NULL;
}

/* A code with other signs than codes have as a rule: "+++090/9337/55493+++" */
static bool
is_odd(const struct lpage *page, const struct lspan *span)
{
	static const int codes[] = {EVENT_REFERENCE, EVENT_BANK_REFERENCE,
	    EVENT_END_TO_END_ID};
	bool code = false;

	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		code |= span->field == codes[i];
	for (glong i = span->start; code && i < span->end; i++)
		if (page->fold[i] > 126 || (!g_ascii_isalnum((char)
		    page->fold[i]) && !strchr("/_-", (int)page->fold[i])))
			return true;
	return false;
}

/* The token at a character; its end. */
static glong
cut(const struct lpage *page, glong at, glong end, struct ltoken *token)
{
	const struct lspan *span = span_at(page, at);
	glong to = at + 1;

	if (span) {
		token->type = TOKEN_FIELD;
		token->field = span->field;
		token->before = token->every_before = span->before;
		token->after = token->every_after = span->after;
		token->odd = is_odd(page, span);
		return span->end;
	}
	/* Scripts without blanks: each character is a word. */
	while (is_letter(page->text[at]) && to < end &&
	    is_letter(page->text[to]) && !g_unichar_iswide(page->text[to]) &&
	    !g_unichar_iswide(page->text[at]) && !span_at(page, to))
		to++;
	set_word(token, page, at, to);
	return to;
}

GArray *
ltokens_of(const struct lpage *page, glong start, glong end)
{
	GArray *out = g_array_new(FALSE, TRUE, sizeof(struct ltoken));
	unsigned gap = 0;
	bool line = start == 0 || page->text[start - 1] == '\n';

	for (glong i = start; i < end && out->len < LONGEST;) {
		struct ltoken token = {.type = TOKEN_WORD};
		gunichar c = page->text[i];

		if (c == ' ' || c == '\t' || c == '\n') {
			gap = c == '\t' ? 2 : MIN(gap + 1, 2);
			line = line || c == '\n';
			i++;
			continue;
		}
		i = cut(page, i, end, &token);
		token.gap = line && out->len ? 1 : gap;
		token.line_start = line;
		g_array_append_val(out, token);
		gap = 0;
		line = false;
	}
	return out;
}

bool
ltokens_is_word(const struct ltoken *token)
{
	return token->type == TOKEN_WORD &&
	    g_unichar_isalpha(g_utf8_get_char(token->word));
}

unsigned
ltokens_words(const GArray *tokens)
{
	unsigned count = 0;

	for (guint i = 0; i < tokens->len; i++)
		count += ltokens_is_word(TOKEN(tokens, i));
	return count;
}

int
ltokens_find(const GArray *tokens, int field)
{
	for (guint i = 0; i < tokens->len; i++)
		if (TOKEN(tokens, i)->type == TOKEN_FIELD &&
		    TOKEN(tokens, i)->field == field)
			return (int)i;
	return -1;
}

void
ltokens_forget(GArray *tokens, const GPtrArray *names)
{
	for (guint i = 0; i < tokens->len; i++) {
		struct ltoken *token = TOKEN(tokens, i);

		if (ltokens_is_word(token) &&
		    g_utf8_strlen(token->word, -1) > 3 &&
		    g_ptr_array_find_with_equal_func((GPtrArray *)
		    (uintptr_t)names, token->word, g_str_equal, NULL))
			token->type = TOKEN_ANY;
	}
}

/* ---- what two have in common -------------------------------------------------- */

static bool
same(const struct ltoken *a, const struct ltoken *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == TOKEN_FIELD)
		return a->field == b->field;
	return a->type == TOKEN_CODE || strcmp(a->fold, b->fold) == 0;
}

static bool
has_field(const GArray *tokens, guint from, guint to)
{
	for (; from < to; from++)
		if (TOKEN(tokens, from)->type == TOKEN_FIELD)
			return true;
	return false;
}

static bool
has_amount(const GArray *tokens, guint from, guint to)
{
	for (; from < to; from++)
		if (TOKEN(tokens, from)->type == TOKEN_FIELD &&
		    TOKEN(tokens, from)->field == EVENT_AMOUNT)
			return true;
	return false;
}

/* What only one of them has: a gap, or what may be missing. */
static bool
take_run(GArray *out, const GArray *a, guint a0, guint a1, const GArray *b,
    guint b0, guint b1)
{
	bool in_a = has_field(a, a0, a1), in_b = has_field(b, b0, b1);
	unsigned group = out->len + 1;

	if (a0 == a1 && b0 == b1)
		return true;
	if (!in_a && !in_b) {
		struct ltoken any = {.type = TOKEN_ANY, .gap = 1};

		any.line_start = (a0 < a1 && TOKEN(a, a0)->line_start) ||
		    (b0 < b1 && TOKEN(b, b0)->line_start);
		g_array_append_val(out, any);
		return true;
	}
	if ((in_a && b0 < b1) || (in_b && a0 < a1) ||
	    has_amount(a, a0, a1) || has_amount(b, b0, b1))
		return false;
	for (; a0 < a1; a0++) {
		g_array_append_vals(out, TOKEN(a, a0), 1);
		TOKEN(out, out->len - 1)->group = group;
	}
	for (; b0 < b1; b0++) {
		g_array_append_vals(out, TOKEN(b, b0), 1);
		TOKEN(out, out->len - 1)->group = group;
	}
	return true;
}

static void
take_same(GArray *out, const struct ltoken *a, const struct ltoken *b)
{
	struct ltoken token = *a;

	token.gap = MIN(a->gap, b->gap);
	token.line_start = a->line_start && b->line_start;
	token.odd |= b->odd;
	token.before |= b->before;
	token.after |= b->after;
	token.every_before &= b->every_before;
	token.every_after &= b->every_after;
	g_array_append_val(out, token);
}

/* Lengths of the longest common subsequences of all ends. */
static unsigned *
common(const GArray *a, const GArray *b)
{
	guint width = b->len + 1;
	unsigned *length = g_new0(unsigned, (a->len + 1) * width);

	for (guint i = a->len; i-- > 0;)
		for (guint j = b->len; j-- > 0;) {
			unsigned *here = &length[i * width + j];

			*here = MAX(here[width], here[1]);
			if (same(TOKEN(a, i), TOKEN(b, j)))
				*here = MAX(*here, here[width + 1] + 1);
		}
	return length;
}

static bool
walk(GArray *out, const GArray *a, const GArray *b)
{
	g_autofree unsigned *length = common(a, b);
	guint width = b->len + 1, i = 0, j = 0, a0 = 0, b0 = 0;

	while (i < a->len && j < b->len) {
		const unsigned *here = &length[i * width + j];

		if (same(TOKEN(a, i), TOKEN(b, j)) &&
		    *here == here[width + 1] + 1) {
			if (!take_run(out, a, a0, i, b, b0, j))
				return false;
			take_same(out, TOKEN(a, i), TOKEN(b, j));
			a0 = ++i;
			b0 = ++j;
		} else if (here[width] >= here[1])
			i++;
		else
			j++;
	}
	return take_run(out, a, a0, a->len, b, b0, b->len);
}

bool
ltokens_merge(GArray **tokens, const GArray *other, bool strict)
{
	GArray *out = g_array_new(FALSE, TRUE, sizeof(struct ltoken));
	unsigned least = MIN(ltokens_words(*tokens), ltokens_words(other));

	if (!walk(out, *tokens, other) || (strict &&
	    (ltokens_words(out) < 2 || ltokens_words(out) * 5 < least * 3))) {
		g_array_unref(out);
		return false;
	}
	g_array_unref(*tokens);
	*tokens = out;
	return true;
}

/* ---- as a pattern -------------------------------------------------------------- */

static void
write_word(GString *out, const char *word)
{
	for (; *word; word++) {
		if (strchr("\\^$.[]|()?*+{}", *word))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *word);
	}
}

static void
write_field(GString *out, const struct ltoken *token)
{
	if (token->field == EVENT_AMOUNT && token->before)
		g_string_append(out, token->every_before ? "{currency} ?" :
		    "(?:{currency} ?)?");
	g_string_append_printf(out, token->odd ? "(?<%s>[^\\n]+?)" : "{%s}",
	    shape_name(token->field));
	if (token->field == EVENT_AMOUNT && token->after)
		g_string_append(out, token->every_after ? " ?{currency}" :
		    "(?: ?{currency})?");
}

static void
write_token(GString *out, const struct ltoken *token, bool fields)
{
	switch (token->type) {
	case TOKEN_WORD:
		write_word(out, token->word);
		break;
	case TOKEN_CODE:
		g_string_append(out, "[^\\s]+");
		break;
	case TOKEN_FIELD:
		if (fields) {
			write_field(out, token);
			break;
		}
		g_string_append(out, "{_}");
		break;
	case TOKEN_ANY:
		g_string_append(out, "{_}");
		break;
	}
}

void
ltokens_write(GString *out, const GArray *tokens, guint from, guint to,
    bool fields)
{
	unsigned group = 0;

	for (guint i = from; i < to; i++) {
		const struct ltoken *token = TOKEN(tokens, i);
		bool loose = token->type == TOKEN_ANY || (i > from &&
		    TOKEN(tokens, i - 1)->type == TOKEN_ANY);

		if (loose && token->type == TOKEN_ANY && i > from &&
		    TOKEN(tokens, i - 1)->type == TOKEN_ANY)
			continue;
		if (group && token->group != group)
			g_string_append(out, ")?");
		if (token->group && token->group != group)
			g_string_append(out, "(?:");
		group = token->group;
		if (i > from && (token->gap || loose))
			g_string_append(out, loose ? " ?" : " ");
		write_token(out, token, fields);
	}
	if (group)
		g_string_append(out, ")?");
}
