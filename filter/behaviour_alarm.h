/*
 * behaviour_alarm.h - the call task about a customer who has left its habit.
 */
#ifndef BEHAVIOUR_ALARM_H
#define BEHAVIOUR_ALARM_H

#include "behaviour.h"
#include "remind_desk.h"

/* The code of that question: money on the invoice makes an end of it. */
#define HABIT_LEFT "habit-left"

/* Of the customer on the desk and its open invoices. */
enum store_status behaviour_alarm(struct desk *desk,
    const GPtrArray *invoices);

#endif
