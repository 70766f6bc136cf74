/*
 * invoice_number.h - numbers of invoices by a pattern: {YYYY} {YY} {MM}
 * {CUSTOMER} and one counter of any width, {NNNN}. A series is the pattern
 * with all filled in over which its counter begins anew, "2026-{N}".
 */
#ifndef INVOICE_NUMBER_H
#define INVOICE_NUMBER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct series_facts {
	const char *date;	/* of the invoice */
	const char *customer;	/* its key */
};

/* NULL, or what is wrong with a pattern (the caller frees). reset: "pattern",
 * "year", "month" or "never". */
char *series_pattern_check(const char *pattern, const char *reset);
/* The series of a good pattern, and the width of its counter. The caller
 * frees. */
char *series_of(const char *pattern, const char *reset,
    const struct series_facts *facts, int *width);
/* The number itself; the caller frees. */
char *series_number(const char *series, int width, const char *date,
    int64_t counter);
/* The counter of a number of this series; 0: it is none of it. Width 0: of
 * any. */
int64_t series_counter(const char *series, int width, const char *number);

#endif
