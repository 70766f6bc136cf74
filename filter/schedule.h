/*
 * schedule.h - what lies ahead of an invoice when nobody pays and nothing
 * else happens: the days of its steps, as runs on every day would take them.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include "remind_internal.h"

struct ahead {
	int64_t customer, invoice;
	int32_t day;
	const struct step *step;	/* of the configuration */
};

/* Where an invoice stands on a day. */
struct standing {
	struct reached reached;
	int32_t last_day;	/* of the customer's last reminder, G_MININT32 */
	int32_t from;		/* the first day that may be one */
};
/* As the letters of the past have it; from: tomorrow of the customer. */
void standing_of(struct context *context, const struct past *past,
    const struct invoice *invoice, const char *zone, int32_t today,
    struct standing *out);
/* The step was taken on that day. */
void standing_take(struct standing *standing, const struct step *step,
    int32_t due, int32_t day);

/* The next step and its day, and the standing after it. False: there is none
 * within years. */
bool schedule_next(const struct config *config, const struct invoice *invoice,
    const struct customer *customer, struct standing *standing,
    struct ahead *out);

/* All steps (struct ahead) of an invoice that may be reminded of, none else;
 * the caller unrefs. */
enum store_status schedule_ahead(struct context *context,
    const struct invoice *invoice, GArray **out);

/* What such a step is called: "step 3, firm reminder", "step 4, call". */
char *ahead_text(const struct step *step);

#endif
