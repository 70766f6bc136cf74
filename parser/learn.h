/*
 * learn.h - from samples of a bank's mail and the values that their reader
 * confirms to the text of a bank's file. Pure: strings in, strings out.
 * Internal to parser/learn*.c.
 */
#ifndef LEARN_H
#define LEARN_H

#include "bankfile.h"
#include "labels.h"

/* Where a value stands: characters of a page. */
struct lspan {
	int field;
	glong start, end;
	bool before, after;	/* of an amount: its currency stands there */
};

/* One part of a sample, as templates see it; a subject is one, too. */
struct lpage {
	const json_t *sample;
	bool html;
	gunichar *text, *fold;	/* as written, and as it is compared */
	glong length;
	GArray *spans;		/* struct lspan, sorted, apart */
};

enum ltype { TOKEN_WORD, TOKEN_CODE, TOKEN_FIELD, TOKEN_ANY };

struct ltoken {
	enum ltype type;
	int field;
	char word[64], fold[64];
	unsigned gap;		/* blanks in front: 0, 1, 2 or a tab */
	bool line_start;
	bool before, after;	/* of an amount: a currency may stand there */
	bool every_before, every_after;	/* and does, in all samples */
	bool odd;		/* not of its field's usual shape */
	unsigned group;		/* not 0: part of what may be missing */
};
#define TOKEN(a, i) (&g_array_index((a), struct ltoken, (i)))

/* learn_page.c */
struct lpage *lpage_new(const json_t *sample, const char *text, bool html);
void lpage_free(gpointer page);
/* A value's places, in order: an array of struct lspan. */
GArray *lpage_find(const struct lpage *page, const struct labels *labels,
    int field, const char *value, const char *currency, const char *day);
/* Marks all places of all values of the sample. */
void lpage_mark(struct lpage *page, const struct labels *labels);
char *lpage_slice(const struct lpage *page, glong start, glong end);
glong lpage_line_end(const struct lpage *page, glong at);

/* learn_value.c: is it an amount that says this? */
bool lvalue_same_amount(const char *digits, const char *value);
/* Does a spelling stand for a currency? */
bool lvalue_is_currency(const struct labels *labels, const char *text,
    const char *code);
/* The days that begin at a character: spans of them. */
void lvalue_find_days(const struct lpage *page, const char *value,
    const char *near_day, GArray *out);

/* learn_token.c */
GArray *ltokens_of(const struct lpage *page, glong start, glong end);
/* What both have in common goes into *tokens; false: too little, unchanged. */
bool ltokens_merge(GArray **tokens, const GArray *other, bool strict);
unsigned ltokens_words(const GArray *tokens);
int ltokens_find(const GArray *tokens, int field);
bool ltokens_is_word(const struct ltoken *token);
/* Words of names do not become fixed text. */
void ltokens_forget(GArray *tokens, const GPtrArray *names);
/* As a pattern of mailfilter-bank(5); fields: false: {_} in their place. */
void ltokens_write(GString *out, const GArray *tokens, guint from, guint to,
    bool fields);

/* learn_layout.c */
struct llabel {
	char *key;		/* folded */
	char *text;		/* as written */
	enum { COLON_NONE, COLON_TIGHT, COLON_APART, COLON_MIXED } colon;
	bool below;		/* its value stands below */
	bool landmark;		/* only there so that a shorter one is not */
	unsigned count;		/* of pages */
	GArray *value;		/* struct ltoken */
};

struct llayout {
	enum event_kind kind;
	GPtrArray *pages;	/* struct lpage, borrowed */
	GPtrArray *labels;	/* struct llabel */
	GArray *sentence;	/* struct ltoken, or NULL */
	GArray *subject;	/* struct ltoken */
	bool below;
};
/* Groups the pages: an array of struct llayout. */
GPtrArray *llayout_all(const GPtrArray *pages, const struct labels *labels);
void llayout_free(gpointer layout);
bool llabel_has(const struct llabel *label, int field);

/* learn_line.c: the unit that a value stands in. */
struct lunit {
	glong start, end;	/* characters */
	struct llabel *label;	/* or NULL: a sentence */
};
struct llabel *lline_label(const struct lpage *page, glong start, glong end);
GArray *lline_sentence(const struct lpage *page, glong at);
bool lline_is_blank(const struct lpage *page, glong start, glong end);
void llabel_free(gpointer label);
/* How many lines of the page begin with a label's text. */
unsigned lline_count(const struct lpage *page, const struct llabel *label,
    GPtrArray *longer);

/* learn_habits.c: the head of the file. */
void lhabits_write(GString *out, const json_t *job, const GPtrArray *pages,
    const struct labels *labels);

/* learn_write.c */
bool lwrite_template(GString *out, const struct llayout *layout,
    const GPtrArray *layouts, const char *name, GPtrArray *problems);
bool lwrite_other(GString *out, const struct lpage *page,
    const GPtrArray *pages, const char *name, GPtrArray *problems);
/* The payers' names of all samples. */
GPtrArray *lwrite_names(const GPtrArray *pages);

#endif
