/*
 * instalments.h - instalment plans: offered, agreed, reminded of, paid or
 * broken. A plan's money is what lies on its invoices since it was made; no
 * payment is kept twice. While a plan is active a hold of the kind
 * `instalments` rests the reminders of its invoices.
 */
#ifndef INSTALMENTS_H
#define INSTALMENTS_H

#include "behaviour.h"
#include "remind_desk.h"

/* ---- instalments_dates.c: pure ------------------------------------------------ */

/* The due date of the number-th part: the first day and equal steps ("month",
 * "2 weeks"); months keep the day, or end with their last. */
int32_t instalments_day(int32_t first, const char *every, int number);
/* struct instalment, exactly `total` in all, fewer than `parts` where they
 * would be smaller than `minimum`. */
GPtrArray *instalments_parts(int64_t total, int parts, int64_t minimum,
    int32_t first, const char *every);
/* The same with amounts (int64_t) that are given. */
GPtrArray *instalments_amounts(const GArray *amounts, int32_t first,
    const char *every);
/* Is it "month", "2 weeks", "10 days"? */
bool every_check(const char *text);

/* ---- instalments_count.c: pure ------------------------------------------------ */

struct instalments_progress {
	int64_t total;
	int64_t paid, covered;	/* of total; covered: announced money too */
	int64_t forgiven;	/* of both: its invoice is void */
	int64_t beyond;		/* open on its invoices, more than it knows */
	int parts_paid, parts_covered;	/* the first so many parts */
};
void instalments_count(const struct instalment_plan *plan,
    const GPtrArray *money, struct instalments_progress *out);
/* What `money` leaves to be paid of one part, or of all that were due before
 * a day. */
int64_t instalments_left(const struct instalment_plan *plan, int number,
    int64_t money);
int64_t instalments_overdue(const struct instalment_plan *plan,
    int32_t today, int64_t money);

/* ---- deserving.c, instalments_deserve.c ---------------------------------------- */

struct deserving_facts {
	const struct behaviour *behaviour;
	int broken_months;	/* since a plan was broken, -1 none ever was */
	int64_t balance;	/* all that is open, in the owner's currency */
	const char *currency;
	bool comparable;	/* nothing is open in another one */
	int overdue;		/* days of the oldest invoice */
};
/* *figure: what it looked at, the caller frees. Pure. */
bool deserving_holds(const struct deserving *one,
    const struct deserving_facts *facts, char **figure);

struct deserving_line {		/* one condition and its answer */
	char *text, *figure;
	bool holds;
};
/* Do all conditions of the configuration hold? lines (may be NULL): struct
 * deserving_line, the caller unrefs. */
enum store_status instalments_deserve(struct context *context,
    const struct customer *customer, bool *deserves, GPtrArray **lines);

/* ---- instalments_offer.c: plans before they are agreed --------------------------- */

/* "3 instalments of 499.00 CZK, the first on …"; the caller frees. */
char *instalments_text(const struct instalment_plan *plan);
/* A plan on these invoices by the configuration's terms. NULL: *why they
 * cannot be paid in instalments. The caller frees both. */
struct instalment_plan *instalments_propose(struct context *context,
    const struct customer *customer, GPtrArray *invoices, const char *origin,
    char **why);
/* The same of the ids of invoices (int64_t). */
enum store_status instalments_propose_ids(struct context *context,
    const struct customer *customer, const GArray *ids, const char *origin,
    struct instalment_plan **out, char **why);
/* Appends the action that adds it or, when it has an id, moves it to its
 * state, with its holds; takes the plan. The caller fills action->text. */
struct action *instalments_act(struct plan *plan,
    struct instalment_plan *instalments, const char *text);
/* Appends a letter about it: offer or agreement. of: the action that adds the
 * plan in this very transaction, or NULL. */
void instalments_write(struct context *context, struct plan *plan,
    const struct action *of, enum letter_kind kind,
    const struct instalment_plan *instalments,
    const struct customer *customer);
/* Executes such an action: plan_apply() calls it. */
enum store_status instalments_apply(struct store *store,
    const struct action *action, int64_t now);

/* ---- instalments_asked.c: what customers write ------------------------------- */

/* A customer asks to pay in instalments. items: struct letter_item, the
 * invoices meant. When the configuration lets us offer and the customer
 * deserves it, plans the offer, its letter and the hold until it expires;
 * *answered is true then. Else *why (may be NULL; the caller frees) says why
 * the owner has to decide, and nothing is planned. */
enum store_status instalments_asked(struct context *context,
    const struct customer *customer, const GArray *items, struct plan *plan,
    bool *answered, char **why);

/* A customer says yes to a letter of ours: when it is an offer that stands,
 * plans the agreement (*answered), else nothing. Call it only when the yes is
 * without a doubt and comes from the customer's own address. */
enum store_status instalments_accepted(struct context *context,
    const struct letter *letter, struct plan *plan, bool *answered);

/* A step of the policy offers them with its letter, whose items are there
 * already: when the customer deserves it, plans the offer and gives its action
 * in *of, else NULL. */
enum store_status instalments_of_step(struct context *context,
    struct plan *plan, const struct customer *customer,
    const struct letter *letter, struct action **of);

/* ---- instalments_review.c, instalments_remind.c ----------------------------------- */

struct instalments_case {	/* one plan as it is now */
	struct instalment_plan *plan;
	struct customer *customer;
	struct instalments_progress progress;
	int32_t today;		/* the customer's */
	const char *zone;
};
enum store_status instalments_case_read(struct context *context,
    const struct instalment_plan *plan, struct instalments_case *out);
void instalments_case_clear(struct instalments_case *one);
/* The same of a plan's id. */
enum store_status instalments_case_of(struct context *context, int64_t id,
    struct instalments_case *out);

/* What has become of it: accepted by paying, expired, paid, reopened. *moved:
 * it has another state now. */
enum store_status instalments_review(struct context *context,
    const struct instalments_case *one, struct plan *plan, bool *moved);
/* All plans, each run: reviews them, writes the reminders of instalments,
 * ends those that were broken. Customers who get a letter are added to
 * `written` (their ids). */
enum store_status instalments_run(struct run *run, GHashTable *written);
/* After money: of the plans on these invoices (int64_t ids). */
enum store_status instalments_after_money(struct context *context,
    const GArray *invoices, struct plan *plan);

/* The guard of a letter about a plan; recall: it has lost its reason. *why:
 * a sentence when it must not go. */
enum store_status instalments_judge(struct context *context,
    const struct letter *letter, enum gate *gate, bool *recall,
    int64_t *until, char **why);

/* Days that the schedule of an invoice stood still for active plans. */
enum store_status instalments_rested(struct context *context,
    int64_t invoice, int32_t *days);

#endif
