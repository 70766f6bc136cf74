/*
 * csvpropose.h - a draft of a mapping (mailfilter-statement(5)) for a table.
 */
#ifndef CSVPROPOSE_H
#define CSVPROPOSE_H

#include <stddef.h>

struct labels;

/* The text of a mapping, for a person to look at; the caller frees. NULL:
 * this is no table of bank entries that could be told. */
char *csv_propose(const char *text, size_t length,
    const struct labels *labels);

#endif
