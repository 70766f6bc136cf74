/*
 * report_matching.h - the page of `report matching`.
 */
#ifndef REPORT_MATCHING_H
#define REPORT_MATCHING_H

#include "context.h"

/* Of payments booked on that day or later; NULL: of all. Gives an exit code. */
int report_matching(struct context *context, const char *since, bool json);

#endif
