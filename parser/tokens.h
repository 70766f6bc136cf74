/*
 * tokens.h - a person's text as tokens: words folded as words_fold() folds
 * them, numbers with their inner marks, and where sentences end. Internal to
 * parser/.
 */
#ifndef TOKENS_H
#define TOKENS_H

#include <glib.h>
#include <stdbool.h>

#define TOKENS_MOST 1500	/* what stands behind them is not read */

/* What stands between a token and the one before it. */
enum mark {
	MARK_NONE,
	MARK_COMMA,		/* , ; : ( ) and a dash: a clause may end */
	MARK_STOP		/* a sentence ends */
};

struct token {
	const char *text;	/* folded; a number as it is written */
	const char *exact;	/* lower case with its accents */
	unsigned start, end;	/* bytes in the text */
	int number;		/* of "5", "5th", "5."; else -1 */
	enum mark before;
	bool upper;		/* begins with a capital letter */
	bool dot;		/* a number with a point behind it */
	bool line;		/* the first one of its line */
};

struct sentence {
	unsigned first, end;	/* tokens [first, end) */
	bool question;
};

struct tokens {
	struct token *token;
	unsigned count;
	struct sentence *sentence;
	unsigned sentences;
	GStringChunk *chunk;
};

/* Quoted words (in quotation marks) become one token "\"". Never NULL. */
struct tokens *tokens_read(const char *text);
void tokens_free(struct tokens *tokens);	/* NULL allowed */

#endif
