/*
 * followup.h - what follows an answer when its time is over, or its money is
 * there.
 */
#ifndef FOLLOWUP_H
#define FOLLOWUP_H

#include "plan.h"

/* Plans what the holds ask for that have ended. To be carried out before
 * remind_plan looks: what waits on holds again. */
enum store_status followup_plan(struct context *context, struct plan *plan);
/* An invoice is wholly paid: its holds and questions are over. */
enum store_status followup_paid(struct context *context,
    const struct invoice *invoice, struct plan *plan);
/* The owner has released a hold: what was asked about it is answered. Inside
 * the caller's transaction. */
enum store_status followup_released(struct context *context,
    const struct hold *hold);

#endif
