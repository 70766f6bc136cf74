/*
 * remind.h - which letters are due, and the guard that every automatic mail
 * passes when it is planned and again right before it is handed over.
 */
#ifndef REMIND_H
#define REMIND_H

#include "holidays.h"
#include "plan.h"

/* ---- guard.c: pure ------------------------------------------------------ */

enum gate {			/* in the order of the ladder */
	GATE_OPEN,		/* nothing against it */
	GATE_PAID, GATE_ANNOUNCED, GATE_POSSIBLE_PAYMENT, GATE_STALE_FEED,
	GATE_BANK_LAG, GATE_HOLD, GATE_UNDELIVERED, GATE_WINDOW,
	GATE_CUSTOMER_CAP, GATE_MINIMUM, GATE_RECIPIENT
};
const char *gate_name(enum gate gate);	/* "feed-stale": a reason code */

struct guard_facts {		/* of one invoice and the letter about it */
	int64_t open, announced, minimum;
	bool possible_payment;	/* unmatched money that may be theirs */
	bool feed_known, feed_fresh;
	bool lag_over;		/* due date + bank lag in business days */
	bool on_hold;		/* a hold of another kind is in force */
	bool stopped;		/* they want no mail: no letter of any kind */
	bool undelivered, in_window, recipient_safe;
	int sent_today, daily_cap;
	bool is_reminder;	/* invoices and receipts pass fewer gates */
	bool before_due;	/* a friendly note before the due date */
	int64_t until;		/* when the shut gate may open, 0 unknown */
};
enum gate guard_check(const struct guard_facts *facts);

/* guard_facts.c: reads them for an invoice at the context's moment. step: of
 * the reminder, NULL for other letters. *detail (may be NULL) gets a sentence
 * about the gate that is shut, the caller frees it; NULL when all are open. */
enum store_status guard_facts_gather(struct context *context,
    const struct invoice *invoice, const struct customer *customer,
    const struct step *step, struct guard_facts *out, char **detail);

/* The same for a reminder that another program has written: only money that
 * came or may have come, and holds, count against it. */
enum store_status guard_facts_others(struct context *context,
    const struct invoice *invoice, const struct customer *customer,
    struct guard_facts *out, char **detail);

/* The feed of an account among all, or NULL. */
const struct feed *feed_of_account(const GPtrArray *feeds,
    const struct account *account);
/* The civil day, in the owner's zone, on which it was last heard. */
int32_t feed_heard_day(const struct config *config, const struct feed *feed);
/* Are its mails not understood since it was last heard? */
bool feed_drifts(const struct feed *feed);

/* A clock that stands before what the store has seen already stops all
 * sending. *why: NULL, or the sentence that says so (caller frees). */
enum store_status clock_check(struct context *context, char **why);

/* ---- calendar.c: pure ---------------------------------------------------- */

/* The working days of a country (ISO 3166); of one that is not known, or of
 * none, those of the euro's payments (TARGET). Never NULL with the data file
 * in its place. */
const struct holidays *calendar_of_country(const char *country);
/* The days on which banks move money: TARGET for euro, else those of the
 * currency's country, else of the account's (iban; may be NULL). */
const struct holidays *calendar_of_bank(const char *currency,
    const char *iban);
/* No weekend and no holiday there. */
bool calendar_is_business_day(const struct holidays *days, int32_t day);
/* The count-th business day after a day; 0 is the day itself. */
int32_t calendar_add_business_days(const struct holidays *days, int32_t day,
    int count);
/* May letters go on a day: a working day of theirs (or "weekends" is said),
 * and none on which the owner is closed. */
bool calendar_may_write_on(const struct config *config,
    const struct holidays *days, int32_t day);
/* Whether this machine has the data of a zone. Without it UTC is used, and
 * who prints says so. NULL and "UTC" are always known. */
bool calendar_zone_known(const char *zone_name);
/* Civil day and minute of the day of a moment in an IANA zone (NULL: UTC).
 * minute may be NULL. */
void calendar_local(int64_t moment, const char *zone_name, char day[DAY_SIZE],
    int *minute);
/* The moment at which a civil day has reached a minute in a zone. */
int64_t calendar_moment(int32_t day, int minute, const char *zone_name);
/* "2026-11-22 09:00" of a moment in a zone; the caller frees. */
char *calendar_text(int64_t moment, const char *zone_name);
/* First moment at or after `moment` at which the window is open. */
int64_t calendar_next_open(const struct config *config,
    const struct holidays *days, int64_t moment, const char *zone_name);

/* ---- ladder.c: pure ------------------------------------------------------- */

struct schedule {		/* what the days of an invoice's steps follow from */
	int32_t due;
	const struct holidays *days;	/* working days of the customer */
	const struct config *config;	/* when letters go; NULL: always */
	int32_t held;		/* day on which a hold ended, or 0: the steps
				 * that came until then are taken in order */
};
/* The day on which a step comes. A note that would find no day to go on
 * before it is over comes on the last one before. */
int32_t step_day(const struct step *step, const struct schedule *schedule);

/* The step that is due, or NULL. Steps go strictly upwards from last_step (the
 * highest that was sent or waits, 0 none); of several that were missed only
 * the latest is due, but the two reminders before a grave step (legal, final,
 * escalate) are never left out, and that step waits until `reminders` (sent
 * after the due date) are two. Notes are over when the due date is. */
const struct step *step_due(const struct policy *policy,
    const struct schedule *schedule, int32_t today, int last_step,
    int reminders);

/* How many days before the due date a policy may have a step: of an invoice
 * that is due later nothing is due today. NULL: the most of all policies. */
int ladder_horizon(const struct config *config, const struct policy *policy);

/* ---- remind.c, crossing.c, letter_values.c -------------------------------- */

struct held {			/* a letter that did not go out, and why */
	int64_t invoice, customer;
	int step;
	enum gate gate;
	char *detail;		/* sentence */
	int64_t until;		/* when it may go, 0 unknown */
};
void held_free(struct held *held);	/* NULL allowed */

/* Plans all that is due now: reminders (one a customer), invoices not sent
 * yet. held (struct held) may be NULL. */
enum store_status remind_plan(struct context *context, struct plan *plan,
    GPtrArray *held);

/* The same; ahead (struct ahead of schedule.h, may be NULL) gets the next step
 * of each invoice that was looked at and that nothing holds. */
enum store_status remind_plan_ahead(struct context *context,
    struct plan *plan, GPtrArray *held, GArray *ahead);

/* After money was put on invoices (its allocations are in the store): recalls
 * their waiting reminders, planning anew what else such a letter was about;
 * when a reminder had left already and the money is not dated after it, plans
 * the crossed letter, once; else a receipt for what is wholly paid now, if
 * the owner sends receipts and the money is booked and not old. */
enum store_status remind_after_payment(struct context *context,
    int64_t payment, struct plan *plan);

/* Everything mailfilter-render needs for a letter, from today's facts (the
 * balance of now, not of then). */
enum store_status letter_values(struct context *context,
    const struct letter *letter, json_t **out);
/* Does a step that it is about send the owner a copy? Not in its headers. */
bool letter_copies_owner(struct context *context, const struct letter *letter,
    const struct customer *customer);
/* Planned or rendered: it has not been taken by a sender. */
bool letter_waits(const struct letter *letter);
/* What it says of an invoice, or NULL. */
const struct letter_item *letter_item_of(const struct letter *letter,
    int64_t invoice);
/* A new Message-ID: unique, in the domain of the sender. Caller frees. */
char *letter_message_id(const struct context *context, enum letter_kind kind,
    const char *what);

#endif
