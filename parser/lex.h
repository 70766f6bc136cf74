/*
 * lex.h - text as words, figures and signs, folded so that case, accents and
 * widths do not count. The vocabularies and the mails that they are looked up
 * in are cut by the same rules. Internal to parser/.
 */
#ifndef LEX_H
#define LEX_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum lex_kind {
	LEX_END,
	LEX_WORD,	/* letters; one character of a script without blanks */
	LEX_NUMBER,	/* figures only */
	LEX_MONEY,	/* a currency sign */
	LEX_SIGN,	/* any other sign */
	LEX_TAB,
	LEX_LINE	/* end of a line */
};

#define LEX_WORD_MAX 64

struct lex_token {
	enum lex_kind kind;
	uint32_t start, end;	/* byte offsets in the text */
	gunichar c;		/* the sign, folded, of LEX_MONEY and LEX_SIGN */
	bool blank;		/* a blank stands in front */
	unsigned length;	/* of a word, number or money sign: */
	char folded[LEX_WORD_MAX];	/* bytes; what is longer is cut */
};

/* The token at *at, which is moved behind it. Blanks are skipped. The text is
 * valid UTF-8. */
void lex_next(const char *text, uint32_t *at, struct lex_token *token);

/* One character as it is compared: lower case, without accent, not wide. 0
 * for what is left out (combining marks). */
gunichar lex_fold(gunichar c);

#endif
