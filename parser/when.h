/*
 * when.h - days that a text tells in words, relative to the day it was
 * written on: "until Friday", "до 5 декабря", "fin de mois". Internal to
 * parser/. The words are data: "day RESULT PATTERN" in words/LANG.days.
 */
#ifndef WHEN_H
#define WHEN_H

#include "tongue.h"

/* Days from the first to the last that the words allow (day_number()); from
 * is G_MININT32 where they mean none. */
struct day_span {
	int32_t from, to;
};

/* Tokens that tell a day: what they mean of money that is to come, and of
 * money that was paid. "Friday" is a day of both, "tomorrow" of one. */
struct when {
	unsigned first, end;
	struct day_span past, future;
};

/* All that are there, in their order: an array of struct when. */
GArray *when_find(struct tongue *language, const struct tokens *tokens,
    int32_t today);

/* when_day.c: what a RESULT means: "day+1", "week-1", "month-end+0", with the
 * values of its slots ('A' + i: a number, or -1). False: it means no day. */
bool when_resolve(const char *result, const int slot[26], int32_t today,
    bool future, struct day_span *span);
/* Is it a RESULT? */
bool when_knows(const char *result);
/* when_figures.c: "5/12", "2026-12-05"; both when the day may be the second figure,
 * point and dash when "5.12" and "5-12" may be days. */
struct day_style {
	bool both, point, dash;
};
bool when_figures(const char *text, const struct day_style *style,
    int32_t today, bool future, struct day_span *span);

#endif
