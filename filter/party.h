/*
 * party.h - which customers a payer can be, by account and by name (inside
 * the matcher's gathering of facts only).
 */
#ifndef PARTY_H
#define PARTY_H

#include "book.h"

struct payer {			/* a customer who may have paid */
	struct customer *customer;	/* borrowed from the book */
	struct client *known;	/* the same, and what is known of it */
	bool account, account_shared;
	/* See struct candidate for these. */
	bool account_masked;
	double name;		/* 0..1 */
	bool name_full, name_complete, name_form_differs, name_behalf;
	double name_rarity, text_name;
	bool account_other, name_other, name_formless;
	bool company;
	int namesakes;
	struct learned learned;
	double rank;		/* for choosing whom to look at */
	const struct name *own;	/* the name as read, borrowed */
};

/* Finds them, best first (struct payer). Customers are added to facts'. */
enum store_status payers_gather(struct book *book,
    const struct payment *payment, GPtrArray *customers, GPtrArray **out);
/* The payer of this customer, added when there is none. */
enum store_status payers_get(struct book *book, int64_t customer,
    GPtrArray *customers, GPtrArray *payers, struct payer **out);

/* learned_find.c: customers for whom somebody of this name has paid; a
 * customer's habits. Both fill in payer->learned. */
enum store_status learned_find_name(struct book *book, const char *name,
    GPtrArray *customers, GPtrArray *payers);
enum store_status learned_find_habits(struct book *book,
    struct payer *payer);

/* ---- inside the look-up only -------------------------------------------------- */

#define PARTY_POSTINGS 64	/* customers looked at for one key */

struct party_word {		/* a key of the index */
	char *text;
	GArray *customers;	/* int64_t, PARTY_POSTINGS at most */
	double weight;		/* rare words more */
};
struct look {			/* one payment's look-up */
	struct book *book;
	GHashTable *words;	/* text → struct party_word */
	GPtrArray *customers, *payers;
	int64_t span;		/* about as many customers there are */
	enum store_status status;
};

/* party_words.c. After a failure of the store (status) words are empty. */
struct party_word *party_word_get(struct look *look, const char *text);
bool party_is_common(const struct party_word *word);
/* A name_weight of names.h; data is the look. */
double party_weight(const char *text, void *look);
/* How improbable it is that somebody has these words: a decimal logarithm. */
double party_rarity(struct look *look, const struct name *name);
void party_word_free(void *word);

/* Customers who were hit by keys, with the sum of the weights. */
struct party_hits;
struct party_hits *party_hits_new(void);
void party_hits_free(struct party_hits *hits);
/* Takes the key. False when too many customers have it. */
bool party_hit(struct look *look, struct party_hits *hits, char *key,
    double weight);
/* The n heaviest become payers, but for the very light. False: others are as heavy as the best. */
bool party_hits_take(struct look *look, const struct party_hits *hits,
    guint n);

/* party_name.c: by the payer's name, or the name
 * of the one for whom it was paid. party_text.c: by a name in the text. */
void party_by_name(struct look *look, const char *name, bool behalf);
void party_by_text(struct look *look, const char *text);

#endif
