/*
 * behaviour.h - how a customer pays: figures from what was paid, and when the
 * money for an open invoice is to be expected. Days are whole days after the
 * due date, early ones negative. Everything is read anew from allocations and
 * imported history, so that what is undone there is undone here.
 */
#ifndef BEHAVIOUR_H
#define BEHAVIOUR_H

#include "context.h"

#define BEHAVIOUR_WINDOW 120	/* the latest invoices count */
#define BEHAVIOUR_FEW 5		/* fewer tell no habit */
#define BEHAVIOUR_LATE 3	/* days that are not called late */
#define BEHAVIOUR_ALARM 0.01	/* alarms of those that keep their habit: at
				 * most 1 in 100 invoices */
#define BEHAVIOUR_NEVER G_MAXINT	/* no such day can be told */

struct paid_sample {		/* one invoice that was paid */
	int32_t invoiced, due, paid;	/* day numbers, G_MININT32 unknown */
};

struct behaviour {
	int paid;		/* invoices paid, of those that count */
	int known;		/* of them with a due date: what follows */
	int median, low, high;	/* days late; the quarters beside it */
	int days;		/* median of the days from invoice to money */
	int late;		/* of known: more than BEHAVIOUR_LATE days late */
	double trend;		/* days later a year (Theil and Sen) … */
	bool trend_sure;	/* … and by chance alone less than 1 in 20 (Kendall) */
	int32_t last;		/* day of the last money, or G_MININT32 */
	GArray *lateness;	/* int, of known, sorted */
};
void behaviour_clear(struct behaviour *behaviour);

/* ---- behaviour.c: pure ------------------------------------------------------- */

/* samples: struct paid_sample, in any order; only what was due or paid until
 * today counts. */
void behaviour_compute(const GArray *samples, int32_t today,
    struct behaviour *out);

/* The day after the due date after which an invoice has left the habit, so
 * that of the payer's next invoices at most `rate` (0.01: 1 in 100) go beyond
 * it as long as the habit stays; BEHAVIOUR_NEVER when too little is known. */
int behaviour_bound(const struct behaviour *behaviour, double rate);

/* A to E, '-' for fewer than three: by when three of four invoices were paid,
 * a grade worse when it gets later; E when one is open for more than 90 days.
 * overdue: days of the oldest open invoice. */
char behaviour_rating(const struct behaviour *behaviour, int overdue);
/* Why, in words; the caller frees. */
char *behaviour_rating_text(const struct behaviour *behaviour, int overdue);

struct expected {
	int32_t day;		/* G_MININT32: nothing can be told */
	int32_t from, until;	/* four of five come between these */
	bool beyond;		/* today is after all that is usual */
};
/* When the money for an invoice with this due date comes, if it has not until
 * today. */
void behaviour_expect(const struct behaviour *behaviour, int32_t due,
    int32_t today, struct expected *out);

struct paid_sample paid_sample(const struct paid *paid);

/* ---- behaviour_read.c ---------------------------------------------------------- */

/* The figures of one customer at the context's day: indexed look-ups. The
 * caller behaviour_clear()s. */
enum store_status behaviour_of(struct context *context, int64_t customer,
    struct behaviour *out);

#endif
