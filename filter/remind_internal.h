/*
 * remind_internal.h - what the files about reminders share: evidence that is
 * read once for a run, and the history of one customer's reminders.
 */
#ifndef REMIND_INTERNAL_H
#define REMIND_INTERNAL_H

#include "remind.h"

/* ---- evidence.c ------------------------------------------------------------ */

struct loose {			/* real money that is not (wholly) allocated */
	struct payment *payment;
	GPtrArray *suggestions;	/* struct suggestion */
	GPtrArray *parties;	/* struct party: whose account it came from */
	char **words;		/* of the payer's name */
};
struct evidence {
	GPtrArray *loose;	/* struct loose */
	GHashTable *index;	/* what a loose payment may be known by -> GArray
				 * of guint, places in loose, ascending */
	GPtrArray *feeds;	/* struct feed */
};
enum store_status evidence_gather(struct context *context,
    struct evidence *out);
void evidence_release(struct evidence *evidence);
/* The first loose payment that may be for the invoice, or NULL; *why: how it
 * looks like theirs (static). */
const struct loose *evidence_theirs(const struct evidence *evidence,
    const struct invoice *invoice, const struct customer *customer,
    int64_t now, const char **why);
/* evidence_index.c: enters the loose payment at a place of evidence->loose;
 * the places (guint, ascending, some twice) that may be an invoice's. words:
 * of the customer's name, may be NULL. The caller frees the array. */
void evidence_index(struct evidence *evidence, const struct loose *loose,
    guint place);
GArray *evidence_places(const struct evidence *evidence,
    const struct invoice *invoice, char **words);
/* How long an unmatched payment speaks for a customer. */
#define EVIDENCE_DAYS 30

/* Our account that a letter about the invoice names: its own, else the first
 * of its currency, else the first; NULL when none is configured. */
const struct account *invoice_account(const struct config *config,
    const struct invoice *invoice);

/* ---- past.c ------------------------------------------------------------------ */

struct past {			/* one customer's reminders, not recalled */
	GPtrArray *letters;	/* struct letter, oldest first */
	GPtrArray *credits;	/* struct invoice: credit notes not set off */
	bool last_is_known;	/* past_last_day was asked already */
	int32_t last_day;
};
enum store_status past_gather(struct context *context, int64_t customer,
    struct past *out);
void past_release(struct past *past);
/* Highest step of an invoice that was sent or waits; how many reminders left
 * after its due date; the day on which the last one's term ends (G_MININT32:
 * none). */
struct reached {
	int last_step, reminders;
	int32_t term_end;
};
void past_reached(const struct past *past, const struct invoice *invoice,
    const char *zone_name, struct reached *out);
/* Reminders that left on a day of a zone, failed tries included. */
int past_sent_on(const struct past *past, int32_t day, const char *zone_name);
/* The day of the last reminder that was more than a note before the due date,
 * or G_MININT32. */
int32_t past_last_day(struct context *context, const struct past *past,
    const char *zone_name);
bool past_waits(const struct past *past);

/* ---- guard_facts.c ------------------------------------------------------------ */

struct grounds {		/* the parts that a run reads once */
	const struct evidence *evidence;
	const struct past *past;
	bool instalment;	/* of a plan: its own hold is no reason */
};
enum store_status guard_facts_read(struct context *context,
    const struct grounds *grounds, const struct invoice *invoice,
    const struct customer *customer, const struct step *step,
    struct guard_facts *out, char **detail);
/* The zone whose day and hours count for a customer. */
const char *customer_zone(const struct config *config,
    const struct customer *customer);
/* Open, and with a due date that can be missed. */
bool invoice_may_be_chased(const struct invoice *invoice);
/* The working days of the customer's country, else of ours. */
const struct holidays *customer_days(const struct config *config,
    const struct customer *customer);
const struct policy *invoice_policy(const struct config *config,
    const struct invoice *invoice, const struct customer *customer);
/* One mailbox or several with commas, each plain and none of them ours. */
bool recipient_is_safe(const struct config *config, const char *address);

/* ---- crossing.c ----------------------------------------------------------------- */

/* The day on which the money was on its way at the latest. */
int32_t payment_day(const struct payment *payment);

/* ---- letter.c ------------------------------------------------------------------- */

/* A new letter to a customer with nothing in it yet. NULL when the customer
 * has no address. */
struct letter *letter_new(struct context *context, enum letter_kind kind,
    const struct customer *customer, const char *what);
void letter_add_item(struct letter *letter, int64_t invoice, int step,
    int64_t balance);
/* Appends the action that queues it; takes the letter. */
struct action *plan_letter(struct plan *plan, struct letter *letter,
    const char *text);
int tone_rank(const char *tone);

/* unconfirmed.c: asks about announced money that no statement has booked in
 * time, each once. */
enum store_status unconfirmed_plan(struct context *context,
    const GPtrArray *feeds, struct plan *plan);

#endif
