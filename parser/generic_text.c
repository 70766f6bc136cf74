/*
 * generic_text.c - cuts a mail into tokens, cells and lines. Cells end at a
 * tab, a bar, a row of dots and where columns are aligned by blanks.
 */
#include "generic_text.h"

#include <string.h>

#define TOKENS_MAX 20000	/* what is longer is no notice */

static bool
is_bar(gunichar c)
{
	return c == '|' || c == 0x2502 || c == 0x2503 || c == 0x2551;
}

static void
close_cell(struct gtext *text, uint32_t column)
{
	struct gcell cell = {0, text->tokens->len, text->lines->len, column,
	    column > 0};

	if (text->cells->len)
		cell.first = CELL(text, text->cells->len - 1)->end;
	if (cell.first < cell.end)
		g_array_append_val(text->cells, cell);
}

/* A line without a cell is a gap in front of the next. */
static void
close_line(struct gtext *text, bool *gap, uint32_t *column)
{
	struct gline line = {0, 0, *gap};

	close_cell(text, *column);
	*column = 0;
	line.end = text->cells->len;
	if (text->lines->len)
		line.first = LINE(text, text->lines->len - 1)->end;
	*gap = line.first == line.end;
	if (!*gap)
		g_array_append_val(text->lines, line);
}

/* Do the blanks between two tokens part columns? Two behind a full stop are
 * an old habit of typists. */
static bool
is_wide_gap(const struct gtext *text, const struct lex_token *token)
{
	const struct gtoken *last;

	if (text->tokens->len == 0)
		return false;
	last = TOKEN(text, text->tokens->len - 1);
	return last->kind < LEX_TAB &&
	    token->start - last->end >= (last->c == '.' ? 4 : 2) &&
	    text->text[last->end] == ' ';
}

/* How many dots, underscores or dashes stand in a row? */
static uint32_t
leader_length(const char *p)
{
	uint32_t n = 0;

	while (p[n] == *p && strchr("._-=", *p))
		n++;
	return n;
}

static void
add_token(struct gtext *text, const struct lex_token *token)
{
	struct gtoken own = {.start = token->start, .end = token->end,
	    .c = token->c, .kind = (uint8_t)token->kind,
	    .cell = text->cells->len};

	if (token->kind <= LEX_MONEY) {
		own.word = labels_word(text->labels, token->folded,
		    token->length);
		if (token->kind != LEX_MONEY)
			own.c = 0;
	}
	g_array_append_val(text->tokens, own);
}

/* What is quoted is another mail's word. */
static bool
is_quote(const struct gtext *text, const struct lex_token *token)
{
	return token->c == '>' && (token->start == 0 ||
	    text->text[token->start - 1] == '\n');
}

static void
cut(struct gtext *text)
{
	struct lex_token token;
	uint32_t at = 0, leader, column = 0;
	bool gap = false;

	while (text->tokens->len < TOKENS_MAX) {
		lex_next(text->text, &at, &token);
		if (token.kind == LEX_END)
			break;
		if (token.kind == LEX_LINE) {
			close_line(text, &gap, &column);
			if (!text->body)
				text->body = text->tokens->len;
			continue;
		}
		if (is_quote(text, &token)) {
			at += (uint32_t)strcspn(text->text + at, "\n");
			continue;
		}
		leader = token.kind == LEX_SIGN ?
		    leader_length(text->text + token.start) : 0;
		if (leader >= 3)
			at = token.start + leader;
		if (token.kind == LEX_TAB || is_bar(token.c) || leader >= 3) {
			close_cell(text, column++);
			continue;
		}
		if (is_wide_gap(text, &token))
			close_cell(text, column);
		add_token(text, &token);
	}
	close_line(text, &gap, &column);
}

struct gtext *
gtext_new(const struct labels *labels, const struct generic_mail *mail,
    const char *body)
{
	struct gtext *text = g_new0(struct gtext, 1);
	g_autofree char *all = g_strdup_printf("%s\n\n%s",
	    mail->subject ? mail->subject : "", body);

	text->labels = labels;
	text->mail = mail;
	text->page = page_new(all);
	text->text = page_text(text->page);
	text->tokens = g_array_sized_new(FALSE, FALSE, sizeof(struct gtoken),
	    1024);
	text->cells = g_array_new(FALSE, FALSE, sizeof(struct gcell));
	text->lines = g_array_new(FALSE, FALSE, sizeof(struct gline));
	text->hits = g_array_new(FALSE, FALSE, sizeof(struct ghit));
	text->amounts = g_array_new(FALSE, FALSE, sizeof(struct gamount));
	text->hit_at = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	cut(text);
	text->end = text->tokens->len;
	return text;
}

void
gtext_free(struct gtext *text)
{
	if (!text)
		return;
	page_free(text->page);
	g_array_unref(text->tokens);
	g_array_unref(text->cells);
	g_array_unref(text->lines);
	g_array_unref(text->hits);
	g_array_unref(text->amounts);
	g_array_unref(text->hit_at);
	g_free(text);
}

char *
gtext_slice(const struct gtext *text, uint32_t first, uint32_t end)
{
	GString *out = g_string_new(NULL);
	const char *p, *stop;

	if (first >= end)
		return g_string_free(out, FALSE);
	p = text->text + TOKEN(text, first)->start;
	stop = text->text + TOKEN(text, end - 1)->end;
	for (; p < stop; p++)
		if (!strchr(" \t\n", *p))
			g_string_append_c(out, *p);
		else if (out->len && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	return g_string_free(out, FALSE);
}

bool
gtext_is_sign(const struct gtext *text, uint32_t token, gunichar c)
{
	return token < text->tokens->len &&
	    TOKEN(text, token)->kind == LEX_SIGN && TOKEN(text, token)->c == c;
}

bool
gtext_is_said(const struct gtext *text, uint32_t token)
{
	return token < text->tokens->len &&
	    TOKEN(text, token)->kind <= LEX_NUMBER;
}

bool
gtext_is_capital(const struct gtext *text, uint32_t token)
{
	const struct gtoken *t = TOKEN(text, token);

	for (uint32_t i = t->start; i < t->end; i++)
		if (!g_ascii_isupper(text->text[i]))
			return false;
	return t->kind == LEX_WORD;
}
