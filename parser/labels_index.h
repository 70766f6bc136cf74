/*
 * labels_index.h - what labels.c (reading) and labels_index.c (keeping and
 * finding) share: words as numbers, phrases as paths through a tree of words.
 */
#ifndef LABELS_INDEX_H
#define LABELS_INDEX_H

#include "labels.h"
#include "parser.h"

/* A hash table with open addressing, from a 64-bit key to a number above 0. */
struct labels_table {
	uint64_t *keys;
	unsigned *values;
	unsigned size, used;	/* size: a power of two */
};

struct labels {
	struct labels_language languages[LABELS_LANGUAGES];
	unsigned language_count;
	struct labels_table words;	/* hash of the word */
	struct labels_table steps;	/* node and word */
	GArray *heads;		/* unsigned: first entry of each node */
	GArray *entries;	/* struct labels_entry; the first is none */
	GPtrArray *codes;	/* char *: currencies */
	GArray *sentences;	/* struct labels_sentence */
	GPtrArray *parts;	/* what they point to */
	GArray *scratch;	/* unsigned: the words of a line */
};

struct labels *labels_new(void);
/* Index of a language, new or known; -1 when it is none. */
int labels_add_language(struct labels *labels, const char *name);
unsigned labels_add_word(struct labels *labels, const char *folded,
    size_t length);
void labels_add_entry(struct labels *labels, const unsigned *words,
    unsigned count, const struct labels_entry *entry);
uint16_t labels_add_code(struct labels *labels, const char *code);
uint16_t labels_add_sentence(struct labels *labels,
    const struct labels_sentence *sentence, const struct labels_part *parts);

#endif
