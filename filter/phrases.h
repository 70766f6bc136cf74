/*
 * phrases.h - the program's codes in plain words, for sentences that a person
 * reads; JSON and the journal keep the codes. Pure.
 */
#ifndef PHRASES_H
#define PHRASES_H

#include <glib.h>

#include "../store/store.h"
#include "remind.h"

/* "1 234.50 EUR": for a person. The caller frees. */
char *money_text(int64_t minor, const char *currency);
/* "99.7 %", never 100; the caller frees. */
char *sure_text(double probability);
/* "number and exact amount, but the message is not verified": what speaks
 * against it comes last. The caller frees. */
char *reasons_words(const GPtrArray *reasons);
/* The same of a text of reasons with commas between, as the store keeps it. */
char *why_words(const char *why);
/* Of them only those that speak for it, or those against. */
char *why_side(const char *why, bool against);
/* The reasons in the evidence of a journal entry, or ""; the caller frees. */
char *evidence_reasons(const char *evidence);
/* A plan for a person, a line for each action: what is done, to what, and for
 * money why. The caller frees. */
char *plan_words(const struct plan *plan);
/* The gate that holds a letter back: "the bank may be late". */
const char *gate_words(enum gate gate);
/* "note of thanks" for a crossed letter: what it is for its reader. */
const char *letter_words(enum letter_kind kind);

#endif
