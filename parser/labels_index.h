/*
 * labels_index.h - what labels.c (reading), labels_index.c (keeping and
 * finding) and labels_file.c (the file) share: words as numbers, phrases as
 * paths through a tree of words.
 */
#ifndef LABELS_INDEX_H
#define LABELS_INDEX_H

#include "labels.h"
#include "parser.h"

/* A hash table with open addressing, from a 64-bit key to a number above 0. */
struct labels_table {
	uint64_t *keys;
	uint32_t *values;
	uint32_t size, used;	/* size: a power of two */
};

struct labels_code {
	char text[4];
};

/* All that is looked up: arrays without pointers in them, so that they can be
 * a file. The numbers of elements, in the order of the arrays. */
enum labels_array {
	ARRAY_LANGUAGES, ARRAY_WORD_KEYS, ARRAY_WORD_VALUES, ARRAY_STEP_KEYS,
	ARRAY_STEP_VALUES, ARRAY_HEADS, ARRAY_ENTRIES, ARRAY_CODES,
	ARRAY_SENTENCES, ARRAY_PARTS,
	LABELS_ARRAYS
};

struct labels {
	struct labels_language *languages;
	uint32_t language_count;
	struct labels_table words;	/* hash of the word */
	struct labels_table steps;	/* node and word */
	uint32_t *heads;		/* first entry of each node */
	struct labels_entry *entries;	/* the first is none */
	struct labels_code *codes;	/* currencies */
	struct labels_sentence *sentences;
	struct labels_part *parts;
	/* The same while they grow; NULL when they are mapped. */
	GArray *languages_own, *heads_own, *entries_own, *codes_own,
	    *sentences_own, *parts_own;
	GArray *scratch;		/* unsigned: the words of a line */
	void *map;
	size_t map_size;
};

struct labels *labels_new(void);
/* The growing arrays' places, after the last addition. */
void labels_seal(struct labels *labels);
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
