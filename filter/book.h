/*
 * book.h - what matching has read of customers, kept over many payments.
 * What it gives is as the store has it now: what was written since, by
 * whomever, is read again. Rows are borrowed and stay as they are until the
 * facts that use them are released.
 */
#ifndef BOOK_H
#define BOOK_H

#include "match.h"

struct book;
struct book *book_new(struct store *store);
void book_free(struct book *book);	/* NULL allowed */
struct store *book_store(const struct book *book);

/* Around the gathering and the use of facts; they nest. The first one looks
 * what has changed. */
enum store_status book_open(struct book *book);
void book_close(struct book *book);

struct client {			/* one customer */
	struct customer *customer;
	bool company;		/* the name has a legal form */
	struct name *name;	/* names.h */
	GPtrArray *open;	/* struct invoice, oldest due first; or NULL */
	struct habits habits;
	enum store_status habits_status;
	bool habits_read;
};
enum store_status book_customer(struct book *book, int64_t id,
    struct client **out);
/* Fills in known->open, at most OPEN_MAX. */
#define OPEN_MAX 100
enum store_status book_invoices(struct book *book, struct client *known);
enum store_status book_habits(struct book *book, struct client *known);

/* Customers (int64_t ids) with a key of their name, at most limit, which is
 * always the same. */
enum store_status book_word(struct book *book, const char *word, int limit,
    GArray **out);

#endif
