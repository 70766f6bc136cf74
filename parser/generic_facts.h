/*
 * generic_facts.h - what was found where: facts (a label and its value), whole
 * sentences, rows of tables; and how they become transactions.
 * Internal to parser/generic*.c.
 */
#ifndef GENERIC_FACTS_H
#define GENERIC_FACTS_H

#include "generic_text.h"

struct gfact {
	uint8_t key;		/* enum labels_key */
	bool weak;		/* the label is only a part of what stands there */
	uint32_t label;		/* token where the label begins */
	uint32_t first, end;	/* tokens of the value */
	char unit[4];		/* currency in the label, or "" */
};

/* A phrase or a sentence that says what the mail is about. */
struct gsaid {
	uint8_t kind;		/* enum labels_key, from PHRASE_CREDIT on */
	uint32_t first, end;
};

/* A place where money moved: a row of a table, a sentence. */
struct gmove {
	uint32_t first, end;	/* tokens that speak of it */
	GArray *facts;		/* struct gfact */
	int kind;		/* enum labels_key, when the sentence says */
};

struct gfacts {
	struct gtext *text;
	GArray *facts;		/* struct gfact: labels outside of tables */
	GPtrArray *rows;	/* struct gmove: of tables */
	GPtrArray *sentences;	/* struct gmove */
	GArray *said;		/* struct gsaid */
	GArray *cell_used;	/* bool, by cell */
};

#define FACT(a, i) (&g_array_index((a), struct gfact, (i)))

/* generic_label.c: all labelled values outside of tables. */
void gfacts_labels(struct gfacts *facts);
/* Which label is written on these tokens? Its key, or -1. */
int glabel_of(const struct gtext *text, uint32_t first, uint32_t end,
    bool *weak);
/* Is the cell nothing but a label? Its key, or -1. */
int glabel_bare(const struct gtext *text, uint32_t cell, bool *weak);
/* The currency in a label: "Amount (EUR)". */
void glabel_unit(const struct gtext *text, uint32_t first, uint32_t end,
    char unit[4]);
bool glabel_is_amount(int key);
void gfacts_mask(struct gtext *text, uint32_t first, uint32_t end);

/* generic_table.c: rows below a line of labels. */
void gfacts_tables(struct gfacts *facts);

/* generic_sentence.c: sentences of the vocabularies. */
void gfacts_sentences(struct gfacts *facts);
/* generic_alert.c: sentences that no pattern knows; amounts that are never
 * ours. */
void gfacts_alerts(struct gfacts *facts);
/* generic_split.c: numbers the sentences of the text. */
void gsentences_number(struct gtext *text);
/* Where a text without a label around it ends: a name, a message. */
uint32_t gsentence_name_end(const struct gtext *text, uint32_t first);

struct gmove *gmove_new(GPtrArray *moves, uint32_t first, uint32_t end);
void gmove_add(struct gmove *move, int key, uint32_t first, uint32_t end);

/* generic_value.c: what a value says, canonically. The caller frees; NULL when
 * it says nothing of the kind. */
char *gvalue_text(const struct gtext *text, uint32_t first, uint32_t end);
/* An account number (at least so many figures), and the words around it, ""
 * when there are none (owned by the caller, too). */
char *gvalue_account(const struct gtext *text, uint32_t first, uint32_t end,
    unsigned figures, char **before, char **behind);
char *gvalue_code(const struct gtext *text, uint32_t first, uint32_t end);
/* The day that begins a value; *behind is the token behind it. */
bool gvalue_day(const struct gtext *text, uint32_t first, uint32_t end,
    char day[DAY_SIZE], uint32_t *behind);
/* The amount that begins the value, or NULL. */
struct gamount *gvalue_amount(const struct gtext *text, uint32_t first,
    uint32_t end);

/* generic_event.c: facts and moves become events, or none. */
void gevents_add(struct gfacts *facts, GPtrArray *events);
/* generic_fields.c: the fields of an event out of facts. False: there is no
 * amount that is beyond doubt. */
bool gfields_set(const struct gtext *text, const GArray *facts,
    struct event *event);

#endif
