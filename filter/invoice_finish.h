/*
 * invoice_finish.h - what the verbs that make an invoice end with: one
 * transaction that checks, numbers, keeps and queues it, and what is said.
 */
#ifndef INVOICE_FINISH_H
#define INVOICE_FINISH_H

#include "invoice_issue.h"

/* Completes and keeps a making whose source and customer are there: as a
 * draft, or issued and, with send, its mail queued. Says what was done (in a
 * dry run: what would be). The exit code; on failure nothing was done. */
int invoice_finish(struct making *making, bool send);
/* Reads a draft for one; EX_OK, or what was said. invoice is borrowed. */
int making_open(struct making *making, const struct invoice *draft);
/* What a person would write to get such a document again: without number,
 * days, parties and sums. The caller owns it. */
json_t *invoice_source_of(const json_t *document);
/* Is there no such file ("-": there is)? */
bool access_is_missing(const char *file);

#endif
