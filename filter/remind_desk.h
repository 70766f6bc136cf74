/*
 * remind_desk.h - one run of remind_plan, and one customer on its desk.
 */
#ifndef REMIND_DESK_H
#define REMIND_DESK_H

#include "remind_internal.h"

struct due {			/* one invoice whose step has come */
	struct invoice *invoice;	/* borrowed */
	const struct policy *policy;
	const struct step *step;
	bool taken;		/* it is in the letter, or a call is made */
};

struct run {			/* one call of remind_plan */
	struct context *context;
	struct plan *plan;
	GPtrArray *held;	/* struct held, or NULL */
	struct evidence evidence;
	GArray *ahead;		/* struct ahead, or NULL */
	GHashTable *enrolled;	/* counts of this run: experiment.h */
	GHashTable *escalated;	/* ids of invoices with a call task */
	GHashTable *written;	/* ids of customers: of an instalment */
};

struct desk {			/* one customer on the desk */
	struct run *run;
	struct customer *customer;
	struct past past;
	const char *zone;
	int32_t today;
	GArray *due;		/* struct due: passed the guard */
};

/* remind_held.c: notes that a step was held back: for the caller, and for the
 * journal when that is news. */
enum store_status desk_hold_back(struct desk *desk, const struct due *due,
    enum gate gate, int64_t until, const char *detail);

/* schedule.c: what comes next of the invoices that nothing holds. */
void desk_look_ahead(struct desk *desk, const GPtrArray *invoices);

/* remind_write.c: the one reminder about all that is due, and calls; the mail
 * of an invoice that was not sent; notes that have become pointless. */
enum store_status desk_write_reminder(struct desk *desk);
enum store_status desk_write_invoice(struct desk *desk,
    const struct invoice *invoice);
void desk_recall_notes(struct desk *desk, const GPtrArray *invoices);

#endif
