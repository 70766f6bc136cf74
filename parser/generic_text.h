/*
 * generic_text.h - a mail as the generic reader sees it: tokens in cells in
 * lines, phrases of the vocabularies where they stand, and amounts.
 * Internal to parser/generic*.c.
 */
#ifndef GENERIC_TEXT_H
#define GENERIC_TEXT_H

#include "generic.h"
#include "page.h"

#define NO_TOKEN UINT32_MAX

struct gtoken {
	uint32_t start, end;	/* bytes of the text */
	uint32_t word;		/* number in the vocabularies, or 0 */
	uint32_t cell;
	uint32_t sentence;
	gunichar c;		/* of a sign */
	uint8_t kind;		/* enum lex_kind */
	bool masked;		/* written by the payer: no fact, no phrase */
	bool used;		/* part of a fact that was taken */
	bool label;		/* of a label that says no direction */
};

struct gcell {
	uint32_t first, end;	/* tokens; the end is not in it */
	uint32_t line;
	uint32_t column;	/* by tabs, from 0 */
	bool tabbed;		/* columns are counted, not aligned */
};

struct gline {
	uint32_t first, end;	/* cells */
	bool gap;		/* an empty line stands in front */
};

struct ghit {
	uint32_t first, end;	/* tokens */
	uint16_t extra;
	uint8_t key;		/* enum labels_key */
	uint8_t language;
};

enum gsign { SIGN_NONE, SIGN_PLUS, SIGN_MINUS };

struct gamount {
	uint32_t first, end;	/* tokens, its currency and sign included */
	uint32_t number, number_end;	/* the figures alone */
	char digits[32];	/* figures and marks, ASCII: "1.234,56" */
	char code[4];		/* "" while unknown */
	enum gsign sign;
	bool dash;		/* ",-": whole units */
	bool never;		/* balance, fee, limit ...: never ours */
	bool read;		/* minor is known */
	bool unsure;		/* ... but its currency is not: code is one of
				 * those that it may be */
	int64_t minor;
	uint64_t codes;		/* set of codes that a shared sign may mean */
};

struct gtext {
	const struct labels *labels;
	const struct generic_mail *mail;
	struct page *page;
	const char *text;
	GArray *tokens, *cells, *lines, *hits, *amounts;
	GArray *hit_at;		/* uint32_t: first hit at or behind a token */
	char currency[4];	/* the only one in the mail, else "" */
	char decimal, grouping;	/* marks that other amounts prove, or 0 */
	bool is_contrary;	/* they prove both for one mark */
	uint64_t languages;	/* set of those that it is written in */
	uint32_t body;		/* first token behind the subject */
	uint32_t end;		/* tokens from here on are the footer */
	bool is_tainted;
};

#define TOKEN(t, i) (&g_array_index((t)->tokens, struct gtoken, (i)))
#define CELL(t, i) (&g_array_index((t)->cells, struct gcell, (i)))
#define LINE(t, i) (&g_array_index((t)->lines, struct gline, (i)))
#define HIT(t, i) (&g_array_index((t)->hits, struct ghit, (i)))
#define AMOUNT(t, i) (&g_array_index((t)->amounts, struct gamount, (i)))

/* generic_text.c: the subject is the first line. */
struct gtext *gtext_new(const struct labels *labels,
    const struct generic_mail *mail, const char *body);
void gtext_free(struct gtext *text);	/* NULL allowed */
/* The true text of tokens, blanks at its ends cut and runs made one. */
char *gtext_slice(const struct gtext *text, uint32_t first, uint32_t end);
bool gtext_is_sign(const struct gtext *text, uint32_t token, gunichar c);
/* Words and figures: what a person would say aloud. */
bool gtext_is_said(const struct gtext *text, uint32_t token);
/* Is the raw text of a word in capitals only? */
bool gtext_is_capital(const struct gtext *text, uint32_t token);

/* generic_hits.c: phrases, languages, the footer. */
void ghits_find(struct gtext *text);
/* The longest hit of a key that begins (ends) at a token, or NULL. */
const struct ghit *ghits_at(const struct gtext *text, uint32_t token,
    enum labels_key from, enum labels_key to);
const struct ghit *ghits_before(const struct gtext *text, uint32_t end,
    enum labels_key from, enum labels_key to);
/* Index of the first hit that begins at or behind a token. */
uint32_t ghits_index(const struct gtext *text, uint32_t token);
bool ghits_is_never(enum labels_key key);

/* generic_amount.c */
void gamounts_find(struct gtext *text);
/* generic_money.c: which currencies and values the figures are, decided for
 * all together. */
void gamounts_read(struct gtext *text);
/* The same for one without a currency, in that one. False: not understood. */
bool gamount_read_as(const struct gtext *text, struct gamount *amount,
    const char *code);
/* The same for one whose currency nothing says, when it is worth the same
 * number in each that it may be. */
bool gamount_read_any(const struct gtext *text, struct gamount *amount);
/* What a labelled amount without currency is in, or "". */
const char *gamounts_currency(const struct gtext *text);
/* The first amount that begins in a range of tokens, or NULL. */
struct gamount *gamounts_in(const struct gtext *text, uint32_t first,
    uint32_t end);

#endif
