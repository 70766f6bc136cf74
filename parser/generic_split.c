/*
 * generic_split.c - where sentences end, and where names in them do.
 */
#include "generic_facts.h"

#include <string.h>

#define NAME_TOKENS 16
#define SENTENCE_TOKENS 200	/* a longer one is cut */
#define LONG_LINE 60		/* bytes: a line of a paragraph that wraps */

/* ---- sentences --------------------------------------------------------------- */

/* Two letters or more, none of them small. */
static bool
is_loud(const struct gtext *text, uint32_t token)
{
	const struct gtoken *t = TOKEN(text, token);
	const char *p = text->text + t->start, *end = text->text + t->end;
	unsigned letters = 0;

	for (; p < end; p = g_utf8_next_char(p), letters++)
		if (!g_unichar_isupper(g_utf8_get_char(p)))
			return false;
	return letters >= 2;
}

static bool
begins_small(const struct gtext *text, uint32_t token)
{
	return g_unichar_islower(g_utf8_get_char(text->text +
	    TOKEN(text, token)->start));
}

/* "LUCIA G. R.", "SAN. LTD. STI.": initials, and short words of a name that is
 * all in capitals. */
static bool
is_shortened(const struct gtext *text, uint32_t stop)
{
	const struct gtoken *t = TOKEN(text, stop - 1);
	const char *word = text->text + t->start;

	if (t->kind != LEX_WORD ||
	    !g_unichar_isupper(g_utf8_get_char(word)))
		return false;
	if (g_utf8_pointer_to_offset(word, text->text + t->end) == 1)
		return true;
	return g_utf8_pointer_to_offset(word, text->text + t->end) <= 4 &&
	    is_loud(text, stop - 1) && is_loud(text, stop + 1);
}

/* A full stop ends a sentence, but not in "Rs. 5", "No. 7", "Ltd. has". */
static bool
is_stop(const struct gtext *text, uint32_t token)
{
	const struct gtoken *t = TOKEN(text, token);

	if (t->kind != LEX_SIGN)
		return false;
	if (t->c == '!' || t->c == '?' || t->c == ';')
		return true;
	if (t->c != '.')
		return false;
	if (t->end - t->start > 1)
		return true;	/* a wide one */
	if (token + 1 >= text->tokens->len)
		return true;
	if (TOKEN(text, token + 1)->start == t->end || token == 0)
		return false;
	if (TOKEN(text, token + 1)->kind == LEX_WORD)
		return !begins_small(text, token + 1) &&
		    !is_shortened(text, token);
	return TOKEN(text, token - 1)->kind != LEX_WORD ||
	    TOKEN(text, token - 1)->end - TOKEN(text, token - 1)->start > 3;
}

static bool
has_early_colon(const struct gtext *text, uint32_t first)
{
	uint32_t cell = TOKEN(text, first)->cell;

	for (uint32_t i = first; i < CELL(text, cell)->end && i < first + 8;
	    i++)
		if (gtext_is_sign(text, i, ':'))
			return true;
	return false;
}

/* Does the sentence go on in the next cell? Only where a paragraph wraps. */
static bool
goes_on(const struct gtext *text, uint32_t cell, uint32_t next)
{
	uint32_t line = CELL(text, cell)->line, below = CELL(text, next)->line;
	uint32_t first = CELL(text, next)->first;
	const struct gtoken *last = TOKEN(text, CELL(text, cell)->end - 1);

	if (line + 1 != below || LINE(text, below)->gap ||
	    LINE(text, line)->end - LINE(text, line)->first != 1 ||
	    LINE(text, below)->end - LINE(text, below)->first != 1 ||
	    first == text->body)
		return false;
	if (TOKEN(text, first)->kind == LEX_SIGN || gtext_is_sign(text,
	    CELL(text, cell)->end - 1, ':') || gtext_is_sign(text,
	    CELL(text, cell)->end - 1, '.') || has_early_colon(text, first))
		return false;
	return begins_small(text, first) || last->end -
	    TOKEN(text, CELL(text, cell)->first)->start >= LONG_LINE;
}

void
gsentences_number(struct gtext *text)
{
	uint32_t number = 1, length = 0;

	for (uint32_t i = 0; i < text->tokens->len; i++) {
		uint32_t cell = TOKEN(text, i)->cell;

		if (i > 0 && TOKEN(text, i - 1)->cell != cell &&
		    !goes_on(text, TOKEN(text, i - 1)->cell, cell))
			number++;
		else if (i > 0 && ++length > SENTENCE_TOKENS)
			number++;
		if (i > 0 && number != TOKEN(text, i - 1)->sentence)
			length = 0;
		TOKEN(text, i)->sentence = number;
		if (is_stop(text, i))
			number++;
	}
}

/* ---- names ------------------------------------------------------------------- */

/* Small words inside of names. */
static bool
is_joint(const struct gtext *text, uint32_t token)
{
	static const char *const joints[] = {"of", "and", "und", "et", "y", "e",
	    "i", "a", "s", "r", "o", "de", "del", "la", "las", "los", "el",
	    "le", "les", "du", "des", "da", "do", "dos", "das", "di", "della",
	    "van", "der", "den", "von", "zu", "zur", "ten", "ter", "the",
	    "spol", "sp", "z", "oy", "ab", "as", "bv", "srl", "spa", "kft",
	    "zrt", "bt", "och", "og", "ja", "ve", "\u0438", "\u0442\u0430",
	    "\u043e\u043e\u043e", "\u0442\u043e\u0432", NULL};
	g_autofree char *word = gtext_slice(text, token, token + 1);

	return g_strv_contains(joints, word);
}

static bool
is_legal_form(const struct gtext *text, uint32_t token)
{
	static const char *const forms[] = {"inc", "ltd", "llc", "sl", "s", "sa",
	    "gmbh", "bv", "b", "plc", "co", "corp", "kg", "ag", "sas", "sarl",
	    "srl", "spa", "lda", "oy", "ab", "a", "spol", "sp", "llp", "pvt",
	    "kk", NULL};
	g_autofree char *word = token < text->tokens->len ?
	    gtext_slice(text, token, token + 1) : g_strdup("");
	g_autofree char *small = g_ascii_strdown(word, -1);

	return g_strv_contains(forms, small);
}

/* A label with its value behind it: "Ref 6105", "UTR: X". */
static bool
begins_label(const struct gtext *text, uint32_t token)
{
	const struct ghit *hit = ghits_at(text, token, LABEL_AMOUNT,
	    LABEL_OTHER);
	uint32_t next = hit ? hit->end : 0;

	if (!hit || next >= text->tokens->len)
		return false;
	if (gtext_is_sign(text, next, ':'))
		return true;
	for (uint32_t i = next; i < text->tokens->len && i < next + 3; i++)
		if (TOKEN(text, i)->kind == LEX_NUMBER)
			return true;
	return false;
}

/* Inside of quotation marks: ООО "Лесная поляна". */
static bool
is_quoted(const struct gtext *text, uint32_t first, uint32_t token)
{
	unsigned marks = 0;

	for (; first < token; first++)
		marks += gtext_is_sign(text, first, '"') ||
		    gtext_is_sign(text, first, 0xab) ||
		    gtext_is_sign(text, first, 0xbb);
	return marks % 2 == 1;
}

static bool
ends_name(const struct gtext *text, uint32_t first, uint32_t token)
{
	const struct gtoken *t = TOKEN(text, token);
	bool small = t->kind == LEX_WORD && begins_small(text, token) &&
	    !begins_small(text, first);

	if (t->sentence != TOKEN(text, first)->sentence)
		return true;
	if (t->kind == LEX_SIGN) {
		if (t->c == ',')
			return !is_legal_form(text, token + 1);
		if (t->c == '-' || t->c == 0x2014)
			return token + 1 < text->tokens->len &&
			    TOKEN(text, token + 1)->start > t->end;
		return t->c == ':' || t->c == ';' || t->c == '(' ||
		    t->c == '!' || t->c == '[';
	}
	if (t->kind == LEX_MONEY || begins_label(text, token))
		return true;
	if (ghits_at(text, token, PHRASE_ON, PHRASE_ON) &&
	    token + 1 < text->tokens->len &&
	    TOKEN(text, token + 1)->kind == LEX_NUMBER)
		return true;
	return small && !is_joint(text, token) &&
	    !is_quoted(text, first, token);
}

uint32_t
gsentence_name_end(const struct gtext *text, uint32_t first)
{
	uint32_t end = first + 1;

	while (end < text->end && end < first + NAME_TOKENS &&
	    !ends_name(text, first, end))
		end++;
	while (end > first + 1 && TOKEN(text, end - 1)->kind == LEX_WORD &&
	    is_joint(text, end - 1) && begins_small(text, end - 1) &&
	    !gtext_is_sign(text, end, '.'))
		end--;
	return end;
}
